"""S11: the shortest play takes at least ``minutes[0]`` and the longest at most ``minutes[1]``, in every language.

Theory: states are weighted by their seconds (``core.times``). The shortest play is a shortest path to an ending
(Dijkstra 1959), timeouts among its steps. A play may go round a loop for ever, so the longest is taken over the
strongly connected components contracted, each weighing the sum of its states' seconds: the heaviest path in an acyclic
graph. Seconds are compared unrounded. Of all languages the quickest bounds the first from below and the slowest the
second from above; a language is searched by itself only where that bound does not settle it. O(states + edges) for
the longest, a priority queue's logarithm more for the shortest.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from notalone.kit.catalogue import SOURCE
from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.rules.rule import Rule, Subject, Violation
from notalone.scenario.core.times import Floats, Longest, longest, quickest, seconds


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the languages in which a play is too short or too long."""
    automaton, (least, most) = subject.automaton, subject.scenario.minutes
    each = {lang: seconds(automaton, subject.beside.catalogues, lang) for lang in languages(subject)}
    fastest, slowest = np.minimum.reduce(list(each.values())), np.maximum.reduce(list(each.values()))
    if quickest(automaton, fastest, 60 * least) is not None:
        yield from _short(subject, each, 60 * least)
    if longest(automaton, slowest).seconds > 60 * most:
        yield from _long(subject, each, 60 * most)


def languages(subject: Subject) -> tuple[str, ...]:
    """Return English, the languages with a catalogue, and those of the festival and those asked for, each once."""
    return tuple(dict.fromkeys((SOURCE, *subject.languages, *subject.beside.catalogues)))


def _short(subject: Subject, each: dict[str, Floats], least: float) -> Iterator[Violation]:
    for lang, cost in each.items():
        found = quickest(subject.automaton, cost, least)
        if found is not None and found[0] < least:
            message = f"In “{lang}” the shortest play takes {_told(found[0])}; at least {_told(least)} are needed."
            yield subject.played("S11", subject.scenario.minutes_line, message, found[1])


def _long(subject: Subject, each: dict[str, Floats], most: float) -> Iterator[Violation]:
    for lang, cost in each.items():
        found = longest(subject.automaton, cost)
        if found.seconds > most:
            message = f"In “{lang}” the longest play takes {_told(found.seconds)}; at most {_told(most)} are allowed."
            play = _until(subject.automaton, found, most)
            yield subject.played("S11", subject.scenario.minutes_line, message, play)


def _until(automaton: Automaton, found: Longest, most: float) -> tuple[int, ...]:
    """Return a play along the heaviest path, until the components that it entered take too long."""
    part, edges, state = int(found.part[0]), list[int](), 0
    spent = float(found.weight[part])
    while spent <= most:
        following = int(found.onward[part])
        way = _cross(automaton, found, state, following)
        edges += way
        state, part = int(automaton.target[way[-1]]), following
        spent += float(found.weight[part])
    return tuple(edges)


def _cross(automaton: Automaton, found: Longest, state: int, following: int) -> list[int]:
    """Return a shortest way from a state through its own component into the next one."""
    before: dict[int, int] = {state: -1}
    for here in (waiting := [state]):
        for edge in automaton.out(here):
            head = int(automaton.target[edge])
            if found.part[head] == following:
                way = [edge]
                while before[here] >= 0:
                    way.append(before[here])
                    here = int(automaton.source[before[here]])
                return way[::-1]
            if found.part[head] == found.part[state] and head not in before:
                before[head] = edge
                waiting.append(head)
    raise AssertionError("a component is left by none of its states")


def _told(span: float) -> str:
    """Return seconds as a person reads them, exact enough to be compared."""
    minutes, rest = divmod(span, 60)
    return f"{int(minutes)} min {rest:.4g} s" if minutes else f"{rest:.4g} s"


RULE = Rule("S11", check)
