"""The cue engine: which cues run where, and how master, blackout and calm mode stand.

``step(cues, state, event, now) -> state`` is pure. Two clocks run: show time, for fades and holds, and the looks'
own time, which calm mode slows without a jump.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from notalone.kit.time import ShowTime
from notalone.show.core.cues import IDLE, Cue, Scope
from notalone.show.core.looks import smooth

CALM_PACE: Final = 0.4
CALM_LIGHT: Final = 0.55
CALM_FADE: Final = 2.0
MASTER_FADE: Final = 0.25
RETURN_FADE: Final = 1.5
MOST_RUNNING: Final = 12  # cues at one place; the oldest spark makes room


@dataclass(frozen=True, slots=True)
class StartCue:
    """Start a cue at a place (None: at the cue's own, or everywhere)."""

    cue: str
    place: str | None = None
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class StopCue:
    """Fade a cue out at a place (None: wherever it runs)."""

    cue: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class SetDesk:
    """Move the desk: grand master 0 to 1, blackout, calm mode."""

    master: float = 1.0
    blackout: bool = False
    calm: bool = False


Event: TypeAlias = StartCue | StopCue | SetDesk


@dataclass(frozen=True, slots=True)
class Fader:
    """A value that moves from one level to another within some seconds."""

    start: float
    goal: float
    began: ShowTime
    seconds: float

    def at(self, now: ShowTime) -> float:
        """Return the value now."""
        if self.seconds <= 0:
            return self.goal
        part = float(smooth(now.since(self.began).as_seconds() / self.seconds))
        return self.start + (self.goal - self.start) * part

    def to(self, goal: float, now: ShowTime, seconds: float) -> Fader:
        """Return a fader that moves on from where this one is."""
        return self if goal == self.goal else Fader(self.at(now), goal, now, seconds)


_START: Final = ShowTime(0)
_UP: Final = Fader(1.0, 1.0, _START, 0)


@dataclass(frozen=True, slots=True)
class Running:
    """A cue that runs; it begins to fade out at ``until`` (None: stays). ``look_began`` is in the looks' time."""

    number: int
    cue: str
    place: str | None
    level: float
    began: ShowTime
    look_began: float
    until: ShowTime | None

    def weight(self, cue: Cue, now: ShowTime) -> float:
        """Return how much of the cue is there, 0 to 1, by its fades."""
        age = now.since(self.began).as_seconds()
        weight = float(smooth(age / cue.fade_in)) if cue.fade_in > 0 else 1.0
        if self.until is not None:
            gone = now.since(self.until).as_seconds()
            if gone >= 0:
                weight *= 1.0 - (float(smooth(gone / cue.fade_out)) if cue.fade_out > 0 else 1.0)
        return weight

    def ended(self, cue: Cue, now: ShowTime) -> bool:
        """Say whether it has faded out."""
        return self.until is not None and now.since(self.until).as_seconds() >= cue.fade_out


@dataclass(frozen=True, slots=True)
class State:
    """Everything that light depends on beside the patch and the cues."""

    running: tuple[Running, ...] = ()
    desk: SetDesk = field(default_factory=SetDesk)
    master: Fader = _UP
    calm: Fader = _UP
    open: Fader = _UP
    look_base: float = 0.0
    look_since: ShowTime = _START
    next_number: int = 1

    def look_time(self, now: ShowTime) -> float:
        """Return the looks' own time in seconds; calm mode slows it."""
        pace = CALM_PACE if self.desk.calm else 1.0
        return self.look_base + now.since(self.look_since).as_seconds() * pace

    def light(self, now: ShowTime) -> float:
        """Return what the desk leaves of all light, 0 to 1; blackout is at once."""
        if self.desk.blackout:
            return 0.0
        return self.master.at(now) * self.calm.at(now) * self.open.at(now)

    def at_place(self, place: str, now: ShowTime) -> tuple[Running, ...]:
        """Return what runs at a place and has not begun to fade out, the last started of the highest last."""
        return tuple(
            one
            for one in self.running
            if one.place in (None, place) and (one.until is None or now.since(one.until).ms < 0)
        )


def begin(cues: Mapping[str, Cue], now: ShowTime) -> State:
    """Return the state in which only the idle cue runs, everywhere."""
    state = State(look_since=now)
    if IDLE not in cues:
        return state
    return _start(cues, state, cues[IDLE], None, 1.0, now)


def step(cues: Mapping[str, Cue], state: State, event: Event, now: ShowTime) -> State:
    """Return the state after an event. A cue that does not exist changes nothing."""
    state = settle(cues, state, now)
    match event:
        case StartCue(name, place, level):
            cue = cues.get(name)
            if cue is None:
                return state
            where = None if cue.scope is Scope.ALL else place or cue.at
            return _start(cues, state, cue, where, min(max(level, 0.0), 1.0), now)
        case StopCue(name, place):
            return replace(
                state,
                running=tuple(
                    _release(one, now) if one.cue == name and place in (None, one.place) else one
                    for one in state.running
                ),
            )
        case SetDesk():
            return _desk(state, event, now)


def settle(cues: Mapping[str, Cue], state: State, now: ShowTime) -> State:
    """Return the state without the cues that have faded out."""
    running = tuple(one for one in state.running if one.cue in cues and not one.ended(cues[one.cue], now))
    return state if len(running) == len(state.running) else replace(state, running=running)


def _release(one: Running, now: ShowTime) -> Running:
    return one if one.until is not None and one.until <= now else replace(one, until=now)


def _start(cues: Mapping[str, Cue], state: State, cue: Cue, place: str | None, level: float, now: ShowTime) -> State:
    until = None if cue.hold is None else ShowTime(now.ms + round(1000 * (cue.fade_in + cue.hold)))
    others = []
    for one in state.running:
        here = one.place == place
        going = one.until is None or one.until > now
        if here and going and one.cue == cue.name and not cue.each and one.level == level:
            running = tuple(replace(other, until=until) if other is one else other for other in state.running)
            return replace(state, running=running)
        same = here and cues[one.cue].priority == cue.priority and not cue.each
        others.append(_release(one, now) if same else one)
    fresh = Running(state.next_number, cue.name, place, level, now, state.look_time(now), until)
    crowd = [one for one in others if one.place == place and cues[one.cue].each]
    if len(crowd) >= MOST_RUNNING:
        others.remove(crowd[0])
    running = tuple(sorted((*others, fresh), key=lambda one: (cues[one.cue].priority, one.number)))
    return replace(state, running=running, next_number=state.next_number + 1)


def _desk(state: State, desk: SetDesk, now: ShowTime) -> State:
    opening = state.open
    if state.desk.blackout and not desk.blackout:
        opening = Fader(0.0, 1.0, now, RETURN_FADE)
    return replace(
        state,
        desk=desk,
        master=state.master.to(min(max(desk.master, 0.0), 1.0), now, MASTER_FADE),
        calm=state.calm.to(CALM_LIGHT if desk.calm else 1.0, now, CALM_FADE),
        open=opening,
        look_base=state.look_time(now),
        look_since=now,
    )
