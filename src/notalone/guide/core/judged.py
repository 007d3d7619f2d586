"""A visitor's judgements, counted: what a station sends, and what of it is believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notalone.guide.core.sensitivity import Counts

AGES = ("", "8-9", "10-12", "13-15", "16-17", "18+")
ORDERS = ("AB", "BA")


@dataclass(frozen=True, slots=True)
class Judged:
    """The counts before and after a story; ``order`` names the forms, ``age`` is empty where it was not told."""

    scenario: str
    order: str
    age: str
    lang: str
    before: Counts
    after: Counts


def count(genuine: Sequence[bool], said_genuine: Sequence[bool]) -> Counts:
    """Count answers to messages.

    Raises:
        ValueError: there are not as many answers as messages.
    """
    pairs = list(zip(genuine, said_genuine, strict=True))
    return Counts(
        hits=sum(not real and not said for real, said in pairs),
        misses=sum(not real and said for real, said in pairs),
        false_alarms=sum(real and not said for real, said in pairs),
        correct_rejections=sum(real and said for real, said in pairs),
    )


def counts_of(value: object, genuine: int, deceptive: int) -> Counts | None:
    """Read ``[hits, misses, false alarms, correct rejections]`` of a form; None where they are not of that form."""
    if not isinstance(value, list) or len(value) != 4:
        return None
    if any(type(number) is not int or number < 0 for number in value):
        return None
    counts = Counts(*value)
    return counts if (counts.signals, counts.noise) == (deceptive, genuine) else None


def forms_of(order: str) -> tuple[str, str]:
    """Return the forms before and after the story."""
    return order[0], order[1]


def halves(forms: Mapping[str, Sequence[bool]]) -> dict[str, tuple[int, int]]:
    """Return for each form how many messages are genuine and how many deceptive."""
    return {name: (sum(items), len(items) - sum(items)) for name, items in forms.items()}
