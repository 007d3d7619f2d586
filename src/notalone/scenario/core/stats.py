"""Measures a scenario's automaton."""

from __future__ import annotations

import numpy as np

from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.components import components
from notalone.scenario.core.graph import distances_to
from notalone.scenario.core.model import Ending


def shortest(automaton: Automaton) -> int | None:
    """Return the fewest choices from the start to an ending, timeouts unused; None where there is no way."""
    distance = int(distances_to(automaton, automaton.ends, automaton.chosen)[0])
    return None if distance < 0 else distance


def longest(automaton: Automaton) -> int | None:
    """Return the choices of the longest play to an ending, timeouts unused; None where there is no way.

    A play may go round a loop for ever, so each strongly connected component is contracted and counts one
    choice for each of its states but the first. Where there is no loop this is the longest path.
    """
    parts = components(automaton, automaton.chosen)
    part_of = {state: number for number, part in enumerate(parts) for state in part}
    best = [-1] * len(parts)
    for number, part in enumerate(parts):
        ahead = -1
        for state in part:
            if automaton.ends[state]:
                ahead = max(ahead, 0)
            for edge in automaton.out(state):
                other = part_of.get(int(automaton.target[edge]), number)
                if automaton.chosen[edge] and other != number and best[other] >= 0:
                    ahead = max(ahead, best[other] + 1)
        best[number] = ahead + len(part) - 1 if ahead >= 0 else -1
    return None if best[-1] < 0 else best[-1]


def endings(automaton: Automaton) -> dict[str, int]:
    """Return how many scenes end in each way and can be reached."""
    reached = [automaton.scenes[index] for index in np.unique(automaton.scene).tolist()]
    return {str(kind): sum(scene.ending is kind for scene in reached) for kind in Ending}
