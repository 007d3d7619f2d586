"""The pages that anybody reads: the programme, and where to find help."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notalone.festival import queries
from notalone.festival.core import help as helping
from notalone.festival.core import programme as running
from notalone.festival.core.values import Festival, Item
from notalone.festival.web import texts
from notalone.kit import system
from notalone.kit.time import Instant


@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    """Show every day's items, and what is on now and next."""
    festival, lang, now = queries.festival(), texts.language(), system.now()
    on, following = running.now_on(festival, now), running.comes_next(festival, now)
    days = [
        {"day": day.day, "items": [_item(festival, item, lang, on, following) for item in day.items]}
        for day in running.days(festival)
    ]
    context = {
        "days": days,
        "on": [_item(festival, item, lang, on, following) for item in on],
        "following": [_item(festival, item, lang, on, following) for item in following],
        "over": bool(festival.programme) and not on and not following,
    }
    return render(request, "festival/programme.html", context)


def _item(
    festival: Festival, item: Item, lang: str, on: tuple[Item, ...], following: tuple[Item, ...]
) -> dict[str, object]:
    ends: Instant = festival.item_ends(item)
    return {
        "title": festival.say(item.title, lang),
        "place": festival.say(festival.places[item.place].name, lang),
        "day": item.day,
        "starts": f"{item.at:%H:%M}",
        "ends": f"{ends.as_datetime().astimezone(festival.zone):%H:%M}",
        "on": item in on,
        "next": item in following,
    }


@require_safe
def helplines(request: HttpRequest) -> HttpResponse:
    """Show where to find help here, and then where visitors from abroad find it in their own country."""
    festival, lang, now = queries.festival(), texts.language(), system.now()
    context = {
        "lines": [texts.helpline(festival, line, lang, now) for line in helping.shown(festival, lang)],
        "abroad": [texts.helpline(festival, line, lang, now) for line in helping.abroad(festival, lang)],
    }
    return render(request, "festival/help.html", context)
