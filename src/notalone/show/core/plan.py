"""The plan of the house that stage pages draw: cells and places, in metres."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from notalone.show.core.cues import Cue
from notalone.show.core.patch import Fixture, Patch


@dataclass(frozen=True, slots=True)
class Plan:
    """Every cell in the patch's order: x, y, the place's index or -1, and its width in metres (0: a lamp)."""

    cells: tuple[tuple[float, float, int, float], ...]
    places: tuple[str, ...]

    def as_json(self, names: Mapping[str, str], cues: Mapping[str, Cue], lang: str) -> dict[str, Any]:
        """Return what the page gets: cells, places and cues with their names in a language."""
        return {
            "cells": [list(cell) for cell in self.cells],
            "places": [{"id": place, "name": names.get(place, place)} for place in self.places],
            "cues": {name: cue.titled(lang) for name, cue in cues.items()},
        }


def _cells(fixture: Fixture, place: int) -> list[tuple[float, float, int, float]]:
    count = len(fixture.profile.cells)
    if count == 1:
        return [(round(fixture.at[0], 3), round(fixture.at[1], 3), place, 0.0)]
    start, end = np.array(fixture.at[:2]), np.array(fixture.to[:2])
    width = round(float(np.linalg.norm(end - start)) / (count - 1), 3)
    points = [start + (end - start) * i / (count - 1) for i in range(count)]
    return [(round(float(x), 3), round(float(y), 3), place, width) for x, y in points]


def plan(patch: Patch) -> Plan:
    """Return the plan of a patch."""
    index = {place: number for number, place in enumerate(patch.places)}
    cells = [cell for f in patch.fixtures for cell in _cells(f, index[f.place] if f.place else -1)]
    return Plan(tuple(cells), patch.places)
