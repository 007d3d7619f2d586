"""d′ and c against published worked examples and an oracle of their own."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.guide.core.sensitivity import Counts, bias, rates, reading, sensitivity

COUNTS = st.builds(Counts, *(st.integers(0, 60) for _ in range(4)))


def z(rate: Fraction) -> float:
    """Return the normal quantile by bisection of the error function: no library's inverse is used."""
    low, high = -10.0, 10.0
    for _ in range(200):
        middle = (low + high) / 2
        if (1 + math.erf(middle / math.sqrt(2))) / 2 < rate:
            low = middle
        else:
            high = middle
    return low


def oracle(counts: Counts) -> tuple[float, float]:
    hit = z(Fraction(2 * counts.hits + 1, 2 * (counts.hits + counts.misses) + 2))
    alarm = z(Fraction(2 * counts.false_alarms + 1, 2 * (counts.false_alarms + counts.correct_rejections) + 2))
    return hit - alarm, -(hit + alarm) / 2


def test_the_worked_example_of_the_statistics_package_statpsych_comes_out_in_every_digit():
    """Bonett, statpsych 1.7, ``signal(82, 46, 100, 100)`` after Wickens 2002, with the log-linear correction."""
    counts = Counts(82, 18, 46, 54)
    assert rates(counts) == (pytest.approx(0.8168317, abs=5e-8), pytest.approx(0.460396, abs=5e-7))
    assert sensitivity(counts) == pytest.approx(1.002793, abs=5e-7)
    assert bias(counts) == pytest.approx(-0.4019603, abs=5e-8)


@pytest.mark.parametrize(("hit", "alarm", "expected"), [(0.7, 0.1, 1.806), (0.5, 0.4, 0.253), (0.85, 0.05, 2.681)])
def test_the_three_subjects_of_schneiders_notes_come_out_where_the_correction_vanishes(hit, alarm, expected):
    """Schneider, “Short notes on theory of signal detection”: plain rates; a million trials leave no correction."""
    many = 1_000_000
    counts = Counts(*(round(many * rate) for rate in (hit, 1 - hit, alarm, 1 - alarm)))
    assert sensitivity(counts) == pytest.approx(expected, abs=1e-3)


@given(COUNTS)
def test_both_equal_an_independent_computation(counts):
    expected = oracle(counts)
    assert sensitivity(counts) == pytest.approx(expected[0], abs=1e-9)
    assert bias(counts) == pytest.approx(expected[1], abs=1e-9)


@given(COUNTS)
def test_answering_everything_the_other_way_turns_both_signs(counts):
    turned = Counts(counts.misses, counts.hits, counts.correct_rejections, counts.false_alarms)
    assert sensitivity(turned) == pytest.approx(-sensitivity(counts), abs=1e-9)
    assert bias(turned) == pytest.approx(-bias(counts), abs=1e-9)


def test_who_calls_everything_not_genuine_has_no_sensitivity_and_a_bias_below_zero():
    distrust, trust = Counts(3, 0, 3, 0), Counts(0, 3, 0, 3)
    assert sensitivity(distrust) == 0 == sensitivity(trust)
    assert bias(distrust) == pytest.approx(-1.1503494, abs=1e-6)
    assert bias(trust) == -bias(distrust)


def test_nothing_judged_is_guessing():
    assert (sensitivity(Counts(0, 0, 0, 0)), abs(bias(Counts(0, 0, 0, 0)))) == (0, 0)


def test_a_count_below_zero_is_refused():
    with pytest.raises(ValueError, match="at least 0"):
        Counts(1, -1, 0, 0)


@pytest.mark.parametrize(
    ("sensitivity_change", "bias_change", "word"),
    [
        ((0.2, 0.9), (-0.1, 0.3), "notices"),
        ((0.2, 0.9), (-0.8, -0.2), "both"),
        ((-0.2, 0.4), (-0.8, -0.2), "distrusts"),
        ((-0.9, -0.2), (-0.8, -0.2), "less"),
        ((-0.2, 0.2), (0.1, 0.4), "trusts"),
        ((-0.2, 0.2), (-0.1, 0.4), "open"),
    ],
)
def test_a_story_that_only_teaches_distrust_is_called_so(sensitivity_change, bias_change, word):
    assert reading(sensitivity_change, bias_change) == word
