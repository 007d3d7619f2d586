"""``notalone backup`` and ``notalone restore``: what the festival remembers, as one file.

The archive is a gzipped tar of ``about.json``, ``secret`` and the database: ``festival.sqlite3``, copied by SQLite's
online backup while the festival runs, or ``festival.pgdump``, PostgreSQL's custom format.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from notalone.kit.system import now
from notalone.project.environment import Environment

FORMAT = "notalone/backup-1"
SQLITE, POSTGRES = "festival.sqlite3", "festival.pgdump"
SHORTEST_SECRET = 32
MEMBERS = {"about.json", "secret", SQLITE, POSTGRES}


class BackupError(Exception):
    """A backup cannot be made or restored; the message says why and what to do."""


def _copy_sqlite(source: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    if not source.exists():
        raise BackupError(f"There is no database at {source} yet: start the festival once.")
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy, pages=256, progress=lambda _status, left, total: progress(total - left, total))
        copy.execute("PRAGMA journal_mode=DELETE")


def _run_postgres(command: list[str]) -> None:
    if shutil.which(command[0]) is None:
        raise BackupError(f"{command[0]} is not installed: apt-get install postgresql-client.")
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        said = ran.stderr.strip().splitlines()
        raise BackupError(f"{command[0]} failed: {said[-1] if said else ran.returncode}.")


def backup(environment: Environment, target: Path, progress: Callable[[int, int], None]) -> None:
    """Write a backup to ``target``, all or nothing; the festival may run meanwhile.

    Raises:
        BackupError: there is nothing to back up, or it cannot be written.
    """
    if target.exists():
        raise BackupError(f"{target} exists already: choose another name.")
    try:
        with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".backup-") as folder:
            place = Path(folder)
            if environment.database:
                _run_postgres(["pg_dump", "-Fc", "-f", str(place / POSTGRES), environment.database])
            else:
                _copy_sqlite(environment.state / SQLITE, place / SQLITE, progress)
            about = {"format": FORMAT, "version": version("notalone"), "at": str(now())}
            (place / "about.json").write_text(json.dumps(about), encoding="utf-8")
            secret = environment.state / "secret"
            if secret.exists():
                shutil.copyfile(secret, place / "secret")
            whole = place / "whole.tar.gz"
            with tarfile.open(whole, "w:gz") as archive:
                for name in sorted(MEMBERS):
                    if (place / name).exists():
                        archive.add(place / name, arcname=name)
            whole.chmod(0o600)
            os.link(whole, target)
    except OSError as error:
        raise BackupError(f"{target} cannot be written: {error.strerror}.") from error


def _read(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.getmember(name)
    stream = archive.extractfile(member)
    if stream is None:
        raise KeyError(name)
    return stream.read()


def restore(environment: Environment, source: Path) -> str:
    """Restore a backup into a place that remembers nothing yet; returns when the backup was made.

    Raises:
        BackupError: the file is no backup, or the place is not empty.
    """
    database = environment.state / SQLITE
    if not environment.database and database.exists():
        raise BackupError(
            f"{environment.state} already holds a festival's memory, which a restore would overwrite. "
            "Restore into another NOTALONE_STATE, or move this one away first."
        )
    try:
        with tarfile.open(source, "r:gz") as archive:
            names = set(archive.getnames())
            if not names <= MEMBERS or "about.json" not in names:
                raise BackupError(f"{source} is not a backup of Not Alone.")
            about = json.load(io.BytesIO(_read(archive, "about.json")))
            if not isinstance(about, dict) or not isinstance(about.get("at"), str):
                raise BackupError(f"{source} is not a backup of Not Alone.")
            if about.get("format") != FORMAT:
                raise BackupError(f"{source} is a backup of another version ({about.get('format')!r}).")
            wanted = POSTGRES if environment.database else SQLITE
            if wanted not in names:
                raise BackupError(
                    f"{source} holds {' and '.join(sorted(names - {'about.json'}))}, but {wanted} is needed."
                )
            environment.state.mkdir(mode=0o700, parents=True, exist_ok=True)
            secret = _read(archive, "secret") if "secret" in names else None
            if secret is not None and len(secret) < SHORTEST_SECRET:
                raise BackupError(f"The secret in {source} is too short to sign anything: this backup is not ours.")
            fresh = environment.state / f".{wanted}.fresh"
            _put(fresh, _read(archive, wanted))
    except (tarfile.TarError, EOFError, KeyError, ValueError) as error:
        raise BackupError(f"{source} is not a backup of Not Alone, or is damaged: {error}.") from error
    except OSError as error:
        raise BackupError(f"{error.filename or source} cannot be used: {error.strerror or error}.") from error
    if environment.database:
        _run_postgres(["pg_restore", "--exit-on-error", "--no-owner", "-d", environment.database, str(fresh)])
        fresh.unlink()
    else:
        sound = _sound(fresh)
        if sound != "ok":
            fresh.unlink()
            raise BackupError(f"The database in {source} is damaged: {sound}.")
        fresh.replace(database)
    if secret is not None:  # last: a restore that fails leaves the place's own secret as it was
        _put(environment.state / "secret", secret)
    return str(about["at"])


def _sound(path: Path) -> str:
    """Return ``ok``, or what ails a database."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            return str(copy.execute("PRAGMA integrity_check").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return str(error)


def _put(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
