"""The door for reading: the light that a festival folder describes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from notalone.kit import catalogue, yamltree
from notalone.kit.names import nearest
from notalone.kit.problems import CannotRead, Problem
from notalone.show.core import cues as cue_files
from notalone.show.core import patch as patches
from notalone.show.core import plan as plans
from notalone.show.core.cues import Cue
from notalone.show.core.patch import Patch
from notalone.show.core.trial import Acted, places_of, trial

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


def limiter_acts(known: Light, cues: Sequence[str], places: Collection[str]) -> Acted | None:
    """Try one cue, or two that follow one another, at each of the places; tell where the limiter first had to act."""
    for place, patch in places_of(known.patch).items():
        if place in places:
            acted = trial(known.cues, cues, patch, place)
            if acted is not None:
                return acted
    return None


def plan(folder: Path, lang: str) -> Mapping[str, Any]:
    """Return the plan that stage pages draw, with the names of places and cues in a language.

    Raises:
        CannotRead: the patch or the cues cannot be read.
    """
    files = (folder / PATCH, folder / CUES, folder / FESTIVAL, folder / f"{lang}.po")
    return _plan(folder, lang, tuple(_looks(file) for file in files))


def _looks(file: Path) -> tuple[int, int] | None:
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=16)
def _plan(folder: Path, lang: str, seen: tuple[object, ...]) -> Mapping[str, Any]:
    known = light(folder)
    names = place_names(folder, lang, known.patch.places)
    return plans.plan(known.patch).as_json(names, known.cues, lang)


def place_names(folder: Path, lang: str, places: Collection[str]) -> dict[str, str]:
    """Return the names of places as the festival's file and its catalogue give them; else made from their ids."""
    names = {place: place.replace("-", " ").replace("_", " ").capitalize() for place in places}
    try:
        told = yamltree.read(folder / FESTIVAL).get("places")
        texts = catalogue.read_folder(folder, (lang,)).get(lang)
    except CannotRead:
        return names
    for key, value in told.entries if told is not None else ():
        name = value.get("name")
        if key.raw in names and name is not None and name.raw:
            names[key.raw] = texts.of(name.raw) if texts else name.raw
    return names
