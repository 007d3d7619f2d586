"""Compiles a scenario to its finite automaton: a worklist over scenes and the values that can still matter.

Rounds of the worklist are the distances from the start. Many states of one scene are expanded at once, as
arrays; few, one by one, as whole numbers, and where those often lie near one another, as out of a block of codes
that was worked out ahead. Where round after round finds one state, always the same step further in the same scene, the
next ones are guessed and worked out as an array, and as many are taken as the guess is right for. Once a good part of
all codes has been met, all are worked out at once (``core.dense``).
The time is linear in states and edges, the work on one state bounded by its scene's lines and choices; the worklist
stops at the bound that it is given.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import repeat

import numpy as np

from notalone.scenario.core import dense
from notalone.scenario.core.ahead import Outlooks, Run
from notalone.scenario.core.automaton import Automaton, Ints
from notalone.scenario.core.model import Scenario
from notalone.scenario.core.plan import (
    Followed,
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
UNKNOWN = np.iinfo(np.int64).max
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


class _Compiler:
    def __init__(self, scenario: Scenario, max_states: int, followed: Followed, many: int, early: int) -> None:
        self.scenario, self.max_states, self.followed, self.many = scenario, max_states, followed, many
        self.plans = plans(scenario, followed)
        every = dense.codes(self.plans)
        self.turn = None if every is None else max(early, every // SHARE)
        self.outlooks = Outlooks(self.plans)
        self.ahead = Run(self.plans)
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
            guess = self.ahead.guess(now)
            if guess is not None and self.follow(next(iter(now)), guess):
                continue
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

    def follow(self, scene: int, guess: Ints) -> int:
        """Take a run of states of which each one's only new target is the next; returns how many were expanded.

        The guessed codes are numbered first; a state's guess is right where the next number is the largest that it
        leads to.
        """
        known, begin = self.known[scene], len(self.scene) - 1
        codes = guess.tolist()
        codes = codes[: next((at for at, code in enumerate(codes[1:], 1) if code in known), len(codes))]
        known.update(zip(codes, range(begin, begin + len(codes)), strict=True))
        states = np.arange(begin, begin + len(codes), dtype=np.int64)
        mask, targets = outlook(self.plans, scene, guess[: len(codes)])
        numbers = []
        for way, column in zip(self.plans[scene].exits, targets, strict=True):
            found = map(self.known[way.target].get, column.tolist(), repeat(UNKNOWN))
            numbers.append(np.where(column < 0, -1, np.fromiter(found, dtype=np.int64, count=len(codes))))
        right = np.maximum.reduce(numbers, initial=-1) == states + 1
        taken = int(np.argmin(right))  # the last is never right: what it leads to has no number yet
        for code in codes[taken + 1 :]:
            del known[code]
        if begin + taken >= self.max_states:
            raise TooManyStates(self.max_states)
        self.shown[begin:] = [*mask[:taken].tolist(), 0]
        self.scene.extend([scene] * taken)
        self.depth.extend(range(self.round + 1, self.round + taken + 1))
        for way, column in zip(self.plans[scene].exits, numbers, strict=True):
            offered = column[:taken] >= 0
            self.source.frombytes(states[:taken][offered].tobytes())
            self.target.frombytes(column[:taken][offered].tobytes())
            self.label.extend([way.label] * int(offered.sum()))
        self.round += taken
        self.ahead.taken(len(guess), taken, codes[taken])
        self.waiting = {scene: [codes[taken]]} if taken else {}
        return taken

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
