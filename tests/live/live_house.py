"""What the tests of the real server share: a server on a free port, and clients that are plain WebSockets."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from notalone.kit import system
from notalone.kit.time import Duration
from notalone.live.config import Config
from notalone.live.core import tokens
from notalone.live.core.origins import Origins
from notalone.live.server import Server

KEY = tokens.key_of("the tests' secret")
WEB = 8130
PAGE = f"http://127.0.0.1:{WEB}"


def token(
    name="show", follow=("moments", "wall", "show/*", "presence"), publish=("show/*",), process=True, life=60_000
):
    return tokens.sign(tokens.Grant(name, tuple(follow), tuple(publish), system.now() + Duration(life), process), KEY)


class Log:
    """A log of moments that stands for the database; reading it is what a source does."""

    def __init__(self, rows=0):
        self.rows = [(seq, {"n": seq}) for seq in range(1, rows + 1)]
        self.reads = 0

    def after(self, seq, limit):
        self.reads += 1
        return [row for row in self.rows if row[0] > seq][:limit]


@asynccontextmanager
async def serving(logs=None, port=0, **more):
    logs = {"moments": Log().after} if logs is None else logs
    config = Config("127.0.0.1", port, KEY, Origins(WEB, frozenset({"https://hall.example"})), logs, **more)
    async with Server(config) as server:
        yield server


class Peer:
    """A client that says exactly what it is told, and what it heard."""

    def __init__(self, socket):
        self.socket = socket

    async def say(self, **message):
        await self.socket.send(json.dumps(message))

    async def hear(self):
        raw = await asyncio.wait_for(self.socket.recv(), 10)
        return raw if isinstance(raw, bytes) else json.loads(raw)

    async def hear_until(self, kind):
        heard = [await self.hear()]
        while heard[-1]["is"] != kind:
            heard.append(await self.hear())
        return heard

    async def end(self):
        """Hear everything up to the end; return it and the close frame's code and reason."""
        heard = []
        try:
            while True:
                heard.append(await self.hear())
        except ConnectionClosed as closed:
            return heard, closed.rcvd.code if closed.rcvd else 1006, closed.rcvd.reason if closed.rcvd else ""


@asynccontextmanager
async def peer(server, with_token=None, origin=None, hello=True, **more):
    url = f"ws://127.0.0.1:{server.port}/"
    async with connect(url, origin=origin, compression=None, proxy=None, **more) as socket:
        one = Peer(socket)
        if hello:
            await one.say(do="hello", v=1, token=with_token or token())
            assert (await one.hear())["is"] == "welcome"
        yield one
