"""Both databases: a class has sixty seats however many phones come at once, and an acknowledged vote counts."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEATS = 60
PROCESSES = 4
PHONES_EACH = 50


def begin(env, *do):
    command = [sys.executable, "-m", "tests.classes.class_process", *do]
    return subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process, code=0):
    out, err = process.communicate(timeout=120)
    assert process.returncode == code, err
    return out.strip()


def run(env, *do, code=0):
    return ended(begin(env, *do), code)


@pytest.fixture
def code(environment):
    return run(environment, "open")


def seats_of(environment, code, phones):
    answers = run(environment, "join", code, str(phones)).splitlines()
    return [answer.removeprefix("200 ") for answer in answers if answer.startswith("200 ")]


def test_of_two_hundred_phones_that_come_at_once_exactly_sixty_have_a_seat_and_the_others_are_told(environment, code):
    at_once = [begin(environment, "join", code, str(PHONES_EACH)) for _ in range(PROCESSES)]
    answers = [answer.split(" ", 1) for process in at_once for answer in ended(process).splitlines()]
    assert Counter(status for status, _ in answers) == {"200": SEATS, "409": PROCESSES * PHONES_EACH - SEATS}
    assert len({seat for status, seat in answers if status == "200"}) == SEATS
    [kindly] = {said for status, said in answers if status == "409"}
    assert "beside you" in kindly
    assert json.loads(run(environment, "told", code))["joined"] == SEATS


def test_acknowledged_votes_count_though_the_process_that_took_them_was_killed(environment, code):
    seats = seats_of(environment, code, 9)
    run(environment, "ask", code)
    assert run(environment, "vote-and-die", code, "1", *seats[:5], code=-signal.SIGKILL) == "200 1"
    assert run(environment, "vote-and-die", code, "0", *seats[4:7], code=-signal.SIGKILL) == "200 0"
    before = json.loads(run(environment, "told", code))
    assert (before["phase"], before["cast"], before["counts"]) == ("voting", 7, [])
    after = json.loads(run(environment, "close", code))
    assert after["phase"] == "result"
    assert after["counts"][:2] == [3, 4]
    assert sum(after["counts"]) == 7
    assert after["taken"] == 1


def test_every_vote_that_was_acknowledged_before_the_close_counts_once_and_the_others_are_told(environment, code):
    seats = seats_of(environment, code, 24)
    run(environment, "ask", code)
    came = json.loads(run(environment, "vote-while-closing", code, *seats))
    assert set(came["told"]) == {"200", "410"}
    assert sum(came["told"].values()) == 2 * len(seats) + 1
    assert sum(came["counts"]) == came["seats_that_voted"]
