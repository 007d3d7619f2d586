"""How often one sender may post: by session, and more generously by address (a school shares one)."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from notalone.festival.core.limit import Bucket, Limit, step
from notalone.kit import system
from notalone.kit.time import Instant

SESSION = Limit(burst=20, rate=20)
ADDRESS = Limit(burst=400, rate=400)
_KEPT_SECONDS = 60
_NOT_ADDRESS = re.compile(r"[^0-9a-fA-F.:]")


def allows(request: HttpRequest, now: Instant | None = None) -> bool:
    """Take one from the sender's allowances and say whether both were there."""
    now = now or system.now()
    session = request.session.session_key
    by_address = _take(f"moments:address:{_address(request)}", ADDRESS, now)
    by_session = session is None or _take(f"moments:session:{session}", SESSION, now)
    return by_address and by_session


def _address(request: HttpRequest) -> str:
    """Return the sender's address; in production the one that the reverse proxy added last."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    address = forwarded.rsplit(",", 1)[-1] or request.META.get("REMOTE_ADDR", "")
    return _NOT_ADDRESS.sub("", address)[:45]


def _take(key: str, limit: Limit, now: Instant) -> bool:
    kept: Bucket | None = cache.get(key)
    bucket, there = step(limit, kept, now)
    cache.set(key, bucket, _KEPT_SECONDS)
    return there
