"""Lets pages that asked for access to live connect to it, and no other page."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from notalone.live.queries import ADDRESS


class LivePolicy:
    """Adds live's address to ``connect-src`` of a page that called ``page_access`` (CSP 3, 6.1.2).

    It stands below ``CSPMiddleware``, which writes the header from what is added here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        address = getattr(request, ADDRESS, None)
        if address is not None:
            parts = urlsplit(address)
            update = dict(getattr(response, "_csp_update", None) or {})
            more = update.get("connect-src") or []
            more = list(more) if isinstance(more, list | tuple | set) else [more]
            update["connect-src"] = [*more, f"{parts.scheme}://{parts.netloc}"]
            response._csp_update = update  # type: ignore[attr-defined] # django-csp reads it there
        return response
