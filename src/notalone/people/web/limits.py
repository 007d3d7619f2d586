"""How many log-ins one address may try: checking a password is slow on purpose, and stations must not wait for it."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60
ADDRESS = 60


def allows(request: HttpRequest) -> bool:
    """Count one try of the sender's address and say whether it is within what a minute allows."""
    key = f"people:address:{request.META.get('REMOTE_ADDR', '')}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return True
    try:
        return cache.incr(key) <= ADDRESS
    except ValueError:
        # the window ended between the two calls
        cache.set(key, 1, WINDOW_SECONDS)
        return True
