"""The relay: follows the festival's log of moments in the database and hands it to live."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from notalone.kit.moments import BrickLaid, Json, Moment, to_json
from notalone.live.config import RETRY, Source
from notalone.live.core.log import RING_ROWS
from notalone.live.server import Server

_log = logging.getLogger("notalone.live")
MOMENTS = "moments"
WALL = "wall"
BATCH = 500
LOOK_AGAIN = 1.0
AWAY = "log away"

After: TypeAlias = Callable[[int, int], Sequence[tuple[int, Moment]]]
Latest: TypeAlias = Callable[[], int]
Found: TypeAlias = list[tuple[int, dict[str, Json]]]
_T = TypeVar("_T")


def public(moment: BrickLaid) -> dict[str, Json]:
    """Return what everyone may know of a brick: neither the pass nor the place."""
    value = to_json(moment)
    del value["pass"], value["where"]
    return value


def _moments(rows: Sequence[tuple[int, Moment]]) -> Found:
    return [(seq, to_json(moment)) for seq, moment in rows]


def _bricks(rows: Sequence[tuple[int, Moment]]) -> Found:
    return [(seq, public(moment)) for seq, moment in rows if isinstance(moment, BrickLaid)]


def sources(after: After) -> dict[str, Source]:
    """Return the logs of live by topic, read from the log of moments."""

    def moments(seq: int, limit: int) -> Found:
        return _moments(after(seq, limit))

    def wall(seq: int, limit: int) -> Found:
        found: Found = []
        while len(found) < limit:
            rows = after(seq, BATCH)
            found += _bricks(rows)
            if len(rows) < BATCH:
                break
            seq = rows[-1][0]
        return found[:limit]

    return {MOMENTS: moments, WALL: wall}


def in_database(read: Callable[..., _T]) -> Callable[..., _T]:
    """Return a read that gives up its thread's connection when it fails, so that the next one opens afresh."""
    from django.db import close_old_connections, connections

    def run(*arguments: int) -> _T:
        close_old_connections()
        try:
            return read(*arguments)
        except Exception:
            connections.close_all()
            raise

    return run


class Relay:
    """Publishes what is committed after the moment it begins; wakes on a nudge, looks each second anyway."""

    def __init__(self, server: Server, after: After, latest: Latest, look_again: float = LOOK_AGAIN) -> None:
        self.server = server
        self.after = after
        self.latest = latest
        self.look_again = look_again
        self.cursor: int | None = None

    async def run(self) -> None:
        """Follow the log until cancelled, whatever happens to the database meanwhile."""
        while True:
            self.server.nudged.clear()
            try:
                await self._look()
            except Exception as error:  # a log that is locked, away or broken is waited for
                if self.server.trouble is None:
                    _log.warning("the log of moments cannot be read (%s); looking again each second", error)
                self.server.trouble = AWAY
                await asyncio.sleep(min(self.look_again, RETRY.as_seconds()))
                continue
            if self.server.trouble is not None:
                _log.warning("the log of moments can be read again")
                self.server.trouble = None
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.server.nudged.wait(), self.look_again)

    async def _look(self) -> None:
        if self.cursor is None:
            await self._begin()
        while self.cursor is not None:
            rows = await asyncio.to_thread(self.after, self.cursor, BATCH)
            if not rows:
                return
            self.cursor = rows[-1][0]
            self.server.append(MOMENTS, _moments(rows), self.cursor)
            self.server.append(WALL, _bricks(rows), self.cursor)
            if len(rows) < BATCH:
                return

    async def _begin(self) -> None:
        """Open the logs where the database stands; its end is kept at hand for those who come back."""
        head = await asyncio.to_thread(self.latest)
        floor = max(0, head - RING_ROWS)
        found = await asyncio.to_thread(self.after, floor, RING_ROWS)
        rows = [row for row in found if row[0] <= head]
        self.server.open(MOMENTS, floor, _moments(rows), head)
        self.server.open(WALL, floor, _bricks(rows), head)
        self.cursor = head
