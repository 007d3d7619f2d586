"""The difference between two clocks, from questions and answers (as NTP's clock filter, RFC 5905, 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

KEEP = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """One question and answer: ``sent`` and ``received`` by the asker's clock, ``said`` by the other's, in ms."""

    sent: float
    said: float
    received: float

    @property
    def round_trip(self) -> float:
        """Return how long the answer took, in ms."""
        return self.received - self.sent

    @property
    def offset(self) -> float:
        """Return what to add to the asker's clock, in ms; off by at most half the round trip."""
        return self.said - (self.sent + self.received) / 2


def add(samples: Sequence[Sample], fresh: Sample, keep: int = KEEP) -> tuple[Sample, ...]:
    """Return the last ``keep`` samples; an answer from before its question (a clock was set) begins afresh."""
    if fresh.round_trip < 0:
        return ()
    return (*samples, fresh)[-keep:]


def offset(samples: Sequence[Sample]) -> float | None:
    """Return the offset of the sample with the least round trip, the latest of equals; None without samples."""
    if not samples:
        return None
    return min(reversed(samples), key=lambda sample: sample.round_trip).offset
