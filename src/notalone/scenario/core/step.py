"""Plays a score: looking up, with no logic of its own. ``static/scenario/player.js`` does exactly the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from notalone.scenario.core.score import FORMAT

TIMEOUT = -1


class ScoreError(ValueError):
    """A JSON value is not a score that can be played; the message says why in one sentence."""


class StepError(ValueError):
    """What was done is not offered here; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of a score: the lines shown, ``(choice in the scene, next state)`` offered, the timeout's state."""

    scene: str
    lines: tuple[int, ...]
    choices: tuple[tuple[int, int], ...]
    timeout: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """A score that was read: its states, and the JSON that it was read from."""

    id: str
    hash: str
    start: int
    scenes: Mapping[str, Any]
    states: tuple[State, ...]
    texts: Mapping[str, tuple[str, ...]]
    json: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Met:
    """A red flag met, with the scene and the index of the scene's line that showed it first."""

    flag: str
    scene: str
    line: int


@dataclass(frozen=True, slots=True)
class Took:
    """A step taken: the choice's index in the scene, or ``TIMEOUT``."""

    scene: str
    choice: int


@dataclass(frozen=True, slots=True)
class Play:
    """A play so far: ``lines`` are shown now, ``flags`` met in order, ``ended`` how it ended, if it has."""

    state: int
    scene: str
    lines: tuple[int, ...]
    flags: tuple[Met, ...]
    path: tuple[Took, ...]
    ended: str | None


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice offered: its index in the scene, its text's index, its risk and skill."""

    choice: int
    say: int
    risk: bool
    skill: str


def read_score(text: str | Mapping[str, Any]) -> Score:
    """Read a score from JSON.

    Raises:
        ScoreError: it is no JSON, of another version, or its states do not fit its scenes.
    """
    try:
        raw = json.loads(text) if isinstance(text, str) else text
    except ValueError as error:
        raise ScoreError(f"The score is not JSON: {error}.") from error
    version = raw.get("format") if isinstance(raw, Mapping) else None
    if version != FORMAT:
        raise ScoreError(f"The score has the format {version!r}; this player reads {FORMAT!r} alone.")
    try:
        states = tuple(_state(one) for one in raw["states"])
        texts = {lang: tuple(found) for lang, found in raw["texts"].items()}
        score = Score(raw["id"], raw["hash"], raw["start"], raw["scenes"], states, texts, raw)
        _check(score)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise ScoreError(f"The score is damaged: {error!r}.") from error
    return score


def begin(score: Score) -> Play:
    """Return the play that stands at the start."""
    return _enter(score, score.start, (), ())


def offered(score: Score, play: Play) -> tuple[Offer, ...]:
    """Return the choices offered now, in the order in which they are numbered."""
    choices = score.scenes[play.scene]["choices"]
    return tuple(
        Offer(index, choices[index]["say"], choices[index]["risk"], choices[index]["skill"])
        for index, _target in score.states[play.state].choices
    )


def waits(score: Score, play: Play) -> float | None:
    """Return after how many seconds the story goes on by itself, or None where it waits."""
    if score.states[play.state].timeout is None:
        return None
    seconds: float = score.scenes[play.scene]["timeout"]
    return seconds


def choose(score: Score, play: Play, n: int) -> Play:
    """Return the play after the n-th offered choice, counted from 0.

    Raises:
        StepError: no such choice is offered now.
    """
    choices = score.states[play.state].choices
    if not 0 <= n < len(choices):
        raise StepError(f"The scene {play.scene} offers {len(choices)} choices here, not number {n + 1}.")
    index, target = choices[n]
    return _enter(score, target, play.flags, (*play.path, Took(play.scene, index)))


def timeout(score: Score, play: Play) -> Play:
    """Return the play after nobody chose in time.

    Raises:
        StepError: the story waits here.
    """
    target = score.states[play.state].timeout
    if target is None:
        raise StepError(f"The scene {play.scene} has no timeout here.")
    return _enter(score, target, play.flags, (*play.path, Took(play.scene, TIMEOUT)))


def _enter(score: Score, number: int, flags: tuple[Met, ...], path: tuple[Took, ...]) -> Play:
    state = score.states[number]
    scene = score.scenes[state.scene]
    met = {one.flag: one for one in flags}
    for line in state.lines:
        for flag in scene["lines"][line]["flags"]:
            met.setdefault(flag, Met(flag, state.scene, line))
    return Play(number, state.scene, state.lines, tuple(met.values()), path, scene["ending"])


def _state(raw: Mapping[str, Any]) -> State:
    choices = tuple((index, target) for index, target in raw["choices"])
    return State(raw["scene"], tuple(raw["lines"]), choices, raw["timeout"])


def _check(score: Score) -> None:
    count = len(score.states)
    if not _within(score.start, count):
        raise ValueError("the start is no state")
    for number, state in enumerate(score.states):
        scene = score.scenes[state.scene]
        fits = all(_within(line, len(scene["lines"])) for line in state.lines)
        fits &= all(_within(index, len(scene["choices"])) for index, _target in state.choices)
        targets = [target for _index, target in state.choices]
        fits &= all(_within(target, count) for target in targets)
        if state.timeout is not None:
            fits &= _within(state.timeout, count) and scene["timeout"] is not None
        if not fits:
            raise ValueError(f"the state {number} does not fit its scene")


def _within(index: object, count: int) -> bool:
    return type(index) is int and 0 <= index < count
