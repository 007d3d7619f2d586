"""Counting votes, beside counting by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notalone.classes.core import code
from notalone.classes.core.counting import leading, tally

VOTES = st.lists(st.integers(-2, 6), max_size=70)


@given(VOTES, st.integers(0, 5))
def test_each_choice_gets_the_votes_that_were_given_to_it(votes, choices):
    assert tally(votes, choices) == tuple(sum(1 for vote in votes if vote == one) for one in range(choices))


@given(VOTES, st.integers(1, 5))
def test_no_choice_has_more_votes_than_one_that_leads_and_each_of_those_has_as_many(votes, choices):
    counts = tally(votes, choices)
    lead = leading(counts)
    assert lead == tuple(one for one in range(choices) if all(counts[one] >= other for other in counts))


def test_where_nobody_votes_every_choice_leads():
    assert leading((0, 0, 0)) == (0, 1, 2)


@given(st.binary(min_size=10, max_size=20))
def test_a_code_is_five_letters_that_cannot_be_mistaken(entropy):
    made = code.make(entropy)
    assert code.is_code(made)
    assert not set(made) & set("AEIOUYLQ0123456789")


@given(st.binary(min_size=10, max_size=10))
def test_a_code_is_read_however_it_is_typed(entropy):
    made = code.make(entropy)
    assert code.clean(f" {made[:2].lower()}-{made[2:]} ") == made
