"""The festival's and the scenarios' texts in the page's language, as templates and the browser take them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from notalone.festival import queries
from notalone.festival.core import help as helping
from notalone.festival.core.values import Festival, Helpline, Station
from notalone.kit.problems import CannotRead
from notalone.kit.time import Instant

NAMES = {"vi": "Tiếng Việt", "en": "English", "de": "Deutsch"}


def language() -> str:
    """Return the language of the page, which its address names."""
    return get_language() or "en"


def told(score: Mapping[str, Any], lang: str, index: int) -> str:
    """Return a text of a score; English, or else its first language, where the score lacks this one."""
    texts = score["texts"]
    spoken = next(code for code in (lang, "en", *texts) if code in texts)
    return str(texts[spoken][index])


def card(festival: Festival, station: Station, lang: str) -> dict[str, object]:
    """Return what a link to a station shows; without the story's facts where its scenario cannot be read."""
    shown: dict[str, object] = {
        "url": reverse("festival:station", args=[station.id]),
        "name": festival.say(station.name, lang),
        "language": NAMES[station.language],
        "language_code": station.language,
    }
    try:
        score = queries.score(station.scenario)
    except CannotRead:
        return shown
    risk = festival.risks.get(score["risk"])
    return {
        **shown,
        "title": told(score, lang, score["title"]),
        "risk": festival.say(risk.name, lang) if risk else "",
        "ages": score["ages"],
        "minutes": score["minutes"],
    }


def helpline(festival: Festival, line: Helpline, lang: str, now: Instant) -> dict[str, object]:
    """Return a helpline as a page and a station show it; what is absent is an empty text."""
    today = now.as_datetime().astimezone(festival.zone).date()
    return {
        "id": line.id,
        "name": festival.say(line.name, lang),
        "number": line.number,
        "tel": helping.dial(line.number),
        "sms": line.sms,
        "sms_to": helping.dial(line.sms),
        "web": line.web.removeprefix("https://"),
        "url": helping.link(line.web) if line.web else "",
        "hours": festival.say(line.hours, lang),
        "cost": festival.say(line.cost, lang) if line.cost else "",
        "about": festival.say(line.about, lang),
        "country": line.country,
        "confirmed": line.is_confirmed(today),
    }
