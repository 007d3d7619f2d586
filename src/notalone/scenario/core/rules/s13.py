"""S13: nothing shown to visitors blames anybody, or leads to a real telephone or address that is no helpline's.

In every text, in English and in each translation that stands beside the scenario: no blaming words (a list a
language, ``core.blame``), no telephone number or address but a helpline's, web addresses otherwise only under
``.example``, ``.test`` or ``.invalid`` (RFC 2606; ``core.contacts``). Inside a festival the helplines are the
festival's; outside they are those that ship, and only the English list of words is asked.

Theory: a matter of the texts alone, found by patterns over whole words; no list can prove tone, which is why a
person's review is recorded too. Linear in the texts. A text of a scene is told with the shortest play that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from notalone.kit.catalogue import SOURCE
from notalone.scenario.core.blame import WORDS, blame, entries
from notalone.scenario.core.contacts import Known, known, strange
from notalone.scenario.core.rules.rule import Rule, Subject, Violation
from notalone.scenario.core.shown import Shown
from notalone.scenario.core.texts import Text, texts


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the texts that blame, and the numbers and addresses that may be somebody's."""
    context = subject.context
    inside = context is not None and context.helplines is not None
    lines = context.helplines if context is not None else None
    helplines = shipped() if lines is None else known(contact for line in lines for contact in line.contacts)
    shown = Shown(subject)
    for text in texts(subject.scenario, subject.beside.judging):
        for message in _wrong(text.english, SOURCE, helplines, words=True):
            yield _told(subject, shown, text, text.file, text.line, text.column, message)
        for lang, catalogue in subject.beside.catalogues.items():
            said = catalogue.get(text.english)
            if said is not None and lang != SOURCE:
                for message in _wrong(said, lang, helplines, words=inside):
                    line = catalogue.lines.get((None, text.english), 0) or 1
                    yield _told(subject, shown, text, catalogue.file, line, 0, message)


@cache
def shipped() -> Known:
    """Return the helplines that ship with the house."""
    return known(entries(WORDS / "helplines.txt"))


def _wrong(text: str, lang: str, helplines: Known, *, words: bool) -> Iterator[str]:
    listed = blame(lang) if words else None
    found = listed.find(text) if listed else None
    if found:
        yield f"“{text}” blames: “{found}”. Say what happened, or what to do now."
    for kind, what in strange(text, helplines):
        if kind == "address":
            yield f"“{text}” holds the address “{what}”; use one under .example, .test or .invalid."
        else:
            yield f"“{text}” holds the number “{what}”, which is no helpline's."


def _told(subject: Subject, shown: Shown, text: Text, file: str, line: int, column: int, message: str) -> Violation:
    play = shown.play_to(text.english)
    if play is None:
        return Violation("S13", file, line, message, column=column)
    one = subject.played("S13", line, message, play)
    return Violation("S13", file, line, message, one.path, one.story, column=column)


RULE = Rule("S13", check)
