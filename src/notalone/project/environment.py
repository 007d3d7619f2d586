"""The settings that come from the environment, read once, with safe defaults.

Every variable begins with ``NOTALONE_``; ``docs/technicians/settings.md`` lists them, and a test holds
that list against this file.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

DEMO = Path(__file__).parents[3] / "content" / "demo"
UNSAFE_SECRET = "not-a-secret"  # noqa: S105 -- the marker that production refuses


class UnsafeError(Exception):
    """The settings are not safe to run with; the message says which and how to mend it."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Where things are and how they are reached."""

    festival: Path
    state: Path
    production: bool
    debug: bool
    secret: str
    hosts: tuple[str, ...]
    host: str
    port: int
    live_host: str
    live_port: int
    live_url: str
    url: str
    database: str


def _flag(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def _port(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name, "").strip()
    if not raw:
        return default
    if not raw.isdecimal() or not 1 <= int(raw) <= 65535:
        raise UnsafeError(f"{name} is “{raw}”, which is not a port: use a number from 1 to 65535.")
    return int(raw)


def _secret(state: Path, given: str, production: bool) -> str:
    if given:
        return given
    if production:
        return UNSAFE_SECRET
    try:
        return (state / "secret").read_text().strip()
    except OSError:
        return secrets.token_urlsafe(48)  # for commands that sign nothing; those that do call keep_secret first


def keep_secret(state: Path) -> None:
    """Make the secret that signs sessions and tokens, where the state folder has none yet.

    Raises:
        UnsafeError: the state folder cannot be written.
    """
    path = state / "secret"
    if path.exists():
        return
    fresh = state / f".secret.{os.getpid()}"
    try:
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.chmod(0o600)
        with contextlib.suppress(FileExistsError):  # the first process wins, the others read its secret
            os.link(fresh, path)
        fresh.unlink()
    except OSError as error:
        raise UnsafeError(f"The folder {state} cannot be written ({error.strerror}); see NOTALONE_STATE.") from error


def read(env: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings from the environment.

    Raises:
        UnsafeError: a value is not usable.
    """
    festival = Path(env.get("NOTALONE_FESTIVAL") or DEMO).resolve()
    state = Path(env.get("NOTALONE_STATE") or festival / ".notalone").resolve()
    production = _flag(env, "NOTALONE_PRODUCTION")
    port = _port(env, "PORT", 8000)
    hosts = tuple(host.strip() for host in env.get("NOTALONE_HOSTS", "").split(",") if host.strip())
    return Environment(
        festival=festival,
        state=state,
        production=production,
        debug=_flag(env, "NOTALONE_DEBUG"),
        secret=_secret(state, env.get("NOTALONE_SECRET", ""), production),
        hosts=hosts if production else (hosts or ("*",)),
        host=env.get("NOTALONE_HOST") or "0.0.0.0",  # noqa: S104 -- kiosks on the hall's network must reach it
        port=port,
        live_host=env.get("NOTALONE_LIVE_HOST") or "127.0.0.1",
        live_port=_port(env, "NOTALONE_LIVE_PORT", port + 1),
        live_url=env.get("NOTALONE_LIVE_URL", ""),
        url=env.get("NOTALONE_URL", "").rstrip("/"),
        database=env.get("NOTALONE_DATABASE", ""),
    )


def check(environment: Environment) -> None:
    """Refuse settings that are not safe in production.

    Raises:
        UnsafeError: a default secret, debug on, or no allowed hosts.
    """
    if not environment.production:
        return
    if environment.debug:
        raise UnsafeError("NOTALONE_DEBUG is on in production: unset it.")
    if environment.secret == UNSAFE_SECRET or len(environment.secret) < 32:
        raise UnsafeError(
            "NOTALONE_SECRET is missing or short in production: set it to at least 32 random characters, "
            'for example from: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    if not environment.hosts or "*" in environment.hosts:
        raise UnsafeError(
            "NOTALONE_HOSTS is empty or “*” in production: set it to the host names people use, "
            "for example festival.example.org."
        )


def database_settings(environment: Environment) -> dict[str, object]:
    """Return Django's setting for the database: SQLite in the state folder, or a PostgreSQL URL.

    Raises:
        UnsafeError: the URL is not one of PostgreSQL.
    """
    if not environment.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(environment.state / "festival.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
            "TEST": {"NAME": None},
        }
    url = urlsplit(environment.database)
    if url.scheme not in {"postgres", "postgresql"}:
        raise UnsafeError(
            "NOTALONE_DATABASE is not a PostgreSQL URL such as postgresql://user:password@host:5432/name."
        )
    query = dict(part.split("=", 1) for part in url.query.split("&") if "=" in part)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.lstrip("/")) or "postgres",
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(query.get("host", url.hostname or "")),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }
