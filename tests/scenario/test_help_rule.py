"""S8 beside a brute-force oracle; outside a festival it is reported as not checked."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.example import CALL

from notalone.kit import yamltree
from notalone.scenario.core.check import judge
from notalone.scenario.core.model import Context, Helpline
from notalone.scenario.core.rules.s8 import gap

TODAY = date(2026, 11, 1)
ALL = frozenset({"vi", "en", "de"})


def line(name="Police", ages=(0, 120), here=True, described=ALL, confirmed: date | None = TODAY, topic="police"):
    return Helpline(name.casefold(), name, frozenset({topic}), here, ages, described, (), confirmed)


def verdict(*lines: Helpline, today: date | None = TODAY):
    context = Context(languages=("vi", "en", "de"), country="VN", helplines=lines, today=today)
    found = judge(yamltree.parse(CALL, "call.yaml"), context)
    told = [[one.message for one in some if one.rule == "S8"] for some in (found.violations, found.warnings)]
    assert all((one.line, one.column, one.path) == (8, 8, ("<start>",)) for one in found.violations if one.rule == "S8")
    return told


def test_outside_a_festival_help_is_not_checked():
    found = judge(yamltree.parse(CALL, "call.yaml"))
    assert "S8" in found.not_checked
    assert "S8" not in found.rules
    assert "S8" in judge(yamltree.parse(CALL, "call.yaml"), Context(helplines=())).rules


def test_a_helpline_that_serves_everybody_and_is_confirmed_holds():
    assert verdict(line()) == [[], []]


def test_a_topic_without_a_helpline_in_the_country_is_a_violation():
    assert verdict(line(here=False)) == [["For “police” there is no helpline in VN for the ages 16 to 22."], []]


def test_ages_that_no_helpline_serves_are_told():
    young, old = line("Young", (0, 17)), line("Old", (19, 99))
    assert verdict(young, old) == [["For “police” there is no helpline in VN for the age 18."], []]
    assert verdict(young, line("Old", (18, 99))) == [[], []]


def test_a_helpline_that_is_not_described_in_a_language_does_not_help_there():
    assert verdict(line(described=frozenset({"vi", "en"}))) == [
        ["For “police” no helpline for the ages 16 to 22 is described in “de”: Police."], []
    ]  # fmt: skip


def test_what_nobody_confirmed_is_a_warning_and_what_expired_a_violation():
    assert verdict(line(confirmed=None)) == [[], ["The helpline “Police” is not confirmed by a person yet."]]
    assert verdict(line(confirmed=TODAY - timedelta(days=365))) == [[], []]
    assert verdict(line(confirmed=TODAY - timedelta(days=366))) == [
        ["The confirmation of the helpline “Police” of 2025-10-31 has expired after a year."], []
    ]  # fmt: skip
    assert verdict(line(confirmed=TODAY + timedelta(days=1)))[0] == [
        "The confirmation of the helpline “Police” of 2026-11-02 lies in the future."
    ]


def test_helplines_for_other_ages_and_countries_need_no_confirmation():
    others = line("Children", (0, 10), confirmed=None), line("Abroad", here=False, confirmed=None)
    assert verdict(line(), *others) == [[], []]


@settings(deadline=None)
@given(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))), max_size=4),
)
def test_the_gap_is_the_first_run_of_ages_that_no_span_holds(ages, spans):
    missing = [a for a in range(ages[0], ages[1] + 1) if not any(low <= a <= high for low, high in spans)]
    found = gap(ages, spans)
    if not missing:
        assert found is None
        return
    assert found is not None
    assert found[0] == missing[0]
    assert set(range(found[0], found[1] + 1)) <= set(missing)
    assert found[1] + 1 not in missing
