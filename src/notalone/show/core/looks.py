"""Looks: light as a function of time and place, and of nothing else.

A look gets the seconds since it began, the cells it lights and its parameters, and returns linear red, green and
blue (0 to 1) for each cell, shape (cells, 3). Chance comes from a hash of place and time, so that the same moment
always looks the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Reals: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Where cells are: metres, their distance from the middle of their place, and their place's size.

    Two are equal only where they are the same, so that what depends on them alone can be kept.
    """

    at: Reals
    middle: Reals
    distance: Reals
    reach: float
    along: Reals

    @classmethod
    def of(cls, at: Reals) -> Cells:
        """Return the cells at positions of shape (cells, 3); ``along`` is 0 to 1 from the left to the right."""
        low, high = at.min(axis=0), at.max(axis=0)
        middle = (low + high) / 2
        distance = np.linalg.norm(at - middle, axis=1)
        width = float(high[0] - low[0]) or 1.0
        return cls(at, middle, distance, float(distance.max()) or 1.0, (at[:, 0] - low[0]) / width)


@dataclass(frozen=True, slots=True)
class Settings:
    """A look's colours (linear, shape (colours, 3)) and its numbers by name, complete."""

    colours: Reals
    values: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self.values[name]


Look: TypeAlias = Callable[[float, Cells, Settings], Reals]


@dataclass(frozen=True, slots=True)
class Range:
    """What a parameter may be, and what it is where nothing is said."""

    default: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class LookKind:
    """A look and its parameters."""

    look: Look
    parameters: Mapping[str, Range]


def linear(srgb: tuple[int, int, int]) -> tuple[float, float, float]:
    """Return linear light of an sRGB colour of 0 to 255 (IEC 61966-2-1)."""

    def one(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = srgb
    return one(red), one(green), one(blue)


def smooth(x: Reals | float) -> Reals:
    """Return 0 to 1 for x from 0 to 1 with level ends, clipped outside."""
    part = np.clip(x, 0.0, 1.0)
    eased: Reals = np.asarray(part * part * (3.0 - 2.0 * part), np.float64)
    return eased


def hashed(*keys: NDArray[np.int64] | int) -> Reals:
    """Return a number from 0 to 1 for whole keys, the same on every machine (splitmix64's finaliser)."""
    state = np.uint64(0x9E3779B97F4A7C15)
    with np.errstate(over="ignore"):
        value = np.zeros((), np.uint64)
        for key in keys:
            value = (value + np.asarray(key, np.int64).astype(np.uint64) + np.uint64(1)) * state
            value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            value = value ^ (value >> np.uint64(31))
    return np.asarray(value >> np.uint64(11), np.float64) / float(1 << 53)


def _mix(colours: Reals, x: Reals) -> Reals:
    """Return the colour at ``x`` (0 to 1) of a ramp through all colours."""
    last = len(colours) - 1
    if last == 0:
        return np.broadcast_to(colours[0], (x.size, 3)).copy()
    scaled = np.clip(x, 0.0, 1.0) * last
    low = np.minimum(scaled.astype(np.int64), last - 1)
    part = (scaled - low)[:, None]
    mixed: Reals = colours[low] * (1 - part) + colours[low + 1] * part
    return mixed


def _sine(phase: Reals | float) -> Reals:
    return np.asarray(0.5 - 0.5 * np.cos(2 * np.pi * np.asarray(phase)), np.float64)


def _between(s: Settings, x: Reals) -> Reals:
    return s["low"] + (s["high"] - s["low"]) * x


def solid(t: float, cells: Cells, s: Settings) -> Reals:
    """Stand still; several colours run from the left to the right."""
    return _mix(s.colours, cells.along) * s["high"]


def breathe(t: float, cells: Cells, s: Settings) -> Reals:
    """Swell and ebb together, each cell a little after its neighbour; the colour wanders as it does."""
    phase = t / s["period"] - s["spread"] * cells.along
    colour = _mix(s.colours, _sine(t / (3.7 * s["period"]) + 0.6 * cells.along))
    return colour * _between(s, _sine(phase) ** 1.5)[:, None]


def wave(t: float, cells: Cells, s: Settings) -> Reals:
    """Run across the place along ``angle`` (degrees, 0 to the right, 90 to the back), ``length`` metres long."""
    angle = np.deg2rad(s["angle"])
    far = cells.at[:, 0] * np.cos(angle) + cells.at[:, 1] * np.sin(angle) + 0.3 * cells.at[:, 2]
    x = _sine(far / s["length"] - t / s["period"])
    return _mix(s.colours, x) * _between(s, x)[:, None]


def pulse(t: float, cells: Cells, s: Settings) -> Reals:
    """Beat from the rim to the middle; the time between beats shrinks from ``period`` to ``fastest``."""
    over, first, last = s["over"], s["period"], s["fastest"]
    slope = (last - first) / over
    early = min(max(t, 0.0), over)  # beats so far: the integral of 1 / (first + slope t)
    beats = early / first if slope == 0 else np.log1p(slope * early / first) / slope
    beats += (t - early) / last
    lag = s["spread"] * (1.0 - cells.distance / cells.reach)
    x = _sine(beats - lag) ** 2.0
    grip = smooth(t / over)
    return _mix(s.colours, np.clip(x * (0.5 + 0.5 * grip), 0, 1)) * _between(s, x)[:, None]


def chase(t: float, cells: Cells, s: Settings) -> Reals:
    """Send a head with a tail from the left to the right, again and again; ``width`` of the place is lit."""
    behind = np.mod(t / s["period"] - cells.along, 1.0)
    x = np.exp(-behind / s["width"]) * smooth((1.0 - behind) / 0.15)
    front = smooth(behind / 0.08)
    return _mix(s.colours, x) * _between(s, x * front)[:, None]


def noise(t: float, cells: Cells, s: Settings) -> Reals:
    """Drift like cloud or water: smooth noise in place (``length`` metres) and time (``period`` seconds)."""
    turn = t / s["period"]
    now = int(np.floor(turn))
    part = float(smooth(turn - now))
    total = _slice(cells, s["length"], now) * (1 - part) + _slice(cells, s["length"], now + 1) * part
    x = smooth((total - 0.25) / 0.5)
    return _mix(s.colours, x) * _between(s, x)[:, None]


@lru_cache(maxsize=128)
def _slice(cells: Cells, length: float, turn: int) -> Reals:
    """Return value noise over the cells, 0 to 1, at a whole turn; kept, since it is asked for in every frame."""
    grid = cells.at / length
    base = np.floor(grid).astype(np.int64)
    part = smooth(grid - base)
    total: Reals = np.zeros(len(grid))
    for corner in range(8):
        bits = np.array([corner >> axis & 1 for axis in range(3)])
        weight = np.prod(np.where(bits, part, 1 - part), axis=1)
        total += weight * hashed(*(base + bits).T, turn)
    total.flags.writeable = False
    return total


def sparkle(t: float, cells: Cells, s: Settings) -> Reals:
    """Let few cells glint, each for itself, swelling and fading within ``period``; ``share`` of them at a time."""
    number = np.arange(len(cells.at))
    own = t / s["period"] + hashed(number, 1)
    turn = np.floor(own).astype(np.int64)
    lit = hashed(number, turn, 2) < s["share"]
    x = _sine(own - turn) ** 2.0 * lit
    return _mix(s.colours, hashed(number, turn, 3)) * _between(s, x)[:, None]


def bloom(t: float, cells: Cells, s: Settings) -> Reals:
    """Open outwards from the middle within ``over`` seconds, and stay, breathing gently."""
    edge = 1.25 * t / s["over"] - cells.distance / cells.reach
    opened = smooth(edge / 0.45)
    crest = np.exp(-(((edge - 0.25) / 0.22) ** 2)) * smooth((2.2 - edge) / 0.8)
    rest = 0.86 + 0.14 * _sine(t / s["period"] - 0.35 * cells.distance / cells.reach)
    x = opened * np.clip(0.72 * rest + 0.28 * crest, 0, 1)
    return _mix(s.colours, np.clip(0.62 * opened * rest + 0.38 * crest, 0, 1)) * _between(s, x)[:, None]


def spark(t: float, cells: Cells, s: Settings) -> Reals:
    """Let one spark travel through the place in ``over`` seconds and settle where it was going, glowing on."""
    span = cells.at.max(axis=0) - cells.at.min(axis=0)
    start = cells.middle + span * np.array([-0.62, -0.5, 0.35])
    goal = cells.middle + span * np.array([0.12, 0.38, 0.0])
    part = float(smooth(t / s["over"]))
    arc = np.array([0.0, 0.0, 0.25 * span[2] * np.sin(np.pi * part)])
    size = s["width"] * cells.reach
    out = np.zeros(len(cells.at))
    for step, weight in ((0.0, 1.0), (0.09, 0.45), (0.18, 0.18)):
        was = max(0.0, part - step)
        gap = np.linalg.norm(cells.at - (start + (goal - start) * was + arc), axis=1)
        out = np.maximum(out, weight * np.exp(-((gap / size) ** 2)))
    settled = float(smooth((t - s["over"]) / 2.5))
    glow = np.exp(-((np.linalg.norm(cells.at - goal, axis=1) / (size * (1 + 2.2 * settled))) ** 2)) * settled
    x = np.maximum(out * (1 - 0.55 * settled), 0.6 * glow * (0.9 + 0.1 * float(_sine(t / s["period"]))))
    return _mix(s.colours, x) * _between(s, x)[:, None]


_LOW: Final = Range(0.0, 0.0, 1.0)
_HIGH: Final = Range(1.0, 0.0, 1.0)
_SECONDS: Final = Range(6.0, 0.7, 600.0)


def _kind(look: Look, **parameters: Range) -> LookKind:
    return LookKind(look, {"low": _LOW, "high": _HIGH, "period": _SECONDS, **parameters})


LOOKS: Final[dict[str, LookKind]] = {
    "solid": _kind(solid),
    "breathe": _kind(breathe, spread=Range(0.3, 0.0, 4.0)),
    "wave": _kind(wave, angle=Range(0, -360, 360), length=Range(8.0, 0.5, 1000.0)),
    "pulse": _kind(pulse, fastest=Range(1.5, 0.7, 600.0), over=Range(20.0, 0.5, 600.0), spread=Range(0.2, 0.0, 2.0)),
    "chase": _kind(chase, width=Range(0.2, 0.02, 2.0)),
    "noise": _kind(noise, length=Range(5.0, 0.5, 1000.0)),
    "sparkle": _kind(sparkle, share=Range(0.1, 0.0, 1.0)),
    "bloom": _kind(bloom, over=Range(4.0, 0.5, 600.0)),
    "spark": _kind(spark, over=Range(3.0, 0.5, 600.0), width=Range(0.16, 0.02, 2.0)),
}
