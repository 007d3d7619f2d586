"""The command ``notalone``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import django
import typer
from django.db import DatabaseError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")

from notalone.festival import cli as festival
from notalone.people import cli as people
from notalone.project import environment as settings_source
from notalone.project.supervisor import die_with_parent
from notalone.scenario import cli as scenario
from notalone.show import cli as show

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Runs an online-safety festival: stations, light, sound, wall and staff.",
)
messages = typer.Typer(no_args_is_help=True, help="The house's own catalogues (for developers).")


def _context_for(file: Path) -> scenario.Context | None:
    django.setup()
    from notalone.project.checking import context_for

    return context_for(file)


def _help_for(file: Path, langs: tuple[str, ...]) -> scenario.Help:
    django.setup()
    from notalone.project.handing_out import help_for

    return help_for(file, langs)


scenario.hooks.context_for = _context_for
scenario.hooks.help_for = _help_for
Folder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="The festival's folder; the demo if left out.")]


app.command()(festival.new)
app.command()(festival.moments)
app.add_typer(scenario.app, name="scenario")
app.add_typer(show.app, name="show")
app.add_typer(people.app, name="staff")
app.add_typer(people.audit, name="audit")
app.add_typer(messages, name="messages")


@app.command()
def up(folder: Folder = None) -> None:
    """Start the festival: web, live and show under one supervisor. Ctrl-C ends it."""
    from notalone.project import up as starting

    raise typer.Exit(starting.up(starting.in_folder(folder)))


@app.command()
def check(folder: Folder = None) -> None:
    """Check a festival folder: every file, reference, scenario path, cue and language.

    Exit code 0: all is well; 1: something is wrong; 2: something cannot be read.
    """
    from notalone.project.up import in_folder

    environment = in_folder(folder)
    django.setup()
    from notalone.project import checking

    report = checking.check(environment.festival)
    for problem in report.problems:
        typer.echo(str(problem) if problem.level == "error" else f"{problem} (warning)")
    for line in report.done:
        typer.echo(line)
    raise typer.Exit(report.exit_code)


@app.command()
def web() -> None:
    """Run the web process alone."""
    from notalone.project import web_process

    die_with_parent()
    web_process.main(_safe())


@app.command()
def live() -> None:
    """Run the live process alone."""
    from notalone.project import live_process

    live_process.main(_safe())


def _show() -> None:
    from notalone.project import show_process

    die_with_parent()
    show_process.main(_safe())


show.add_run(_show)


@app.command()
def forget() -> None:
    """Forget what is due: passes, refused words, log-in records, sessions (docs/data-inventory.md)."""
    django.setup()
    from notalone.kit import system
    from notalone.kit.problems import CannotRead
    from notalone.project import retention

    try:
        done = retention.forget(system.now())
    except CannotRead as error:
        _stop(str(error))
    except DatabaseError as error:
        _stop(f"the database cannot be written: {error}")
    typer.echo(", ".join(f"{count} {what}" for what, count in done.items()))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="The file to write, for example festival.tar.gz")]) -> None:
    """Back up what the festival remembers into one file, while it runs."""
    from rich.progress import Progress

    from notalone.project import backup as saving

    with Progress(transient=True) as bar:
        task = bar.add_task("Copying", total=None)
        try:
            saving.backup(
                settings_source.read(), file, lambda done, total: bar.update(task, completed=done, total=total)
            )
        except saving.BackupError as error:
            _stop(str(error))
    typer.echo(f"{file} is written.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="A file that `notalone backup` wrote")]) -> None:
    """Restore a backup into a state folder that is still empty."""
    from notalone.project import backup as saving

    try:
        made = saving.restore(settings_source.read(), file)
    except saving.BackupError as error:
        _stop(str(error))
    typer.echo(f"Restored what was saved at {made}.")


@messages.command("extract")
def messages_extract(rooms: Annotated[list[str] | None, typer.Argument()] = None) -> None:
    """Bring the catalogues of all rooms, or of those named, up to date with their sources."""
    from notalone.project import messages as house

    for room in sorted(house.HOUSE.iterdir()):
        if (room / "apps.py").exists() and (not rooms or room.name in rooms):
            house.extract(room)


@messages.command("compile")
def messages_compile() -> None:
    """Compile every catalogue that changed."""
    from notalone.project import messages as house

    typer.echo(f"{house.compile_all()} compiled")


@messages.command("check")
def messages_check() -> None:
    """Name every text that is missing, fuzzy or has other placeholders; exit 1 where there is one."""
    from notalone.project import messages as house

    found = [line for path in house.catalogues() for line in house.problems(path)]
    for line in found:
        typer.echo(line)
    if found:
        raise typer.Exit(1)


def _safe() -> settings_source.Environment:
    found = settings_source.read()
    settings_source.check(found)
    if not found.production:
        settings_source.keep_secret(found.state)
    return settings_source.read()


def _stop(why: str) -> NoReturn:
    typer.echo(f"notalone: {why}", err=True)
    raise typer.Exit(2)


def main() -> None:
    """Run the command; a setting that cannot be used is one sentence and exit code 2."""
    try:
        app()
    except settings_source.UnsafeError as error:
        sys.stderr.write(f"notalone: {error}\n")
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
