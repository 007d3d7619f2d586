"""How many bricks one sender may lay: by session, and more generously by address (a school shares one)."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from notalone.kit import system
from notalone.kit.allowance import Limit, Sender, may

SESSION = Limit.a_minute(20)
ADDRESS = Limit.a_minute(2400)  # a school of 2,000 phones behind one address may light up together


def allows(request: HttpRequest) -> bool:
    """Take one brick from the sender's allowances and say whether both were there."""
    sender = Sender(request.session.session_key, str(request.META.get("REMOTE_ADDR", "")))
    return may(cache, "bricks", sender, SESSION, ADDRESS, system.now())
