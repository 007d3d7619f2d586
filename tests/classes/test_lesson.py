"""A class from the lobby to the end: driven at random beside a plain model of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from notalone.classes.core import kept, lesson
from notalone.classes.core.counting import tally
from notalone.classes.core.lesson import Lesson, LessonError, Phase, Story
from notalone.kit.time import Duration, Instant

# 0 chooses 1, 2 or 0 again; 1 goes on by itself; 2 has one way; 3 ends
STORY = Story(start=0, targets=((1, 2, 0), (), (3,), ()), timeouts=(None, 3, None, None), endings=frozenset({3}))
NOON = Instant(1_800_000_000_000)


class Class(RuleBasedStateMachine):
    """Sixty phones, a teacher, a clock."""

    def __init__(self):
        super().__init__()
        self.now = NOON
        self.state = Lesson()
        self.votes = {}
        self.rounds = 0

    def do(self, event):
        before = self.state
        try:
            self.state = lesson.step(STORY, before, event, self.now)
        except LessonError:
            assert self.state == before

    @rule(seconds=st.integers(0, 40))
    def time_passes(self, seconds):
        self.now = self.now + Duration.seconds(seconds)
        if lesson.is_due(self.state, self.now):
            self.close()

    @rule(event=st.sampled_from([lesson.Begin(), lesson.Stop(), lesson.Resume(), lesson.More(10), lesson.Next()]))
    def the_teacher_presses_a_key(self, event):
        self.do(event)

    @precondition(lambda self: self.state.phase is not Phase.VOTING)
    @rule(event=st.sampled_from([lesson.Ask(20), lesson.Again(20)]))
    def the_class_is_asked(self, event):
        self.do(event)
        if self.state.phase is Phase.VOTING:
            self.votes = {}
            self.rounds += 1

    @rule(seat=st.integers(0, 59), choice=st.integers(-1, 4), late=st.integers(0, 1))
    def a_phone_votes(self, seat, choice, late):
        counts = lesson.may_vote(self.state, self.rounds - late, choice, self.now)
        assert counts == (self.state.phase is Phase.VOTING and not late and choice in self.state.open)
        if counts:
            self.votes[seat] = choice

    @precondition(lambda self: self.state.phase is Phase.VOTING)
    @rule()
    def close(self):
        offered = len(STORY.targets[self.state.at])
        self.do(lesson.Close(tally(self.votes.values(), offered)))
        counts = [list(self.votes.values()).count(one) for one in range(offered)]
        assert list(self.state.counts) == counts
        best = [one for one in self.state.open if counts[one] == max(counts[two] for two in self.state.open)]
        assert self.state.taken == (best[0] if len(best) == 1 else None)
        assert list(lesson.tied(self.state)) == ([] if len(best) == 1 else best)

    @rule(choice=st.integers(0, 3))
    def the_teacher_decides(self, choice):
        allowed = choice in lesson.tied(self.state)
        self.do(lesson.Take(choice))
        assert not allowed or self.state.taken == choice

    @invariant()
    def the_state_survives_being_kept(self):
        assert kept.from_json(json.loads(json.dumps(kept.to_json(self.state)))) == self.state

    @invariant()
    def while_it_votes_nobody_is_told_a_count(self):
        if self.state.phase is Phase.VOTING:
            assert kept.told(self.state, 0, 60, len(self.votes))["counts"] == []

    @invariant()
    def the_countdown_runs_or_stands_only_while_it_votes(self):
        given = (self.state.ends is not None) + (self.state.left is not None)
        assert given == (self.state.phase is Phase.VOTING)

    @invariant()
    def the_path_is_one_of_the_story(self):
        at = [state for state, _ in self.state.path] + [self.state.at]
        for (state, choice), target in zip(self.state.path, at[1:], strict=True):
            assert target == (STORY.timeouts[state] if choice < 0 else STORY.targets[state][choice])


TestClass = Class.TestCase
TestClass.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


def voting(seconds=30):
    begun = lesson.step(STORY, Lesson(), lesson.Begin(), NOON)
    return lesson.step(STORY, begun, lesson.Ask(seconds), NOON)


def test_stopping_keeps_what_was_left_and_going_on_counts_from_there():
    after = Duration.seconds(12)
    stopped = lesson.step(STORY, voting(), lesson.Stop(), NOON + after)
    assert stopped.left == Duration.seconds(18)
    assert not lesson.is_due(stopped, NOON + Duration.seconds(5000))
    later = NOON + Duration.seconds(100)
    assert lesson.step(STORY, stopped, lesson.Resume(), later).ends == later + Duration.seconds(18)


def test_a_vote_counts_until_the_very_end_of_the_countdown_and_not_at_it():
    assert lesson.may_vote(voting(), 1, 2, NOON + Duration(29_999))
    assert not lesson.may_vote(voting(), 1, 2, NOON + Duration(30_000))


def test_a_second_vote_is_on_the_tied_choices_alone():
    tie = lesson.step(STORY, voting(), lesson.Close((4, 1, 4)), NOON)
    assert lesson.tied(tie) == (0, 2)
    again = lesson.step(STORY, tie, lesson.Again(20), NOON)
    assert again.open == (0, 2)
    assert not lesson.may_vote(again, 2, 1, NOON)


def test_a_class_that_is_over_takes_nothing_more():
    over = lesson.step(STORY, voting(), lesson.End(), NOON)
    with pytest.raises(LessonError, match="over"):
        lesson.step(STORY, over, lesson.Begin(), NOON)
