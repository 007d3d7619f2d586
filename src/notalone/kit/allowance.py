"""How often something may happen: a token bucket for each sender, kept in the process's cache.

So many may come at once, and so many a second are given back. What is refused takes nothing.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass
from typing import Protocol

from notalone.kit.time import Instant


class Memory(Protocol):
    """Where buckets are kept: any of Django's caches."""

    def get(self, key: str) -> Bucket | None:
        """Return what is kept, None where nothing is."""

    def set(self, key: str, value: Bucket, timeout: float) -> None:
        """Keep a value for so many seconds."""


@dataclass(frozen=True, slots=True)
class Limit:
    """``burst`` may come at once; ``rate`` a second are given back."""

    burst: int
    rate: float

    @classmethod
    def a_minute(cls, count: int) -> Limit:
        """Return the limit of so many at once, given back within a minute."""
        return cls(count, count / 60)

    @property
    def wait(self) -> int:
        """Return after how many whole seconds one who was refused may come again (``Retry-After``)."""
        return math.ceil(1 / self.rate)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is left of an allowance at an instant."""

    left: float
    at: Instant


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: an address, which a school shares, and in it a session, where there is one yet."""

    session: str | None
    address: str


_taking = threading.Lock()  # the cache is the process's own: its threads take one after the other


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


def take(memory: Memory, key: str, limit: Limit, now: Instant) -> bool:
    """Take one from the bucket that is kept under a key and say whether it was there."""
    with _taking:
        bucket, there = step(limit, memory.get(key), now)
        memory.set(key, bucket, limit.burst / limit.rate + 1)  # by then it would be full again
    return there


def may(memory: Memory, what: str, sender: Sender, session: Limit, address: Limit, now: Instant) -> bool:
    """Take one from the allowances of a sender for ``what`` and say whether both were there.

    A session that is refused takes nothing from its address, so that one who floods leaves the school its share.
    """
    if sender.session is not None and not take(memory, f"{what}:session:{sender.session}", session, now):
        return False
    return take(memory, f"{what}:address:{sender.address}", address, now)
