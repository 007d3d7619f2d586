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
    """Take one from the sender's allowances and say whether both were there."""
    now = now or system.now()
    session = request.session.session_key
    by_address = _take(f"moments:address:{request.META.get('REMOTE_ADDR', '')}", ADDRESS, now)
    by_session = session is None or _take(f"moments:session:{session}", SESSION, now)
    return by_address and by_session


def _take(key: str, limit: Limit, now: Instant) -> bool:
    kept: Bucket | None = cache.get(key)
    bucket, there = step(limit, kept, now)
    cache.set(key, bucket, _KEPT_SECONDS)
    return there
