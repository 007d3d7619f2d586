"""The door for reads: tokens, what a page needs to connect, and whether live is well."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterable
from typing import Any, TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from notalone.kit import system
from notalone.kit.time import Duration
from notalone.live.core import tokens

PAGE = Duration.seconds(12 * 3600)
PROCESS = Duration.seconds(30 * 24 * 3600)
HEALTH_WITHIN = 1.0
ADDRESS = "_live_address"  # the request's attribute by which LivePolicy knows that the page connects


class PageAccess(TypedDict):
    """What a page hands to ``connect`` of ``live.js``."""

    url: str
    token: str
    name: str


def signing_key() -> bytes:
    """Return the key that signs tokens; for the process that serves live."""
    return tokens.key_of(settings.SECRET_KEY)


def token(name: str, follow: Iterable[str] = (), publish: Iterable[str] = (), lifetime: Duration = PROCESS) -> str:
    """Return a token for a process of the house; never hand it to a page, for it needs no origin.

    Raises:
        ValueError: the name is none, or a topic is neither a topic's name nor a pattern.
    """
    return _sign(name, follow, publish, lifetime, process=True)


def page_access(
    request: HttpRequest,
    follow: Iterable[str],
    publish: Iterable[str] = (),
    name: str = "page",
    lifetime: Duration = PAGE,
) -> PageAccess:
    """Return what a page needs to connect to live, and let the page's policy allow it.

    A page that is open longer than ``lifetime`` goes on until it loses the connection, is then told that its
    token expired, and gets a fresh one by being loaded again.

    Raises:
        ValueError: the name is none, or a topic is neither a topic's name nor a pattern.
    """
    url = settings.LIVE_URL or f"{'wss' if request.is_secure() else 'ws'}://{_host(request)}:{settings.LIVE_PORT}/"
    setattr(request, ADDRESS, url)
    return {"url": url, "token": _sign(name, follow, publish, lifetime, process=False), "name": name}


def _sign(name: str, follow: Iterable[str], publish: Iterable[str], lifetime: Duration, *, process: bool) -> str:
    grant = tokens.Grant(name, tuple(follow), tuple(publish), system.now() + lifetime, process)
    return tokens.sign(grant, signing_key())


def _host(request: HttpRequest) -> str:
    host = urlsplit(f"//{request.get_host()}").hostname or "localhost"
    return f"[{host}]" if ":" in host else host


def process_url() -> str:
    """Return live's address for the house's own processes, which may be on other machines."""
    return f"ws://{settings.LIVE_HOST}:{settings.LIVE_PORT}/"


def health() -> dict[str, Any]:
    """Return ``{"live": "ok" | "down" | what is wrong, "present": {name: {"connections", "seen_ms"}}}``."""
    asked = http.client.HTTPConnection(settings.LIVE_HOST, settings.LIVE_PORT, timeout=HEALTH_WITHIN)
    try:
        asked.request("GET", "/healthz")
        said = json.loads(asked.getresponse().read(1_000_000))
        return {"live": str(said["live"]), "present": dict(said["present"])}
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return {"live": "down", "present": {}}
    finally:
        asked.close()
