"""What every shell's template needs."""

from __future__ import annotations

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """Return what the shells show on every page."""
    return {}
