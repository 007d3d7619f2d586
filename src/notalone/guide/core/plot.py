"""A plot of groups at several times: a dot for each value on a line for its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from notalone.guide.core.intervals import Estimate

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 360, 118, 10, 8, 28
STEP, GAP = 13, 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A value at a time (0 before, 1 after, 2 weeks later), in units of the picture."""

    time: int
    x: float
    low: float
    high: float
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """A group: its name, where to write it, and its marks; none where it is not shown."""

    name: str
    y: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A whole number on the axis."""

    x: float
    value: int


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture of ``width`` × ``height``, the axis at ``axis`` from the top."""

    width: int
    height: int
    axis: int
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


def plot(groups: Sequence[tuple[str, Sequence[Estimate]]], least: int, most: int) -> Plot:
    """Lay out groups with their estimates; the axis goes from ``least`` to ``most``, further where a value does."""
    edges = [edge for _name, estimates in groups for one in estimates for edge in (one.low, one.high)]
    first, last = math.floor(min([least, *edges])), math.ceil(max([most, *edges]))

    def x(value: float) -> float:
        return round(LEFT + (value - first) / (last - first) * (WIDTH - LEFT - RIGHT), 1)

    rows = []
    y: float = TOP
    for name, estimates in groups:
        high = STEP * max(1, len(estimates))
        marks = tuple(
            Mark(time, x(one.value), x(one.low), x(one.high), y + STEP * (time + 0.5))
            for time, one in enumerate(estimates)
        )
        rows.append(Row(name, y + high / 2, marks))
        y += high + GAP
    axis = round(y)
    return Plot(
        WIDTH, axis + BOTTOM, axis, tuple(rows), tuple(Tick(x(value), value) for value in range(first, last + 1))
    )
