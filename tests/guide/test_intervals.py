"""Bootstrap intervals against every resample there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from notalone.guide.core.intervals import compare, draws, measures
from notalone.guide.core.sensitivity import Counts, bias, sensitivity

VISITORS = [
    (Counts(1, 2, 1, 2), Counts(3, 0, 1, 2)),
    (Counts(2, 1, 0, 3), Counts(2, 1, 0, 3)),
    (Counts(0, 3, 2, 1), Counts(3, 0, 3, 0)),
    (Counts(2, 1, 0, 3), Counts(2, 1, 0, 3)),
]


def every_resample(visitors):
    """Return d′ and c before, after, and their changes, for each of the n^n groups that can be drawn."""
    out = []
    for group in itertools.product(visitors, repeat=len(visitors)):
        pooled = [sum((visitor[at] for visitor in group[1:]), group[0][at]) for at in (0, 1)]
        (d1, c1), (d2, c2) = ((sensitivity(counts), bias(counts)) for counts in pooled)
        out.append((d1, d2, d2 - d1, c1, c2, c2 - c1))
    return np.array(out)


def test_the_intervals_are_those_of_every_resample_there_is():
    expected = every_resample(VISITORS)
    found = compare(VISITORS, seed=7, resamples=60_000)
    before, after, change = found.times[0], found.times[1], found.changes[0]
    for column, measured in enumerate((before, after, change)):
        for offset, one in ((0, measured.sensitivity), (3, measured.bias)):
            exact = np.sort(expected[:, column + offset])
            share_low, share_high = (exact < one.low - 1e-9).mean(), (exact > one.high + 1e-9).mean()
            assert share_low <= 0.025 + 0.004
            assert share_high <= 0.025 + 0.004
            assert (exact <= one.low + 1e-9).mean() >= 0.025 - 0.004
            assert (exact >= one.high - 1e-9).mean() >= 0.025 - 0.004


def test_drawing_kinds_of_visitors_is_drawing_visitors():
    table = np.array([[counts.numbers() for counts in visitor] for visitor in VISITORS])
    d, c = measures(draws(table, 3, 80_000))
    exact = every_resample(VISITORS)
    assert d.mean(axis=0) == pytest.approx(exact[:, :2].mean(axis=0), abs=0.01)
    assert c.std(axis=0) == pytest.approx(exact[:, 3:5].std(axis=0), abs=0.01)


def test_the_values_are_those_of_the_pooled_counts():
    found = compare(VISITORS, seed=1)
    assert found.visitors == 4
    assert found.times[0].sensitivity.value == sensitivity(Counts(5, 7, 3, 9))
    assert found.changes[0].bias.value == bias(Counts(10, 2, 4, 8)) - bias(Counts(5, 7, 3, 9))


def test_the_same_data_give_the_same_intervals_and_hold_the_value():
    assert compare(VISITORS, seed=5) == compare(VISITORS, seed=5)
    for one in (compare(VISITORS, seed=5).changes[0].sensitivity, compare(VISITORS[:1] * 12, seed=5).changes[0].bias):
        assert one.low <= one.value <= one.high


def test_visitors_who_all_answer_alike_leave_no_doubt_about_the_group():
    one = compare(VISITORS[:1] * 30, seed=2).times[1].sensitivity
    assert one.low == pytest.approx(one.value) == pytest.approx(one.high)


def test_nobody_is_no_group():
    with pytest.raises(ValueError, match="at least one visitor"):
        compare([], seed=1)
