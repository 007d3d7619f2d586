"""Compiles a scenario over all codes at once, where a good part of them is reached anyway.

A worklist pays for every round, which is dear where each round finds one state. Here the exits of all codes of all
scenes are worked out as arrays, and one breadth-first search over them, scipy's, finds the reachable ones in the order
of their distance. The time is linear in the codes; the compiler only comes here when it has met a fixed part of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from notalone.scenario.core.automaton import Ints
from notalone.scenario.core.graph import ranges
from notalone.scenario.core.plan import Plan, outlook

CHUNK = 1 << 17
ROOM = 1 << 25


@dataclass(frozen=True, slots=True)
class Found:
    """The reachable states in the order of their distance, with their edges in compressed rows."""

    scene: Ints
    code: Ints
    depth: Ints
    shown: tuple[int, ...]
    first: Ints
    source: Ints
    target: Ints
    label: Ints


def codes(made: Sequence[Plan]) -> int | None:
    """Return how many codes there are in all scenes; None where they, or their exits, are too many to hold."""
    if not all(plan.fits for plan in made) or sum(plan.size * (1 + len(plan.exits)) for plan in made) > ROOM:
        return None
    return sum(plan.size for plan in made)


def reachable(made: tuple[Plan, ...], scene: int, code: int, max_states: int) -> Found | None:
    """Return what is reachable from a code of a scene; None where it is more than ``max_states`` states."""
    base = np.cumsum([0, *(plan.size for plan in made)])
    masks, counts, heads, labels = _web(made, base)
    first = np.zeros(len(counts) + 1, dtype=np.int32)
    np.cumsum(counts, out=first[1:])
    web = csr_array((np.ones(len(heads)), heads, first), shape=(len(counts), len(counts)))
    order, before = breadth_first_order(web, int(base[scene]) + code)
    del web
    if len(order) > max_states:
        return None
    number = np.zeros(len(counts), dtype=np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    before[order[0]] = order[0]
    depth = _depths(number[before[order]])
    edges = ranges(first[order].astype(np.int64), first[order + 1].astype(np.int64))
    rows = np.zeros(len(order) + 1, dtype=np.int64)
    np.cumsum(counts[order], out=rows[1:])
    scenes = np.searchsorted(base, order, side="right") - 1
    return Found(
        scene=scenes,
        code=order - base[scenes],
        depth=depth,
        shown=tuple(masks[order].tolist()),
        first=rows,
        source=np.repeat(np.arange(len(order), dtype=np.int64), counts[order]),
        target=number[heads[edges]].astype(np.int64),
        label=labels[edges].astype(np.int64),
    )


def _web(made: tuple[Plan, ...], base: Ints) -> tuple[Ints, NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Return of all codes the lines shown and how many exits are offered; and each such exit's code and label."""
    masks, counts, heads, labels = [], [], [], []
    for scene, plan in enumerate(made):
        bases = np.array([base[way.target] for way in plan.exits], dtype=np.int64)
        names = np.array([way.label for way in plan.exits], dtype=np.int32)
        for begin in range(0, plan.size, CHUNK):
            batch = np.arange(begin, min(begin + CHUNK, plan.size), dtype=np.int64)
            mask, targets = outlook(made, scene, batch)
            masks.append(mask)
            table = np.stack(targets, axis=1) if targets else np.zeros((len(batch), 0), dtype=np.int64)
            offered = table >= 0
            counts.append(offered.sum(axis=1, dtype=np.int32))
            heads.append((table + bases)[offered].astype(np.int32))
            labels.append(np.broadcast_to(names, table.shape)[offered])
    return np.concatenate(masks), np.concatenate(counts), np.concatenate(heads), np.concatenate(labels)


def _depths(before: NDArray[np.int32]) -> Ints:
    """Return how many steps each state is from the first, given each state's predecessor, by pointer jumping."""
    depth = np.ones(len(before), dtype=np.int64)
    depth[0] = 0
    while before.any():
        depth += depth[before]
        before = before[before]
    return depth
