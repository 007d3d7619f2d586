"""The stations: their list, and the page that plays."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notalone.festival import queries
from notalone.festival.core import help as helping
from notalone.festival.core.values import Festival, Station
from notalone.festival.web import kiosk_texts, texts
from notalone.kit import system
from notalone.kit.names import nearest

PASS_PLACE = "PASS-CODE"  # noqa: S105 -- the mark in an address where a pass goes


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show every station by its place."""
    festival, lang = queries.festival(), texts.language()
    groups = []
    for place in festival.places.values():
        here = [station for station in festival.stations.values() if station.place == place.id]
        if here:
            groups.append(
                {
                    "name": festival.say(place.name, lang),
                    "about": festival.say(place.about, lang) if place.about else "",
                    "stations": [texts.card(festival, station, lang) for station in here],
                }
            )
    return render(request, "festival/stations.html", {"groups": groups})


@never_cache
@require_safe
def play(request: HttpRequest, station_id: str) -> HttpResponse:
    """Show a station: the page that plays its scenario.

    The template gets ``station`` (core.values.Station), ``title`` (the station's name in the page's language),
    ``texts`` (``kiosk_texts.texts()``) and ``data``, which it puts into the page by
    ``{{ data|json_script:"station" }}``::

        {"station": id, "name": text, "place": id, "place_name": text, "scenario": id,
         "title": the scenario's title, "lang": the page's language, "idle_ms": int,
         "first": the app that the story begins in,
         "languages": [{"code", "name", "url"}],           the same station in each language
         "csrf": token for X-CSRFToken,                    on 403: load the page again, send again
         "urls": {"score", "moments", "bricks", "stations", "help",
                  "pass", "qr"},                           in the last two PASS-CODE stands for the pass
         "pass_place": "PASS-CODE",
         "helplines": [{"id", "name", "number", "tel", "sms", "sms_to", "web", "url", "hours", "cost",
                        "about", "confirmed": bool}],      those for the scenario first; empty where absent
         "messages": [{"id", "say"}]}                      what a brick may say

    A pass is made in the browser, for each visitor a new one: 16 random bytes as base64url, 22 characters.
    """
    festival, lang = queries.festival(), texts.language()
    station = festival.stations.get(station_id)
    if station is None:
        near = nearest(station_id[:64], festival.stations)
        if near:
            raise Http404(
                _("There is no station “%(id)s”. Did you mean “%(near)s”?") % {"id": station_id[:64], "near": near}
            )
        raise Http404(_("There is no station “%(id)s”.") % {"id": station_id[:64]})
    data = _data(festival, station, lang)
    data["csrf"] = get_token(request)
    request.session.modified = True  # a kiosk stays open for days: each load renews the session
    context = {
        "station": station,
        "title": festival.say(station.name, lang),
        "data": data,
        "texts": kiosk_texts.texts(),
        "parts": settings.STATION_PARTS,
    }
    return render(request, "festival/station.html", context)


def _missing(station_id: str, festival: Festival) -> str:
    near = nearest(station_id, festival.stations)
    if near is None:
        return _("There is no station “%(id)s”.") % {"id": station_id}
    return _("There is no station “%(id)s”. Did you mean “%(near)s”?") % {"id": station_id, "near": near}


def _data(festival: Festival, station: Station, lang: str) -> dict[str, object]:
    score = queries.score(station.scenario)
    place = festival.places[station.place]
    return {
        "station": station.id,
        "name": festival.say(station.name, lang),
        "place": place.id,
        "place_name": festival.say(place.name, lang),
        "scenario": station.scenario,
        "title": texts.told(score, lang, score["title"]),
        "lang": lang,
        "first": score["scenes"][score["states"][score["start"]]["scene"]]["on"],
        "idle_ms": station.idle.ms,
        "languages": _languages(festival, station),
        "urls": _urls(festival, station, lang),
        "pass_place": PASS_PLACE,
        "helplines": _helplines(festival, lang, score["help"]),
        "messages": [
            {"id": message.id, "say": festival.say(message.say, lang)} for message in festival.messages.values()
        ],
    }


def _urls(festival: Festival, station: Station, lang: str) -> dict[str, str]:
    told = lang if lang in festival.languages else station.language
    return {
        "score": reverse("festival_api:score", args=[station.scenario, told]),
        "moments": reverse("festival_api:moments"),
        "bricks": f"/{lang}/wall/bricks/",
        "stations": reverse("festival:stations"),
        "help": reverse("festival:help"),
        "pass": reverse("festival:pass_open", args=[PASS_PLACE]),
        "qr": reverse("festival:qr", args=[PASS_PLACE]),
    }


def _languages(festival: Festival, station: Station) -> list[dict[str, str]]:
    out = []
    for code in festival.languages:
        with override(code):
            url = reverse("festival:station", args=[station.id])
        out.append({"code": code, "name": texts.NAMES[code], "url": url})
    return out


def _helplines(festival: Festival, lang: str, topics: list[str]) -> list[dict[str, object]]:
    fitting = helping.shown(festival, lang, topics)
    others = [line for line in helping.shown(festival, lang) if line not in fitting]
    now = system.now()
    return [texts.helpline(festival, line, lang, now) for line in (*fitting, *others)]
