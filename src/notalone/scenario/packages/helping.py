"""The helplines that a package hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Helpline = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Help:
    """The helplines of a package by language, each as the page shows it; ``festival``: they are a festival's own.

    A helpline is ``{"id", "name", "number", "sms", "web", "hours", "cost", "about", "topics": [..],
    "confirmed": "YYYY-MM-DD" or null}``; what is absent is an empty text. Whether a confirmation still holds is
    judged when the page is opened, for a stick lies in a drawer for years.
    """

    festival: bool
    lines: Mapping[str, Sequence[Helpline]]
