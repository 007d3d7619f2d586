"""Linear-time walks over the edges of an automaton."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from notalone.scenario.core.automaton import Automaton, Ints

FEW = 64


def distances_to(automaton: Automaton, goal: NDArray[np.bool_], use: NDArray[np.bool_]) -> Ints:
    """Return each state's fewest edges to a goal, by the edges to use alone; -1 where none is reached.

    A breadth-first search backwards, each edge met once: O(states + edges).
    """
    edges = np.flatnonzero(use)
    order = edges[np.argsort(automaton.target[edges], kind="stable")]
    begin = np.searchsorted(automaton.target[order], np.arange(automaton.states + 1))
    before = automaton.source[order]
    distance = np.full(automaton.states, -1, dtype=np.int64)
    front = np.flatnonzero(goal)
    distance[front] = 0
    steps = 0
    while front.size:
        steps += 1
        front = _next(front, begin, before, distance, steps)
    return distance


def _next(front: Ints, begin: Ints, before: Ints, distance: Ints, steps: int) -> Ints:
    """Set the distance of the states just before the front, and return them."""
    if front.size <= FEW:
        found = []
        for state in front.tolist():
            for source in before[begin[state] : begin[state + 1]].tolist():
                if distance[source] < 0:
                    distance[source] = steps
                    found.append(source)
        return np.array(found, dtype=np.int64)
    sources = before[_ranges(begin[front], begin[front + 1])]
    sources = np.unique(sources[distance[sources] < 0])
    distance[sources] = steps
    return sources


def _ranges(begin: Ints, end: Ints) -> Ints:
    """Return the numbers of the ranges ``begin[i]`` up to ``end[i]``, one after the other."""
    lengths = end - begin
    offset = np.repeat(end - np.cumsum(lengths), lengths)
    return np.arange(int(lengths.sum()), dtype=np.int64) + offset
