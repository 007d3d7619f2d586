"""``notalone scenario``: check, measure and play scenarios on the command line."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from notalone.kit.catalogue import SOURCE
from notalone.kit.problems import CannotRead
from notalone.scenario import cli_authoring, queries, terminal
from notalone.scenario.packages.helping import Help
from notalone.scenario.queries import Checked, Context, Violation
from notalone.scenario.shell import Folder, Json, hooks, languages, one_scenario, spoken, tell, told

__all__ = ["Context", "Help", "app", "hooks"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Checks, measures and plays scenarios.",
)


@app.callback()
def scenario() -> None:
    """Check, measure and play scenarios."""


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(help="Scenario files, their folders, or folders of scenarios.")],
    as_json: Json = False,
    lang: Annotated[str, typer.Option(help="Languages the texts must be translated into: vi,en,de.")] = "",
    max_states: Annotated[int, typer.Option(min=1, help="Give up beyond so many states.")] = queries.MAX_STATES,
) -> None:
    """Prove the rules over every path; exit 0 all proved, 1 violated, 2 cannot be read."""
    checked: list[Checked] = []
    unreadable: list[CannotRead] = []
    with told():
        asked = languages(lang)
    for path in paths:
        try:
            files = queries.find_scenarios(path)
        except CannotRead as error:
            unreadable.append(error)
            continue
        for file in files:
            try:
                checked.append(queries.check(file, hooks.context_for(file), asked, max_states))
            except CannotRead as error:
                unreadable.append(error)
    for one_error in unreadable:
        typer.echo(str(one_error), err=True)
    if as_json:
        typer.echo(json.dumps({"files": [_file(one) for one in checked]}, ensure_ascii=False, indent=1))
    else:
        for one in checked:
            tell(one)
    if unreadable:
        raise typer.Exit(2)
    raise typer.Exit(1 if any(one.violations for one in checked) else 0)


@app.command()
def stats(path: Folder, as_json: Json = False) -> None:
    """Print the scenario's states, edges, endings, and shortest and longest play."""
    with told():
        found = queries.stats(one_scenario(path))
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    for name, value in asdict(found).items():
        typer.echo(f"{name.replace('_', ' '):18} {_measure(name, value)}")


def _measure(name: str, value: Any) -> str:  # noqa: ANN401 -- a number, a name, or a table of them
    if isinstance(value, dict):
        rounded = ((kind, f"{found:.0f}" if isinstance(found, float) else found) for kind, found in value.items())
        return ", ".join(f"{kind} {'none' if found is None else found}" for kind, found in rounded)
    return "none" if value is None else str(value)


@app.command()
def score(
    path: Folder,
    lang: Annotated[str, typer.Option(help="Languages of the texts; all that there are by default.")] = "",
) -> None:
    """Print the score: the automaton with its texts as one JSON object."""
    with told():
        file = one_scenario(path)
        wanted = languages(lang) or queries.languages_of(file)
        found = queries.score(file, spoken(file, *wanted))
    typer.echo(json.dumps(found, ensure_ascii=False))


@app.command()
def play(
    path: Folder,
    choices: Annotated[str, typer.Option(help="Plays these choices and stops: 1,2,1 (w: wait).")] = "",
    lang: Annotated[str, typer.Option(help="The language of the texts.")] = SOURCE,
    as_json: Json = False,
) -> None:
    """Play in the terminal; type a choice's number, w to wait for the timeout, q to stop."""
    with told():
        file = one_scenario(path)
        read = queries.read_score(queries.score(file, spoken(file, lang)))
    try:
        terminal.play(read, lang, choices, as_json=as_json)
    except terminal.NotOffered as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error


def _file(one: Checked) -> dict[str, Any]:
    return {
        "path": one.path,
        "id": one.id,
        "states": one.states,
        "edges": one.edges,
        "seconds": round(one.seconds, 6),
        "rules": list(one.rules),
        "not_checked": list(one.not_checked),
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


app.add_typer(cli_authoring.app)
