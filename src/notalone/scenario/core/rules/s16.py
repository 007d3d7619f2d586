"""S16 (warning): the cues along any path keep within the limits of light without the limiter having to act.

What a play fires is told by the festival: which cue answers which moment, where ``scene`` stands for the scene's own.
A step fires, in this order, what answers the choice, the scene, the flags shown and the ending. Whether cues that
follow one another keep within the limits is asked of the show, which renders them (``Context.light``); without a
show the rule is not checked. Cues have no sounds yet, so of the limits of sound there is nothing to check.

Theory: which cue came before a step is a finite fact about a path, so the steps with it form a product automaton of
states times cues. Which pairs of cues can follow one another is first bounded from above on the graph of scenes
(O(edges) in arrays), and the show is asked once a pair. Only for a pair that offends the product is searched, breadth
first, for the shortest play: O(edges times cues). What a pair looks like is rendered for a fast and for a slow
visitor, not for every instant; the limiter stays the last word in the hall.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from notalone.scenario.core.automaton import TIMEOUT, Automaton
from notalone.scenario.core.model import Context, Flash, Light, Scene
from notalone.scenario.core.rules.rule import Rule, Subject, Violation

OWN = "scene"
REST = ""

Pair = tuple[str, str]


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the cues that make the limiter act, once each, with the shortest play to them."""
    light = subject.context.light if subject.context else None
    if light is None:
        return
    fired = Fired(subject.automaton, light)
    bad: dict[Pair, Flash] = {}
    for before, cue in sorted(fired.pairs()):
        alone = light.judge((cue,))
        if alone is not None:
            bad[REST, cue] = alone
        elif before != REST and (flash := light.judge((before, cue))) is not None:
            bad[before, cue] = flash
    if bad:
        yield from _told(subject, fired, bad)


def _told(subject: Subject, fired: Fired, bad: dict[Pair, Flash]) -> Iterator[Violation]:
    for (before, cue), state, edges in fired.shortest(set(bad)):
        flash = bad[before, cue]
        scene = subject.automaton.scenes[int(subject.automaton.scene[state])]
        after = f" right after “{before}”" if before else ""
        message = (
            f"The cue “{cue}”{after} flashes too often by itself: the limiter acts on “{flash.fixture}”, "
            f"{flash.second:g} s after it begins."
        )
        line = scene.cue.line if scene.cue is not None and scene.cue.text == cue else scene.line
        yield subject.played("S16", line, message, edges)


@dataclass(frozen=True)
class Fired:
    """The cues that the steps of an automaton fire."""

    automaton: Automaton
    light: Light

    def cues(self, scene: Scene, *, chosen: bool, flagged: bool, first: bool = False) -> tuple[str, ...]:
        """Return the cues that entering a scene fires, in their order."""
        moments = [
            ("run-started", first),
            ("choice-made", chosen),
            ("scene-entered", True),
            ("flag-seen", flagged),
            ("ending-reached", scene.ending is not None),
        ]
        own = scene.cue.text if scene.cue is not None else ""
        found = [self.light.answers.get(kind, "") for kind, happens in moments if happens]
        return tuple(cue for cue in (own if one == OWN else one for one in found) if cue)

    @cached_property
    def worked_out(self) -> dict[tuple[int, bool, bool, bool], tuple[str, ...]]:
        """Return what ``at`` has found so far, by scene, choice, flags and start."""
        return {}

    @cached_property
    def flagging(self) -> list[int]:
        """Return for each scene which of its lines show a flag, as a mask."""
        return [
            sum(1 << number for number, line in enumerate(scene.lines) if line.flags) for scene in self.automaton.scenes
        ]

    def at(self, edge: int) -> tuple[str, ...]:
        """Return the cues that a step fires; -1 is the start."""
        automaton = self.automaton
        state = int(automaton.target[edge]) if edge >= 0 else 0
        number = int(automaton.scene[state])
        chosen = edge >= 0 and int(automaton.label[edge]) != TIMEOUT
        flagged = bool(automaton.shown[state] & self.flagging[number])
        key = (number, chosen, flagged, edge < 0)
        known = self.worked_out.get(key)
        if known is None:
            scene = automaton.scenes[number]
            known = self.worked_out[key] = self.cues(scene, chosen=chosen, flagged=flagged, first=edge < 0)
        return known

    def pairs(self) -> set[Pair]:
        """Return the pairs of cues that may follow one another, on the graph of scenes; ``REST`` is before the first.

        A pair that no play fires may be among them, none that some play fires is missing.
        """
        automaton, count = self.automaton, len(self.automaton.scenes)
        before, after = automaton.scene[automaton.source], automaton.scene[automaton.target]
        ways = np.unique((before * count + after) * 2 + automaton.chosen)
        steps = [(int(way) // 2 // count, int(way) // 2 % count, bool(way % 2)) for way in ways.tolist()]
        found: set[Pair] = set()
        last: dict[int, set[str]] = {}
        start = int(automaton.scene[0])
        waiting: deque[tuple[int, str]] = deque()

        def enter(scene: int, cue: str, *, chosen: bool, first: bool = False) -> None:
            for flagged in {False, bool(self.flagging[scene])}:
                now = cue
                for fired in self.cues(automaton.scenes[scene], chosen=chosen, flagged=flagged, first=first):
                    found.add((now, fired))
                    now = fired
                if now not in last.setdefault(scene, set()):
                    last[scene].add(now)
                    waiting.append((scene, now))

        enter(start, REST, chosen=False, first=True)
        onward: dict[int, list[tuple[int, bool]]] = {}
        for source, target, chosen in steps:
            onward.setdefault(source, []).append((target, chosen))
        while waiting:
            scene, cue = waiting.popleft()
            for target, chosen in onward.get(scene, ()):
                enter(target, cue, chosen=chosen)
        return found

    def shortest(self, wanted: set[Pair]) -> Iterator[tuple[Pair, int, tuple[int, ...]]]:
        """Yield each wanted pair that some play fires, the state where, and the edges of a shortest such play.

        A pair after ``REST`` is wanted after whatever cue. Breadth first over states with the cue that came last.
        """
        left = set(wanted)
        came: dict[tuple[int, str], tuple[tuple[int, str], int] | None] = {}
        waiting: deque[tuple[int, str]] = deque()

        def enter(state: int, before: tuple[int, str] | None, edge: int) -> Iterator[Pair]:
            now = before[1] if before else REST
            for cue in self.at(edge):
                for pair in ((now, cue), (REST, cue)):
                    if pair in left:
                        left.discard(pair)
                        yield pair
                now = cue
            if (state, now) not in came:
                came[state, now] = (before, edge) if before else None
                waiting.append((state, now))

        for pair in enter(0, None, -1):
            yield pair, 0, ()
        while waiting and left:
            node = waiting.popleft()
            for edge in self.automaton.out(node[0]):
                state = int(self.automaton.target[edge])
                for pair in enter(state, node, edge):
                    yield pair, state, (*_way(came, node), edge)


def _way(came: dict[tuple[int, str], tuple[tuple[int, str], int] | None], node: tuple[int, str]) -> tuple[int, ...]:
    edges = []
    while (step := came[node]) is not None:
        node, edge = step
        edges.append(edge)
    return tuple(reversed(edges))


def _asks(context: Context | None) -> bool:
    return context is not None and context.light is not None


RULE = Rule("S16", check, warning=True, asks=_asks)
