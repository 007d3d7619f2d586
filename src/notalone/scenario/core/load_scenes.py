"""Reads the scenes of a scenario: lines, choices, timeouts, changes of variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from notalone.kit.names import nearest
from notalone.kit.reading import Reader
from notalone.kit.yamltree import Kind, Node
from notalone.scenario.core.conditions import Condition
from notalone.scenario.core.grammar import ConditionError, Names, read_condition
from notalone.scenario.core.model import (
    APPS,
    Choice,
    Ending,
    Line,
    Scene,
    Timeout,
    Update,
    Variable,
    Word,
)

PLAYED = ("on", "cue", "intensity", "harm", "lines", "choices", "timeout")
ENDED = ("on", "cue", "intensity", "lines", "ending", "debrief")
LONGEST = 3600.0

_STEP = re.compile(r"[+-][0-9]{1,9}\Z")


@dataclass(frozen=True, slots=True)
class Known:
    """The names that scenes may use."""

    people: frozenset[str]
    flags: frozenset[str]
    variables: Mapping[str, Variable]
    scenes: frozenset[str]


def absent(node: Node) -> bool:
    """Say whether a value was left empty, as in ``lines:``."""
    return node.kind is Kind.SCALAR and not node.raw.strip()


class SceneReader:
    """Reads one scene; what is wrong is noted in the reader's problems."""

    def __init__(self, reader: Reader, known: Known, name: str, key: Node, node: Node) -> None:
        self.reader, self.known, self.name, self.key, self.node = reader, known, name, key, node
        booleans = {name: variable.boolean for name, variable in known.variables.items()}
        self.names = Names(booleans, known.scenes, known.flags)

    def scene(self) -> Scene:
        """Return the scene; parts that are wrong are left out."""
        what = f"The scene “{self.name}”"
        ends = self.node.get("ending") is not None
        if ends:
            for key, _value in self.node.entries:
                if key.raw in PLAYED and key.raw not in ENDED:
                    self.reader.wrong(key, self._unended(key.raw))
        needed = ("ending",) if ends else ("on", "intensity")
        fields = self.reader.fields(self.node, what, needed, (*ENDED, *PLAYED) if ends else PLAYED)
        ending = self.reader.choice(fields["ending"], "The ending", list(Ending)) if "ending" in fields else None
        return Scene(
            id=self.name,
            on=self.reader.choice(fields["on"], "The app", APPS) if "on" in fields else None,
            cue=self._word(fields, "cue", "The cue"),
            intensity=self._integer(fields, "intensity", "The intensity", 4),
            harm=self._boolean(fields, "harm", "“harm”"),
            lines=tuple(line for item in self._list(fields, "lines") if (line := self._line(item))),
            choices=tuple(choice for item in self._list(fields, "choices") if (choice := self._choice(item))),
            timeout=self._timeout(fields["timeout"]) if "timeout" in fields else None,
            ending=Ending(ending) if ending else None,
            debrief=self._debrief(fields),
            line=self.key.line,
        )

    def _unended(self, key: str) -> str:
        if key == "harm":
            return f"Harm is never an ending: “{self.name}” must lead on to the way back."
        return f"“{self.name}” is an ending, so it has no “{key}”."

    def _word(self, fields: Mapping[str, Node], key: str, what: str) -> Word | None:
        text = self.reader.text(fields[key], what) if key in fields else None
        return None if text is None else Word(text, fields[key].line, fields[key].column)

    def _debrief(self, fields: Mapping[str, Node]) -> Word | None:
        if "debrief" not in fields or absent(fields["debrief"]):
            return None
        return self._word(fields, "debrief", "The debrief")

    def _integer(self, fields: Mapping[str, Node], key: str, what: str, high: int) -> int:
        return (self.reader.integer(fields[key], what, 0, high) if key in fields else 0) or 0

    def _boolean(self, fields: Mapping[str, Node], key: str, what: str) -> bool:
        return bool(self.reader.boolean(fields[key], what)) if key in fields else False

    def _list(self, fields: Mapping[str, Node], key: str) -> tuple[Node, ...]:
        if key not in fields or absent(fields[key]):
            return ()
        return self.reader.items(fields[key], f"“{key}”")

    def _condition(self, fields: Mapping[str, Node]) -> Condition | None:
        node = fields.get("if")
        text = None if node is None else self.reader.text(node, "A condition")
        if node is None or text is None:
            return None
        try:
            return read_condition(text, self.names)
        except ConditionError as error:
            self.reader.problems.append(error.problem(node))
            return None

    def _line(self, node: Node) -> Line | None:
        fields = self.reader.fields(node, "A line", ("say",), ("from", "after", "if", "flags"))
        speaker = None
        if "from" in fields:
            speaker = self.reader.choice(fields["from"], "The person", self.known.people)
        after = self._seconds(fields["after"], "“after”") if "after" in fields else 0.0
        flags = []
        for item in self._list(fields, "flags"):
            flag = self.reader.choice(item, "The flag", self.known.flags)
            if flag is not None and flag not in flags:
                flags.append(flag)
        condition = self._condition(fields)
        say = self._word(fields, "say", "What a line says")
        return None if say is None else Line(speaker, say, after, tuple(flags), condition, node.line)

    def _seconds(self, node: Node, what: str) -> float:
        return self.reader.number(node, f"{what}, in seconds,", 0, LONGEST) or 0.0

    def _choice(self, node: Node) -> Choice | None:
        fields = self.reader.fields(node, "A choice", ("say", "to"), ("skill", "risk", "if", "set"))
        say, to = self._word(fields, "say", "What a choice says"), self._target(fields)
        skill = self._word(fields, "skill", "The skill")
        risk = self._boolean(fields, "risk", "“risk”")
        updates, condition = self._updates(fields), self._condition(fields)
        if say is None or to is None:
            return None
        return Choice(say, to, risk, skill.text if skill else "", updates, condition, node.line)

    def _timeout(self, node: Node) -> Timeout | None:
        fields = self.reader.fields(node, "A timeout", ("after", "to"), ("set",))
        after = self._seconds(fields["after"], "“after”") if "after" in fields else 0.0
        if "after" in fields and fields["after"].value == 0:
            self.reader.wrong(fields["after"], "A timeout must leave some seconds.")
        to, updates = self._target(fields), self._updates(fields)
        return None if to is None else Timeout(after, to, updates, node.line)

    def _target(self, fields: Mapping[str, Node]) -> str | None:
        if "to" not in fields:
            return None
        name = self.reader.text(fields["to"], "“to”")
        if name is not None and name not in self.known.scenes:
            self.reader.wrong(fields["to"], f"There is no scene “{name}”.", nearest(name, self.known.scenes))
            return None
        return name

    def _updates(self, fields: Mapping[str, Node]) -> tuple[Update, ...]:
        node = fields.get("set")
        if node is None or absent(node):
            return ()
        if node.kind is not Kind.MAP:
            self.reader.wrong(node, f"“set” must be a mapping from variables to values, not {node.kind}.")
            return ()
        updates = (self._update(key, value) for key, value in node.entries)
        return tuple(update for update in updates if update)

    def _update(self, key: Node, node: Node) -> Update | None:
        variable = self.known.variables.get(key.raw)
        if variable is None:
            near = nearest(key.raw, self.known.variables)
            self.reader.wrong(key, f"There is no variable “{key.raw}”.", near)
            return None
        if node.kind is Kind.SCALAR and node.raw[:1] in ("+", "-") and not variable.boolean:
            if not _STEP.match(node.raw):
                self.reader.wrong(node, f"“{node.raw}” is not a step: write it like +1 or -2.")
                return None
            return Update(key.raw, int(node.raw), step=True)
        value: int | None
        if variable.boolean:
            value = self.reader.boolean(node, f"“{key.raw}”")
        else:
            value = self.reader.integer(node, f"“{key.raw}”", variable.low, variable.high)
        return None if value is None else Update(key.raw, int(value), step=False)
