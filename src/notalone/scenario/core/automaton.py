"""The finite automaton of a scenario: what is proved, played and exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from notalone.scenario.core.model import Scenario, Scene

Ints: TypeAlias = NDArray[np.int64]
TIMEOUT = -1


@dataclass(frozen=True)
class Automaton:
    """States and edges in compressed rows (CSR); state 0 is the start.

    States are numbered by their distance from the start, so the first edge into a state, in the order of
    edges, lies on a shortest play. The edges of a state are those of its offered choices in the order of the
    scene, then its timeout.

    Attributes:
        scene: the index of each state's scene, shape (states,).
        depth: each state's steps from the start, shape (states,), never falling.
        shown: which lines each state shows, as a bit mask over its scene's lines.
        first: where each state's edges begin, shape (states + 1,).
        source, target: the states of each edge, shape (edges,).
        label: each edge's choice as its index in the scene, or ``TIMEOUT``.
        values: the values of the variables and flags that were followed, shape (states,) each.
    """

    scenario: Scenario
    scene: Ints
    depth: Ints
    shown: tuple[int, ...]
    first: Ints
    source: Ints
    target: Ints
    label: Ints
    values: Mapping[str, Ints] = field(default_factory=dict)

    @property
    def states(self) -> int:
        """Return the number of states."""
        return len(self.scene)

    @property
    def edges(self) -> int:
        """Return the number of edges."""
        return len(self.target)

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """Return the scenes in the order of their indices."""
        return tuple(self.scenario.scenes.values())

    @cached_property
    def ends(self) -> NDArray[np.bool_]:
        """Say of each state whether it is an ending."""
        ending = np.array([scene.ending is not None for scene in self.scenes], dtype=bool)
        ends: NDArray[np.bool_] = ending[self.scene]
        return ends

    @cached_property
    def chosen(self) -> NDArray[np.bool_]:
        """Say of each edge whether it is a choice, not a timeout."""
        chosen: NDArray[np.bool_] = self.label != TIMEOUT
        return chosen

    @cached_property
    def way(self) -> Ints:
        """Return for each state the edge by which a shortest play enters it; -1 for the start."""
        way = np.full(self.states, -1, dtype=np.int64)
        way[self.target[::-1]] = np.arange(self.edges - 1, -1, -1, dtype=np.int64)
        way[0] = -1
        return way

    def lines(self, state: int) -> tuple[int, ...]:
        """Return the indices of the lines that a state shows."""
        mask = self.shown[state]
        return tuple(index for index in range(mask.bit_length()) if mask >> index & 1)

    def masks(self, states: Ints) -> tuple[list[int], Ints]:
        """Return the different masks of lines that states show, and which of them each state has."""
        number: dict[int, int] = {}
        which = [number.setdefault(self.shown[state], len(number)) for state in states.tolist()]
        return list(number), np.array(which, dtype=np.int64)

    def out(self, state: int) -> range:
        """Return the edges of a state."""
        return range(int(self.first[state]), int(self.first[state + 1]))

    def play_to(self, state: int) -> tuple[int, ...]:
        """Return the edges of a shortest play from the start to a state."""
        return self.play_by(self.way, state)

    def play_by(self, way: Ints, state: int) -> tuple[int, ...]:
        """Return the edges of a play to a state, by the edge that enters each state of it; -1 where it begins."""
        edges = []
        while (edge := int(way[state])) >= 0:
            edges.append(edge)
            state = int(self.source[edge])
        return tuple(reversed(edges))
