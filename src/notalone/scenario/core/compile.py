"""Compiles a scenario to its finite automaton: a worklist over scenes and the values that can still matter.

Rounds of the worklist are the distances from the start. Many states of one scene are expanded at once, as
arrays; few, one by one, as whole numbers, and where those often lie near one another, as out of a block of codes
that was worked out ahead. Once a good part of all codes has been met, all are worked out at once (``core.dense``).
The time is linear in states and edges, the work on one state bounded by its scene's lines and choices; the worklist
stops at the bound that it is given.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from notalone.scenario.core import dense
from notalone.scenario.core.automaton import Automaton, Ints
from notalone.scenario.core.model import Scenario
from notalone.scenario.core.plan import (
    Followed,
    Plan,
    Values,
    encode,
    outlook,
    plans,
    seen,
)

MAX_STATES = 2_000_000
MANY = 24
EARLY = 10_000
SHARE = 32
BLOCK = 4096
OFTEN = 16
NOTHING = Followed()


class TooManyStates(Exception):
    """The scenario has more states than were allowed; the message is one clear sentence."""

    def __init__(self, limit: int) -> None:
        self.counted = f"the scenario has more than {limit:,} states"
        super().__init__(
            f"{self.counted[:1].upper()}{self.counted[1:]}; let fewer variables matter at a time, give them "
            "smaller ranges, or allow more with --max-states."
        )


def compile_scenario(
    scenario: Scenario,
    max_states: int = MAX_STATES,
    followed: Followed = NOTHING,
    many: int = MANY,
    early: int = EARLY,
) -> Automaton:
    """Return the automaton of a scenario, with what is followed kept in every state.

    Args:
        scenario: a well-formed scenario.
        max_states: where to give up.
        followed: variables and flags whose values the automaton then gives for every state.
        many: from how many states of a scene on they are expanded as an array; changes only the speed.
        early: from how many states on all codes may be worked out at once; changes the speed, and the order of states
            that are equally far from the start.

    Raises:
        TooManyStates: more than ``max_states`` states can be reached.
    """
    return _Compiler(scenario, max_states, followed, many, early).run()


class _Outlooks:
    """Where states lead, asked for one by one; a block of codes that is asked for often is worked out at once."""

    def __init__(self, made: tuple[Plan, ...]) -> None:
        self.made = made
        self.asked: dict[tuple[int, int], int] = {}
        self.blocks: dict[tuple[int, int], tuple[memoryview, list[memoryview]]] = {}

    def one(self, scene: int, code: int) -> tuple[int, list[int]]:
        """Return the mask of a code, and where each exit of its scene leads."""
        key = (scene, code // BLOCK)
        block = self.blocks.get(key) or self.ahead(*key)
        if block is None:
            mask, targets = outlook(self.made, scene, code)
            return int(mask), [int(target) for target in targets]
        at = code % BLOCK
        return block[0][at], [column[at] for column in block[1]]

    def ahead(self, scene: int, number: int) -> tuple[memoryview, list[memoryview]] | None:
        """Return a block that has been asked for often enough by now, or None."""
        plan, key = self.made[scene], (scene, number)
        asked = self.asked[key] = self.asked.get(key, 0) + 1
        if asked < OFTEN or not plan.fits:
            return None
        codes = np.arange(number * BLOCK, min((number + 1) * BLOCK, plan.size), dtype=np.int64)
        mask, targets = outlook(self.made, scene, codes)
        self.blocks[key] = mask.data, [target.data for target in targets]
        return self.blocks[key]


class _Compiler:
    def __init__(self, scenario: Scenario, max_states: int, followed: Followed, many: int, early: int) -> None:
        self.scenario, self.max_states, self.followed, self.many = scenario, max_states, followed, many
        self.plans = plans(scenario, followed)
        every = dense.codes(self.plans)
        self.turn = None if every is None else max(early, every // SHARE)
        self.outlooks = _Outlooks(self.plans)
        self.known: list[dict[int, int]] = [{} for _ in self.plans]
        self.waiting: dict[int, list[int]] = {}
        self.round = 0
        self.scene, self.depth = array("q"), array("q")
        self.shown: list[int] = []
        self.source, self.target, self.label = array("q"), array("q"), array("q")

    def run(self) -> Automaton:
        values: Values = {name: variable.start for name, variable in self.scenario.variables.items()}
        values |= {seen(flag): 0 for flag in self.followed.flags}
        start = list(self.scenario.scenes).index(self.scenario.start)
        code = int(encode(self.plans[start], values))
        self.number(start, [code])
        while self.waiting:
            if self.turn is not None and len(self.scene) >= self.turn:
                self.known.clear()
                found = dense.reachable(self.plans, start, code, self.max_states)
                if found is None:
                    raise TooManyStates(self.max_states)
                return self.all_at_once(found)
            now, self.waiting = self.waiting, {}
            self.round += 1
            for scene, codes in now.items():
                self.expand(scene, codes)
        return self.automaton()

    def number(self, scene: int, codes: Iterable[int]) -> list[int]:
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
                self.shown.append(0)
                self.waiting.setdefault(scene, []).append(code)
            out.append(state)
        return out

    def expand(self, scene: int, codes: list[int]) -> None:
        """Find the lines and edges of states of one scene."""
        plan, known = self.plans[scene], self.known[scene]
        if plan.fits and len(codes) >= self.many:
            mask, targets = outlook(self.plans, scene, np.array(codes, dtype=np.int64))
            masks, columns = mask.tolist(), [target.tolist() for target in targets]
        else:
            rows = [self.outlooks.one(scene, code) for code in codes]
            masks = [mask for mask, _targets in rows]
            columns = list(zip(*(targets for _mask, targets in rows), strict=True))
        states = [known[code] for code in codes]
        for state, mask in zip(states, masks, strict=True):
            self.shown[state] = mask
        for way, column in zip(plan.exits, columns, strict=True):
            self.source.extend([state for state, code in zip(states, column, strict=True) if code >= 0])
            found = self.number(way.target, [code for code in column if code >= 0])
            self.target.extend(found)
            self.label.extend([way.label] * len(found))

    def automaton(self) -> Automaton:
        count = len(self.scene)
        source, target, label = _ints(self.source), _ints(self.target), _ints(self.label)
        order = np.argsort(source, kind="stable")
        first = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(np.bincount(source, minlength=count), out=first[1:])
        return Automaton(
            scenario=self.scenario,
            scene=_ints(self.scene),
            depth=_ints(self.depth),
            shown=tuple(self.shown),
            first=first,
            source=source[order],
            target=target[order],
            label=label[order],
            values=self.values(),
        )

    def all_at_once(self, found: dense.Found) -> Automaton:
        names = {*self.followed.variables, *map(seen, self.followed.flags)}
        values = {name: np.zeros(len(found.scene), dtype=np.int64) for name in names}
        for number, plan in enumerate(self.plans):
            here = np.flatnonzero(found.scene == number)
            for digit in plan.digits:
                if digit.name in values:
                    values[digit.name][here] = digit.value(found.code[here])
        return Automaton(
            scenario=self.scenario,
            scene=found.scene,
            depth=found.depth,
            shown=found.shown,
            first=found.first,
            source=found.source,
            target=found.target,
            label=found.label,
            values=values,
        )

    def values(self) -> dict[str, Ints]:
        """Return the value of each followed variable and flag in every state."""
        names = [*self.followed.variables, *map(seen, self.followed.flags)]
        out = {name: np.zeros(len(self.scene), dtype=np.int64) for name in names}
        for plan, known in zip(self.plans, self.known, strict=True):
            states = np.fromiter(known.values(), dtype=np.int64, count=len(known))
            for digit in plan.digits:
                if digit.name in out:
                    found = map(digit.value, known)
                    out[digit.name][states] = np.fromiter(found, dtype=np.int64, count=len(known))
        return out


def _ints(numbers: array[int]) -> Ints:
    return np.frombuffer(numbers, dtype=np.int64) if numbers else np.zeros(0, dtype=np.int64)
