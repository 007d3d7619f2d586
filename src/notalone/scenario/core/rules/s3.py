"""S3: from every state an ending can be reached by choices alone.

Theory: the states from which an ending can be reached are the least fixpoint of "is an ending, or has a choice
into one that reaches it" (EF in CTL; Clarke, Emerson, Sistla 1986), found by a breadth-first search backwards
from the endings over the choices: O(states + edges). All other states lie in a trap, a part of the graph whose
terminal strongly connected components hold no ending; a loop one can leave is none. A trap is told where
a shortest play first enters it, once a scene.
"""

from __future__ import annotations

from collections.abc import Iterator

from notalone.scenario.core.rules.places import each_scene, entered
from notalone.scenario.core.rules.rule import Rule, Subject, Violation


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the traps."""
    automaton = subject.automaton
    for state, scene in each_scene(automaton, entered(automaton, subject.to_ending < 0)):
        message = f"From the scene “{scene.id}” no choices lead to an ending."
        yield subject.at("S3", scene.line, message, state)


RULE = Rule("S3", check)
