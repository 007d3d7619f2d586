"""A class in the database: seats, votes, and what is left of them."""

from __future__ import annotations

import pytest

from notalone.classes import actions, queries
from notalone.classes.core import lesson
from notalone.classes.core.lesson import Phase
from notalone.classes.models import Seat, Session, Vote
from notalone.kit import system
from notalone.kit.time import Duration

pytestmark = pytest.mark.django_db


def test_the_sixty_first_phone_is_told_kindly_and_nothing_breaks(code):
    seats = [actions.join(code) for _ in range(60)]
    for _ in range(140):
        with pytest.raises(actions.FullError, match="All 60 places"):
            actions.join(code)
    assert Seat.objects.count() == 60
    assert actions.join(code, seats[7]) == seats[7]
    actions.leave(code, seats[7])
    assert actions.join(code) not in seats


def test_the_last_vote_of_a_phone_counts_once_and_none_is_kept_after_the_count(code, to_vote):
    now = system.now()
    seats = [actions.join(code) for _ in range(5)]
    to_vote(code, now)
    for seat, choice in zip(seats, (0, 1, 1, 1, 0), strict=True):
        actions.vote(code, seat, 1, choice, now)
    actions.vote(code, seats[0], 1, 1, now)
    actions.vote(code, seats[0], 1, 1, now)
    assert queries.state(code)["cast"] == 5
    assert queries.state(code)["counts"] == []
    actions.settle(code, now + Duration.seconds(30))
    state = queries.state(code)
    assert (state["phase"], state["counts"][:2], state["taken"]) == ("result", [1, 4], 1)
    assert Vote.objects.count() == 0


def test_a_vote_after_the_countdown_is_refused_and_closes_it(code, to_vote):
    now = system.now()
    seat = actions.join(code)
    to_vote(code, now)
    with pytest.raises(actions.LateError):
        actions.vote(code, seat, 1, 0, now + Duration.seconds(31))
    assert queries.find(code).lesson.phase is Phase.RESULT


def test_who_leaves_takes_their_vote_along(code, to_vote):
    now = system.now()
    first, second = actions.join(code), actions.join(code)
    to_vote(code, now)
    actions.vote(code, first, 1, 0, now)
    actions.vote(code, second, 1, 1, now)
    actions.leave(code, first)
    actions.act(code, None, now=now)
    assert queries.find(code).lesson.counts[:2] == (0, 1)


def test_a_seat_of_another_class_votes_nowhere_else(code, teacher, story, to_vote):
    other = actions.open_class(teacher, story, "en", "together")
    to_vote(code, system.now())
    with pytest.raises(actions.NoSeatError):
        actions.vote(code, actions.join(other), 1, 0)


def test_a_key_pressed_twice_goes_one_step(code):
    seen = ("lobby", 0, queries.find(code).lesson.at)
    actions.act(code, lesson.Begin(), seen)
    actions.act(code, lesson.Begin(), seen)
    assert queries.find(code).lesson.phase is Phase.READING


def test_how_far_those_are_who_play_alone_is_told_from_five_on(teacher, story):
    code = actions.open_class(teacher, story, "en", "alone")
    seats = [actions.join(code) for _ in range(4)]
    for seat, stage in zip(seats, (0, 1, 3, 3), strict=True):
        actions.reach(code, seat, stage)
    assert queries.stretches(code) is None
    actions.join(code)
    assert queries.stretches(code) == (2, 1, 0, 2)


def test_a_class_is_forgotten_with_all_it_holds_after_a_day(code):
    actions.join(code)
    now = system.now()
    assert actions.forget(now + Duration.seconds(23 * 3600)) == 0
    assert actions.forget(now + Duration.seconds(25 * 3600)) == 1
    assert (Session.objects.count(), Seat.objects.count()) == (0, 0)


def test_no_seat_is_kept_as_its_secret(code):
    secret = actions.join(code)
    assert not Seat.objects.filter(secret=secret).exists()


def test_reading_where_a_class_is_takes_three_queries(code, django_assert_num_queries):
    with django_assert_num_queries(3):
        queries.state(code)
