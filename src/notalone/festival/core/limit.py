"""A token bucket: so many at once, so many a second."""

from __future__ import annotations

from dataclasses import dataclass

from notalone.kit.time import Instant


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is left of an allowance at an instant."""

    left: float
    at: Instant


@dataclass(frozen=True, slots=True)
class Limit:
    """``burst`` may come at once; ``rate`` a second are given back."""

    burst: int
    rate: float


def step(limit: Limit, bucket: Bucket | None, now: Instant) -> tuple[Bucket, bool]:
    """Take one from the bucket (None: a full one) and say whether it was there."""
    if bucket is None:
        bucket = Bucket(limit.burst, now)
    since = max(0, now.since(bucket.at).ms)
    left = min(float(limit.burst), bucket.left + since * limit.rate / 1000)
    at = max(now, bucket.at)
    if left < 1:
        return Bucket(left, at), False
    return Bucket(left - 1, at), True
