"""The door for writes: the catalogues beside scenarios. What people did is not this room's business."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from notalone.kit.catalogue import SOURCE
from notalone.kit.problems import CannotRead, Problem
from notalone.scenario import queries
from notalone.scenario.core.extract import Extracted, extract
from notalone.scenario.core.texts import texts


def update_catalogues(path: Path, langs: Sequence[str]) -> dict[Path, Extracted]:
    """Bring the catalogues beside a scenario file up to date with its texts and those of the messages to judge.

    Each is written whole or not at all, and none before all have been read; one that is up to date is not touched.

    Raises:
        CannotRead: the scenario, the messages to judge or a catalogue cannot be read, or cannot be written.
    """
    scenario = queries.load_scenario(path)
    found = texts(scenario, queries.judging(path))
    old: dict[Path, str] = {}
    made: dict[Path, Extracted] = {}
    for lang in langs:
        if lang == SOURCE:
            continue
        file = path.parent / f"{lang}.po"
        old[file] = _content(file)
        try:
            made[file] = extract(old[file], found, lang, scenario.id)
        except (OSError, ValueError) as error:
            raise CannotRead(Problem(str(file), 0, 0, f"The catalogue cannot be read: {_first(error)}")) from error
    for file, extracted in made.items():
        if extracted.content != old[file]:
            _write(file, extracted.content)
    return made


def _content(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig") if file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(Problem(str(file), 0, 0, f"The catalogue cannot be read: {_first(error)}")) from error


def _write(file: Path, content: str) -> None:
    place = file.resolve()
    fresh = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        fresh.write_text(content, encoding="utf-8", newline="\n")
        if place.exists():
            fresh.chmod(stat.S_IMODE(place.stat().st_mode))
        fresh.replace(place)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise CannotRead(Problem(str(file), 0, 0, f"The catalogue cannot be written: {error.strerror}.")) from error


def _first(error: Exception) -> str:
    lines = str(error).splitlines()
    return lines[0] if lines else repr(error)
