"""The door for reads: the wall's bricks and the moderators' queue, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from notalone.kit.time import Instant
from notalone.wall.core.life import ON_THE_WALL, State
from notalone.wall.models import Brick as BrickRow


@dataclass(frozen=True, slots=True)
class Brick:
    """A brick of the wall; ``place`` numbers the bricks in the order in which they joined."""

    id: UUID
    place: int
    text: str
    lang: str
    kind: str


@dataclass(frozen=True, slots=True)
class Held:
    """A visitor's own words that wait for a moderator; ``hints`` are values of ``core.words.Hint``."""

    id: UUID
    where: str
    text: str
    lang: str
    hints: tuple[str, ...]
    created: Instant


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that can be taken back; ``turn`` counts the decisions on this brick."""

    id: UUID
    text: str
    lang: str
    state: str
    reason: str
    turn: int
    by: str
    by_id: int | None
    at: Instant


def _on_the_wall(rows: list[BrickRow]) -> tuple[Brick, ...]:
    return tuple(Brick(row.id, row.place, row.text, row.lang, row.kind) for row in rows if row.place is not None)


def bricks(after: int = 0, limit: int = 500) -> tuple[Brick, ...]:
    """Return at most ``limit`` bricks of the wall that joined after place ``after``, in order (1 query)."""
    rows = BrickRow.objects.filter(state__in=ON_THE_WALL, place__gt=after).order_by("place")
    return _on_the_wall(list(rows[:limit]))


def newest(limit: int) -> tuple[Brick, ...]:
    """Return the newest ``limit`` bricks of the wall, oldest of them first (1 query)."""
    rows = BrickRow.objects.filter(state__in=ON_THE_WALL, place__isnull=False).order_by("-place")
    return _on_the_wall(list(rows[:limit])[::-1])


def count() -> int:
    """Return how many bricks the wall has (1 query)."""
    return BrickRow.objects.filter(state__in=ON_THE_WALL).count()


def gone(limit: int = 200) -> tuple[UUID, ...]:
    """Return the ids of bricks that were part of the wall and were taken off, latest first (1 query)."""
    rows = BrickRow.objects.exclude(state__in=ON_THE_WALL).filter(place__isnull=False)
    return tuple(rows.order_by("-decided_at").values_list("id", flat=True)[:limit])


def queue(limit: int = 50) -> tuple[Held, ...]:
    """Return the words that wait, longest waiting first (1 query)."""
    rows = BrickRow.objects.filter(state=State.HELD).order_by("created", "id")
    return tuple(
        Held(row.id, row.where, row.text, row.lang, tuple(row.hints), Instant.of(row.created)) for row in rows[:limit]
    )


def queue_length() -> int:
    """Return how many words wait (1 query)."""
    return BrickRow.objects.filter(state=State.HELD).count()


def decided(limit: int = 10) -> tuple[Decision, ...]:
    """Return the latest decisions that still hold, latest first (1 query)."""
    rows = (
        BrickRow.objects.filter(state__in=(State.APPROVED, State.REFUSED), decided_at__isnull=False)
        .select_related("decided_by")
        .order_by("-decided_at", "-id")
    )
    return tuple(
        Decision(
            row.id,
            row.text,
            row.lang,
            row.state,
            row.reason,
            row.turn,
            row.decided_by.username if row.decided_by else "",
            row.decided_by_id,
            Instant.of(row.decided_at),
        )
        for row in rows[:limit]
        if row.decided_at is not None
    )
