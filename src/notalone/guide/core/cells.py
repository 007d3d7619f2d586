"""Which groups may be shown: none of fewer than ten, nor any that follows from those that are shown.

A scenario's visitors are published in fixed tables: all of them, by age band, by language. Whoever knows two totals
knows their difference. So a set of groups may be shown only if no set of one to nine visitors can be reckoned exactly
from them, by any sums and differences. Every such set is a union of small cells of the table age band × language, and
can be reckoned if and only if its indicator lies in the linear span of the shown groups' indicators; all are tried.
Cells that lie in the same shown groups are one: whatever lies in the span holds both or neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

LEAST = 10
ALL = ("all", "")
Group = tuple[str, str]
_CHUNK = 4096


def groups(joint: Mapping[tuple[str, str], int]) -> dict[Group, frozenset[tuple[str, str]]]:
    """Return every group of the fixed tables with the cells that it holds: all, each age band, each language."""
    cells = [cell for cell, count in joint.items() if count]
    out = {ALL: frozenset(cells)}
    for axis, name in enumerate(("age", "lang")):
        for value in sorted({cell[axis] for cell in cells}):
            out[(name, value)] = frozenset(cell for cell in cells if cell[axis] == value)
    return out


def shown(joint: Mapping[tuple[str, str], int], least: int = LEAST) -> frozenset[Group]:
    """Return the groups that may be shown.

    Args:
        joint: how many visitors each (age band, language) has.
        least: the smallest group that may be known.

    Returns:
        Some of the keys of ``groups(joint)``: those of at least ``least`` visitors, without the smallest ones that had
        to be hidden as well so that no smaller group follows.
    """
    cells = sorted(cell for cell, count in joint.items() if count)
    members = groups(joint)
    size = {group: sum(joint[cell] for cell in held) for group, held in members.items()}
    kept = {group for group in members if size[group] >= least}
    while kept and _betrays(*_merged(cells, joint, [members[group] for group in sorted(kept)]), least):
        kept.remove(min(kept, key=lambda group: (group == ALL, size[group], group)))
    return frozenset(kept)


def _merged(
    cells: list[tuple[str, str]], joint: Mapping[tuple[str, str], int], held: list[frozenset[tuple[str, str]]]
) -> tuple[list[list[bool]], list[int]]:
    """Return the shown groups over the classes of cells that lie in the same of them, and the classes' visitors."""
    counts: dict[tuple[bool, ...], int] = {}
    for cell in cells:
        where = tuple(cell in one for one in held)
        counts[where] = counts.get(where, 0) + joint[cell]
    return [list(row) for row in zip(*counts, strict=True)], list(counts.values())


def _betrays(rows: list[list[bool]], counts: list[int], least: int) -> bool:
    """Say whether the shown groups' sums give that of a set of fewer than ``least`` visitors."""
    small = [index for index, count in enumerate(counts) if count < least]
    matrix = np.array(rows, dtype=float)
    _u, values, right = np.linalg.svd(matrix)
    rank = int((values > 1e-9).sum())
    null = right[rank:]
    chunk: list[tuple[int, ...]] = []
    for subset in _subsets(small, counts, least):
        chunk.append(subset)
        if len(chunk) == _CHUNK:
            if _spanned(chunk, null):
                return True
            chunk = []
    return bool(chunk) and _spanned(chunk, null)


def _spanned(subsets: list[tuple[int, ...]], null: NDArray[np.float64]) -> bool:
    vectors = np.zeros((len(subsets), null.shape[1]))
    for row, subset in enumerate(subsets):
        vectors[row, list(subset)] = 1
    return bool((np.abs(vectors @ null.T).max(axis=1, initial=0) < 1e-9).any())


def _subsets(small: list[int], counts: list[int], least: int) -> Iterator[tuple[int, ...]]:
    """Yield every set of cells that holds one to ``least`` − 1 visitors."""
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    while stack:
        start, total, subset = stack.pop()
        for position in range(start, len(small)):
            index = small[position]
            if total + counts[index] < least:
                grown = (*subset, index)
                yield grown
                stack.append((position + 1, total + counts[index], grown))
