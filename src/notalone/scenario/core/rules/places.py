"""Picks, among the states that offend, those that are told: the nearest one of each scene."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.model import Scene


def entered(automaton: Automaton, bad: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep of the bad states those that a shortest play enters from a good one, or the start."""
    before = np.where(automaton.way >= 0, automaton.source[automaton.way], -1) if automaton.edges else None
    if before is None:
        return bad
    return bad & ((before < 0) | ~bad[before])


def each_scene(automaton: Automaton, bad: NDArray[np.bool_]) -> Iterator[tuple[int, Scene]]:
    """Yield for each scene with a bad state the one nearest to the start, in the order of the distance."""
    states = np.flatnonzero(bad)
    _scenes, first = np.unique(automaton.scene[states], return_index=True)
    for state in states[np.sort(first)].tolist():
        yield state, automaton.scenes[int(automaton.scene[state])]
