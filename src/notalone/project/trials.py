"""Which cues make the limiter act, tried once for each patch and cue file and then remembered on this machine."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from notalone.festival.queries import Festival
from notalone.scenario.queries import Flash
from notalone.scenario.queries import Light as Answers
from notalone.show import queries as shows
from notalone.show.queries import Light

_SHOW = Path(shows.__file__).parent / "core"


def answers(festival: Festival, light: Light) -> Answers:
    """Return what scenarios are told of the light: which cues answer what, and a judge of cues that follow one another.

    Cues are tried where stations stand, or wherever there is light where none stands anywhere.
    """
    places = sorted({station.place for station in festival.stations.values()} or set(light.patch.places))
    return Answers(festival.cues, _remembered(light, places, _cache(light.folder, places)))


def _remembered(light: Light, places: list[str], file: Path) -> Callable[[tuple[str, ...]], Flash | None]:
    known = _read(file)

    def judge(cues: tuple[str, ...]) -> Flash | None:
        key = " ".join(cues)
        if key not in known:
            acted = shows.limiter_acts(light, cues, places)
            known[key] = None if acted is None else Flash(acted.fixture, acted.second)
            _write(file, known)
        return known[key]

    return judge


def _cache(folder: Path, places: list[str]) -> Path:
    """Return the file that is named after everything that an answer depends on: the light, and how it is made."""
    digest = hashlib.sha256(json.dumps(places).encode())
    for path in (folder / shows.PATCH, folder / shows.CUES, *sorted(_SHOW.glob("*.py"))):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "notalone" / f"light-{digest.hexdigest()[:32]}.json"


def _read(file: Path) -> dict[str, Flash | None]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {
            str(key): None if value is None else Flash(str(value[0]), float(value[1])) for key, value in found.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, IndexError, KeyError):
        return {}


def _write(file: Path, known: dict[str, Flash | None]) -> None:
    """Keep what is known; a machine that has no place for it tries again next time."""
    told = {key: None if flash is None else [flash.fixture, flash.second] for key, flash in known.items()}
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(told, sort_keys=True), encoding="utf-8")
        fresh.replace(file)
