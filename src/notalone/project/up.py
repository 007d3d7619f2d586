"""``notalone up``: prepare the festival's memory, start its processes, say where to look."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from notalone.kit.problems import CannotRead
from notalone.project import environment as settings_source
from notalone.project import readiness
from notalone.project.environment import Environment
from notalone.project.supervisor import Supervisor, die_with_parent

COLOURS = {"web": "cyan", "live": "magenta", "show": "yellow", "up": "bold green"}
READY_WITHIN = 60.0


def prepare(environment: Environment) -> list[tuple[str, str, str]]:
    """Bring database, catalogues and static files up to date.

    Returns:
        The demo accounts that were made, as (name, password, role); empty where there were accounts.

    Raises:
        NotReadyError: something that must hold does not.
    """
    import django
    from django.conf import settings
    from django.core.management import call_command

    from notalone.project.messages import compile_all

    compile_all()
    django.setup()
    readiness.known_database()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
    if settings.ENV_PRODUCTION:
        return []
    from notalone.people.actions import ensure_demo_staff

    return [(account.name, account.password, account.role) for account in ensure_demo_staff()]


def printer() -> Callable[[str, str], None]:
    """Return a function that prints a process's line under its name."""
    console = Console(highlight=False, soft_wrap=True)

    def say(name: str, line: str) -> None:
        console.print(Text(f"{name:>5} │ ", style=COLOURS.get(name, "white")) + Text(line))

    return say


def addresses(environment: Environment) -> list[str]:
    """Return the host names under which the festival is reached, this machine's first."""
    found = ["localhost"]
    if environment.production:
        return [host.lstrip(".") for host in environment.hosts]
    if environment.host in {"0.0.0.0", "::"}:  # noqa: S104 -- asked, not bound
        try:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                probe.connect(("192.0.2.1", 9))  # documentation address: no packet is sent
                found.append(probe.getsockname()[0])
        except OSError:
            pass
    elif environment.host not in {"127.0.0.1", "::1", "localhost"}:
        found = [environment.host]
    return found


def public_url(environment: Environment) -> str:
    """Return how visitors' phones reach the festival, where nobody said it."""
    if environment.production:
        return f"https://{environment.hosts[0].lstrip('.')}"
    return f"http://{addresses(environment)[-1]}:{environment.port}"


def _where_to_look(environment: Environment, accounts: list[tuple[str, str, str]]) -> list[str]:
    from notalone.festival import queries

    festival = queries.festival()
    lang = festival.languages[0]
    here, *network = addresses(environment)
    base = f"http://{here}:{environment.port}"
    lines = ["", f"{festival.name} is running.", f"  The festival   {base}/{lang}/"]
    lines += [
        f"  Station        {base}/{station.language}/station/{station.id}/   {station.name}"
        for station in festival.stations.values()
    ]
    lines += [
        f"  Wall of light  {base}/{lang}/wall/",
        f"  Stage          {base}/{lang}/show/",
        f"  Staff          {base}/{lang}/staff/",
    ]
    lines += [f"  On the network http://{host}:{environment.port}/" for host in network]
    if accounts:
        lines += ["", "Staff accounts, made now and shown only this once (`notalone staff` makes others):"]
        lines += [f"  {name:<12} {password}   {role}" for name, password, role in accounts]
    return [*lines, "", "Ctrl-C ends it.", ""]


def healthy(environment: Environment) -> dict[str, str]:
    """Return what ``/healthz`` says, or that web is down."""
    host = "127.0.0.1" if environment.host in {"0.0.0.0", "::"} else environment.host  # noqa: S104
    request = urllib.request.Request(f"http://{host}:{environment.port}/healthz")
    if environment.hosts and environment.hosts[0] != "*":
        request.add_header("Host", environment.hosts[0].lstrip("."))
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310 -- our own address
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        try:
            return dict(json.load(error))
        except ValueError:
            return {"web": f"error {error.code}"}
    except (OSError, ValueError):
        return {"web": "down"}


def _announce(environment: Environment, lines: list[str], say: Callable[[str, str], None]) -> None:
    until = time.monotonic() + READY_WITHIN
    state: dict[str, str] = {}
    while time.monotonic() < until:
        state = healthy(environment)
        if state and all(value == "ok" for value in state.values()):
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
            return
        time.sleep(0.1)
    down = ", ".join(sorted(name for name, value in state.items() if value != "ok")) or "web"
    say("up", f"after {READY_WITHIN:.0f} s this is still not up: {down}; see the lines above")


def up(environment: Environment) -> int:
    """Run the festival until told to stop; returns the exit code."""
    die_with_parent()
    try:
        settings_source.check(environment)
        readiness.writable_state(environment.state)
        if not environment.production:
            settings_source.keep_secret(environment.state)
        lock = readiness.hold_alone(environment.state)
        readiness.free_ports(environment)
        accounts = prepare(environment)
        lines = _where_to_look(environment, accounts)
    except (readiness.NotReadyError, settings_source.UnsafeError) as error:
        sys.stderr.write(f"notalone: {error}\n")
        return 2
    except CannotRead as error:
        sys.stderr.write(f"{error}\nnotalone: the festival cannot be read; `notalone check` tells more.\n")
        return 2
    os.environ.setdefault("NOTALONE_URL", public_url(environment))
    say = printer()
    notalone = [sys.executable, "-m", "notalone.project.command"]
    supervisor = Supervisor(
        {"live": [*notalone, "live"], "web": [*notalone, "web"], "show": [*notalone, "show", "run"]},
        say,
        hourly=[*notalone, "forget"],
    )
    threading.Thread(target=_announce, args=(environment, lines, say), daemon=True).start()
    asyncio.run(supervisor.run())
    say("up", "ended")
    lock.close()
    return 0


def in_folder(folder: Path | None) -> Environment:
    """Return the environment for a festival folder and hand it on to child processes."""
    if folder:
        os.environ["NOTALONE_FESTIVAL"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
    return settings_source.read()
