"""Starts the festival's processes on one machine, starts them again when they die, ends them together."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
STEADY = 10.0
GRACE = 6.0
HOUR = 3600.0


def pause_after(deaths: int) -> float:
    """Return how many seconds to wait before starting again after ``deaths`` deaths in a row."""
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** max(0, deaths - 1)))


def how_it_ended(code: int) -> str:
    """Tell an exit status in words."""
    if code < 0:
        try:
            return f"killed by {signal.Signals(-code).name}"
        except ValueError:
            return f"killed by signal {-code}"
    return f"exit {code}"


@dataclass(slots=True)
class Child:
    """One supervised process: its name, its command and how often it died in a row."""

    name: str
    command: list[str]
    deaths: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)


class Supervisor:
    """Runs children until told to stop.

    ``say`` gets one line at a time, from any thread: what a child printed, or what happened to it. ``hourly`` is a
    command that is run at the start and once an hour; what it prints is said where it fails.
    """

    def __init__(
        self, children: Mapping[str, list[str]], say: Callable[[str, str], None], hourly: Sequence[str] = ()
    ) -> None:
        self.children = [Child(name, command) for name, command in children.items()]
        self.say = say
        self.hourly = list(hourly)
        self.stopping = asyncio.Event()

    async def run(self) -> None:
        """Run all children until ``stop``; returns when every one has ended."""
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(2 * len(self.children) + 1))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
        tasks = [self._keep(child) for child in self.children]
        await asyncio.gather(*tasks, *([self._again_and_again()] if self.hourly else []))

    def stop(self) -> None:
        """Ask all children to end."""
        self.stopping.set()

    async def _keep(self, child: Child) -> None:
        loop = asyncio.get_running_loop()
        while not self.stopping.is_set():
            began = loop.time()
            code = await self._once(child)
            if self.stopping.is_set():
                return
            if loop.time() - began > STEADY:
                child.deaths = 0
            child.deaths += 1
            pause = pause_after(child.deaths)
            self.say(child.name, f"stopped ({how_it_ended(code)}); starting it again")
            try:
                await asyncio.wait_for(self.stopping.wait(), pause)
            except TimeoutError:
                continue

    async def _again_and_again(self) -> None:
        while not self.stopping.is_set():
            ran = await asyncio.to_thread(
                subprocess.run, self.hourly, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
            )
            if ran.returncode:
                self.say("up", f"{' '.join(self.hourly[2:])} failed: {ran.stderr.strip()}")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), HOUR)

    async def _once(self, child: Child) -> int:
        # not asyncio's own subprocess: its wait() lasts until every heir of the pipe has closed it
        process = subprocess.Popen(
            child.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NOTALONE_SUPERVISED": str(os.getpid()), "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        child.process = process
        pump = asyncio.create_task(asyncio.to_thread(self._pump, child.name, process))
        stop = asyncio.create_task(self.stopping.wait())
        ended = asyncio.create_task(asyncio.to_thread(process.wait))
        await asyncio.wait({stop, ended}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            _signal_group(process.pid, signal.SIGTERM)
            await asyncio.wait({ended}, timeout=GRACE)
        _signal_group(process.pid, signal.SIGKILL)  # whatever of its group outlived it would keep the port
        code = await ended
        stop.cancel()
        await pump
        return code

    def _pump(self, name: str, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None  # noqa: S101 -- it was asked for above
        with process.stdout as lines:
            for line in lines:
                self.say(name, line.decode("utf-8", "replace").rstrip())


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, number)


def die_with_parent() -> None:
    """Make this process end when its supervisor does, even by ``kill -9`` (Linux: prctl(2), PR_SET_PDEATHSIG)."""
    parent = os.environ.get("NOTALONE_SUPERVISED")
    if parent is None or not sys.platform.startswith("linux"):
        return
    import ctypes

    ctypes.CDLL(None, use_errno=True).prctl(1, signal.SIGTERM, 0, 0, 0)
    if str(os.getppid()) != parent:
        sys.exit(0)
