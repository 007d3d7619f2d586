"""The delayed retest: a code that links two scores, from three weeks after the visit to six.

The code is made in the visitor's browser from letters and digits that cannot be mistaken for one another and form no
words: 12 of 25, so one of 25¹² ≈ 6 · 10¹⁶. “About four weeks” is day 21 to day 42, since classes meet on fixed days.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum

ALPHABET = "23456789CDFGHJKMNPQRTVWXZ"
LENGTH = 12
OPENS_DAYS = 21
KEPT_DAYS = 42
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}\\Z")


class When(StrEnum):
    """Whether a code opens the retest today."""

    EARLY = "early"
    OPEN = "open"
    OVER = "over"


def read(text: str) -> str | None:
    """Return the code as it is stored, however it was typed (small letters, blanks, dashes); None for no code."""
    code = re.sub(r"[\s\-–.]+", "", text[:64]).upper()
    return code if _CODE.match(code) else None


def spell(code: str) -> str:
    """Return a code in three groups of four, as it is shown."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def opens(made: date) -> date:
    """Return the first day on which a code may be used."""
    return made + timedelta(days=OPENS_DAYS)


def ends(made: date) -> date:
    """Return the last day on which a code may be used; it is deleted after it."""
    return made + timedelta(days=KEPT_DAYS)


def when(made: date, today: date) -> When:
    """Say whether a code made on a day opens the retest on another."""
    if today < opens(made):
        return When.EARLY
    return When.OPEN if today <= ends(made) else When.OVER


def first_kept(today: date) -> date:
    """Return the oldest day of making whose codes still open something today."""
    return today - timedelta(days=KEPT_DAYS)
