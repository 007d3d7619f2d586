"""The door for programs: what a station may send and what it is told."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.test import Client, RequestFactory
from tests.wall.wall_making import chosen, fresh_id, own

from notalone.kit import system
from notalone.kit.allowance import Limit
from notalone.wall import actions, queries
from notalone.wall.core.life import Reason
from notalone.wall.models import Brick
from notalone.wall.web import limits

pytestmark = pytest.mark.django_db
DOOR = "/vi/wall/bricks/"


def lay(brick, client=None, door=DOOR, **more):
    body = brick if isinstance(brick, str | bytes) else json.dumps(brick, ensure_ascii=False)
    return (client or Client()).post(door, body, content_type="application/json", **more)


def test_a_chosen_brick_is_shown_in_the_language_of_the_address():
    answer = lay(chosen(), door="/de/wall/bricks/")
    assert (answer.status_code, answer.json()) == (200, {"state": "shown"})
    [brick] = queries.bricks()
    assert (brick.lang, brick.text) == ("de", "Du bist nicht allein.")


def test_own_words_are_held():
    answer = lay(own("Mình ở đây."))
    assert (answer.status_code, answer.json()) == (200, {"state": "held"})


def test_a_brick_sent_twice_is_one_brick_with_the_same_answer():
    brick = chosen()
    assert lay(brick).json() == lay(brick).json() == {"state": "shown"}
    assert queries.count() == 1


def test_whoever_wrote_refused_words_is_told_that_they_are_held(moderator):
    brick = own("bad words")
    lay(brick)
    actions.refuse(moderator, Brick.objects.get().pk, Reason.UNKIND)
    assert lay(brick).json() == {"state": "held"}


def test_an_id_that_is_taken_answers_409():
    brick = own("one thing")
    lay(brick)
    answer = lay({**brick, "text": "another"}, door="/en/wall/bricks/")
    assert (answer.status_code, answer.json()) == (409, {"error": "This id belongs to another brick: make a new one."})


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (" ", "What was sent is not JSON."),
        ("{", "What was sent is not JSON."),
        ("[" * 2000, "What was sent is not JSON."),
        (b"\xff\xfe\x00", "What was sent is not JSON."),
        ("[]", "A brick is a JSON object."),
        ("null", "A brick is a JSON object."),
        (chosen(kind="other"), "A brick's kind is “chosen” or “own”."),
        (chosen(kind=None), "A brick's kind is “chosen” or “own”."),
        (chosen(kind=["own"]), "A brick's kind is “chosen” or “own”."),
        (chosen(text="both"), "A brick has no field “text”."),
        (own("x", state="approved"), "A brick has no field “state”."),
        (chosen(id=7), "A brick's field “id” is a text."),
        (chosen(id="not-an-id"), "A brick's id is a UUID of version 7."),
        (chosen(id="0b8f5d6e-6b0a-4e0e-9b0a-0b8f5d6e6b0a"), "A brick's id is a UUID of version 7."),
        (chosen(where=None), "A brick's field “where” is a text."),
        (chosen(**{"pass": 5}), "A brick's field “pass” is a text."),
        (chosen(message={"a": 1}), "A brick's field “message” is a text."),
        (own(" \u200b\u202e "), "Write something first: there is nothing to read yet."),
    ],
)
def test_what_is_no_brick_answers_400_with_one_sentence(body, why):
    answer = lay(body, door="/en/wall/bricks/")
    assert (answer.status_code, answer.json()) == (400, {"error": why})
    assert Brick.objects.count() == 0


def test_a_brick_of_a_megabyte_answers_413_with_one_sentence():
    answer = lay(own("a" * 1_000_000), door="/en/wall/bricks/")
    assert answer.status_code == 413
    assert answer.json() == {"error": "That is too big for a brick: at most 4 KiB are taken."}
    assert Brick.objects.count() == 0


def test_the_longest_words_still_fit_through_the_door():
    assert lay(own("👨‍👩‍👧" * 100)).status_code == 200


def test_a_form_is_not_a_brick():
    answer = Client().post(DOOR, {"kind": "own", "text": "x"})
    assert answer.status_code == 415
    assert Client().get(DOOR).status_code == 405


def test_without_the_csrf_token_nothing_is_laid_and_with_it_it_is():
    client = Client(enforce_csrf_checks=True)
    assert lay(chosen(), client).status_code == 403
    assert Brick.objects.count() == 0
    page = client.get("/vi/station/one/")
    token = json.loads(page.content.decode().split('<script id="station" type="application/json">')[1].split("<")[0])
    assert lay(chosen(), client, headers={"X-CSRFToken": token["csrf"]}).status_code == 200


def test_a_session_lays_only_so_many_bricks_a_minute(monkeypatch):
    at = system.now()
    monkeypatch.setattr(limits.system, "now", lambda: at)
    client = Client()
    client.session.save()
    client.cookies["session"] = _session()
    most = limits.SESSION.burst
    assert [lay(chosen(), client).status_code for _ in range(most + 2)] == [200] * most + [429] * 2
    assert lay(chosen(), client)["Retry-After"] == "3"


def _session() -> str:
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store["x"] = 1
    store.save()
    return store.session_key or ""


def test_one_address_lays_only_so_many_bricks_a_minute(monkeypatch):
    monkeypatch.setattr(limits, "ADDRESS", Limit.a_minute(3))
    assert [lay(chosen()).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    assert lay(chosen(), REMOTE_ADDR="10.0.0.9").status_code == 200


def test_a_school_of_two_thousand_phones_behind_one_address_lights_up_together(monkeypatch):
    at = system.now()
    monkeypatch.setattr(limits.system, "now", lambda: at)
    request = RequestFactory().post(DOOR, REMOTE_ADDR="203.0.113.5")
    request.session = SimpleNamespace(session_key="one-who-floods")
    assert sum(limits.allows(request) for _ in range(5000)) == limits.SESSION.burst
    allowed = 0
    for number in range(2040):
        request.session = SimpleNamespace(session_key=f"phone-{number}")
        allowed += limits.allows(request)
    assert allowed == 2040


def test_what_left_the_wall_is_told_to_every_screen(moderator):
    lay(own("soon gone"))
    brick = Brick.objects.get().pk
    actions.approve(moderator, brick)
    actions.undo(moderator, brick)
    lay(chosen())
    assert Client().get("/vi/wall/gone/").json() == {"gone": [str(brick)], "count": 1}


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "<b>&amp;'\"",
    "أنت لست وحدك",
    "👨‍👩‍👧 💛",
    "{{ 7 }}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_plain_text_on_every_page(text, moderator, at_work):
    lay(own(text))
    queue = at_work.get("/en/wall/queue/").content.decode()
    actions.approve(moderator, Brick.objects.get().pk)
    wall = Client().get("/en/wall/").content.decode()
    from django.utils.html import escape

    for page in (queue, wall):
        assert escape(text) in page
        if "<" in text:
            assert text not in page
    data = json.loads(wall.split('<script id="wall" type="application/json">')[1].split("</script>")[0])
    assert data["bricks"][0]["text"] == text


def test_the_page_knows_what_stands_and_where_the_log_stands():
    for _ in range(3):
        lay(chosen())
    page = Client().get("/vi/wall/")
    data, live = page.context["data"], page.context["live"]
    assert (data["count"], len(data["bricks"]), data["lang"]) == (3, 3, "vi")
    from notalone.festival import queries as festival

    assert data["seq"] == festival.latest_seq()
    assert set(live) == {"url", "token", "name"}
    assert page.content.decode().count("data-brick=") == 3


def test_an_empty_wall_asks_for_its_first_light():
    page = Client().get("/vi/wall/").content.decode()
    assert "Chưa có ngọn đèn nào. Ngọn đèn đầu tiên có thể là của bạn." in page
    assert "data-empty hidden" not in page


def test_the_page_of_a_long_wall_costs_as_few_queries_as_that_of_a_short_one(django_assert_max_num_queries):
    for number in range(30):
        actions.lay_chosen(fresh_id(), "one", None, ["tell", "pause"][number % 2], "en")
    with django_assert_max_num_queries(3):
        assert Client().get("/vi/wall/").status_code == 200
