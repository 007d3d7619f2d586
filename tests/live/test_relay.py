"""The relay: from the log of moments to live's topics, whatever happens to the database."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path
from uuid import UUID

import pytest
from django.db import OperationalError, connections

from notalone.kit import system
from notalone.kit.moments import BrickLaid, EndingReached, from_json, to_json
from notalone.project.relay import Relay, in_database, public, sources

sys.path.insert(0, str(Path(__file__).parent))
from live_house import peer, serving


def moment(n):
    at = system.now()
    head = {"id": system.new_id(at), "at": at, "where": "the-call", "pass_id": f"pass-{n:08d}"}
    if n % 3 == 0:
        return BrickLaid(**head, brick=f"b{n}", text="Em không một mình", lang="vi", kind="chosen")
    return EndingReached(**head, run="r", scenario="online-abduction", scene="s", ending="safe")


class Database:
    """The log of moments as the festival's queries tell it; may be away."""

    def __init__(self, *numbers):
        self.rows = [(n, moment(n)) for n in numbers]
        self.away = False
        self.looks = 0

    def add(self, *numbers):
        self.rows += [(n, moment(n)) for n in numbers]

    def after(self, seq, limit):
        self.looks += 1
        if self.away:
            raise OperationalError("database is locked")
        return [row for row in self.rows if row[0] > seq][:limit]

    def latest(self):
        return self.after(0, 10**9)[-1][0] if self.rows else 0


def nudge(server):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
        wire.sendto(b"", ("127.0.0.1", server.port))


def test_a_brick_is_public_without_its_pass_and_its_place():
    brick = moment(3)
    value = public(brick)
    assert value == {
        "v": 1,
        "type": "brick-laid",
        "id": str(brick.id),
        "at": str(brick.at),
        "brick": "b3",
        "text": "Em không một mình",
        "lang": "vi",
        "kind": "chosen",
    }
    assert UUID(value["id"]).version == 7


def test_the_wall_reads_on_until_it_has_enough_bricks_or_there_are_no_more():
    database = Database(*range(1, 4001))
    wall = sources(database.after)["wall"]
    assert [seq for seq, _ in wall(1, 200)] == list(range(3, 603, 3))
    assert [seq for seq, _ in wall(3990, 200)] == [3993, 3996, 3999]
    assert wall(3999, 200) == []


def test_moments_go_to_staff_whole_and_bricks_to_everyone_with_the_same_number():
    async def run():
        database = Database(1, 2, 3, 5)
        async with serving(sources(database.after)) as server, peer(server) as staff, peer(server) as wall:
            relay = asyncio.create_task(Relay(server, database.after, database.latest, look_again=30).run())
            await staff.say(do="follow", topic="moments", after=2)
            await wall.say(do="follow", topic="wall")
            heard = await staff.hear_until("caught-up")
            assert [said["seq"] for said in heard] == [3, 5, 5]
            assert from_json(heard[0]["value"]) == database.rows[2][1]
            assert await wall.hear() == {"is": "caught-up", "topic": "wall", "seq": 5}
            database.add(6, 8, 9)
            nudge(server)
            heard = [await staff.hear() for _ in range(3)]
            assert [(said["seq"], said["value"]) for said in heard] == [
                (seq, to_json(each)) for seq, each in database.rows[4:]
            ]
            assert [(await wall.hear())["seq"] for _ in range(2)] == [6, 9]
            relay.cancel()

    asyncio.run(asyncio.wait_for(run(), 30))


def test_nothing_needs_the_nudge():
    async def run():
        database = Database()
        async with serving(sources(database.after)) as server, peer(server) as staff:
            relay = asyncio.create_task(Relay(server, database.after, database.latest, look_again=0.02).run())
            await staff.say(do="follow", topic="moments")
            assert (await staff.hear())["seq"] == 0
            database.add(1)
            assert (await staff.hear())["seq"] == 1
            relay.cancel()

    asyncio.run(asyncio.wait_for(run(), 30))


@pytest.mark.parametrize("from_the_start", [True, False])
def test_a_database_that_is_away_is_waited_for_told_once_and_nothing_is_missed(caplog, from_the_start):
    async def run():
        database = Database(*range(1, 1501))
        database.away = from_the_start
        async with serving(sources(database.after)) as server, peer(server) as staff:
            relay = asyncio.create_task(Relay(server, database.after, database.latest, look_again=0.01).run())
            await staff.say(do="follow", topic="moments", after=1500)
            if not from_the_start:
                assert (await staff.hear())["is"] == "caught-up"
                database.away = True
                database.add(*range(1501, 3001))
            looks = database.looks
            while database.looks < looks + 5:
                await asyncio.sleep(0.005)
            assert server.health()["live"] == "log away"
            if from_the_start:
                database.add(*range(1501, 3001))
            database.away = False
            seqs = []
            while len(seqs) < 1500:
                said = await staff.hear()
                if said["is"] == "value":
                    seqs.append(said["seq"])
            assert seqs == list(range(1501, 3001))
            while server.health()["live"] != "ok":
                await asyncio.sleep(0.005)
            relay.cancel()

    asyncio.run(asyncio.wait_for(run(), 30))
    assert [record.message for record in caplog.records if "log of moments" in record.message] == [
        "the log of moments cannot be read (database is locked); looking again each second",
        "the log of moments can be read again",
    ]


def test_a_read_that_fails_gives_its_connection_up_and_the_next_one_works(tmp_path, django_db_blocker):
    """On a database file of its own: the test's own database lives in memory and is never closed."""
    connections.settings["elsewhere"] = {**connections.settings["default"], "NAME": str(tmp_path / "db.sqlite3")}
    try:

        def read(fail):
            with connections["elsewhere"].cursor() as cursor:
                cursor.execute("SELECT 1")
                if fail:
                    raise OperationalError("gone")
                return cursor.fetchone()[0]

        with django_db_blocker.unblock():
            assert in_database(read)(0) == 1
            assert connections["elsewhere"].connection is not None
            with pytest.raises(OperationalError):
                in_database(read)(1)
            assert connections["elsewhere"].connection is None
            assert in_database(read)(0) == 1
    finally:
        connections["elsewhere"].close()
        del connections["elsewhere"], connections.settings["elsewhere"]
