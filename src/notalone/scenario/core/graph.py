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
    begin, before = _backwards(automaton, np.flatnonzero(use))
    distance = np.full(automaton.states, -1, dtype=np.int64)
    front = np.flatnonzero(goal)
    distance[front] = 0
    steps = 0
    while front.size:
        steps += 1
        front = _next(front, begin, before, distance, steps)
    return distance


def ways_through(automaton: Automaton, through: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Search breadth-first from the start, going on only from the states to go through.

    Returns:
        Each state's fewest steps (-1 where none reach it) and the edge by which they enter it: O(states + edges).
    """
    depth = np.full(automaton.states, -1, dtype=np.int64)
    way = np.full(automaton.states, -1, dtype=np.int64)
    depth[0] = 0
    front = np.zeros(1, dtype=np.int64)
    while (front := front[through[front]]).size:
        edges = ranges(automaton.first[front], automaton.first[front + 1])
        edges = edges[depth[automaton.target[edges]] < 0]
        found = automaton.target[edges]
        way[found[::-1]] = edges[::-1]
        steps = int(depth[front[0]]) + 1
        front = np.unique(found)
        depth[front] = steps
    return depth, way


def longest_until(automaton: Automaton, goal: NDArray[np.bool_], within: int) -> Ints:
    """Return for each state the most steps until a goal is met, over all paths; -1 where that is more than ``within``.

    A path that ends without the goal never meets it, nor does one that goes round a loop for ever. The states
    are taken backwards, each when all its edges lead to states that are done: O(states + edges).
    """
    begin, before = _backwards(automaton, np.arange(automaton.edges))
    left = np.diff(automaton.first)
    most = np.full(automaton.states, -1, dtype=np.int64)
    front = np.flatnonzero(goal)
    most[front] = 0
    steps = 0
    while front.size and steps < within:
        steps += 1
        front = _done(front, begin, before, left, most)
        most[front] = steps
    return most


def _backwards(automaton: Automaton, edges: Ints) -> tuple[Ints, Ints]:
    """Return where the sources of the edges into each state begin, and these sources."""
    order = edges[np.argsort(automaton.target[edges], kind="stable")]
    return np.searchsorted(automaton.target[order], np.arange(automaton.states + 1)), automaton.source[order]


def _done(front: Ints, begin: Ints, before: Ints, left: Ints, most: Ints) -> Ints:
    """Take the edges into the front from what is left of their sources; return the sources with nothing left."""
    if front.size <= FEW:
        found = []
        for state in front.tolist():
            for source in before[begin[state] : begin[state + 1]].tolist():
                left[source] -= 1
                if not left[source] and most[source] < 0:
                    found.append(source)
        return np.array(found, dtype=np.int64)
    sources = before[ranges(begin[front], begin[front + 1])]
    np.subtract.at(left, sources, 1)
    return np.unique(sources[(left[sources] == 0) & (most[sources] < 0)])


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
    sources = before[ranges(begin[front], begin[front + 1])]
    sources = np.unique(sources[distance[sources] < 0])
    distance[sources] = steps
    return sources


def ranges(begin: Ints, end: Ints) -> Ints:
    """Return the numbers of the ranges ``begin[i]`` up to ``end[i]``, one after the other."""
    lengths = end - begin
    offset = np.repeat(end - np.cumsum(lengths), lengths)
    return np.arange(int(lengths.sum()), dtype=np.int64) + offset
