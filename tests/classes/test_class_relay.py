"""What changed in a class reaches its phones at once, whatever else live does at that moment."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import threading
from pathlib import Path

from notalone.project import class_relay
from notalone.project.class_relay import ClassRelay

sys.path.insert(0, str(Path(__file__).parents[1] / "live"))
from live_house import peer, serving, token

TOPIC = "class/s1"


class Classes:
    """The classes in the database: one, of which each reading tells the next revision that is there."""

    def __init__(self):
        self.rev = 1
        self.looks = 0
        self.reading, self.may_go_on = threading.Event(), threading.Event()
        self.may_go_on.set()
        self.away = False

    def changed(self, known):
        self.looks += 1
        if self.away:
            raise OSError("database is locked")
        rev = self.rev
        self.reading.set()
        self.may_go_on.wait()
        return [(TOPIC, rev, {"rev": rev})] if known.get(TOPIC) != rev else []


@contextlib.asynccontextmanager
async def relaying(server, classes):
    relay = ClassRelay(server, server.port)
    relay._due, relay._changed = (lambda: 0), classes.changed
    running = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def nudge(server):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.sendto(b"", ("127.0.0.1", server.port))


async def told(phone):
    while True:
        said = await phone.hear()
        if said["is"] == "value":
            return said["value"]


def test_a_vote_that_comes_while_the_relay_reads_is_told_without_waiting_for_the_next_look(settings, monkeypatch):
    settings.SECRET_KEY = "the tests' secret"
    monkeypatch.setattr(class_relay, "LOOK_AGAIN", 1000)

    async def run():
        classes = Classes()
        async with serving() as server, peer(server, token(follow=["class/*"])) as phone, relaying(server, classes):
            await phone.say(do="follow", topic=TOPIC)
            assert await told(phone) == {"rev": 1}
            classes.reading.clear()
            classes.may_go_on.clear()
            nudge(server)
            await asyncio.to_thread(classes.reading.wait)
            server.nudged.clear()
            classes.rev = 2
            nudge(server)
            await asyncio.wait_for(server.nudged.wait(), 5)
            server.nudged.clear()  # as the relay of moments does
            classes.may_go_on.set()
            assert await told(phone) == {"rev": 2}

    asyncio.run(asyncio.wait_for(run(), 30))


def test_a_database_that_is_away_is_waited_for_and_a_phone_that_comes_late_gets_the_last_value(settings, monkeypatch):
    settings.SECRET_KEY = "the tests' secret"
    monkeypatch.setattr(class_relay, "LOOK_AGAIN", 0.01)

    async def run():
        classes = Classes()
        classes.away = True
        async with serving() as server, relaying(server, classes):
            while classes.looks < 3:
                await asyncio.sleep(0.005)
            classes.away = False
            async with peer(server, token(follow=["class/*"])) as phone:
                await phone.say(do="follow", topic=TOPIC)
                assert await told(phone) == {"rev": 1}
            async with peer(server, token(follow=["class/*"])) as phone:
                await phone.say(do="follow", topic=TOPIC)
                assert await told(phone) == {"rev": 1}

    asyncio.run(asyncio.wait_for(run(), 30))
