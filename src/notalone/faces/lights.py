"""The picture of the festival: a wall of small lights above a night sea, laid brick by brick."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import cache

WIDTH, HEIGHT = 1200, 420
SEA = 330
_BRICK, _COURSE, _JOINT = 34, 17, 4
_TONES = 5


@dataclass(frozen=True, slots=True)
class Picture:
    """SVG path data: for each tone of light its bricks and their reflections in the sea."""

    width: int
    height: int
    sea: int
    bricks: tuple[str, ...]
    reflections: tuple[str, ...]


def _draw(x: int, y: int) -> int:
    return hashlib.sha256(f"{x}/{y}".encode()).digest()[0]


def _rises(column: float) -> float:
    """Return how high the wall stands at a column (0..1), in px: two gentle waves."""
    return 110 + 74 * math.sin(column * 5.1 + 0.4) + 46 * math.sin(column * 12.7 + 2.1) + 40 * column


@cache
def picture() -> Picture:
    """Return the picture; the same every time."""
    bricks = [""] * _TONES
    reflections = [""] * _TONES
    for row in range(SEA // _COURSE):
        y = SEA - (row + 1) * _COURSE
        for column in range(-1, WIDTH // _BRICK + 1):
            x = column * _BRICK + (_BRICK // 2 if row % 2 else 0)
            top = _rises((x + _BRICK / 2) / WIDTH)
            chance = _draw(column, row)
            if (row + 1) * _COURSE > top + chance % 40 or chance > 236:
                continue
            tone = chance % _TONES
            bricks[tone] += f"M{x} {y}h{_BRICK - _JOINT}v{_COURSE - _JOINT}h-{_BRICK - _JOINT}z"
            if row < 5 and chance % 3:
                wide = _BRICK - _JOINT - row * 3 + chance % 9
                reflections[tone] += f"M{x + chance % 7} {SEA + 8 + row * 15 + chance % 6}h{wide}v2h-{wide}z"
    return Picture(WIDTH, HEIGHT, SEA, tuple(bricks), tuple(reflections))
