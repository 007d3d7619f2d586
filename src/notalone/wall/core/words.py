"""A visitor's own words: made clean, measured, and looked at for what a moderator should notice.

Terms: general categories of Unicode (UAX #44), bidirectional controls (UAX #9), normal form C (UAX #15).
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

MAX_LETTERS = 140
MAX_CODE_POINTS = 560
MAX_MARKS = 2  # no letter of a living alphabet needs more after normal form C; stacks of them climb over the wall

_JOINER = "\u200d"
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by category, yet nothing to see
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_SKINS = range(0x1F3FB, 0x1F400)
_REGIONALS = range(0x1F1E6, 0x1F200)


class Why(StrEnum):
    """Why words cannot become a brick."""

    EMPTY = "empty"
    LONG = "long"


class WordsError(ValueError):
    """The words cannot become a brick."""

    def __init__(self, why: Why, letters: int) -> None:
        super().__init__(why.value)
        self.why = why
        self.letters = letters


class Hint(StrEnum):
    """What a moderator should look at twice; a hint decides nothing."""

    PHONE = "phone"
    MAIL = "mail"
    LINK = "link"
    REPEATED = "repeated"


def normalise(text: str) -> str:
    """Return text as it would be shown: one line, normal form C, nothing unseen, single spaces.

    Removed are controls, bidirectional overrides, zero-width characters (a joiner between two pictographs
    stays), lone surrogates, private and unassigned code points, and all but two stacked marks on a letter.
    """
    kept = unicodedata.normalize("NFC", "".join(_seen(text)))
    whole = unicodedata.normalize("NFC", "".join(_unstacked(kept)))
    return " ".join(whole.split())


def _seen(text: str) -> list[str]:
    out: list[str] = []
    for index, char in enumerate(text):
        if char.isspace() or char in _BLANKS:
            out.append(" ")
        elif char == _JOINER:
            if out and _is_pictograph(out[-1]) and _is_pictograph(text[index + 1 : index + 2]):
                out.append(char)
        elif unicodedata.category(char) not in _UNSEEN:
            out.append(char)
    return out


def _unstacked(text: str) -> list[str]:
    out: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in {"Mn", "Me"} else 0
        if marks <= MAX_MARKS:
            out.append(char)
    return out


def _is_pictograph(char: str) -> bool:
    if not char:
        return False
    return unicodedata.category(char) == "So" or char == "\ufe0f" or ord(char) in _SKINS


def letters(text: str) -> int:
    """Return how many characters a reader sees: marks, modifiers and joined pictographs count with their base."""
    count = 0
    joined = False
    half_flag = False
    for char in text:
        if char == _JOINER:
            joined = True
            continue
        is_regional = ord(char) in _REGIONALS
        belongs = unicodedata.category(char).startswith("M") or ord(char) in _SKINS or joined
        if not belongs and not (is_regional and half_flag):
            count += 1
        half_flag = is_regional and not half_flag
        joined = False
    return count


def accept(text: str) -> str:
    """Return a visitor's words, clean.

    Raises:
        WordsError: nothing to read is left, or more than 140 letters.
    """
    clean = normalise(text)
    count = letters(clean)
    if not any(unicodedata.category(char)[0] in "LNPS" for char in clean):
        raise WordsError(Why.EMPTY, count)
    if count > MAX_LETTERS or len(clean) > MAX_CODE_POINTS:
        raise WordsError(Why.LONG, count)
    return clean


_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\s?(?:\.|\(dot\)|\[dot\])\s?[a-z]{2,}", re.I)
_LINK = re.compile(
    r"https?://|\bwww\.|\b[\w-]{2,}\.(?:com|net|org|vn|de|info|io|me|app|xyz|link|site|shop|gg|ly|tk|eu)\b", re.I
)
_PHONE = re.compile(r"(?<![0-9])\+?(?:[0-9][\s().\-/]{0,2}){7,14}[0-9](?![0-9])")
_SAME_LETTER = re.compile(r"(\S)\1{4,}")
_SAME_WORD = re.compile(r"\b(\w+)(?:\W+\1\b){3,}", re.I)


def _plain(char: str) -> str:
    return str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char


def hints(text: str) -> tuple[Hint, ...]:
    """Return what stands out in clean words: a number of 8 to 15 digits, an address, a link, repetition.

    Look-alike digits and letters (full-width, mathematical) are read as what they look like.
    """
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(
        str(unicodedata.digit(char, -1)) if char.isdigit() and not char.isascii() else char for char in plain
    )
    found = {
        Hint.PHONE: _PHONE.search(plain),
        Hint.MAIL: _MAIL.search(plain),
        Hint.LINK: _LINK.search(_MAIL.sub(" ", plain)),
        Hint.REPEATED: _SAME_LETTER.search(plain) or _SAME_WORD.search(plain),
    }
    return tuple(hint for hint, match in found.items() if match)
