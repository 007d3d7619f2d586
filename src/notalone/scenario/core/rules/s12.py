"""S12: every text is translated into each language, not fuzzy, with the same placeholders.

The languages are the festival's, and those asked for with ``--lang``. Texts are those of the scenario and of the
messages to judge beside it.

Theory: a matter of the files alone; whoever plays must be able to read whatever may be shown, so every text is
asked for, whether or not a play shows it. Linear in texts and languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from notalone.kit.catalogue import SOURCE, Catalogue
from notalone.scenario.core.rules.rule import Rule, Subject, Violation
from notalone.scenario.core.texts import Text, other_placeholders, texts


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the catalogues that are missing, and the texts that a language lacks or says otherwise."""
    found = texts(subject.scenario, subject.beside.judging)
    for lang in subject.languages:
        if lang == SOURCE:
            continue
        catalogue = subject.beside.catalogues.get(lang)
        if catalogue is None:
            message = f"There is no catalogue “{lang}.po” beside the scenario, so none of its texts is translated."
            yield subject.static("S12", subject.scenario.title.line, message)
            continue
        for text in found:
            yield from _wrong(text, catalogue)


def _wrong(text: Text, catalogue: Catalogue) -> Iterator[Violation]:
    name, said = PurePath(catalogue.file).name, catalogue.get(text.english)
    line = catalogue.lines.get((None, text.english), 0)
    if said is None or not said.strip():
        if not line:
            message = f"“{text.english}” is missing in {name}."
            yield Violation("S12", text.file, text.line, message, column=text.column)
        elif (None, text.english) in catalogue.fuzzy:
            message = f"The translation of “{text.english}” is fuzzy: a person has still to look at it."
            yield Violation("S12", catalogue.file, line, message)
        else:
            yield Violation("S12", catalogue.file, line, f"“{text.english}” is not translated.")
    elif wrong := other_placeholders(text.english, said):
        message = f"The translation of “{text.english}” has other placeholders: {', '.join(wrong)}."
        yield Violation("S12", catalogue.file, line or 1, message)


RULE = Rule("S12", check)
