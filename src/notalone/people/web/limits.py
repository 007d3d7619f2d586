"""How many log-ins one address may try: checking a password is slow on purpose, and stations must not wait for it."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from notalone.kit import system
from notalone.kit.allowance import Limit, take

ADDRESS = Limit.a_minute(60)


def allows(request: HttpRequest) -> bool:
    """Take one try from the allowance of the sender's address and say whether it was there."""
    return take(cache, f"log-ins:address:{request.META.get('REMOTE_ADDR', '')}", ADDRESS, system.now())
