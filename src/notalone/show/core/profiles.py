"""Generic fixture profiles: which channel does what, and how much light it makes.

``docs/fixtures.md`` lists the same facts for people; a test holds the two against each other.
Light is linear in the level (0 to 255). A dimmer multiplies the colours of its cell; white adds (1, 1, 1)
and amber (1, 1/2, 0) to the cell's linear red, green and blue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LUMINANCE: Final = {"red": 0.2126, "green": 0.7152, "blue": 0.0722, "white": 1.0, "amber": 0.5702}
"""Relative luminance of each emitter at full level (ITU-R BT.709 primaries, white D65)."""

EMITTERS: Final = ("red", "green", "blue", "white", "amber")


@dataclass(frozen=True, slots=True)
class Cell:
    """One source of light inside a fixture: the offsets of its channels, None where it has none.

    A cell without colours is white light of its dimmer alone; one without a dimmer burns at its colours.
    """

    dimmer: int | None = None
    red: int | None = None
    green: int | None = None
    blue: int | None = None
    white: int | None = None
    amber: int | None = None

    @property
    def coloured(self) -> bool:
        """Say whether the cell has any emitter of its own."""
        return any(getattr(self, name) is not None for name in EMITTERS)


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of fixture.

    ``channels`` names every channel in order; ``defaults`` are the levels of those that make no light;
    ``held`` are the offsets that the limiter keeps at their default whatever a desk sends (strobe, macro).
    """

    name: str
    channels: tuple[str, ...]
    cells: tuple[Cell, ...]
    defaults: tuple[int, ...]
    held: tuple[int, ...] = ()

    @property
    def footprint(self) -> int:
        """Return how many DMX channels the fixture takes."""
        return len(self.channels)


def _plain(name: str, *channels: str) -> Profile:
    at = {channel: offset for offset, channel in enumerate(channels)}
    return Profile(name, channels, (Cell(**at),), (0,) * len(channels))


def _pixel_bar(name: str, count: int) -> Profile:
    channels = tuple(f"{colour} {cell}" for cell in range(1, count + 1) for colour in ("red", "green", "blue"))
    cells = tuple(Cell(red=3 * cell, green=3 * cell + 1, blue=3 * cell + 2) for cell in range(count))
    return Profile(name, channels, cells, (0,) * len(channels))


_HEAD = (
    "pan",
    "pan fine",
    "tilt",
    "tilt fine",
    "dimmer",
    "strobe",
    "red",
    "green",
    "blue",
    "white",
    "macro",
)

PROFILES: Final[dict[str, Profile]] = {
    profile.name: profile
    for profile in (
        _plain("generic/dimmer", "dimmer"),
        _plain("generic/rgb", "red", "green", "blue"),
        _plain("generic/rgbw", "red", "green", "blue", "white"),
        _plain("generic/rgba", "red", "green", "blue", "amber"),
        _pixel_bar("generic/pixel-bar-8", 8),
        Profile(
            "generic/moving-head",
            _HEAD,
            (Cell(dimmer=4, red=6, green=7, blue=8, white=9),),
            (128, 0, 128, 0, 0, 0, 0, 0, 0, 0, 0),
            held=(5, 10),
        ),
    )
}
