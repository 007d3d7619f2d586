"""A process of its own that works on the database of its environment, so that a test may kill it or race it.

python -m tests.classes.class_process DO...
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from notalone.classes import actions, queries  # noqa: E402
from notalone.classes.core import lesson  # noqa: E402
from notalone.festival import queries as festival  # noqa: E402
from notalone.people import actions as people  # noqa: E402

HANDS = 12  # as many connections as a web process has, not as many as there are phones


def post(path: str, value: object, seat: str = "") -> tuple[int, dict]:
    """Send what a phone sends; return the answer's status and what it says."""
    headers = {"X-Seat": seat} if seat else {}
    answer = Client(headers=headers).post(path, json.dumps(value), content_type="application/json")
    return answer.status_code, answer.json()


def open_class() -> None:
    """Open a class on the festival's first story and print its code."""
    person, _ = people.add_person(None, "an", ["guide"], "a-password-for-tests-1")
    print(actions.open_class(person, festival.stations()[0].scenario, "en", "together"))


def join(code: str, phones: str) -> None:
    """Let phones join at once; print each answer as status and seat."""

    def one(_number: int) -> str:
        try:
            status, said = post(f"/en/class/{code}/join/", {})
            return f"{status} {said.get('seat', said.get('error'))}"
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as hands:
        print(*hands.map(one, range(int(phones))), sep="\n")


def ask(code: str) -> None:
    """Begin the story and let the class vote."""
    for event in (lesson.Begin(), lesson.Ask(600)):
        actions.act(code, event)


def vote_and_die(code: str, choice: str, *seats: str) -> None:
    """Vote from each seat through the door, tell the last answer, and end as kill -9 does."""
    for seat in seats:
        status, said = post(f"/en/class/{code}/vote/", {"round": 1, "choice": int(choice)}, seat)
    print(status, said["mine"], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def vote_while_closing(code: str, *seats: str) -> None:
    """Vote from all seats, twice each, and close in the midst; print what the phones were told and the counts."""
    halfway, told = threading.Event(), Counter()
    last: dict[str, int] = {}

    def one(number: int) -> None:
        seat, choice = seats[number % len(seats)], number // len(seats)
        status, _said = post(f"/en/class/{code}/vote/", {"round": 1, "choice": choice}, seat)
        connection.close()
        told[status] += 1
        if status == 200:
            last[seat] = choice
        if told.total() >= len(seats):
            halfway.set()

    def close() -> None:
        halfway.wait()
        actions.act(code, None)
        connection.close()

    closing = threading.Thread(target=close)
    closing.start()
    with ThreadPoolExecutor(HANDS) as hands:
        list(hands.map(one, range(2 * len(seats))))
    closing.join()
    one(0)
    counts = queries.state(code)["counts"]
    print(json.dumps({"told": told, "seats_that_voted": len(last), "counts": counts}))


def told(code: str) -> None:
    """Print what everybody in the class is told."""
    print(json.dumps(queries.state(code)))


def close(code: str) -> None:
    """Close the vote and print what everybody is told."""
    actions.act(code, None)
    told(code)


if __name__ == "__main__":
    {
        "open": open_class,
        "join": join,
        "ask": ask,
        "vote-and-die": vote_and_die,
        "vote-while-closing": vote_while_closing,
        "told": told,
        "close": close,
    }[sys.argv[1]](*sys.argv[2:])
