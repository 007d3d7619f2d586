"""S6: every path through a ``harm`` scene that ends, ends in ``recovered``.

Theory: a safety property (AG (harm implies AG (ending implies recovered))): no ending but a recovered one may be
reached from a state of a harm scene, by choices or timeouts. One search backwards from the endings that are not
recovered gives every state's fewest steps to one; a harm state from which one is reached offends, and a shortest play
to it, and on, shows it. O(states + edges).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from notalone.scenario.core.automaton import Automaton, Ints
from notalone.scenario.core.graph import distances_to
from notalone.scenario.core.model import Ending
from notalone.scenario.core.rules.rule import Rule, Subject, Violation


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the harm scenes after which a play can end other than recovered."""
    automaton = subject.automaton
    harm = np.array([scene.harm for scene in automaton.scenes], dtype=bool)[automaton.scene]
    wrong = np.array([scene.ending is Ending.SAFE for scene in automaton.scenes], dtype=bool)[automaton.scene]
    if not harm.any() or not wrong.any():
        return
    away = distances_to(automaton, wrong, np.ones(automaton.edges, dtype=bool))
    bad = np.flatnonzero(harm & (away >= 0))
    length = automaton.depth[bad] + away[bad]
    bad = bad[np.argsort(length, kind="stable")]
    _scenes, first = np.unique(automaton.scene[bad], return_index=True)
    for state in bad[np.sort(first)].tolist():
        rest = _onward(automaton, state, away)
        end = automaton.scenes[int(automaton.scene[automaton.target[rest[-1]]])]
        scene = automaton.scenes[int(automaton.scene[state])]
        message = f"A play through the harm of “{scene.id}” ends in “{end.id}”, which is not a recovered ending."
        yield subject.played("S6", scene.line, message, (*automaton.play_to(state), *rest))


def _onward(automaton: Automaton, state: int, away: Ints) -> tuple[int, ...]:
    """Return the edges of a shortest way from a state to where ``away`` is 0."""
    edges = []
    while away[state]:
        edge = next(edge for edge in automaton.out(state) if away[automaton.target[edge]] == away[state] - 1)
        edges.append(edge)
        state = int(automaton.target[edge])
    return tuple(edges)


RULE = Rule("S6", check)
