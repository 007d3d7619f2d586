"""S2: every scene, line and choice can be reached in some play.

Theory: the automaton holds exactly the reachable states, so a scene is reachable when a state has it, a line
when a state's mask shows it, a choice when an edge bears it (forward reachability, done by the compiler).
One pass over states and edges. Lines and choices of a scene that cannot be reached are not told one by one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from notalone.scenario.core.model import Scene
from notalone.scenario.core.rules.rule import Rule, Subject, Violation


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the scenes that no play enters, and the lines and choices that no play offers."""
    automaton = subject.automaton
    entered, first = np.unique(automaton.scene, return_index=True)
    at = dict(zip(entered.tolist(), first.tolist(), strict=True))
    shown = dict.fromkeys(at, 0)
    for scene, mask in set(zip(automaton.scene.tolist(), automaton.shown, strict=True)):
        shown[scene] |= mask
    most = max(len(scene.choices) for scene in automaton.scenes)
    offered = np.zeros((len(automaton.scenes), most + 1), dtype=bool)  # the last column holds the timeouts
    offered[automaton.scene[automaton.source], automaton.label] = True
    for index, scene in enumerate(automaton.scenes):
        if index not in at:
            yield subject.static("S2", scene.line, f"No play enters the scene “{scene.id}”.")
            continue
        taken = set(np.flatnonzero(offered[index, :most]).tolist())
        yield from _unused(subject, scene, shown[index], taken, at[index])


def _unused(subject: Subject, scene: Scene, shown: int, taken: set[int], state: int) -> Iterator[Violation]:
    for number, line in enumerate(scene.lines):
        if not shown >> number & 1:
            message = f"No play shows the line “{line.say.text}” of the scene “{scene.id}”."
            yield subject.at("S2", line.line, message, state)
    for number, choice in enumerate(scene.choices):
        if number not in taken:
            message = f"No play offers the choice “{choice.say.text}” of the scene “{scene.id}”."
            yield subject.at("S2", choice.line, message, state)


RULE = Rule("S2", check)
