"""Strongly connected components, by Tarjan's algorithm (SIAM J. Comput. 1, 1972) without recursion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from notalone.scenario.core.automaton import Automaton


def components(automaton: Automaton, use: NDArray[np.bool_]) -> list[list[int]]:
    """Return the components of the states that the start reaches by the edges to use: O(states + edges).

    A component comes after all components that it leads to.
    """
    heads = automaton.target[use].tolist()
    begin = np.zeros(automaton.states + 1, dtype=np.int64)
    np.cumsum(np.bincount(automaton.source[use], minlength=automaton.states), out=begin[1:])
    first = begin.tolist()
    found: list[list[int]] = []
    number = [-1] * automaton.states
    low = [0] * automaton.states
    placed = [False] * automaton.states
    number[0] = 0
    count = 1
    stack, way = [0], [(0, first[0])]
    while way:
        state, edge = way.pop()
        if edge < first[state + 1]:
            way.append((state, edge + 1))
            head = heads[edge]
            if number[head] < 0:
                number[head] = low[head] = count
                count += 1
                stack.append(head)
                way.append((head, first[head]))
            elif not placed[head]:
                low[state] = min(low[state], number[head])
            continue
        if way:
            above = way[-1][0]
            low[above] = min(low[above], low[state])
        if low[state] == number[state]:
            at = len(stack) - 1
            while stack[at] != state:
                at -= 1
            part = stack[at:]
            del stack[at:]
            for member in part:
                placed[member] = True
            found.append(part)
    return found
