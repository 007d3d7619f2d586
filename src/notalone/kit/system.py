"""The only place that reads the system's clock and its randomness; cores may not import it."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

from notalone.kit.ids import uuid7
from notalone.kit.time import Instant


def now() -> Instant:
    """Return the present instant."""
    return Instant(time.time_ns() // 1_000_000)


def new_id(at: Instant | None = None) -> UUID:
    """Return a fresh UUIDv7, made now or at the given instant."""
    return uuid7(at or now(), secrets.token_bytes(10))


def new_token(size: int = 16) -> str:
    """Return ``size`` random bytes as URL-safe text."""
    return secrets.token_urlsafe(size)


def entropy(size: int) -> bytes:
    """Return ``size`` random bytes."""
    return secrets.token_bytes(size)
