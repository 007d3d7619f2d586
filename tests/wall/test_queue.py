"""The moderators' queue: who may enter, plain forms, programs."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.wall.wall_making import fresh_id

from notalone.people.core.roles import Role
from notalone.wall import actions, queries
from notalone.wall.core.life import Reason
from notalone.wall.models import Brick

pytestmark = pytest.mark.django_db
QUEUE = "/en/wall/queue/"


@pytest.fixture
def waiting():
    brick = fresh_id()
    actions.lay_own(brick, "one", "Mình nghe bạn.", "vi")
    return brick


def door(brick, verb):
    return f"/en/wall/queue/{brick}/{verb}/"


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("verb", ["queue", "lists", "approve", "refuse", "undo"])
def test_only_moderators_and_admins_enter(role, verb, waiting, somebody):
    client = Client()
    person = somebody("binh", *([role] if role else []))
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    if verb in {"queue", "lists"}:
        answer = client.get(QUEUE if verb == "queue" else "/en/wall/queue/lists/")
        entered = answer.status_code == 200
    else:
        answer = client.post(door(waiting, verb), {"reason": "noise"})
        entered = answer.status_code == 302
    assert entered == (role in {Role.MODERATOR, Role.ADMIN})
    if not entered:
        assert answer.status_code == 403
        assert Brick.objects.get().state == "held"


@pytest.mark.parametrize("verb", ["approve", "refuse", "undo"])
def test_nobody_decides_without_logging_in(verb, waiting):
    answer = Client().post(door(waiting, verb), {"reason": "noise"})
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]
    assert Brick.objects.get().state == "held"


def test_plain_forms_approve_refuse_and_take_back(waiting, at_work):
    page = at_work.get(QUEUE).content.decode()
    assert "Mình nghe bạn." in page
    for verb in ("approve", "refuse"):
        assert f'action="{door(waiting, verb)}"' in page
    assert page.count('name="reason"') == 5
    done = at_work.post(door(waiting, "approve"), follow=True).content.decode()
    assert "Approved: the words are on the wall." in done
    assert queries.count() == 1
    done = at_work.post(door(waiting, "undo"), {"turn": "1"}, follow=True).content.decode()
    assert "Taken back: the words wait again." in done
    done = at_work.post(door(waiting, "refuse"), {"reason": "unkind"}, follow=True).content.decode()
    assert "Refused: the words stay off the wall." in done
    assert Brick.objects.get().state == "refused"


def test_programs_are_answered_in_json(waiting, at_work):
    ask = {"headers": {"Accept": "application/json"}}
    answer = at_work.post(door(waiting, "approve"), **ask)
    assert (answer.status_code, answer.json()) == (200, {"said": "Approved: the words are on the wall."})
    answer = at_work.post(door(waiting, "approve"), **ask)
    assert (answer.status_code, answer.json()) == (409, {"said": "Already decided: “mai” approved these words."})


@pytest.mark.parametrize("reason", ["", "because", "Unkind"])
def test_a_refusal_without_one_of_the_reasons_decides_nothing(reason, waiting, at_work):
    answer = at_work.post(door(waiting, "refuse"), {"reason": reason}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()) == (400, {"said": "Say why: choose one of the five reasons."})
    assert Brick.objects.get().state == "held"


def test_when_somebody_may_need_help_the_moderator_is_told_what_to_do_now(waiting, at_work):
    answer = at_work.post(door(waiting, "refuse"), {"reason": Reason.WORRY}, headers={"Accept": "application/json"})
    assert "tell the guide at the station" in answer.json()["said"]


def test_a_form_without_its_token_decides_nothing(waiting, moderator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(door(waiting, "approve")).status_code == 403
    assert Brick.objects.get().state == "held"


def test_reading_never_decides(waiting, at_work):
    for verb in ("approve", "refuse", "undo"):
        assert at_work.get(door(waiting, verb)).status_code == 405
    assert Brick.objects.get().state == "held"


def test_the_queue_shows_the_longest_waiting_first_and_what_stands_out(at_work):
    for text in ("first 0912345678", "second"):
        actions.lay_own(fresh_id(), "one", text, "en")
    page = at_work.get(QUEUE).content.decode()
    assert page.index("first 0912345678") < page.index("second")
    assert page.count("looks like a phone number") == 1
    assert "2 messages wait." in page


def test_a_long_queue_costs_as_few_queries_as_a_short_one(at_work, moderator):
    def cost():
        with CaptureQueriesContext(connection) as caught:
            assert at_work.get(QUEUE).status_code == 200
        return len(caught)

    for text in ("one", "two"):
        brick = fresh_id()
        actions.lay_own(brick, "one", text, "en")
    actions.approve(moderator, brick)
    cost()  # the first page of a process reads what is kept for the next
    short = cost()
    for number in range(20):
        brick = fresh_id()
        actions.lay_own(brick, "one", f"number {number}", "en")
        if number % 2:
            actions.approve(moderator, brick)
    assert cost() == short
