"""The show loop's frames: how evenly they leave, beside the ``sacn`` package, and how near plain ``sendto`` is.

Each sender runs in a process of its own and sends to this machine; a receiver in a third process notes when the
packets of the first and of the last universe arrive. ``python -m bench.show_jitter ours 16 PORT SECONDS`` is a sender.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notalone.show.core.patch import Patch

SECONDS = float(os.environ.get("BENCH_SECONDS", "10"))
UNIVERSES = (1, 16, 64)
FRAME_MS = 1000 / 44
SKIP = 44  # the first second: processes are still starting
NOTE = """170 RGB fixtures a universe, all of them moving. *Ours* renders a look of noise and a wave, merges, limits and
sends; the `sacn` package is handed ready levels by a loop of 44 a second and sends them from its own thread.
Jitter is how far the time between two frames, as a receiver on the same machine sees them, is from 22.73 ms; a
frame's span is from the arrival of its first universe to that of its last."""


def _spread(values: Sequence[float]) -> dict[str, object]:
    ordered = sorted(values)
    return {
        "min": ordered[0],
        "median": median(ordered),
        "p99": ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        "max": ordered[-1],
    }


def _patch(universes: int) -> Patch:
    from notalone.show.core.patch import Fixture, Patch
    from notalone.show.core.profiles import PROFILES

    rgb = PROFILES["generic/rgb"]
    fixtures = []
    for universe in range(1, universes + 1):
        for number in range(170):
            at = (number * 0.2, universe * 0.5, 2.0)
            name = f"p{universe}-{number}"
            fixtures.append(Fixture(name, rgb, universe, 3 * number + 1, at, at, f"area-{universe % 4}", "hall"))
    return Patch(tuple(fixtures))


CUES = """
cues:
  idle: {priority: 0, scope: all, layers: [
    {look: noise, colours: ["#10286e", "#27a3ad"], period: 9, length: 6},
    {look: wave, colours: ["#1a4fb0", "#2bb5b8"], period: 7, merge: htp}]}
"""


def _ours(universes: int, port: int, seconds: float) -> dict[str, float]:
    import gc

    from notalone.kit import system, yamltree
    from notalone.show.core import cues
    from notalone.show.core.performance import Performance
    from notalone.show.process import FrameLoop, prefer
    from notalone.show.wire.sacn import Sacn, Target

    patch = _patch(universes)
    known = cues.from_tree(yamltree.parse(CUES, "cues.yaml"))
    wire = Sacn(patch.universes, system.new_id(), [Target("127.0.0.1", port)])
    loop = FrameLoop(Performance(patch, known), [wire], deque())
    gc.collect()
    gc.freeze()
    gc.disable()
    prefer()
    threading.Timer(seconds, setattr, (loop, "running", False)).start()
    began = time.process_time()
    loop.run()
    frames = loop.performance.frame
    return {"cpu_ms": 1000 * (time.process_time() - began) / frames, "skipped": loop.skipped}


def _peer(universes: int, port: int, seconds: float) -> dict[str, float]:
    import sacn
    from sacn.sending import sender_socket_udp

    sender_socket_udp.DEFAULT_PORT = port  # the package has no setting for another port than 5568
    sender = sacn.sACNsender(bind_port=0, fps=44, universeDiscovery=False)
    sender.start()
    for universe in range(1, universes + 1):
        sender.activate_output(universe)
        sender[universe].destination = "127.0.0.1"
        sender[universe].multicast = False
    levels = [tuple((i + frame) % 256 for i in range(512)) for frame in range(256)]
    frames = int(seconds * 44)
    start, began = time.monotonic(), time.process_time()
    for frame in range(frames):
        time.sleep(max(0.0, start + frame / 44 - time.monotonic()))
        for universe in range(1, universes + 1):
            sender[universe].dmx_data = levels[frame % 256]
    cpu = 1000 * (time.process_time() - began) / frames
    sender.stop()
    return {"cpu_ms": cpu, "skipped": 0}


def _plain(universes: int, port: int, seconds: float) -> dict[str, float]:
    from notalone.kit import system
    from notalone.show.wire.sacn import packet

    packets = [memoryview(packet(system.new_id(), "bench", 100, one)) for one in range(1, universes + 1)]
    target = ("127.0.0.1", port)
    count, until = 0, time.monotonic() + seconds
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        while time.monotonic() < until:
            for one in packets:
                sock.sendto(one, target)
            count += len(packets)
    return {"per_second": count / seconds}


def _wire(universes: int, port: int, seconds: float) -> dict[str, float]:
    import numpy as np

    from notalone.kit import system
    from notalone.show.wire.sacn import Sacn, Target

    wire = Sacn(range(1, universes + 1), system.new_id(), [Target("127.0.0.1", port)])
    frame = np.zeros((universes, 512), np.uint8)
    count, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        wire.send(frame)
        count += universes
    return {"per_second": count / seconds}


def _receive(universes: int, last: int, seconds: float) -> None:
    """Print when the packets of the first and last universe came, in ns; runs in its own process."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(30)  # the sender has to start first
        sys.stdout.write(f"{sock.getsockname()[1]}\n")
        sys.stdout.flush()
        first, ends = [], []
        until = time.monotonic() + seconds + 30
        try:
            while time.monotonic() < until:
                data = sock.recv(700)
                sock.settimeout(3)
                universe = data[113] << 8 | data[114]
                if universe == 1:
                    first.append(time.monotonic_ns())
                if universe == universes:
                    ends.append(time.monotonic_ns())
        except TimeoutError:
            pass
    sys.stdout.write(json.dumps([first, ends]) + "\n")


def _child(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "bench.show_jitter", *map(str, arguments)]


def _sent(kind: str, universes: int, port: int, seconds: float) -> dict[str, float]:
    done = subprocess.run(_child(kind, universes, port, seconds), capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _measured(kind: str, who: str, universes: int) -> list[dict[str, object]]:
    command = _child("receive", universes, 0, SECONDS)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as receiver:
        assert receiver.stdout is not None
        port = int(receiver.stdout.readline())
        sent = _sent(kind, universes, port, SECONDS)
        first, last = json.loads(receiver.stdout.readline())
    first, last = first[SKIP:-3], last[SKIP:-3]
    assert len(first) > 44, f"{who} sent only {len(first)} frames of {universes} universes"
    rate = (len(first) - 1) / ((first[-1] - first[0]) / 1e9)
    gaps = [abs((b - a) / 1e6 - FRAME_MS) for a, b in pairwise(first)]
    spans = [(b - a) / 1e6 for a, b in zip(first, last, strict=False) if b >= a]
    name = f"{universes} universe{'s' if universes > 1 else ''}"
    rows: list[dict[str, object]] = [
        {"what": f"{name}: jitter", "who": who, "unit": "ms", **_spread(gaps), "memory_mib": sent["memory_mib"]}
    ]
    if universes > 1:
        rows.append({"what": f"{name}: span of a frame", "who": who, "unit": "ms", **_spread(spans)})
    rows.append({"what": f"{name}: frames a second", "who": who, "unit": "1/s", "median": rate})
    rows.append({"what": f"{name}: CPU a frame", "who": who, "unit": "ms", "median": sent["cpu_ms"]})
    return rows


def _limit() -> list[dict[str, object]]:
    """Compare sending alone with the least that a packet costs: sendto of a packet that is ready."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sink:
        sink.bind(("127.0.0.1", 0))
        port = sink.getsockname()[1]
        runs = [(_sent("plain", 64, port, 1.5), _sent("wire", 64, port, 1.5)) for _ in range(3)]
    plain = [one["per_second"] for one, _ in runs]
    ours = [one["per_second"] for _, one in runs]
    share = [100 * mine / best for mine, best in zip(ours, plain, strict=True)]
    return [
        {"what": "packets a second", "who": "plain sendto", "unit": "1/s", **_spread(plain), "p99": None},
        {"what": "packets a second", "who": "ours, without looks", "unit": "1/s", **_spread(ours), "p99": None},
        {"what": "share of plain sendto", "who": "ours", "unit": "%", **_spread(share), "p99": None},
    ]


def run() -> list[dict[str, object]]:
    """Measure both senders in turn for each number of universes, then the share of the physical limit."""
    rows: list[dict[str, object]] = []
    for universes in UNIVERSES:
        rows += _measured("ours", "ours", universes)
        rows += _measured("peer", "sacn 1.11", universes)
    return rows + _limit()


def main(kind: str, universes: str, port: str, seconds: str) -> None:
    """Be a sender or the receiver."""
    if kind == "receive":
        _receive(int(universes), int(port), float(seconds))
        return
    sender = {"ours": _ours, "peer": _peer, "plain": _plain, "wire": _wire}[kind]
    out = sender(int(universes), int(port), float(seconds))
    out["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(out) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
