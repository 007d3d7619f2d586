"""Bootstrap intervals: visitors are drawn anew, whole, with replacement.

A visitor judges six messages at a time. Rates of three are too coarse for a d′ of each visitor: the correction would
pull every one of them far towards 0. So the counts of a group are pooled, d′ and c are those of the group, and the
bootstrap draws visitors, not messages, which keeps a visitor's answers before and after together (Efron & Tibshirani
1993; cluster bootstrap). The pooled d′ lies a little below the mean of the visitors' own, where they
differ among themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from notalone.guide.core.sensitivity import Counts, bias, sensitivity

RESAMPLES = 2000
LEVEL = 0.95
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the limits of its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A group at one time."""

    sensitivity: Estimate
    bias: Estimate


@dataclass(frozen=True, slots=True)
class Compared:
    """A group at several times, in order; ``changes`` are differences to the first time, within the same visitors."""

    visitors: int
    times: tuple[Measured, ...]
    changes: tuple[Measured, ...]


def compare(visitors: Sequence[Sequence[Counts]], seed: int, resamples: int = RESAMPLES) -> Compared:
    """Return the estimates of a group.

    Args:
        visitors: for each visitor the counts at each time; every visitor has as many times.
        seed: decides the draws, so that the same data always give the same intervals.
        resamples: how many groups are drawn.

    Raises:
        ValueError: there is no visitor, or they differ in the number of times.
    """
    table = np.array([[counts.numbers() for counts in visitor] for visitor in visitors], dtype=np.int64)
    if table.ndim != 3 or table.shape[1] == 0:
        raise ValueError("at least one visitor with at least one time is needed")
    drawn = draws(table, seed, resamples)
    d, c = measures(drawn)
    pooled = [Counts(*(int(number) for number in row)) for row in table.sum(axis=0)]
    values = [(sensitivity(counts), bias(counts)) for counts in pooled]
    times = tuple(
        Measured(_estimate(value[0], d[:, at]), _estimate(value[1], c[:, at])) for at, value in enumerate(values)
    )
    changes = tuple(
        Measured(
            _estimate(values[at][0] - values[0][0], d[:, at] - d[:, 0]),
            _estimate(values[at][1] - values[0][1], c[:, at] - c[:, 0]),
        )
        for at in range(1, len(values))
    )
    return Compared(len(visitors), times, changes)


def draws(table: NDArray[np.int64], seed: int, resamples: int) -> NDArray[np.int64]:
    """Return the pooled counts of drawn groups.

    Visitors with the same answers are interchangeable, so the number of each kind is drawn from a multinomial: the same
    distribution as drawing visitor by visitor, in a time that does not grow with the group.

    Args:
        table: of shape (visitors, times, 4).
        seed: decides the draws.
        resamples: how many groups are drawn.

    Returns:
        Counts of shape (resamples, times, 4).
    """
    visitors, times, _four = table.shape
    kinds, many = np.unique(table.reshape(visitors, -1), axis=0, return_counts=True)
    weights = np.random.default_rng(seed).multinomial(visitors, many / visitors, size=resamples)
    pooled: NDArray[np.int64] = (weights @ kinds).reshape(resamples, times, 4)
    return pooled


def measures(counts: NDArray[np.int64]) -> tuple[_Floats, _Floats]:
    """Return d′ and c of counts whose last axis is hits, misses, false alarms, correct rejections."""
    hit = ndtri((counts[..., 0] + 0.5) / (counts[..., 0] + counts[..., 1] + 1))
    alarm = ndtri((counts[..., 2] + 0.5) / (counts[..., 2] + counts[..., 3] + 1))
    return hit - alarm, -(hit + alarm) / 2


def _estimate(value: float, drawn: _Floats) -> Estimate:
    """Return the percentile interval; it holds the value itself also where a skewed bootstrap leaves it outside."""
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, min(float(low), value), max(float(high), value))
