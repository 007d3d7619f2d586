"""The door for reading: the light that a festival folder describes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from notalone.kit.names import nearest
from notalone.kit.problems import Problem
from notalone.show.core import cues as cue_files
from notalone.show.core import patch as patches
from notalone.show.core.cues import Cue
from notalone.show.core.patch import Patch

PATCH, CUES, FESTIVAL = "patch.yaml", "cues.yaml", "festival.yaml"


@dataclass(frozen=True, slots=True)
class Light:
    """The fixtures of a festival and its cues by name."""

    folder: Path
    patch: Patch
    cues: Mapping[str, Cue]


def light(folder: Path) -> Light:
    """Read the patch and the cues of a festival folder.

    Raises:
        CannotRead: a file cannot be read or is wrong; carries every problem of that file.
    """
    return Light(folder, patches.load(folder / PATCH), cue_files.load(folder / CUES))


def problems(known: Light, places: Collection[str], cues: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return what does not fit between the light and the festival.

    ``places`` are the festival's places; ``cues`` the cues it asks for, by the key that asks.
    """
    patch_file, festival_file = str(known.folder / PATCH), str(known.folder / FESTIVAL)
    found = [
        Problem(patch_file, 0, 0, f"The festival has no place “{place}”.", nearest(place, places))
        for place in patches.unknown_places(known.patch, dict.fromkeys(places))
    ]
    found += [
        Problem(festival_file, 0, 0, f"{key}: there is no cue “{cue}” in {CUES}.", nearest(cue, known.cues))
        for key, cue in cues.items()
        if cue not in known.cues
    ]
    return tuple(found)
