"""How the room's doors for scripts read and answer."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, JsonResponse

MAX_BYTES = 4096


class NotUnderstoodError(ValueError):
    """What was sent is not what the door takes; the message says what it takes."""


def read(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that was sent; an empty body is an empty object.

    Raises:
        NotUnderstoodError: it is none, or too large.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        raise NotUnderstoodError(f"At most {MAX_BYTES} bytes are taken.")
    if not request.body:
        return {}
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstoodError("What was sent is not JSON.") from error
    if not isinstance(sent, dict):
        raise NotUnderstoodError("Send an object.")
    return sent


def whole(sent: dict[str, Any], key: str) -> int:
    """Return a whole number of what was sent, from 0.

    Raises:
        NotUnderstoodError: it is missing or none.
    """
    value = sent.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1_000_000:
        raise NotUnderstoodError(f"“{key}” is a whole number.")
    return value


def error(status: int, why: str) -> JsonResponse:
    """Answer with one sentence."""
    return JsonResponse({"error": why}, status=status)
