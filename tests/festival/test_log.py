"""The log of moments: written in the action's transaction, each once, numbered in the order of commits."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import transaction
from tests.festival.festival_making import NOON, PASS, brick

from notalone.festival import actions, queries
from notalone.kit.moments import StampGiven

pytestmark = pytest.mark.django_db(transaction=True)


def record(*moments):
    with transaction.atomic():
        return [actions.record(moment) for moment in moments]


def test_a_moment_comes_back_as_it_was_recorded():
    first, second = (
        brick(1),
        StampGiven(id=brick(2).id, at=NOON, where="one", pass_id=PASS, scenario="s", ending="safe"),
    )
    assert record(first, second) == [True, True]
    assert [moment for _, moment in queries.moments_after(0, 10)] == [first, second]


def test_a_moment_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        actions.record(brick(1))
    assert queries.moments_after(0, 10) == []


def test_a_moment_that_was_recorded_before_changes_nothing():
    assert record(brick(1)) == [True]
    seq = queries.latest_seq()
    assert record(dataclasses.replace(brick(1), text="another text")) == [False]
    assert queries.moments_after(0, 10) == [(seq, brick(1))]


def test_several_moments_are_recorded_once_each_in_their_order():
    record(brick(2))
    with transaction.atomic():
        assert actions.record_many([brick(3), brick(2), brick(1), brick(3)]) == 2
    assert [moment for _, moment in queries.moments_after(0, 10)] == [brick(2), brick(3), brick(1)]
    with transaction.atomic():
        assert actions.record_many([]) == 0


def test_a_moment_of_an_action_that_fails_was_never_there():
    def fail():
        with transaction.atomic():
            actions.record(brick(1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert queries.moments_after(0, 10) == []


def test_followers_read_page_by_page_from_the_number_they_saw():
    record(*(brick(count) for count in range(1, 8)))
    seen, after = [], 0
    while page := queries.moments_after(after, 3):
        assert len(page) <= 3
        seen += [moment for _, moment in page]
        after = page[-1][0]
    assert seen == [brick(count) for count in range(1, 8)]
    assert after == queries.latest_seq()


def test_an_empty_log_has_the_number_zero():
    assert queries.latest_seq() == 0


def test_live_is_nudged_after_the_commit_and_not_before(monkeypatch):
    seen = []
    monkeypatch.setattr(actions.live, "nudge", lambda: seen.append(len(queries.moments_after(0, 9))))
    with transaction.atomic():
        actions.record(brick(1))
        assert seen == []
    assert seen == [1]
    record(brick(1))
    assert seen == [1]


def test_a_nudge_that_fails_leaves_the_moment_in_the_log(monkeypatch):
    def fail():
        raise OSError

    monkeypatch.setattr(actions.live, "nudge", fail)
    assert record(brick(1)) == [True]
    assert len(queries.moments_after(0, 9)) == 1
