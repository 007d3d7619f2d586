"""The supervisor keeps its children running and ends them together."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from notalone.project.supervisor import Supervisor, how_it_ended, pause_after

ENDLESS = [sys.executable, "-c", "import signal, os; print('pid', os.getpid(), flush=True); signal.pause()"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, os; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('pid', os.getpid(), flush=True); "
    "[signal.pause() for _ in range(99)]",
]


class Listener:
    """Collects what the supervisor says and wakes those who wait for a line."""

    def __init__(self):
        self.lines = []
        self.news = asyncio.Event()
        self.loop = asyncio.get_running_loop()

    def say(self, name, line):
        self.lines.append((name, line))
        self.loop.call_soon_threadsafe(self.news.set)

    async def until(self, wanted, count=1):
        while len(found := [line for _, line in self.lines if wanted in line]) < count:
            self.news.clear()
            await asyncio.wait_for(self.news.wait(), 20)
        return found[count - 1]


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def test_pauses_double_up_to_a_bound():
    assert [pause_after(n) for n in range(1, 8)] == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


@pytest.mark.parametrize(
    ("code", "words"),
    [(0, "exit 0"), (2, "exit 2"), (-9, "killed by SIGKILL"), (-200, "killed by signal 200")],
)
def test_an_ending_is_told_in_words(code, words):
    assert how_it_ended(code) == words


def test_a_child_that_is_killed_is_said_and_started_again():
    async def story():
        heard = Listener()
        supervisor = Supervisor({"one": ENDLESS, "two": ENDLESS}, heard.say)
        running = asyncio.create_task(supervisor.run())
        await heard.until("pid", 2)
        first = supervisor.children[0].process.pid
        other = supervisor.children[1].process.pid
        os.kill(first, signal.SIGKILL)
        await heard.until("pid", 3)
        assert ("one", "stopped (killed by SIGKILL); starting it again") in heard.lines
        again = supervisor.children[0].process.pid
        assert again != first
        assert supervisor.children[1].process.pid == other
        supervisor.stop()
        await running
        assert not alive(again)
        assert not alive(other)

    asyncio.run(story())


def test_a_child_that_will_not_end_is_killed_after_the_grace(monkeypatch):
    monkeypatch.setattr("notalone.project.supervisor.GRACE", 0.3)

    async def story():
        heard = Listener()
        supervisor = Supervisor({"deaf": DEAF}, heard.say)
        running = asyncio.create_task(supervisor.run())
        await heard.until("pid")
        pid = supervisor.children[0].process.pid
        supervisor.stop()
        await running
        assert not alive(pid)

    asyncio.run(story())


def test_what_a_child_left_behind_is_ended_before_it_starts_again():
    parent = (
        "import subprocess, sys, os, signal; "
        "p = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']); "
        "print('left', p.pid, flush=True); signal.pause()"
    )

    async def story():
        heard = Listener()
        supervisor = Supervisor({"one": [sys.executable, "-c", parent]}, heard.say)
        running = asyncio.create_task(supervisor.run())
        left = int((await heard.until("left")).split()[1])
        os.kill(supervisor.children[0].process.pid, signal.SIGKILL)
        await heard.until("left", 2)
        assert not alive(left)
        supervisor.stop()
        await running

    asyncio.run(story())


def test_the_hourly_command_runs_again_and_its_failure_is_said(monkeypatch):
    monkeypatch.setattr("notalone.project.supervisor.HOUR", 0.01)
    failing = [sys.executable, "-c", "import sys; sys.exit('no room')"]

    async def story():
        heard = Listener()
        supervisor = Supervisor({"one": ENDLESS}, heard.say, hourly=failing)
        running = asyncio.create_task(supervisor.run())
        await heard.until("failed: no room", 2)
        supervisor.stop()
        await running

    asyncio.run(story())


def test_children_end_when_the_supervisor_is_killed():
    script = (
        "import asyncio, sys; from notalone.project.supervisor import Supervisor; "
        "child = [sys.executable, '-c', 'from notalone.project.supervisor import die_with_parent; "
        "die_with_parent(); import os, signal; print(os.getpid(), flush=True); signal.pause()']; "
        "asyncio.run(Supervisor({'c': child}, lambda n, l: print(l, flush=True)).run())"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as supervisor:
        pid = int(supervisor.stdout.readline())
        assert alive(pid)
        supervisor.kill()
        supervisor.wait()
        until = time.monotonic() + 20
        while alive(pid) and time.monotonic() < until:
            os.sched_yield()
        assert not alive(pid)
