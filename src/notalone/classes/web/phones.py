"""What a class's phones open and send; the seat's secret stays in the page and comes with each request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notalone.classes import actions, queries
from notalone.classes.core import code as codes
from notalone.classes.web import answers, limits, texts
from notalone.kit import system
from notalone.live import queries as live

SEAT = "X-Seat"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the class's code and lead to the class."""
    if request.method != "POST":
        return render(request, "classes/enter.html")
    typed = codes.clean(request.POST.get("code", ""))
    if queries.exists(typed):
        return redirect("classes:phone", typed)
    if not limits.may_look(request):
        return render(
            request, "classes/enter.html", {"why": _("Too many tries: wait a minute, then try again.")}, status=429
        )
    return render(request, "classes/enter.html", {"typed": typed, "why": _unknown(typed)}, status=404)


def _unknown(typed: str) -> str:
    if not typed:
        return _("Type the letters that the wall shows.")
    if not codes.is_code(typed):
        return _("A code has {count} letters and no digits. Look at the wall and type it again.").format(
            count=codes.LENGTH
        )
    return _("There is no class with this code now. Look at the wall and type it again.")


@never_cache
@require_safe
def phone(request: HttpRequest, code: str) -> HttpResponse:
    """Show the class on a phone."""
    typed = codes.clean(code)
    found = queries.find(typed)
    if found is None:
        may = limits.may_look(request)
        why = _unknown(typed) if may else _("Too many tries: wait a minute, then try again.")
        return render(request, "classes/enter.html", {"typed": typed, "why": why}, status=404 if may else 429)
    if typed != code:
        return redirect("classes:phone", typed)
    lang = get_language() or "en"
    request.session.modified = True
    data = {
        **texts.page(found, lang),
        "csrf": get_token(request),
        "urls": {
            name: reverse(f"classes:{name}", args=[found.code])
            for name in ("join", "leave", "vote", "stretch", "state")
        },
    }
    context = {
        "data": data,
        "texts": texts.phone(),
        "live": live.page_access(request, follow=[found.topic], name="class"),
        "topic": found.topic,
        "code": found.code,
    }
    return render(request, "classes/phone.html", context)


def _door(view: Callable[[HttpRequest, str], JsonResponse]) -> Callable[[HttpRequest, str], JsonResponse]:
    @wraps(view)
    def answered(request: HttpRequest, code: str) -> JsonResponse:
        try:
            return view(request, code)
        except answers.NotUnderstoodError as error:
            return answers.error(400, str(error))
        except actions.NoClassError as error:
            return answers.error(404 if limits.may_look(request) else 429, str(error))
        except actions.NoSeatError as error:
            return answers.error(401, str(error))
        except (actions.OverError, actions.LateError) as error:
            return answers.error(410, str(error))
        except actions.FullError as error:
            return answers.error(409, str(error))
        except actions.RefusedError as error:
            return answers.error(400, str(error))

    return never_cache(answered)


def _token(request: HttpRequest) -> str:
    return request.headers.get(SEAT, "")[:64]


def _state(code: str, token: str) -> JsonResponse:
    actions.settle(code)
    told = queries.state(code)
    if told is None:
        raise actions.NoClassError(_("There is no class “{code}” now.").format(code=code[:16]))
    mine: dict[str, Any] = {"seat": False, "mine": None}
    if token:
        secret = actions.seat_key(token)
        mine = {"seat": queries.has_seat(code, secret), "mine": queries.own_vote(code, secret)}
    return JsonResponse({**told, **mine, "now": system.now().ms})


@require_safe
@_door
def state(request: HttpRequest, code: str) -> JsonResponse:
    """Answer with where the class is, and with the vote of the seat that asks."""
    return _state(code, _token(request))


@require_POST
@_door
def join(request: HttpRequest, code: str) -> JsonResponse:
    """Take a seat; answer ``{"seat": secret}``. 409: the class is full; 410: it is over."""
    if not limits.may_join(request):
        return answers.error(429, _("Too many at once: wait a moment, then try again."))
    return JsonResponse({"seat": actions.join(code, _token(request) or None)})


@require_POST
@_door
def leave(request: HttpRequest, code: str) -> JsonResponse:
    """Give the seat up."""
    actions.leave(code, _token(request))
    return JsonResponse({})


@require_POST
@_door
def vote(request: HttpRequest, code: str) -> JsonResponse:
    """Take ``{"round": n, "choice": n}``; answered once it is committed. 410: that vote is over."""
    sent = answers.read(request)
    actions.vote(code, _token(request), answers.whole(sent, "round"), answers.whole(sent, "choice"))
    return JsonResponse({"mine": sent["choice"]})


@require_POST
@_door
def stretch(request: HttpRequest, code: str) -> JsonResponse:
    """Take ``{"stage": 0..3}`` from a phone that plays alone."""
    actions.reach(code, _token(request), answers.whole(answers.read(request), "stage"))
    return JsonResponse({})
