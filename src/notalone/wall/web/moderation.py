"""The moderators' queue: plain forms, and the same doors for the keyboard."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notalone.festival import queries as festival_queries
from notalone.kit import system
from notalone.people.queries import needs
from notalone.wall import actions, queries
from notalone.wall.core.life import Reason
from notalone.wall.models import HINT_NAMES, REASON_NAMES

SHOWN = 50


def _context() -> dict[str, object]:
    now = system.now()
    festival = festival_queries.festival()
    lang = get_language() or "en"

    def place(where: str) -> str:
        station = festival.stations.get(where)
        return festival.say(station.name, lang) if station else where

    names = {str(reason): name for reason, name in REASON_NAMES.items()}
    hints = {str(hint): name for hint, name in HINT_NAMES.items()}
    return {
        "held": [
            (
                one,
                place(one.where),
                max(0, now.since(one.created).ms // 60_000),
                [hints[hint] for hint in one.hints if hint in hints],
            )
            for one in queries.queue(SHOWN)
        ],
        "length": queries.queue_length(),
        "decided": [(one, names.get(one.reason, "")) for one in queries.decided()],
        "reasons": [(number, str(reason), REASON_NAMES[reason]) for number, reason in enumerate(Reason, 1)],
    }


@never_cache
@require_safe
@needs("moderator")
def queue(request: HttpRequest) -> HttpResponse:
    """Show the words that wait and the latest decisions."""
    return render(request, "wall/queue.html", _context())


@never_cache
@require_safe
@needs("moderator")
def lists(request: HttpRequest) -> HttpResponse:
    """Answer the two lists of the queue page alone, for an open page."""
    return render(request, "wall/parts/lists.html", _context())


@require_POST
@needs("moderator")
def approve(request: HttpRequest, brick_id: UUID) -> HttpResponse:
    """Let words join the wall."""
    return _answer(request, "approve", brick_id)


@require_POST
@needs("moderator")
def refuse(request: HttpRequest, brick_id: UUID) -> HttpResponse:
    """Keep words off the wall, with a reason."""
    return _answer(request, "refuse", brick_id)


@require_POST
@needs("moderator")
def undo(request: HttpRequest, brick_id: UUID) -> HttpResponse:
    """Take a decision back."""
    return _answer(request, "undo", brick_id)


def _answer(request: HttpRequest, verb: str, brick_id: UUID) -> HttpResponse:
    """Carry a decision out; programs get JSON (200, 400 or 409), people the queue again."""
    status, said = 200, ""
    try:
        said = _carry_out(request, verb, brick_id)
    except actions.DecidedError as error:
        status, said = 409, str(error)
    except ValueError:
        status, said = 400, _("Say why: choose one of the five reasons.")
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"said": said}, status=status)
    (messages.success if status == 200 else messages.warning)(request, said)
    return redirect("wall:queue")


def _carry_out(request: HttpRequest, verb: str, brick_id: UUID) -> str:
    person = request.user
    if not person.is_authenticated:
        raise ValueError("nobody decides without an account")
    if verb == "approve":
        actions.approve(person, brick_id)
        return _("Approved: the words are on the wall.")
    if verb == "refuse":
        reason = Reason(request.POST.get("reason", ""))
        actions.refuse(person, brick_id, reason)
        if reason is Reason.WORRY:
            return _("Refused. Somebody may need help: tell the guide at the station and the person in charge now.")
        return _("Refused: the words stay off the wall.")
    raw = request.POST.get("turn", "")
    actions.undo(person, brick_id, int(raw) if raw.isdecimal() and len(raw) < 9 else None)
    return _("Taken back: the words wait again.")
