"""The shells' own pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist."""
    return HttpResponse(status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the program failed."""
    return HttpResponse(status=500)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what a role may not see."""
    return HttpResponse(status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read."""
    return HttpResponse(status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token."""
    return HttpResponse(status=403)
