"""The staff's overview: stations, processes, moments a minute, what waits for a decision."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notalone.faces import health, navigation
from notalone.faces.context import LANGUAGE_NAMES
from notalone.festival import queries as festivals
from notalone.kit import system
from notalone.kit.time import Instant
from notalone.people.queries import needs, rights
from notalone.wall import queries as wall

BAR, GAP, CHART_HEIGHT = 10, 2, 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A minute of the chart; ``y`` counts from the top."""

    x: int
    y: int
    height: int
    count: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Moments of each of the last minutes as bars, with what a text says of them."""

    bars: tuple[Bar, ...]
    width: int
    height: int
    minutes: int
    total: int
    most: int
    latest: int


@dataclass(frozen=True, slots=True)
class StationRow:
    """A station as the overview lists it; ``ago`` is in whole minutes, None where nothing happened today."""

    id: str
    name: str
    place: str
    language: str
    in_use: bool
    ago: int | None


def chart(counts: list[int]) -> Chart:
    """Return the chart of counts, oldest first; the highest bar fills the height, one moment can be seen."""
    most = max(counts, default=0)
    bars = []
    for number, count in enumerate(counts):
        height = max(3, round(CHART_HEIGHT * count / most)) if count else 1
        bars.append(Bar(number * (BAR + GAP), CHART_HEIGHT - height, height, count))
    width = max(1, len(counts) * (BAR + GAP) - GAP)
    latest = counts[-1] if counts else 0
    return Chart(tuple(bars), width, CHART_HEIGHT, len(counts), sum(counts), most, latest)


def station_rows(now: Instant, lang: str) -> list[StationRow]:
    """Return every station in a language, those in use first."""
    festival = festivals.festival()
    rows = [
        StationRow(
            id=state.station.id,
            name=festival.say(state.station.name, lang),
            place=festival.say(festival.places[state.station.place].name, lang),
            language=LANGUAGE_NAMES[state.station.language],
            in_use=state.in_use,
            ago=max(0, now.since(state.last.at).ms // 60_000) if state.last else None,
        )
        for state in festivals.station_states(now)
    ]
    return sorted(rows, key=lambda row: not row.in_use)


def _present(request: HttpRequest) -> dict[str, object]:
    now, held = system.now(), rights(request.user)
    found = health.check()
    return {
        "chart": chart(festivals.moments_per_minute(now)),
        "stations": station_rows(now, get_language() or "en"),
        "processes": [("web", found.web), ("live", found.live), ("show", found.show)],
        "well": found.well,
        "queue": wall.queue_length(),
        "queue_url": navigation.address("wall:queue") if "moderate" in held else "",
    }


@never_cache
@require_safe
@needs()
def page(request: HttpRequest) -> HttpResponse:
    """Show the overview and the pages that the person's roles open."""
    return render(request, "faces/dashboard.html", _present(request))


@never_cache
@require_safe
@needs()
def fragment(request: HttpRequest) -> HttpResponse:
    """Give the part of the overview that changes."""
    return render(request, "faces/dashboard_now.html", _present(request))
