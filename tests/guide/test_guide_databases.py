"""Both databases: what was acknowledged is there though its process was killed, and what comes twice at once is one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

ROOT = Path(__file__).parents[2]
CODES = ("CDFG23456789", "WXZT98765432")


@pytest.fixture
def environment(environment):
    """Give the processes one secret, as those of a house have: a code is kept under it."""
    return {**environment, "NOTALONE_SECRET": "a-secret-of-the-tests-" * 2}


def begin(env, *do):
    command = [sys.executable, "-m", "tests.guide.guide_process", *do]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process, code=0):
    out, err = process.communicate(timeout=120)
    assert process.returncode == code, err
    return out.strip()


def run(env, *do, code=0):
    return ended(begin(env, *do), code)


def test_acknowledged_judgements_and_their_code_are_there_though_the_process_was_killed(environment):
    uid = str(uuid4())
    assert run(environment, "judge-and-die", uid, CODES[0], code=-signal.SIGKILL) == "200 200"
    told = json.loads(run(environment, "told", CODES[0]))
    assert told == {"rows": {uid: [3, 0, 0, 3]}, "codes": {CODES[0]: uid}}


def test_judgements_that_three_processes_send_at_once_are_stored_once_and_acknowledged_to_each(environment):
    uids = [str(uuid4()) for _ in range(12)]
    senders = [begin(environment, "judge-often", "2", *order) for order in (uids, uids, uids[::-1])]
    for sender in senders:
        assert ended(sender).split() == ["200"] * 24
    assert set(json.loads(run(environment, "told"))["rows"]) == set(uids)


def test_of_two_codes_that_are_asked_for_at_once_for_one_visitor_one_is_kept(environment):
    uid = str(uuid4())
    assert run(environment, "judge-often", "1", uid) == "200"
    asking = [begin(environment, "take-code", uid, code) for code in CODES]
    answers = [ended(one) for one in asking]
    assert sorted(answers) == ["200", "409"]
    kept = json.loads(run(environment, "told", *CODES))["codes"]
    assert kept == {code: uid if answer == "200" else None for code, answer in zip(CODES, answers, strict=True)}


@pytest.mark.parametrize("environment", ["postgresql"], indirect=True)
def test_the_room_behaves_the_same_on_postgresql(environment):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--create-db"]
    command += ["tests/guide/test_api.py", "tests/guide/test_learning.py"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
    assert "skipped" not in done.stdout
