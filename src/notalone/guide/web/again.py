"""The retest, about four weeks later: a code, six messages, thanks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from notalone.festival import queries as festivals
from notalone.guide import actions, queries
from notalone.guide.core import again as codes
from notalone.guide.core.again import When
from notalone.guide.core.judged import count
from notalone.guide.web import limits
from notalone.kit import system

_ANSWERS = {"real": True, "not": False}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Take the code, then the answers; the code travels in forms alone, never in an address."""
    if request.method != "POST":
        return _ask(request)
    if not limits.allows(request):
        return _ask(request, _("Too many tries at once: wait a minute, please."), 429)
    typed = request.POST.get("code", "")
    code = codes.read(typed)
    now = system.now()
    found = queries.retest(code, now) if code else None
    if code is None or found is None or found.when is When.OVER:
        said = _("This code opens nothing: look at the letters again. A code works once, and for six weeks.")
        return _ask(request, said, typed=typed)
    if found.when is When.EARLY:
        return render(request, "guide/again.html", {"early": found})
    lang = get_language() or "en"
    items = (queries.forms(found.scenario, lang) or {}).get(found.form, ())
    if not items or found.scenario not in {station.scenario for station in festivals.stations()}:
        return _ask(request, _("These messages are not here any more. Thank you for coming back."))
    answers = [_ANSWERS.get(request.POST.get(item.id, "")) for item in items]
    context = {"code": codes.spell(code), "items": list(zip(items, answers, strict=True))}
    if "judged" not in request.POST:
        return render(request, "guide/again.html", context)
    said_genuine = [answer for answer in answers if answer is not None]
    if len(said_genuine) < len(items):
        return render(request, "guide/again.html", {**context, "error": _("One message is still waiting for you.")})
    try:
        actions.judge_again(code, count([item.genuine for item in items], said_genuine), now)
    except actions.UnknownError:
        return _ask(request, _("Your answers are here already. Thank you!"))
    return render(request, "guide/again.html", {"done": items})


def _ask(request: HttpRequest, error: str = "", status: int = 200, typed: str = "") -> HttpResponse:
    return render(request, "guide/again.html", {"ask": True, "error": error, "typed": typed[:64]}, status=status)
