"""The texts of a scenario that visitors read, each once, with where it stands and whether a translation fits it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from notalone.scenario.core.judging import Judging
from notalone.scenario.core.model import Scenario, Word
from notalone.scenario.core.score import source_texts

_NAMED = re.compile(r"%\([A-Za-z_]\w*\)[sdif]|\{[A-Za-z_]\w*\}", re.ASCII)
_PLAIN = re.compile(r"(?<![\w%])%[sdif](?![A-Za-z])|\{\d*\}", re.ASCII)
_ESCAPED = re.compile(r"%%|\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Text:
    """An English text, the first place where it stands, and the file and line of every place."""

    english: str
    file: str
    line: int
    column: int
    places: tuple[tuple[str, int], ...]


def texts(scenario: Scenario, judging: Judging | None = None) -> tuple[Text, ...]:
    """Return the texts of a scenario and of the messages to judge, in the order of the files, each once."""
    found: dict[str, list[tuple[str, Word]]] = {}
    for file, words in ((scenario.file, source_texts(scenario)), (_file(judging), tuple(_words(judging)))):
        for word in sorted(words, key=lambda one: (one.line, one.column)):
            found.setdefault(word.text, []).append((file, word))
    return tuple(_text(english, stands) for english, stands in found.items())


def _text(english: str, stands: list[tuple[str, Word]]) -> Text:
    file, first = stands[0]
    places = dict.fromkeys((where, word.line) for where, word in stands)
    return Text(english, file, first.line, first.column, tuple(places))


def _file(judging: Judging | None) -> str:
    return judging.file if judging else ""


def _words(judging: Judging | None) -> Iterator[Word]:
    for items in judging.forms.values() if judging else ():
        for item in items:
            yield from (item.sender, item.say, item.why)


def other_placeholders(text: str, translation: str) -> tuple[str, ...]:
    """Return the placeholders that stand in one of two texts only, in their order; none where both have the same.

    A placeholder is ``{name}`` or ``%(name)s``, which may stand more than once, or ``%s``, ``%d`` or ``{}``, of which
    there must be equally many. ``%%``, ``{{`` and ``}}`` are none, nor is a percent sign after a number.
    """
    text, translation = (_ESCAPED.sub("  ", one) for one in (text, translation))
    ours, theirs = _NAMED.findall(text), _NAMED.findall(translation)
    wrong = [one for one in (*ours, *theirs) if (one in ours) != (one in theirs)]
    plain, other = Counter(_PLAIN.findall(text)), Counter(_PLAIN.findall(translation))
    return tuple(dict.fromkeys((*wrong, *((plain - other) + (other - plain)))))
