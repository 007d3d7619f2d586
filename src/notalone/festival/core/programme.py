"""What is on now, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notalone.festival.core.values import Festival, Item
from notalone.kit.time import Instant


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the festival with its items in order."""

    day: date
    items: tuple[Item, ...]


def days(festival: Festival) -> tuple[Day, ...]:
    """Return every day of the festival, also one without items."""
    return tuple(Day(day, tuple(item for item in festival.programme if item.day == day)) for day in festival.days)


def now_on(festival: Festival, now: Instant) -> tuple[Item, ...]:
    """Return the items that have begun and not ended."""
    return tuple(item for item in festival.programme if festival.item_starts(item) <= now < festival.item_ends(item))


def comes_next(festival: Festival, now: Instant) -> tuple[Item, ...]:
    """Return the items that begin next: all that begin at the earliest time after ``now``."""
    ahead = [item for item in festival.programme if festival.item_starts(item) > now]
    first = min((festival.item_starts(item) for item in ahead), default=None)
    return tuple(item for item in ahead if festival.item_starts(item) == first)
