"""Words that blame, a list a language: found as whole words, whatever their case, accents composed or not.

The lists are ``words/blame.<lang>.txt``; each says at its head how it is written.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).with_name("words")

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_WORD = r"[^\W_]"
_GAP = r"[\s,;:\-–—]+"


@dataclass(frozen=True, slots=True)
class Blame:
    """A language's list: what blames, and what looks like it and is harmless."""

    blaming: re.Pattern[str]
    harmless: re.Pattern[str]

    def find(self, text: str) -> str | None:
        """Return the first words of a text that blame, in small letters, or None."""
        found = self.blaming.search(self.harmless.sub(" . ", plain(text)))
        return found[0] if found else None


def plain(text: str) -> str:
    """Return a text as it is compared: composed, in small letters, without what cannot be seen."""
    shown = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", shown).casefold()).translate(_APOSTROPHES)


@cache
def blame(lang: str) -> Blame | None:
    """Return the list of a language, None where there is none."""
    path = WORDS / f"blame.{lang}.txt"
    if not path.is_file():
        return None
    lines = entries(path)
    blaming = [line for line in lines if not line.startswith("+")]
    return Blame(_any_of(blaming), _any_of(line[1:] for line in lines if line.startswith("+")))


def entries(path: Path) -> tuple[str, ...]:
    """Return the lines of a list of words that are neither empty nor a comment."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    patterns = sorted((_pattern(phrase) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"(?<!{_WORD})(?:{'|'.join(patterns) or '(?!)'})(?!{_WORD})")


def _pattern(phrase: str) -> str:
    return _GAP.join(re.escape(word).replace(r"\*", r"(?:[^\W_]|')*") for word in plain(phrase).split())
