"""S10: no timeout in a ``harm`` scene or at intensity 3 and above.

Where it is hardest to think, nobody is hurried: the story waits for the visitor.

Theory: an invariant of single edges; the automaton holds a timeout edge exactly where a play can come to it, so
one table over the scenes, looked up for every timeout edge, decides it: O(edges) in arrays. The first such edge
of a scene lies on a shortest play, which is told with the waiting as its last step.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from notalone.scenario.core.rules.rule import Rule, Subject, Violation

CALM_BELOW = 3


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the scenes that hurry the visitor although it is hard there."""
    automaton = subject.automaton
    hard = np.array([scene.harm or scene.intensity >= CALM_BELOW for scene in automaton.scenes], dtype=bool)
    waits = np.flatnonzero(~automaton.chosen)
    bad = waits[hard[automaton.scene[automaton.source[waits]]]]
    _scenes, first = np.unique(automaton.scene[automaton.source[bad]], return_index=True)
    for edge in bad[np.sort(first)].tolist():
        state = int(automaton.source[edge])
        scene = automaton.scenes[int(automaton.scene[state])]
        why = "is marked as harm" if scene.harm else f"has the intensity {scene.intensity}"
        message = f"The scene “{scene.id}” {why}, so it must wait for the visitor: leave out its timeout."
        line = scene.timeout.line if scene.timeout else scene.line
        yield subject.played("S10", line, message, (*automaton.play_to(state), edge))


RULE = Rule("S10", check)
