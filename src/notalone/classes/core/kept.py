"""A lesson as JSON: how it is kept, and what a page is told of it."""

from __future__ import annotations

from typing import Any

from notalone.classes.core.lesson import Lesson, Phase, tied
from notalone.kit.time import Duration, Instant


def to_json(lesson: Lesson) -> dict[str, Any]:
    """Return the lesson's JSON form; instants and durations in milliseconds."""
    return {
        "phase": str(lesson.phase),
        "at": lesson.at,
        "round": lesson.round,
        "open": list(lesson.open),
        "ends": lesson.ends.ms if lesson.ends else None,
        "left": lesson.left.ms if lesson.left else (0 if lesson.left is not None else None),
        "counts": list(lesson.counts),
        "taken": lesson.taken,
        "path": [list(pair) for pair in lesson.path],
    }


def from_json(kept: dict[str, Any]) -> Lesson:
    """Return the lesson that ``to_json`` wrote."""
    return Lesson(
        phase=Phase(kept["phase"]),
        at=kept["at"],
        round=kept["round"],
        open=tuple(kept["open"]),
        ends=None if kept["ends"] is None else Instant(kept["ends"]),
        left=None if kept["left"] is None else Duration(kept["left"]),
        counts=tuple(kept["counts"]),
        taken=kept["taken"],
        path=tuple((at, choice) for at, choice in kept["path"]),
    )


def told(lesson: Lesson, rev: int, joined: int, cast: int) -> dict[str, Any]:
    """Return what everybody in the class is told: while it votes the number of votes alone, then the counts."""
    return {**to_json(lesson), "tied": list(tied(lesson)), "rev": rev, "joined": joined, "cast": cast}
