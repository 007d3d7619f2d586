"""Where a play first shows a text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from notalone.scenario.core.rules.rule import Subject


class Shown:
    """Finds the shortest play that shows a text; what it needs is worked out when it is first asked: O(states)."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def play_to(self, text: str) -> tuple[int, ...] | None:
        """Return the edges of a shortest play to where a text is shown, None where no scene shows it."""
        state = self._first.get(text)
        return None if state is None else self.subject.automaton.play_to(state)

    @cached_property
    def _first(self) -> dict[str, int]:
        automaton = self.subject.automaton
        looks: dict[tuple[int, int], int] = {}
        for state, look in enumerate(zip(automaton.scene.tolist(), automaton.shown, strict=True)):
            looks.setdefault(look, state)
        said = [(state, text) for state in looks.values() for text in self._said(state)]
        said += self._offered()
        found: dict[str, int] = {}
        for state, text in sorted(said):
            found.setdefault(text, state)
        return found

    def _said(self, state: int) -> Iterator[str]:
        automaton = self.subject.automaton
        scene = automaton.scenes[int(automaton.scene[state])]
        for index in automaton.lines(state):
            line = scene.lines[index]
            yield line.say.text
            for name in line.flags:
                flag = self.subject.scenario.flags[name]
                yield flag.see.text
                if flag.know is not None:
                    yield flag.know.text
        if scene.debrief is not None:
            yield scene.debrief.text

    def _offered(self) -> Iterator[tuple[int, str]]:
        automaton = self.subject.automaton
        edges = np.flatnonzero(automaton.chosen)
        scenes, labels = automaton.scene[automaton.source[edges]], automaton.label[edges]
        most = max(len(scene.choices) for scene in automaton.scenes)
        _ways, first = np.unique(scenes * max(most, 1) + labels, return_index=True)
        for at in first.tolist():
            scene = automaton.scenes[int(scenes[at])]
            yield int(automaton.source[edges[at]]), scene.choices[int(labels[at])].say.text
