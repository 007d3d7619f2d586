"""Joins ES modules into one classic script, so that a page opened from a disk runs it in every browser.

A browser loads no module from ``file:``, and an import map with ``data:`` addresses needs a policy that allows every
``data:`` script. So each module becomes a function whose result is its exports, in the order of their imports. What
our modules do not use is refused rather than guessed: default exports, exports that change, cycles, ``await`` at the
top.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from posixpath import dirname, join, normpath

Source = Callable[[str], str]

_IMPORT = re.compile(r'^import\s+(?:(?P<names>\{[^}]*\}|\*\s+as\s+\w+)\s+from\s+)?"(?P<path>[^"]+)";[ \t]*$', re.M)
_EXPORT = re.compile(r"^export\s+(?P<kind>async\s+function\*?|function\*?|class|const)\s+(?P<name>\w+)", re.M)
_LIST = re.compile(r"^export\s+\{(?P<names>[^}]*)\};[ \t]*$", re.M)
_REMARK = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n", re.M | re.S)
_AS = re.compile(r"\s+as\s+")
_LEFT = re.compile(r"^(?:import[\s{*\"]|export[\s{*]|await\s).*$", re.M)


class CannotBundle(Exception):
    """A module uses what a bundle cannot hold; the message says which and what."""


def bundle(entry: str, source: Source) -> str:
    """Return one script that runs the module ``entry``, such as ``scenario/package/html.js``.

    ``source`` gives the text of a module by its path under the static root.

    Raises:
        CannotBundle: a module uses what is not supported, or the imports form a cycle.
    """
    order: list[str] = []
    _visit(entry, source, order, [])
    parts = [_wrapped(path, source(path), f"m{number}", order) for number, path in enumerate(order)]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n"


def modules(entry: str, source: Source) -> tuple[str, ...]:
    """Return the modules of a bundle, each after those that it imports."""
    order: list[str] = []
    _visit(entry, source, order, [])
    return tuple(order)


def _visit(path: str, source: Source, order: list[str], above: list[str]) -> None:
    if path in order:
        return
    if path in above:
        raise CannotBundle(f"The modules import one another in a circle: {' → '.join([*above, path])}.")
    for found in _IMPORT.finditer(source(path)):
        _visit(_target(path, found["path"]), source, order, [*above, path])
    order.append(path)


def _target(path: str, wanted: str) -> str:
    if not wanted.startswith("."):
        raise CannotBundle(f"{path}: “{wanted}” is no relative path.")
    return normpath(join(dirname(path), wanted))


def _wrapped(path: str, text: str, name: str, order: list[str]) -> str:
    def imported(found: re.Match[str]) -> str:
        names = found["names"]
        if names is None:
            return ""
        module = f"m{order.index(_target(path, found['path']))}"
        if names.startswith("*"):
            return f"const {names.split()[-1]} = {module};"
        return f"const {_AS.sub(': ', names)} = {module};"

    exports: list[str] = []

    def exported(found: re.Match[str]) -> str:
        exports.append(found["name"])
        return f"{found['kind']} {found['name']}"

    def listed(found: re.Match[str]) -> str:
        for one in filter(None, (part.strip() for part in found["names"].split(","))):
            inner, _as, outer = one.partition(" as ")
            exports.append(f"{outer.strip()}: {inner.strip()}" if outer else inner)
        return ""

    body = _LIST.sub(listed, _EXPORT.sub(exported, _IMPORT.sub(imported, text)))
    body = _REMARK.sub("", body)  # a third of the source explains it; the package need not carry that
    left = _LEFT.search(body)
    if left:
        raise CannotBundle(f"{path}: this cannot be bundled: {left.group(0)}")
    if re.search(r"</script|<!--", body, re.I):
        raise CannotBundle(f"{path}: a text in it would end the script of a page.")
    shown = json.dumps(path)
    return f"const {name} = (() => {{ // {shown}\n{body.rstrip()}\nreturn {{ {', '.join(exports)} }};\n}})();"
