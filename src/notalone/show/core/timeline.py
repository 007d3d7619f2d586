"""Timelines: what happened when, rendered to the frames that would go out; the same again every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from notalone.kit.names import nearest
from notalone.kit.time import ShowTime
from notalone.show.core import engine
from notalone.show.core.cues import Cue
from notalone.show.core.engine import Event, SetDesk, StartCue, StopCue
from notalone.show.core.light import Levels
from notalone.show.core.limiter import Limiter
from notalone.show.core.patch import Patch
from notalone.show.core.render import Renderer

FRAMES_PER_SECOND = 44
LONGEST = 24 * 3600.0
TAIL = 10.0
_KEYS = {"at", "cue", "stop", "place", "level", "master", "blackout", "calm"}


class TimelineError(ValueError):
    """A timeline cannot be read; the message says which entry and why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event at a time, in seconds from the start."""

    at: float
    event: Event


def show_time(frame: int) -> ShowTime:
    """Return the show time of a frame, counted from 0."""
    return ShowTime(round(frame * 1000 / FRAMES_PER_SECOND))


def read(value: object, cues: Mapping[str, Cue], patch: Patch) -> tuple[Entry, ...]:
    """Read a timeline from its JSON form: a list of ``{"at": seconds, "cue": name, ...}``.

    An entry has one of ``cue`` (with ``place`` and ``level``), ``stop`` (with ``place``), or values of the desk
    (``master``, ``blackout``, ``calm``; what is left out stays).

    Raises:
        TimelineError: the value is no timeline, or names a cue or place that does not exist.
    """
    if not isinstance(value, list):
        raise TimelineError('A timeline is a list of entries such as {"at": 1.5, "cue": "unease"}.')
    entries: list[Entry] = []
    desk = SetDesk()
    order = sorted(range(len(value)), key=lambda i: _at(value[i], i))
    for index in order:
        event = _event(value[index], index, cues, patch, desk)
        desk = event if isinstance(event, SetDesk) else desk
        entries.append(Entry(_at(value[index], index), event))
    return tuple(entries)


def _wrong(index: int, message: str) -> TimelineError:
    return TimelineError(f"Entry {index + 1}: {message}")


def _number(value: object, index: int, what: str, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= high:
        raise _wrong(index, f"“{what}” must be a number from 0 to {high:g}.")
    return float(value)


def _at(entry: object, index: int) -> float:
    if not isinstance(entry, dict):
        raise _wrong(index, "it must be an object with “at” and “cue”.")
    unknown = next((key for key in entry if key not in _KEYS), None)
    if unknown is not None:
        near = nearest(str(unknown), _KEYS)
        raise _wrong(index, f"there is no “{unknown}”." + (f" Did you mean “{near}”?" if near else ""))
    return _number(entry.get("at"), index, "at", LONGEST)


def _event(entry: Mapping[str, object], index: int, cues: Mapping[str, Cue], patch: Patch, desk: SetDesk) -> Event:
    given = [key for key in ("cue", "stop") if key in entry]
    moves_desk = any(key in entry for key in ("master", "blackout", "calm"))
    if len(given) + moves_desk != 1:
        raise _wrong(index, "it needs one of “cue”, “stop” or the desk's “master”, “blackout”, “calm”.")
    if moves_desk:
        blackout, calm = entry.get("blackout", desk.blackout), entry.get("calm", desk.calm)
        if not isinstance(blackout, bool) or not isinstance(calm, bool):
            raise _wrong(index, "“blackout” and “calm” must be true or false.")
        return SetDesk(_number(entry.get("master", desk.master), index, "master", 1), blackout, calm)
    name, place = entry[given[0]], entry.get("place")
    for what, one, known in (("cue", name, cues), ("place", place, patch.places)):
        if one is not None and one not in known:
            near = nearest(str(one), known)
            hint = f" Did you mean “{near}”?" if near else f" Known: {', '.join(sorted(known)) or 'none'}."
            raise _wrong(index, f"the {what} “{one}” does not exist.{hint}")
    where = None if place is None else str(place)
    if given == ["stop"]:
        return StopCue(str(name), where)
    return StartCue(str(name), where, _number(entry.get("level", 1.0), index, "level", 1))


def length(entries: Sequence[Entry]) -> float:
    """Return how many seconds a timeline takes where nobody says: its last entry and ten more."""
    return max((entry.at for entry in entries), default=0.0) + TAIL


def render(entries: Sequence[Entry], cues: Mapping[str, Cue], patch: Patch, seconds: float) -> Levels:
    """Return what goes out, after the limiter: uint8 of shape (frames, universes, 512), 44 frames a second."""
    renderer, limiter = Renderer(patch, cues), Limiter(patch)
    frames = round(seconds * FRAMES_PER_SECOND)
    out = np.zeros((frames, len(patch.universes), 512), np.uint8)
    state = engine.begin(cues, show_time(0))
    waiting = list(entries)
    for frame in range(frames):
        now = show_time(frame)
        while waiting and round(waiting[0].at * 1000) <= now.ms:
            state = engine.step(cues, state, waiting.pop(0).event, now)
        state = engine.settle(cues, state, now)
        out[frame] = limiter.step(renderer.render(state, now))
    return out
