"""A pass is random, shows what was met, can be thrown away, and is forgotten in time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.festival.festival_making import NOON, PASS, Sent

from notalone.festival import actions, queries
from notalone.festival.cli import TEMPLATE
from notalone.festival.core import folder as folders
from notalone.festival.core import passes
from notalone.festival.models import Moment, Pass, Stamp
from notalone.festival.web import passes as views
from notalone.kit.time import Duration, Instant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
SHIPPED, _ = folders.load(TEMPLATE)
OTHER = "another-visitor-0002"
HOUR = 3_600_000


def play(pass_id=PASS, at=NOON, salt=0, **ending):
    sent = Sent(at)
    sent.count = salt * 1000
    moments = [sent.started(), sent.flag(), sent.flag(scene="look", flag="address"), sent.ended(**ending)]
    actions.receive([{**moment, "pass": pass_id} for moment in moments], at)


def test_a_pass_ends_with_the_festival(folder):
    festival, _ = folders.load(folder.path)
    assert passes.ends(festival, NOON) == festival.ends()
    assert passes.ends(festival, festival.starts()) == festival.ends()


def test_a_pass_of_a_rehearsal_lives_as_long_as_a_festival_lasts(folder):
    festival, _ = folders.load(folder.path)
    for made in (festival.starts() + Duration(-1), festival.ends(), festival.ends() + Duration(7)):
        assert passes.ends(festival, made).since(made) == Duration(48 * HOUR)


@settings(deadline=None)
@given(made=st.integers(-(10**12), 10**13))
def test_no_pass_outlives_the_length_of_a_festival(made):
    lives = passes.ends(SHIPPED, Instant(made)).since(Instant(made))
    assert Duration(0) < lives <= SHIPPED.ends().since(SHIPPED.starts())


def test_a_pass_that_nobody_played_with_has_no_story():
    assert queries.pass_story(PASS) is None


def test_passes_are_told_in_the_order_asked_for_and_the_unknown_left_out():
    play()
    play(OTHER, salt=1)
    assert [story.pass_id for story in queries.pass_stories([OTHER, "nobody-0003", PASS, OTHER])] == [OTHER, PASS]


@pytest.mark.parametrize("count", [1, 3])
def test_passes_take_two_queries_for_one_as_for_three(count, django_assert_num_queries):
    ids = [f"visitor-number-{number}" for number in range(count)]
    for number, pass_id in enumerate(ids):
        play(pass_id, salt=number)
    with django_assert_num_queries(2):
        assert len(queries.pass_stories(ids)) == count


def test_a_pass_that_is_thrown_away_leaves_no_trace_of_itself():
    play()
    play(OTHER, salt=1)
    moments = Moment.objects.count()
    assert actions.throw_away_pass(PASS)
    assert queries.pass_story(PASS) is None
    assert not Moment.objects.filter(pass_id=PASS).exists()
    assert (Moment.objects.count(), Pass.objects.count(), Stamp.objects.count()) == (moments, 1, 1)
    assert queries.pass_story(OTHER) is not None
    assert not actions.throw_away_pass(PASS)
    assert not actions.throw_away_pass("")


def test_all_passes_of_a_cookie_are_thrown_away_at_once():
    play()
    play(OTHER, salt=1)
    assert actions.throw_away_pass(f"{PASS}.{OTHER}")
    assert Pass.objects.count() == 0


def test_moments_lose_their_pass_48_hours_later_and_the_stamps_stay_to_the_end(folder):
    folder.replace("days: [2026-01-01, 2026-01-02]", "days: [2026-01-01, 2026-01-02, 2026-01-09]")
    play()
    play(OTHER, NOON + Duration(HOUR), salt=1)
    assert actions.forget_passes(NOON + Duration(48 * HOUR)) == actions.Forgotten(0, 0)
    assert actions.forget_passes(NOON + Duration(48 * HOUR + 1)) == actions.Forgotten(5, 0)
    assert not Moment.objects.filter(pass_id=PASS).exists()
    assert Moment.objects.filter(pass_id=OTHER).count() == 5
    assert len(queries.pass_story(PASS).stamps) == 1


def test_a_pass_is_deleted_when_its_festival_ends():
    play()
    end = queries.festival().ends()
    assert actions.forget_passes(end + Duration(-1)) == actions.Forgotten(0, 0)
    assert actions.forget_passes(end) == actions.Forgotten(5, 1)
    assert (Pass.objects.count(), Stamp.objects.count()) == (0, 0)
    assert Moment.objects.filter(pass_id__isnull=False).count() == 0


# --- in the browser


def test_a_link_puts_the_pass_into_a_cookie_that_no_script_can_read(client, monkeypatch):
    monkeypatch.setattr(views.system, "now", lambda: NOON)
    answer = client.get(f"/vi/pass/{PASS}/")
    assert (answer.status_code, answer["Location"]) == (302, "/vi/pass/")
    cookie = answer.cookies["pass"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == (PASS, True, "Lax")
    assert cookie["max-age"] == queries.festival().ends().since(NOON).ms // 1000
    assert set(answer.cookies) == {"pass"}


def test_a_pass_shows_its_stamps_with_the_flags_met_and_what_to_know(client):
    play()
    client.get(f"/de/pass/{PASS}/")
    page = client.get("/de/pass/").content.decode()
    for text in ("Die Glücksjuwelen", "Gestohlene Konten", "Nur noch zehn Minuten", "Halte an und nimm dir Zeit"):
        assert text in page
    assert "Jemand fragt nach dem Code" not in page
    assert "/de/station/" not in page


def test_a_visitor_with_several_passes_sees_them_together(client):
    play()
    play(OTHER, salt=1, scene="back", ending="recovered")
    for code in (PASS, OTHER, PASS):
        client.get(f"/en/pass/{code}/")
    assert client.cookies["pass"].value == f"{OTHER}.{PASS}"
    assert client.get("/en/pass/").content.decode().count("The lucky gems") == 1


def test_a_visitor_without_a_pass_is_told_that_none_is_needed(client):
    page = client.get("/en/pass/")
    assert "You have no pass, and you need none." in page.content.decode()
    assert "pass" not in page.cookies


def test_a_pass_is_shown_though_its_scenario_left_the_folder(client, folder):
    play()
    client.get(f"/en/pass/{PASS}/")
    (folder.path / "scenarios/lucky-gems").rename(folder.path / "scenarios/other")
    folder.replace("scenario: lucky-gems", "scenario: other").replace("scenario: lucky-gems", "scenario: other")
    assert "lucky-gems" in client.get("/en/pass/").content.decode()


def test_throwing_the_pass_away_deletes_it_the_cookie_and_the_session(client):
    play()
    client.handler.enforce_csrf_checks = True
    client.get(f"/en/pass/{PASS}/")
    page = client.get("/en/pass/")
    token = page.context["csrf_token"]
    session = client.session.session_key
    answer = client.post("/en/pass/", {"csrfmiddlewaretoken": str(token)})
    assert (answer.status_code, answer["Location"]) == (302, "/en/pass/gone/")
    assert answer.cookies["pass"]["max-age"] == 0
    assert answer.cookies["session"]["max-age"] == 0
    assert not client.session.exists(session)
    assert Pass.objects.count() == 0
    assert "Your pass is gone" in client.get("/en/pass/gone/").content.decode()


def test_a_pass_is_not_thrown_away_without_the_forms_token(client):
    play()
    client.handler.enforce_csrf_checks = True
    client.get(f"/en/pass/{PASS}/")
    assert client.post("/en/pass/").status_code == 403
    assert Pass.objects.count() == 1


@pytest.mark.parametrize("code", ["short", "a" * 65, "with.dot.inside", "<script>alert(1)</script>"])
def test_what_is_no_pass_is_not_found(client, code):
    assert client.get(f"/en/pass/{code}/").status_code == 404
    assert client.get(f"/en/pass/{code}/qr.svg").status_code == 404


def test_the_code_of_a_pass_is_a_picture_of_its_link(client):
    answer = client.get(f"/vi/pass/{PASS}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    svg = answer.content.decode()
    assert svg.count("<path") == 2
    assert "script" not in svg


@settings(deadline=None)
@given(st.lists(st.from_regex(passes.CODE.pattern.replace(r"\Z", ""), fullmatch=True), max_size=30))
def test_a_cookie_keeps_the_latest_passes_once_each(found):
    cookie = ""
    for code in found:
        cookie = passes.with_code(cookie, code)
    latest = list(dict.fromkeys(reversed(found)))[: passes.MAX_CODES]
    assert list(passes.codes(cookie)) == latest[::-1]
    assert len(cookie) <= passes.MAX_CODES * 65


@settings(deadline=None)
@given(st.text(max_size=200))
def test_a_cookie_of_garbage_holds_no_pass_that_is_none(cookie):
    assert all(passes.CODE.match(code) for code in passes.codes(cookie))
