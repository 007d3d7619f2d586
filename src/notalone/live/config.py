"""What the server of live is told: where to listen, whom to let in, which topics are logs."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from notalone.kit.moments import Json
from notalone.kit.time import Duration
from notalone.live.core.origins import Origins

Rows: TypeAlias = Sequence[tuple[int, Mapping[str, Json]]]
Source: TypeAlias = Callable[[int, int], Rows]
HELLO_WITHIN = Duration(5000)
STALL = Duration(10_000)
TICK = Duration(250)
RETRY = Duration(1000)


class CannotListenError(Exception):
    """The server cannot listen; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Config:
    """Where the server listens, whom it lets in, which topics are logs and where their rows are read.

    A source is called in a thread with a sequence number and a limit, and returns at most so many rows after
    the number, in order; fewer than the limit means that there are no more. ``buffer`` is how many bytes may
    wait for one client, ``stall`` how long it may take none of them.
    """

    host: str
    port: int
    key: bytes
    origins: Origins
    logs: Mapping[str, Source]
    paths: frozenset[str] = frozenset({"/"})
    hello: Duration = HELLO_WITHIN
    buffer: int = 1024 * 1024
    stall: Duration = STALL
    tick: Duration = TICK
    retry: Duration = RETRY


def cannot_listen(config: Config, error: OSError) -> CannotListenError:
    """Tell in one sentence why the server cannot listen."""
    if error.errno == errno.EADDRINUSE:
        return CannotListenError(f"Port {config.port}, wanted for live, is in use by another program.")
    why = error.strerror or str(error)
    return CannotListenError(f"Live cannot listen on {config.host}, port {config.port}: {why}.")
