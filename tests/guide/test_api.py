"""What stations send: taken once, refused with a sentence, forgotten on time; the retest by a code."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from notalone.guide import actions, models, queries
from notalone.guide.core.again import When
from notalone.guide.core.sensitivity import Counts
from notalone.kit import system
from notalone.kit.time import Instant

pytestmark = pytest.mark.django_db
DOOR, CODES, CODE = "/api/judged", "/api/judged/codes", "CDFG23456789"
DAY = 86_400_000


def sent(**other):
    return {
        "id": str(uuid4()),
        "scenario": "lucky-gems",
        "lang": "vi",
        "order": "BA",
        "age": "10-12",
        "before": [1, 2, 1, 2],
        "after": [3, 0, 0, 3],
        **other,
    }


def post(value, door=DOOR, client=None):
    body = value if isinstance(value, str | bytes) else json.dumps(value)
    return (client or Client()).post(door, body, content_type="application/json")


def later(days):
    return Instant(system.now().ms + days * DAY)


def with_code():
    one = sent()
    post(one)
    answer = post({"id": one["id"], "code": CODE, "lang": "de"}, CODES)
    assert answer.status_code == 200
    return one, answer.json()


def test_counts_sent_twice_are_stored_once():
    one = sent()
    assert post(one).json() == post(one).json() == {"stored": 1}
    row = models.Judged.objects.get()
    assert (row.scenario, row.order, row.age, row.lang) == ("lucky-gems", "BA", "10-12", "vi")
    assert (row.before, row.after, row.again) == ([1, 2, 1, 2], [3, 0, 0, 3], None)


def test_nothing_about_a_visitor_is_stored_but_the_counts():
    fields = {field.name for field in models.Judged._meta.get_fields()}
    assert fields == {
        *("seq", "uid", "scenario", "order", "age", "lang", "before", "after", "again", "returned", "code"),
    }


def test_an_id_that_is_taken_answers_409():
    one = sent()
    post(one)
    assert post({**one, "after": [0, 3, 3, 0]}).status_code == 409
    assert models.Judged.objects.get().after == [3, 0, 0, 3]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("{", "What was sent is not JSON."),
        ("[" * 2000, "What was sent is not JSON."),
        ("[]", "Send an object with the keys after, age, before, id, lang, order, scenario."),
        ({**sent(), "pass": "x"}, "Send an object with the keys after, age, before, id, lang, order, scenario."),
        (sent(id="01920000-0000-7000-8000-000000000000"), "The id is a random UUID, version 4."),
        (sent(id=3), "The id is a random UUID, version 4."),
        (sent(scenario="lucky-gem"), "There is no scenario “lucky-gem”. Did you mean “lucky-gems”?"),
        (sent(scenario=None), "There is no scenario “None”."),
        (sent(lang="fr"), "The festival does not speak “fr”."),
        (sent(order="AA"), "The order is AB or BA."),
        (sent(age="11"), "The age is one of 8-9, 10-12, 13-15, 16-17, 18+, or empty."),
        (sent(before=[1, 2, 1, 3]), "Counts are four whole numbers that add up to the form's messages."),
        (sent(before=[True, 2, 1, 2]), "Counts are four whole numbers that add up to the form's messages."),
        (sent(after=[4, -1, 0, 3]), "Counts are four whole numbers that add up to the form's messages."),
    ],
)
def test_what_is_not_accepted_answers_400_with_one_sentence_and_stores_nothing(body, why):
    answer = post(body)
    assert (answer.status_code, answer.json()) == (400, {"error": why})
    assert not models.Judged.objects.exists()


def test_forms_and_floods_are_refused():
    assert Client().post(DOOR, sent()).status_code == 415
    assert post("x" * 5000).status_code == 413
    assert Client(enforce_csrf_checks=True).post(DOOR, "{}", content_type="application/json").status_code == 403


def test_a_code_is_kept_as_a_hash_and_sent_again_changes_nothing():
    one, answer = with_code()
    again = post({"id": one["id"], "code": "cdfg-2345-6789", "lang": "de"}, CODES)
    assert again.json() == answer
    assert answer["qr"].startswith("<?xml")
    kept = models.Code.objects.get()
    assert CODE not in kept.digest
    assert len(kept.digest) == 64


def test_a_code_for_nothing_answers_404_and_a_second_one_409():
    assert post({"id": str(uuid4()), "code": CODE, "lang": "vi"}, CODES).status_code == 404
    one, _ = with_code()
    assert post({"id": one["id"], "code": "ZZZZ23456789", "lang": "vi"}, CODES).status_code == 409
    other = sent()
    post(other)
    assert post({"id": other["id"], "code": CODE, "lang": "vi"}, CODES).status_code == 409
    assert post({"id": other["id"], "code": "too-short", "lang": "vi"}, CODES).status_code == 400


def test_a_code_opens_the_first_form_from_day_21_to_day_42_and_works_once():
    with_code()
    states = {days: queries.retest(CODE, later(days)).when for days in (0, 20, 21, 42, 43)}
    assert states == {0: When.EARLY, 20: When.EARLY, 21: When.OPEN, 42: When.OPEN, 43: When.OVER}
    assert queries.retest(CODE, later(21)).form == "B"
    with pytest.raises(actions.UnknownError):
        actions.judge_again(CODE, Counts(3, 0, 1, 2), later(20))
    actions.judge_again(CODE, Counts(3, 0, 1, 2), later(28))
    row = models.Judged.objects.get()
    assert (row.again, row.returned) == ([3, 0, 1, 2], 1)
    assert not models.Code.objects.exists()
    with pytest.raises(actions.UnknownError):
        actions.judge_again(CODE, Counts(0, 3, 1, 2), later(28))


def test_codes_are_forgotten_after_42_days_and_the_counts_stay():
    with_code()
    assert actions.forget_codes(later(42)) == 0
    assert actions.forget_codes(later(43)) == 1
    assert models.Judged.objects.count() == 1


def test_whoever_comes_back_judges_six_messages_on_a_page_without_scripts():
    with_code()
    client, page = Client(), "/en/again/"
    assert b"Your code works from" in client.post(page, {"code": "cdfg 2345 6789"}).content
    models.Code.objects.update(made=(system.now().as_datetime() - timedelta(days=28)).date())
    asked = client.post(page, {"code": "cdfg 2345 6789"})
    assert asked.content.count(b'type="radio"') == 12
    some = {"code": CODE, "judged": "1", "b1": "not"}
    assert b"One message is still waiting" in client.post(page, some).content
    answers = dict.fromkeys(("b1", "b3", "b5"), "not") | {"b2": "real", "b4": "not", "b6": "real"}
    done = client.post(page, {**some, **answers})
    assert b"Thank you for coming back" in done.content
    assert models.Judged.objects.get().again == [3, 0, 1, 2]
    assert b"This code opens nothing" in client.post(page, {"code": CODE}).content


def test_a_flood_of_tried_codes_is_stopped():
    client = Client()
    found = [client.post("/en/again/", {"code": "CCCC-CCCC-CCCC"}).status_code for _ in range(60)]
    assert (found[:30].count(429), found[-1]) == (0, 429)
