"""``notalone check``: the whole festival folder, each room asked for its part."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from notalone.festival import queries as festivals
from notalone.festival.queries import Festival
from notalone.kit import system, yamltree
from notalone.kit.problems import CannotRead, Level, Problem
from notalone.project import trials
from notalone.scenario import queries as scenarios
from notalone.scenario.queries import Context
from notalone.show import queries as shows
from notalone.show.queries import Light

SCENE_CUE = "scene"  # in `cues`, the word for the scene's own cue


@dataclass(slots=True)
class Report:
    """What was found in a folder; ``unreadable`` says that some file could not be read at all."""

    problems: list[Problem] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    unreadable: bool = False

    @property
    def exit_code(self) -> int:
        """Return 0 where all is well, 1 where something is wrong, 2 where something cannot be read."""
        if self.unreadable:
            return 2
        return 1 if any(problem.level is Level.ERROR for problem in self.problems) else 0

    def cannot_read(self, error: CannotRead) -> None:
        """Note a file that cannot be read."""
        self.problems += error.problems
        self.unreadable = True


def check(folder: Path) -> Report:
    """Check every file, reference, path, cue and language of a festival folder."""
    report = Report()
    try:
        yamltree.read(folder / shows.FESTIVAL)
        festival, problems = festivals.load(folder)
    except CannotRead as error:
        report.cannot_read(error)
        return report
    # a text that is not translated is a warning while one writes, and an error for a festival that goes on stage
    report.problems += [Problem(p.file, p.line, p.column, p.message, p.near) for p in problems]
    if festival is None:
        return report
    report.done.append(
        f"{folder}: {len(festival.places)} places, {len(festival.stations)} stations, "
        f"{len(festival.helplines)} helplines, in {', '.join(festival.languages)}"
    )
    light = _light(folder, festival, report)
    _scenarios(folder, _context(festival, light), report)
    return report


def _context(festival: Festival, light: Light | None) -> Context:
    today = system.now().as_datetime().astimezone(festival.zone).date()
    if light is None:
        return festivals.scenario_context(festival, today=today)
    return festivals.scenario_context(festival, light.cues, today, trials.answers(festival, light))


def _light(folder: Path, festival: Festival, report: Report) -> Light | None:
    try:
        light = shows.light(folder)
    except CannotRead as error:
        report.cannot_read(error)
        return None
    report.problems += shows.problems(light, places=festival.places, cues=_wanted(festival))
    report.done.append(
        f"{folder}: {len(light.patch.fixtures)} fixtures in {len(light.patch.universes)} universes, "
        f"{len(light.cues)} cues"
    )
    return light


def festival_of(scenario: Path) -> Path | None:
    """Return the festival folder around a scenario file, None where there is none."""
    return next((up for up in scenario.resolve().parents if (up / "festival.yaml").is_file()), None)


def context_for(scenario: Path) -> Context | None:
    """Return the names that a scenario file's festival knows; None outside a festival folder.

    Raises:
        CannotRead: the festival around it cannot be read.
    """
    folder = festival_of(scenario)
    if folder is None:
        return None
    festival, problems = festivals.load(folder)
    if festival is None:
        raise CannotRead(*problems)
    return _context(festival, shows.light(folder))


def _wanted(festival: Festival) -> dict[str, str]:
    return {f"cues.{kind}": cue for kind, cue in festival.cues.items() if cue != SCENE_CUE}


def _scenarios(folder: Path, context: Context, report: Report) -> None:
    try:
        files = scenarios.find_scenarios(folder / "scenarios")
    except CannotRead as error:
        report.cannot_read(error)
        return
    for file in files:
        try:
            checked = scenarios.check(file, context)
        except CannotRead as error:
            report.cannot_read(error)
            continue
        for level, found in ((Level.ERROR, checked.violations), (Level.WARNING, checked.warnings)):
            report.problems += [
                Problem(one.file, one.line, one.column, f"{one.rule}: {one.message}", one.near, level) for one in found
            ]
        if not checked.violations:
            report.done.append(f"{file}: all proved ({checked.states} states, {checked.edges} edges)")
