"""From a choice at a station to light on the wire, with an audience of a thousand sockets.

The whole house runs as ``notalone up`` starts it. A choice is posted as the kiosk posts it; the time is taken
until the first sACN packet arrives on loopback whose levels are others than before. The festival is the demo with
cues that snap.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import psutil
from tests.running import ROOT, House, free_pair, start, stop

from notalone.kit import moments, system
from notalone.scenario import queries as scenarios

AUDIENCE = 1000
CHOICES = 120
STATION, UNIVERSE = "the-call", 1
COLOURS = {"unease": "#0000ff", "relief": "#ff9a3d"}
NOTE = (
    "Target: 50 ms median, 100 ms at the 99th percentile. The show sends 44 frames a second, so a moment waits 11.4 ms "
    "for its frame on average and 22.7 ms at most: that is the physical limit of the design. The audience follows the "
    "wall on live; each choice is posted as a kiosk posts it and committed to the database before it moves light. "
    "Every process runs on this one machine, the audience's sockets too."
)


class Station:
    """A visitor's session at a station of a running festival."""

    def __init__(self, house: House) -> None:
        self.base = house.base
        self.web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.csrf = self._json("/vi/station/the-call/", "station")["csrf"]
        self.live = self._json("/vi/wall/", "live")

    def _json(self, path: str, name: str) -> dict[str, object]:
        page = self.web.open(self.base + path).read().decode()
        found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.S)
        if found is None:
            raise RuntimeError(f"{path} holds no {name}")
        return dict(json.loads(found.group(1)))

    def post(self, moment: moments.Moment) -> None:
        body = json.dumps({"moments": [moments.to_json(moment)]}).encode()
        request = urllib.request.Request(f"{self.base}/api/moments", body)  # noqa: S310 -- our own house
        request.add_header("Content-Type", "application/json")
        request.add_header("X-CSRFToken", str(self.csrf))
        with self.web.open(request, timeout=10) as answer:
            answer.read()


def _memory_mib(house: House) -> float:
    root = psutil.Process(house.process.pid)
    return float(sum(process.memory_info().rss for process in [root, *root.children(recursive=True)])) / 2**20


def _packet(receiver: socket.socket) -> bytes:
    while True:
        raw = receiver.recv(2048)
        if int.from_bytes(raw[113:115], "big") == UNIVERSE:  # E1.31, table 4-1: universe at octet 113
            return raw[126:]


def _festival(folder: Path) -> Path:
    """Return a copy of the demo festival whose cues snap, so that the first frame of an answer is unmistakable."""
    copy = folder / "festival"
    shutil.copytree(ROOT / "content" / "demo", copy, ignore=shutil.ignore_patterns(".notalone"))
    lines = [
        "cues:",
        "  idle: {scope: all, priority: 0, fade: {in: 0, out: 0}, layers: [{look: solid, colours: ['#000000']}]}",
    ]
    snap = "priority: 20, hold: 60, fade: {in: 0, out: 0}"
    lines += [
        f"  {cue}: {{{snap}, layers: [{{look: solid, colours: ['{colour}']}}]}}" for cue, colour in COLOURS.items()
    ]
    (copy / "cues.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return copy


def _scenes() -> dict[str, tuple[str, int]]:
    scenes = scenarios.load_scenario(ROOT / "content/demo/scenarios/online-abduction/scenario.yaml").scenes
    return {scene.cue.text: (name, scene.intensity) for name, scene in scenes.items() if scene.cue}


def _drain(receiver: socket.socket) -> None:
    receiver.setblocking(False)
    try:
        while True:
            receiver.recv(2048)
    except BlockingIOError:
        receiver.setblocking(True)
        receiver.settimeout(10)


def _measure(station: Station, receiver: socket.socket) -> list[float]:
    """Change the scene again and again, and time each change to its first frame; milliseconds."""
    scenes, took, draw = _scenes(), [], random.Random(7)
    for number in range(CHOICES):
        cue = ("unease", "relief")[number % 2]
        scene, intensity = scenes[cue]
        at = system.now()
        moment = moments.SceneEntered(
            id=system.new_id(at), at=at, where=STATION, run="bench", scenario="online-abduction",
            scene=scene, cue=cue, intensity=intensity,
        )  # fmt: skip
        _drain(receiver)
        before = _packet(receiver)
        time.sleep(draw.random() / 44)  # a visitor does not touch in step with the frames
        began = time.perf_counter()
        station.post(moment)
        while _packet(receiver) == before:
            pass
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(0.4)  # within the flash limits
    return took


def _seat(station: Station) -> subprocess.Popen[str]:
    audience = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "bench.audience",
            str(station.live["url"]),
            str(station.live["token"]),
            str(AUDIENCE),
            station.base,
        ],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    if audience.stdout is None or audience.stdout.readline().strip() != "seated":
        raise RuntimeError("the audience could not sit down")
    return audience


def _row(what: str, took: list[float], memory: float) -> dict[str, object]:
    ordered = sorted(took)
    return {
        "what": what,
        "unit": "ms",
        "min": ordered[0],
        "median": statistics.median(ordered),
        "p99": ordered[int(len(ordered) * 0.99)],
        "max": ordered[-1],
        "memory_mib": round(memory),
    }


def run() -> list[dict[str, object]]:
    """Measure alone and with the audience."""
    rows = []
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as receiver:
        receiver.bind(("127.0.0.1", 0))
        place = Path(folder)
        house = start(place / "state", free_pair(), receiver.getsockname()[1], _festival(place))
        station, audience = Station(house), None
        try:
            rows.append(_row("choice → light, nobody watching", _measure(station, receiver), _memory_mib(house)))
            audience = _seat(station)
            took = _measure(station, receiver)
            rows.append(_row(f"choice → light, {AUDIENCE} sockets on live", took, _memory_mib(house)))
        finally:
            if audience is not None:
                audience.kill()
                audience.wait()
            stop(house)
    return rows
