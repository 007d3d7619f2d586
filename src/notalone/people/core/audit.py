"""The audit log's chain: each row's hash covers the row and the hash before it (SHA-256, FIPS 180-4)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from notalone.kit.moments import Json

START = "0" * 64


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the log; ``seq`` counts from 1 without gaps, ``at`` is in ms since 1970."""

    seq: int
    at: int
    person: str
    verb: str
    subject: str
    detail: Mapping[str, Json] = field(default_factory=dict)


def canonical(row: Row) -> bytes:
    """Return a row's content as bytes that are the same wherever and whenever it is read."""
    content = [row.seq, row.at, row.person, row.verb, row.subject, dict(row.detail)]
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def link(previous: str, row: Row) -> str:
    """Return the row's hash, in hexadecimal, given the hash of the row before it."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(row)).hexdigest()


def first_broken(rows: Iterable[tuple[Row, str, str]], head: tuple[int, str]) -> int | None:
    """Return the number of the first row that does not hold, or None where the chain is whole.

    Args:
        rows: (row, its previous hash, its hash) in the order of ``seq``.
        head: the last row's number and hash as noted apart from the rows; (0, START) before any.
    """
    seq, last = 0, START
    for row, previous, hash_ in rows:
        seq += 1
        if row.seq != seq or previous != last or link(last, row) != hash_:
            return seq
        last = hash_
    if (seq, last) == head:
        return None
    return max(1, seq) if seq == head[0] else min(seq, head[0]) + 1
