"""Lays cards out in columns, so that a story reads from left to right.

The layered drawing of Sugiyama, Tagawa and Toda (IEEE Trans. SMC 11, 1981): loops are broken along a depth-first
search, each card stands one column after the last that leads to it, cards are ordered in their columns by
barycentres, and an arrow over more than one column has a lane in each column between. Arrows to the same card share
their lanes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

GAP_X, GAP_Y, LANE, SWEEPS = 84.0, 24.0, 6.0, 24

Slot: TypeAlias = "str | tuple[str, int, bool]"  # a card, or a lane: where to, in which column, whether back
Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A card to place: its width and height in pixels, and where arrows to others leave, from its top."""

    width: float
    height: float
    ports: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each card's upper left corner is, and the way of each arrow as a chain of points.

    ``arrows[card][n]`` belongs to the card's ``n``-th port; its points go through lanes in pairs, in and out.
    """

    corners: Mapping[str, Point]
    arrows: Mapping[str, tuple[tuple[Point, ...], ...]]
    width: float
    height: float


def lay_out(boxes: Mapping[str, Box], start: str) -> Layout:
    """Return the layout of cards, beginning with the card ``start`` on the left."""
    column = _columns(boxes, start)
    ways = {
        name: tuple(_lanes(column, name, target) for _y, target in box.ports) for name, box in boxes.items()
    }  # fmt: skip
    board = _Board(boxes, column, ways)
    board.sweep()
    board.settle()
    return board.layout()


def _columns(boxes: Mapping[str, Box], start: str) -> dict[str, int]:
    """Return each card's column: the longest way from the start once loops are broken; unreached cards come last."""
    onward: dict[str, list[str]] = {name: [] for name in boxes}
    done: list[str] = []
    state: dict[str, int] = {}
    for root in (start, *boxes):
        way = [(root, iter(boxes[root].ports))] if root not in state else []
        state.setdefault(root, 1)
        while way:
            name, ports = way[-1]
            for _y, target in ports:
                if state.get(target) != 1:
                    onward[name].append(target)
                if target not in state:
                    state[target] = 1
                    way.append((target, iter(boxes[target].ports)))
                    break
            else:
                state[name] = 2
                done.append(name)
                way.pop()
    column = dict.fromkeys(boxes, 0)
    for name in reversed(done):
        for target in onward[name]:
            column[target] = max(column[target], column[name] + 1)
    return column


def _lanes(column: Mapping[str, int], source: str, target: str) -> tuple[Slot, ...]:
    begin, end = column[source], column[target]
    if end > begin:
        return tuple((target, at, False) for at in range(begin + 1, end))
    return tuple((target, at, True) for at in range(begin, end - 1, -1))


@dataclass
class _Board:
    boxes: Mapping[str, Box]
    column: Mapping[str, int]
    ways: Mapping[str, tuple[tuple[Slot, ...], ...]]
    order: list[list[Slot]] = field(default_factory=list)
    links: dict[Slot, dict[int, list[Slot]]] = field(default_factory=dict)
    middle: dict[Slot, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = [[] for _ in range(max(self.column.values()) + 1)]
        for name, at in self.column.items():
            self.order[at].append(name)
        for source, ways in self.ways.items():
            for way, (_y, target) in zip(ways, self.boxes[source].ports, strict=True):
                for slot in way:
                    if slot not in self.links:
                        self.order[self.at(slot)].append(slot)
                        self.links[slot] = {}
                for one, other in zip((source, *way), (*way, target), strict=True):
                    self._link(one, other)

    def _link(self, one: Slot, other: Slot) -> None:
        for here, there in ((one, other), (other, one)):
            side = self.at(there) - self.at(here)
            beside = self.links.setdefault(here, {}).setdefault(side, [])
            if there not in beside:
                beside.append(there)

    def at(self, slot: Slot) -> int:
        return self.column[slot] if isinstance(slot, str) else slot[1]

    def sweep(self) -> None:
        """Order each column by the barycentres of its neighbours, to and fro; the order with fewest crossings stays."""
        best, fewest = [list(row) for row in self.order], self.crossings()
        for turn in range(SWEEPS):
            side = -1 if turn % 2 == 0 else 1
            for row in self.order if side < 0 else reversed(self.order):
                self._sort(row, side)
            if (count := self.crossings()) < fewest:
                best, fewest = [list(row) for row in self.order], count
        self.order = best

    def _sort(self, row: list[Slot], side: int) -> None:
        place = {slot: index for line in self.order for index, slot in enumerate(line)}

        def key(slot: Slot) -> float:
            links = self.links.get(slot, {})
            beside = links.get(side) or links.get(0)
            return sum(place[one] for one in beside) / len(beside) if beside else place[slot]

        row.sort(key=key)

    def crossings(self) -> int:
        """Return how many pairs of links between neighbouring columns cross."""
        place = {slot: index for row in self.order for index, slot in enumerate(row)}
        total = 0
        for row in self.order:
            ends = [(place[one], place[other]) for one in row for other in self.links.get(one, {}).get(1, [])]
            total += sum(
                (a - c) * (b - d) < 0 for index, (a, b) in enumerate(ends) for c, d in ends[index + 1 :]
            )  # fmt: skip
        return total

    def size(self, slot: Slot) -> float:
        return self.boxes[slot].height if isinstance(slot, str) else LANE

    def settle(self) -> None:
        """Move cards towards their neighbours' middles, keeping their order and the gaps between them."""
        for row in self.order:
            at = 0.0
            for slot in row:
                self.middle[slot] = at + self.size(slot) / 2
                at += self.size(slot) + GAP_Y
        for turn in range(SWEEPS):
            side = -1 if turn % 2 == 0 else 1
            for row in self.order if side < 0 else reversed(self.order):
                self._place(row, side)
        top = min(self.middle[slot] - self.size(slot) / 2 for slot in self.middle)
        for slot in self.middle:
            self.middle[slot] -= top

    def _place(self, row: Sequence[Slot], side: int) -> None:
        wanted = []
        for slot in row:
            links = self.links.get(slot, {})
            beside = links.get(side) or links.get(0) or links.get(-side) or [slot]
            wanted.append(sum(self.middle[one] for one in beside) / len(beside))
        blocks: list[list[float]] = []  # blocks pressed together: sum of wishes, count, offset of the end
        offset = 0.0
        offsets = []
        for index, slot in enumerate(row):
            half = self.size(slot) / 2
            offset += half if index == 0 else half + self.size(row[index - 1]) / 2 + GAP_Y
            offsets.append(offset)
            blocks.append([wanted[index] - offset, 1.0])
            while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] >= blocks[-1][0] / blocks[-1][1]:
                total, count = blocks.pop()
                blocks[-1][0] += total
                blocks[-1][1] += count
        index = 0
        for total, count in blocks:
            for _ in range(int(count)):
                self.middle[row[index]] = total / count + offsets[index]
                index += 1

    def layout(self) -> Layout:
        widths = [
            max((self.boxes[slot].width for slot in row if isinstance(slot, str)), default=0.0) for row in self.order
        ]
        left = [sum(widths[:index]) + index * GAP_X for index in range(len(widths))]
        corners = {
            name: (left[at], self.middle[name] - self.boxes[name].height / 2) for name, at in self.column.items()
        }
        arrows = {
            name: tuple(
                self._points(corners, left, widths, name, way, port)
                for way, port in zip(ways, self.boxes[name].ports, strict=True)
            )
            for name, ways in self.ways.items()
        }
        height = max(self.middle[slot] + self.size(slot) / 2 for slot in self.middle)
        return Layout(corners, arrows, left[-1] + widths[-1], height)

    def _points(
        self,
        corners: Mapping[str, Point],
        left: Sequence[float],
        widths: Sequence[float],
        name: str,
        way: tuple[Slot, ...],
        port: tuple[float, str],
    ) -> tuple[Point, ...]:
        x, y = corners[name]
        points: list[Point] = [(x + self.boxes[name].width, y + port[0])]
        for slot in way:
            ends = [
                (left[self.at(slot)], self.middle[slot]),
                (left[self.at(slot)] + widths[self.at(slot)], self.middle[slot]),
            ]
            points += reversed(ends) if slot[2] else ends
        target = corners[port[1]]
        points.append((target[0], target[1] + min(22.0, self.boxes[port[1]].height / 2)))
        return tuple(points)
