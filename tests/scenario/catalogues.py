"""Catalogues for scenarios of tests, with every text translated."""

from __future__ import annotations

from pathlib import Path

import polib

from notalone.scenario.core.texts import texts
from notalone.scenario.queries import beside, load_scenario


def translate(path: Path, *langs: str) -> None:
    """Write a catalogue for each language beside a scenario file, every text in it with the language before it."""
    found = texts(load_scenario(path), beside(path).judging)
    for lang in langs:
        catalogue = polib.POFile(wrapwidth=0)
        catalogue.metadata = {"Language": lang, "Content-Type": "text/plain; charset=UTF-8"}
        for text in found:
            entry = polib.POEntry(msgid=text.english, msgstr=f"{lang} {text.english}")
            entry.occurrences = [(Path(text.file).name, str(text.line))]
            catalogue.append(entry)
        catalogue.save(str(path.parent / f"{lang}.po"))
