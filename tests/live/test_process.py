"""The live process itself: started, killed, started again, ended; on a database file and real ports."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

sys.path.insert(0, str(Path(__file__).parent))
from live_house import Peer

from notalone.kit import system
from notalone.kit.time import Duration
from notalone.live.client import LiveClient
from notalone.live.core import tokens

SECRET = "a secret for the tests of the live process"
LIVE = "from notalone.project import environment, live_process; live_process.main(environment.read())"
TABLES = """
import django
django.setup()
from django.core.management import call_command
for room in ("festival", "classes"):
    call_command("migrate", room, verbosity=0, skip_checks=True)
"""
WRITER = """
import sys, django
django.setup()
from django.db import transaction
from notalone.festival import actions, queries
from notalone.kit import system
from notalone.kit.moments import BrickLaid
print("ready", flush=True)
for line in sys.stdin:
    for n in range(int(line)):
        with transaction.atomic():
            head = {"id": system.new_id(), "at": system.now(), "where": "wall"}
            actions.record(BrickLaid(**head, brick=f"b{n}", text="x", lang="en", kind="chosen"))
    print(queries.latest_seq(), flush=True)
"""


def free_port():
    """A port free for TCP, whose UDP twin is free too."""
    with socket.socket() as probe, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as twin:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        twin.bind(("127.0.0.1", port))
        return port


class House:
    """A festival's state in a folder of its own, its live process, and a process that writes moments."""

    def __init__(self, folder):
        self.port = free_port()
        self.environment = {
            **os.environ,
            "NOTALONE_STATE": str(folder),
            "NOTALONE_SECRET": SECRET,
            "NOTALONE_HOST": "127.0.0.1",
            "NOTALONE_LIVE_PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": "notalone.project.settings",
        }
        self.processes = []
        folder.mkdir(exist_ok=True)
        subprocess.run([sys.executable, "-c", TABLES], env=self.environment, check=True)

    def start(self, code, **more):
        process = subprocess.Popen(
            [sys.executable, "-c", code], env=self.environment, text=True, stdin=subprocess.PIPE, **more
        )
        self.processes.append(process)
        return process

    def writer(self):
        process = self.start(WRITER, stdout=subprocess.PIPE)
        assert process.stdout.readline() == "ready\n"
        return process

    async def write(self, writer, count):
        """Write so many moments and return the number of the latest."""
        writer.stdin.write(f"{count}\n")
        writer.stdin.flush()
        return int(await asyncio.to_thread(writer.stdout.readline))

    def client(self, name="show", follow=("moments", "wall")):
        grant = tokens.Grant(name, follow, (), system.now() + Duration(600_000), True)
        return LiveClient(f"ws://127.0.0.1:{self.port}/", tokens.sign(grant, tokens.key_of(SECRET)), name)


@pytest.fixture
def house(tmp_path):
    one = House(tmp_path / "state")
    yield one
    for process in one.processes:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


async def until(condition):
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.01)


def test_killing_live_loses_no_moment(house):
    async def run():
        writer, process = house.writer(), house.start(LIVE)
        moments, bricks = [], []
        async with house.client() as show:
            show.follow("moments", None, lambda seq, value: moments.append(seq))
            show.follow("wall", None, lambda seq, value: bricks.append(seq))
            await show.wait_connected(30)
            await until(lambda: show.last("moments") is not None and show.last("wall") is not None)
            latest = await house.write(writer, 20)
            await until(lambda: moments and moments[-1] == latest)
            for _ in range(2):
                process.send_signal(signal.SIGKILL)
                process.wait()
                await house.write(writer, 30)
                process = house.start(LIVE)
                latest = await house.write(writer, 30)
                await until(lambda: moments[-1] == latest == bricks[-1])  # noqa: B023 -- awaited here
            first = moments[0]
            assert moments == list(range(first, first + 140)) == bricks

    asyncio.run(run())


def test_every_transaction_that_records_a_moment_nudges_live_once_and_without_content(house):
    async def run():
        writer = house.writer()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as live:
            live.bind(("127.0.0.1", house.port))
            live.settimeout(10)
            await house.write(writer, 3)
            assert [live.recv(100) for _ in range(3)] == [b"", b"", b""]
            live.setblocking(False)
            with pytest.raises(BlockingIOError):
                live.recv(100)

    asyncio.run(run())


def test_sigterm_ends_it_cleanly_and_says_goodbye(house):
    async def run():
        process = house.start(LIVE, stderr=subprocess.PIPE)
        async with house.client() as ready:
            await ready.wait_connected(30)
        async with connect(f"ws://127.0.0.1:{house.port}/", proxy=None) as socket:
            one = Peer(socket)
            grant = tokens.Grant("show", (), (), system.now() + Duration(60_000), True)
            await one.say(do="hello", v=1, token=tokens.sign(grant, tokens.key_of(SECRET)))
            await one.hear()
            process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                await one.hear()
            assert closed.value.rcvd.code == 1001
        assert await asyncio.to_thread(process.wait, 10) == 0
        assert process.stderr.read() == ""

    asyncio.run(run())


def test_a_port_in_use_is_one_sentence_and_exit_code_2(house):
    with socket.socket() as other:
        other.bind(("127.0.0.1", house.port))
        other.listen()
        process = house.start(LIVE, stderr=subprocess.PIPE)
        assert process.wait(30) == 2
        assert process.stderr.read() == (
            f"notalone: Port {house.port}, wanted for live, is in use by another program. "
            "Set NOTALONE_LIVE_PORT (or PORT) to another one.\n"
        )
