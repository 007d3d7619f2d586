"""The whole house, started as its users start it; for tests, benches and pictures."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from notalone.kit import system
from notalone.kit.time import Duration
from notalone.live.core import tokens

ROOT = Path(__file__).parents[1]
NOTALONE = [sys.executable, "-m", "notalone.project.command"]
PATIENCE = 90.0


def free_pair() -> int:
    """Return a port that is free together with the one above it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def until(holds, what, patience=PATIENCE):
    """Wait until ``holds()`` is true and return its value; fail telling ``what`` was awaited."""
    end = time.monotonic() + patience
    while True:
        value = holds()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {patience:.0f} s: {what() if callable(what) else what}")
        time.sleep(0.02)


class DmxReceiver:
    """An independent reader of sACN on loopback: the ``sacn`` package parses each packet."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0.2)
        self.port = self.socket.getsockname()[1]
        self.levels: dict[int, tuple[int, ...]] = {}
        self.history: list[tuple[float, int, tuple[int, ...]]] = []
        self.ending = False
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        from sacn.messages.data_packet import DataPacket

        while not self.ending:
            try:
                raw = self.socket.recv(2048)
            except TimeoutError:
                continue
            packet = DataPacket.make_data_packet(tuple(raw))
            levels = tuple(packet.dmxData)
            if self.levels.get(packet.universe) != levels:
                self.history.append((time.monotonic(), packet.universe, levels))
            self.levels[packet.universe] = levels

    def close(self) -> None:
        self.ending = True
        self.thread.join()
        self.socket.close()


@dataclass
class House:
    """A running festival: its addresses, its memory, what it printed."""

    process: subprocess.Popen
    port: int
    state: Path
    lines: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def health(self) -> tuple[int, dict[str, str]]:
        try:
            with urllib.request.urlopen(f"{self.base}/healthz", timeout=5) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            return 0, {}

    def ready(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError("the house ended:\n" + "\n".join(self.lines))
        return self.health() == (200, {"web": "ok", "live": "ok", "show": "ok"})

    def environment(self) -> dict[str, str]:
        return {**os.environ, "NOTALONE_STATE": str(self.state), "PORT": str(self.port)}

    def moments(self) -> list[dict]:
        """Return all moments, told by the command as a user would ask for them."""
        ran = subprocess.run(
            [*NOTALONE, "moments", "--json"],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        return [json.loads(line) for line in ran.stdout.splitlines()]

    def pid(self, name: str) -> int:
        """Return the process id of the supervised process ``name``."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for child in children:
            command = Path(f"/proc/{child}/cmdline").read_bytes().decode().split("\0")
            if name in command[3:4]:
                return int(child)
        raise AssertionError(f"no process {name} among {children}")

    def token(self, name: str, follow: list[str]) -> str:
        """Return a token for a process of this house, signed with its own secret."""
        grant = tokens.Grant(name, tuple(follow), (), system.now() + Duration.seconds(3600), process=True)
        return tokens.sign(grant, tokens.key_of((self.state / "secret").read_text().strip()))

    def password(self, role: str) -> str:
        """Return the password of the demo account of a role, as printed at the first start."""
        return re.search(rf"^\s*{role}\s+(\S+)\s+{role}", "\n".join(self.lines), re.M).group(1)


def start(state: Path, port: int, dmx_port: int, folder: Path | None = None, **env: str) -> House:
    """Start ``notalone up`` and wait until it says that it runs."""
    environment = {
        **os.environ,
        "PORT": str(port),
        "NOTALONE_STATE": str(state),
        "NOTALONE_HOST": "127.0.0.1",
        "NOTALONE_SACN_UNICAST": f"127.0.0.1:{dmx_port}",
        **env,
    }
    process = subprocess.Popen(
        [*NOTALONE, "up", str(folder or ROOT / "content" / "demo")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
    )
    house = House(process, port, state)

    def listen() -> None:
        for line in process.stdout:
            house.lines.append(line.rstrip())

    threading.Thread(target=listen, daemon=True).start()
    until(house.ready, lambda: "the house is ready:\n" + "\n".join(house.lines))
    until(lambda: any("Ctrl-C ends it" in line for line in house.lines), "the addresses are printed")
    return house


def stop(house: House) -> int:
    """End the house as Ctrl-C does and return its exit code."""
    if house.process.poll() is None:
        house.process.send_signal(signal.SIGINT)
    with contextlib.suppress(subprocess.TimeoutExpired):
        house.process.wait(20)
    code = house.process.poll()
    if code is None:
        house.process.kill()
        house.process.wait()
    return -99 if code is None else code
