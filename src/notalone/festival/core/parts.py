"""Reading the parts of ``festival.yaml``: each function reads one node and notes what is wrong with it."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, time
from zoneinfo import available_timezones

from notalone.festival.core.countries import COUNTRIES
from notalone.festival.core.values import LANGUAGES, WORLD, Brand, Confirmed, Helpline, Place
from notalone.kit.moments import TYPES
from notalone.kit.names import is_id, nearest
from notalone.kit.reading import Reader
from notalone.kit.yamltree import Kind, Node

SCENE = "scene"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_TIME = re.compile(r"\d{2}:\d{2}\Z", re.ASCII)
_LANG = re.compile(r"[a-z]{2}\Z")
_NUMBER = re.compile(r"\+?[0-9](?:[0-9 ]{0,18}[0-9])?\Z", re.ASCII)
_WEB = re.compile(r"(?:https://)?[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s<>\"']*)?\Z", re.IGNORECASE)


def day(reader: Reader, node: Node, what: str) -> date | None:
    """Read a date written as ``2026-11-01`` (ISO 8601)."""
    text = reader.text(node, what)
    if text is None:
        return None
    try:
        if _DATE.match(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    reader.wrong(node, f"{what} “{text}” is not a date: write it as 2026-11-01.")
    return None


def clock(reader: Reader, node: Node, what: str) -> time | None:
    """Read a time of day written as ``HH:MM``."""
    text = reader.text(node, what)
    if text is None:
        return None
    try:
        if _TIME.match(text):
            return time.fromisoformat(text)
    except ValueError:
        pass
    reader.wrong(node, f"{what} “{text}” is not a time of day: write it as 09:30.")
    return None


def language(reader: Reader, node: Node, what: str) -> str | None:
    """Read one of the languages that the program speaks."""
    text = reader.text(node, what)
    if text is not None and text not in LANGUAGES:
        reader.wrong(node, f"{what} “{text}” is not spoken here; the languages are {', '.join(LANGUAGES)}.")
        return None
    return text


def country(reader: Reader, node: Node, what: str, world: bool = False) -> str | None:
    """Read a country's two letters (ISO 3166-1), or ``world`` where that is allowed."""
    text = reader.text(node, what)
    if text is None or text in COUNTRIES or (world and text == WORLD):
        return text
    near = text.upper() if text.upper() in COUNTRIES else None
    more = f" or “{WORLD}”" if world else ""
    reader.wrong(node, f"{what} “{text}” is not a country's two letters such as VN or DE{more}.", near)
    return None


def timezone(reader: Reader, node: Node) -> str | None:
    """Read a key of the time zone database such as ``Asia/Ho_Chi_Minh``."""
    text = reader.text(node, "timezone")
    known = available_timezones()
    if text is not None and text not in known:
        reader.wrong(node, f"There is no time zone “{text}”.", nearest(text, known))
        return None
    return text


def unique(reader: Reader, node: Node, what: str) -> list[Node]:
    """Return a list's scalar nodes, without those that repeat an earlier one."""
    out: dict[str, Node] = {}
    for item in reader.items(node, what):
        if item.kind is Kind.SCALAR and item.raw in out:
            reader.wrong(item, f"“{item.raw}” stands in {what} twice.")
        else:
            out[item.raw or f"?{len(out)}"] = item
    if not out and node.kind is Kind.LIST:
        reader.wrong(node, f"{what} must not be empty.")
    return list(out.values())


def names(reader: Reader, node: Node, what: str) -> tuple[str, ...]:
    """Read a list of names that are not empty."""
    found = []
    for item in unique(reader, node, what):
        text = reader.text(item, f"An entry of {what}")
        if text is not None and not is_id(text):
            reader.wrong(item, f"“{text}” is not a name: use small letters, digits, - and _.")
        elif text is not None:
            found.append(text)
    return tuple(found)


def brand(reader: Reader, node: Node) -> Brand | None:
    """Read the four colours."""
    wanted = [field.name for field in dataclasses.fields(Brand)]
    fields = reader.fields(node, "brand", wanted)
    colours = {}
    for name, value in fields.items():
        text = reader.text(value, f"The colour {name}")
        if text is not None and not _COLOUR.match(text):
            reader.wrong(value, f"The colour {name} “{text}” is not written as “#rrggbb” in quotes.")
        elif text is not None:
            colours[name] = text.lower()
    return Brand(**colours) if len(colours) == len(wanted) else None


def place(reader: Reader, name: str, node: Node) -> Place | None:
    """Read a place."""
    fields = reader.fields(node, f"The place “{name}”", ["name"], ["about"])
    said = reader.text(fields["name"], "name") if "name" in fields else None
    about = reader.text(fields["about"], "about") if "about" in fields else ""
    return None if said is None or about is None else Place(name, said, about)


def cues(reader: Reader, node: Node) -> dict[str, str]:
    """Read which cue each type of moment fires; ``scene`` stands for the cue that the moment names."""
    out: dict[str, str] = {}
    if node.kind is not Kind.MAP:
        reader.wrong(node, f"cues must be a mapping from moments to cues, not {node.kind}.")
    for key, value in node.entries:
        kind, cue = TYPES.get(key.raw), reader.text(value, f"The cue of “{key.raw}”")
        if kind is None:
            reader.wrong(key, f"There is no moment of type “{key.raw}”.", nearest(key.raw, TYPES))
        elif cue == SCENE and "cue" not in {field.name for field in dataclasses.fields(kind)}:
            reader.wrong(value, f"A moment {key.raw} names no cue, so “{SCENE}” cannot stand here.")
        elif cue is not None and not is_id(cue):
            reader.wrong(value, f"“{cue}” is not the name of a cue.")
        elif cue is not None:
            out[key.raw] = cue
    return out


def _confirmed(reader: Reader, node: Node) -> Confirmed | None:
    fields = reader.fields(node, "confirmed", ["by", "on"])
    by = reader.text(fields["by"], "confirmed by") if "by" in fields else None
    on = day(reader, fields["on"], "confirmed on") if "on" in fields else None
    return None if by is None or on is None else Confirmed(by, on)


def _ages(reader: Reader, node: Node) -> tuple[int, int] | None:
    items = reader.items(node, "ages")
    if node.kind is Kind.LIST and len(items) != 2:
        reader.wrong(node, "ages must be two numbers: the youngest and the oldest.")
    ends = [reader.integer(item, "An age", 0, 120) for item in items]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    if ends[0] > ends[1]:
        reader.wrong(node, "The youngest age stands after the oldest.")
        return None
    return ends[0], ends[1]


def _spoken(reader: Reader, node: Node) -> tuple[str, ...]:
    found = []
    for item in unique(reader, node, "languages"):
        text = reader.text(item, "A language")
        if text is not None and not _LANG.match(text):
            reader.wrong(item, f"The language “{text}” is not written as two small letters such as vi.")
        elif text is not None:
            found.append(text)
    return tuple(found)


def _reached(reader: Reader, fields: dict[str, Node], key: str, form: re.Pattern[str], said: str) -> str:
    text = reader.text(fields[key], key) if key in fields else ""
    if text and not form.match(text):
        reader.wrong(fields[key], f"{key} “{text}” is not {said}.")
    return text or ""


def helpline(reader: Reader, name: str, node: Node) -> Helpline | None:
    """Read a helpline; it needs a number, an sms number or a web address."""
    before = len(reader.problems)
    needed = ["name", "topics", "languages", "country", "hours", "ages", "about", "source"]
    fields = reader.fields(node, f"The helpline “{name}”", needed, ["number", "sms", "web", "cost", "confirmed"])
    said = {
        key: reader.text(fields[key], key) or ""
        for key in ("name", "hours", "about", "source", "cost")
        if key in fields
    }
    number = _reached(reader, fields, "number", _NUMBER, "a telephone number of digits and spaces")
    sms = _reached(reader, fields, "sms", _NUMBER, "a telephone number of digits and spaces")
    web = _reached(reader, fields, "web", _WEB, "an https address or a host such as help.example.org")
    if node.kind is Kind.MAP and not {"number", "sms", "web"} & set(fields):
        reader.wrong(node, f"The helpline “{name}” needs a number, an sms number or a web address.")
    topics = names(reader, fields["topics"], "topics") if "topics" in fields else ()
    spoken = _spoken(reader, fields["languages"]) if "languages" in fields else ()
    where = country(reader, fields["country"], "country", world=True) if "country" in fields else None
    ages = _ages(reader, fields["ages"]) if "ages" in fields else None
    confirmed = _confirmed(reader, fields["confirmed"]) if "confirmed" in fields else None
    if len(reader.problems) > before or ages is None or where is None:
        return None
    return Helpline(
        id=name,
        name=said["name"],
        number=number,
        sms=sms,
        web=web,
        topics=topics,
        languages=spoken,
        country=where,
        hours=said["hours"],
        cost=said.get("cost", ""),
        ages=ages,
        about=said["about"],
        source=said["source"],
        confirmed=confirmed,
    )
