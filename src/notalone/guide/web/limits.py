"""How often one sender may post: by session, and more generously by address (a school shares one)."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from notalone.kit import system
from notalone.kit.allowance import Limit, Sender, may

SESSION = Limit.a_minute(40)
ADDRESS = Limit.a_minute(1200)


def allows(request: HttpRequest) -> bool:
    """Take one post from the sender's allowances and say whether both were there."""
    sender = Sender(request.session.session_key, str(request.META.get("REMOTE_ADDR", "")))
    return may(cache, "judged", sender, SESSION, ADDRESS, system.now())
