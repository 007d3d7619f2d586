"""Tells a play as a story: scene by scene, line by line, choice by choice."""

from __future__ import annotations

from collections.abc import Sequence

from notalone.scenario.core.automaton import TIMEOUT, Automaton
from notalone.scenario.core.model import Scene

START = "<start>"


def steps(automaton: Automaton, edges: Sequence[int]) -> tuple[str, ...]:
    """Return a play as ``scene: what was chosen`` for each step; ``("<start>",)`` where there is none."""
    return tuple(_step(automaton, edge) for edge in edges) or (START,)


def tell(automaton: Automaton, edges: Sequence[int]) -> tuple[str, ...]:
    """Return the lines of the story of a play, from the start to the state after its last step."""
    told: list[str] = []
    state = 0
    for edge in edges:
        told += _scene(automaton, state)
        told.append(f"  → {_said(automaton, edge)}")
        state = int(automaton.target[edge])
    return (*told, *_scene(automaton, state))


def _scene_of(automaton: Automaton, state: int) -> Scene:
    return automaton.scenes[int(automaton.scene[state])]


def _said(automaton: Automaton, edge: int) -> str:
    scene = _scene_of(automaton, int(automaton.source[edge]))
    label = int(automaton.label[edge])
    if label != TIMEOUT:
        return scene.choices[label].say.text
    assert scene.timeout is not None  # noqa: S101 -- only a scene with a timeout has such an edge
    return f"(waits {scene.timeout.after:g} s)"


def _step(automaton: Automaton, edge: int) -> str:
    return f"{_scene_of(automaton, int(automaton.source[edge])).id}: {_said(automaton, edge)}"


def _scene(automaton: Automaton, state: int) -> list[str]:
    scene = _scene_of(automaton, state)
    people = automaton.scenario.people
    place = f"ending: {scene.ending}" if scene.ending else scene.on
    told = [f"{scene.id} ({place})"]
    for index in automaton.lines(state):
        line = scene.lines[index]
        who = f"{people[line.speaker].name.text}: " if line.speaker else ""
        flags = f"  [{', '.join(line.flags)}]" if line.flags else ""
        told.append(f"  {who}“{line.say.text}”{flags}")
    return told
