"""``notalone staff …`` and ``notalone audit …``."""

from __future__ import annotations

import os
from typing import Annotated, NoReturn

import typer

app = typer.Typer(no_args_is_help=True, help="Staff accounts.")
audit = typer.Typer(no_args_is_help=True, help="The audit log.")


def _ready() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
    django.setup()


def _refuse(said: str) -> NoReturn:
    typer.echo(said, err=True)
    raise typer.Exit(2)


@app.command("add")
def staff_add(
    name: Annotated[str, typer.Argument(help="The name to log in with.")],
    role: Annotated[list[str], typer.Option(help="guide, technician, moderator or admin; may be repeated.")],
    ask: Annotated[bool, typer.Option("--ask", help="Ask for a password instead of making one.")] = False,
) -> None:
    """Add a member of staff; the made password is shown once."""
    _ready()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from notalone.people import actions
    from notalone.people.models import Person

    password = None
    if ask:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        try:
            validate_password(password, Person(username=name))
        except ValidationError as error:
            _refuse(" ".join(error.messages))
    try:
        person, secret = actions.add_person(None, name, role, password)
    except actions.RefusedError as error:
        _refuse(str(error))
    typer.echo(f"{person.username} may log in now.")
    if not ask:
        typer.echo(f"Password, shown only this once: {secret}")


@app.command("list")
def staff_list() -> None:
    """List the staff accounts."""
    _ready()
    from notalone.people import queries

    for account in queries.accounts():
        state = "" if account.active else "   cannot log in"
        typer.echo(f"{account.username:<24} {', '.join(account.roles) or 'no role'}{state}")


@app.command("password")
def staff_password(name: Annotated[str, typer.Argument(help="Whose password.")]) -> None:
    """Replace a forgotten password by a made one, shown once."""
    _ready()
    from notalone.kit.names import nearest
    from notalone.people import actions, queries

    known = {account.username: account.id for account in queries.accounts()}
    if name not in known:
        near = nearest(name, known)
        _refuse(f"There is nobody named “{name}”." + (f" Did you mean “{near}”?" if near else ""))
    typer.echo(f"Password, shown only this once: {actions.new_password(None, known[name])}")


@audit.callback()
def _one_command_of_more() -> None:
    """The audit log."""


@audit.command("verify")
def audit_verify() -> None:
    """Check the audit log's chain; exit 1 where it is broken."""
    _ready()
    from notalone.people import queries

    broken = queries.verify_audit()
    if broken is not None:
        typer.echo(f"The audit log was changed from outside: its chain breaks at row {broken}.", err=True)
        raise typer.Exit(1)
    typer.echo("The audit log holds: no row was changed, added or removed.")
