"""One 200-byte message to a thousand sockets: live's fan-out beside the bare library's ``broadcast``.

Server and clients each have a process of their own, on one machine; the clients are plain sockets that note when
the last of them got the message, by the clock that all processes share. Ours and the peer take turns.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import multiprocessing
import os
import selectors
import socket
import statistics
import time
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

SOCKETS = 1000
ROUNDS = 60
WARM_UP = 5
SIZE = 200
KEY = b"k" * 32
TOPIC = "wall"
FIRST = 1001
NOTE = (
    f"{SOCKETS:,} WebSockets over loopback, one message of {SIZE} bytes a round. “sending” is the time the server's "
    "loop is busy, a client; “to the last client” ends when the last of the clients, read one after another by one "
    "process, has the message. The peer is `websockets.broadcast` on the bare library without compression, which is "
    "also what is beneath ours: the limit is one `send` to the kernel for each socket."
)


def _value(round_: int) -> dict[str, object]:
    frame = len(
        json.dumps({"is": "value", "topic": TOPIC, "seq": FIRST + round_, "value": {"x": ""}}, separators=(",", ":"))
    )
    return {"x": "y" * (SIZE - frame)}


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def _ours(pipe: Pipe) -> None:
    from notalone.live.config import Config
    from notalone.live.core import tokens
    from notalone.live.core.origins import Origins
    from notalone.live.server import Server

    config = Config("127.0.0.1", 0, KEY, Origins(None), {TOPIC: lambda _after, _limit: []})
    async with Server(config) as server:
        server.open(TOPIC, 0, [], 1000)
        grant = tokens.Grant("page", (TOPIC,), (), server.now() + _hour(), True)
        before = _resident()
        pipe.send((server.port, tokens.sign(grant, KEY)))

        def ready() -> bool:
            return len(server.hub.topics[TOPIC].followers) == SOCKETS if TOPIC in server.hub.topics else False

        def send(number: int) -> None:
            server.append(TOPIC, [(FIRST + number, _value(number))], FIRST + number)  # type: ignore[list-item]

        await _rounds(pipe, ready, send, before)


async def _peer(pipe: Pipe) -> None:
    from websockets.asyncio.server import broadcast, serve

    joined = set()

    async def handler(connection):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        await connection.recv()
        await connection.send("welcome")
        await connection.recv()
        joined.add(connection)
        await connection.send("caught-up")
        await connection.wait_closed()

    async with serve(handler, "127.0.0.1", 0, compression=None, backlog=4096) as server:
        before = _resident()
        pipe.send((server.sockets[0].getsockname()[1], ""))

        def send(number: int) -> None:
            message = {"is": "value", "topic": TOPIC, "seq": FIRST + number, "value": _value(number)}
            broadcast(joined, json.dumps(message, separators=(",", ":")))

        await _rounds(pipe, lambda: len(joined) == SOCKETS, send, before)


def _hour():  # type: ignore[no-untyped-def] # noqa: ANN202
    from notalone.kit.time import Duration

    return Duration.seconds(3600)


async def _rounds(pipe: Pipe, ready, send, before: int) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Do what the bench asks: tell when all are there, send a round, end."""
    loop = asyncio.get_running_loop()
    while (asked := await loop.run_in_executor(None, pipe.recv)) != "end":
        if asked == "ready":
            while not ready():
                await asyncio.sleep(0.01)
            pipe.send((_resident() - before) / SOCKETS)
        else:
            began = time.perf_counter()
            send(asked)
            pipe.send((began, time.perf_counter()))


def _serve(kind: str, pipe: Pipe) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_ours(pipe) if kind == "ours" else _peer(pipe))


def _frame(text: str) -> bytes:
    raw = text.encode()
    head = bytes([0x81, 0x80 | len(raw)]) if len(raw) < 126 else bytes([0x81, 0xFE]) + len(raw).to_bytes(2, "big")
    return head + b"\0\0\0\0" + raw


class Audience:
    """A thousand plain sockets that count bytes."""

    def __init__(self, port: int, token: str) -> None:
        self.sockets = []
        key = base64.b64encode(b"0" * 16)
        upgrade = b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
        for _ in range(SOCKETS):
            one = socket.create_connection(("127.0.0.1", port))
            one.sendall(upgrade + key + b"\r\nSec-WebSocket-Version: 13\r\n\r\n")
            self._until(one, b"\r\n\r\n")
            one.sendall(_frame(json.dumps({"do": "hello", "v": 1, "token": token})))
            self._until(one, b"welcome")
            one.sendall(_frame(json.dumps({"do": "follow", "topic": TOPIC})))
            self._until(one, b"caught-up")
            one.setblocking(False)
            self.sockets.append(one)
        self.selector = selectors.DefaultSelector()
        for one in self.sockets:
            self.selector.register(one, selectors.EVENT_READ)
        self._drain(0.2)

    @staticmethod
    def _until(one: socket.socket, wanted: bytes) -> None:
        got = b""
        while wanted not in got:
            got += one.recv(4096)

    def _drain(self, seconds: float) -> None:
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            for key, _ in self.selector.select(0.05):
                self._messages(key.fileobj)  # type: ignore[arg-type]

    @staticmethod
    def _messages(one: socket.socket) -> int:
        """Read what is there, answer pings, return how many messages it held; a frame comes whole on loopback."""
        data, found = one.recv(65536), 0
        assert data, "the server closed a connection"
        while data:
            if data[0] == 0x89:
                one.sendall(b"\x8a\x84\0\0\0\0" + data[2:6])
                data = data[6:]
            elif data[:2] == b"\x81\x7e":
                size = 4 + int.from_bytes(data[2:4], "big")
                assert len(data) >= size, "a frame did not come whole"
                data, found = data[size:], found + 1
            else:
                raise AssertionError(f"neither a message nor a ping: {data[:20]!r}")
        return found

    def last(self) -> float:
        """Wait until each socket has one message more; return when the last had."""
        missing = {one.fileno() for one in self.sockets}
        while missing:
            for key, _ in self.selector.select(5):
                if self._messages(key.fileobj):  # type: ignore[arg-type]
                    missing.remove(key.fd)
        return time.perf_counter()

    def close(self) -> None:
        """Close all."""
        self.selector.close()
        for one in self.sockets:
            one.close()


class Side:
    """A server in its own process with its audience, and what was measured."""

    def __init__(self, kind: str) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(kind, theirs), daemon=True)
        self.process.start()
        port, token = self.pipe.recv()
        self.audience = Audience(port, token)
        self.pipe.send("ready")
        self.memory = float(self.pipe.recv())
        self.busy: list[float] = []
        self.latency: list[float] = []

    def round(self, number: int) -> None:
        """Send one message and wait until all have it."""
        self.pipe.send(number)
        last = self.audience.last()
        began, sent = self.pipe.recv()
        if number >= WARM_UP:
            self.busy.append((sent - began) * 1e6 / SOCKETS)
            self.latency.append((last - began) * 1e3)

    def end(self) -> None:
        """End the server."""
        self.pipe.send("end")
        self.audience.close()
        self.process.join(10)
        self.process.kill()


def _row(who: str, what: str, unit: str, values: list[float], memory: float | None = None) -> dict[str, object]:
    ordered = sorted(values)
    return {
        "who": who,
        "what": what,
        "unit": unit,
        "min": ordered[0],
        "median": statistics.median(ordered),
        "p99": ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        "max": ordered[-1],
        "memory_mib": memory,
    }


def run() -> list[dict[str, object]]:
    """Measure both, in turn, and return the rows of the table."""
    sides = {"ours": Side("ours"), "websockets.broadcast": Side("peer")}
    try:
        for number in range(WARM_UP + ROUNDS):
            for side in sides.values():
                side.round(number)
        rows = []
        for who, side in sides.items():
            whole = side.memory * SOCKETS / 2**20
            rows.append(_row(who, f"sending to {SOCKETS:,} sockets", "µs a client", side.busy))
            rows.append(_row(who, f"to the last of {SOCKETS:,} clients", "ms", side.latency, whole))
            rows.append(_row(who, "memory", "KiB a connection", [side.memory / 1024]))
        return sorted(rows, key=lambda row: str(row["what"]))
    finally:
        for side in sides.values():
            side.end()


if __name__ == "__main__":
    for each in run():
        print(each)
