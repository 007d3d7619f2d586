"""How many bricks one sender may lay: by session, and more generously by address (a school shares one)."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 60
SESSION = 20
ADDRESS = 2400  # a school of 2,000 phones behind one address may light up together


def allows(request: HttpRequest) -> bool:
    """Count one brick of the sender and say whether it is within what a minute allows.

    What a session sends too much does not count for its address, so that one who floods leaves the school its share.
    """
    session = request.session.session_key
    if session is not None and _count(f"wall:session:{session}") > SESSION:
        return False
    return _count(f"wall:address:{request.META.get('REMOTE_ADDR', '')}") <= ADDRESS


def _count(key: str) -> int:
    if cache.add(key, 1, WINDOW_SECONDS):
        return 1
    try:
        return cache.incr(key)
    except ValueError:
        # the window ended between the two calls
        cache.set(key, 1, WINDOW_SECONDS)
        return 1
