"""S15 (warning): no two choices offered in one state lead to the same state.

Theory: two choices into the same state cannot be told apart by anything that happens later, so one of them is
an illusion. Sorting the choices by source and target brings such pairs together: O(edges log edges) in arrays.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from notalone.scenario.core.rules.rule import Rule, Subject, Violation


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the pairs of choices that do the same, once a pair, with the shortest play to a state with both."""
    automaton = subject.automaton
    edges = np.flatnonzero(automaton.chosen)
    order = edges[np.lexsort((edges, automaton.target[edges], automaton.source[edges]))]
    one, other = order[:-1], order[1:]
    same = (automaton.source[one] == automaton.source[other]) & (automaton.target[one] == automaton.target[other])
    told = set()
    for first, second in zip(one[same].tolist(), other[same].tolist(), strict=True):
        scene = automaton.scenes[int(automaton.scene[automaton.source[first]])]
        pair = (scene.id, int(automaton.label[first]), int(automaton.label[second]))
        if pair in told:
            continue
        told.add(pair)
        says = [scene.choices[label].say.text for label in pair[1:]]
        message = f"In the scene “{scene.id}” “{says[0]}” and “{says[1]}” lead to the same state."
        play = (*automaton.play_to(int(automaton.source[first])), second)
        yield subject.played("S15", scene.choices[pair[2]].line, message, play)


RULE = Rule("S15", check, warning=True)
