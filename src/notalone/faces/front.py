"""What the home page shows, from the festival folder and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import translation

from notalone.faces import lights
from notalone.faces.context import LANGUAGE_NAMES
from notalone.festival import queries as festivals
from notalone.kit.time import Instant
from notalone.wall import queries as wall

NEXT_ITEMS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """An item of the programme, in the festival's local time."""

    title: str
    place: str
    day: date
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class StationCard:
    """A station to try; its page speaks the station's language."""

    url: str
    name: str
    place: str
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class FirstHelp:
    """The helpline to name first: the country's own that can be called."""

    name: str
    number: str
    tel: str
    hours: str


def now_and_next(now: Instant, lang: str) -> tuple[list[Shown], list[Shown]]:
    """Return what is on, and the next items that begin, in order."""
    festival = festivals.festival()
    on, ahead = [], []
    for item in sorted(festival.programme, key=festival.item_starts):
        starts, ends = festival.item_starts(item), festival.item_ends(item)
        place = festival.places.get(item.place)
        shown = Shown(
            title=festival.say(item.title, lang),
            place=festival.say(place.name, lang) if place else "",
            day=item.day,
            starts=f"{item.at:%H:%M}",
            ends=f"{ends.as_datetime().astimezone(festival.zone):%H:%M}",
        )
        if starts <= now < ends:
            on.append(shown)
        elif starts > now:
            ahead.append(shown)
    return on, ahead[:NEXT_ITEMS]


def stations(lang: str) -> list[StationCard]:
    """Return the stations, those that speak the page's language first."""
    festival = festivals.festival()
    cards = []
    for each in sorted(festival.stations.values(), key=lambda station: station.language != lang):
        with translation.override(each.language):
            url = reverse("festival:station", args=[each.id])
        name, place = festival.say(each.name, lang), festival.say(festival.places[each.place].name, lang)
        cards.append(StationCard(url, name, place, LANGUAGE_NAMES[each.language], each.language))
    return cards


def first_help(lang: str) -> FirstHelp | None:
    """Return the festival country's first helpline with a number, or None where the folder has none."""
    festival = festivals.festival()
    for line in festival.helplines.values():
        if line.country == festival.country and line.number:
            said = [festival.say(text, lang) for text in (line.name, line.hours)]
            return FirstHelp(said[0], line.number, line.number.replace(" ", ""), said[1])
    return None


def page(lang: str, now: Instant) -> dict[str, object]:
    """Return everything that the home page shows."""
    festival = festivals.festival()
    on, following = now_and_next(now, lang)
    return {
        "name": festival.say(festival.name, lang),
        "motto": festival.say(festival.motto, lang),
        "days": festival.days,
        "places": [
            (festival.say(each.name, lang), festival.say(each.about, lang)) for each in festival.places.values()
        ],
        "stations": stations(lang),
        "on": on,
        "following": following,
        "over": now >= festival.ends(),
        "help": first_help(lang),
        "picture": lights.picture(),
        "lights": wall.count(),
        "wall_url": reverse("wall:wall"),
    }
