"""``notalone scenario``: check, measure, play and compile scenarios on the command line."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from notalone.kit.catalogue import SOURCE
from notalone.kit.problems import CannotRead, Problem
from notalone.scenario import actions, authoring, queries, terminal
from notalone.scenario import schema as schemas
from notalone.scenario.packages.helping import Help
from notalone.scenario.queries import Checked, Context, Violation

__all__ = ["Context", "Help", "app", "context_for", "help_for"]

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

HelpHook = Callable[[Path, tuple[str, ...]], Help]


def _no_help(path: Path, langs: tuple[str, ...]) -> Help:
    return Help(festival=False, lines={})


help_for: HelpHook = _no_help
"""Gives the helplines to hand out with a scenario file, in languages; the project sets it."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*\Z")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Folder = Annotated[Path, typer.Argument(help="A scenario file or its folder.", metavar="PATH")]


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
                checked.append(queries.check(file, context_for(file), asked, max_states))
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
def graph(
    path: Folder,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write here; by default it is printed.")] = None,
    max_states: Annotated[int, typer.Option(min=1, help="Give up beyond so many states.")] = queries.MAX_STATES,
) -> None:
    """Draw the story as SVG: scenes, choices, and in red the plays that break a rule."""
    with told():
        file = one_scenario(path)
        broken = queries.check(file, context_for(file), max_states=max_states).violations
        drawn = queries.graph(file, broken, max_states)
        if out is not None:
            written(out, drawn)
    if out is None:
        typer.echo(drawn, nl=False)


@app.command("import")
def import_twee(
    story: Annotated[Path, typer.Argument(help="A Twee 3 file.", metavar="FILE")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The new scenario's folder.")],
) -> None:
    """Make a scenario out of a Twee 3 story, as a starting point; what cannot be taken over is told."""
    with told():
        file, problems = authoring.import_twee(story, out)
    for problem in problems:
        typer.echo(str(problem), err=True)
    typer.echo(f"{file}: written. Finish what is marked “to do”; “notalone scenario check {out}” tells the rest.")


@app.command()
def preview(
    path: Folder,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8020,
    lang: Annotated[str, typer.Option(help="The language of the page.")] = SOURCE,
) -> None:
    """Show the story beside its text while you write: played, drawn and proved as you type. Ctrl-C ends it."""
    from notalone.scenario.preview import page

    with told():
        page.serve(one_scenario(path), port, lang, context_for, typer.echo)


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that help while one types."""
    typer.echo(schemas.schema(), nl=False)


@app.command()
def extract(
    paths: Annotated[list[Path], typer.Argument(help="Scenario files, their folders, or folders of scenarios.")],
    lang: Annotated[str, typer.Option(help="Languages of the catalogues: vi,de; else the festival's.")] = "",
) -> None:
    """Bring the catalogues beside scenarios up to date with their texts; translations are kept."""
    with told():
        asked = languages(lang)
        for path in paths:
            for file in queries.find_scenarios(path):
                for catalogue, found in actions.update_catalogues(file, asked or catalogues_of(file)).items():
                    typer.echo(
                        f"{catalogue}: {found.texts} texts, {found.new} new, {found.changed} changed, "
                        f"{found.gone} gone, {found.left} to translate"
                    )


def catalogues_of(file: Path) -> tuple[str, ...]:
    """Return the languages that a scenario's catalogues are kept in: the festival's, or those beside it.

    Raises:
        CannotRead: nobody says which languages.
    """
    context = context_for(file)
    known = context.languages if context is not None else queries.languages_of(file)
    if set(known) <= {SOURCE}:
        raise CannotRead(Problem(str(file), 0, 0, "No language is known here; say which, as in --lang vi,de."))
    return known


@app.command()
def export(
    path: Folder,
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write: .html, or .zip for a platform.")],
    kind: Annotated[str, typer.Option("--format", help="html, scorm12 or cmi5.")] = "html",
    lang: Annotated[str, typer.Option(help="Languages of the package; all that there are by default.")] = "",
    unproved: Annotated[bool, typer.Option("--unproved", help="Hand it out though a rule does not hold.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it exists.")] = False,
) -> None:
    """Hand the story out: one page for a USB stick, or a package for a learning platform.

    What is not proved is not handed out: exit 1 and the violations, unless --unproved says otherwise.
    """
    from notalone.scenario.packages import export as packages

    with told():
        known = packages.kind_of(kind)
        file = one_scenario(path)
        langs = spoken(file, *(languages(lang) or queries.languages_of(file)))
        packages.free(out, known, overwrite=overwrite)
        checked = queries.check(file, context_for(file), langs)
        if checked.violations and not unproved:
            _tell(checked)
            typer.echo(f"{out}: not written. Mend this first, or say --unproved to try it out.", err=True)
            raise typer.Exit(1)
        content = packages.export(file, known, langs, help_for(file, langs), proved=not checked.violations)
        packages.write(out, content)
    typer.echo(f"{out}: written ({known}, {', '.join(langs)}, {len(content) / 1000:,.0f} kB)")


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


def _tell(one: Checked) -> None:
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


if __name__ == "__main__":
    app()
