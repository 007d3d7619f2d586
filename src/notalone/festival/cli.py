"""The room's commands: a new folder, the log of moments."""

from __future__ import annotations

import json
import os
import shutil
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import django
import typer
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError, OperationalError

from notalone.kit.moments import Json, Moment, to_json

TEMPLATE = Path(__file__).parent / "template"
FIRST_DAY, SECOND_DAY = "2026-01-01", "2026-01-02"
_PAGE = 500
_POLL_SECONDS = 0.5
_HEAD = ("v", "type", "id", "at", "where", "pass")


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make; it may exist if empty.")],
) -> None:
    """Make a new festival folder that runs at once; its days are tomorrow and the day after."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            _stop(f"{folder} is not an empty folder: choose another one.")
        _copy(folder, date.today())  # noqa: DTZ011 -- the day on the organiser's own calendar is meant
    except OSError as error:
        _stop(f"{folder} cannot be written: {error.strerror}.")
    typer.echo(f"{folder} is ready. See it run: notalone up {folder}")


def _copy(folder: Path, today: date) -> None:
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    file = folder / "festival.yaml"
    text = file.read_text(encoding="utf-8")
    for shipped, days in ((FIRST_DAY, 1), (SECOND_DAY, 2)):
        text = text.replace(shipped, (today + timedelta(days=days)).isoformat())
    file.write_text(text, encoding="utf-8")
    (folder / ".gitignore").write_text(".notalone/\n", encoding="utf-8")


def moments(
    follow: Annotated[bool, typer.Option("--follow", help="Go on and print what comes.")] = False,
    after: Annotated[int, typer.Option("--after", min=0, help="Begin after this number.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Print the log of moments, one a line, oldest first; each line begins with its number.

    With --follow it goes on until Ctrl-C, also while the other processes, or the database, restart.
    """
    _setup()
    from notalone.festival import queries

    waiting = False
    try:
        while True:
            try:
                found = queries.moments_after(after, _PAGE)
                waiting = False
            except (OperationalError, InterfaceError, DatabaseError) as error:
                if not follow:
                    _stop(f"The database cannot be read: {error}")
                if not waiting:
                    typer.echo("Waiting for the database …", err=True)
                waiting, found = True, []
                connection.close()
            for seq, moment in found:
                typer.echo(line(seq, moment, as_json))
                after = seq
            if len(found) < _PAGE:
                if not follow:
                    return
                time.sleep(_POLL_SECONDS)
    except KeyboardInterrupt:
        return


def line(seq: int, moment: Moment, as_json: bool) -> str:
    """Return a moment as a line: number, time, type, place and its own fields; the pass only as JSON."""
    told = to_json(moment)
    if as_json:
        return json.dumps({"seq": seq, "moment": told}, ensure_ascii=False)
    own = " ".join(f"{key}={_short(value)}" for key, value in told.items() if key not in _HEAD)
    return f"{seq}  {moment.at}  {moment.type:<17}  {moment.where}  {own}".rstrip()


def _short(value: Json) -> str:
    plain = not isinstance(value, str) or value.replace("-", "").isalnum()
    return str(value) if plain else json.dumps(value, ensure_ascii=False)


def _setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
    django.setup()


def _stop(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(2)
