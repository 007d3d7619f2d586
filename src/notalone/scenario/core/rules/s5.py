"""S5: whoever runs into a risk could have seen it coming.

(a) Before every ``risk`` choice at least one red flag was shown on that path; choices appear after the last line, so
the flags of the scene itself count. (b) Before a ``harm`` scene is entered, two different flags were shown on that
path, in the states before it.

Theory: both are precedence properties (no path reaches the offence before what must come first). A path with fewer
than two different flags has shown either none, or one alone; so (a) is refuted by a search that goes on only from
states without flags, and (b) by one search for each flag, that goes on only from states which show no other. What the
past is needed for is thus never a set of flags but a single one, and no state is multiplied by the flags shown. Each
search is breadth-first and finds the shortest play: O(flags × (states + edges)), and stops where flags are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from notalone.scenario.core.automaton import Automaton, Ints
from notalone.scenario.core.graph import ways_through
from notalone.scenario.core.rules.rule import Rule, Subject, Violation
from notalone.scenario.core.rules.s4 import risks


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the risks that nothing warned of, and the harm that fewer than two flags warned of."""
    automaton = subject.automaton
    risky = risks(automaton) & automaton.chosen
    harm = np.array([scene.harm for scene in automaton.scenes], dtype=bool)[automaton.scene]
    if not risky.any() and not harm.any():
        return
    shown = _Shown(automaton)
    none = shown.only(())
    depth, way = ways_through(automaton, none)
    yield from _unwarned(subject, risky, none & (depth >= 0), way)
    if harm.any():
        yield from _unseen(subject, shown, harm, (depth, way))


class _Shown:
    """Which flags the lines of each state show."""

    def __init__(self, automaton: Automaton) -> None:
        self.kind = np.zeros(automaton.states, dtype=np.int64)
        self.kinds: list[frozenset[str]] = []
        for index, scene in enumerate(automaton.scenes):
            here = np.flatnonzero(automaton.scene == index)
            masks, which = automaton.masks(here)
            self.kind[here] = which + len(self.kinds)
            for mask in masks:
                shown = (flag for n, line in enumerate(scene.lines) if mask >> n & 1 for flag in line.flags)
                self.kinds.append(frozenset(shown))
        self.flags = sorted(frozenset[str]().union(*self.kinds))

    def only(self, flags: Sequence[str]) -> NDArray[np.bool_]:
        """Say of each state whether it shows no flag but these."""
        return np.array([kind <= set(flags) for kind in self.kinds], dtype=bool)[self.kind]


def _unwarned(subject: Subject, risky: NDArray[np.bool_], bare: NDArray[np.bool_], way: Ints) -> Iterator[Violation]:
    automaton = subject.automaton
    told = set()
    for edge in np.flatnonzero(risky & bare[automaton.source]).tolist():
        source = int(automaton.source[edge])
        scene = automaton.scenes[int(automaton.scene[source])]
        choice = scene.choices[int(automaton.label[edge])]
        if choice.line not in told:
            told.add(choice.line)
            message = f"No red flag is shown before the risk “{choice.say.text}” in the scene “{scene.id}”."
            yield subject.played("S5", choice.line, message, (*automaton.play_by(way, source), edge))


@dataclass(frozen=True, slots=True)
class _Found:
    steps: int
    play: tuple[int, ...]
    flag: str


def _unseen(subject: Subject, shown: _Shown, harm: NDArray[np.bool_], bare: tuple[Ints, Ints]) -> Iterator[Violation]:
    automaton = subject.automaton
    found: dict[int, _Found] = {}
    for flag in ("", *shown.flags):
        depth, way = ways_through(automaton, shown.only((flag,))) if flag else bare
        states = np.flatnonzero(harm & (depth >= 0))
        states = states[np.argsort(depth[states], kind="stable")]
        scenes, first = np.unique(automaton.scene[states], return_index=True)
        for scene, state in zip(scenes.tolist(), states[first].tolist(), strict=True):
            steps = int(depth[state])
            if scene not in found or steps < found[scene].steps:
                found[scene] = _Found(steps, automaton.play_by(way, state), flag)
    for number, one in sorted(found.items(), key=lambda item: item[1].steps):
        scene = automaton.scenes[number]
        seen = f"only the red flag “{one.flag}” is shown" if one.flag else "no red flag is shown"
        message = f"Before the harm of “{scene.id}” {seen}; two different ones must be, in earlier scenes."
        yield subject.played("S5", scene.line, message, one.play)


RULE = Rule("S5", check)
