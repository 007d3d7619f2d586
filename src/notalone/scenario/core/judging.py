"""Messages to judge before and after a story: ``judging.yaml`` beside a scenario, read into frozen values.

A form holds messages of which one half is genuine; the forms A and B are as long as one another, so that whoever
judges one before the story can judge the other after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from notalone.kit.names import is_id
from notalone.kit.problems import Problem
from notalone.kit.reading import Reader
from notalone.kit.yamltree import Kind, Node
from notalone.scenario.core.model import APPS, Word

FILE = "judging.yaml"
FORMAT = "notalone/judging-1"
FORMS = ("A", "B")
MOST = 40

_ITEM = ("id", "on", "from", "say", "genuine", "why")


@dataclass(frozen=True, slots=True)
class Item:
    """A message in one app of the phone; ``why`` says in one sentence what tells that it is genuine, or not."""

    id: str
    on: str
    sender: Word
    say: Word
    genuine: bool
    why: Word
    line: int


@dataclass(frozen=True, slots=True)
class Judging:
    """The forms A and B, each with its messages in the order of the file."""

    file: str
    forms: Mapping[str, tuple[Item, ...]]


def load(root: Node) -> tuple[Judging | None, tuple[Problem, ...]]:
    """Read the messages to judge.

    Returns:
        The forms, or None where something is wrong; and every problem, in the order of the file.
    """
    loader = _Loader(root)
    judging = loader.judging()
    problems = tuple(sorted(loader.reader.problems, key=lambda one: (one.line, one.column)))
    return (None if problems else judging), problems


class _Loader:
    def __init__(self, root: Node) -> None:
        self.root = root
        self.reader = Reader()
        self.ids: set[str] = set()

    def judging(self) -> Judging | None:
        fields = self.reader.fields(self.root, "A file of messages to judge", ("format", "forms"))
        given = fields.get("format")
        if given is not None and (given.kind is not Kind.SCALAR or given.raw != FORMAT):
            self.reader.wrong(given, f"The format must be “{FORMAT}”; no other can be read.")
        if "forms" not in fields:
            return None
        nodes = self.reader.fields(fields["forms"], "“forms”", FORMS)
        forms = {name: self._form(name, node) for name, node in nodes.items()}
        lengths = {name: len(self._nodes(node)) for name, node in nodes.items()}
        if len(set(lengths.values())) > 1:
            said = ", ".join(f"{name} has {length}" for name, length in lengths.items())
            self.reader.wrong(fields["forms"], f"The forms must have equally many messages: {said}.")
        return Judging(self.root.file, {name: forms.get(name, ()) for name in FORMS})

    @staticmethod
    def _nodes(node: Node) -> tuple[Node, ...]:
        return node.items if node.kind is Kind.LIST else ()

    def _form(self, name: str, node: Node) -> tuple[Item, ...]:
        nodes = self.reader.items(node, f"The form {name}")
        if node.kind is Kind.LIST and not 2 <= len(nodes) <= MOST:
            self.reader.wrong(node, f"The form {name} has {len(nodes)} messages; between 2 and {MOST} are needed.")
        items = tuple(item for one in nodes if (item := self._item(one)))
        genuine = sum(item.genuine for item in items)
        if len(items) == len(nodes) and items and 2 * genuine != len(items):
            said = f"{genuine} of {len(items)} messages are genuine"
            self.reader.wrong(node, f"In the form {name} {said}; it must be one half.")
        return items

    def _item(self, node: Node) -> Item | None:
        fields = self.reader.fields(node, "A message to judge", _ITEM)
        name = self._id(fields["id"]) if "id" in fields else None
        app = self.reader.choice(fields["on"], "The app", APPS) if "on" in fields else None
        genuine = self.reader.boolean(fields["genuine"], "“genuine”") if "genuine" in fields else None
        sender, say, why = (self._word(fields, key) for key in ("from", "say", "why"))
        if name is None or app is None or genuine is None or sender is None or say is None or why is None:
            return None
        return Item(name, app, sender, say, genuine, why, node.line)

    def _id(self, node: Node) -> str | None:
        name = self.reader.text(node, "The id of a message")
        if name is None:
            return None
        if not is_id(name):
            self.reader.wrong(node, f"“{name}” is not a name: use small letters, digits, - and _.")
        elif name in self.ids:
            self.reader.wrong(node, f"The id “{name}” stands here twice.")
        self.ids.add(name)
        return name

    def _word(self, fields: Mapping[str, Node], key: str) -> Word | None:
        text = self.reader.text(fields[key], f"“{key}”") if key in fields else None
        return None if text is None else Word(text, fields[key].line, fields[key].column)
