"""Ids and people for the tests of the wall."""

from __future__ import annotations

import itertools
from uuid import UUID

from notalone.kit import system
from notalone.kit.ids import uuid7
from notalone.kit.time import Instant

NOON = Instant.parse("2026-01-01T05:00:00Z")
PASS = "pass-of-a-visitor-0001"
_numbers = itertools.count(1)


def fresh_id() -> UUID:
    """Return a UUIDv7 that no test had before."""
    return uuid7(NOON, next(_numbers).to_bytes(10, "big"))


def chosen(**other: object) -> dict[str, object]:
    """Return a brick with a chosen message as a station sends it."""
    return {"id": str(fresh_id()), "where": "one", "pass": None, "kind": "chosen", "message": "not-alone", **other}


def own(text: str, **other: object) -> dict[str, object]:
    """Return a brick with own words as a station sends it."""
    return {"id": str(fresh_id()), "where": "one", "pass": None, "kind": "own", "text": text, **other}


def live_id() -> UUID:
    """Return a UUIDv7 of now, as a browser makes it."""
    return system.new_id()
