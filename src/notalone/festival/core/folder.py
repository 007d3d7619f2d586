"""The festival folder: ``festival.yaml`` and the catalogues beside it, read and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from notalone.festival.core import parts
from notalone.festival.core.values import FORMAT, Festival, Item, Message, Risk, Station
from notalone.kit import catalogue, yamltree
from notalone.kit.catalogue import SOURCE, Catalogue
from notalone.kit.problems import CannotRead, Level, Problem
from notalone.kit.reading import Reader
from notalone.kit.time import Duration
from notalone.kit.yamltree import Node

FILE = "festival.yaml"
MAX_DAYS = 60
_NEEDED = ("format", "name", "motto", "country", "timezone", "languages", "days", "brand", "places")
_ALLOWED = ("stations", "risks", "helplines", "messages", "programme", "cues")
_SAID = {
    "places": ("name", "about"),
    "risks": ("name",),
    "stations": ("name",),
    "helplines": ("name", "hours", "cost", "about"),
    "messages": ("say",),
}
_T = TypeVar("_T")


def load(folder: Path) -> tuple[Festival | None, tuple[Problem, ...]]:
    """Read a festival folder.

    Returns the festival, or None where anything is wrong, and everything that was found: the errors in the
    order of the file, or a warning for each text without a translation.
    """
    if not folder.is_dir():
        return None, (Problem(str(folder), 0, 0, "There is no such folder."),)
    try:
        root = yamltree.read(folder / FILE)
    except CannotRead as error:
        return None, error.problems
    reading = _Reading(folder, root)
    festival = reading.festival()
    found = sorted(reading.problems, key=lambda problem: (problem.file, problem.line, problem.column))
    if festival is None or found:
        return None, tuple(found)
    return festival, tuple(_untranslated(festival, root))


def texts(root: Node) -> Iterator[Node]:
    """Yield the nodes of ``festival.yaml`` that visitors read, in the order of the file's kinds."""
    for key in ("name", "motto"):
        yield from _some(root.get(key))
    for group, keys in _SAID.items():
        for _, thing in getattr(root.get(group), "entries", ()):
            for key in keys:
                yield from _some(thing.get(key))
    for item in getattr(root.get("programme"), "items", ()):
        yield from _some(item.get("title"))


def _some(node: Node | None) -> Iterator[Node]:
    if node is not None and node.raw.strip():
        yield node


def _untranslated(festival: Festival, root: Node) -> Iterator[Problem]:
    for lang in festival.languages:
        if lang == SOURCE:
            continue
        known = festival.catalogues.get(lang)
        if known is None:
            file = str(festival.folder / f"{lang}.po")
            yield Problem(file, 0, 0, "The catalogue is missing.", level=Level.WARNING)
            continue
        seen: set[str] = set()
        for node in texts(root):
            if known.get(node.raw) is None and node.raw not in seen:
                seen.add(node.raw)
                said = f"“{node.raw}” is not translated in {lang}.po."
                yield Problem(node.file, node.line, node.column, said, level=Level.WARNING)


class _Reading:
    """One reading of the file; what is wrong gathers in ``problems``."""

    def __init__(self, folder: Path, root: Node) -> None:
        self.folder = folder
        self.reader = Reader()
        self.fields = self.reader.fields(root, "The festival", _NEEDED, _ALLOWED)
        self.languages: tuple[str, ...] = ()
        self.days: tuple[date, ...] = ()

    @property
    def problems(self) -> list[Problem]:
        return self.reader.problems

    def festival(self) -> Festival | None:
        """Return the festival, or None where a part that everything needs is wrong."""
        if "format" in self.fields:
            self._format(self.fields["format"])
        self.languages = self._listed("languages", parts.language, "The language")
        self.days = self._days()
        places = self._named("places", parts.place)
        risks = self._named("risks", self._risk)
        stations = self._named("stations", lambda reader, name, node: self._station(name, node, places))
        helplines = self._named("helplines", parts.helpline)
        messages = self._named("messages", self._message)
        brand = self._one("brand", parts.brand)
        country = self._one("country", lambda reader, node: parts.country(reader, node, "country"))
        timezone = self._one("timezone", parts.timezone)
        name, motto = self._text("name"), self._text("motto")
        programme = self._programme(places)
        cues = self._one("cues", parts.cues) or {}
        catalogues = self._catalogues()
        if self.problems or brand is None or country is None or timezone is None:
            return None
        return Festival(
            folder=self.folder,
            name=name,
            motto=motto,
            country=country,
            timezone=timezone,
            languages=self.languages,
            days=self.days,
            brand=brand,
            places=places,
            risks=risks,
            stations=stations,
            helplines=helplines,
            messages=messages,
            programme=programme,
            cues=cues,
            catalogues=catalogues,
        )

    def _format(self, node: Node) -> None:
        if node.raw != FORMAT:
            self.reader.wrong(node, f"This version reads the format {FORMAT}, not “{node.raw}”.")

    def _one(self, key: str, read: Callable[[Reader, Node], _T | None]) -> _T | None:
        return read(self.reader, self.fields[key]) if key in self.fields else None

    def _text(self, key: str) -> str:
        return self._one(key, lambda reader, node: reader.text(node, key)) or ""

    def _listed(self, key: str, read: Callable[[Reader, Node, str], _T | None], what: str) -> tuple[_T, ...]:
        if key not in self.fields:
            return ()
        nodes = parts.unique(self.reader, self.fields[key], key)
        found = (read(self.reader, node, what) for node in nodes)
        return tuple(value for value in found if value is not None)

    def _named(self, key: str, read: Callable[[Reader, str, Node], _T | None]) -> dict[str, _T]:
        if key not in self.fields:
            return {}
        out = {}
        for name, _, node in self.reader.named(self.fields[key], key):
            value = read(self.reader, name, node)
            if value is not None:
                out[name] = value
        return out

    def _days(self) -> tuple[date, ...]:
        days = self._listed("days", parts.day, "The day")
        if list(days) != sorted(days):
            self.reader.wrong(self.fields["days"], "The days must stand in their order.")
        if len(days) > MAX_DAYS:
            self.reader.wrong(self.fields["days"], f"A festival has at most {MAX_DAYS} days.")
        return days

    def _risk(self, reader: Reader, name: str, node: Node) -> Risk | None:
        fields = reader.fields(node, f"The risk “{name}”", ["name"])
        said = reader.text(fields["name"], "name") if "name" in fields else None
        return None if said is None else Risk(name, said)

    def _message(self, reader: Reader, name: str, node: Node) -> Message | None:
        fields = reader.fields(node, f"The message “{name}”", ["say"])
        said = reader.text(fields["say"], "say") if "say" in fields else None
        return None if said is None else Message(name, said)

    def _known(self, group: str, found: Mapping[str, object]) -> set[str]:
        """Return the names that stand in the file, wrong or right, so that one mistake is told once."""
        return set(found) | {key.raw for key, _ in getattr(self.fields.get(group), "entries", ())}

    def _station(self, name: str, node: Node, places: Mapping[str, object]) -> Station | None:
        reader = self.reader
        needed = ["name", "place", "scenario", "language", "idle"]
        fields = reader.fields(node, f"The station “{name}”", needed)
        if set(fields) != set(needed):
            return None
        said = reader.text(fields["name"], "name")
        place = reader.choice(fields["place"], "The place", self._known("places", places))
        scenario = reader.choice(fields["scenario"], "The scenario", scenarios(self.folder))
        spoken = parts.language(reader, fields["language"], "The language")
        if spoken is not None and self.languages and spoken not in self.languages:
            here = ", ".join(self.languages)
            reader.wrong(fields["language"], f"The language “{spoken}” is not one of the festival's: {here}.")
        idle = reader.integer(fields["idle"], "idle (seconds)", 20, 600)
        if said is None or place is None or scenario is None or spoken is None or idle is None:
            return None
        return Station(name, said, place, scenario, spoken, Duration.seconds(idle))

    def _programme(self, places: Mapping[str, object]) -> tuple[Item, ...]:
        if "programme" not in self.fields:
            return ()
        found = [self._item(node, places) for node in self.reader.items(self.fields["programme"], "programme")]
        return tuple(sorted((item for item in found if item), key=lambda item: (item.day, item.at)))

    def _item(self, node: Node, places: Mapping[str, object]) -> Item | None:
        reader = self.reader
        needed = ["day", "at", "minutes", "place", "title"]
        fields = reader.fields(node, "An item of the programme", needed)
        if set(fields) != set(needed):
            return None
        day = parts.day(reader, fields["day"], "The day")
        if day is not None and self.days and day not in self.days:
            listed = ", ".join(str(each) for each in self.days)
            reader.wrong(fields["day"], f"The day {day} is not one of the festival's: {listed}.")
        at = parts.clock(reader, fields["at"], "The time")
        minutes = reader.integer(fields["minutes"], "minutes", 1, 1440)
        place = reader.choice(fields["place"], "The place", self._known("places", places))
        title = reader.text(fields["title"], "title")
        if day is None or at is None or minutes is None or place is None or title is None:
            return None
        return Item(day, at, minutes, place, title)

    def _catalogues(self) -> dict[str, Catalogue]:
        out: dict[str, Catalogue] = {}
        for lang in self.languages:
            try:
                out.update(catalogue.read_folder(self.folder, (lang,)))
            except CannotRead as error:
                self.problems.extend(error.problems)
        return out


def scenarios(folder: Path) -> tuple[str, ...]:
    """Return the ids of the scenarios that a festival folder holds, sorted."""
    return tuple(sorted(path.parent.name for path in folder.glob("scenarios/*/scenario.yaml")))
