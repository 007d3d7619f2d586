"""The last stage before every wire: no unit flashes more often than SAFETY.md allows.

Units are cells, fixtures of several cells, and areas. A frame that keeps every unit within its limits passes as
it is. Otherwise light is taken back in steps, each of which only dims or holds:

1. a cell that would rise is dimmed in its own colour; one that would enter red keeps its last colour;
2. in a fixture, then in an area, that would rise, no cell becomes brighter than it was;
3. where a mean would enter red because others went dark, its red cells go black;
4. whatever were still forbidden would go black: black raises nothing and is not red.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from notalone.show.core.flash import Counter, Mask, Seen
from notalone.show.core.light import FULL_Y, WEIGHTS, Indices, Levels, Whole, Wiring, luminance
from notalone.show.core.patch import CHANNELS, Patch

_STEP = FULL_Y // 10


class _Frame:
    """A candidate for what goes out, and what it would count."""

    def __init__(self, limiter: Limiter, flat: Levels, frame: int) -> None:
        self.flat = flat
        self.rgb = limiter.wiring.rgb(flat)
        self.luminance = luminance(self.rgb)
        self.seen = limiter.see(self.rgb, self.luminance)
        self.rises, self.entries = limiter.counter.forbidden(self.seen, frame)

    @property
    def bad(self) -> Mask:
        return self.rises | self.entries


class Limiter:
    """Takes frames one after another and returns what may go out.

    With ``after_unknown`` the lamps may have shown anything before the first frame: it starts from black, and
    for the first second nothing rises (so that a process that is started again and again cannot flash).
    """

    def __init__(self, patch: Patch, *, after_unknown: bool = False) -> None:
        self.wiring = Wiring(patch)
        self.cells = self.wiring.index.shape[1]
        self.wide = self.wiring.wide
        self.wide_starts: Indices = np.array([i for _, a, b in self.wide for i in (a, b)], np.intp)
        area_sizes = np.diff(np.append(self.wiring.area_starts, self.cells))
        self.area_sizes: Whole = area_sizes.astype(np.int64)
        self.area_of: Indices = np.repeat(np.arange(area_sizes.size), area_sizes)
        wide_sizes = np.array([stop - start for _, start, stop in self.wide], np.int64)
        self.counter = Counter(np.concatenate([np.ones(self.cells, np.int64), wide_sizes, self.area_sizes]))
        self.first_area = self.cells + len(self.wide)
        self.frame = 0
        self.held_back = 0  # cells whose light was taken back in the last frame
        self.acting = False
        self.last: _Frame | None = None
        self.asked: Levels | None = None
        if after_unknown:
            black = self.wiring.flat(np.zeros((len(patch.universes), CHANNELS), np.uint8))
            self.last = _Frame(self, black, 0)
            self.counter.begin(self.last.seen)
            self.counter.exhaust(0)

    def see(self, rgb: Whole, y: Whole) -> Seen:
        """Return what a frame would count in every unit: cells, then wide fixtures, then areas."""
        both = np.vstack([y[None], rgb])
        parts = [both]
        if self.wide:
            padded = np.hstack([both, np.zeros((4, 1), np.int64)])  # the last fixture may end at the last cell
            parts.append(np.add.reduceat(padded, self.wide_starts, axis=1)[:, ::2])
        parts.append(np.add.reduceat(both, self.wiring.area_starts, axis=1))
        units = np.hstack(parts)
        seen = self.counter.see(units[0], units[1:])
        rising = np.add.reduceat(seen.rise[: self.cells].astype(np.int64), self.wiring.area_starts)
        seen.rise[self.first_area :] |= 4 * rising > self.area_sizes
        return seen

    def step(self, levels: Levels) -> Levels:
        """Return what may go out where ``levels``, shape (universes, 512), was asked for."""
        self.frame += 1
        flat = self.wiring.flat(levels)
        if self.last is None:
            first = _Frame(self, flat, self.frame)
            self.counter.begin(first.seen)
            self.last = first
        elif self.asked is None or self.acting or not np.array_equal(flat, self.asked):
            wanted = _Frame(self, flat, self.frame)
            allowed = self._mend(wanted, self.last) if wanted.bad.any() else wanted
            self.acting = allowed is not wanted
            self.held_back = self._differing(wanted, allowed) if self.acting else 0
            self.counter.keep(allowed.seen, self.frame)
            self.last = allowed
        self.asked = flat
        return self.last.flat[: self.wiring.size].reshape(levels.shape).copy()

    def _differing(self, wanted: _Frame, allowed: _Frame) -> int:
        return int((wanted.rgb != allowed.rgb).any(axis=0).sum())

    def _mend(self, wanted: _Frame, last: _Frame) -> _Frame:
        now = self._mend_cells(wanted, last)
        for first, stop in ((self.cells, self.first_area), (self.first_area, self.counter.waiting.size)):
            if now.bad[first:stop].any():
                inside = self._cells_in(now.bad, first, stop)
                now = self._holding(now, last, inside & (now.luminance > last.luminance))
        for _ in range(2):  # a fixture's red cells gone black may leave an area's
            if now.bad[self.cells :].any():
                inside = self._cells_in(now.bad, self.cells, self.counter.waiting.size)
                now = self._black(now, inside & now.seen.red[: self.cells])
        if now.bad.any():
            areas = self.area_of[np.flatnonzero(self._cells_in(now.bad, 0, self.counter.waiting.size))]
            now = self._black(now, np.isin(self.area_of, areas))
        return now

    def _mend_cells(self, wanted: _Frame, last: _Frame) -> _Frame:
        now = wanted
        rising = now.rises[: self.cells]
        if rising.any():
            target = self.counter.extreme[: self.cells] + _STEP - 1
            now = self._scaled(now, now, rising, target)
        stuck = now.bad[: self.cells]
        if stuck.any():
            now = self._scaled(now, last, stuck, np.minimum(wanted.luminance, last.luminance))
            stuck = now.bad[: self.cells]
            if stuck.any():
                now = self._holding(now, last, stuck)
        return now

    def _cells_in(self, bad: Mask, first: int, stop: int) -> Mask:
        """Return the cells that belong to a forbidden unit among units ``first`` to ``stop``."""
        out: Mask = np.zeros(self.cells, np.bool_)
        for unit in np.flatnonzero(bad[first:stop]) + first:
            if unit < self.cells:
                out[unit] = True
            elif unit < self.first_area:
                _, start, end = self.wide[unit - self.cells]
                out[start:end] = True
            else:
                out |= self.area_of == unit - self.first_area
        return out

    def _scaled(self, now: _Frame, source: _Frame, cells: Mask, target: Whole) -> _Frame:
        """Give ``cells`` the light of ``source``, scaled down in one piece to at most ``target``."""
        where = np.flatnonzero(cells)
        unclipped = (source.rgb[:, where] * WEIGHTS).sum(axis=0)
        factor = np.minimum(1.0, target[where] / np.maximum(unclipped, 1))
        flat = now.flat.copy()
        slots = self.wiring.own[where]
        levels = source.flat[slots].astype(np.float64)
        only_dimmer = self.wiring.dimmed[where]
        scale: NDArray[np.float64] = np.repeat(factor[:, None], slots.shape[1], axis=1)
        scale[only_dimmer, 1:] = 1.0
        flat[slots] = np.floor(levels * scale).astype(np.uint8)
        flat[self.wiring.size] = 0
        return _Frame(self, flat, self.frame)

    def _holding(self, now: _Frame, last: _Frame, cells: Mask) -> _Frame:
        slots = self.wiring.own[np.flatnonzero(cells)]
        flat = now.flat.copy()
        flat[slots] = last.flat[slots]
        return _Frame(self, flat, self.frame)

    def _black(self, now: _Frame, cells: Mask) -> _Frame:
        slots = self.wiring.own[np.flatnonzero(cells & (now.rgb.any(axis=0)))]
        flat = now.flat.copy()
        flat[slots] = 0
        return _Frame(self, flat, self.frame)


def limit(frames: Levels, patch: Patch) -> Levels:
    """Return what may go out for frames of shape (frames, universes, 512); the first frame is taken as it is."""
    limiter = Limiter(patch)
    out = np.empty_like(frames)
    for number, frame in enumerate(frames):
        out[number] = limiter.step(frame)
    return out
