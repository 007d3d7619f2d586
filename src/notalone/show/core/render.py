"""From running cues to DMX levels: looks, merge, desk, and the emitters of each fixture."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from notalone.kit.time import ShowTime
from notalone.show.core.cues import Cue, Merge, Scope
from notalone.show.core.engine import State
from notalone.show.core.light import Indices, Levels
from notalone.show.core.looks import LOOKS, Cells, Reals
from notalone.show.core.patch import CHANNELS, Patch
from notalone.show.core.profiles import Cell

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
_DARK = 1e-9


class Merger:
    """Layers meeting in the cells: intensity by HTP or LTP, colour always by the latest that gives light."""

    def __init__(self, count: int) -> None:
        self.intensity: Reals = np.zeros(count)
        self.colour: Reals = np.ones((count, 3))

    def add(self, where: Indices, light: Reals, weight: float, merge: Merge) -> None:
        """Lay linear light of shape (cells, 3) over the cells ``where``, as far as ``weight`` (0 to 1)."""
        strength = light.max(axis=1)
        below = self.intensity[where]
        if merge is Merge.HTP:
            now = np.maximum(below, weight * strength)
            share = weight * strength / np.maximum(now, _DARK)
        else:
            now = below + weight * (strength - below)
            share = weight * strength / np.maximum((1 - weight) * below + weight * strength, _DARK)
        tint = light / np.maximum(strength, _DARK)[:, None]
        share = np.where(strength > _DARK, share, 0.0)[:, None]
        self.colour[where] = self.colour[where] * (1 - share) + tint * share
        self.intensity[where] = now

    def light(self) -> Reals:
        """Return linear light of all cells, shape (cells, 3)."""
        return self.colour * self.intensity[:, None]


class Renderer:
    """Renders states of a show on a patch; cells are in the patch's order."""

    def __init__(self, patch: Patch, cues: Mapping[str, Cue]) -> None:
        self.cues = cues
        self.shape = (len(patch.universes), CHANNELS)
        positions: list[Reals] = []
        places: list[str | None] = []
        self.kinds: dict[Cell, list[tuple[int, int]]] = {}
        base = np.zeros(self.shape, np.uint8).reshape(-1)
        count = 0
        for fixture in patch.fixtures:
            slot = patch.slot(fixture)
            base[slot : slot + fixture.profile.footprint] = fixture.profile.defaults
            cells = fixture.profile.cells
            steps = np.linspace(0, 1, len(cells))[:, None] if len(cells) > 1 else np.zeros((1, 1))
            positions.append(np.array(fixture.at) + steps * (np.array(fixture.to) - np.array(fixture.at)))
            places += [fixture.place] * len(cells)
            for cell in cells:
                first = min(o for o in _offsets(cell).values() if o is not None)
                plain = _moved(cell, -first)
                self.kinds.setdefault(plain, []).append((count, slot + first))
                count += 1
        self.base = base
        self.positions: Reals = np.concatenate(positions)
        self.count = count
        self.where: dict[str | None, Indices] = {None: np.arange(count)}
        for place in patch.places:
            self.where[place] = np.array([i for i, own in enumerate(places) if own == place], np.intp)
        self.cells = {place: Cells.of(self.positions[where]) for place, where in self.where.items()}
        self.wiring = {
            cell: (np.array([c for c, _ in rows], np.intp), np.array([s for _, s in rows], np.intp))
            for cell, rows in self.kinds.items()
        }

    def light(self, state: State, now: ShowTime) -> Reals:
        """Return linear light of every cell, shape (cells, 3), as asked for by the show."""
        merger = Merger(self.count)
        look_time = state.look_time(now)
        for one in state.running:
            cue = self.cues[one.cue]
            weight = one.weight(cue, now)
            if one.place is not None and one.place not in self.where:
                continue
            for spot in self._spots(one.place, cue):
                where, cells = self.where[spot], self.cells[spot]
                for layer in cue.layers:
                    light = LOOKS[layer.look].look(look_time - one.look_began, cells, layer.settings)
                    merger.add(where, np.clip(light * layer.level, 0, 1), weight * one.level, layer.merge)
        return merger.light() * state.light(now)

    def _spots(self, place: str | None, cue: Cue) -> list[str | None]:
        """Return where a running cue is drawn: one whole, or each place for itself."""
        if place is not None or cue.scope is Scope.ALL:
            return [place]
        return [spot for spot in self.where if spot is not None]

    def render(self, state: State, now: ShowTime) -> Levels:
        """Return the levels that the show asks for, shape (universes, 512); the limiter comes after this."""
        light = self.light(state, now)
        flat = self.base.copy()
        for cell, (rows, slots) in self.wiring.items():
            _emit(flat, cell, slots, light[rows])
        return flat.reshape(self.shape)


def _offsets(cell: Cell) -> dict[str, int | None]:
    return {name: getattr(cell, name) for name in ("dimmer", "red", "green", "blue", "white", "amber")}


def _moved(cell: Cell, by: int) -> Cell:
    return Cell(**{name: None if offset is None else offset + by for name, offset in _offsets(cell).items()})


def _emit(flat: Levels, cell: Cell, slots: Indices, light: Reals) -> None:
    """Write the levels of cells of one kind: white and amber take over what they can of the colour."""
    if not cell.coloured:
        assert cell.dimmer is not None  # noqa: S101 -- a cell without colours has a dimmer
        flat[slots + cell.dimmer] = _levels(light @ _LUMINANCE)
        return
    left = light.copy()
    if cell.dimmer is not None:
        strength = left.max(axis=1)
        flat[slots + cell.dimmer] = _levels(strength)
        left /= np.maximum(strength, _DARK)[:, None]
    if cell.white is not None:
        white = left.min(axis=1)
        left -= white[:, None]
        flat[slots + cell.white] = _levels(white)
    if cell.amber is not None:
        amber = np.minimum(left[:, 0], 2 * left[:, 1])
        left[:, 0] -= amber
        left[:, 1] -= amber / 2
        flat[slots + cell.amber] = _levels(amber)
    for column, offset in enumerate((cell.red, cell.green, cell.blue)):
        if offset is not None:
            flat[slots + offset] = _levels(left[:, column])


def _levels(light: Reals) -> Levels:
    return np.rint(np.clip(np.nan_to_num(light), 0, 1) * 255).astype(np.uint8)
