"""How many doors one address may try: a school's phones share one, and codes must not be guessed."""

from __future__ import annotations

from django.core.cache import cache
from django.http import HttpRequest

from notalone.kit import system
from notalone.kit.allowance import Limit, take

UNKNOWN = Limit.a_minute(60)
JOINS = Limit.a_minute(600)


def may_look(request: HttpRequest) -> bool:
    """Count a code that leads nowhere and say whether the address may try more."""
    return take(cache, f"classes:unknown:{_address(request)}", UNKNOWN, system.now())


def may_join(request: HttpRequest) -> bool:
    """Count a phone that asks for a seat and say whether the address may send more."""
    return take(cache, f"classes:join:{_address(request)}", JOINS, system.now())


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
