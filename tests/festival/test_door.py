"""The stations' door: what fits the scenario comes in once, and all else is refused with one sentence."""

from __future__ import annotations

import contextlib
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.festival.festival_making import NOON, PASS, Sent

from notalone.festival import actions, queries
from notalone.festival.models import Moment, Pass, Stamp
from notalone.kit.moments import StampGiven
from notalone.kit.time import Duration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def types():
    return [moment.type for _, moment in queries.moments_after(0, 1000)]


def test_a_whole_play_is_received_and_stamps_the_pass(sent):
    play = [sent.started(), sent.entered(), sent.flag(), sent.chose(), sent.ended()]
    assert actions.receive(play, NOON) == 5
    assert types() == ["run-started", "scene-entered", "flag-seen", "choice-made", "ending-reached", "stamp-given"]
    story = queries.pass_story(PASS)
    assert story.created == NOON
    assert [(stamp.scenario, stamp.ending, stamp.flags, stamp.at) for stamp in story.stamps] == [
        ("lucky-gems", "safe", ("hurry",), NOON)
    ]
    given_stamp = queries.moments_after(0, 10)[-1][1]
    assert isinstance(given_stamp, StampGiven)
    assert (given_stamp.at, given_stamp.where, given_stamp.pass_id) == (NOON, "one", PASS)
    assert Pass.objects.get().lang == "vi"


def test_a_play_that_is_sent_again_changes_nothing(sent):
    play = [sent.started(), sent.flag(), sent.ended()]
    assert actions.receive(play, NOON) == 3
    before = queries.moments_after(0, 100)
    assert actions.receive(play, NOON) == 0
    assert actions.receive([play[2], play[0]], NOON) == 0
    assert queries.moments_after(0, 100) == before
    assert Stamp.objects.count() == 1


def test_a_play_sent_in_pieces_keeps_its_flags(sent):
    for piece in ([sent.started()], [sent.flag()], [sent.flag(scene="code", flag="code")], [sent.ended()]):
        actions.receive(piece, NOON)
    assert queries.pass_story(PASS).stamps[0].flags == ("hurry", "code")


def test_a_second_play_adds_its_flags_and_is_stamped_once(sent):
    actions.receive([sent.flag(), sent.ended()], NOON)
    again = [sent.flag(run="run-2", scene="look", flag="address"), sent.flag(run="run-2", flag="hurry")]
    actions.receive([*again, sent.ended(run="run-2", scene="back", ending="recovered")], NOON)
    assert [(stamp.ending, stamp.flags) for stamp in queries.pass_story(PASS).stamps] == [
        ("recovered", ("hurry", "address"))
    ]
    assert types().count("stamp-given") == 1


def test_a_play_without_a_pass_stamps_nothing(sent):
    actions.receive([sent.started(**{"pass": None}), sent.ended(**{"pass": None})], NOON)
    assert types() == ["run-started", "ending-reached"]
    assert Pass.objects.count() == 0


def test_the_flags_of_another_pass_stay_its_own(sent):
    actions.receive([sent.flag(**{"pass": "another-visitor-0002"}), sent.ended()], NOON)
    assert queries.pass_story(PASS).stamps[0].flags == ()


def test_nothing_is_written_when_one_moment_is_refused(sent):
    with pytest.raises(actions.RefusedError) as refused:
        actions.receive([sent.started(), sent.entered(scene="ofer")], NOON)
    assert str(refused.value) == "moment 1: there is no scene 'ofer'; did you mean 'offer'?"
    assert refused.value.index == 1
    assert Moment.objects.count() == 0


REFUSED = [
    ("started", {"where": "onne"}, "there is no station 'onne'; did you mean 'one'?"),
    ("started", {"where": "elsewhere/at-all"}, "there is no station 'elsewhere/at-all'"),
    ("started", {"scenario": "other"}, "the station one plays lucky-gems, not 'other'"),
    ("started", {"lang": "fr"}, "the language 'fr' is not one of en, vi, de"),
    ("started", {"score": "<script>"}, "the field 'score' is not the hash of a score"),
    ("started", {"run": ""}, "the field 'run' is not made of 1 to 64 letters, digits, - and _"),
    ("started", {"run": "a\x00b"}, "the field 'run' is not made of 1 to 64 letters, digits, - and _"),
    ("started", {"run": 7}, "the field 'run' of a moment run-started is not a str"),
    ("started", {"v": 2}, "this version reads moments of version 1, not 2"),
    ("started", {"more": 1}, "a moment run-started has no field 'more'"),
    ("started", {"type": "run-begun"}, "there is no moment of type 'run-begun'"),
    ("started", {"pass": "short"}, "the field 'pass' of a moment is not a pass"),
    ("entered", {"cue": "blackout"}, "the scene offer has another cue or intensity"),
    ("entered", {"intensity": 4}, "the scene offer has another cue or intensity"),
    ("flag", {"flag": "hury"}, "there is no flag 'hury'; did you mean 'hurry'?"),
    ("flag", {"flag": "code"}, "the scene offer does not show the flag code"),
    ("chose", {"choice": 3}, "the scene offer has no choice 3"),
    ("chose", {"choice": -2}, "the scene offer has no choice -2"),
    ("chose", {"choice": -1, "risk": False}, "the scene offer has no timeout"),
    ("chose", {"choice": 10**30}, f"the scene offer has no choice {10**30}"),
    ("chose", {"risk": False}, "the choice 0 of the scene offer has another risk or skill"),
    ("chose", {"skill": "<b>"}, "the choice 0 of the scene offer has another risk or skill"),
    ("ended", {"ending": "recovered"}, "the scene reported does not end 'recovered'"),
    ("ended", {"scene": "offer"}, "the scene offer does not end 'safe'"),
]


@pytest.mark.parametrize(("kind", "fields", "why"), REFUSED, ids=[f"{kind} {fields}" for kind, fields, _ in REFUSED])
def test_what_cannot_happen_in_the_scenario_is_refused_with_one_sentence(sent, kind, fields, why):
    with pytest.raises(actions.RefusedError) as refused:
        actions.receive([getattr(sent, kind)(**fields)], NOON)
    assert str(refused.value) == f"moment 0: {why}"
    assert Moment.objects.count() == 0


def test_what_the_house_alone_records_is_refused(sent):
    stamp = sent.moment("stamp-given", ending="safe")
    del stamp["run"]
    with pytest.raises(actions.RefusedError, match="a station does not send moments of type stamp-given"):
        actions.receive([stamp], NOON)


def test_a_moment_of_the_past_48_hours_or_the_next_5_minutes_is_taken_and_no_other():
    hours, minutes = 3_600_000, 60_000
    for away in (-48 * hours, 0, 5 * minutes):
        at = NOON + Duration(away)
        assert actions.receive([Sent(at).started()], NOON) == 1
    for away, why in ((-48 * hours - 1, "more than 48 hours ago"), (5 * minutes + 1, "is in the future")):
        with pytest.raises(actions.RefusedError, match=why):
            actions.receive([Sent(NOON + Duration(away)).started()], NOON)


def test_a_timeout_is_a_choice_only_where_the_scene_has_one(sent, folder):
    file = folder.path / "scenarios/lucky-gems/scenario.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  look:\n", "    timeout: {after: 30, to: look}\n  look:\n"), encoding="utf-8")
    assert actions.receive([sent.chose(choice=-1, risk=False)], NOON) == 1
    with pytest.raises(actions.RefusedError, match="a timeout has neither risk nor skill"):
        actions.receive([sent.chose(choice=-1, risk=True)], NOON)


def test_more_than_a_hundred_moments_are_refused(sent):
    with pytest.raises(actions.RefusedError, match="at most 100 moments are taken at once, not 101"):
        actions.receive([sent.started() for _ in range(101)], NOON)


@pytest.mark.parametrize("count", [1, 3])
def test_receiving_takes_as_many_queries_for_one_moment_as_for_three(sent, count, django_assert_num_queries):
    from django.db import connection

    moments = [sent.entered() for _ in range(count)]
    with django_assert_num_queries(6 if connection.vendor == "postgresql" else 5):  # with savepoint and lock
        actions.receive(moments, NOON)


VISIT = ["run-started", "scene-entered", "flag-seen", "choice-made", "ending-reached"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
QUIET = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUIET
@given(value=JSON)
def test_garbage_is_refused_and_never_breaks(value):
    if value == []:
        assert actions.receive(value, NOON) == 0
        return
    with pytest.raises(actions.RefusedError):
        actions.receive(value, NOON)


@QUIET
@given(kind=st.sampled_from(["started", "entered", "flag", "chose", "ended"]), data=st.data())
def test_a_moment_with_one_field_of_garbage_is_refused_or_is_the_same_moment(kind, data):
    moment = getattr(Sent(), kind)()
    field = data.draw(st.sampled_from(sorted(moment)))
    garbage = data.draw(JSON)
    moment[field] = garbage
    with contextlib.suppress(actions.RefusedError):
        actions.receive([moment], NOON)
    assert set(types()) <= {*VISIT, "stamp-given"}


def test_an_id_that_is_no_uuid7_is_refused(sent):
    moment = sent.started(id=str(uuid.uuid4()))
    with pytest.raises(actions.RefusedError, match="a moment needs a UUIDv7 as id"):
        actions.receive([moment], NOON)
