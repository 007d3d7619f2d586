"""The grammar of conditions and properties, read by descent with positions.

prop = "never" c | c "only" "after" c | c "leads" "to" c "within" INT ;
c = a {"or" a} ;  a = n {"and" n} ;  n = "not" n | "(" c ")" | atom ;
atom = "flag" ID | "ending" | SCENE | BOOLVAR | INTVAR op INT ;      op: == != < <= > >=
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from notalone.kit.names import nearest
from notalone.kit.problems import Problem
from notalone.kit.yamltree import Node
from notalone.scenario.core.conditions import (
    COMPARE,
    And,
    AtEnding,
    Atom,
    Compare,
    Condition,
    LeadsTo,
    Never,
    Not,
    OnlyAfter,
    Or,
    Property,
    Shown,
    Truth,
    Within,
)

KEYWORDS = frozenset({"never", "only", "after", "leads", "to", "within", "or", "and", "not", "flag", "ending"})
MAX_DEPTH = 100

_TOKEN = re.compile(r"\s*([^\W\d][\w-]*|[0-9]+|==|!=|<=|>=|<|>|\(|\))")


class ConditionError(ValueError):
    """A condition cannot be read; ``at`` is the offset of the place, ``near`` the nearest right name."""

    def __init__(self, at: int, message: str, near: str | None = None) -> None:
        super().__init__(message)
        self.at, self.message, self.near = at, message, near

    def problem(self, node: Node) -> Problem:
        """Return the problem of the condition that a node holds."""
        column = node.column + self.at + (0 if node.plain else 1)
        return Problem(node.file, node.line, column, self.message, self.near)


@dataclass(frozen=True, slots=True)
class Names:
    """What a condition may name: variables (name to whether boolean), and in ``prove`` scenes and flags."""

    variables: Mapping[str, bool]
    scenes: Collection[str] = ()
    flags: Collection[str] = ()
    everything: bool = False


def read_condition(text: str, names: Names) -> Condition:
    """Read a condition.

    Raises:
        ConditionError: it does not follow the grammar, or names something that does not exist.
    """
    parser = _Parser(text, names)
    condition = parser.condition(0)
    parser.end()
    return condition


def read_property(text: str, names: Names) -> Property:
    """Read one line of ``prove``.

    Raises:
        ConditionError: it does not follow the grammar, or names something that does not exist.
    """
    parser = _Parser(text, names)
    found = parser.property()
    parser.end()
    return found


class _Parser:
    def __init__(self, text: str, names: Names) -> None:
        self.names = names
        self.tokens = _tokens(text)
        self.length = len(text)
        self.next = 0

    def peek(self) -> str:
        return self.tokens[self.next][1] if self.next < len(self.tokens) else ""

    def at(self) -> int:
        return self.tokens[self.next][0] if self.next < len(self.tokens) else self.length

    def take(self) -> str:
        token = self.peek()
        self.next += 1
        return token

    def expect(self, *words: str) -> None:
        for word in words:
            if self.peek() != word:
                raise ConditionError(self.at(), f"“{word}” is expected here, not {self.said()}.")
            self.next += 1

    def said(self) -> str:
        return f"“{self.peek()}”" if self.peek() else "the end"

    def end(self) -> None:
        if self.peek():
            raise ConditionError(self.at(), f"The condition should end here, before {self.said()}.")

    def property(self) -> Property:
        if self.peek() == "never":
            self.take()
            return Never(self.condition(0))
        first = self.condition(0)
        if self.peek() == "only":
            self.expect("only", "after")
            return OnlyAfter(first, self.condition(0))
        if self.peek() == "leads":
            self.expect("leads", "to")
            goal = self.condition(0)
            self.expect("within")
            return LeadsTo(first, goal, self.number())
        raise ConditionError(self.at(), f"“only after” or “leads to … within …” is expected here, not {self.said()}.")

    def condition(self, depth: int) -> Condition:
        parts = [self.conjunction(depth)]
        while self.peek() == "or":
            self.take()
            parts.append(self.conjunction(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self, depth: int) -> Condition:
        parts = [self.negation(depth)]
        while self.peek() == "and":
            self.take()
            parts.append(self.negation(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise ConditionError(self.at(), "The condition is nested too deeply.")
        if self.peek() == "not":
            self.take()
            return Not(self.negation(depth + 1))
        if self.peek() == "(":
            self.take()
            inner = self.condition(depth + 1)
            self.expect(")")
            return inner
        return self.atom()

    def atom(self) -> Atom:
        at, word = self.at(), self.take()
        if word in ("flag", "ending") and not self.names.everything:
            raise ConditionError(at, f"“{word}” may stand in “prove” alone; an “if” asks only for variables.")
        if word == "flag":
            return Shown(self.name(self.names.flags, "flag"))
        if word == "ending":
            return AtEnding()
        if word in self.names.variables:
            if self.names.variables[word]:
                return Truth(word)
            return self.comparison(word)
        if word in self.names.scenes:
            if not self.names.everything:
                raise ConditionError(at, f"“{word}” is a scene; an “if” asks only for variables.")
            return Within(word)
        if not word or word in KEYWORDS or not word[0].isalpha():
            raise ConditionError(at, f"A name is expected here, not {f'“{word}”' if word else 'the end'}.")
        known = {"not", *self.names.variables}
        if self.names.everything:
            known |= {"never", "flag", "ending", *self.names.scenes}
        what = "variable or scene" if self.names.everything else "variable"
        raise ConditionError(at, f"There is no {what} “{word}”.", nearest(word, known))

    def comparison(self, variable: str) -> Compare:
        if self.peek() not in COMPARE:
            raise ConditionError(
                self.at(), f"“{variable}” is a number: compare it, as in “{variable} >= 1”, not {self.said()}."
            )
        return Compare(variable, self.take(), self.number())

    def number(self) -> int:
        if not self.peek().isdigit() or len(self.peek()) > 18:
            raise ConditionError(self.at(), f"A whole number is expected here, not {self.said()}.")
        return int(self.take())

    def name(self, known: Collection[str], what: str) -> str:
        at, word = self.at(), self.take()
        if word not in known:
            said = f"There is no {what} “{word}”." if word else f"The name of a {what} is expected here."
            raise ConditionError(at, said, nearest(word, known) if word else None)
        return word


def _tokens(text: str) -> list[tuple[int, str]]:
    out = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            bad = at + len(text[at:]) - len(text[at:].lstrip())
            raise ConditionError(bad, f"“{text[bad]}” has no meaning in a condition.")
        out.append((match.start(1), match[1]))
        at = match.end()
    return out
