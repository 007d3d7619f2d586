"""S7: every ending has a debrief, and every flag its ``know`` text.

Theory: what a visitor reads after a play must never be empty, and a flag may be met on any path, so the texts
must be there; no path needs to be searched for that. One pass over scenes and flags; the shortest play to the
first state that shows the thing is told, where there is one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from notalone.scenario.core.rules.rule import Rule, Subject, Violation


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the endings without a debrief and the flags without anything to know."""
    automaton = subject.automaton
    for index, scene in enumerate(automaton.scenes):
        if scene.ending is not None and scene.debrief is None:
            states = np.flatnonzero(automaton.scene == index)
            message = f"The ending “{scene.id}” has no debrief."
            yield _told(subject, scene.line, message, int(states[0]) if states.size else None)
    for name, flag in subject.scenario.flags.items():
        if flag.know is None:
            message = f"The flag “{name}” does not say what to know."
            yield _told(subject, flag.line, message, _first_shown(subject, name))


def _told(subject: Subject, line: int, message: str, state: int | None) -> Violation:
    if state is None:
        return subject.static("S7", line, message)
    return subject.at("S7", line, message, state)


def _first_shown(subject: Subject, flag: str) -> int | None:
    automaton = subject.automaton
    masks = [
        sum(1 << number for number, line in enumerate(scene.lines) if flag in line.flags) for scene in automaton.scenes
    ]
    pairs = zip(automaton.scene.tolist(), automaton.shown, strict=True)
    return next((state for state, (scene, shown) in enumerate(pairs) if shown & masks[scene]), None)


RULE = Rule("S7", check)
