"""Small groups stay hidden, also from whoever subtracts; tried against every sum there is on small tables."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations, product
from math import comb

from hypothesis import given, settings
from hypothesis import strategies as st

from notalone.festival.core.values import LANGUAGES
from notalone.guide.core import cells
from notalone.guide.core.cells import ALL, groups, shown
from notalone.guide.core.judged import AGES

JOINTS = st.dictionaries(
    st.tuples(st.sampled_from(["", "8-9", "10-12"]), st.sampled_from(["vi", "de"])), st.integers(0, 25), max_size=6
)

TABLE = list(product(AGES, LANGUAGES))


def steps(joint):
    """Return how many sets of cells are tried until the groups to show are found."""
    tried, every = [], cells._subsets

    def noted(*given):
        for subset in every(*given):
            tried.append(subset)
            yield subset

    cells._subsets = noted
    try:
        shown(joint)
    finally:
        cells._subsets = every
    return len(tried)


def reduced(rows):
    """Return the rows in reduced echelon form, by exact fractions."""
    rows = [[Fraction(value) for value in row] for row in rows]
    out, column = [], 0
    width = len(rows[0]) if rows else 0
    while rows and column < width:
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            column += 1
            continue
        rows.remove(pivot)
        pivot = [value / pivot[column] for value in pivot]
        clear = lambda row, by=pivot, at=column: [value - row[at] * other for value, other in zip(row, by, strict=True)]  # noqa: E731
        rows, out = [clear(row) for row in rows], [clear(row) for row in out] + [pivot]
        column += 1
    return out


def spans(rows, wanted):
    base = reduced(rows)
    rest = [Fraction(value) for value in wanted]
    for row in base:
        lead = next(at for at, value in enumerate(row) if value)
        rest = [value - rest[lead] * other for value, other in zip(rest, row, strict=True)]
    return not any(rest)


def betrayed(joint, kept, least=10):
    """Return the sets of cells with 1 to 9 visitors whose sum follows exactly from the groups that are kept."""
    cells = sorted(cell for cell, count in joint.items() if count)
    members = groups(joint)
    rows = [[cell in members[group] for cell in cells] for group in kept]
    subsets = chain.from_iterable(combinations(cells, size) for size in range(1, len(cells) + 1))
    return [
        subset
        for subset in subsets
        if 0 < sum(joint[cell] for cell in subset) < least and rows and spans(rows, [cell in subset for cell in cells])
    ]


@settings(max_examples=300, deadline=None)
@given(JOINTS)
def test_no_sum_or_difference_of_what_is_shown_gives_a_group_below_ten(joint):
    kept = shown(joint)
    assert betrayed(joint, kept) == []
    assert kept <= set(groups(joint))


@settings(max_examples=200, deadline=None)
@given(JOINTS)
def test_nothing_is_hidden_where_nothing_would_be_betrayed(joint):
    members = groups(joint)
    large = {group for group, held in members.items() if sum(joint[cell] for cell in held) >= 10}
    if not betrayed(joint, large):
        assert shown(joint) == large


def test_everybody_is_shown_from_ten_on():
    assert shown({("", "vi"): 9}) == frozenset()
    assert ALL in shown({("", "vi"): 10})


def test_one_small_group_hides_the_next_smallest_of_its_table_too():
    joint = {("8-9", "vi"): 4, ("10-12", "vi"): 15, ("13-15", "vi"): 30}
    assert shown(joint) == {ALL, ("age", "13-15"), ("lang", "vi")}


def test_a_language_inside_an_age_band_cannot_be_subtracted_from_it():
    joint = {("18+", "de"): 12, ("18+", "vi"): 5, ("10-12", "vi"): 40}
    kept = shown(joint)
    assert not {("age", "18+"), ("lang", "de")} <= kept


def test_two_small_groups_that_hide_one_another_are_enough():
    joint = {("8-9", "vi"): 6, ("10-12", "vi"): 7, ("13-15", "vi"): 30}
    assert shown(joint) == {ALL, ("age", "13-15"), ("lang", "vi")}


def test_the_largest_table_with_everyone_alone_in_their_cell_is_judged():
    joint = dict.fromkeys(TABLE, 1)
    assert shown(joint) == {ALL}
    assert steps(joint) == 0  # nobody can be told from anybody else: there is nothing to try


def test_the_hardest_table_that_a_search_found_takes_a_few_thousand_steps():
    counts = [5, 1, 5, 1, 1, 1, 1, 8, 2, 1, 8, 1, 4, 1, 6, 9, 1, 1]
    assert steps(dict(zip(TABLE, counts, strict=True))) <= 5000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 1, 1, 2, 3, 4, 5, 8, 9, 10, 40]), min_size=len(TABLE), max_size=len(TABLE)))
def test_no_table_of_the_house_takes_more_steps_than_the_sets_of_nine_of_its_cells(counts):
    assert len(TABLE) == 18
    assert steps(dict(zip(TABLE, counts, strict=True))) <= sum(comb(len(TABLE), size) for size in range(1, 10))
