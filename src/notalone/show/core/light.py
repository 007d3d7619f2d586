"""From DMX levels to linear light, exactly: whole numbers, so that equal light compares equal.

One unit of a colour is 1/130050 of full (2 x 255 x 255: twice the product of dimmer and level, so that amber's
half of green is whole); luminance counts 1/10000 of that again.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from notalone.show.core.patch import CHANNELS, Patch
from notalone.show.core.profiles import EMITTERS, Cell

Levels = NDArray[np.uint8]
Whole = NDArray[np.int64]
Indices = NDArray[np.intp]

FULL: Final = 2 * 255 * 255
FULL_Y: Final = FULL * 10_000
WEIGHTS: Final = np.array([[2126], [7152], [722]], np.int64)


class Wiring:
    """Where each cell's channels lie in a flat frame; cells are sorted by area, fixtures stay together.

    A flat frame here is every universe's 512 levels in the patch's order, then a constant 0 and a constant
    255 for the channels that a cell does not have.
    """

    def __init__(self, patch: Patch) -> None:
        self.size = len(patch.universes) * CHANNELS
        order = sorted(range(len(patch.fixtures)), key=lambda i: patch.areas.index(patch.fixtures[i].area))
        rows: list[list[int]] = []
        self.fixture_of: list[int] = []
        self.held: list[int] = []
        self.held_at: list[int] = []
        fixture_starts: list[tuple[int, int, int]] = []
        area_starts: list[int] = []
        areas: list[str] = []
        start_of_fixture: dict[int, int] = {}
        for index in order:
            fixture = patch.fixtures[index]
            first = patch.slot(fixture)
            if not areas or areas[-1] != fixture.area:
                areas.append(fixture.area)
                area_starts.append(len(rows))
            if len(fixture.profile.cells) > 1:
                fixture_starts.append((index, len(rows), len(rows) + len(fixture.profile.cells)))
            start_of_fixture[index] = len(rows)
            for cell in fixture.profile.cells:
                rows.append(self._row(cell, first))
                self.fixture_of.append(index)
            self.held += [first + offset for offset in fixture.profile.held]
            self.held_at += [fixture.profile.defaults[offset] for offset in fixture.profile.held]
        self.index: Indices = np.array(rows, np.intp).T.copy()
        self.areas = tuple(areas)
        self.area_starts: Indices = np.array(area_starts, np.intp)
        self.wide = fixture_starts
        starts = [start_of_fixture[index] for index in range(len(patch.fixtures))]
        self.in_patch_order: Indices = np.concatenate(
            [np.arange(start, start + len(f.profile.cells)) for start, f in zip(starts, patch.fixtures, strict=True)]
        )
        own = np.where(self.index >= self.size, self.size, self.index)
        self.own: Indices = own.T.copy()
        self.dimmed: NDArray[np.bool_] = self.index[0] < self.size

    def _row(self, cell: Cell, first: int) -> list[int]:
        zero, full = self.size, self.size + 1
        dimmer = full if cell.dimmer is None else first + cell.dimmer
        if not cell.coloured:
            return [dimmer, full, full, full, zero, zero]
        offsets = (getattr(cell, name) for name in EMITTERS)
        return [dimmer, *(zero if offset is None else first + offset for offset in offsets)]

    def flat(self, frame: Levels) -> Levels:
        """Return a flat copy of a frame of shape (universes, 512), with held channels at their defaults."""
        out = np.empty(self.size + 2, np.uint8)
        out[: self.size] = frame.reshape(-1)
        out[self.size] = 0
        out[self.size + 1] = 255
        out[self.held] = self.held_at
        return out

    def rgb(self, flat: Levels) -> Whole:
        """Return linear red, green and blue of every cell, shape (3, cells), in units of 1/FULL.

        White may carry a colour past FULL; luminance is clipped, colour is not.
        """
        dimmer, red, green, blue, white, amber = flat[self.index].astype(np.int64)
        out = np.empty((3, dimmer.size), np.int64)
        white += white
        np.add(2 * (red + amber), white, out=out[0])
        np.add(2 * green + amber, white, out=out[1])
        np.add(2 * blue, white, out=out[2])
        out *= dimmer
        return out


def luminance(rgb: Whole) -> Whole:
    """Return relative luminance in units of 1/FULL_Y, clipped at 1."""
    y: Whole = np.minimum((rgb * WEIGHTS).sum(axis=0), FULL_Y)
    return y
