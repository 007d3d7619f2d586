"""How long a play takes: each state's seconds in a language, and the quickest and the longest way to an ending.

Reading takes 200 words a minute, in Vietnamese 250 syllables (which are written as words). A state takes what its
lines take, their delays and their reading, and 2 s for each choice that it offers. What is read after the story, the
debrief and the flags, takes nobody's time in it and does not count; nor does the waiting of a timeout, since whoever
waits has read already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from notalone.kit.catalogue import SOURCE, Catalogue
from notalone.scenario.core.automaton import Automaton, Ints

Floats: TypeAlias = NDArray[np.float64]
WORDS_A_MINUTE = {"vi": 250.0}
OTHERWISE_A_MINUTE = 200.0
CHOICE_S = 2.0


@dataclass(frozen=True, slots=True)
class Longest:
    """The heaviest path of components: its seconds, and the component of each state with the weight of each.

    ``onward`` is each component's next on its heaviest path (-1 at the end); ``heaviest`` the seconds from its start.
    """

    part: Ints
    weight: Floats
    heaviest: Floats
    onward: Ints

    @property
    def seconds(self) -> float:
        """Return the seconds of the longest play from the start."""
        return float(self.heaviest[self.part[0]])


def words(text: str) -> int:
    """Return the words of a text, which are what stands between spaces and holds a letter or a digit."""
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def reading(text: str, lang: str) -> float:
    """Return the seconds that reading a text takes in a language."""
    return 60.0 * words(text) / WORDS_A_MINUTE.get(lang, OTHERWISE_A_MINUTE)


def seconds(automaton: Automaton, catalogues: Mapping[str, Catalogue], lang: str) -> Floats:
    """Return the seconds of each state in a language, shape (states,); untranslated texts count in English."""
    catalogue = catalogues.get(lang)
    spent = np.zeros(automaton.states, dtype=np.float64)
    for index, scene in enumerate(automaton.scenes):
        said = [line.say.text if catalogue is None else catalogue.of(line.say.text) for line in scene.lines]
        spoken = SOURCE if catalogue is None else lang
        each = [line.after + reading(text, spoken) for line, text in zip(scene.lines, said, strict=True)]
        here = np.flatnonzero(automaton.scene == index)
        masks, which = automaton.masks(here)
        table = np.array([sum(s for n, s in enumerate(each) if mask >> n & 1) for mask in masks], dtype=np.float64)
        spent[here] = table[which] if len(masks) else 0.0
    offered = np.bincount(automaton.source[automaton.chosen], minlength=automaton.states)
    total: Floats = spent + CHOICE_S * offered
    return total


def quickest(automaton: Automaton, cost: Floats, limit: float = np.inf) -> tuple[float, tuple[int, ...]] | None:
    """Return the seconds and the edges of the quickest play to an ending; None where none takes at most ``limit``.

    Dijkstra's algorithm (Numerische Mathematik 1, 1959) on the seconds of the states entered, by scipy.
    """
    web = csr_array(
        (cost[automaton.target], automaton.target, automaton.first), shape=(automaton.states, automaton.states)
    )
    away, before = dijkstra(web, indices=0, return_predecessors=True, limit=max(0.0, limit - cost[0]))
    ends = np.flatnonzero(automaton.ends & np.isfinite(away))
    if not ends.size:
        return None
    state = int(ends[np.argmin(away[ends])])
    total, edges = float(away[state] + cost[0]), []
    while state:
        source = int(before[state])
        edges.append(next(edge for edge in automaton.out(source) if automaton.target[edge] == state))
        state = source
    return total, tuple(reversed(edges))


def longest(automaton: Automaton, cost: Floats) -> Longest:
    """Return the heaviest path, strongly connected components contracted, each with the sum of its states' seconds.

    Components by scipy (Pearce 2005), then the heaviest path over them from the last to the first: O(states + edges).
    """
    ones = np.ones(automaton.edges, dtype=np.int8)
    web = csr_array((ones, automaton.target, automaton.first), shape=(automaton.states, automaton.states))
    count, labels = connected_components(web, connection="strong")
    part = labels.astype(np.int64)
    weight = np.bincount(part, weights=cost, minlength=count).astype(np.float64)
    source, target = part[automaton.source], part[automaton.target]
    across = source != target
    source, target = source[across], target[across]
    order = _sorted(count, source, target)
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    by_rank = np.argsort(rank[source], kind="stable")
    begin = np.searchsorted(rank[source][by_rank], np.arange(count + 1)).tolist()
    heads, own = target[by_rank].tolist(), weight.tolist()
    heaviest, onward = [0.0] * count, [-1] * count
    for place in range(count - 1, -1, -1):
        here = int(order[place])
        best, following = 0.0, -1
        for head in heads[begin[place] : begin[place + 1]]:
            if following < 0 or heaviest[head] > best:
                best, following = heaviest[head], head
        heaviest[here], onward[here] = own[here] + best, following
    return Longest(part, weight, np.array(heaviest), np.array(onward, dtype=np.int64))


def _sorted(count: int, source: Ints, target: Ints) -> Ints:
    """Return the components in an order in which each comes before those that it leads to.

    Pearce's algorithm numbers a component after all that it leads to; where a version of scipy numbers them
    otherwise, Kahn's algorithm sorts them.
    """
    if bool((source > target).all()):
        return np.arange(count - 1, -1, -1, dtype=np.int64)
    if bool((source < target).all()):
        return np.arange(count, dtype=np.int64)
    left = np.bincount(target, minlength=count).tolist()
    order = np.argsort(source, kind="stable")
    begin = np.searchsorted(source[order], np.arange(count + 1)).tolist()
    heads = target[order].tolist()
    ready = [part for part in range(count) if not left[part]]
    for part in ready:
        for head in heads[begin[part] : begin[part + 1]]:
            left[head] -= 1
            if not left[head]:
                ready.append(head)
    return np.array(ready, dtype=np.int64)
