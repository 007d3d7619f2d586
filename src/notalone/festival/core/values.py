"""What a festival folder says, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from notalone.kit.catalogue import SOURCE, Catalogue
from notalone.kit.time import Duration, Instant

FORMAT = "notalone/festival-1"
LANGUAGES = ("vi", "en", "de")
WORLD = "world"
CONFIRMED_DAYS = 365


@dataclass(frozen=True, slots=True)
class Brand:
    """The festival's four colours, ``#rrggbb``."""

    night: str
    ember: str
    tide: str
    coral: str


@dataclass(frozen=True, slots=True)
class Place:
    """A hall or an area; ``about`` may be empty."""

    id: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Risk:
    """An online risk that scenarios tell of."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Station:
    """A kiosk at a place that plays one scenario in one language; ``idle`` ends an abandoned play."""

    id: str
    name: str
    place: str
    scenario: str
    language: str
    idle: Duration


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A person's word that a helpline's facts are right, and the day it was given."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Helpline:
    """Where to find help. ``country`` is an ISO 3166-1 alpha-2 code or ``world``; ``ages`` hold both ends.

    ``languages`` are the ISO 639-1 codes of what is spoken there. What is absent is empty.
    """

    id: str
    name: str
    number: str
    sms: str
    web: str
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    country: str
    hours: str
    cost: str
    ages: tuple[int, int]
    about: str
    source: str
    confirmed: Confirmed | None

    def is_confirmed(self, today: date) -> bool:
        """Say whether a person confirmed the facts within the year before ``today``."""
        if self.confirmed is None:
            return False
        return timedelta(0) <= today - self.confirmed.on <= timedelta(days=CONFIRMED_DAYS)

    def serves(self, country: str) -> bool:
        """Say whether people in ``country`` can turn to it."""
        return self.country in {country, WORLD}


@dataclass(frozen=True, slots=True)
class Message:
    """A message that a visitor may choose for a brick."""

    id: str
    say: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the programme; ``at`` is the local time of its start."""

    day: date
    at: time
    minutes: int
    place: str
    title: str


@dataclass(frozen=True, slots=True)
class Festival:
    """A whole festival folder, read and checked. Texts are English; ``say`` translates them."""

    folder: Path
    name: str
    motto: str
    country: str
    timezone: str
    languages: tuple[str, ...]
    days: tuple[date, ...]
    brand: Brand
    places: Mapping[str, Place]
    risks: Mapping[str, Risk]
    stations: Mapping[str, Station]
    helplines: Mapping[str, Helpline]
    messages: Mapping[str, Message]
    programme: tuple[Item, ...]
    cues: Mapping[str, str]
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone of the festival's place."""
        return ZoneInfo(self.timezone)

    @property
    def topics(self) -> frozenset[str]:
        """Return every topic that some helpline serves."""
        return frozenset(topic for line in self.helplines.values() for topic in line.topics)

    def say(self, text: str, lang: str) -> str:
        """Return a text of the folder in a language, or in English where it is not translated."""
        if lang == SOURCE or lang not in self.catalogues:
            return text
        return self.catalogues[lang].of(text)

    def has(self, text: str, lang: str) -> bool:
        """Say whether a text of the folder stands in a language."""
        return lang == SOURCE or (lang in self.catalogues and self.catalogues[lang].get(text) is not None)

    def starts(self) -> Instant:
        """Return the first instant of the first day."""
        return Instant.of(datetime.combine(self.days[0], time(), self.zone))

    def ends(self) -> Instant:
        """Return the instant after the last day."""
        return Instant.of(datetime.combine(self.days[-1] + timedelta(days=1), time(), self.zone))

    def item_starts(self, item: Item) -> Instant:
        """Return when an item of the programme begins."""
        return Instant.of(datetime.combine(item.day, item.at, self.zone))

    def item_ends(self, item: Item) -> Instant:
        """Return when an item of the programme is planned to end."""
        return self.item_starts(item) + Duration.seconds(item.minutes * 60)
