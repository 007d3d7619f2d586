"""Counting flashes as SAFETY.md defines them, for many units at once, one frame after another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from notalone.show.core.light import FULL_Y, Whole

WINDOW: Final = 44
ALLOWED: Final = 3
_STEP: Final = FULL_Y // 10
_BRIGHT: Final = FULL_Y // 10 * 8
_FAR: Final = 0.2 * 0.2
_LONG_AGO: Final = -(10**9)
# CIE XYZ of BT.709 primaries, times 10,000; X and the sum X + 15 Y + 3 Z
_X: Final = (4124, 3576, 1805)
_SUM: Final = (36593, 114432, 41150)
_U_WHITE: Final = 4 * 9505 / 192175
_V_WHITE: Final = 9 * 10000 / 192175

Mask = NDArray[np.bool_]
Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one frame would count: rises and red entries, and what is needed to remember it."""

    luminance: Whole
    rise: Mask
    red: Mask
    u: Reals
    v: Reals
    far_a: Mask
    far_b: Mask
    entry: Mask


class Counter:
    """The history of every unit: what it is waiting for, its extremes, its last three rises and red entries.

    ``cells`` is how many cells each unit sums over; luminance and colour are handed in as sums.
    """

    def __init__(self, cells: Whole) -> None:
        count = cells.size
        self.step = _STEP * cells
        self.bright = _BRIGHT * cells
        self.waiting: Mask = np.ones(count, np.bool_)
        self.extreme: Whole = np.zeros(count, np.int64)
        self.rises: Whole = np.full((ALLOWED, count), _LONG_AGO, np.int64)
        self.entries: Whole = np.full((ALLOWED, count), _LONG_AGO, np.int64)
        self.u_a: Reals = np.full(count, _U_WHITE)
        self.v_a: Reals = np.full(count, _V_WHITE)
        self.u_b: Reals = self.u_a.copy()
        self.v_b: Reals = self.v_a.copy()
        self.red_a: Mask = np.zeros(count, np.bool_)
        self.red_b: Mask = np.zeros(count, np.bool_)

    def see(self, luminance: Whole, rgb: Whole) -> Seen:
        """Return what a frame would count; nothing is remembered yet."""
        rise = self.waiting & (luminance - self.extreme >= self.step) & (self.extreme < self.bright)
        red = (rgb[0] >= 4 * (rgb[1] + rgb[2])) & (rgb[0] > 0)
        u, v = _chromaticity(rgb)
        far_a = (u - self.u_a) ** 2 + (v - self.v_a) ** 2 > _FAR
        far_b = (u - self.u_b) ** 2 + (v - self.v_b) ** 2 > _FAR
        entry = red & ((far_a & ~self.red_a) | (far_b & ~self.red_b))
        return Seen(luminance, rise, red, u, v, far_a, far_b, entry)

    def forbidden(self, seen: Seen, frame: int) -> tuple[Mask, Mask]:
        """Return which units would rise, and which would enter red, once too often at ``frame``."""
        return (
            seen.rise & (frame - self.rises[0] < WINDOW),
            seen.entry & (frame - self.entries[0] < WINDOW),
        )

    def keep(self, seen: Seen, frame: int) -> None:
        """Remember a frame that goes out."""
        y = seen.luminance
        turned = self.waiting & (y - self.extreme >= self.step) & (self.extreme < self.bright)
        fell = ~self.waiting & (np.maximum(self.extreme, y) - y >= self.step) & (y < self.bright)
        lowest, highest = np.minimum(self.extreme, y), np.maximum(self.extreme, y)
        self.extreme = np.where(turned | fell, y, np.where(self.waiting, lowest, highest))
        self.waiting = (self.waiting & ~turned) | fell
        _date(self.rises, seen.rise, frame)
        _date(self.entries, seen.entry, frame)
        moved = seen.far_a & (seen.red != self.red_a)
        self.u_a, self.v_a = np.where(moved, seen.u, self.u_a), np.where(moved, seen.v, self.v_a)
        self.red_a = np.where(moved, seen.red, self.red_a)
        self.u_b, self.v_b = np.where(seen.far_b, seen.u, self.u_b), np.where(seen.far_b, seen.v, self.v_b)
        self.red_b = np.where(seen.far_b, seen.red, self.red_b)

    def begin(self, seen: Seen) -> None:
        """Take a frame as the state that everything is compared with; it counts nothing."""
        self.extreme = seen.luminance.copy()
        self.u_a, self.v_a, self.red_a = seen.u.copy(), seen.v.copy(), seen.red.copy()
        self.u_b, self.v_b, self.red_b = seen.u.copy(), seen.v.copy(), seen.red.copy()

    def exhaust(self, frame: int) -> None:
        """Take every unit as having used all it may at ``frame``."""
        self.rises[:] = frame
        self.entries[:] = frame


def _date(dates: Whole, events: Mask, frame: int) -> None:
    where = np.flatnonzero(events)
    if where.size:
        dates[0, where] = dates[1, where]
        dates[1, where] = dates[2, where]
        dates[2, where] = frame


def _chromaticity(rgb: Whole) -> tuple[Reals, Reals]:
    red, green, blue = rgb.astype(np.float64)
    total = _SUM[0] * red + _SUM[1] * green + _SUM[2] * blue
    black = total == 0
    total[black] = 1.0
    u = 4 * (_X[0] * red + _X[1] * green + _X[2] * blue) / total
    v = 9 * (2126 * red + 7152 * green + 722 * blue) / total
    u[black], v[black] = _U_WHITE, _V_WHITE
    return u, v
