"""Conditions: the language of ``if`` and ``prove`` as values, and their evaluation."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

COMPARE: Mapping[str, Callable[[Any, int], Any]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compare:
    """An integer variable compared with a number."""

    variable: str
    op: str
    number: int


@dataclass(frozen=True, slots=True)
class Truth:
    """A boolean variable that is true."""

    variable: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A red flag that was shown on this path."""

    flag: str


@dataclass(frozen=True, slots=True)
class Within:
    """Being in a scene."""

    scene: str


@dataclass(frozen=True, slots=True)
class AtEnding:
    """Being in any ending."""


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    part: Condition


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the parts."""

    parts: tuple[Condition, ...]


Atom: TypeAlias = Compare | Truth | Shown | Within | AtEnding
Condition: TypeAlias = Atom | Not | And | Or


@dataclass(frozen=True, slots=True)
class Never:
    """``never c``: no reachable state has c."""

    condition: Condition


@dataclass(frozen=True, slots=True)
class OnlyAfter:
    """``a only after b``: wherever a holds, b held at a strictly earlier state of that path."""

    condition: Condition
    before: Condition


@dataclass(frozen=True, slots=True)
class LeadsTo:
    """``a leads to b within n``: every path from every state with a meets b in 0 to n steps."""

    condition: Condition
    goal: Condition
    within: int


Property: TypeAlias = Never | OnlyAfter | LeadsTo


def atoms(condition: Condition) -> Iterator[Atom]:
    """Yield every atom of a condition."""
    match condition:
        case Not(part):
            yield from atoms(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from atoms(part)
        case _:
            yield condition


def variables(condition: Condition | None) -> frozenset[str]:
    """Return the names of the variables that a condition reads."""
    found = () if condition is None else atoms(condition)
    return frozenset(atom.variable for atom in found if isinstance(atom, Compare | Truth))


def evaluate(condition: Condition, look: Callable[[Atom], Any]) -> Any:  # noqa: ANN401 -- bool or array of bool
    """Evaluate a condition; ``look`` gives an atom's truth, as a bool or as an array of bools alike."""
    match condition:
        case Not(part):
            return evaluate(part, look) ^ True
        case And(parts):
            return reduce(operator.and_, (evaluate(part, look) for part in parts))
        case Or(parts):
            return reduce(operator.or_, (evaluate(part, look) for part in parts))
        case _:
            return look(condition)
