"""Counting a vote: one number for each choice, and which choices lead."""

from __future__ import annotations

from collections.abc import Iterable


def tally(votes: Iterable[int], choices: int) -> tuple[int, ...]:
    """Return how many votes each of ``choices`` choices got; a vote for none of them does not count."""
    counts = [0] * choices
    for vote in votes:
        if 0 <= vote < choices:
            counts[vote] += 1
    return tuple(counts)


def leading(counts: tuple[int, ...]) -> tuple[int, ...]:
    """Return the positions with most votes, in order; where nobody voted, all of them lead."""
    most = max(counts, default=0)
    return tuple(position for position, count in enumerate(counts) if count == most)
