"""What must hold when several processes write at once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


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
