"""P: each of the author's ``prove`` lines.

Theory: a property is proved on the product of the automaton with what it names, values of variables kept in
every state and flags shown so far; two states of the product that agree in scene and kept values agree in all
atoms. Timeouts count as steps.

- ``never c``: an invariant (AG not c); every reachable state is looked at.
- ``a only after b``: precedence. Violated when a state with ``a`` is reached through states without ``b`` alone,
  which one search, going on only from states without ``b``, finds.
- ``a leads to b within n``: bounded response (AG (a implies AF within n of b)). The most steps until ``b`` over all
  paths are found backwards from ``b``; a loop or an end without ``b`` never meets it.

All O(states + edges) of the product. What all properties name is followed in one product where that stays small
enough; where it does not, in one for each property. A property whose product is too large is told as not proved, and
the others are proved nevertheless.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.compile import TooManyStates
from notalone.scenario.core.conditions import (
    COMPARE,
    AtEnding,
    Atom,
    Compare,
    Condition,
    LeadsTo,
    Never,
    OnlyAfter,
    Property,
    Shown,
    Truth,
    Within,
    atoms,
    evaluate,
)
from notalone.scenario.core.graph import distances_to, longest_until, ways_through
from notalone.scenario.core.model import Proof
from notalone.scenario.core.plan import Followed, seen
from notalone.scenario.core.rules.rule import Rule, Subject, Violation
from notalone.scenario.core.story import steps, tell

TOLD = 100
ROOM = 4
LEAST = 20_000


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the properties that do not hold, each with a shortest play against it."""
    shared = _shared(subject)
    for proof in subject.scenario.prove:
        wanted = named(proof.property)
        plain = not wanted.variables and not wanted.flags
        try:
            product = subject.following(wanted) if shared is None or plain else shared
        except TooManyStates as error:
            message = f"“{proof.written.text}” cannot be proved: with what it names, {error.counted}."
            yield subject.static("P", proof.written.line, message)
            continue
        found = _refute(product, proof)
        if found is not None:
            message, automaton, play = found
            path, story = steps(automaton, play), tell(automaton, play)
            yield Violation("P", subject.scenario.file, proof.written.line, message, path, story)


def _shared(subject: Subject) -> Automaton | None:
    """Return one product for all properties; None where there is no need for it, or it is too large to be worth it."""
    each = {named(proof.property) for proof in subject.scenario.prove}
    each.discard(Followed())
    if len(each) < 2:
        return None
    every = reduce(operator.or_, each)
    room = min(subject.max_states, max(LEAST, ROOM * subject.automaton.states))
    try:
        return replace(subject, max_states=room).following(every)
    except TooManyStates:
        return None


def named(wanted: Property) -> Followed:
    """Return the variables and flags that a property names."""
    conditions: list[Condition] = [wanted.condition]
    if isinstance(wanted, OnlyAfter):
        conditions.append(wanted.before)
    elif isinstance(wanted, LeadsTo):
        conditions.append(wanted.goal)
    found = [atom for condition in conditions for atom in atoms(condition)]
    return Followed(
        frozenset(atom.variable for atom in found if isinstance(atom, Compare | Truth)),
        frozenset(atom.flag for atom in found if isinstance(atom, Shown)),
        frozenset(cut for atom in found for cut in _cuts(atom)),
    )


def _cuts(atom: Atom) -> tuple[tuple[str, int], ...]:
    match atom:
        case Compare(variable, _op, number):
            return (variable, number), (variable, number + 1)
        case Truth(variable):
            return ((variable, 1),)
        case _:
            return ()


def truth(automaton: Automaton, condition: Condition) -> NDArray[np.bool_]:
    """Say of each state whether a condition holds at its choice point; what it names must be followed."""
    scenes = [scene.id for scene in automaton.scenes]

    def look(atom: Atom) -> Any:  # noqa: ANN401 -- an array of bools
        match atom:
            case Compare(variable, op, number):
                return COMPARE[op](automaton.values[variable], number)
            case Truth(variable):
                return automaton.values[variable] == 1
            case Shown(flag):
                return automaton.values[seen(flag)] == 1
            case Within(scene):
                return automaton.scene == scenes.index(scene)
            case AtEnding():
                return automaton.ends

    return np.asarray(evaluate(condition, look), dtype=bool)


def _refute(automaton: Automaton, proof: Proof) -> tuple[str, Automaton, tuple[int, ...]] | None:
    play: tuple[int, ...] | None
    match proof.property:
        case Never(condition):
            play, why = _ever(automaton, truth(automaton, condition)), "it comes to pass"
        case OnlyAfter(condition, before):
            play = _early(automaton, truth(automaton, condition), truth(automaton, before))
            why = "the first comes to pass without the second before it"
        case LeadsTo(condition, goal, within):
            play = _missed(automaton, truth(automaton, condition), truth(automaton, goal), within)
            why = f"{within} steps can go by, or the story end, without it"
    return None if play is None else (f"“{proof.written.text}” does not hold: {why}.", automaton, play)


def _ever(automaton: Automaton, bad: NDArray[np.bool_]) -> tuple[int, ...] | None:
    return automaton.play_to(int(np.argmax(bad))) if bad.any() else None


def _early(automaton: Automaton, bad: NDArray[np.bool_], before: NDArray[np.bool_]) -> tuple[int, ...] | None:
    depth, way = ways_through(automaton, ~before)
    found = np.flatnonzero(bad & (depth >= 0))
    if not found.size:
        return None
    return automaton.play_by(way, int(found[np.argmin(depth[found])]))


def _missed(
    automaton: Automaton, begun: NDArray[np.bool_], goal: NDArray[np.bool_], within: int
) -> tuple[int, ...] | None:
    """Return the shortest play to a state that begins, and on: to the end, or ``within`` steps, past no goal."""
    most = longest_until(automaton, goal, within)
    found = np.flatnonzero(begun & (most < 0))
    if not found.size:
        return None
    past = ~goal[automaton.source] & ~goal[automaton.target]
    dead = distances_to(automaton, ~goal & (np.diff(automaton.first) == 0), past)
    within = min(within, max(automaton.states, TOLD))  # so many steps past the goal hold a loop past it
    rest = np.where((dead[found] >= 0) & (dead[found] <= within), dead[found], within)
    at = int(np.argmin(automaton.depth[found] + rest))
    state, left = int(found[at]), int(rest[at])
    by_end = 0 <= dead[state] == left
    play = list(automaton.play_to(state))
    while left:
        left -= 1
        ahead = dead == left if by_end else (most < 0) | (most > left)
        edge = next(edge for edge in automaton.out(state) if ahead[automaton.target[edge]])
        play.append(edge)
        state = int(automaton.target[edge])
    return tuple(play)


RULE = Rule("P", check)
