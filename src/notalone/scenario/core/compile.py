"""Compiles a scenario to its finite automaton: a worklist over scenes and the values that can still matter.

Rounds of the worklist are the distances from the start. Many states of one scene are expanded at once, as
arrays; few, one by one, as whole numbers. The time is linear in states and edges, the work on one state bounded
by its scene's lines and choices; the worklist stops at the bound that it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

import numpy as np

from notalone.scenario.core.automaton import Automaton, Ints
from notalone.scenario.core.model import Scenario
from notalone.scenario.core.plan import (
    Followed,
    Number,
    Values,
    changed,
    decode,
    encode,
    holds,
    masks,
    plans,
    seen,
)

MAX_STATES = 2_000_000
MANY = 24
NOTHING = Followed()


class TooManyStates(Exception):
    """The scenario has more states than were allowed; the message is one clear sentence."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"The scenario has more than {limit:,} states; let fewer variables matter at a time, give them "
            "smaller ranges, or allow more with --max-states."
        )


def compile_scenario(
    scenario: Scenario, max_states: int = MAX_STATES, followed: Followed = NOTHING, many: int = MANY
) -> Automaton:
    """Return the automaton of a scenario, with what is followed kept in every state.

    Args:
        scenario: a well-formed scenario.
        max_states: where to give up.
        followed: variables and flags whose values the automaton then gives for every state.
        many: from how many states of a scene on they are expanded as an array; changes only the speed.

    Raises:
        TooManyStates: more than ``max_states`` states can be reached.
    """
    return _Compiler(scenario, max_states, followed, many).run()


class _Compiler:
    def __init__(self, scenario: Scenario, max_states: int, followed: Followed, many: int) -> None:
        self.scenario, self.max_states, self.followed, self.many = scenario, max_states, followed, many
        self.plans = plans(scenario, followed)
        self.known: list[dict[int, int]] = [{} for _ in self.plans]
        self.waiting: dict[int, list[int]] = {}
        self.round = 0
        self.scene: list[int] = []
        self.code: list[int] = []
        self.depth: list[int] = []
        self.shown: dict[int, int] = {}
        self.sources: list[list[int]] = []
        self.targets: list[list[int]] = []
        self.labels: list[tuple[int, int]] = []

    def run(self) -> Automaton:
        values: Values = {name: variable.start for name, variable in self.scenario.variables.items()}
        values |= {seen(flag): 0 for flag in self.followed.flags}
        start = list(self.scenario.scenes).index(self.scenario.start)
        self.number(start, [int(encode(self.plans[start], values))])
        while self.waiting:
            now, self.waiting = self.waiting, {}
            self.round += 1
            for scene, codes in now.items():
                self.expand(scene, codes)
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
                self.code.append(code)
                self.depth.append(self.round)
                self.waiting.setdefault(scene, []).append(code)
            out.append(state)
        return out

    def expand(self, scene: int, codes: list[int]) -> None:
        """Find the lines, choices and edges of states of one scene."""
        plan, known = self.plans[scene], self.known[scene]
        batches: list[tuple[list[int], Number]] = [([known[code]], code) for code in codes]
        if plan.fits and len(codes) >= self.many:
            batches = [([known[code] for code in codes], np.array(codes, dtype=np.int64))]
        made = [(states, batch, decode(plan, batch)) for states, batch in batches]
        for states, batch, values in made:
            self.shown.update(zip(states, masks(plan, values, batch), strict=True))
        for way in plan.exits:
            for states, batch, values in made:
                targets = encode(self.plans[way.target], changed(values, way.updates))
                sources, found = _selected(states, batch, holds(way.condition, values), targets)
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
            values=self.values(),
        )

    def values(self) -> dict[str, Ints]:
        """Return the value of each followed variable and flag in every state."""
        names = [*self.followed.variables, *map(seen, self.followed.flags)]
        out = {name: np.zeros(len(self.scene), dtype=np.int64) for name in names}
        for plan, known in zip(self.plans, self.known, strict=True):
            states = np.fromiter(known.values(), dtype=np.int64, count=len(known))
            for digit in plan.digits:
                if digit.name in out:
                    found = (digit.low + code // digit.stride % digit.radix for code in known)
                    out[digit.name][states] = np.fromiter(found, dtype=np.int64, count=len(known))
        return out


def _selected(
    states: list[int],
    batch: Number,
    offered: Any,  # noqa: ANN401 -- bool or array of bool
    targets: Number,
) -> tuple[list[int], list[int]]:
    """Return the states that offer a way out, and the codes that it leads to."""
    if not isinstance(batch, np.ndarray):
        return (states, [int(targets)]) if offered else ([], [])
    codes = np.broadcast_to(targets, batch.shape)
    if offered is True:
        return states, list(codes.tolist())
    return np.array(states, dtype=np.int64)[offered].tolist(), list(codes[offered].tolist())


def _joined(chunks: Iterable[list[int]]) -> Ints:
    return np.fromiter(chain.from_iterable(chunks), dtype=np.int64)
