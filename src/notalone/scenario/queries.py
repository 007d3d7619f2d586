"""The door for reading scenarios: found, checked, measured, and made into scores."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from notalone.kit import yamltree
from notalone.kit.catalogue import SOURCE, read_folder
from notalone.kit.problems import CannotRead, Problem
from notalone.kit.yamltree import Node
from notalone.scenario.core import judging as messages
from notalone.scenario.core import score as scores
from notalone.scenario.core import stats as measures
from notalone.scenario.core import times
from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.beside import Beside
from notalone.scenario.core.check import judge
from notalone.scenario.core.compile import MAX_STATES, TooManyStates, compile_scenario
from notalone.scenario.core.judging import Item, Judging
from notalone.scenario.core.load import load
from notalone.scenario.core.model import Context, Flash, Helpline, Light, Scenario
from notalone.scenario.core.picture import svg
from notalone.scenario.core.rules.rule import Violation
from notalone.scenario.core.step import Score, ScoreError, read_score
from notalone.scenario.phrases import phrases

FILE = "scenario.yaml"

__all__ = [
    "MAX_STATES",
    "Checked",
    "Context",
    "Flash",
    "Helpline",
    "Item",
    "Judging",
    "Light",
    "Score",
    "ScoreError",
    "Stats",
    "Violation",
    "beside",
    "check",
    "find_scenarios",
    "graph",
    "judging",
    "languages_of",
    "load_scenario",
    "phrases",
    "read_score",
    "score",
    "stats",
]


@dataclass(frozen=True, slots=True)
class Checked:
    """A scenario's verdict by ``rules``; ``seconds`` is how long it took to read, compile and prove.

    ``not_checked`` are the rules that nothing is known for, such as those that need a festival.
    """

    path: str
    id: str
    states: int
    edges: int
    seconds: float
    rules: tuple[str, ...]
    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    not_checked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stats:
    """A scenario's measures: its automaton's states and edges, the file's scenes and choices.

    ``endings`` counts the ending scenes that can be reached; the shortest and the longest play count choices,
    timeouts unused and loops contracted, and are None where no ending can be reached by choices. The seconds are those
    of rule S11, timeouts used, in English and each language with a catalogue.
    """

    id: str
    states: int
    edges: int
    scenes: int
    choices: int
    endings: dict[str, int]
    shortest_choices: int | None
    longest_choices: int | None
    shortest_seconds: dict[str, float | None]
    longest_seconds: dict[str, float]


def find_scenarios(path: Path) -> tuple[Path, ...]:
    """Return the scenario files of a scenario file, a scenario's folder, or a folder of scenarios.

    Raises:
        CannotRead: there is nothing there, or no scenario in it.
    """
    if path.is_file():
        return (path,)
    if not path.is_dir():
        raise CannotRead(Problem(str(path), 0, 0, "There is no such file or folder."))
    if (path / FILE).is_file():
        return (path / FILE,)
    if (path / "scenarios").is_dir():
        return find_scenarios(path / "scenarios")
    found = sorted({*path.glob(f"*/{FILE}"), *path.glob("*.yaml")} - {path / messages.FILE})
    if not found:
        raise CannotRead(Problem(str(path), 0, 0, f"There is no scenario here: no “{FILE}”, and no folder with one."))
    return tuple(found)


def check(
    path: Path,
    context: Context | None = None,
    langs: tuple[str, ...] = (),
    max_states: int = MAX_STATES,
    text: str | None = None,
) -> Checked:
    """Read, compile and prove one scenario file, or a draft of it, given as ``text``.

    Raises:
        CannotRead: the file or one beside it cannot be read, or the scenario has more than ``max_states`` states.
    """
    began = time.perf_counter()
    root = _tree(path, text)
    try:
        verdict = judge(root, context, langs, max_states, beside(path))
    except TooManyStates as error:
        raise CannotRead(Problem(str(path), 0, 0, str(error))) from error
    seconds = time.perf_counter() - began
    return Checked(
        path=str(path),
        id=verdict.id,
        states=verdict.states,
        edges=verdict.edges,
        seconds=seconds,
        rules=verdict.rules,
        violations=verdict.violations,
        warnings=verdict.warnings,
        not_checked=verdict.not_checked,
    )


def beside(path: Path) -> Beside:
    """Return what lies beside a scenario file: every catalogue, and the messages to judge.

    Raises:
        CannotRead: a catalogue is none, or ``judging.yaml`` is no YAML.
    """
    found, problems = _judging(path.parent)
    return Beside(read_folder(path.parent, languages_of(path)), found, problems)


def judging(path: Path) -> Judging | None:
    """Return the messages to judge beside a scenario file, None where there are none.

    Raises:
        CannotRead: ``judging.yaml`` cannot be read or is not well formed; carries every problem.
    """
    found, problems = _judging(path.parent)
    if problems:
        raise CannotRead(*problems)
    return found


def _judging(folder: Path) -> tuple[Judging | None, tuple[Problem, ...]]:
    file = folder / messages.FILE
    return messages.load(yamltree.read(file)) if file.is_file() else (None, ())


def _tree(path: Path, text: str | None) -> Node:
    return yamltree.read(path) if text is None else yamltree.parse(text, str(path))


def load_scenario(path: Path, text: str | None = None) -> Scenario:
    """Return the frozen scenario of a file, or of a draft of it.

    Raises:
        CannotRead: the file is no YAML or not well formed; carries every problem.
    """
    scenario, problems = load(_tree(path, text))
    if scenario is None:
        raise CannotRead(*problems)
    return scenario


def languages_of(path: Path) -> tuple[str, ...]:
    """Return English and the languages with a catalogue beside a scenario file."""
    return (SOURCE, *sorted(found.stem for found in path.parent.glob("*.po") if found.stem != SOURCE))


def score(path: Path, langs: Sequence[str] | None = None, text: str | None = None) -> dict[str, Any]:
    """Return the score of a scenario file in languages (all that it has, where none are given).

    Raises:
        CannotRead: the file or a catalogue cannot be read, is not well formed, or has too many states.
    """
    wanted = tuple(dict.fromkeys(languages_of(path) if langs is None else langs))
    automaton = _automaton(path, MAX_STATES, text)
    return scores.build(automaton, read_folder(path.parent, wanted), wanted)


def stats(path: Path, max_states: int = MAX_STATES) -> Stats:
    """Return the measures of a scenario file.

    Raises:
        CannotRead: the file cannot be read, is not well formed, or has more than ``max_states`` states.
    """
    automaton = _automaton(path, max_states)
    scenes = automaton.scenario.scenes
    wanted = languages_of(path)
    catalogues = read_folder(path.parent, wanted)
    spent = {lang: times.seconds(automaton, catalogues, lang) for lang in wanted}
    quick = {lang: times.quickest(automaton, cost) for lang, cost in spent.items()}
    return Stats(
        id=automaton.scenario.id,
        states=automaton.states,
        edges=automaton.edges,
        scenes=len(scenes),
        choices=sum(len(scene.choices) for scene in scenes.values()),
        endings=measures.endings(automaton),
        shortest_choices=measures.shortest(automaton),
        longest_choices=measures.longest(automaton),
        shortest_seconds={lang: None if found is None else found[0] for lang, found in quick.items()},
        longest_seconds={lang: times.longest(automaton, cost).seconds for lang, cost in spent.items()},
    )


def graph(path: Path, broken: Sequence[Violation], max_states: int = MAX_STATES, text: str | None = None) -> str:
    """Return the story of a scenario file as an SVG picture; the plays of the rules that are broken are red.

    Raises:
        CannotRead: the file cannot be read, is not well formed, or has more than ``max_states`` states.
    """
    return svg.draw(_automaton(path, max_states, text), broken)


def _automaton(path: Path, max_states: int, text: str | None = None) -> Automaton:
    scenario = load_scenario(path, text)
    try:
        return compile_scenario(scenario, max_states)
    except TooManyStates as error:
        raise CannotRead(Problem(str(path), 0, 0, str(error))) from error
