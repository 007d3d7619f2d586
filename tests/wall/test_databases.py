"""Both databases: bricks outlive the process that laid them, and of several who decide at once one wins."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

from tests.wall.wall_making import chosen, fresh_id, own

ROOT = Path(__file__).parents[2]


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
    run(environment, "moderators")
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
