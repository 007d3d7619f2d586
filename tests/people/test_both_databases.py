"""What must hold when several processes write at once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def postgresql():
    """Start a PostgreSQL server and give it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pgserver
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
    env = {**os.environ, "NOTALONE_STATE": str(tmp_path)}
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql")
        name = "t" + re.sub(r"\W", "_", request.node.name.lower())[-50:]
        server.psql(f"CREATE DATABASE {name};")
        env["NOTALONE_DATABASE"] = server.get_uri(name)
    said(start(env, "migrate"))
    return env


def start(env, *do):
    command = [sys.executable, "-m", "tests.people.audit_process", *do]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip()


def test_the_chain_holds_when_three_processes_write_and_roll_back_at_once(environment, request):
    for writer in [start(environment, "write", name, "30") for name in ("a", "b", "c")]:
        said(writer)
    kind = request.node.callspec.params["environment"]
    assert said(start(environment, "check")) == f"{kind} None 60"


def test_two_admins_who_demote_each_other_at_once_leave_one_admin(environment):
    for name in ("one", "two"):
        said(start(environment, "add", name))
    assert sorted(said(each) for each in [start(environment, "demote", name) for name in ("one", "two")]) == [
        "done",
        "refused",
    ]
