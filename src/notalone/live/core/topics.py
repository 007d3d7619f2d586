"""Topics: their names, and which of them a pattern covers."""

from __future__ import annotations

import re
from collections.abc import Iterable

MAX_NAME = 100
PRESENCE = "presence"
_SEGMENT = r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*"
_NAME = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*\Z")


def is_topic(text: str) -> bool:
    """Say whether ``text`` is a topic's name: names of the house joined by ``/``, at most 100 characters."""
    return len(text) <= MAX_NAME and _NAME.match(text) is not None


def is_pattern(text: str) -> bool:
    """Say whether ``text`` may stand in a grant: a topic's name, or one with ``/*`` after it."""
    return is_topic(text.removesuffix("/*"))


def covers(patterns: Iterable[str], topic: str) -> bool:
    """Say whether a pattern covers the topic: ``show/*`` covers all below ``show``, but not ``show``."""
    return any(topic.startswith(pattern[:-1]) if pattern.endswith("/*") else topic == pattern for pattern in patterns)
