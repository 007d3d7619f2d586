"""How long to wait before the next attempt."""

from __future__ import annotations

FIRST = 0.25
LONGEST = 5.0


def pause(failures: int, chance: float) -> float:
    """Return the seconds to wait after ``failures`` attempts failed in a row.

    It doubles up to a cap; ``chance`` in 0 to 1 spreads clients over its upper half, so that thousands that
    lost the server at once do not come back at once.
    """
    whole = min(LONGEST, FIRST * 2.0 ** min(max(0, failures - 1), 20))
    return whole * (0.5 + 0.5 * chance)
