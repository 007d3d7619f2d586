"""Reads a scenario's YAML into the frozen model, gathering every problem with its place (rule S1)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from notalone.kit.names import is_id, nearest
from notalone.kit.problems import Problem
from notalone.kit.reading import Reader
from notalone.kit.yamltree import Kind, Node
from notalone.scenario.core.grammar import KEYWORDS, ConditionError, Names, read_property
from notalone.scenario.core.load_scenes import Known, SceneReader, absent
from notalone.scenario.core.model import (
    FORMAT,
    Ending,
    Flag,
    Person,
    Proof,
    Review,
    Scenario,
    Scene,
    Variable,
    Word,
)

NEEDED = ("format", "id", "title", "risk", "ages", "minutes", "start", "scenes")
ALLOWED = ("notes", "help", "sources", "reviewed", "people", "flags", "vars", "prove")
TOP = 1_000_000_000

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")


def load(root: Node) -> tuple[Scenario | None, tuple[Problem, ...]]:
    """Read a scenario.

    Returns:
        The scenario, or None where something is wrong; and every problem, in the order of the file.
    """
    loader = _Loader(root)
    scenario = loader.scenario()
    problems = tuple(sorted(loader.reader.problems, key=lambda one: (one.line, one.column)))
    return (None if problems else scenario), problems


class _Loader:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.reader = Reader()
        self.fields: dict[str, Node] = {}

    def scenario(self) -> Scenario | None:
        self.fields = self.reader.fields(self.root, "A scenario", NEEDED, ALLOWED)
        if not self.fields:
            return None
        self._format()
        people, flags, variables = self._people(), self._flags(), self._variables()
        scenes = self._scenes(people, flags, variables)
        start = self._start(scenes)
        proofs = self._proofs(flags, variables, scenes)
        title, risk = self._word("title", "The title"), self._id("risk", "The risk")
        name = self._id("id", "The id")
        ages, minutes = self._span("ages", 0, 120, whole=True), self._span("minutes", 0, 600, whole=False)
        rest = self._words("notes", "A content note"), self._words("help", "A helpline topic")
        sources, reviewed = self._words("sources", "A source"), self._review()
        if title is None or risk is None or name is None or ages is None or minutes is None or start is None:
            return None
        return Scenario(
            file=self.root.file, id=name.text, title=title, risk=risk,
            ages=(int(ages[0]), int(ages[1])), minutes=minutes, notes=rest[0], help=rest[1],
            sources=tuple(word.text for word in sources), reviewed=reviewed, people=people, flags=flags,
            variables=variables, start=start, scenes=scenes, prove=proofs,
            minutes_line=self.fields["minutes"].line,
        )  # fmt: skip

    def _format(self) -> None:
        node = self.fields.get("format")
        if node is not None and (node.kind is not Kind.SCALAR or node.raw != FORMAT):
            self.reader.wrong(node, f"The format must be “{FORMAT}”; no other can be read.")

    def _word(self, key: str, what: str) -> Word | None:
        node = self.fields.get(key)
        text = None if node is None else self.reader.text(node, what)
        return None if node is None or text is None else Word(text, node.line, node.column)

    def _id(self, key: str, what: str) -> Word | None:
        word = self._word(key, what)
        if word is not None and not is_id(word.text):
            self.reader.wrong(self.fields[key], f"{what} must be a name: small letters, digits, - and _.")
            return None
        return word

    def _words(self, key: str, what: str) -> tuple[Word, ...]:
        node = self.fields.get(key)
        if node is None or absent(node):
            return ()
        found = []
        for item in self.reader.items(node, f"“{key}”"):
            text = self.reader.text(item, what)
            if text is not None:
                found.append(Word(text, item.line, item.column))
        return tuple(found)

    def _span(self, key: str, low: int, high: int, *, whole: bool) -> tuple[float, float] | None:
        node = self.fields.get(key)
        if node is None:
            return None
        what = f"“{key}”"
        items = self.reader.items(node, what)
        if len(items) != 2:
            if node.kind is Kind.LIST:
                self.reader.wrong(node, f"{what} must be two numbers, the lowest and the highest.")
            return None
        read = self.reader.integer if whole else self.reader.number
        first, last = (read(item, f"A number of {what}", low, high) for item in items)
        if first is None or last is None:
            return None
        if first > last:
            self.reader.wrong(node, f"{what} must begin with the lower number.")
            return None
        return first, last

    def _review(self) -> Review | None:
        node = self.fields.get("reviewed")
        if node is None or absent(node):
            return None
        fields = self.reader.fields(node, "“reviewed”", ("by", "role", "on"))
        texts = {key: self.reader.text(value, f"“{key}”") for key, value in fields.items()}
        if texts.get("on") is not None and not _DATE.match(str(texts["on"])):
            self.reader.wrong(fields["on"], "The date of the review must be written YYYY-MM-DD.")
        return Review(str(texts.get("by")), str(texts.get("role")), str(texts.get("on")))

    def _named(self, key: str) -> list[tuple[str, Node, Node]]:
        node = self.fields.get(key)
        if node is None or absent(node):
            return []
        return self.reader.named(node, f"“{key}”")

    def _reserved(self, name: str, key: Node) -> None:
        if name in KEYWORDS:
            self.reader.wrong(key, f"“{name}” is a word of the conditions and cannot be a name.")

    def _people(self) -> dict[str, Person]:
        people = {}
        for name, _key, node in self._named("people"):
            fields = self.reader.fields(node, f"The person “{name}”", ("name", "role"))
            called = self.reader.text(fields["name"], "A person's name") if "name" in fields else None
            role = self.reader.text(fields["role"], "A person's role") if "role" in fields else None
            place = fields.get("name", node)
            people[name] = Person(Word(called or name, place.line, place.column), role or "")
        return people

    def _flags(self) -> dict[str, Flag]:
        flags = {}
        for name, key, node in self._named("flags"):
            self._reserved(name, key)
            fields = self.reader.fields(node, f"The flag “{name}”", ("see",), ("know",))
            see = self.reader.text(fields["see"], "What to see") if "see" in fields else None
            place = fields.get("see", node)
            know = None
            if "know" in fields and not absent(fields["know"]):
                text = self.reader.text(fields["know"], "What to know")
                know = Word(text, fields["know"].line, fields["know"].column) if text else None
            flags[name] = Flag(Word(see or name, place.line, place.column), know, key.line)
        return flags

    def _variables(self) -> dict[str, Variable]:
        variables = {}
        for name, key, node in self._named("vars"):
            self._reserved(name, key)
            variables[name] = self._variable(name, key, node)
        return variables

    def _variable(self, name: str, key: Node, node: Node) -> Variable:
        what = f"The variable “{name}”"
        fallback = Variable(name, 0, 1, 0, "from" not in {k.raw for k, _ in node.entries}, key.line)
        fields = self.reader.fields(node, what, ("start",), ("from", "to"))
        if "from" not in fields and "to" not in fields:
            wanted = f"{what}, having no “from” and “to”,"
            start = self.reader.boolean(fields["start"], wanted) if "start" in fields else None
            return Variable(name, 0, 1, int(start or False), True, key.line)
        low, high = (self._bound(node, fields, side, what) for side in ("from", "to"))
        if low is None or high is None:
            return fallback
        if low > high:
            self.reader.wrong(node, f"{what} must have a “to” that is not below its “from”.")
            return fallback
        node = fields.get("start", node)
        begin = self.reader.integer(node, f"The start of “{name}”", low, high) if "start" in fields else low
        return Variable(name, low, high, low if begin is None else begin, False, key.line)

    def _bound(self, node: Node, fields: Mapping[str, Node], side: str, what: str) -> int | None:
        if side not in fields:
            self.reader.wrong(node, f"{what} needs the key “{side}” too.")
            return None
        return self.reader.integer(fields[side], f"“{side}” of {what[0].lower()}{what[1:]}", 0, TOP)

    def _scenes(
        self, people: Mapping[str, Person], flags: Mapping[str, Flag], variables: Mapping[str, Variable]
    ) -> dict[str, Scene]:
        found = self._named("scenes")
        names = frozenset(name for name, _key, _node in found)
        known = Known(frozenset(people), frozenset(flags), variables, names)
        scenes = {}
        for name, key, node in found:
            self._reserved(name, key)
            if name in variables:
                self.reader.wrong(key, f"“{name}” is a variable already; a scene needs another name.")
            scenes[name] = SceneReader(self.reader, known, name, key, node).scene()
        if scenes and not any(scene.ending for scene in scenes.values()):
            kinds = " or ".join(f"“ending: {kind}”" for kind in Ending)
            self.reader.wrong(self.fields["scenes"], f"The story has no ending: one scene needs {kinds}.")
        if "scenes" in self.fields and self.fields["scenes"].kind is Kind.MAP and not found:
            self.reader.wrong(self.fields["scenes"], "The story has no scene.")
        return scenes

    def _start(self, scenes: Mapping[str, Scene]) -> str | None:
        node = self.fields.get("start")
        if node is None:
            return None
        name = self.reader.text(node, "The start")
        if name is not None and name not in scenes:
            self.reader.wrong(node, f"There is no scene “{name}”.", nearest(name, scenes))
            return None
        return name

    def _proofs(
        self, flags: Mapping[str, Flag], variables: Mapping[str, Variable], scenes: Mapping[str, Scene]
    ) -> tuple[Proof, ...]:
        node = self.fields.get("prove")
        if node is None or absent(node):
            return ()
        booleans = {name: variable.boolean for name, variable in variables.items()}
        names = Names(booleans, scenes, flags, everything=True)
        proofs = []
        for item in self.reader.items(node, "“prove”"):
            text = self.reader.text(item, "A property")
            if text is None:
                continue
            try:
                proofs.append(Proof(Word(text, item.line, item.column), read_property(text, names)))
            except ConditionError as error:
                self.reader.problems.append(error.problem(item))
        return tuple(proofs)
