"""The door for reading scenarios: found, checked, measured, and made into scores."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from notalone.kit import yamltree
from notalone.kit.problems import CannotRead, Problem
from notalone.scenario.core.check import judge
from notalone.scenario.core.compile import MAX_STATES, TooManyStates
from notalone.scenario.core.load import load
from notalone.scenario.core.model import Context, Scenario
from notalone.scenario.core.rules.rule import Violation

FILE = "scenario.yaml"

__all__ = ["MAX_STATES", "Checked", "Context", "Violation", "check", "find_scenarios", "load_scenario"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A scenario's verdict; ``seconds`` is how long it took to read, compile and prove."""

    path: str
    id: str
    states: int
    edges: int
    seconds: float
    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]


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
    found = sorted({*path.glob(f"*/{FILE}"), *path.glob("*.yaml")})
    if not found:
        raise CannotRead(Problem(str(path), 0, 0, f"There is no scenario here: no “{FILE}”, and no folder with one."))
    return tuple(found)


def check(
    path: Path, context: Context | None = None, langs: tuple[str, ...] = (), max_states: int = MAX_STATES
) -> Checked:
    """Read, compile and prove one scenario file.

    Raises:
        CannotRead: the file is no YAML, or the scenario has more than ``max_states`` states.
    """
    began = time.perf_counter()
    root = yamltree.read(path)
    try:
        verdict = judge(root, context, langs, max_states)
    except TooManyStates as error:
        raise CannotRead(Problem(str(path), 0, 0, str(error))) from error
    seconds = time.perf_counter() - began
    return Checked(str(path), verdict.id, verdict.states, verdict.edges, seconds, verdict.violations, verdict.warnings)


def load_scenario(path: Path) -> Scenario:
    """Return the frozen scenario of a file.

    Raises:
        CannotRead: the file is no YAML or not well formed; carries every problem.
    """
    scenario, problems = load(yamltree.read(path))
    if scenario is None:
        raise CannotRead(*problems)
    return scenario
