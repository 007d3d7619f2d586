"""Works out where codes lead before they are asked for, as arrays, where states come one by one.

What a code leads to depends on nothing else, so that working out codes that are never met costs time but harms nothing.
"""

from __future__ import annotations

import numpy as np

from notalone.scenario.core.automaton import Ints
from notalone.scenario.core.plan import Plan, outlook

BLOCK = 4096
OFTEN = 16
STEADY = 8
SHORT, LONG = 64, 8192


class Outlooks:
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


class Run:
    """Notices rounds of one state each that go on by the same step in one scene, and guesses how they go on."""

    def __init__(self, made: tuple[Plan, ...]) -> None:
        self.made = made
        self.scene, self.code, self.step, self.steady = -1, 0, 0, 0
        self.length = SHORT

    def guess(self, front: dict[int, list[int]]) -> Ints | None:
        """Return the codes of a run that begins with a front's only state, or None where there is no sign of one."""
        scene, codes = next(iter(front.items()))
        if len(front) > 1 or len(codes) > 1:
            self.steady = 0
            return None
        step = codes[0] - self.code
        self.steady = self.steady + 1 if scene == self.scene and step == self.step else 0
        self.scene, self.code, self.step = scene, codes[0], step
        plan = self.made[scene]
        if self.steady < STEADY or not step or not plan.fits:
            return None
        left = (plan.size - 1 - self.code) // step if step > 0 else self.code // -step
        return self.code + step * np.arange(min(left + 1, self.length), dtype=np.int64)

    def taken(self, guessed: int, states: int, last: int) -> None:
        """Note how many states of a guess were taken, and the code after them."""
        self.length = min(2 * self.length, LONG) if states == guessed - 1 else SHORT
        self.code = last
        self.steady = self.steady if states else 0
