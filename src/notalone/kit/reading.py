"""Reading frozen values out of a YAML tree while gathering every problem, not only the first."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from notalone.kit.names import is_id, nearest
from notalone.kit.problems import Problem
from notalone.kit.yamltree import Kind, Node


class Reader:
    """Reads nodes; a wrong one is noted in ``problems`` and read as None, so that reading goes on."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, node: Node, message: str, near: str | None = None) -> None:
        """Note a problem at a node."""
        self.problems.append(node.problem(message, near))

    def fields(
        self, node: Node, what: str, needed: Collection[str] = (), allowed: Collection[str] = ()
    ) -> dict[str, Node]:
        """Return a mapping's values by key; notes unknown keys (with the nearest) and missing ones."""
        if node.kind is not Kind.MAP:
            self.wrong(node, f"{what} must be a mapping, not {node.kind}.")
            return {}
        known = {*needed, *allowed}
        out: dict[str, Node] = {}
        for key, value in node.entries:
            if key.raw in known:
                out[key.raw] = value
            else:
                self.wrong(key, f"{what} has no key “{key.raw}”.", nearest(key.raw, known))
        for name in needed:
            if name not in out:
                self.wrong(node, f"{what} needs the key “{name}”.")
        return out

    def named(self, node: Node, what: str) -> list[tuple[str, Node, Node]]:
        """Return the (name, key node, value node) of a mapping from ids to things."""
        if node.kind is not Kind.MAP:
            self.wrong(node, f"{what} must be a mapping from names to values, not {node.kind}.")
            return []
        out = []
        for key, value in node.entries:
            if is_id(key.raw):
                out.append((key.raw, key, value))
            else:
                self.wrong(key, f"“{key.raw}” is not a name: use small letters, digits, - and _.")
        return out

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """Return a list's nodes."""
        if node.kind is not Kind.LIST:
            self.wrong(node, f"{what} must be a list, not {node.kind}.")
            return ()
        return node.items

    def text(self, node: Node, what: str) -> str | None:
        """Return a text; numbers and dates that are written plain are read as they are written."""
        if node.kind is not Kind.SCALAR:
            self.wrong(node, f"{what} must be a text, not {node.kind}.")
            return None
        if not node.raw.strip():
            self.wrong(node, f"{what} must not be empty.")
            return None
        return node.raw

    def integer(self, node: Node, what: str, low: int, high: int) -> int | None:
        """Return a whole number from ``low`` to ``high``."""
        value = node.value if node.kind is Kind.SCALAR else None
        if type(value) is not int or not low <= value <= high:
            self.wrong(node, f"{what} must be a whole number from {low} to {high}.")
            return None
        return value

    def number(self, node: Node, what: str, low: float, high: float) -> float | None:
        """Return a number from ``low`` to ``high``."""
        value = node.value if node.kind is Kind.SCALAR else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.wrong(node, f"{what} must be a number from {low:g} to {high:g}.")
            return None
        return float(value)

    def boolean(self, node: Node, what: str) -> bool | None:
        """Return true or false."""
        value = node.value if node.kind is Kind.SCALAR else None
        if not isinstance(value, bool):
            self.wrong(node, f"{what} must be true or false.")
            return None
        return value

    def choice(self, node: Node, what: str, known: Collection[str] | Mapping[str, object]) -> str | None:
        """Return a name that must be one of ``known``; tells the nearest where it is not."""
        name = self.text(node, what)
        if name is None:
            return None
        if name not in known:
            near = nearest(name, known)
            offer = "" if near else f" Known: {', '.join(sorted(known)) or 'none'}."
            self.wrong(node, f"{what} “{name}” does not exist.{offer}", near)
            return None
        return name
