"""``notalone scenario``: the commands of those who write, translate and hand out scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from notalone.kit.catalogue import SOURCE
from notalone.kit.problems import CannotRead, Problem
from notalone.scenario import actions, authoring, queries
from notalone.scenario import schema as schemas
from notalone.scenario.shell import Folder, hooks, languages, one_scenario, spoken, tell, told, written

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.command()
def graph(
    path: Folder,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write here; by default it is printed.")] = None,
    max_states: Annotated[int, typer.Option(min=1, help="Give up beyond so many states.")] = queries.MAX_STATES,
) -> None:
    """Draw the story as SVG: scenes, choices, and in red the plays that break a rule."""
    with told():
        file = one_scenario(path)
        broken = queries.check(file, hooks.context_for(file), max_states=max_states).violations
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
        page.serve(one_scenario(path), port, lang, hooks.context_for, typer.echo)


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
    context = hooks.context_for(file)
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
        checked = queries.check(file, hooks.context_for(file), langs)
        if checked.violations and not unproved:
            tell(checked)
            typer.echo(f"{out}: not written. Mend this first, or say --unproved to try it out.", err=True)
            raise typer.Exit(1)
        content = packages.export(file, known, langs, hooks.help_for(file, langs), proved=not checked.violations)
        packages.write(out, content)
    typer.echo(f"{out}: written ({known}, {', '.join(langs)}, {len(content) / 1000:,.0f} kB)")
