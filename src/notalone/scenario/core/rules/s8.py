"""S8: every help topic has a helpline for the festival's country and the ages, described in each of its languages.

One that no person has confirmed yet is a warning; one whose confirmation has expired, a year after it was given, is
a violation. Without a festival there is nothing to compare with, and the rule is not checked.

Theory: for each topic and language the ages of its helplines, a union of intervals, must cover the scenario's; ages
are whole years, so the gap is found by counting them. Linear in topics, helplines and languages; no path matters,
for help is one step away in every state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from notalone.scenario.core.model import Context, Helpline, Word
from notalone.scenario.core.rules.rule import Rule, Subject, Violation

YEAR = timedelta(days=365)


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the topics without help for somebody, and the helplines that nobody stands for any more or yet."""
    context = subject.context
    if context is None or context.helplines is None:
        return
    judged: set[str] = set()
    for word in subject.scenario.help:
        named = [line for line in context.helplines if word.text in line.topics]
        if not named:
            continue  # the festival has no such topic: S1
        lines = [line for line in named if line.here]
        yield from _covered(subject, context, word, lines)
        low, high = subject.scenario.ages
        for line in lines:
            if line.id not in judged and line.ages[0] <= high and line.ages[1] >= low:
                judged.add(line.id)
                yield from _confirmed(subject, word, line, context.today)


def _covered(subject: Subject, context: Context, word: Word, lines: list[Helpline]) -> Iterator[Violation]:
    left = gap(subject.scenario.ages, (line.ages for line in lines))
    if left is not None:
        message = f"For “{word.text}” there is no helpline in {context.country} for {_years(left)}."
        yield _at(subject, word, message)
        return
    for lang in context.languages:
        left = gap(subject.scenario.ages, (line.ages for line in lines if lang in line.described))
        if left is not None:
            names = ", ".join(line.name for line in lines if lang not in line.described)
            message = f"For “{word.text}” no helpline for {_years(left)} is described in “{lang}”: {names}."
            yield _at(subject, word, message)


def gap(ages: tuple[int, int], spans: Iterable[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first run of ages, both ends included, that no span holds; None where all are held."""
    held = {age for low, high in spans for age in range(max(low, ages[0]), min(high, ages[1]) + 1)}
    missing = [age for age in range(ages[0], ages[1] + 1) if age not in held]
    if not missing:
        return None
    last = next((age for age in missing if age + 1 not in missing), missing[-1])
    return missing[0], last


def _years(span: tuple[int, int]) -> str:
    return f"the age {span[0]}" if span[0] == span[1] else f"the ages {span[0]} to {span[1]}"


def _confirmed(subject: Subject, word: Word, line: Helpline, today: date | None) -> Iterator[Violation]:
    if line.confirmed is None:
        message = f"The helpline “{line.name}” is not confirmed by a person yet."
        yield _at(subject, word, message, warning=True)
    elif today is not None and today - line.confirmed > YEAR:
        message = f"The confirmation of the helpline “{line.name}” of {line.confirmed} has expired after a year."
        yield _at(subject, word, message)
    elif today is not None and line.confirmed > today:
        message = f"The confirmation of the helpline “{line.name}” of {line.confirmed} lies in the future."
        yield _at(subject, word, message)


def _at(subject: Subject, word: Word, message: str, *, warning: bool = False) -> Violation:
    return Violation("S8", subject.scenario.file, word.line, message, column=word.column, warning=warning)


def _asks(context: Context | None) -> bool:
    return context is not None and context.helplines is not None


RULE = Rule("S8", check, asks=_asks)
