"""A trial of cues that follow one another: does the limiter have to act?

The cues are rendered as they would be played, at 44 frames a second, and every frame is compared bit for bit with
what the limiter lets out. They are tried at a place with the fixtures of that place alone, as nothing beside it
evens a flash out; the second cue begins while the first still comes up, and once more when the first stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from notalone.kit.time import ShowTime
from notalone.show.core import engine
from notalone.show.core.cues import IDLE, Cue
from notalone.show.core.engine import StartCue
from notalone.show.core.light import Levels
from notalone.show.core.limiter import Limiter
from notalone.show.core.patch import CHANNELS, Patch
from notalone.show.core.render import Renderer
from notalone.show.core.timeline import FRAMES_PER_SECOND, show_time

AT_ONCE: Final = 0.25  # seconds from a cue to the next, for somebody who goes on as fast as a finger can
BEFORE: Final = 1.0  # seconds that are played before what is tried, as the limiter looks back over one
AFTER: Final = 1.0
LONGEST: Final = 60.0

Starts: TypeAlias = Sequence[tuple[float, str]]


@dataclass(frozen=True, slots=True)
class Acted:
    """The first frame that the limiter changed: at which fixture, and how long after the last cue was started."""

    fixture: str
    second: float


def places_of(patch: Patch) -> dict[str, Patch]:
    """Return for each place that has light the patch of its fixtures alone."""
    return {
        place: Patch(tuple(fixture for fixture in patch.fixtures if fixture.place == place)) for place in patch.places
    }


def trial(cues: Mapping[str, Cue], names: Sequence[str], patch: Patch, place: str) -> Acted | None:
    """Start one cue, or two one after the other, out of rest at a place, and tell where the limiter first acted.

    Args:
        cues: all cues by name; names that are not among them start nothing.
        names: the one or two cues.
        patch: the fixtures of the place.
        place: where the cues are started.
    """
    rest = (cues[IDLE].fade_in if IDLE in cues else 0.0) + 1.0
    known = [name for name in names if name in cues]
    if not known:
        return None
    last = cues[known[-1]]
    if len(known) == 1:
        end = last.fade_in + min(cycle(last), LONGEST if last.hold is None else last.hold)
        return _play(cues, [(rest, known[0])], patch, place, rest - BEFORE, end + last.fade_out + AFTER)
    first = cues[known[0]]
    if first is last and not last.each:
        return None  # it goes on as it was
    settled = first.fade_in + BEFORE
    for pause in (AT_ONCE, settled):
        start = rest + pause
        begin = (rest if pause < settled else start) - BEFORE
        length = max(last.fade_in, first.fade_out) + AFTER
        acted = _play(cues, [(rest, known[0]), (start, known[1])], patch, place, begin, length)
        if acted is not None:
            return acted
    return None


def cycle(cue: Cue) -> float:
    """Return the seconds after which the looks of a cue have shown what they do, at most ``LONGEST``."""
    spans = [
        layer.settings.values.get("over", 0.0) + 2 * layer.settings.values.get("period", 0.0) for layer in cue.layers
    ]
    return min(max(spans, default=0.0), LONGEST)


def _play(
    cues: Mapping[str, Cue], starts: Starts, patch: Patch, place: str, begin: float, length: float
) -> Acted | None:
    limiter = Limiter(patch)
    last = starts[-1][0]
    for frame, wanted in asked(cues, starts, patch, place, begin, last + length):
        out = limiter.step(wanted)
        if not np.array_equal(wanted, out):
            slot = int(np.flatnonzero((wanted != out).reshape(-1))[0])
            return Acted(_fixture_at(patch, slot), round(max(0.0, frame / FRAMES_PER_SECOND - last), 2))
    return None


def asked(
    cues: Mapping[str, Cue], starts: Starts, patch: Patch, place: str, begin: float, end: float
) -> Iterator[tuple[int, Levels]]:
    """Yield the number of each frame from second ``begin`` to ``end``, and what the cues ask for in it.

    ``starts`` says at which second which cue is started; the idle cue runs from second 0 on.
    """
    renderer, state = Renderer(patch, cues), engine.begin(cues, ShowTime(0))
    waiting = list(starts)
    for frame in range(round(begin * FRAMES_PER_SECOND), round(end * FRAMES_PER_SECOND)):
        now = show_time(frame)
        while waiting and round(waiting[0][0] * 1000) <= now.ms:
            at, name = waiting.pop(0)
            state = engine.step(cues, state, StartCue(name, place), ShowTime(round(at * 1000)))
        state = engine.settle(cues, state, now)
        yield frame, renderer.render(state, now)


def _fixture_at(patch: Patch, slot: int) -> str:
    universe, channel = divmod(slot, CHANNELS)
    for fixture in patch.fixtures:
        first = fixture.address - 1
        if patch.universes.index(fixture.universe) == universe and first <= channel < first + fixture.profile.footprint:
            return fixture.id
    return ""
