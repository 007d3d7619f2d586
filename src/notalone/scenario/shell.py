"""What the commands of ``notalone scenario`` share: the hooks that the project sets, and how they find and tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from notalone.kit.problems import CannotRead, Problem
from notalone.scenario import queries
from notalone.scenario.packages.helping import Help
from notalone.scenario.queries import Checked, Context

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Folder = Annotated[Path, typer.Argument(help="A scenario file or its folder.", metavar="PATH")]


def _no_festival(path: Path) -> Context | None:
    return None


def _no_help(path: Path, langs: tuple[str, ...]) -> Help:
    return Help(festival=False, lines={})


@dataclass
class Hooks:
    """What only the project knows, which it sets.

    ``context_for`` gives the festival's names for a scenario file, None outside a festival; ``help_for`` gives the
    helplines to hand out with it, in languages.
    """

    context_for: Callable[[Path], Context | None] = _no_festival
    help_for: Callable[[Path, tuple[str, ...]], Help] = _no_help


hooks = Hooks()


def one_scenario(path: Path) -> Path:
    """Return the one scenario file of a path.

    Raises:
        CannotRead: there is none, or there are several.
    """
    files = queries.find_scenarios(path)
    if len(files) > 1:
        names = ", ".join(file.parent.name if file.name == queries.FILE else file.name for file in files)
        raise CannotRead(Problem(str(path), 0, 0, f"There are several scenarios here; say which: {names}."))
    return files[0]


def spoken(file: Path, *langs: str) -> tuple[str, ...]:
    """Return languages that a scenario has.

    Raises:
        CannotRead: one of them has no catalogue beside the scenario.
    """
    known = queries.languages_of(file)
    for lang in langs:
        if lang not in known:
            said = f"There is no language “{lang}” here. Known: {', '.join(known)}."
            raise CannotRead(Problem(str(file), 0, 0, said))
    return langs


def written(out: Path, text: str) -> None:
    """Write a text file.

    Raises:
        CannotRead: it cannot be written there.
    """
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CannotRead(Problem(str(out), 0, 0, f"This cannot be written: {error.strerror}.")) from error


@contextmanager
def told() -> Iterator[None]:
    """Tell what cannot be read and exit with 2."""
    try:
        yield
    except CannotRead as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error


def languages(lang: str) -> tuple[str, ...]:
    """Return the languages of ``vi,en,de``.

    Raises:
        CannotRead: a word is no language's code.
    """
    found = tuple(part.strip() for part in lang.split(",") if part.strip())
    for part in found:
        if not _LANGUAGE.match(part):
            said = f"“{part}” is not a language; give codes of two or three letters, as in vi,en,de."
            raise CannotRead(Problem("--lang", 0, 0, said))
    return found


def tell(one: Checked) -> None:
    """Tell what was found in a scenario, and the verdict."""
    for kind, found in (("", one.violations), ("warning: ", one.warnings)):
        for violation in found:
            typer.echo(f"{violation.place}: {kind}{violation.rule}: {violation.said}")
            for line in violation.story:
                typer.echo(f"    {line}")
    size = f"{one.states} states, {one.edges} edges, {one.seconds:.2f} s"
    if one.not_checked:
        size += f"; not checked: {', '.join(one.not_checked)}"
    count = len(one.violations)
    verdict = f"all proved: {', '.join(one.rules)}" if not count else f"{count} violation{'' if count == 1 else 's'}"
    typer.echo(f"{one.path}: {verdict} ({size})")
