"""A process of its own that works on the database of its environment, so that a test may kill it.

python -m tests.festival.festival_process DO...
"""

from __future__ import annotations

import os
import signal
import sys
import threading

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402
from tests.festival.festival_making import brick  # noqa: E402

from notalone.festival import actions, queries  # noqa: E402


def die() -> None:
    """End at once, as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_after_commit() -> None:
    """Commit a moment and die before live is nudged."""
    actions.live.nudge = die
    with transaction.atomic():
        actions.record(brick(1))
    raise AssertionError("still alive")


def die_before_commit() -> None:
    """Record a moment and die before the commit."""
    with transaction.atomic():
        actions.record(brick(2))
        die()


def listed() -> None:
    """Print the log's ids."""
    for _, moment in queries.moments_after(0, 1000):
        print(moment.id)


def many(first: str, count: str) -> None:
    """Record moments, one transaction each."""
    for number in range(int(first), int(first) + int(count)):
        with transaction.atomic():
            actions.record(brick(number))


def order() -> None:
    """Show that a second transaction cannot record before the first one ends."""
    told: list[str] = []

    def second() -> None:
        try:
            with connection.cursor() as cursor:
                short = (
                    "SET lock_timeout = '200ms'" if connection.vendor == "postgresql" else "PRAGMA busy_timeout = 200"
                )
                cursor.execute(short)
            try:
                with transaction.atomic():
                    actions.record(brick(20))
                told.append("in between")
            except OperationalError:
                told.append("kept out")
        finally:
            connection.close()

    with transaction.atomic():
        actions.record(brick(10))
        other = threading.Thread(target=second)
        other.start()
        other.join()
    print(*told, len(queries.moments_after(0, 10)))


if __name__ == "__main__":
    {
        "die-after-commit": die_after_commit,
        "die-before-commit": die_before_commit,
        "list": listed,
        "many": many,
        "order": order,
    }[sys.argv[1]](*sys.argv[2:])
