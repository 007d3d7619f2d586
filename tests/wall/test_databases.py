"""Both databases: bricks outlive the process that laid them, and of several who decide at once one wins."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pytest
from tests.wall.wall_making import chosen, fresh_id, own

from notalone.festival.cli import TEMPLATE

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def postgresql():
    """Start a PostgreSQL server for the module and give it."""
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
def environment(request, tmp_path):
    """Give the environment of a process with a fresh, migrated database."""
    env = {**os.environ, "NOTALONE_STATE": str(tmp_path / "state"), "NOTALONE_FESTIVAL": str(TEMPLATE)}
    (tmp_path / "state").mkdir()
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = "w" + re.sub(r"\W", "_", request.node.name.lower())[:50]
        server.psql(f"CREATE DATABASE {name};")
        env["NOTALONE_DATABASE"] = server.get_uri(name)
    run(env, "migrate")
    return env


def run(env, *do, code=0):
    command = [sys.executable, "-m", "tests.wall.wall_process", *do]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout.strip()


def test_an_acknowledged_brick_stands_though_its_process_was_killed(environment):
    shown, held = chosen(), own("Mình ở đây")
    assert run(environment, "lay-and-die", json.dumps(shown), code=-signal.SIGKILL) == "200 shown"
    assert run(environment, "lay-and-die", json.dumps(held), code=-signal.SIGKILL) == "200 held"
    assert run(environment, "told") == f"{shown['id']}|{shown['id']}|1"


def test_of_two_who_decide_at_once_exactly_one_wins_and_the_other_is_told(environment):
    ids = [str(fresh_id()) for _ in range(8)]
    lines = run(environment, "decide-at-once", *ids).splitlines()
    assert lines.count("told won") == 8
    assert set(lines) <= {"told won", "told told won"}


def test_bricks_that_come_at_once_all_stand_in_one_order_and_each_once(environment):
    ids = [str(fresh_id()) for _ in range(8)]
    assert run(environment, "lay-at-once", *ids).split() == ["won"] * 10
    wall, log, queue = run(environment, "told").split("|")
    assert wall == log
    assert sorted(wall.split(",")) == sorted(ids)
    assert queue == "0"
