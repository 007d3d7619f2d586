"""The client of live for the house's own processes: it reconnects by itself and catches up.

::

    token = queries.token("show", follow=["moments"], publish=["show/*"])
    async with LiveClient(queries.process_url(), token, "show") as live:
        live.follow("moments", after=None, callback=heard)
        await live.publish("show/state", {"cues": []}, keep=True)
"""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import random
import time
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from notalone.live.core import backoff, clock, protocol
from notalone.live.follow import Callback, CaughtUp, Follow, FrameCallback

_log = logging.getLogger("notalone.live.client")
PING = 10.0
SAMPLES = 4
RESAMPLE = 30.0
STEADY = 5.0


class RefusedError(Exception):
    """The server closed the connection; the message is what it said."""


class LiveClient:
    """One connection to live, kept as well as it can be.

    ``token`` is a token or a function that makes one for each attempt. Entering ``async with`` does not wait for
    the connection; ``wait_connected`` does. Callbacks run in the loop, one after another, in the order of the
    messages; one that fails is logged and the next goes on.
    """

    def __init__(self, url: str, token: str | Callable[[], str], name: str) -> None:
        self.url = url
        self.name = name
        self._token = token
        self._follows: dict[str, Follow] = {}
        self._watchers: dict[str, int] = {}
        self._kept: dict[str, str] = {}
        self._socket: ClientConnection | None = None
        self._outbox: deque[Callable[[], str]] = deque()
        self._more = asyncio.Event()
        self._welcomed = asyncio.Event()
        self._samples: tuple[clock.Sample, ...] = ()
        self._refused = ""
        self._since: float | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> LiveClient:
        self._task = asyncio.create_task(self._keep())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """End the connection and make no new one."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @property
    def connected(self) -> bool:
        """Say whether the server has welcomed this client and the connection stands."""
        return self._welcomed.is_set()

    async def wait_connected(self, timeout: float | None = None) -> None:
        """Wait until connected.

        Raises:
            TimeoutError: it took longer than ``timeout`` seconds.
        """
        await asyncio.wait_for(self._welcomed.wait(), timeout)

    @property
    def offset(self) -> float | None:
        """Return what to add to this machine's clock to get the server's, in ms; None before it was measured."""
        return clock.offset(self._samples)

    @property
    def refused(self) -> str:
        """Return the last sentence with which the server closed a connection; empty where it never did."""
        return self._refused

    def last(self, topic: str) -> int | None:
        """Return the last sequence number of a followed topic."""
        return self._follows[topic].last

    def follow(
        self,
        topic: str,
        after: int | None,
        callback: Callback,
        on_caught_up: CaughtUp | None = None,
    ) -> None:
        """Follow a topic from after a sequence number (None: from now), across every reconnect."""
        self._follow(topic, Follow(topic, callback, None, on_caught_up, after))

    def follow_binary(self, topic: str, on_frame: FrameCallback) -> None:
        """Follow a topic's binary frames; the function gets the payload."""
        self._follow(topic, Follow(topic, None, on_frame, None, None))

    def _follow(self, topic: str, follow: Follow) -> None:
        self._follows[topic] = follow
        if self.connected:
            self._say({"do": "follow", "topic": topic, "after": follow.last})

    def leave(self, topic: str) -> None:
        """Follow a topic no more."""
        if self._follows.pop(topic, None) is not None and self.connected:
            self._say({"do": "leave", "topic": topic})

    async def publish(self, topic: str, value: Mapping[str, Any], keep: bool = False) -> bool:
        """Publish a value; return False where there is no connection now.

        The latest value kept of each topic is published again after a reconnect, since the server may be new.
        """
        text = protocol.dumps({"do": "publish", "topic": topic, "value": value, "keep": keep})
        if keep:
            self._kept[topic] = text
        return await self._send(text)

    async def publish_binary(self, topic: str, payload: bytes) -> bool:
        """Publish a binary frame; return False where there is no connection now."""
        return await self._send(protocol.frame(topic, payload))

    def watchers(self, topic: str) -> int:
        """Return how many follow a topic that this client may publish; 0 while away."""
        return self._watchers.get(topic, 0)

    async def _send(self, message: str | bytes) -> bool:
        socket = self._socket
        if socket is None or not self.connected:
            return False
        try:
            await socket.send(message)
        except WebSocketException:
            return False
        return True

    def _say(self, message: Mapping[str, Any]) -> None:
        text = protocol.dumps(message)
        self._outbox.append(lambda: text)
        self._more.set()

    async def _keep(self) -> None:
        failures = 0
        while True:
            self._since = None
            try:
                await self._once()
            except (OSError, WebSocketException):
                pass
            except RefusedError as error:
                if str(error) != self._refused:
                    _log.warning("live refused %s: %s", self.name, error)
                self._refused = str(error)
            except Exception:
                _log.exception("the connection of %s to live failed", self.name)
            steady = self._since is not None and time.monotonic() - self._since > STEADY
            failures = 1 if steady else failures + 1
            self._away()
            await asyncio.sleep(backoff.pause(failures, random.random()))  # noqa: S311 -- only spreads attempts

    def _away(self) -> None:
        self._welcomed.clear()
        self._socket = None
        self._watchers.clear()

    async def _once(self) -> None:
        token = self._token if isinstance(self._token, str) else self._token()
        async with connect(
            self.url, compression=None, proxy=None, ping_interval=PING, ping_timeout=PING, close_timeout=1
        ) as socket:
            await socket.send(protocol.dumps({"do": "hello", "v": 1, "token": token, "name": self.name}))
            self._socket = socket
            side = [asyncio.create_task(self._write(socket)), asyncio.create_task(self._ask_time())]
            try:
                async for raw in socket:
                    await self._hear(raw)
            finally:
                for task in side:
                    task.cancel()
                await asyncio.gather(*side, return_exceptions=True)

    async def _write(self, socket: ClientConnection) -> None:
        await self._welcomed.wait()
        while True:
            while self._outbox:
                await socket.send(self._outbox.popleft()())
            self._more.clear()
            await self._more.wait()

    async def _ask_time(self) -> None:
        await self._welcomed.wait()
        self._samples = ()
        while True:
            self._say({"do": "clock", "t": time.time() * 1000})
            await asyncio.sleep(0.1 if len(self._samples) < SAMPLES else RESAMPLE)

    def _welcome(self) -> None:
        self._since = time.monotonic()
        self._outbox.clear()
        for topic, follow in self._follows.items():
            self._say({"do": "follow", "topic": topic, "after": follow.last})
        for topic in self._kept:  # what is kept when it is sent, so that a publish meanwhile is not undone
            self._outbox.append(functools.partial(self._kept.__getitem__, topic))
        self._welcomed.set()

    async def _hear(self, raw: str | bytes) -> None:
        if isinstance(raw, bytes):
            topic, payload = protocol.parse_frame(raw)
            if topic in self._follows:
                self._follows[topic].frame(payload)
            return
        said = json.loads(raw)
        match said["is"]:
            case "value" if said["topic"] in self._follows:
                await self._follows[said["topic"]].value(said["seq"], said["value"])
            case "caught-up" if said["topic"] in self._follows:
                self._follows[said["topic"]].caught_up(said["seq"])
            case "watchers":
                self._watchers[said["topic"]] = said["count"]
            case "clock":
                fresh = clock.Sample(said["t"], said["now"], time.time() * 1000)
                self._samples = clock.add(self._samples, fresh)
            case "welcome":
                self._welcome()
            case "error":
                raise RefusedError(said["why"])
