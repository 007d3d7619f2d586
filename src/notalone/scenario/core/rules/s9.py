"""S9: intensity stays within the age's limit and rises by at most 1 from scene to scene.

The youngest age in ``ages`` decides: 16 and over 4, 13 to 15 3, 10 to 12 2, 7 to 9 1. For children under 7 no
limit is written down, so the strictest there is holds: 0. An ending that does not say otherwise has intensity 0.

Theory: (a) is an invariant of single states (AG p in CTL), (b) an invariant of single edges, timeouts among them;
the compiler has enumerated both, so comparing two small tables over all states and edges decides them:
O(states + edges) in arrays. States and edges lie in the order of their distance from the start, so the first
offender of each scene, and of each way out of a scene, lies on a shortest play.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from notalone.scenario.core.automaton import TIMEOUT, Automaton, Ints
from notalone.scenario.core.model import Scene
from notalone.scenario.core.rules.places import each_scene
from notalone.scenario.core.rules.rule import Rule, Subject, Violation

RISE = 1
LIMITS = ((16, 4), (13, 3), (10, 2), (7, 1), (0, 0))


def limit(age: int) -> int:
    """Return the highest intensity for an age in years."""
    return next(highest for youngest, highest in LIMITS if age >= youngest)


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the scenes too intense for the youngest, and the steps that rise too fast."""
    automaton = subject.automaton
    level = intensities(automaton)
    youngest = subject.scenario.ages[0]
    highest = limit(youngest)
    for state, scene in each_scene(automaton, level[automaton.scene] > highest):
        message = (
            f"The scene “{scene.id}” has the intensity {scene.intensity}; for visitors from {youngest} years on "
            f"at most {highest} is allowed."
        )
        yield subject.at("S9", scene.line, message, state)
    yield from _leaps(subject, level)


def intensities(automaton: Automaton) -> Ints:
    """Return the intensity of each scene."""
    return np.array([scene.intensity for scene in automaton.scenes], dtype=np.int64)


def _leaps(subject: Subject, level: Ints) -> Iterator[Violation]:
    automaton = subject.automaton
    before, after = automaton.scene[automaton.source], automaton.scene[automaton.target]
    bad = np.flatnonzero(level[after] - level[before] > RISE)
    most = max(len(scene.choices) for scene in automaton.scenes) + 1
    _ways, first = np.unique(before[bad] * most + automaton.label[bad] - TIMEOUT, return_index=True)
    for edge in bad[np.sort(first)].tolist():
        here, there = automaton.scenes[int(before[edge])], automaton.scenes[int(after[edge])]
        message = (
            f"From the scene “{here.id}” to “{there.id}” the intensity rises from {here.intensity} to "
            f"{there.intensity}; from scene to scene it may rise by at most {RISE}."
        )
        play = (*automaton.play_to(int(automaton.source[edge])), edge)
        yield subject.played("S9", _line(here, int(automaton.label[edge])), message, play)


def _line(scene: Scene, label: int) -> int:
    if label != TIMEOUT:
        return scene.choices[label].line
    return scene.timeout.line if scene.timeout else scene.line


RULE = Rule("S9", check)
