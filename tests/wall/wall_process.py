"""A process of its own that works on the database of its environment, so that a test may kill it or race it.

python -m tests.wall.wall_process DO...
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from notalone.festival import queries as festival  # noqa: E402
from notalone.people import actions as people  # noqa: E402
from notalone.people.models import Person  # noqa: E402
from notalone.wall import actions, queries  # noqa: E402
from notalone.wall.core.life import Reason  # noqa: E402


def moderators() -> None:
    """Add two moderators."""
    for name in ("an", "mai"):
        people.add_person(None, name, ["moderator"], "a-password-for-tests-1")


def lay_and_die(body: str) -> None:
    """Lay a brick through the door, tell the answer, and end as kill -9 does."""
    answer = Client().post("/vi/wall/bricks/", body, content_type="application/json")
    print(answer.status_code, answer.json()["state"], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def told() -> None:
    """Print the wall, the log and the queue."""
    bricks = [str(brick.id) for brick in queries.bricks()]
    moments = [moment.brick for _, moment in festival.moments_after(0, 1000)]
    print(",".join(bricks), ",".join(moments), queries.queue_length(), sep="|")


def together(*doings) -> list[str]:
    """Run all at once, each on a connection of its own; return what they came to."""
    start = threading.Barrier(len(doings))
    came: list[str] = []

    def run(do) -> None:
        try:
            start.wait()
            do()
            came.append("won")
        except actions.DecidedError:
            came.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(do,)) for do in doings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(came)


def decide_at_once(*ids: str) -> None:
    """Let two moderators decide on each of the words at once."""
    for text in ids:
        _decide_at_once(UUID(text))


def _decide_at_once(brick: UUID) -> None:
    an, mai = Person.objects.get(username="an"), Person.objects.get(username="mai")
    actions.lay_own(brick, "one", "words", "en")
    print(*together(lambda: actions.approve(an, brick), lambda: actions.refuse(mai, brick, Reason.NOISE)))
    if queries.decided(1)[0].state == "approved":
        print(*together(*[lambda: actions.undo(an, brick)] * 3))
        print(*together(*[lambda: actions.approve(mai, brick)] * 3))


def lay_at_once(*ids: str) -> None:
    """Lay different bricks at once, and the first one several times."""
    doings = [
        lambda text=text: actions.lay_chosen(UUID(text), "one", None, "tell", "en") for text in (*ids, ids[0], ids[0])
    ]
    print(*together(*doings))


if __name__ == "__main__":
    {
        "moderators": moderators,
        "lay-and-die": lay_and_die,
        "told": told,
        "decide-at-once": decide_at_once,
        "lay-at-once": lay_at_once,
    }[sys.argv[1]](*sys.argv[2:])
