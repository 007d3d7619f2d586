"""The door for writes: the nudge."""

from __future__ import annotations

import contextlib
import socket

from django.conf import settings

from notalone.live.nudges import HOST


def nudge() -> None:
    """Tell live that a log grew: one datagram to this machine; never raises, never waits."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.setblocking(False)
        wire.sendto(b"", (HOST, settings.LIVE_PORT))
