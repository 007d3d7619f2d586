"""What a teacher opens: a new class, and its page on the projector, from which the class is led."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notalone.classes import actions, queries
from notalone.classes.core import code as codes
from notalone.classes.core import lesson
from notalone.classes.core.lesson import Event, LessonError
from notalone.classes.web import answers, texts
from notalone.kit import system
from notalone.kit.problems import CannotRead
from notalone.live import queries as live
from notalone.people.models import Person
from notalone.people.queries import needs

ROLE = "guide"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs(ROLE)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for story, language and mode, and open the class."""
    lang = get_language() or "en"
    why = ""
    if request.method == "POST" and isinstance(request.user, Person):
        try:
            spoken = request.POST.get("lang", "")
            code = actions.open_class(
                request.user, request.POST.get("scenario", ""), spoken, request.POST.get("mode", "")
            )
            with override(spoken):
                return redirect("classes:wall", code)
        except (actions.RefusedError, CannotRead) as error:
            why = str(error)
    context = {"stories": texts.stories(lang), "languages": texts.languages(), "lang": lang, "why": why}
    return render(request, "classes/new.html", context, status=400 if why else 200)


def _find(code: str) -> queries.Class:
    found = queries.find(code)
    if found is None:
        raise Http404(_("There is no class “{code}” now.").format(code=code[:16]))
    return found


@never_cache
@require_safe
@needs(ROLE)
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Show the class's page on the projector."""
    found = _find(code)
    lang = get_language() or "en"
    request.session.modified = True
    data = {
        **texts.page(found, lang),
        "csrf": get_token(request),
        "helplines": texts.helplines(lang),
        "urls": {name: reverse(f"classes:{name}", args=[found.code]) for name in ("watch", "act")},
    }
    context = {
        "data": data,
        "texts": texts.wall(),
        "live": live.page_access(request, follow=[found.topic], name="class-wall"),
        "topic": found.topic,
        "code": found.code,
        "title": texts.title(found.score, data["told"]),
        "where": _public(request, reverse("classes:enter")).split("://", 1)[-1].rstrip("/"),
    }
    return render(request, "classes/wall.html", context)


@never_cache
@require_safe
@needs(ROLE)
def watch(request: HttpRequest, code: str) -> JsonResponse:
    """Answer with where the class is, and how far those are who play alone; never with one phone's choice."""
    actions.settle(code)
    told = queries.state(code)
    if told is None:
        return answers.error(404, _("There is no class “{code}” now.").format(code=code[:16]))
    return JsonResponse({**told, "stretches": queries.stretches(code), "now": system.now().ms})


PLAIN: dict[str, Event | None] = {
    "begin": lesson.Begin(),
    "ask": lesson.Ask(),
    "stop": lesson.Stop(),
    "resume": lesson.Resume(),
    "more": lesson.More(),
    "close": None,
    "again": lesson.Again(),
    "next": lesson.Next(),
    "end": lesson.End(),
}


@never_cache
@require_POST
@needs(ROLE)
def act(request: HttpRequest, code: str) -> JsonResponse:
    """Take ``{"do": what, "seen": [phase, round, state]}``; ``take`` has a ``choice``, too. Answers as ``watch``."""
    try:
        sent = answers.read(request)
        do = sent.get("do")
        if do == "take":
            event: Event | None = lesson.Take(answers.whole(sent, "choice"))
        elif isinstance(do, str) and do in PLAIN:
            event = PLAIN[do]
        else:
            return answers.error(400, f"“do” is one of take, {', '.join(PLAIN)}.")
        seen = sent.get("seen")
        actions.act(code, event, tuple(seen) if isinstance(seen, list) and len(seen) == 3 else None)
    except answers.NotUnderstoodError as error:
        return answers.error(400, str(error))
    except actions.NoClassError as error:
        return answers.error(404, str(error))
    except LessonError as error:
        return answers.error(409, str(error))
    return JsonResponse({**(queries.state(code) or {}), "stretches": queries.stretches(code), "now": system.now().ms})


def _public(request: HttpRequest, path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)


@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the class's address as a QR code (ISO/IEC 18004, error correction M, four modules of margin)."""
    drawn = io.BytesIO()
    url = _public(request, reverse("classes:phone", args=[codes.clean(code) or "-"]))
    segno.make(url, error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, dark="#0b1a2b", light="#ffffff", omitsize=True
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
