"""The story as cards: one a scene, with a row for each choice, and what no play or no rule allows marked."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.model import Scene
from notalone.scenario.core.picture.layers import Box
from notalone.scenario.core.rules.rule import Violation

WIDTH, HEAD, LINE, PAD = 272.0, 34.0, 16.0, 10.0
WIDE = 35  # letters in a row of a card


@dataclass(frozen=True, slots=True)
class Row:
    """One way out of a scene: its words wrapped, where it leads, and what is to be marked about it."""

    words: tuple[str, ...]
    to: str
    risk: bool
    waits: bool
    sometimes: bool
    red: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A scene; ``broken`` are the rules that do not hold there, ``red`` says that a told play goes through it."""

    scene: Scene
    quote: tuple[str, ...]
    rows: tuple[Row, ...]
    reached: bool
    red: bool
    broken: tuple[str, ...]

    @property
    def box(self) -> Box:
        """Return the card's size, and the height at which each row's arrow leaves."""
        at = HEAD + PAD + LINE * len(self.quote) + (PAD if self.quote else 0)
        ports = []
        for row in self.rows:
            height = LINE * len(row.words) + PAD
            ports.append((at + height / 2, row.to))
            at += height
        return Box(WIDTH, at + (PAD if self.rows else 0), tuple(ports))


def cards(automaton: Automaton, violations: Iterable[Violation]) -> dict[str, Card]:
    """Return the card of each scene, by the scene's id, in the order of the file."""
    marks = _Marks(tuple(violations))
    reached = {automaton.scenes[index].id for index in np.unique(automaton.scene).tolist()}
    return {name: _card(scene, name in reached, marks) for name, scene in automaton.scenario.scenes.items()}


class _Marks:
    """What the plays of violations go through: the steps taken, the scenes they start from, where they end."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        self.steps = {step for one in violations for step in one.path}
        self.broken: dict[str, list[str]] = {}
        for one in violations:
            scene = one.path[-1].split(": ", 1)[0]
            rules = self.broken.setdefault(scene, [])
            if one.rule not in rules:
                rules.append(one.rule)


def _card(scene: Scene, reached: bool, marks: _Marks) -> Card:
    rows = [
        Row(
            _wrapped(choice.say.text), choice.to, choice.risk, False, choice.condition is not None,
            f"{scene.id}: {choice.say.text}" in marks.steps,
        )
        for choice in scene.choices
    ]  # fmt: skip
    if scene.timeout is not None:
        said = f"(waits {scene.timeout.after:g} s)"
        rows.append(Row((said,), scene.timeout.to, False, True, False, f"{scene.id}: {said}" in marks.steps))
    red = scene.id in marks.broken or any(row.red for row in rows)
    first = scene.debrief or (scene.lines[0].say if scene.lines else None)
    quote = _wrapped(first.text, most=3) if first else ()
    return Card(scene, quote, tuple(rows), reached, red, tuple(marks.broken.get(scene.id, ())))


def _wrapped(text: str, most: int = 2) -> tuple[str, ...]:
    found = textwrap.wrap(text, WIDE)
    if len(found) > most:
        found = [*found[: most - 1], textwrap.shorten(" ".join(found[most - 1 :]), WIDE, placeholder=" …")]
    return tuple(found)
