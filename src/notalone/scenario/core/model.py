"""A scenario as its author wrote it: frozen values that keep their places in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notalone.scenario.core.conditions import Condition, Property

FORMAT = "notalone/scenario-1"
APPS = (
    "phone",
    "chat",
    "video",
    "sms",
    "bank",
    "feed",
    "mail",
    "browser",
    "game",
    "camera",
    "map",
    "place",
)


class Ending(StrEnum):
    """How a story ends: nothing was lost, or the way back was found."""

    SAFE = "safe"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class Word:
    """A name or a text with its place; line and column count from 1."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the story; role ``character`` is the one whom the visitor helps."""

    name: Word
    role: str


@dataclass(frozen=True, slots=True)
class Flag:
    """A red flag: what to notice, and what to know (None where the author left it out)."""

    see: Word
    know: Word | None
    line: int


@dataclass(frozen=True, slots=True)
class Variable:
    """A finite variable: whole numbers from ``low`` to ``high``; false and true are 0 and 1."""

    name: str
    low: int
    high: int
    start: int
    boolean: bool
    line: int


@dataclass(frozen=True, slots=True)
class Update:
    """A change of one variable: a value, or a step that stops at the ends of the range."""

    variable: str
    amount: int
    step: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Something said or shown; ``after`` is its delay in seconds; without a speaker it is narrated."""

    speaker: str | None
    say: Word
    after: float
    flags: tuple[str, ...]
    condition: Condition | None
    line: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that the character may do."""

    say: Word
    to: str
    risk: bool
    skill: str
    updates: tuple[Update, ...]
    condition: Condition | None
    line: int


@dataclass(frozen=True, slots=True)
class Timeout:
    """Where the story goes by itself after so many seconds without a choice."""

    after: float
    to: str
    updates: tuple[Update, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene in one app of the phone or at a place, or an ending."""

    id: str
    on: str | None
    cue: Word | None
    intensity: int
    harm: bool
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...]
    timeout: Timeout | None
    ending: Ending | None
    debrief: Word | None
    line: int


@dataclass(frozen=True, slots=True)
class Proof:
    """A property that the author wants proved, as written and as read."""

    written: Word
    property: Property


@dataclass(frozen=True, slots=True)
class Review:
    """A person's review; ``on`` is a date, YYYY-MM-DD."""

    by: str
    role: str
    on: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """A well-formed scenario; scenes, people, flags and variables keep the order of the file."""

    file: str
    id: str
    title: Word
    risk: Word
    ages: tuple[int, int]
    minutes: tuple[float, float]
    notes: tuple[Word, ...]
    help: tuple[Word, ...]
    sources: tuple[str, ...]
    reviewed: Review | None
    people: Mapping[str, Person]
    flags: Mapping[str, Flag]
    variables: Mapping[str, Variable]
    start: str
    scenes: Mapping[str, Scene]
    prove: tuple[Proof, ...]
    minutes_line: int = 0


@dataclass(frozen=True, slots=True)
class Helpline:
    """A helpline of the festival, as far as rules ask for it.

    ``here`` says whether it serves the festival's country; ``ages`` hold both ends; ``described`` are the languages
    in which visitors read what it is; ``contacts`` its numbers and web addresses as written.
    """

    id: str
    name: str
    topics: frozenset[str]
    here: bool
    ages: tuple[int, int]
    described: frozenset[str]
    contacts: tuple[str, ...] = ()
    confirmed: date | None = None


@dataclass(frozen=True, slots=True)
class Flash:
    """Where the limiter had to act: the fixture, and how many seconds after the last of the cues was started."""

    fixture: str
    second: float


@dataclass(frozen=True, slots=True)
class Light:
    """What the show answers to moments, and whether the answers keep within the limits by themselves.

    ``answers`` says which cue answers which type of moment; ``scene`` stands for the scene's own. ``judge`` is given
    cues that follow one another, at most two, the first out of the festival at rest, and tells where the limiter
    had to act; None where it never had to.
    """

    answers: Mapping[str, str]
    judge: Callable[[tuple[str, ...]], Flash | None]


@dataclass(frozen=True, slots=True)
class Context:
    """What a festival gives its scenarios; None where it is not known.

    ``today`` is the day by which a helpline's confirmation is judged.
    """

    risks: frozenset[str] | None = None
    cues: frozenset[str] | None = None
    help: frozenset[str] | None = None
    languages: tuple[str, ...] = ()
    country: str = ""
    helplines: tuple[Helpline, ...] | None = None
    today: date | None = None
    light: Light | None = None
