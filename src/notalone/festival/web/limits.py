"""How often one sender may post: by session, and more generously by address (a school shares one)."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from notalone.kit import system
from notalone.kit.allowance import Limit, Sender, may
from notalone.kit.time import Instant

SESSION = Limit(burst=20, rate=20)
ADDRESS = Limit(burst=400, rate=400)


def allows(request: HttpRequest, now: Instant | None = None) -> bool:
    """Take one from the sender's allowances and say whether both were there."""
    sender = Sender(request.session.session_key, str(request.META.get("REMOTE_ADDR", "")))
    return may(cache, "moments", sender, SESSION, ADDRESS, now or system.now())
