"""The patch: which fixture hangs where, on which universe and address; and how frames leave the house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from notalone.kit import yamltree
from notalone.kit.names import is_id
from notalone.kit.problems import CannotRead
from notalone.kit.reading import Reader
from notalone.kit.yamltree import Node
from notalone.show.core.profiles import PROFILES, Profile

CHANNELS = 512
MAX_UNIVERSE = 63999
ONE_AREA = "all"
_NEEDED = ("id", "profile", "universe", "address", "at")
_BAR = 1.0

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Fixture:
    """A patched fixture; ``address`` counts from 1; ``to`` is where its last cell sits."""

    id: str
    profile: Profile
    universe: int
    address: int
    at: Point
    to: Point
    area: str = ONE_AREA
    place: str | None = None


@dataclass(frozen=True, slots=True)
class SacnOutput:
    """How frames leave by sACN: ``host`` or ``host:port`` for each unicast target."""

    unicast: tuple[str, ...] = ()
    multicast: bool = False
    priority: int = 100


@dataclass(frozen=True)
class Patch:
    """All fixtures, in the order of the file; universes in the order in which they first appear."""

    fixtures: tuple[Fixture, ...]
    output: SacnOutput = field(default_factory=SacnOutput)

    @cached_property
    def universes(self) -> tuple[int, ...]:
        """Return the universe numbers in the patch's order."""
        return tuple(dict.fromkeys(fixture.universe for fixture in self.fixtures))

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """Return the names of the areas in the patch's order."""
        return tuple(dict.fromkeys(fixture.area for fixture in self.fixtures))

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Return the places that have light, in the patch's order."""
        return tuple(dict.fromkeys(fixture.place for fixture in self.fixtures if fixture.place))

    def slot(self, fixture: Fixture) -> int:
        """Return the index of a fixture's first channel in a flat frame of all universes."""
        return self.universes.index(fixture.universe) * CHANNELS + fixture.address - 1


class _PatchReader(Reader):
    def fixture(self, node: Node) -> Fixture | None:
        values = self.fields(node, "A fixture", _NEEDED, ("area", "place", "to"))
        if any(name not in values for name in _NEEDED):
            return None
        name = self.name(values["id"], "The fixture's id")
        profile = self.choice(values["profile"], "The profile", PROFILES)
        universe = self.integer(values["universe"], "The universe", 1, MAX_UNIVERSE)
        address = self.integer(values["address"], "The address", 1, CHANNELS)
        at = self.point(values["at"], "at")
        to = self.point(values["to"], "to") if "to" in values else None
        area = self.name(values["area"], "The area") if "area" in values else ONE_AREA
        place = self.name(values["place"], "The place") if "place" in values else None
        if name is None or profile is None or universe is None or address is None or at is None or area is None:
            return None
        kind = PROFILES[profile]
        last = to or ((at[0] + _BAR, at[1], at[2]) if len(kind.cells) > 1 else at)
        if address + kind.footprint - 1 > CHANNELS:
            self.wrong(
                values["address"],
                f"Fixture “{name}” runs past channel {CHANNELS}: {kind.footprint} channels from {address}; "
                f"the last address it can have is {CHANNELS - kind.footprint + 1}.",
            )
            return None
        return Fixture(name, kind, universe, address, at, last, area, place)

    def name(self, node: Node, what: str) -> str | None:
        text = self.text(node, what)
        if text is not None and not is_id(text):
            self.wrong(node, f"{what} “{text}” is not a name: use small letters, digits, - and _.")
            return None
        return text

    def point(self, node: Node, what: str) -> Point | None:
        items = self.items(node, what)
        if len(items) != 3:
            self.wrong(node, f"“{what}” must be three numbers in metres: [x, y, z].")
            return None
        x, y, z = (self.number(item, f"“{what}”", -10_000, 10_000) for item in items)
        if x is None or y is None or z is None:
            return None
        return (x, y, z)

    def output(self, node: Node | None) -> SacnOutput:
        sacn = self.fields(node, "output", (), ("sacn",)).get("sacn") if node else None
        values = self.fields(sacn, "sacn", (), ("unicast", "multicast", "priority")) if sacn else {}
        targets = self.items(values["unicast"], "unicast") if "unicast" in values else ()
        unicast = tuple(text for item in targets if (text := self.text(item, "A unicast target")))
        multicast = self.boolean(values["multicast"], "multicast") if "multicast" in values else False
        priority = self.integer(values["priority"], "priority", 0, 200) if "priority" in values else 100
        return SacnOutput(unicast, bool(multicast), 100 if priority is None else priority)


def _clashes(reader: Reader, placed: list[tuple[Fixture, Node]]) -> None:
    owner: dict[tuple[int, int], Fixture] = {}
    ids: set[str] = set()
    for fixture, node in placed:
        if fixture.id in ids:
            reader.wrong(node, f"The fixture id “{fixture.id}” stands here twice.")
        ids.add(fixture.id)
        own = range(fixture.address, fixture.address + fixture.profile.footprint)
        taken = next((channel for channel in own if (fixture.universe, channel) in owner), None)
        if taken is not None:
            other = owner[fixture.universe, taken]
            reader.wrong(
                node,
                f"Fixture “{fixture.id}” overlaps “{other.id}” at universe {fixture.universe}, channel {taken}.",
            )
        owner.update({(fixture.universe, channel): fixture for channel in own})


def from_tree(tree: Node) -> Patch:
    """Read a patch from a YAML tree.

    Raises:
        CannotRead: with every problem found: unknown keys and profiles, overlaps, channels past 512.
    """
    reader = _PatchReader()
    values = reader.fields(tree, "A patch", ("fixtures",), ("output",))
    nodes = reader.items(values["fixtures"], "fixtures") if "fixtures" in values else ()
    if "fixtures" in values and not nodes and not reader.problems:
        reader.wrong(values["fixtures"], "A patch needs at least one fixture.")
    placed = [(fixture, node) for node in nodes if (fixture := reader.fixture(node))]
    _clashes(reader, placed)
    output = reader.output(values.get("output"))
    if reader.problems:
        raise CannotRead(*reader.problems)
    return Patch(tuple(fixture for fixture, _ in placed), output)


def load(path: Path) -> Patch:
    """Read a patch file.

    Raises:
        CannotRead: the file cannot be opened, is not YAML, or is no patch.
    """
    return from_tree(yamltree.read(path))


def unknown_places(patch: Patch, places: Mapping[str, object]) -> tuple[str, ...]:
    """Return the places that the patch names and the festival does not know."""
    return tuple(place for place in patch.places if place not in places)
