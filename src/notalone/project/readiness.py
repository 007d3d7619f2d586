"""Everything that must hold before the festival starts, told in one sentence where it does not."""

from __future__ import annotations

import fcntl
import os
import socket
import tempfile
from pathlib import Path
from typing import IO

from notalone.project.environment import Environment


class NotReadyError(Exception):
    """The festival cannot start; the message says what is wrong and how to mend it."""


def writable_state(state: Path) -> None:
    """Make the state folder and see that it can be written.

    Raises:
        NotReadyError: it cannot be made or written.
    """
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=state):
            pass
    except OSError as error:
        raise NotReadyError(
            f"The folder {state} cannot be written ({error.strerror}). Give yourself the right to write there, "
            "or keep the festival's memory elsewhere: NOTALONE_STATE=/a/folder/of/yours."
        ) from error


def hold_alone(state: Path) -> IO[str]:
    """Take the state folder for this supervisor alone; held until the returned file is closed.

    Raises:
        NotReadyError: another supervisor holds it.
    """
    lock = (state / "up.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        other = lock.read().strip() or "unknown"
        lock.close()
        raise NotReadyError(
            f"This festival is already running (process {other} holds {state}). Stop it first, or run a second "
            "one with its own NOTALONE_STATE and PORT."
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    os.set_inheritable(lock.fileno(), False)
    return lock


def _taken(host: str, port: int, kind: socket.SocketKind) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def free_ports(environment: Environment) -> None:
    """See that the ports of web and live are free.

    Raises:
        NotReadyError: one is in use; names a pair that is free.
    """
    host = environment.host
    wanted = {"web": environment.port, "live": environment.live_port}
    for process, port in wanted.items():
        if _taken(host, port, socket.SOCK_STREAM):
            other = next(
                (p for p in range(environment.port + 10, 65000, 10) if not _pair_taken(host, p)),
                environment.port,
            )
            raise NotReadyError(
                f"Port {port}, wanted for {process}, is in use by another program. Try PORT={other} instead."
            )


def _pair_taken(host: str, port: int) -> bool:
    return _taken(host, port, socket.SOCK_STREAM) or _taken(host, port + 1, socket.SOCK_STREAM)


def known_database() -> None:
    """See that the database was not written by a newer version; needs Django to be set up.

    Raises:
        NotReadyError: the database cannot be opened, or holds migrations that this version does not know.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.loader import MigrationLoader

    try:
        loader = MigrationLoader(connection)
    except DatabaseError as error:
        raise NotReadyError(f"The database cannot be opened: {error}.") from error
    rooms = {app for app, _ in loader.disk_migrations}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in rooms and (app, name) not in loader.disk_migrations and (app, name) not in _replaced(loader)
    )
    if unknown:
        raise NotReadyError(
            f"The database comes from a newer version of Not Alone (it knows {unknown[0]}, this version does not). "
            "Start the newer version, or use another NOTALONE_STATE; nothing was changed."
        )


def _replaced(loader: object) -> set[tuple[str, str]]:
    replacements = getattr(loader, "replacements", {})
    return {old for migration in replacements.values() for old in migration.replaces}
