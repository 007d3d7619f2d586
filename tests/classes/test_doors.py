"""The class's addresses: kind answers to whatever comes, and nobody's choice to anybody else."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from notalone.classes import actions, queries
from notalone.kit import system

pytestmark = pytest.mark.django_db


def send(client, url, body=None, seat=""):
    return client.post(url, json.dumps(body or {}), content_type="application/json", headers={"X-Seat": seat})


def test_who_types_a_wrong_code_is_helped_and_keeps_what_was_typed(client):
    answer = client.post("/en/class/", {"code": "b0b"})
    assert answer.status_code == 404
    assert "5 letters" in answer.content.decode()
    assert 'value="B0B"' in answer.content.decode()


def test_a_code_is_found_in_small_letters_and_with_a_blank(client, code):
    answer = client.post("/en/class/", {"code": f"{code[:2].lower()} {code[2:]}"})
    assert answer.headers["Location"] == f"/en/class/{code}/"


def test_codes_cannot_be_guessed_by_the_thousand(client):
    statuses = [client.get("/en/class/BCDFG/").status_code for _ in range(62)]
    assert statuses == [404] * 60 + [429] * 2


@pytest.mark.parametrize(
    "body", ["[]", "nonsense", '{"round": "1"}', '{"round": 1, "choice": -1}', '{"round": true}', ""]
)
def test_what_is_no_vote_is_answered_with_a_sentence(client, code, body):
    seat = actions.join(code)
    url = f"/en/class/{code}/vote/"
    answer = client.post(url, body, content_type="application/json", headers={"X-Seat": seat})
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_class_of_two_hundred_fills_sixty_places_and_the_others_get_a_sentence(code):
    answers = [send(Client(), f"/en/class/{code}/join/") for _ in range(200)]
    assert [one.status_code for one in answers] == [200] * 60 + [409] * 140
    assert "Look together" in answers[-1].json()["error"]


def test_each_phone_sees_its_own_vote_and_nobody_elses(client, code, to_vote):
    mine, other = actions.join(code), actions.join(code)
    to_vote(code, system.now())
    assert send(client, f"/en/class/{code}/vote/", {"round": 1, "choice": 1}, mine).json() == {"mine": 1}
    state = f"/en/class/{code}/state/"
    assert client.get(state, headers={"X-Seat": mine}).json()["mine"] == 1
    seen = client.get(state, headers={"X-Seat": other}).json()
    assert (seen["mine"], seen["cast"], seen["counts"]) == (None, 1, [])


def test_the_teacher_sees_counts_alone(client, teacher, code, to_vote):
    to_vote(code, system.now())
    actions.vote(code, actions.join(code), 1, 0)
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    seen = client.get(f"/en/class/{code}/watch/").json()
    assert (seen["cast"], seen["counts"], seen["stretches"]) == (1, [], None)


def test_a_class_opens_in_the_language_that_the_teacher_chose(client, teacher, story):
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/en/class/new/", {"scenario": story, "mode": "together", "lang": "vi"})
    assert answer.headers["Location"].startswith("/vi/class/")
    wrong = client.post("/en/class/new/", {"scenario": "nothing", "mode": "together", "lang": "vi"})
    assert (wrong.status_code, "nothing" in wrong.content.decode()) == (400, True)


@pytest.mark.parametrize("do", ["dance", 3, None, "take"])
def test_what_a_teacher_cannot_do_is_answered_with_a_sentence(client, teacher, code, do):
    client.force_login(teacher, backend="django.contrib.auth.backends.ModelBackend")
    answer = send(client, f"/en/class/{code}/act/", {"do": do})
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_no_cookie_but_the_session_is_set(client, code):
    client.get(f"/en/class/{code}/")
    assert set(client.cookies) <= {"session"}
    assert queries.find(code) is not None
