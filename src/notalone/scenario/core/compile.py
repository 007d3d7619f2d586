"""Compiles a scenario to its finite automaton: a worklist over scenes and the values that can still matter.

A state's code is the mixed-radix number of its live variables' values in its scene. Rounds of the worklist are
the distances from the start. Many states of one scene are expanded at once, as arrays; few, one by one, as
whole numbers; the same functions serve both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import numpy as np

from notalone.scenario.core.automaton import TIMEOUT, Automaton, Ints
from notalone.scenario.core.conditions import COMPARE, Atom, Compare, Condition, Truth, evaluate
from notalone.scenario.core.liveness import live
from notalone.scenario.core.model import Choice, Line, Scenario, Scene, Update, Variable

MAX_STATES = 2_000_000
MANY = 24
WORD = 62

Number: TypeAlias = Any  # an int, or an int64 array with one entry for each state of a batch
Values: TypeAlias = dict[str, Number]


class TooManyStates(Exception):
    """The scenario has more states than were allowed; the message is one clear sentence."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The scenario has more than {limit:,} states; let fewer variables matter at a time, give them "
            "smaller ranges, or allow more with --max-states."
        )


def compile_scenario(scenario: Scenario, max_states: int = MAX_STATES) -> Automaton:
    """Return the automaton of a scenario.

    Raises:
        TooManyStates: more than ``max_states`` states can be reached.
    """
    return _Compiler(scenario, max_states).run()


@dataclass(frozen=True, slots=True)
class _Digit:
    """The place of a variable in the codes of a scene: value = low + code // stride % radix."""

    name: str
    low: int
    stride: int
    radix: int


@dataclass(frozen=True, slots=True)
class _Exit:
    label: int
    condition: Condition | None
    target: int
    updates: tuple[tuple[Update, Variable], ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A scene made ready: the digits of its codes, its exits, and whether a batch fits machine words."""

    lines: tuple[Line, ...]
    digits: tuple[_Digit, ...]
    exits: tuple[_Exit, ...]
    fits: bool


class _Compiler:
    def __init__(self, scenario: Scenario, max_states: int) -> None:
        self.scenario, self.max_states = scenario, max_states
        index = {name: number for number, name in enumerate(scenario.scenes)}
        alive = live(scenario)
        digits = [_digits(scenario, alive[name]) for name in scenario.scenes]
        domains = [found[-1].stride * found[-1].radix if found else 1 for found in digits]
        self.plans = []
        for scene, found in zip(scenario.scenes.values(), digits, strict=True):
            exits = _exits(scenario, scene, index)
            bits = max(domains[number].bit_length() for number in (index[scene.id], *(way.target for way in exits)))
            fits = bits <= WORD and len(scene.lines) <= WORD
            self.plans.append(_Plan(scene.lines, found, exits, fits))
        self.known: list[dict[int, int]] = [{} for _ in self.plans]
        self.waiting: dict[int, list[int]] = {}
        self.scene: list[int] = []
        self.depth: list[int] = []
        self.round = 0
        self.shown: dict[int, int] = {}
        self.sources: list[list[int]] = []
        self.targets: list[list[int]] = []
        self.labels: list[tuple[int, int]] = []
        self.start = index[scenario.start]

    def run(self) -> Automaton:
        values: Values = {name: variable.start for name, variable in self.scenario.variables.items()}
        self.number(self.start, [_encode(self.plans[self.start].digits, values)])
        while self.waiting:
            now, self.waiting = self.waiting, {}
            self.round += 1
            for scene, codes in now.items():
                if self.plans[scene].fits and len(codes) >= MANY:
                    self.expand(scene, codes, np.array(codes, dtype=np.int64))
                else:
                    for code in codes:
                        self.expand(scene, [code], code)
        return self.automaton()

    def number(self, scene: int, codes: list[int]) -> list[int]:
        """Return the states of codes of a scene; new ones are numbered and wait to be expanded."""
        known = self.known[scene]
        out = []
        for code in codes:
            state = known.get(code)
            if state is None:
                state = known[code] = len(self.scene)
                if state >= self.max_states:
                    raise TooManyStates(self.max_states)
                self.scene.append(scene)
                self.depth.append(self.round)
                self.waiting.setdefault(scene, []).append(code)
            out.append(state)
        return out

    def expand(self, scene: int, codes: list[int], batch: Number) -> None:
        """Find the lines, choices and edges of states of one scene; ``batch`` holds the codes as numbers."""
        plan, known = self.plans[scene], self.known[scene]
        values = {digit.name: digit.low + batch // digit.stride % digit.radix for digit in plan.digits}
        states = [known[code] for code in codes]
        masks = _shown(plan, values, batch)
        self.shown.update(zip(states, masks, strict=True))
        for way in plan.exits:
            offered = True if way.condition is None else evaluate(way.condition, _looker(values))
            targets = _encode(self.plans[way.target].digits, _changed(values, way.updates))
            sources, found = _selected(states, batch, offered, targets)
            if sources:
                self.sources.append(sources)
                self.targets.append(self.number(way.target, found))
                self.labels.append((way.label, len(sources)))

    def automaton(self) -> Automaton:
        count = len(self.scene)
        source, target = _joined(self.sources), _joined(self.targets)
        label = np.repeat(*np.array(self.labels, dtype=np.int64).reshape(-1, 2).T)
        order = np.argsort(source, kind="stable")
        first = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(np.bincount(source, minlength=count), out=first[1:])
        return Automaton(
            scenario=self.scenario,
            scene=np.array(self.scene, dtype=np.int64),
            depth=np.array(self.depth, dtype=np.int64),
            shown=tuple(self.shown[state] for state in range(count)),
            first=first,
            source=source[order],
            target=target[order],
            label=label[order],
        )


def _digits(scenario: Scenario, alive: frozenset[str]) -> tuple[_Digit, ...]:
    digits = []
    stride = 1
    for name, variable in scenario.variables.items():
        if name in alive:
            radix = variable.high - variable.low + 1
            digits.append(_Digit(name, variable.low, stride, radix))
            stride *= radix
    return tuple(digits)


def _exits(scenario: Scenario, scene: Scene, index: dict[str, int]) -> tuple[_Exit, ...]:
    def updates(changes: tuple[Update, ...]) -> tuple[tuple[Update, Variable], ...]:
        return tuple((change, scenario.variables[change.variable]) for change in changes)

    def way(label: int, choice: Choice) -> _Exit:
        return _Exit(label, choice.condition, index[choice.to], updates(choice.updates))

    found = [way(label, choice) for label, choice in enumerate(scene.choices)]
    if scene.timeout is not None:
        found.append(_Exit(TIMEOUT, None, index[scene.timeout.to], updates(scene.timeout.updates)))
    return tuple(found)


def _looker(values: Values) -> Callable[[Atom], Any]:
    def look(atom: Atom) -> Any:  # noqa: ANN401 -- bool or array of bool
        if isinstance(atom, Compare):
            return COMPARE[atom.op](values[atom.variable], atom.number)
        assert isinstance(atom, Truth)  # noqa: S101 -- an ``if`` asks only for variables
        return values[atom.variable] == 1

    return look


def _changed(values: Values, updates: tuple[tuple[Update, Variable], ...]) -> Values:
    if not updates:
        return values
    after = dict(values)
    for update, variable in updates:
        if not update.step:
            after[update.variable] = update.amount
        elif update.variable in values:
            after[update.variable] = _clamp(values[update.variable] + update.amount, variable)
    return after


def _clamp(value: Number, variable: Variable) -> Number:
    if isinstance(value, np.ndarray):
        return np.clip(value, variable.low, variable.high)
    return min(max(value, variable.low), variable.high)


def _encode(digits: tuple[_Digit, ...], values: Values) -> Number:
    return sum((values[digit.name] - digit.low) * digit.stride for digit in digits)


def _shown(plan: _Plan, values: Values, batch: Number) -> list[int]:
    always, sometimes = 0, batch * 0
    for index, line in enumerate(plan.lines):
        if line.condition is None:
            always |= 1 << index
        else:
            sometimes = sometimes + evaluate(line.condition, _looker(values)) * (1 << index)
    masks = sometimes + always
    return list(masks.tolist()) if isinstance(masks, np.ndarray) else [masks]


def _selected(states: list[int], batch: Number, offered: Any, targets: Number) -> tuple[list[int], list[int]]:  # noqa: ANN401
    """Return the states that offer a way out, and the codes that it leads to."""
    if not isinstance(batch, np.ndarray):
        return (states, [int(targets)]) if offered else ([], [])
    codes = np.broadcast_to(targets, batch.shape)
    if offered is True:
        return states, list(codes.tolist())
    return np.array(states, dtype=np.int64)[offered].tolist(), list(codes[offered].tolist())


def _joined(chunks: list[list[int]]) -> Ints:
    return np.fromiter(chain.from_iterable(chunks), dtype=np.int64)
