"""The command ``notalone``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Runs an online-safety festival.",
)
messages = typer.Typer(no_args_is_help=True, help="The house's own catalogues (for developers).")
app.add_typer(messages, name="messages")


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


def main() -> None:
    """Run the command."""
    try:
        app()
    except BrokenPipeError:
        sys.exit(0)
