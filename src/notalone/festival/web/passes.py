"""The pass: opened by a link or a QR code, looked at, thrown away."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from notalone.festival import actions, queries
from notalone.festival.core import passes
from notalone.festival.core.values import Festival
from notalone.festival.web import texts
from notalone.kit import system
from notalone.kit.problems import CannotRead
from notalone.kit.time import Instant

COOKIE = "pass"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponseBase:
    """Show what the visitor's passes have met; a POST throws them away, and the session with them."""
    cookie = request.COOKIES.get(COOKIE, "")
    if request.method == "POST":
        actions.throw_away_pass(cookie)
        request.session.flush()
        response = redirect("festival:pass_gone")
        response.delete_cookie(COOKIE, samesite="Lax")
        return response
    festival, lang = queries.festival(), texts.language()
    stories = queries.pass_stories(passes.codes(cookie))
    best: dict[str, queries.StampStory] = {}
    for story in stories:
        for stamp in story.stamps:
            if best.setdefault(stamp.scenario, stamp).at < stamp.at:
                best[stamp.scenario] = stamp
    stamps = sorted(best.values(), key=lambda stamp: stamp.at)
    context = {
        "known": bool(passes.codes(cookie)),
        "stamps": [_stamp(festival, stamp, lang) for stamp in stamps],
        "next": [
            texts.card(festival, station, lang)
            for station in festival.stations.values()
            if station.scenario not in best
        ],
    }
    return render(request, "festival/pass.html", context)


def _stamp(festival: Festival, stamp: queries.StampStory, lang: str) -> dict[str, Any]:
    """Return a stamp as the page shows it, plainly where its scenario has left the folder since."""
    shown: dict[str, Any] = {"title": stamp.scenario, "risk": "", "ending": stamp.ending, "flags": []}
    try:
        score = queries.score(stamp.scenario)
    except CannotRead:
        return shown
    risk = festival.risks.get(score["risk"])
    shown["title"] = texts.told(score, lang, score["title"])
    shown["risk"] = festival.say(risk.name, lang) if risk else ""
    for flag in stamp.flags:
        told = score["flags"].get(flag)
        if told is not None:
            see = texts.told(score, lang, told["see"])
            know = "" if told["know"] is None else texts.told(score, lang, told["know"])
            shown["flags"].append({"see": see, "know": know})
    return shown


@never_cache
@require_safe
def opened(request: HttpRequest, code: str) -> HttpResponse:
    """Put a pass into the visitor's cookie, beside those that are there, and show what it has met."""
    festival, now = queries.festival(), system.now()
    story = queries.pass_story(code)
    ends: Instant = passes.ends(festival, story.created if story else now)
    response = redirect("festival:pass")
    response.set_cookie(
        COOKIE,
        passes.with_code(request.COOKIES.get(COOKIE, ""), code),
        max_age=max(0, ends.since(now).ms // 1000),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@never_cache
@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Say that the pass is thrown away."""
    return render(request, "festival/pass_gone.html")


@never_cache
@require_safe
def qr(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the link to a pass as a QR code (ISO/IEC 18004, error correction M, four modules of margin)."""
    path = reverse("festival:pass_open", args=[code])
    # a kiosk may know the festival as localhost, which a visitor's phone cannot follow
    url = f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, dark="#0b1a2b", light="#ffffff", omitsize=True
    )
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")
