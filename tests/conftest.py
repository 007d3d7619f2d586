"""What all tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.running import DmxReceiver, House, free_pair, start, stop


def pytest_configure() -> None:
    """Serve static files under their own names: nothing is collected in tests, but for the tests of that."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin each test in English: a page asked for in another language leaves that active in its thread."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def dmx() -> Iterator[DmxReceiver]:
    receiver = DmxReceiver()
    yield receiver
    receiver.close()


@pytest.fixture
def house(tmp_path: Path, dmx: DmxReceiver) -> Iterator[House]:
    running = start(tmp_path / "state", free_pair(), dmx.port)
    yield running
    assert stop(running) == 0


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Any]:
    """Start a real PostgreSQL server for the session and give it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pgserver
    # not in pytest's folder: started by root, the server runs as a user of its own who must reach its files
    folder = Path(tempfile.mkdtemp(prefix="notalone-postgresql-"))
    server = pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """Give the environment of a process: the template festival, and a fresh, migrated database of each kind."""
    from notalone.festival.cli import TEMPLATE

    (tmp_path / "state").mkdir()
    env = {**os.environ, "NOTALONE_STATE": str(tmp_path / "state"), "NOTALONE_FESTIVAL": str(TEMPLATE)}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = "t" + uuid4().hex
        server.psql(f"CREATE DATABASE {name};")
        env["NOTALONE_DATABASE"] = server.get_uri(name)
    migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--settings", "notalone.project.settings"]
    subprocess.run(migrate, env=env, check=True)
    return env
