"""The server of live: an asyncio shell around the hub. It knows no room; logs and their sources are handed in."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Callable, Coroutine, Sequence
from http import HTTPStatus
from typing import Any

from websockets.asyncio.server import Server as WebSocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from notalone.kit import system
from notalone.kit.moments import Json
from notalone.kit.time import Instant
from notalone.live.config import Config, Rows, cannot_listen
from notalone.live.connection import Connection, binary_frame, text_frame
from notalone.live.core import hub as hubs
from notalone.live.core import protocol, values
from notalone.live.core.admission import admit
from notalone.live.core.tokens import Grant
from notalone.live.nudges import Nudges

_log = logging.getLogger("notalone.live")
_quiet = logging.getLogger("notalone.live.websockets")
_quiet.setLevel(logging.WARNING)  # it tells of every connection
BATCH = 200
SOURCES_AT_ONCE = 4


class Server:
    """Serves from ``async with`` to its end; ``nudged`` is set when somebody wrote to a log."""

    def __init__(self, config: Config, now: Callable[[], Instant] = system.now) -> None:
        self.config = config
        self.now = now
        self.hub = hubs.hub(config.logs)
        self.nudged = asyncio.Event()
        self.trouble: str | None = None
        self.dropped = 0
        self.port = config.port
        self._connections: dict[int, Connection] = {}
        self._behind: set[Connection] = set()
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()
        self._reading = asyncio.Semaphore(SOURCES_AT_ONCE)
        self._in_trouble: set[str] = set()
        self._server: WebSocketServer
        self._nudges = Nudges(self.nudged)

    async def __aenter__(self) -> Server:
        behind = self._behind

        class Ours(Connection):
            pass

        Ours.behind = behind
        options: dict[str, Any] = {"backlog": 4096, "create_connection": Ours, "compression": None}
        try:
            self._server = await serve(
                self._serve,
                self.config.host,
                self.config.port,
                process_request=self._request,
                max_size=protocol.MAX_MESSAGE,
                max_queue=4,
                close_timeout=3,
                server_header=None,
                logger=_quiet,
                **options,
            )
        except OSError as error:
            raise cannot_listen(self.config, error) from error
        self.port = int(self._server.sockets[0].getsockname()[1])
        await self._nudges.listen(self.port)
        self._start(self._ticking())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._nudges.close()
        self._server.close()  # closes every connection with 1001
        await self._server.wait_closed()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def nudges(self) -> asyncio.Event:
        """Return an event of the caller's own that every nudge sets, and that nobody else clears."""
        event = asyncio.Event()
        self._nudges.events.append(event)
        return event

    def open(self, topic: str, floor: int, rows: Rows, head: int) -> None:
        """Begin a log: ``rows`` are all after ``floor`` up to ``head``; nobody is told of them as news."""
        self._step(values.Opened(topic, floor, head, _texts(topic, rows)))

    def append(self, topic: str, rows: Rows, head: int) -> None:
        """Publish what a log got since its head, up to ``head``."""
        self._step(values.Appended(topic, head, _texts(topic, rows)))

    def health(self) -> dict[str, Json]:
        """Return what ``/healthz`` says; ``live`` is ``ok`` or what is wrong."""
        return {"live": self.trouble or "ok", "present": dict(hubs.present(self.hub, self.now()))}

    def _request(self, connection: ServerConnection, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if path == "/healthz":
            state = HTTPStatus.SERVICE_UNAVAILABLE if self.trouble else HTTPStatus.OK
            answer = connection.respond(state, protocol.dumps(self.health()) + "\n")
            del answer.headers["Content-Type"]
            answer.headers["Content-Type"] = "application/json"
            answer.headers["Cache-Control"] = "no-store"
            return answer
        if path not in self.config.paths:
            return connection.respond(HTTPStatus.NOT_FOUND, "There is nothing here; live is at /.\n")
        origins = request.headers.get_all("Origin")
        if origins and not self.config.origins.allow(origins[-1], request.headers.get("Host", "")):
            return connection.respond(HTTPStatus.FORBIDDEN, "Pages of this origin may not connect to live.\n")
        return None

    async def _serve(self, connection: ServerConnection) -> None:
        assert isinstance(connection, Connection)  # noqa: S101 -- create_connection says so
        number = next(self._numbers)
        self._connections[number] = connection
        try:
            self._hello(number, connection, await self._first(connection))
            while True:  # to the end of the connection, which a refusal brings
                self._hear(number, await connection.recv())
                if connection.paused:  # who does not take its answers asks no more
                    await connection.drain()
        except (ConnectionClosed, ConnectionError):
            pass
        finally:
            del self._connections[number]
            self._step(values.Left(number))

    async def _first(self, connection: Connection) -> str | bytes | None:
        try:
            async with asyncio.timeout(self.config.hello.as_seconds()):
                return await connection.recv()
        except TimeoutError:
            return None

    def _hello(self, number: int, connection: Connection, said: str | bytes | None) -> None:
        """Let a client in by its first message, or begin to refuse it."""
        has_origin = connection.request is not None and "Origin" in connection.request.headers
        if said is None:
            why = f"No hello came within {self.config.hello.as_seconds():g} s."
            grant: Grant | values.Refuse = values.Refuse(number, why)
        else:
            grant = admit(number, said, has_origin, self.config.key, self.now())
        if isinstance(grant, values.Refuse):
            self._start(self._refuse(connection, grant))
            return
        connection.name = grant.name
        self._step(values.Joined(number, grant))

    def _hear(self, number: int, said: str | bytes) -> None:
        try:
            event: values.Event
            if isinstance(said, str):
                event = values.Received(number, protocol.parse(said))
            else:
                topic, _ = protocol.parse_frame(said)
                event = values.FrameReceived(number, topic, said)
        except protocol.ProtocolError as error:
            event = values.Malformed(number, str(error))
        self._step(event)

    def _step(self, event: values.Event) -> None:
        for effect in hubs.step(self.hub, event, self.now()):
            match effect:
                case values.Send(clients, texts):
                    self._send(clients, b"".join(map(text_frame, texts)))
                case values.SendFrame(clients, data):
                    self._send(clients, binary_frame(data), skip_behind=True)
                case values.Fetch():
                    self._start(self._fetch(effect))
                case values.Refuse():
                    connection = self._connections.get(effect.client)
                    if connection is not None:
                        self._start(self._refuse(connection, effect))

    def _send(self, clients: Sequence[int], frame: bytes, *, skip_behind: bool = False) -> None:
        for number in clients:
            connection = self._connections.get(number)
            if connection is None or not connection.open or (skip_behind and connection.paused):
                continue
            if connection.push(frame) > self.config.buffer:
                self._drop(connection)

    def _drop(self, connection: Connection) -> None:
        self.dropped += 1
        _log.info("dropped a client that does not keep up (%s)", connection.name)
        connection.transport.abort()

    async def _refuse(self, connection: Connection, refusal: values.Refuse) -> None:
        if connection.open:
            connection.push(text_frame(protocol.error(refusal.why)))
            await connection.close(refusal.code, refusal.reason)

    async def _fetch(self, effect: values.Fetch) -> None:
        connection, source = self._connections.get(effect.client), self.config.logs[effect.topic]
        while connection is not None and connection.open:
            try:
                await connection.drain()
                async with self._reading:
                    rows = await asyncio.to_thread(source, effect.after, BATCH)
            except ConnectionError:
                return
            except Exception as error:  # whatever ails the source, the follower waits until it is well
                if effect.topic not in self._in_trouble:
                    self._in_trouble.add(effect.topic)
                    _log.warning("the log %s cannot be read (%s); trying again", effect.topic, error)
                await asyncio.sleep(self.config.retry.as_seconds())
                continue
            self._in_trouble.discard(effect.topic)
            texts = _texts(effect.topic, rows)
            self._step(values.Fetched(effect.client, effect.topic, effect.ticket, texts, len(rows) < BATCH))
            return

    async def _ticking(self) -> None:
        loop = asyncio.get_running_loop()
        stall = self.config.stall.as_seconds()
        while True:
            await asyncio.sleep(self.config.tick.as_seconds())
            self._step(values.Tick())
            for connection in list(self._behind):
                if connection.stuck_for(loop.time()) > stall:
                    self._drop(connection)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _texts(topic: str, rows: Rows) -> tuple[tuple[int, str], ...]:
    return tuple((seq, protocol.value_of(topic, seq, protocol.dumps(value))) for seq, value in rows)
