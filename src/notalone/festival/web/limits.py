"""How often one sender may post: by session, and more generously by address (a school shares one)."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from notalone.festival.core.limit import Bucket, Limit, step
from notalone.kit import system
from notalone.kit.time import Instant

SESSION = Limit(burst=20, rate=20)
ADDRESS = Limit(burst=400, rate=400)
_KEPT_SECONDS = 60


def allows(request: HttpRequest, now: Instant | None = None) -> bool:
    """Take one from the sender's allowances and say whether both were there.

    A session that is refused takes nothing from its address, so that one who floods leaves the school its share.
    """
    now = now or system.now()
    session = request.session.session_key
    if session is not None and not _take(f"moments:session:{session}", SESSION, now):
        return False
    return _take(f"moments:address:{request.META.get('REMOTE_ADDR', '')}", ADDRESS, now)


def _take(key: str, limit: Limit, now: Instant) -> bool:
    kept: Bucket | None = cache.get(key)
    bucket, there = step(limit, kept, now)
    cache.set(key, bucket, _KEPT_SECONDS)
    return there
