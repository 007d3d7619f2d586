"""The show's thread that speaks with live: moments and desk come in, state and frames go out."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from notalone.kit import system
from notalone.kit.moments import MomentError, from_json
from notalone.live.client import LiveClient
from notalone.show.core.engine import Event, SetDesk
from notalone.show.core.performance import CueMap, desk_value, event_of, read_desk

_log = logging.getLogger("notalone.show")
MOMENTS, DESK, STATE, FRAME = "moments", "show/desk", "show/state", "show/frame"
FOLLOWS = (MOMENTS, DESK)
PUBLISHES = (STATE, FRAME)
_SAVE = 1.0


class Memory:
    """What outlives the process: the desk, the last moment handled, the sACN source's id."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.desk = SetDesk()
        self.seq: int | None = None
        self.cid = system.new_id()
        try:
            value = json.loads(path.read_text("utf-8"))
            self.desk = read_desk(value["desk"]) or self.desk
            self.seq = int(value["seq"]) if value["seq"] is not None else None
            self.cid = UUID(value["cid"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # a first start, or a torn file: the defaults are safe
        self._saved = ""

    def save(self) -> None:
        """Write what changed, in one piece."""
        text = json.dumps({"desk": desk_value(self.desk), "seq": self.seq, "cid": str(self.cid)})
        if text == self._saved:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(f".{os.getpid()}.part")
            fresh.write_text(text, "utf-8")
            fresh.replace(self.path)
            self._saved = text
        except OSError as error:
            _log.error("%s: the desk cannot be remembered: %s", self.path, error.strerror)


class Link:
    """Live, in a thread of its own: moments and desk come in, state and frames go out."""

    def __init__(
        self, url: str, token: str | Callable[[], str], cue_map: CueMap, memory: Memory, inbox: deque[Event]
    ) -> None:
        self.url, self.token, self.cue_map, self.memory, self.inbox = url, token, cue_map, memory, inbox
        self.watched = False
        self.snapshot: Callable[[], Mapping[str, Any]] = dict
        self._loop: asyncio.AbstractEventLoop | None = None
        self._client: LiveClient | None = None
        self._cells: bytes | None = None
        self._wake = asyncio.Event()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def close(self) -> None:
        """End the connection and the thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=3)
        self.memory.save()

    def tell_state(self) -> None:
        """Let the state be published now; called by the loop when something changed."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wake.set)

    def tell_frame(self, cells: bytes) -> None:
        """Let a frame be published; one that is still waiting is replaced."""
        waiting, self._cells = self._cells, cells
        if waiting is None and self._loop is not None:
            self._loop.call_soon_threadsafe(self._publish_frame)

    def heard_moment(self, seq: int, value: Mapping[str, Any]) -> None:
        """Turn a moment into a cue; a moment that cannot be read is passed over."""
        try:
            event = event_of(from_json(value), self.cue_map, system.now())
        except MomentError as error:
            _log.warning("moment %d is passed over: %s", seq, error)
            event = None
        if event is not None:
            self.inbox.append(event)
        self.memory.seq = seq

    def heard_desk(self, seq: int, value: Mapping[str, Any]) -> None:
        """Take over what a technician set."""
        desk = read_desk(value)
        if desk is None:
            _log.warning("a desk value is passed over: %r", value)
            return
        self.memory.desk = desk
        self.inbox.append(desk)

    def _run(self) -> None:
        asyncio.run(self._follow())

    async def _follow(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with LiveClient(self.url, self.token, "show") as client:
            self._client = client
            client.follow(MOMENTS, self.memory.seq, self.heard_moment)
            client.follow(DESK, None, self.heard_desk)
            while not self._stop.is_set():
                self._wake.clear()
                await client.publish(STATE, self.snapshot(), keep=True)
                self.watched = client.watchers(FRAME) > 0
                self.memory.save()
                await self._a_while(_SAVE)

    async def _a_while(self, seconds: float) -> None:
        """Wait for a change, the end, or some time; notices within a frame or two that somebody watches."""
        until = time.monotonic() + seconds
        while not (self._stop.is_set() or self._wake.is_set()) and time.monotonic() < until:
            try:
                await asyncio.wait_for(self._wake.wait(), 0.1)
            except TimeoutError:
                self.watched = self._client is not None and self._client.watchers(FRAME) > 0

    def _publish_frame(self) -> None:
        cells, self._cells = self._cells, None
        if cells is not None and self._client is not None:
            task = asyncio.ensure_future(self._client.publish_binary(FRAME, cells))
            task.add_done_callback(lambda done: done.cancelled() or done.exception())
