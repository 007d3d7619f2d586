"""The moments that pass between rooms: frozen, versioned, one JSON form.

The JSON form of a moment is a flat object: ``{"v": 1, "type": "brick-laid", "id": UUIDv7, "at": RFC 3339
time in UTC, "where": station or page, "pass": text or null, ...its own fields}``. Reading is strict:
an unknown type, a missing or unknown field, or a value of another type is refused.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, TypeAlias
from uuid import UUID

from notalone.kit.ids import parse_uuid7
from notalone.kit.time import Instant

VERSION = 1
MAX_TEXT = 2000

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


class MomentError(ValueError):
    """A JSON value is not a moment; the message says why in one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that a visitor, a room or the show did.

    ``where`` is a station's or page's id; ``pass_id`` a random pass, never a person.
    """

    type: ClassVar[str]

    id: UUID
    at: Instant
    where: str
    pass_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStarted(Moment):
    """A visitor began a scenario; ``score`` is the hash of the score that is played."""

    type = "run-started"
    run: str
    scenario: str
    lang: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneEntered(Moment):
    """A scene began; ``cue`` is the scene's cue or empty, ``intensity`` 0 to 4."""

    type = "scene-entered"
    run: str
    scenario: str
    scene: str
    cue: str
    intensity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagSeen(Moment):
    """A red flag was shown."""

    type = "flag-seen"
    run: str
    scenario: str
    scene: str
    flag: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceMade(Moment):
    """A choice was taken; ``choice`` counts the scene's choices in the file from 0, -1 is the timeout."""

    type = "choice-made"
    run: str
    scenario: str
    scene: str
    choice: int
    risk: bool
    skill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingReached(Moment):
    """A run ended; ``ending`` is ``safe`` or ``recovered``."""

    type = "ending-reached"
    run: str
    scenario: str
    scene: str
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StampGiven(Moment):
    """A pass was stamped for a scenario that was played to its end."""

    type = "stamp-given"
    scenario: str
    ending: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrickLaid(Moment):
    """A brick became part of the wall, seen by all; ``kind`` is ``chosen`` or ``own``."""

    type = "brick-laid"
    brick: str
    text: str
    lang: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningPublished(Moment):
    """A verified warning went out (terms of CAP 1.2)."""

    type = "warning-published"
    alert: str
    headline: str
    severity: str
    urgency: str
    certainty: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAccepted(Moment):
    """An entry of the talent show was accepted."""

    type = "entry-accepted"
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteCast(Moment):
    """A ballot was cast in a vote; what it says stays in the ballot box."""

    type = "vote-cast"
    vote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CueFired(Moment):
    """A person fired a cue at a place; ``level`` is 0 to 1."""

    type = "cue-fired"
    cue: str
    place: str
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachCounted(Moment):
    """Views of an item were rolled up."""

    type = "reach-counted"
    item: str
    channel: str
    views: int


TYPES: dict[str, type[Moment]] = {
    kind.type: kind
    for kind in (
        RunStarted,
        SceneEntered,
        FlagSeen,
        ChoiceMade,
        EndingReached,
        StampGiven,
        BrickLaid,
        WarningPublished,
        EntryAccepted,
        VoteCast,
        CueFired,
        ReachCounted,
    )
}
_HEAD = ("id", "at", "where", "pass_id")
_PLAIN: dict[str, type] = {"str": str, "int": int, "bool": bool, "float": float}
_WHERE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.:-]{0,99}\Z")
_PASS = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


def to_json(moment: Moment) -> dict[str, Json]:
    """Return the JSON form of a moment."""
    out: dict[str, Json] = {
        "v": VERSION,
        "type": moment.type,
        "id": str(moment.id),
        "at": str(moment.at),
        "where": moment.where,
        "pass": moment.pass_id,
    }
    for field in dataclasses.fields(moment):
        if field.name not in _HEAD:
            out[field.name] = getattr(moment, field.name)
    return out


def _own(kind: type[Moment], value: Mapping[str, object]) -> dict[str, object]:
    fields = {field.name: str(field.type) for field in dataclasses.fields(kind) if field.name not in _HEAD}
    unknown = sorted(set(value) - set(fields) - {"v", "type", "id", "at", "where", "pass"})
    if unknown:
        raise MomentError(f"a moment {kind.type} has no field {unknown[0]!r}")
    own: dict[str, object] = {}
    for name, type_name in fields.items():
        given = value.get(name)
        if type_name == "float" and type(given) is int:
            given = float(given)
        if type(given) is not _PLAIN[type_name]:
            raise MomentError(f"the field {name!r} of a moment {kind.type} is not a {type_name}")
        if isinstance(given, str) and len(given) > MAX_TEXT:
            raise MomentError(f"the field {name!r} of a moment {kind.type} is longer than {MAX_TEXT}")
        own[name] = given
    return own


def from_json(value: object) -> Moment:
    """Read a moment from its JSON form.

    Raises:
        MomentError: the value is not a moment of this version.
    """
    if not isinstance(value, Mapping):
        raise MomentError("a moment is a JSON object")
    if value.get("v") != VERSION:
        raise MomentError(f"this version reads moments of version {VERSION}, not {value.get('v')!r}")
    kind = TYPES.get(str(value.get("type")))
    if kind is None:
        raise MomentError(f"there is no moment of type {value.get('type')!r}")
    own = _own(kind, value)
    where, pass_id = value.get("where"), value.get("pass")
    if not isinstance(where, str) or not _WHERE.match(where):
        raise MomentError("the field 'where' of a moment is not the id of a station or page")
    if pass_id is not None and (not isinstance(pass_id, str) or not _PASS.match(pass_id)):
        raise MomentError("the field 'pass' of a moment is not a pass")
    try:
        head = {"id": parse_uuid7(str(value.get("id"))), "at": Instant.parse(str(value.get("at")))}
    except (ValueError, OverflowError) as error:
        raise MomentError(f"a moment needs a UUIDv7 as id and a time as at: {error}") from error
    return kind(**head, where=where, pass_id=pass_id, **own)  # type: ignore[arg-type]
