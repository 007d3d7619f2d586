"""What happens to the hub, what it asks to be done, and what it remembers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from notalone.kit.time import Instant
from notalone.live.core.log import Ring
from notalone.live.core.protocol import Message
from notalone.live.core.tokens import Grant

POLICY = 1008  # close codes of RFC 6455, 7.4.1
INVALID = 1007


@dataclass(frozen=True, slots=True)
class Joined:
    """A client said a good hello."""

    client: int
    grant: Grant


@dataclass(frozen=True, slots=True)
class Left:
    """A client is gone."""

    client: int


@dataclass(frozen=True, slots=True)
class Received:
    """A client sent a message."""

    client: int
    message: Message


@dataclass(frozen=True, slots=True)
class FrameReceived:
    """A client sent a binary frame; ``data`` is the whole frame."""

    client: int
    topic: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Malformed:
    """A client sent what is no message."""

    client: int
    why: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A log was first looked at: ``rows`` are all messages after ``floor`` up to ``head``."""

    topic: str
    floor: int
    head: int
    rows: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Appended:
    """A log grew: ``rows`` are all messages after the head so far, up to ``head``."""

    topic: str
    head: int
    rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A log's source was read; ``whole`` where nothing more was there at that time."""

    client: int
    topic: str
    ticket: int
    rows: tuple[tuple[int, str], ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """Some time passed; comes a few times a second."""


Event: TypeAlias = Joined | Left | Received | FrameReceived | Malformed | Opened | Appended | Fetched | Tick


@dataclass(frozen=True, slots=True)
class Send:
    """Send text messages, in order, to each of the clients."""

    clients: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SendFrame:
    """Send a binary frame to each of the clients that is not behind."""

    clients: tuple[int, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Refuse:
    """Tell a client why, and close; the hub has forgotten it already. ``reason`` goes into the close frame."""

    client: int
    why: str
    code: int = POLICY
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Fetch:
    """Read a log's source from after ``after``, once the client has taken what it was sent."""

    client: int
    topic: str
    ticket: int
    after: int


Effect: TypeAlias = Send | SendFrame | Refuse | Fetch


@dataclass(slots=True)
class Client:
    """A client that said hello; ``budget`` is how many messages it may send at once."""

    grant: Grant
    budget: float
    counted: Instant
    follows: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Topic:
    """A topic that somebody follows or that keeps a value; ``told`` is the number of watchers last told."""

    followers: dict[int, None] = field(default_factory=dict)
    seq: int = 0
    kept: str | None = None
    told: int = 0


@dataclass(slots=True)
class Catching:
    """A follow of a log that is not live yet.

    ``position`` None waits for the log to be opened and then begins at its head; ``asked`` is the log's head
    when the source was asked, ``ticket`` tells the answer to this question from others. ``since`` is when the
    follow began.
    """

    position: int | None
    since: Instant
    asked: int = 0
    ticket: int = 0


@dataclass(slots=True)
class Name:
    """Who is present under one name, and when one of them was last heard."""

    connections: int
    heard: Instant


@dataclass(slots=True)
class Hub:
    """Everything that live remembers; all of it is lost with the process, and none of it is truth."""

    logs: dict[str, Ring]
    clients: dict[int, Client] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    catching: dict[str, dict[int, Catching]] = field(default_factory=dict)
    ahead: dict[tuple[str, int], None] = field(default_factory=dict)
    names: dict[str, Name] = field(default_factory=dict)
    publishers: dict[int, None] = field(default_factory=dict)
    expiries: list[tuple[int, int]] = field(default_factory=list)
    uncounted: set[str] = field(default_factory=set)
    moved: bool = False
    tickets: int = 0
