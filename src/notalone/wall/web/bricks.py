"""The door for programs: a brick in, and what left the wall."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notalone.kit.ids import parse_uuid7
from notalone.kit.problems import CannotRead
from notalone.wall import actions, queries
from notalone.wall.core.life import ON_THE_WALL, Kind, State
from notalone.wall.web import limits

MAX_BYTES = 4 * 1024
_HEAD = {"id", "where", "pass", "kind"}


def _error(status: int, why: str) -> JsonResponse:
    return JsonResponse({"error": why}, status=status)


@require_POST
def lay(request: HttpRequest) -> HttpResponse:
    """Take a brick (docs/developers/house.md); answer ``{"state": "shown"}`` or ``{"state": "held"}``.

    Sending a brick again is harmless. What is not accepted is answered with ``{"error": sentence}``:
    400 not a brick, 409 the id belongs to another brick, 413 too big, 415 not JSON, 429 too many.
    Whoever wrote words that were refused is told that they are held: nobody is shamed at a screen.
    """
    if request.content_type != "application/json":
        return _error(415, _("Send the brick as application/json."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return _error(413, _("That is too big for a brick: at most 4 KiB are taken."))
    if not limits.allows(request):
        refused = _error(429, _("Too many bricks at once: wait a minute and try again."))
        refused["Retry-After"] = str(limits.SESSION.wait)
        return refused
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return _error(400, _("What was sent is not JSON."))
    try:
        state = _laid(sent, get_language() or "en")
    except actions.OtherBrickError as error:
        return _error(409, str(error))
    except actions.RefusedError as error:
        return _error(400, str(error))
    except CannotRead:
        return _error(503, _("The festival cannot be read at the moment: try again."))
    return JsonResponse({"state": "shown" if state in ON_THE_WALL else "held"})


def _laid(sent: object, lang: str) -> State:
    if not isinstance(sent, dict):
        raise actions.RefusedError(_("A brick is a JSON object."))
    kind = sent.get("kind")
    if not isinstance(kind, str) or kind not in set(Kind):
        raise actions.RefusedError(_("A brick's kind is “chosen” or “own”."))
    field = "message" if kind == Kind.CHOSEN else "text"
    for unknown in sorted(set(sent) - _HEAD - {field}):
        raise actions.RefusedError(_("A brick has no field “{name}”.").format(name=unknown[:64]))
    raw_id, where, said = _text(sent, "id"), _text(sent, "where"), _text(sent, field)
    pass_id = None if sent.get("pass") is None else _text(sent, "pass")
    try:
        brick_id = parse_uuid7(raw_id)
    except ValueError as error:
        raise actions.RefusedError(_("A brick's id is a UUID of version 7.")) from error
    if kind == Kind.CHOSEN:
        return actions.lay_chosen(brick_id, where, pass_id, said, lang)
    return actions.lay_own(brick_id, where, said, lang)


def _text(sent: Mapping[str, object], name: str) -> str:
    value = sent.get(name)
    if not isinstance(value, str):
        raise actions.RefusedError(_("A brick's field “{name}” is a text.").format(name=name))
    return value


@never_cache
@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Answer ``{"gone": [id, ...], "count": n}``: what was taken off the wall, so that every screen drops it."""
    return JsonResponse({"gone": [str(one) for one in queries.gone()], "count": queries.count()})
