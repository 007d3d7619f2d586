"""Both databases keep what was committed, in the order of commits, whichever process dies when."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.festival.festival_making import brick

ROOT = Path(__file__).parents[2]
ON_BOTH = ["test_log.py", "test_door.py", "test_api.py", "test_passes.py", "test_states.py"]

FOLLOW = "from notalone.festival import cli; cli.moments(follow=True, after=0, as_json=True)"
CLOSE = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid();"
)


def start(env, *do):
    command = [sys.executable, "-m", "tests.festival.festival_process", *do]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(env, *do):
    command = [sys.executable, "-m", "tests.festival.festival_process", *do]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False)


def listed(env):
    done = run(env, "list")
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_moment_is_in_the_log_though_its_process_was_killed_before_the_nudge(environment):
    assert run(environment, "die-after-commit").returncode == -signal.SIGKILL
    assert listed(environment) == [str(brick(1).id)]


def test_a_moment_is_not_in_the_log_when_its_process_was_killed_before_the_commit(environment):
    assert run(environment, "die-before-commit").returncode == -signal.SIGKILL
    assert listed(environment) == []
    assert run(environment, "many", "2", "1").returncode == 0
    assert listed(environment) == [str(brick(2).id)]


def test_no_transaction_records_while_another_one_has_recorded_and_not_ended(environment):
    done = run(environment, "order")
    assert (done.stdout.strip(), done.returncode) == ("kept out 1", 0), done.stderr


def test_a_follower_misses_nothing_that_three_writers_record_at_once(environment):
    writers = [start(environment, "many", str(first), "40") for first in (1000, 2000, 3000)]
    command = [sys.executable, "-c", FOLLOW]
    follower = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        seen = [json.loads(follower.stdout.readline()) for _ in range(120)]
    finally:
        follower.send_signal(signal.SIGINT)
        for writer in writers:
            assert writer.wait(200) == 0
    assert follower.wait(60) == 0
    numbers = [line["seq"] for line in seen]
    assert numbers == sorted(set(numbers))
    assert [line["moment"]["id"] for line in seen] == listed(environment)
    for first in (1000, 2000, 3000):
        ours = [str(brick(number).id) for number in range(first, first + 40)]
        assert [line["moment"]["id"] for line in seen if line["moment"]["id"] in ours] == ours


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_a_follower_goes_on_when_the_database_closes_every_connection(environment, postgresql):
    command = [sys.executable, "-c", FOLLOW]
    follower = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert run(environment, "many", "1", "1").returncode == 0
        first = json.loads(follower.stdout.readline())
        closed = postgresql.psql(CLOSE)
        assert int(closed.split()[2]) >= 1
        assert run(environment, "many", "2", "1").returncode == 0
        second = json.loads(follower.stdout.readline())
    finally:
        follower.send_signal(signal.SIGINT)
    assert follower.wait(60) == 0
    assert [line["moment"]["id"] for line in (first, second)] == [str(brick(1).id), str(brick(2).id)]


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_the_actions_and_queries_behave_the_same_on_postgresql(environment):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--create-db"]
    command += [f"tests/festival/{name}" for name in ON_BOTH]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert "skipped" not in done.stdout
