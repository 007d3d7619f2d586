"""Laying bricks, deciding on them, forgetting passes."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from tests.wall.wall_making import PASS, fresh_id

from notalone.festival import queries as festival
from notalone.kit import system
from notalone.kit.moments import BrickLaid
from notalone.kit.time import Duration, Instant
from notalone.people import queries as people
from notalone.wall import actions, queries
from notalone.wall.core.life import Event, Kind, Reason, State, first, sources, step
from notalone.wall.models import HINT_NAMES, REASON_NAMES, Brick

pytestmark = pytest.mark.django_db


def laid() -> list[tuple[str, str, str]]:
    """Return the bricks that the log tells of."""
    moments = [moment for _, moment in festival.moments_after(0, 1000)]
    return [(one.brick, one.text, one.kind) for one in moments if isinstance(one, BrickLaid)]


def audited() -> list[tuple[str, str, str]]:
    entries = [one for one in people.audit_entries() if one.verb.endswith("-brick")]
    return [(one.person, one.verb, one.subject) for one in reversed(entries)]


def test_a_chosen_message_joins_the_wall_at_once_in_the_visitors_language():
    brick = fresh_id()
    assert actions.lay_chosen(brick, "one", PASS, "not-alone", "vi") is State.SHOWN
    said = festival.festival().say("You are not alone.", "vi")
    assert said != "You are not alone."
    assert [(one.id, one.text, one.lang, one.place) for one in queries.bricks()] == [(brick, said, "vi", 1)]
    assert laid() == [(str(brick), said, "chosen")]


def test_the_moment_carries_place_and_pass_of_its_brick():
    brick = fresh_id()
    before = system.now()
    actions.lay_chosen(brick, "two", PASS, "tell", "en")
    [(_, moment)] = festival.moments_after(0, 10)
    assert (moment.where, moment.pass_id) == ("two", PASS)
    assert before <= moment.at <= system.now()


def test_own_words_are_held_and_nobody_sees_them():
    brick = fresh_id()
    assert actions.lay_own(brick, "one", "  Gọi mình 0912 345 678 nhé ", "vi") is State.HELD
    assert (queries.bricks(), queries.count(), laid()) == ((), 0, [])
    [held] = queries.queue()
    assert (held.id, held.text, held.hints) == (brick, "Gọi mình 0912 345 678 nhé", ("phone",))
    assert queries.queue_length() == 1


def test_the_same_brick_sent_again_changes_nothing():
    brick = fresh_id()
    for _ in range(3):
        assert actions.lay_chosen(brick, "one", None, "not-alone", "en") is State.SHOWN
    assert (queries.count(), len(laid())) == (1, 1)


def test_own_words_sent_again_tell_how_they_stand_now(moderator):
    brick = fresh_id()
    actions.lay_own(brick, "one", "Hallo du", "de")
    actions.approve(moderator, brick)
    assert actions.lay_own(brick, "one", " Hallo  du", "de") is State.APPROVED
    assert len(laid()) == 1


@pytest.mark.parametrize("other", [("two", "Hello"), ("one", "Something else")])
def test_an_id_is_not_given_to_another_brick(other):
    brick = fresh_id()
    actions.lay_own(brick, "one", "Hello", "en")
    with pytest.raises(actions.OtherBrickError):
        actions.lay_own(brick, other[0], other[1], "en")
    with pytest.raises(actions.OtherBrickError):
        actions.lay_chosen(brick, "one", None, "tell", "en")
    assert queries.queue_length() == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((fresh_id(), "onne", None, "not-alone", "en"), "There is no station “onne”. Did you mean “one”?"),
        ((fresh_id(), "one", None, "not-alon", "en"), "There is no message “not-alon”. Did you mean “not-alone”?"),
        ((fresh_id(), "one", None, "not-alone", "fr"), "The festival does not speak “fr”."),
        ((fresh_id(), "one", "short", "not-alone", "en"), "That is not a pass."),
        ((uuid4(), "one", None, "not-alone", "en"), "A brick's id is a UUID of version 7."),
    ],
)
def test_a_brick_that_fits_nothing_is_refused_in_one_sentence(given, why):
    with pytest.raises(actions.RefusedError) as caught:
        actions.lay_chosen(*given)
    assert str(caught.value) == why
    assert Brick.objects.count() == 0


def test_too_long_words_are_refused_with_their_length():
    with pytest.raises(actions.RefusedError) as caught:
        actions.lay_own(fresh_id(), "one", "ă" * 150, "vi")
    assert str(caught.value) == "That is too long: a brick holds 140 letters, and this has 150."


def test_approved_words_join_the_wall_and_the_decision_is_audited(moderator):
    brick = fresh_id()
    actions.lay_own(brick, "one", "Ich bin da.", "de")
    actions.approve(moderator, brick)
    assert laid() == [(str(brick), "Ich bin da.", "own")]
    assert [one.id for one in queries.bricks()] == [brick]
    assert queries.queue() == ()
    assert audited() == [("mai", "approve-brick", str(brick))]
    assert "Ich bin da." not in str([one.detail for one in people.audit_entries()])


def test_refused_words_stay_off_the_wall_with_their_reason(moderator):
    brick = fresh_id()
    actions.lay_own(brick, "one", "You are stupid", "en")
    actions.refuse(moderator, brick, Reason.UNKIND)
    assert (queries.count(), queries.queue_length(), laid()) == (0, 0, [])
    [decision] = queries.decided()
    assert (decision.state, decision.reason, decision.by) == ("refused", "unkind", "mai")
    assert audited() == [("mai", "refuse-brick", str(brick))]


def test_an_approval_taken_back_takes_the_brick_off_and_the_words_wait_again(moderator):
    brick = fresh_id()
    actions.lay_own(brick, "one", "Hi", "en")
    actions.approve(moderator, brick)
    actions.undo(moderator, brick)
    assert (queries.count(), queries.bricks()) == (0, ())
    assert queries.gone() == (brick,)
    assert [one.id for one in queries.queue()] == [brick]
    actions.approve(moderator, brick)
    assert (queries.gone(), queries.count(), len(laid())) == ((), 1, 2)


def test_a_refusal_taken_back_waits_again(moderator):
    brick = fresh_id()
    actions.lay_own(brick, "one", "Hi", "en")
    actions.refuse(moderator, brick, Reason.NOISE)
    actions.undo(moderator, brick)
    assert [one.id for one in queries.queue()] == [brick]
    assert queries.gone() == ()
    assert Brick.objects.get(pk=brick).reason == ""


def test_a_brick_that_joins_again_comes_after_those_that_joined_meanwhile(moderator):
    one, two = fresh_id(), fresh_id()
    actions.lay_own(one, "one", "first", "en")
    actions.approve(moderator, one)
    after = queries.bricks()[-1].place
    actions.undo(moderator, one)
    actions.lay_chosen(two, "one", None, "tell", "en")
    actions.approve(moderator, one)
    assert [brick.id for brick in queries.bricks(after)] == [two, one]
    assert [brick.id for brick in queries.newest(1)] == [one]


def test_a_click_sent_twice_does_not_take_back_what_was_decided_in_between(moderator, somebody):
    brick = fresh_id()
    actions.lay_own(brick, "one", "Hi", "en")
    actions.approve(moderator, brick)
    [decision] = queries.decided()
    actions.undo(moderator, brick, decision.turn)
    actions.refuse(somebody("an", "moderator"), brick, Reason.NOISE)
    with pytest.raises(actions.DecidedError):
        actions.undo(moderator, brick, decision.turn)
    assert Brick.objects.get(pk=brick).state == State.REFUSED


def test_whoever_decides_second_is_told_who_was_first(moderator, somebody):
    brick = fresh_id()
    actions.lay_own(brick, "one", "Hi", "en")
    actions.approve(somebody("an", "moderator"), brick)
    with pytest.raises(actions.DecidedError) as caught:
        actions.refuse(moderator, brick, Reason.NOISE)
    assert str(caught.value) == "Already decided: “an” approved these words."
    assert len(audited()) == 1


def test_nobody_decides_on_a_brick_that_is_not_there_or_was_chosen(moderator):
    with pytest.raises(actions.DecidedError, match="no such brick"):
        actions.approve(moderator, fresh_id())
    brick = fresh_id()
    actions.lay_chosen(brick, "one", None, "tell", "en")
    with pytest.raises(actions.DecidedError, match="needs no decision"):
        actions.undo(moderator, brick)


@pytest.mark.parametrize(
    ("ask", "queries_made"),
    [
        (lambda: queries.bricks(0, 50), 1),
        (lambda: queries.newest(50), 1),
        (queries.count, 1),
        (queries.gone, 1),
        (lambda: queries.queue(50), 1),
        (queries.queue_length, 1),
        (queries.decided, 1),
    ],
)
def test_a_question_costs_one_query_however_long_the_wall(ask, queries_made, moderator, django_assert_num_queries):
    for number in range(12):
        actions.lay_chosen(fresh_id(), "one", None, "tell", "en")
        brick = fresh_id()
        actions.lay_own(brick, "one", f"words {number}", "en")
        if number % 3:
            actions.approve(moderator, brick)
    with django_assert_num_queries(queries_made):
        ask()


def test_the_limit_of_a_question_holds():
    ids = [fresh_id() for _ in range(5)]
    for brick in ids:
        actions.lay_chosen(brick, "one", None, "tell", "en")
    assert [one.id for one in queries.bricks(1, 3)] == ids[1:4]
    assert [one.id for one in queries.newest(2)] == ids[3:]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("event", list(Event))
def test_the_life_of_a_brick_is_this_table(state, event):
    table = {
        (State.HELD, Event.APPROVE): State.APPROVED,
        (State.HELD, Event.REFUSE): State.REFUSED,
        (State.APPROVED, Event.UNDO): State.HELD,
        (State.REFUSED, Event.UNDO): State.HELD,
    }
    assert step(state, event) == table.get((state, event))
    assert (state in sources(event)) == ((state, event) in table)


def test_own_words_are_never_shown_unread():
    assert (first(Kind.OWN), first(Kind.CHOSEN)) == (State.HELD, State.SHOWN)


def test_every_reason_and_hint_has_a_name():
    from notalone.wall.core.words import Hint

    assert set(REASON_NAMES) == set(Reason)
    assert set(HINT_NAMES) == set(Hint)
    assert isinstance(fresh_id(), UUID)


def test_refused_words_are_deleted_after_30_days_and_no_others(moderator):
    refused, held, approved = fresh_id(), fresh_id(), fresh_id()
    for brick in (refused, held, approved):
        actions.lay_own(brick, "one", f"words {brick}", "en")
    actions.refuse(moderator, refused, Reason.UNKIND)
    actions.approve(moderator, approved)
    decided = Instant.of(Brick.objects.get(pk=refused).decided_at)
    month = Duration.seconds(30 * 86_400)
    assert actions.forget_refused(decided + month) == 0
    assert actions.forget_refused(decided + month + Duration(1)) == 1
    assert set(Brick.objects.values_list("pk", flat=True)) == {held, approved}
