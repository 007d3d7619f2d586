"""The door for reads: the festival folder, the log of moments, stations and passes, as frozen values."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Value

from notalone.festival.core import folder as folders
from notalone.festival.core import help as helping
from notalone.festival.core import rows
from notalone.festival.core.values import LANGUAGES
from notalone.festival.core.values import Festival as Festival
from notalone.festival.core.values import Helpline as Helpline
from notalone.festival.core.values import Item as Item
from notalone.festival.core.values import Station as Station
from notalone.festival.kept import Kept, looks
from notalone.festival.models import Moment as MomentRow
from notalone.festival.models import Pass, Stamp
from notalone.kit.moments import Moment
from notalone.kit.names import is_id, nearest
from notalone.kit.problems import CannotRead, Level, Problem
from notalone.kit.time import Instant
from notalone.scenario import queries as scenarios
from notalone.scenario.queries import Context, Light

_RECENT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class StationState:
    """A station with the last moment of the day there, and whether somebody plays."""

    station: Station
    last: Moment | None
    in_use: bool


@dataclass(frozen=True, slots=True)
class StampStory:
    """A scenario played to its end: how it ended, and the ids of the red flags met, in order."""

    scenario: str
    ending: str
    flags: tuple[str, ...]
    at: Instant


@dataclass(frozen=True, slots=True)
class PassStory:
    """What a pass has met, oldest stamp first."""

    pass_id: str
    created: Instant
    stamps: tuple[StampStory, ...]


_festivals: dict[Path, Kept[Festival]] = {}
_scores: dict[Path, Kept[Mapping[str, Any]]] = {}


def load(folder: Path) -> tuple[Festival | None, tuple[Problem, ...]]:
    """Read a festival folder afresh; see ``core.folder.load``."""
    return folders.load(folder)


def scenario_context(
    festival: Festival, cues: Collection[str] | None = None, today: date | None = None, light: Light | None = None
) -> Context:
    """Return what a scenario may use in this festival.

    ``cues`` are those of its show, and ``light`` what the show knows of their flashes, if known; by ``today`` the
    confirmations of helplines are judged.
    """
    return Context(
        risks=frozenset(festival.risks),
        cues=None if cues is None else frozenset(cues),
        help=festival.topics,
        languages=festival.languages,
        country=festival.country,
        helplines=tuple(_helpline(festival, line) for line in festival.helplines.values()),
        today=today,
        light=light,
    )


def _helpline(festival: Festival, line: Helpline) -> scenarios.Helpline:
    told = [text for text in (line.name, line.hours, line.cost, line.about) if text]
    return scenarios.Helpline(
        id=line.id,
        name=line.name,
        topics=frozenset(line.topics),
        here=line.serves(festival.country),
        ages=line.ages,
        described=frozenset(lang for lang in festival.languages if all(festival.has(text, lang) for text in told)),
        contacts=tuple(contact for contact in (line.number, line.sms, line.web) if contact),
        confirmed=line.confirmed.on if line.confirmed else None,
    )


def helplines(festival: Festival, lang: str) -> tuple[Helpline, ...]:
    """Return the helplines that serve the festival's country, in the order in which to show them."""
    return helping.shown(festival, lang)


def festival() -> Festival:
    """Return the festival of this process, read again when a file changed; see ``kept.Kept``.

    Raises:
        CannotRead: the folder could not be read yet.
    """
    folder = Path(settings.FESTIVAL_FOLDER)
    kept = _festivals.setdefault(folder, Kept(partial(_read, folder)))
    catalogues = (folder / f"{lang}.po" for lang in LANGUAGES)
    return kept.get(looks([folder / folders.FILE, *catalogues, folder / "scenarios"]))


def _read(folder: Path) -> Festival:
    fresh, problems = folders.load(folder)
    if fresh is None:
        raise CannotRead(*(problem for problem in problems if problem.level is Level.ERROR))
    return fresh


def score(scenario: str) -> Mapping[str, Any]:
    """Return a scenario's score in all of the festival's languages, made again when a file changed.

    Raises:
        CannotRead: the festival has no such scenario, or it could not be read yet.
    """
    here = festival()
    file = here.folder / "scenarios" / scenario / scenarios.FILE
    if not is_id(scenario) or not file.is_file():
        near = nearest(scenario, folders.scenarios(here.folder))
        raise CannotRead(Problem(str(here.folder), 0, 0, f"There is no scenario “{scenario}”.", near))
    kept = _scores.setdefault(file, Kept(partial(_compile, file)))
    catalogues = (file.parent / f"{lang}.po" for lang in LANGUAGES)
    return kept.get(looks([here.folder / folders.FILE, file, *catalogues]))


def _compile(file: Path) -> Mapping[str, Any]:
    return scenarios.score(file, festival().languages)


def station(station_id: str) -> Station | None:
    """Return a station, or None where there is none of that id."""
    return festival().stations.get(station_id)


def stations() -> tuple[Station, ...]:
    """Return all stations in the order of the folder."""
    return tuple(festival().stations.values())


def cue_map() -> Mapping[str, str]:
    """Return which cue each type of moment fires; ``scene`` stands for the cue that the moment names."""
    return festival().cues


def moments_after(seq: int, limit: int) -> list[tuple[int, Moment]]:
    """Return at most ``limit`` moments that were committed after ``seq``, with their numbers, in order."""
    found = MomentRow.objects.filter(seq__gt=seq).order_by("seq")[:limit]
    return [(row.seq, _moment(row)) for row in found]


def latest_seq() -> int:
    """Return the number of the latest moment; 0 where there is none."""
    return MomentRow.objects.order_by("-seq").values_list("seq", flat=True).first() or 0


def moments_per_minute(now: Instant, minutes: int = 30) -> list[int]:
    """Return how many moments happened in each of the last clock minutes (at most 400); the last is the present one."""
    this = now.ms // 60_000
    each = [_in_minute(minute) for minute in range(this - minutes + 1, this + 1)]
    by_minute = dict(each[0].union(*each[1:], all=True))  # one range of the index a minute
    return [by_minute.get(minute, 0) for minute in range(this - minutes + 1, this + 1)]


def _in_minute(minute: int) -> QuerySet[MomentRow, tuple[int, int]]:
    first, after = (Instant(edge * 60_000).as_datetime() for edge in (minute, minute + 1))
    return (
        MomentRow.objects.filter(at__gte=first, at__lt=after)
        .annotate(minute=Value(minute))
        .values("minute")
        .annotate(count=Count("seq"))
        .order_by()
        .values_list("minute", "count")
    )


def station_states(now: Instant) -> tuple[StationState, ...]:
    """Return every station with its last moment of the past 24 hours; one is in use until its idle time."""
    known = stations()
    since = now.as_datetime() - _RECENT
    latest = (
        MomentRow.objects.filter(where__in=[each.id for each in known], at__gte=since)
        .values("where")
        .annotate(last=Max("seq"))
        .order_by()
        .values_list("last", flat=True)
    )
    found = {row.where: _moment(row) for row in MomentRow.objects.filter(seq__in=list(latest))}
    return tuple(_state(each, found.get(each.id), now) for each in known)


def _state(station: Station, last: Moment | None, now: Instant) -> StationState:
    return StationState(station, last, last is not None and now.since(last.at) < station.idle)


def pass_story(pass_id: str) -> PassStory | None:
    """Return what a pass has met, or None where it is not known (yet, or any more)."""
    return next(iter(pass_stories([pass_id])), None)


def pass_stories(pass_ids: Sequence[str]) -> tuple[PassStory, ...]:
    """Return what several passes have met, in the order given, without those that are not known."""
    known = {row.id: row for row in Pass.objects.filter(pk__in=pass_ids)}
    stamps: dict[str, list[StampStory]] = {pass_id: [] for pass_id in known}
    for row in Stamp.objects.filter(owner__in=known).order_by("at", "pk"):
        story = StampStory(row.scenario, row.ending, tuple(row.flags), Instant.of(row.at))
        stamps[row.owner_id].append(story)
    return tuple(
        PassStory(pass_id, Instant.of(known[pass_id].created), tuple(stamps[pass_id]))
        for pass_id in dict.fromkeys(pass_ids)
        if pass_id in known
    )


def _moment(row: MomentRow) -> Moment:
    return rows.moment(row.uid, row.type, Instant.of(row.at), row.where, row.pass_id, row.body)
