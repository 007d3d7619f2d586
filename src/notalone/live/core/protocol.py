"""The messages of live, version 1: reading what clients say, writing what the server says.

``docs/developers/house.md`` tells the messages. Reading is strict: what is not exactly a message is refused in
one sentence.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from notalone.kit.moments import Json
from notalone.kit.names import nearest
from notalone.kit.time import Instant
from notalone.live.core.topics import MAX_NAME, is_topic

VERSION = 1
MAX_MESSAGE = 64 * 1024
MAX_SEQ = 2**53 - 1  # the largest whole number that a browser keeps exactly


class ProtocolError(ValueError):
    """What a client sent is not a message; the text says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first message; ``name`` is None where the token's name is taken."""

    token: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Follow:
    """Asks for a topic; ``after`` None means from now."""

    topic: str
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Leave:
    """Ends a follow."""

    topic: str


@dataclass(frozen=True, slots=True)
class Publish:
    """Sends a value to the followers of a topic; ``value`` is its JSON text."""

    topic: str
    value: str
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """Asks for the server's time; ``t`` comes back as it was."""

    t: int | float


Message: TypeAlias = Hello | Follow | Leave | Publish | Clock
_FIELDS = {
    "hello": {"v", "token", "name"},
    "follow": {"topic", "after"},
    "leave": {"topic"},
    "publish": {"topic", "value", "keep"},
    "clock": {"t"},
}


def parse(text: str) -> Message:
    """Read a client's message.

    Raises:
        ProtocolError: it is none.
    """
    said = _object(text)
    do = said.get("do")
    if not isinstance(do, str) or do not in _FIELDS:
        near = nearest(do, _FIELDS) if isinstance(do, str) else None
        hint = f" Did you mean “{near}”?" if near else f" Known: {', '.join(_FIELDS)}."
        raise ProtocolError(f"A message needs “do”, and {_short(do)} is not one.{hint}")
    for name in said:
        if name != "do" and name not in _FIELDS[do]:
            near = nearest(name, _FIELDS[do])
            raise ProtocolError(
                f"A message “{do}” has no field {_short(name)}." + (f" Did you mean “{near}”?" if near else "")
            )
    if do == "hello":
        return _hello(said)
    if do == "clock":
        return Clock(_number(said.get("t")))
    topic = _topic(said.get("topic"), do)
    if do == "follow":
        return Follow(topic, _after(said.get("after")))
    if do == "leave":
        return Leave(topic)
    return _publish(topic, said)


def _object(text: str) -> dict[str, object]:
    try:
        said = json.loads(text, parse_constant=_no_constant)
    except RecursionError as error:
        raise ProtocolError("The message is nested too deeply.") from error
    except json.JSONDecodeError as error:
        raise ProtocolError(f"The message is not JSON: {error.msg} at character {error.pos}.") from error
    except ValueError as error:
        raise ProtocolError(f"The message holds a number that cannot be read: {error}.") from error
    if not isinstance(said, dict):
        raise ProtocolError("A message is a JSON object.")
    return said


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _hello(said: Mapping[str, object]) -> Hello:
    if said.get("v") != VERSION or isinstance(said["v"], bool):
        raise ProtocolError(f"This server speaks version {VERSION}, not {_short(said.get('v'))}.")
    token, name = said.get("token"), said.get("name")
    if not isinstance(token, str):
        raise ProtocolError("A message “hello” needs a token, as text.")
    if name is not None and (not isinstance(name, str) or not is_topic(name)):
        raise ProtocolError(f"{_short(name)} is not a name for a client.")
    return Hello(token, name)


def _topic(topic: object, do: str) -> str:
    if not isinstance(topic, str) or not is_topic(topic):
        raise ProtocolError(f"A message “{do}” needs a topic, and {_short(topic)} is not the name of one.")
    return topic


def _after(after: object) -> int | None:
    if after is None:
        return None
    if not isinstance(after, int) or isinstance(after, bool) or not 0 <= after <= MAX_SEQ:
        raise ProtocolError(f"“after” is a sequence number, a whole number from 0, not {_short(after)}.")
    return after


def _number(t: object) -> int | float:
    if isinstance(t, bool) or not isinstance(t, int | float) or not math.isfinite(t) or abs(t) > MAX_SEQ:
        raise ProtocolError(f"A message “clock” needs the client's time in ms as “t”, not {_short(t)}.")
    return t


def _publish(topic: str, said: Mapping[str, object]) -> Publish:
    value, keep = said.get("value"), said.get("keep", False)
    if not isinstance(value, dict):
        raise ProtocolError(f"The value published to {topic} is a JSON object, not {_short(value)}.")
    if not isinstance(keep, bool):
        raise ProtocolError(f"“keep” is true or false, not {_short(keep)}.")
    try:
        text = dumps(value)
        text.encode("utf-8")
    except (UnicodeEncodeError, RecursionError, ValueError) as error:
        raise ProtocolError(f"The value published to {topic} cannot be written as JSON in UTF-8.") from error
    return Publish(topic, text, keep)


def _short(value: object) -> str:
    """Tell a value so that it fits into a sentence and into one line, whatever it is."""
    if value is None:
        return "nothing"
    try:
        text = value if isinstance(value, str) else json.dumps(value)
    except (ValueError, RecursionError):
        text = "…"
    text = text if len(text) <= 40 else f"{text[:39]}…"
    return "“" + "".join(each if each.isprintable() else "\ufffd" for each in text) + "”"


def dumps(value: Json | Mapping[str, object]) -> str:
    """Return compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def parse_frame(data: bytes) -> tuple[str, bytes]:
    """Split a binary frame into its topic and its payload.

    Raises:
        ProtocolError: it does not begin with a topic's name and a zero byte.
    """
    head, zero, payload = data.partition(b"\0")
    name = head.decode("ascii", "replace") if len(head) <= MAX_NAME else ""
    if not zero or not is_topic(name):
        raise ProtocolError("A binary frame begins with a topic's name and a zero byte.")
    return name, payload


def frame(topic: str, payload: bytes) -> bytes:
    """Return the binary frame of a payload."""
    return topic.encode("ascii") + b"\0" + payload


def welcome(now: Instant) -> str:
    """Return the answer to a good hello."""
    return dumps({"is": "welcome", "v": VERSION, "now": now.ms})


def value_of(topic: str, seq: int, value: str) -> str:
    """Return a value of a topic; ``value`` is JSON text."""
    return f'{{"is":"value","topic":"{topic}","seq":{seq},"value":{value}}}'


def caught_up(topic: str, seq: int) -> str:
    """Return that everything up to ``seq`` has been sent."""
    return dumps({"is": "caught-up", "topic": topic, "seq": seq})


def clock(t: int | float, now: Instant) -> str:
    """Return the server's time."""
    return dumps({"is": "clock", "t": t, "now": now.ms})


def watchers(topic: str, count: int) -> str:
    """Return how many follow a topic."""
    return dumps({"is": "watchers", "topic": topic, "count": count})


def error(why: str) -> str:
    """Return why the connection closes."""
    return dumps({"is": "error", "why": why})
