"""A scenario made ready to compile: each scene's codes, and the arithmetic of its lines, choices and changes.

A state's code is the mixed-radix number of the values that are kept in its scene. Every function here takes
either one code, as a whole number, or many at once, as an int64 array, and answers in kind.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from notalone.scenario.core.automaton import TIMEOUT
from notalone.scenario.core.conditions import COMPARE, Atom, Compare, Condition, Truth, evaluate
from notalone.scenario.core.liveness import live, stepped
from notalone.scenario.core.model import Line, Scenario, Scene, Update, Variable

WORD = 62

Number: TypeAlias = Any  # an int, or an int64 array with one entry for each state of a batch
Values: TypeAlias = dict[str, Number]


@dataclass(frozen=True, slots=True)
class Followed:
    """What is kept of the past in every scene, because a property names it, even where play needs it no more.

    ``cuts`` are pairs of a variable and a value at which what is asked of it may change. Where play needs a variable no
    more and no step comes before it is set, only the part between two cuts is kept, as its least value; a variable
    without cuts is kept whole.
    """

    variables: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    cuts: frozenset[tuple[str, int]] = frozenset()

    def __or__(self, other: Followed) -> Followed:
        """Follow both."""
        return Followed(self.variables | other.variables, self.flags | other.flags, self.cuts | other.cuts)


@dataclass(frozen=True, slots=True)
class Digit:
    """The place of a kept value in the codes of a scene: value = low + code // stride % radix.

    Where ``parts`` are given, the number in the code is that of a part of the values, and the value the part's least.
    """

    name: str
    low: int
    stride: int
    radix: int
    parts: tuple[int, ...] = ()

    def value(self, code: Number) -> Number:
        """Return the value that a code stands for."""
        number = code // self.stride % self.radix
        if not self.parts:
            return self.low + number
        return np.array(self.parts)[number] if isinstance(number, np.ndarray) else self.parts[number]

    def number(self, value: Number) -> Number:
        """Return the number that stands for a value in codes."""
        if not self.parts:
            return value - self.low
        if isinstance(value, np.ndarray):
            return np.searchsorted(self.parts, value, side="right") - 1
        return bisect_right(self.parts, value) - 1


@dataclass(frozen=True, slots=True)
class Exit:
    """A choice, or the timeout, made ready; ``target`` is a scene's index."""

    label: int
    condition: Condition | None
    target: int
    updates: tuple[tuple[Update, Variable], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A scene made ready; it has ``size`` codes; ``fits`` says whether all its numbers fit machine words."""

    lines: tuple[Line, ...]
    digits: tuple[Digit, ...]
    exits: tuple[Exit, ...]
    size: int
    fits: bool


def seen(flag: str) -> str:
    """Return the name of the value that says whether a flag has been shown; no variable can be called so."""
    return f"flag {flag}"


def plans(scenario: Scenario, followed: Followed) -> tuple[Plan, ...]:
    """Return the plan of each scene, in the order of the scenes."""
    index = {name: number for number, name in enumerate(scenario.scenes)}
    alive, whole = live(scenario), stepped(scenario)
    digits = [tuple(_digits(scenario, alive[name], alive[name] | whole[name], followed)) for name in index]
    sizes = [found[-1].stride * found[-1].radix if found else 1 for found in digits]
    made = []
    for scene, found in zip(scenario.scenes.values(), digits, strict=True):
        exits = tuple(_exits(scenario, scene, index))
        largest = max(sizes[number] for number in (index[scene.id], *(way.target for way in exits)))
        fits = largest.bit_length() <= WORD and len(scene.lines) <= WORD
        made.append(Plan(scene.lines, found, exits, sizes[index[scene.id]], fits))
    return tuple(made)


def decode(plan: Plan, batch: Number) -> Values:
    """Return the values that codes of a scene stand for."""
    return {digit.name: digit.value(batch) for digit in plan.digits}


def encode(plan: Plan, values: Values) -> Number:
    """Return the code of values in a scene that is entered with them, the flags of its lines shown."""
    flags = {digit.name: _met(plan, digit.name, values) for digit in plan.digits if " " in digit.name}
    code: Number = 0
    for digit in plan.digits:
        value = flags[digit.name] if digit.name in flags else values[digit.name]
        code = code + digit.number(value) * digit.stride
    return code


def changed(values: Values, updates: tuple[tuple[Update, Variable], ...]) -> Values:
    """Return the values after a choice's or timeout's changes."""
    after = dict(values)
    for update, variable in updates:
        if not update.step:
            after[update.variable] = update.amount
        elif update.variable in values:
            after[update.variable] = _clamp(values[update.variable] + update.amount, variable)
    return after


def holds(condition: Condition | None, values: Values) -> Any:  # noqa: ANN401 -- bool or array of bool
    """Return whether an ``if`` holds for values; it does where there is none."""
    return True if condition is None else evaluate(condition, _looker(values))


def outlook(made: tuple[Plan, ...], scene: int, batch: Number) -> tuple[Number, list[Number]]:
    """Return what codes of a scene show and where they lead.

    Returns:
        The bit masks of the lines shown; and for each exit the codes that it leads to, -1 where it is not offered.
    """
    plan = made[scene]
    values = decode(plan, batch)
    mask: Number = batch * 0
    for index, line in enumerate(plan.lines):
        mask = mask + holds(line.condition, values) * (1 << index)
    targets = []
    for way in plan.exits:
        code = encode(made[way.target], changed(values, way.updates)) + batch * 0
        targets.append((code + 1) * holds(way.condition, values) - 1)
    return mask, targets


def _digits(scenario: Scenario, alive: frozenset[str], whole: frozenset[str], followed: Followed) -> Iterator[Digit]:
    stride = 1
    for name, variable in scenario.variables.items():
        if name in alive or name in followed.variables:
            cuts = {cut for one, cut in followed.cuts if one == name and variable.low < cut <= variable.high}
            known = any(one == name for one, _cut in followed.cuts) and name not in whole
            parts = (variable.low, *sorted(cuts)) if known else ()
            radix = len(parts) or variable.high - variable.low + 1
            yield Digit(name, variable.low, stride, radix, parts)
            stride *= radix
    for flag in sorted(followed.flags):
        yield Digit(seen(flag), 0, stride, 2)
        stride *= 2


def _exits(scenario: Scenario, scene: Scene, index: Mapping[str, int]) -> Iterator[Exit]:
    def updates(changes: tuple[Update, ...]) -> tuple[tuple[Update, Variable], ...]:
        return tuple((change, scenario.variables[change.variable]) for change in changes)

    for label, choice in enumerate(scene.choices):
        yield Exit(label, choice.condition, index[choice.to], updates(choice.updates))
    if scene.timeout is not None:
        yield Exit(TIMEOUT, None, index[scene.timeout.to], updates(scene.timeout.updates))


def _met(plan: Plan, name: str, values: Values) -> Number:
    met = values[name] == 1
    for line in plan.lines:
        if any(seen(flag) == name for flag in line.flags):
            met = met | holds(line.condition, values)
    return met * 1


def _looker(values: Values) -> Callable[[Atom], Any]:
    def look(atom: Atom) -> Any:  # noqa: ANN401 -- bool or array of bool
        if isinstance(atom, Compare):
            return COMPARE[atom.op](values[atom.variable], atom.number)
        assert isinstance(atom, Truth)  # noqa: S101 -- an ``if`` asks only for variables
        return values[atom.variable] == 1

    return look


def _clamp(value: Number, variable: Variable) -> Number:
    if isinstance(value, np.ndarray):
        return np.clip(value, variable.low, variable.high)
    return min(max(value, variable.low), variable.high)
