"""S14: between 2 and 4 choices are offered in every state that is not an ending.

Theory: an invariant of single states (AG p in CTL); the compiler has enumerated the reachable ones, so counting
each state's choices decides it. O(states + edges).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from notalone.scenario.core.rules.places import each_scene
from notalone.scenario.core.rules.rule import Rule, Subject, Violation

FEWEST, MOST = 2, 4


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the scenes that offer too few or too many choices in some state."""
    automaton = subject.automaton
    offered = np.bincount(automaton.source[automaton.chosen], minlength=automaton.states)
    for bad in (~automaton.ends & (offered < FEWEST), ~automaton.ends & (offered > MOST)):
        for state, scene in each_scene(automaton, bad):
            count = int(offered[state])
            said = f"{count or 'no'} choice{'' if count == 1 else 's'}"
            message = f"The scene “{scene.id}” offers {said} here; between {FEWEST} and {MOST} are needed."
            yield subject.at("S14", scene.line, message, state)


RULE = Rule("S14", check)
