"""The judge: counts flashes as SAFETY.md defines them, written for reading and sharing no code with the limiter.

It looks at one unit after another over the whole of its time, in whole numbers: light is counted in units of
1/130050 of full (2 x 255 x 255), luminance in 1/10000 of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from notalone.show.core.patch import Fixture, Patch
from notalone.show.core.profiles import Cell

FRAMES_PER_SECOND = 44
MOST = 3
FULL_LIGHT = 2 * 255 * 255
FULL_LUMINANCE = 10_000 * FULL_LIGHT
TENTH = FULL_LUMINANCE // 10

Frames = NDArray[np.uint8]
Series = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Worst:
    """Where most was counted: the fixture, the frame at which the count was reached, and the unit in words."""

    fixture: str
    frame: int
    unit: str


@dataclass(slots=True)
class Verdict:
    """Most flashes and most red flashes in any second, and which held channels (strobe, macro) moved."""

    general: int = 0
    red: int = 0
    worst: Worst | None = None
    held: list[str] = field(default_factory=list)
    _most: int = 0

    @property
    def legal(self) -> bool:
        """Say whether every unit is within its limits and every held channel is held."""
        return self.general <= MOST and self.red <= MOST and not self.held

    def as_json(self) -> dict[str, object]:
        """Return the form that ``audit --json`` prints."""
        worst = self.worst and {
            "fixture": self.worst.fixture,
            "frame": self.worst.frame,
            "unit": self.worst.unit,
        }
        return {
            "general": self.general,
            "red": self.red,
            "worst": worst,
            "held": self.held,
            "legal": self.legal,
        }

    def count(self, rises: Sequence[int], entries: Sequence[int], fixture: str, unit: str) -> None:
        """Take in the dated rises and red entries of one unit."""
        for dates, is_red in ((rises, False), (entries, True)):
            most, frame = most_in_a_second(dates)
            if is_red:
                self.red = max(self.red, most)
            else:
                self.general = max(self.general, most)
            if most > self._most:
                self._most = most
                self.worst = Worst(fixture, frame, unit)


def most_in_a_second(dates: Sequence[int]) -> tuple[int, int]:
    """Return the most dates in any 44 consecutive frames, and the frame of the last of them."""
    most, frame, first = 0, 0, 0
    for last, date in enumerate(dates):
        while date - dates[first] >= FRAMES_PER_SECOND:
            first += 1
        if last - first + 1 > most:
            most, frame = last - first + 1, date
    return most, frame


def rises_of(luminance: Sequence[int], cells: int = 1) -> list[int]:
    """Return the frames at which a unit rises; ``luminance`` is summed over its ``cells``."""
    dates = []
    tenth, bright = TENTH * cells, 8 * TENTH * cells
    lowest: int | None = luminance[0]  # since the last fall; None while waiting for a fall
    highest = luminance[0]
    for frame, now in enumerate(luminance):
        if lowest is not None:
            lowest = min(lowest, now)
            if now - lowest >= tenth and lowest < bright:
                dates.append(frame)
                lowest, highest = None, now
        else:
            highest = max(highest, now)
            if highest - now >= tenth and now < bright:
                lowest = now
    return dates


def red_entries_of(red: Sequence[int], green: Sequence[int], blue: Sequence[int]) -> list[int]:
    """Return the frames at which a unit enters saturated red.

    The last counted state is followed in both of its readings: the last state at which light was counted as
    entering or leaving red, and the last state more than 0.2 away from the one counted before it.
    """
    dates = []
    crossing = changing = None
    for frame, light in enumerate(zip(red, green, blue, strict=True)):
        now = (*chromaticity(*light), is_red(*light))
        if crossing is None or changing is None:
            crossing = changing = now
            continue
        entered = False
        if now[2] != crossing[2] and _far(now, crossing):
            entered = now[2]
            crossing = now
        if _far(now, changing):
            entered = entered or (now[2] and not changing[2])
            changing = now
        if entered:
            dates.append(frame)
    return dates


def is_red(red: int, green: int, blue: int) -> bool:
    """Say whether light is saturated red: R/(R+G+B) of 0.8 or more; black is not."""
    total = red + green + blue
    return total > 0 and 10 * red >= 8 * total


def chromaticity(red: int, green: int, blue: int) -> tuple[float, float]:
    """Return CIE 1976 u', v' of linear light with BT.709 primaries; black is D65."""
    if red + green + blue == 0:
        red = green = blue = 1
    x = 0.4124 * red + 0.3576 * green + 0.1805 * blue
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = 0.0193 * red + 0.1192 * green + 0.9505 * blue
    return 4 * x / (x + 15 * y + 3 * z), 9 * y / (x + 15 * y + 3 * z)


def _far(a: tuple[float, float, bool], b: tuple[float, float, bool]) -> bool:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 > 0.2**2


def cell_light(channels: Frames, cell: Cell) -> Series:
    """Return a cell's linear red, green and blue over time, shape (3, frames), from its fixture's channels."""

    def level(offset: int | None, missing: int) -> Series:
        if offset is None:
            return np.full(len(channels), missing, np.int64)
        return channels[:, offset].astype(np.int64)

    dimmer = level(cell.dimmer, 255)
    if not cell.coloured:
        return np.stack([2 * 255 * dimmer] * 3)
    white, amber = level(cell.white, 0), level(cell.amber, 0)
    red = 2 * dimmer * (level(cell.red, 0) + white + amber)
    green = 2 * dimmer * (level(cell.green, 0) + white) + dimmer * amber
    blue = 2 * dimmer * (level(cell.blue, 0) + white)
    return np.stack([red, green, blue])


def luminance_of(light: Series) -> Series:
    """Return relative luminance over time, clipped at full."""
    red, green, blue = light
    clipped: Series = np.minimum(2126 * red + 7152 * green + 722 * blue, FULL_LUMINANCE)
    return clipped


class _Area:
    """What is gathered of an area while its fixtures are looked at."""

    def __init__(self, frames: int) -> None:
        self.luminance = np.zeros(frames, np.int64)
        self.light = np.zeros((3, frames), np.int64)
        self.rising = np.zeros(frames, np.int64)
        self.cells = 0
        self.risers: dict[int, str] = {}
        self.first = ""


def audit(frames: Frames, patch: Patch) -> Verdict:
    """Judge frames of shape (frames, universes, 512), uint8, universes in the patch's order."""
    verdict = Verdict()
    areas: dict[str, _Area] = {}
    if not len(frames):
        return verdict
    for fixture in patch.fixtures:
        area = areas.setdefault(fixture.area, _Area(len(frames)))
        area.first = area.first or fixture.id
        _judge_fixture(frames, patch, fixture, area, verdict)
    for name, area in areas.items():
        by_mean = rises_of(area.luminance.tolist(), area.cells)
        by_many = np.flatnonzero(4 * area.rising > area.cells).tolist()
        rises = sorted({*by_mean, *by_many})
        at = most_in_a_second(rises)[1]
        verdict.count(rises, _entries(area.light), area.risers.get(at, area.first), f"area {name}")
    return verdict


def _judge_fixture(frames: Frames, patch: Patch, fixture: Fixture, area: _Area, verdict: Verdict) -> None:
    first = fixture.address - 1
    channels = frames[:, patch.universes.index(fixture.universe), first : first + fixture.profile.footprint]
    for offset in fixture.profile.held:
        if (channels[:, offset] != fixture.profile.defaults[offset]).any():
            verdict.held.append(f"{fixture.id}: {fixture.profile.channels[offset]}")
    luminance, light = np.zeros(len(frames), np.int64), np.zeros((3, len(frames)), np.int64)
    for number, cell in enumerate(fixture.profile.cells, 1):
        own = cell_light(channels, cell)
        y = luminance_of(own)
        rises = rises_of(y.tolist())
        verdict.count(rises, _entries(own), fixture.id, f"cell {number}")
        area.rising[rises] += 1
        for frame in rises:
            area.risers.setdefault(frame, fixture.id)
        luminance += y
        light += own
    count = len(fixture.profile.cells)
    if count > 1:
        verdict.count(rises_of(luminance.tolist(), count), _entries(light), fixture.id, "fixture")
    area.luminance += luminance
    area.light += light
    area.cells += count


def _entries(light: Series) -> list[int]:
    red, green, blue = light
    if not ((red > 0) & (red >= 4 * (green + blue))).any():
        return []  # never red
    return red_entries_of(red.tolist(), green.tolist(), blue.tolist())
