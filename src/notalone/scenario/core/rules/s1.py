"""S1: the file is well formed and every name in it exists.

Theory: well-formedness is a matter of the tree, decided while the file is read (``core.load``); a scenario
that was read has only names of its own that exist. What is left for this rule are the festival's names:
risks, cues and helpline topics, each compared with the set that the festival hands in. Linear in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from notalone.kit.names import nearest
from notalone.kit.problems import Problem
from notalone.scenario.core.model import Word
from notalone.scenario.core.rules.rule import Rule, Subject, Violation


def violations(problems: Iterable[Problem]) -> tuple[Violation, ...]:
    """Return what was wrong while reading as violations."""
    return tuple(Violation("S1", one.file, one.line, one.message, near=one.near, column=one.column) for one in problems)


def check(subject: Subject) -> Iterator[Violation]:
    """Yield the names that the festival does not have."""
    context, scenario = subject.context, subject.scenario
    if context is None:
        return
    cues = [scene.cue for scene in scenario.scenes.values() if scene.cue is not None]
    yield from _unknown(subject, "risk", [scenario.risk], context.risks)
    yield from _unknown(subject, "helpline topic", scenario.help, context.help)
    yield from _unknown(subject, "cue", cues, context.cues)


def _unknown(subject: Subject, what: str, words: Iterable[Word], known: Collection[str] | None) -> Iterator[Violation]:
    for word in words:
        if known is not None and word.text not in known:
            near = nearest(word.text, known)
            message = f"The festival has no {what} “{word.text}”."
            yield Violation("S1", subject.scenario.file, word.line, message, near=near, column=word.column)


RULE = Rule("S1", check)
