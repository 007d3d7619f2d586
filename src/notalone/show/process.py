"""The show's own process: a loop of 44 frames a second in the main thread, live in another.

Why two threads and no shared event loop: ``docs/decisions/0003-show-loop.md``.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from notalone.kit.names import nearest
from notalone.kit.problems import CannotRead
from notalone.show import queries
from notalone.show.core.engine import Event
from notalone.show.core.light import Levels
from notalone.show.core.patch import Patch
from notalone.show.core.performance import SCENE, CueMap, Performance
from notalone.show.core.timeline import FRAMES_PER_SECOND
from notalone.show.link import Link, Memory
from notalone.show.wire.sacn import Sacn, Target, parse_target
from notalone.show.wire.wires import Wire

_log = logging.getLogger("notalone.show")
_SECOND = 1_000_000_000
_SPARE = 1_000_000  # ns of rest between the end of rendering and the time a frame is due
_MOST_LEAD = 12_000_000
_LATEST = 5  # frames behind the clock at which the missed ones are let go
_SWEEP_EVERY = 20 * FRAMES_PER_SECOND


class FrameLoop:
    """Keeps 44 frames a second on the monotonic clock, without drift.

    A frame is rendered just before it is due and waits for its time, so that rendering that takes now more, now
    less time moves no packet.

    ``lateness`` is how late the last frame went out, in seconds; ``worst`` the latest since it was last read.
    """

    def __init__(
        self,
        performance: Performance,
        wires: list[Wire],
        inbox: deque[Event],
        clock: Callable[[], int] = time.monotonic_ns,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.performance, self.wires, self.inbox = performance, wires, inbox
        self.clock, self.sleep = clock, sleep
        self.running = True
        self.lateness = 0.0
        self.worst = 0.0
        self.skipped = 0
        self._lead = _SPARE
        self._changed = False
        self.link: Link | None = None
        self.after_frame: Callable[[int], None] = lambda due: None

    def run(self) -> None:
        """Send frames until ``running`` is set to False."""
        began, number = self.clock(), 0
        while self.running:
            due = began + number * _SECOND // FRAMES_PER_SECOND
            self._wait_until(due - self._lead)
            missed = max(0, (self.clock() - due) * FRAMES_PER_SECOND // _SECOND)
            skip = missed if missed >= _LATEST else 0
            due += skip * _SECOND // FRAMES_PER_SECOND
            number += 1 + skip
            frame = self.prepare(skip)
            self._wait_until(due)
            self.send(frame)
            self.lateness = max(0, self.clock() - due) / 1e9
            self.worst = max(self.worst, self.lateness)
            self.after_frame(due)
            if number % _SWEEP_EVERY == 0:
                gc.collect(1)  # the collector is off: it runs here, just after a frame went out

    def _wait_until(self, time_ns: int) -> None:
        ahead = time_ns - self.clock()
        if ahead > 0:
            self.sleep(ahead / 1e9)

    def prepare(self, skipped: int = 0) -> Levels:
        """Take in what came and return the frame that is due next; learns how long that takes."""
        start = self.clock()
        self.skipped += skipped
        changed = bool(self.inbox)
        while self.inbox:
            self.performance.handle(self.inbox.popleft())
        running = self.performance.state.running
        frame = self.performance.next_frame(skipped)
        self._changed = changed or running is not self.performance.state.running
        cost = (self.clock() - start) * 5 // 4 + _SPARE
        self._lead = min(_MOST_LEAD, max(cost, self._lead - self._lead // 64))
        return frame

    def send(self, frame: Levels) -> None:
        """Send a frame to every wire, then tell the pages."""
        for wire in self.wires:
            wire.send(frame)
        if self.link is not None:
            if self.link.watched and self.performance.frame % 2 == 0:
                self.link.tell_frame(self.performance.cells())
            if self._changed:
                self.link.tell_state()

    def snapshot(self) -> dict[str, Any]:
        """Return what ``show/state`` says; the worst lateness begins anew."""
        worst, self.worst = self.worst, 0.0
        return {
            **self.performance.snapshot(),
            "frame": self.performance.frame,
            "late_ms": round(worst * 1000, 2),
            "skipped": self.skipped,
            "wires": [{"name": wire.name, "problem": wire.problem} for wire in self.wires],
        }


def targets(patch: Patch, environment: Mapping[str, str] = os.environ) -> list[Target]:
    """Return the unicast targets of the patch and of NOTALONE_SACN_UNICAST.

    Raises:
        ValueError: one of them is not a host or host:port.
    """
    more = (text for text in environment.get("NOTALONE_SACN_UNICAST", "").split(",") if text.strip())
    return [parse_target(text) for text in (*patch.output.unicast, *more)]


def _warn_of_unknown(cue_map: CueMap, cues: Mapping[str, object], patch: Patch) -> None:
    for kind, cue in cue_map.by_type.items():
        if cue != SCENE and cue not in cues:
            _log.warning("the cue “%s” of %s does not exist; nearest: %s", cue, kind, nearest(cue, cues) or "none")
    for place in sorted(set(cue_map.places.values()) - set(patch.places)):
        _log.warning("the place “%s” has no fixtures in the patch", place)


def prefer() -> None:
    """Ask the system to run this thread before others; goes on without where that is not allowed."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, -10)


def main(folder: Path, live_url: str, token: str | Callable[[], str], state_dir: Path, cue_map: CueMap) -> None:
    """Run the show of a festival folder until SIGTERM or SIGINT.

    ``token`` lets it follow ``link.FOLLOWS`` and publish ``link.PUBLISHES``. Exits with code 2 and one sentence
    where the patch or the cues cannot be read.
    """
    try:
        known = queries.light(folder)
        patch, cues = known.patch, known.cues
        unicast = targets(patch)
    except (CannotRead, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)
    _warn_of_unknown(cue_map, cues, patch)
    memory, inbox = Memory(state_dir / "show.json"), deque[Event]()
    output = patch.output
    wire = Sacn(patch.universes, memory.cid, unicast, multicast=output.multicast, priority=output.priority)
    loop = FrameLoop(Performance(patch, cues, memory.desk), [wire], inbox)
    link = Link(live_url, token, cue_map, memory, inbox)
    loop.link, link.snapshot = link, loop.snapshot

    def stop(number: int, frame: FrameType | None) -> None:
        loop.running = False

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()
    gc.disable()
    link.start()
    prefer()  # after the other thread has started, so that it is this one alone
    try:
        loop.run()
    finally:
        wire.close()
        link.close()
