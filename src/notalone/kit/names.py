"""Names that people mistype, and the nearest right one."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*\Z")


def is_id(text: str) -> bool:
    """Say whether ``text`` is a name of the house: ``online-abduction``, ``exhibition_hall``, ``par1``."""
    return len(text) <= 64 and ID.match(text) is not None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name nearest to ``name``, or None where none is near."""
    found = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return found[0] if found else None
