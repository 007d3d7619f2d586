"""What a client does with the messages of one topic."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

_log = logging.getLogger("notalone.live.client")
Callback: TypeAlias = Callable[[int, dict[str, Any]], Awaitable[None] | None]
CaughtUp: TypeAlias = Callable[[int], None]
FrameCallback: TypeAlias = Callable[[bytes], None]


@dataclass(slots=True)
class Follow:
    """One topic's callbacks, and the last sequence number seen; a callback that fails is logged."""

    topic: str
    callback: Callback | None
    on_frame: FrameCallback | None
    on_caught_up: CaughtUp | None
    last: int | None

    async def value(self, seq: int, value: dict[str, Any]) -> None:
        """Hand on a value; it counts as seen once the callback is done with it."""
        try:
            done = self.callback(seq, value) if self.callback is not None else None
            if inspect.isawaitable(done):
                await done
        except Exception:
            _log.exception("a follower of %s failed", self.topic)
        self.last = seq

    def caught_up(self, seq: int) -> None:
        """Note that everything up to a number has been sent."""
        self.last = seq
        if self.on_caught_up is not None:
            try:
                self.on_caught_up(seq)
            except Exception:
                _log.exception("a follower of %s failed", self.topic)

    def frame(self, payload: bytes) -> None:
        """Hand on a binary frame."""
        if self.on_frame is not None:
            try:
                self.on_frame(payload)
            except Exception:
                _log.exception("a follower of %s failed", self.topic)
