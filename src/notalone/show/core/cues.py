"""Cues as the festival folder writes them: ``cues.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from notalone.kit import yamltree
from notalone.kit.names import is_id
from notalone.kit.problems import CannotRead
from notalone.kit.reading import Reader
from notalone.kit.yamltree import Node
from notalone.show.core.looks import LOOKS, Settings, linear

IDLE = "idle"
_HEX = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})\Z")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")


class Merge(StrEnum):
    """How a layer meets what is below it: the highest takes precedence, or the latest does."""

    HTP = "htp"
    LTP = "ltp"


class Scope(StrEnum):
    """Where a cue plays: at the place that started it, or everywhere."""

    PLACE = "place"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Layer:
    """One look inside a cue; ``level`` scales its light."""

    look: str
    settings: Settings
    level: float = 1.0
    merge: Merge = Merge.LTP


@dataclass(frozen=True, slots=True)
class Cue:
    """A named state of light.

    ``fade_in``, ``fade_out`` and ``hold`` are seconds; ``hold`` None stays until another cue of the same priority
    takes the place. ``each`` lets every start be a spark of its own. ``at`` is where it plays when nobody knows.
    """

    name: str
    layers: tuple[Layer, ...]
    title: Mapping[str, str]
    fade_in: float = 2.0
    fade_out: float = 3.0
    hold: float | None = None
    priority: int = 10
    scope: Scope = Scope.PLACE
    each: bool = False
    at: str | None = None

    def titled(self, lang: str) -> str:
        """Return the cue's title in a language, in English, or its name."""
        return self.title.get(lang) or self.title.get("en") or self.name


class _CueReader(Reader):
    def cue(self, name: str, node: Node) -> Cue | None:
        allowed = ("title", "fade", "hold", "priority", "scope", "each", "at")
        values = self.fields(node, f"Cue “{name}”", ("layers",), allowed)
        if "layers" not in values:
            return None
        layers = [self.layer(item) for item in self.items(values["layers"], "layers")]
        if not layers:
            self.wrong(values["layers"], f"Cue “{name}” needs at least one layer.")
        fade = self.fields(values["fade"], "fade", (), ("in", "out")) if "fade" in values else {}
        scope = self.choice(values["scope"], "The scope", ("place", "all")) if "scope" in values else None
        hold = self.number(values["hold"], "hold", 0, 86_400) if "hold" in values else None
        priority = self.integer(values["priority"], "priority", 0, 100) if "priority" in values else None
        each = self.boolean(values["each"], "each") if "each" in values else False
        return Cue(
            name,
            tuple(layer for layer in layers if layer),
            self.titles(values.get("title")),
            self._seconds(fade, "in", 2.0),
            self._seconds(fade, "out", 3.0),
            hold,
            10 if priority is None else priority,
            Scope(scope or "place"),
            bool(each),
            self.text(values["at"], "at") if "at" in values else None,
        )

    def _seconds(self, fade: Mapping[str, Node], name: str, default: float) -> float:
        value = self.number(fade[name], f"fade {name}", 0, 600) if name in fade else None
        return default if value is None else value

    def titles(self, node: Node | None) -> dict[str, str]:
        if node is None:
            return {}
        out = {}
        for lang, key, value in self.named(node, "title"):
            text = self.text(value, "A title")
            if not _LANGUAGE.match(lang):
                self.wrong(key, f"“{lang}” is not a language: use two letters such as en, vi or de.")
            elif text:
                out[lang] = text
        return out

    def layer(self, node: Node) -> Layer | None:
        every = sorted({name for kind in LOOKS.values() for name in kind.parameters})
        values = self.fields(node, "A layer", ("look", "colours"), ("level", "merge", *every))
        look = self.choice(values["look"], "The look", LOOKS) if "look" in values else None
        colours = (
            [self.colour(item) for item in self.items(values["colours"], "colours")] if "colours" in values else []
        )
        merge = self.choice(values["merge"], "merge", ("htp", "ltp")) if "merge" in values else None
        level = self.number(values["level"], "level", 0, 1) if "level" in values else None
        if look is None:
            return None
        if not colours:
            self.wrong(node, "A layer needs at least one colour.")
            return None
        ranges = LOOKS[look].parameters
        numbers = {name: one.default for name, one in ranges.items()}
        for name in every:
            if name in values and name not in ranges:
                self.wrong(values[name], f"The look “{look}” has no “{name}”; it has {', '.join(sorted(ranges))}.")
            elif name in values:
                given = self.number(values[name], name, ranges[name].low, ranges[name].high)
                numbers[name] = numbers[name] if given is None else given
        settings = Settings(np.array(colours, np.float64), numbers)
        return Layer(look, settings, 1.0 if level is None else level, Merge(merge or "ltp"))

    def colour(self, node: Node) -> tuple[float, float, float]:
        found = _HEX.match(node.raw)
        if found is None:
            self.wrong(node, f'“{node.raw}” is not a colour: write it in quotes, like "#ffb347".')
            return (0.0, 0.0, 0.0)
        red, green, blue = (int(part, 16) for part in found.groups())
        return linear((red, green, blue))


def from_tree(tree: Node) -> dict[str, Cue]:
    """Read cues from a YAML tree.

    Raises:
        CannotRead: with every problem found.
    """
    reader = _CueReader()
    values = reader.fields(tree, "A cue file", ("cues",))
    out = {}
    for name, key, node in reader.named(values["cues"], "cues") if "cues" in values else ():
        cue = reader.cue(name, node)
        if cue is not None:
            out[name] = cue
            if cue.at is not None and not is_id(cue.at):
                reader.wrong(key, f"Cue “{name}”: “{cue.at}” is not the name of a place.")
    if reader.problems:
        raise CannotRead(*reader.problems)
    return out


def load(path: Path) -> dict[str, Cue]:
    """Read a cue file.

    Raises:
        CannotRead: the file cannot be opened, is not YAML, or holds no cues.
    """
    return from_tree(yamltree.read(path))
