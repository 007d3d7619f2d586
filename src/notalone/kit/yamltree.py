"""YAML as a tree whose every node knows its file, line and column (YAML 1.2, core schema)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as RawNode

from notalone.kit.problems import CannotRead, Problem

MAX_BYTES = 4_000_000
MAX_NODES = 500_000
MAX_DEPTH = 40

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]{1,15}\Z")
_OCT = re.compile(r"0o[0-7]{1,20}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?\Z")

Scalar = bool | int | float | str | None


class Kind(StrEnum):
    """What a node is."""

    MAP = "a mapping"
    LIST = "a list"
    SCALAR = "a single value"


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a YAML file with its place; ``raw`` keeps a scalar's text as written (``+1``)."""

    file: str
    line: int
    column: int
    kind: Kind
    raw: str = ""
    plain: bool = True
    items: tuple[Node, ...] = ()
    entries: tuple[tuple[Node, Node], ...] = ()

    @property
    def value(self) -> Scalar:
        """Return the scalar's value by the core schema; quoted scalars are text."""
        return resolve(self.raw) if self.plain else self.raw

    def problem(self, message: str, near: str | None = None) -> Problem:
        """Return an error at this node's place."""
        return Problem(self.file, self.line, self.column, message, near)

    def get(self, key: str) -> Node | None:
        """Return the mapping's value of ``key``, or None."""
        return next((value for name, value in self.entries if name.raw == key), None)


def resolve(raw: str) -> Scalar:
    """Return the value of a plain scalar by the core schema of YAML 1.2 (chapter 10.3)."""
    if raw in _NULL:
        return None
    if raw in _TRUE or raw in _FALSE:
        return raw in _TRUE
    if _INT.match(raw):
        return int(raw)
    if _HEX.match(raw):
        return int(raw, 16)
    if _OCT.match(raw):
        return int(raw, 8)
    return float(raw) if _FLOAT.match(raw) else raw


class _Builder:
    def __init__(self, file: str) -> None:
        self.file = file
        self.left = MAX_NODES

    def build(self, raw: RawNode, depth: int) -> Node:
        line, column = raw.start_mark.line + 1, raw.start_mark.column + 1
        self.left -= 1
        if depth > MAX_DEPTH or self.left < 0:
            what = "nested too deeply" if depth > MAX_DEPTH else "too large"
            raise CannotRead(Problem(self.file, line, column, f"The file is {what} to be read."))
        if isinstance(raw, MappingNode):
            return self._mapping(raw, line, column, depth)
        if isinstance(raw, SequenceNode):
            items = tuple(self.build(item, depth + 1) for item in raw.value)
            return Node(self.file, line, column, Kind.LIST, items=items)
        assert isinstance(raw, ScalarNode)  # noqa: S101 -- the composer makes no fourth kind
        return Node(self.file, line, column, Kind.SCALAR, raw=raw.value, plain=not raw.style)

    def _mapping(self, raw: MappingNode, line: int, column: int, depth: int) -> Node:
        entries: list[tuple[Node, Node]] = []
        seen: set[str] = set()
        for raw_key, raw_value in raw.value:
            key = self.build(raw_key, depth + 1)
            if key.kind is not Kind.SCALAR:
                raise CannotRead(key.problem("A key must be a single word."))
            if key.raw in seen:
                raise CannotRead(key.problem(f"The key “{key.raw}” stands here twice."))
            seen.add(key.raw)
            entries.append((key, self.build(raw_value, depth + 1)))
        return Node(self.file, line, column, Kind.MAP, entries=tuple(entries))


def parse(text: str, file: str) -> Node:
    """Parse one YAML document; ``file`` is the name that problems tell.

    Raises:
        CannotRead: the text is not YAML, is empty, repeats a key, or is too large or too deep.
    """
    try:
        raw = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise CannotRead(Problem(file, line, column, f"This is not YAML: {error.problem}.")) from error
    except (YAMLError, ValueError, RecursionError, AttributeError, IndexError, TypeError) as error:
        said = str(error).strip().splitlines()
        raise CannotRead(Problem(file, 1, 1, f"This is not YAML: {said[0] if said else error!r}.")) from error
    if raw is None:
        raise CannotRead(Problem(file, 1, 1, "The file is empty."))
    return _Builder(file).build(raw, 0)


def read(path: Path, file: str | None = None) -> Node:
    """Read and parse a YAML file of UTF-8 text.

    Raises:
        CannotRead: the file cannot be opened, is not UTF-8, is too large, or is not YAML.
    """
    name = file or str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CannotRead(Problem(name, 0, 0, f"The file cannot be read: {error.strerror}.")) from error
    if len(data) > MAX_BYTES:
        raise CannotRead(Problem(name, 0, 0, f"The file is larger than {MAX_BYTES // 1_000_000} MB."))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CannotRead(Problem(name, line, 1, "The file is not UTF-8 text here.")) from error
    return parse(text, name)
