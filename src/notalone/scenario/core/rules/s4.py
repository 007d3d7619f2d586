"""S4: the way out is short.

(a) From every state an ending is at most 4 choices away, timeouts unused. (b) After a ``risk`` choice, on every
path, the first or second choice point offers a choice without risk, or an ending comes first.

Theory: (a) is bounded reachability, EF with at most 4 steps, read off the distances of a breadth-first search
backwards from the endings. (b) is a universal property of bounded depth, AF with at most 2 choice points: a
state is *good at once* when it is an ending or offers a choice without risk; it is *good soon* when it is good
at once, or offers a choice and every choice leads to a state that is good at once. Every risk choice must lead
to a state that is good soon. Both O(states + edges).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.rules.places import each_scene, entered
from notalone.scenario.core.rules.rule import Rule, Subject, Violation

FARTHEST = 4


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the states too far from an ending, and the risks with no way back soon."""
    yield from _far(subject)
    yield from _stuck(subject)


def _far(subject: Subject) -> Iterator[Violation]:
    automaton, distance = subject.automaton, subject.to_ending
    bad = (distance > FARTHEST) | entered(automaton, distance < 0)
    for state, scene in each_scene(automaton, bad):
        steps = int(distance[state])
        away = f"the nearest ending is {steps} choices away" if steps > 0 else "no ending can be chosen"
        message = f"From the scene “{scene.id}” {away}; at most {FARTHEST} are allowed."
        yield subject.at("S4", scene.line, message, state)


def _stuck(subject: Subject) -> Iterator[Violation]:
    automaton = subject.automaton
    risky = risks(automaton)
    at_once = automaton.ends.copy()
    at_once[automaton.source[automaton.chosen & ~risky]] = True
    offers = np.zeros(automaton.states, dtype=bool)
    offers[automaton.source[automaton.chosen]] = True
    onward = automaton.chosen & ~at_once[automaton.target]
    leads_on = np.zeros(automaton.states, dtype=bool)
    leads_on[automaton.source[onward]] = True
    soon = at_once | (offers & ~leads_on)
    bad = np.flatnonzero(risky & ~soon[automaton.target])
    length = automaton.depth[automaton.source[bad]] + leads_on[automaton.target[bad]]
    told = set()
    for edge in bad[np.argsort(length, kind="stable")].tolist():
        scene = automaton.scenes[int(automaton.scene[automaton.source[edge]])]
        choice = scene.choices[int(automaton.label[edge])]
        if choice.line not in told:
            told.add(choice.line)
            message = (
                f"After the risk “{choice.say.text}” in the scene “{scene.id}” neither the first nor the second "
                "choice point offers a choice without risk."
            )
            rest = _on(automaton, int(automaton.target[edge]), onward)
            play = (*automaton.play_to(int(automaton.source[edge])), edge, *rest)
            yield subject.played("S4", choice.line, message, play)


def _on(automaton: Automaton, state: int, onward: NDArray[np.bool_]) -> tuple[int, ...]:
    """Return the choice to the second choice point that offers no way back, or nothing at a dead end."""
    return next(((edge,) for edge in automaton.out(state) if onward[edge]), ())


def risks(automaton: Automaton) -> NDArray[np.bool_]:
    """Say of each edge whether it is a choice with risk."""
    most = max((len(scene.choices) for scene in automaton.scenes), default=0)
    table = np.zeros((len(automaton.scenes), most + 1), dtype=bool)
    for index, scene in enumerate(automaton.scenes):
        table[index, : len(scene.choices)] = [choice.risk for choice in scene.choices]
    return table[automaton.scene[automaton.source], automaton.label]


RULE = Rule("S4", check)
