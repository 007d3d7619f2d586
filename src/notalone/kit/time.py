"""Three kinds of time that must not be mixed: instants, durations and show time.

All are whole milliseconds inside, so that they compare exactly and survive JSON and databases.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Duration:
    """A length of time in milliseconds; may be negative (a difference)."""

    ms: int

    @classmethod
    def seconds(cls, value: float) -> Duration:
        """Return the duration of ``value`` seconds, rounded to a millisecond."""
        return cls(round(value * 1000))

    def as_seconds(self) -> float:
        """Return the length in seconds."""
        return self.ms / 1000

    def __add__(self, other: Duration) -> Duration:
        return Duration(self.ms + other.ms)

    def __sub__(self, other: Duration) -> Duration:
        return Duration(self.ms - other.ms)


@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A point on the world's clock: milliseconds since 1970-01-01T00:00:00Z."""

    ms: int

    @classmethod
    def of(cls, moment: datetime) -> Instant:
        """Return the instant of an aware ``datetime``.

        Raises:
            ValueError: the datetime has no time zone, or lies outside the years 1 to 9999 in UTC.
        """
        if moment.tzinfo is None:
            raise ValueError("a time without a time zone is not an instant")
        try:
            there = moment.astimezone(UTC)
        except OverflowError as error:
            raise ValueError("the time is outside the years 1 to 9999") from error
        return cls((there - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1))

    @classmethod
    def parse(cls, text: str) -> Instant:
        """Read an instant from RFC 3339 text such as ``2026-11-01T09:00:00.250Z``.

        Raises:
            ValueError: the text is not such a time or has no offset.
        """
        return cls.of(datetime.fromisoformat(text))

    def as_datetime(self) -> datetime:
        """Return the instant as a ``datetime`` in UTC."""
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=self.ms)

    def __str__(self) -> str:
        return self.as_datetime().isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def __add__(self, other: Duration) -> Instant:
        return Instant(self.ms + other.ms)

    def since(self, earlier: Instant) -> Duration:
        """Return how long after ``earlier`` this instant is."""
        return Duration(self.ms - earlier.ms)


@dataclass(frozen=True, slots=True, order=True)
class ShowTime:
    """Milliseconds since the show's clock was started; never the world's clock."""

    ms: int

    def __add__(self, other: Duration) -> ShowTime:
        return ShowTime(self.ms + other.ms)

    def since(self, earlier: ShowTime) -> Duration:
        """Return how long after ``earlier`` this show time is."""
        return Duration(self.ms - earlier.ms)
