"""The door for reads: a class as its phones, its teacher and live see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from notalone.classes.core import kept
from notalone.classes.core.lesson import Lesson
from notalone.classes.models import Seat, Session, Vote

LEAST_GROUP = 5  # fewer phones than this are not told apart by how far they are


@dataclass(frozen=True, slots=True)
class Class:
    """A class; ``score`` is the score as it was when the class was opened."""

    id: UUID
    code: str
    scenario: str
    score: dict[str, Any]
    lang: str
    mode: str
    lesson: Lesson
    rev: int

    @property
    def topic(self) -> str:
        """Return the topic of live under which the class is told what changed."""
        return topic(self.id)


def topic(session: UUID) -> str:
    """Return a class's topic."""
    return f"class/s{session.hex}"


def find(code: str) -> Class | None:
    """Return the class with a code (1 query)."""
    row = Session.objects.filter(code=code).first()
    if row is None:
        return None
    return Class(row.id, row.code, row.scenario, row.score, row.lang, row.mode, kept.from_json(row.state), row.rev)


def state(code: str) -> dict[str, Any] | None:
    """Return what everybody in a class is told (3 queries); see ``core.kept.told``."""
    row = Session.objects.filter(code=code).defer("score").first()
    return None if row is None else _told(row)


def _told(row: Session) -> dict[str, Any]:
    lesson = kept.from_json(row.state)
    joined = Seat.objects.filter(session_id=row.pk).count()
    cast = Vote.objects.filter(session_id=row.pk, round=lesson.round).count()
    return kept.told(lesson, row.rev, joined, cast)


def own_vote(code: str, secret: str) -> int | None:
    """Return the vote that a seat has in the round that is open (1 query); ``secret`` is ``actions.seat_key``'s."""
    votes = Vote.objects.filter(session__code=code, seat_id=secret)
    return votes.order_by("-round").values_list("choice", flat=True).first()


def has_seat(code: str, secret: str) -> bool:
    """Say whether a seat belongs to a class (1 query)."""
    return Seat.objects.filter(session__code=code, secret=secret).exists()


def stretches(code: str) -> tuple[int, int, int, int] | None:
    """Return how many phones are at the beginning, in the middle, near the end, finished (1 query).

    None where fewer than ``LEAST_GROUP`` phones are there: so few could be told apart.
    """
    at = Counter(Seat.objects.filter(session__code=code).values_list("stage", flat=True))
    if sum(at.values()) < LEAST_GROUP:
        return None
    return at[0], at[1], at[2], at[3]


def changed(known: dict[str, int]) -> list[tuple[str, int, dict[str, Any]]]:
    """Return topic, revision and state of each class that goes on or just ended and is not known as it is now."""
    rows = Session.objects.defer("score").order_by("-created")[:200]
    return [(topic(row.id), row.rev, _told(row)) for row in rows if known.get(topic(row.id)) != row.rev]


def exists(code: str) -> bool:
    """Say whether there is a class with a code (1 query)."""
    return Session.objects.filter(code=code).exists()
