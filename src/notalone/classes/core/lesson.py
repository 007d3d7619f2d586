"""A class session as a state machine: the class reads, votes, sees the result, talks, and goes on.

    lobby → reading → voting → result → discussion → reading → … → ended

Where several choices have most votes, none is taken: the teacher takes one of those, or the class votes again on
them alone. Where nobody voted, all of them stand to be taken. Stopping the countdown keeps what was left of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from notalone.classes.core.counting import leading
from notalone.kit.time import Duration, Instant

SECONDS = 30
MOST_SECONDS = 600


class Phase(StrEnum):
    """Where a class is."""

    LOBBY = "lobby"
    READING = "reading"
    VOTING = "voting"
    RESULT = "result"
    DISCUSSION = "discussion"
    ENDED = "ended"


class LessonError(ValueError):
    """What was asked for does not fit where the class is."""


@dataclass(frozen=True, slots=True)
class Story:
    """A score as a class needs it: where each choice of each state leads, where the timeout does, what ends."""

    start: int
    targets: tuple[tuple[int, ...], ...]
    timeouts: tuple[int | None, ...]
    endings: frozenset[int]

    @classmethod
    def of(cls, score: Mapping[str, Any]) -> Story:
        """Return the story of a score (``notalone/score-1``)."""
        states = score["states"]
        return cls(
            start=score["start"],
            targets=tuple(tuple(target for _, target in state["choices"]) for state in states),
            timeouts=tuple(state["timeout"] for state in states),
            endings=frozenset(n for n, state in enumerate(states) if score["scenes"][state["scene"]]["ending"]),
        )


@dataclass(frozen=True, slots=True)
class Lesson:
    """Where a class is.

    ``at`` is the score's state; ``round`` counts the votes, from 0 before the first; ``open`` are the choices that
    may be voted for; ``ends`` is when the countdown ends, None while it is stopped with ``left``; ``counts`` are the
    votes of the round that was closed; ``taken`` is the choice that the class goes on with; ``path`` what it took so
    far, as pairs of state and choice (-1: the story went on by itself).
    """

    phase: Phase = Phase.LOBBY
    at: int = 0
    round: int = 0
    open: tuple[int, ...] = ()
    ends: Instant | None = None
    left: Duration | None = None
    counts: tuple[int, ...] = ()
    taken: int | None = None
    path: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Begin:
    """The teacher begins the story."""


@dataclass(frozen=True, slots=True)
class Ask:
    """The class votes, for so many seconds."""

    seconds: int = SECONDS


@dataclass(frozen=True, slots=True)
class Stop:
    """The countdown stands still; votes still count."""


@dataclass(frozen=True, slots=True)
class Resume:
    """The countdown goes on with what was left."""


@dataclass(frozen=True, slots=True)
class More:
    """The countdown gets longer."""

    seconds: int = SECONDS


@dataclass(frozen=True, slots=True)
class Close:
    """The vote is over, with so many votes for each choice."""

    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Take:
    """The teacher takes one of the choices that lead."""

    choice: int


@dataclass(frozen=True, slots=True)
class Again:
    """The class votes again, on the choices that lead alone."""

    seconds: int = SECONDS


@dataclass(frozen=True, slots=True)
class Next:
    """On: to the discussion, to the next scene, to the end."""


@dataclass(frozen=True, slots=True)
class End:
    """The teacher ends the class, wherever it is."""


Event: TypeAlias = Begin | Ask | Stop | Resume | More | Close | Take | Again | Next | End


def is_due(lesson: Lesson, now: Instant) -> bool:
    """Say whether the countdown has run out."""
    return lesson.phase is Phase.VOTING and lesson.ends is not None and now >= lesson.ends


def may_vote(lesson: Lesson, round_: int, choice: int, now: Instant) -> bool:
    """Say whether a vote for a choice counts now."""
    return lesson.phase is Phase.VOTING and lesson.round == round_ and choice in lesson.open and not is_due(lesson, now)


def tied(lesson: Lesson) -> tuple[int, ...]:
    """Return the choices among which the teacher or another vote decides."""
    if lesson.phase is not Phase.RESULT or lesson.taken is not None:
        return ()
    most = max((lesson.counts[one] for one in lesson.open), default=0)
    return tuple(one for one in lesson.open if lesson.counts[one] == most)


def step(story: Story, lesson: Lesson, event: Event, now: Instant) -> Lesson:
    """Return where the class is after an event.

    Raises:
        LessonError: the event does not fit where the class is.
    """
    match lesson.phase, event:
        case Phase.ENDED, _:
            raise LessonError("the class is over")
        case _, End():
            return replace(lesson, phase=Phase.ENDED, ends=None, left=None)
        case Phase.LOBBY, Begin():
            return replace(lesson, phase=Phase.READING, at=story.start)
        case Phase.READING, Ask(seconds):
            return _ask(lesson, tuple(range(len(story.targets[lesson.at]))), seconds, now)
        case Phase.READING, Next():
            return _read_on(story, lesson)
        case Phase.VOTING, Stop() | Resume() | More():
            return _clock(lesson, event, now)
        case Phase.VOTING, Close(counts):
            return _close(story, lesson, counts)
        case Phase.RESULT, Take(choice) if choice in tied(lesson):
            return replace(lesson, taken=choice)
        case Phase.RESULT, Again(seconds) if tied(lesson):
            return _ask(lesson, tied(lesson), seconds, now)
        case Phase.RESULT, Next() if lesson.taken is not None:
            return replace(lesson, phase=Phase.DISCUSSION)
        case Phase.DISCUSSION, Next() if lesson.taken is not None:
            return _enter(lesson, lesson.taken, story.targets[lesson.at][lesson.taken])
    raise LessonError(f"“{type(event).__name__.lower()}” does not fit: the class is at “{lesson.phase}”")


def _span(seconds: int) -> Duration:
    if not 1 <= seconds <= MOST_SECONDS:
        raise LessonError(f"a countdown takes from 1 to {MOST_SECONDS} seconds")
    return Duration.seconds(seconds)


def _ask(lesson: Lesson, choices: tuple[int, ...], seconds: int, now: Instant) -> Lesson:
    if not choices:
        raise LessonError("there is nothing to choose here")
    ends = now + _span(seconds)
    return replace(
        lesson, phase=Phase.VOTING, round=lesson.round + 1, open=choices, ends=ends, left=None, counts=(), taken=None
    )


def _clock(lesson: Lesson, event: Stop | Resume | More, now: Instant) -> Lesson:
    match event:
        case Stop() if lesson.ends is not None:
            return replace(lesson, ends=None, left=Duration(max(0, lesson.ends.since(now).ms)))
        case Resume() if lesson.left is not None:
            return replace(lesson, ends=now + lesson.left, left=None)
        case More(seconds) if lesson.ends is not None:
            return replace(lesson, ends=lesson.ends + _span(seconds))
        case More(seconds) if lesson.left is not None:
            return replace(lesson, left=lesson.left + _span(seconds))
    return lesson


def _close(story: Story, lesson: Lesson, counts: tuple[int, ...]) -> Lesson:
    if len(counts) != len(story.targets[lesson.at]):
        raise LessonError("there is one count for each choice")
    lead = tuple(lesson.open[position] for position in leading(tuple(counts[one] for one in lesson.open)))
    taken = lead[0] if len(lead) == 1 else None
    return replace(lesson, phase=Phase.RESULT, ends=None, left=None, counts=counts, taken=taken)


def _read_on(story: Story, lesson: Lesson) -> Lesson:
    targets, timeout = story.targets[lesson.at], story.timeouts[lesson.at]
    if lesson.at in story.endings:
        return replace(lesson, phase=Phase.ENDED)
    if not targets and timeout is not None:
        return _enter(lesson, -1, timeout)
    if len(targets) == 1:
        return _enter(lesson, 0, targets[0])
    raise LessonError("the class chooses here: let it vote")


def _enter(lesson: Lesson, choice: int, target: int) -> Lesson:
    path = (*lesson.path, (lesson.at, choice))
    return replace(lesson, phase=Phase.READING, at=target, open=(), counts=(), taken=None, path=path)
