"""``notalone scenario``: check, measure, play and compile scenarios on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from notalone.kit.problems import CannotRead
from notalone.scenario import queries
from notalone.scenario.queries import Checked, Context, Violation

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Checks, measures and plays scenarios.",
)

Hook = Callable[[Path], Context | None]


def _no_festival(path: Path) -> Context | None:
    return None


context_for: Hook = _no_festival
"""Gives the festival's names for a scenario file, None outside a festival; the project sets it."""


@app.callback()
def scenario() -> None:
    """Check, measure and play scenarios."""


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(help="Scenario files, their folders, or folders of scenarios.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    lang: Annotated[str, typer.Option(help="Languages the texts must be translated into: vi,en,de.")] = "",
    max_states: Annotated[int, typer.Option(min=1, help="Give up beyond so many states.")] = queries.MAX_STATES,
) -> None:
    """Prove the rules over every path; exit 0 all proved, 1 violated, 2 cannot be read."""
    checked: list[Checked] = []
    unreadable: list[CannotRead] = []
    for path in paths:
        try:
            files = queries.find_scenarios(path)
        except CannotRead as error:
            unreadable.append(error)
            continue
        for file in files:
            try:
                checked.append(queries.check(file, context_for(file), languages(lang), max_states))
            except CannotRead as error:
                unreadable.append(error)
    for one_error in unreadable:
        typer.echo(str(one_error), err=True)
    if as_json:
        typer.echo(json.dumps({"files": [_file(one) for one in checked]}, ensure_ascii=False, indent=1))
    else:
        for one in checked:
            _tell(one)
    if unreadable:
        raise typer.Exit(2)
    raise typer.Exit(1 if any(one.violations for one in checked) else 0)


def languages(lang: str) -> tuple[str, ...]:
    """Return the languages of ``vi,en,de``."""
    return tuple(part.strip() for part in lang.split(",") if part.strip())


def _file(one: Checked) -> dict[str, Any]:
    return {
        "path": one.path,
        "id": one.id,
        "states": one.states,
        "edges": one.edges,
        "seconds": round(one.seconds, 6),
        "violations": [_violation(violation) for violation in one.violations],
        "warnings": [_violation(violation) for violation in one.warnings],
    }


def _violation(one: Violation) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "file": one.file,
        "line": one.line,
        "column": one.column,
        "message": one.said,
        "path": list(one.path),
        "story": list(one.story),
    }


def _tell(one: Checked) -> None:
    for kind, found in (("", one.violations), ("warning: ", one.warnings)):
        for violation in found:
            typer.echo(f"{violation.place}: {kind}{violation.rule}: {violation.said}")
            for line in violation.story:
                typer.echo(f"    {line}")
    size = f"{one.states} states, {one.edges} edges, {one.seconds:.2f} s"
    count = len(one.violations)
    verdict = "all proved" if not count else f"{count} violation{'' if count == 1 else 's'}"
    typer.echo(f"{one.path}: {verdict} ({size})")


if __name__ == "__main__":
    app()
