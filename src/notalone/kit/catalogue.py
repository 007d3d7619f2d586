"""Gettext catalogues of a folder's texts: English in the source, one ``.po`` file a language beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib

from notalone.kit.problems import CannotRead, Problem

SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translations of one language; an empty or fuzzy entry counts as missing.

    Keys are ``(context, English text)``; the context is None where the file gives none. ``lines`` holds every entry
    that is in use, ``fuzzy`` those whose translation a person has still to look at.
    """

    lang: str
    file: str
    texts: Mapping[tuple[str | None, str], str] = field(default_factory=dict)
    lines: Mapping[tuple[str | None, str], int] = field(default_factory=dict)
    fuzzy: frozenset[tuple[str | None, str]] = frozenset()

    def get(self, text: str, context: str | None = None) -> str | None:
        """Return the translation, falling back from the context to none; None where missing."""
        return self.texts.get((context, text)) or self.texts.get((None, text))

    def of(self, text: str, context: str | None = None) -> str:
        """Return the translation, or the English text where it is missing."""
        return self.get(text, context) or text


def read(path: Path, lang: str, file: str | None = None) -> Catalogue:
    """Read a catalogue.

    Raises:
        CannotRead: the file cannot be opened or is no gettext catalogue.
    """
    name = file or str(path)
    try:
        entries = polib.pofile(str(path), encoding="utf-8", wrapwidth=100)
    except (OSError, ValueError, UnicodeDecodeError) as error:
        said = str(error).splitlines()[0] if str(error) else repr(error)
        raise CannotRead(Problem(name, 0, 0, f"The catalogue cannot be read: {said}")) from error
    texts: dict[tuple[str | None, str], str] = {}
    lines: dict[tuple[str | None, str], int] = {}
    fuzzy: set[tuple[str | None, str]] = set()
    for entry in entries:
        if entry.obsolete:
            continue
        key = (entry.msgctxt, entry.msgid)
        lines[key] = entry.linenum or 0
        if entry.fuzzy:
            fuzzy.add(key)
        elif entry.msgstr:
            texts[key] = entry.msgstr
    return Catalogue(lang, name, texts, lines, frozenset(fuzzy))


def read_folder(folder: Path, langs: tuple[str, ...]) -> dict[str, Catalogue]:
    """Read ``<lang>.po`` for each language but English that has one in ``folder``.

    Raises:
        CannotRead: a catalogue that is there cannot be read.
    """
    out = {}
    for lang in langs:
        path = folder / f"{lang}.po"
        if lang != SOURCE and path.is_file():
            out[lang] = read(path, lang)
    return out
