"""What a pass's code looks like, and how long a pass lives."""

from __future__ import annotations

import re

from notalone.festival.core.values import Festival
from notalone.kit.time import Duration, Instant

CODE = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")
JOINT = "."
MAX_CODES = 24
UNLINK_AFTER = Duration(48 * 3_600_000)


def ends(festival: Festival, created: Instant) -> Instant:
    """Return when a pass ends: with the festival.

    A pass made outside its days (at a rehearsal) lives as long as the festival lasts, so that no pass ever
    outlives one festival.
    """
    if festival.starts() <= created < festival.ends():
        return festival.ends()
    return created + festival.ends().since(festival.starts())


def codes(cookie: str) -> tuple[str, ...]:
    """Return the passes that a cookie holds, oldest first; what is no pass is left out.

    A visitor who opens the links of several stations keeps several passes. The server never learns that
    they belong together.
    """
    return tuple(dict.fromkeys(code for code in cookie.split(JOINT) if CODE.match(code)))[-MAX_CODES:]


def with_code(cookie: str, code: str) -> str:
    """Return the cookie's value with one more pass, without the oldest where there are too many."""
    kept = [known for known in codes(cookie) if known != code]
    return JOINT.join([*kept, code][-MAX_CODES:])
