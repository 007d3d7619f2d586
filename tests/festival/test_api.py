"""The doors for programs over HTTP: tokens, limits, one clear sentence, and scores."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.test import RequestFactory
from tests.festival.festival_making import Sent

from notalone.festival import queries
from notalone.festival.web import limits
from notalone.kit import system
from notalone.kit.allowance import Limit
from notalone.kit.time import Duration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def types():
    return [moment.type for _, moment in queries.moments_after(0, 1000)]


def now_sent():
    return Sent(system.now())


def with_token(client):
    page = client.get("/en/station/one/")
    return json.loads(
        page.content.decode().split('<script id="station" type="application/json">')[1].split("</script>")[0]
    )


@pytest.fixture
def kiosk(client):
    """Give a browser that sends as a station does, with its token."""
    client.handler.enforce_csrf_checks = True
    token = with_token(client)["csrf"]

    def post(body, content_type="application/json", token=token):
        body = body if isinstance(body, bytes | str) else json.dumps(body)
        return client.post("/api/moments", body, content_type=content_type, headers={"x-csrftoken": token})

    return post


def test_the_door_stores_what_a_station_sends(kiosk):
    sent = now_sent()
    answer = kiosk({"moments": [sent.started(), sent.ended()]})
    assert (answer.status_code, answer.json()) == (200, {"stored": 2})
    assert types() == ["run-started", "ending-reached", "stamp-given"]


def test_the_door_answers_the_same_when_a_station_sends_again(kiosk):
    moments = {"moments": [now_sent().started()]}
    assert kiosk(moments).json() == kiosk(moments).json() == {"stored": 1}
    assert types() == ["run-started"]


def test_a_post_without_its_token_is_refused(kiosk, client):
    body = {"moments": [now_sent().started()]}
    assert kiosk(body, token="").status_code == 403
    assert kiosk(body, token="a" * 64).status_code == 403
    client.cookies.clear()
    assert kiosk(body).status_code == 403
    assert types() == []


@pytest.mark.parametrize(
    ("body", "content_type", "status", "error"),
    [
        ("{", "application/json", 400, "What was sent is not JSON."),
        (b"\xff\xfe", "application/json", 400, "What was sent is not JSON."),
        ("[" * 5000, "application/json", 400, "What was sent is not JSON."),
        ("[]", "application/json", 400, 'Send an object with the one key "moments".'),
        ('{"moments": [], "more": 1}', "application/json", 400, 'Send an object with the one key "moments".'),
        ('{"moments": 7}', "application/json", 400, "The moments must be a list."),
        ('{"moments": []}', "text/plain", 415, "Send the moments as application/json."),
        (b'{"moments": "' + b"a" * 1_000_000 + b'"}', "application/json", 413, "At most 64 KiB are taken at once."),
        (b"a" * (64 * 1024 + 1), "application/json", 413, "At most 64 KiB are taken at once."),
    ],
)
def test_what_is_no_list_of_moments_is_refused_with_one_sentence(kiosk, body, content_type, status, error):
    answer = kiosk(body, content_type=content_type)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_moment_that_is_refused_is_named_by_its_place(kiosk):
    sent = now_sent()
    answer = kiosk({"moments": [sent.started(), sent.flag(flag="hury")]})
    assert answer.status_code == 400
    assert answer.json() == {"error": "Moment 1: there is no flag 'hury'; did you mean 'hurry'?", "index": 1}


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_a_time_at_the_end_of_all_calendars_is_refused_like_any_other(kiosk, at):
    answer = kiosk({"moments": [{**now_sent().started(), "at": at}]})
    assert (answer.status_code, answer.json()["index"]) == (400, 0)


def test_the_door_takes_posts_alone(client):
    assert client.get("/api/moments").status_code == 405


def test_more_than_twenty_posts_at_once_from_one_session_wait(kiosk, monkeypatch):
    at = system.now()
    monkeypatch.setattr(limits.system, "now", lambda: at)
    answers = [kiosk({"moments": []}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]
    refused = kiosk({"moments": []})
    assert refused.json() == {"error": "Too many at once: wait a second and send the moments again."}
    assert refused["Retry-After"] == "1"
    monkeypatch.setattr(limits.system, "now", lambda: at + Duration(100))
    assert [kiosk({"moments": []}).status_code for _ in range(3)] == [200, 200, 429]


# --- scores


def test_a_score_has_the_texts_of_its_language_alone(client):
    answer = client.get("/api/scores/lucky-gems/vi.json")
    score = answer.json()
    assert answer.status_code == 200
    assert score["format"] == "notalone/score-1"
    assert list(score["texts"]) == ["vi"]
    assert score["texts"]["vi"][score["title"]] == "Những viên ngọc may mắn"
    assert client.get("/api/scores/lucky-gems/en.json").json()["texts"]["en"][score["title"]] == "The lucky gems"


def test_a_score_that_did_not_change_is_not_sent_again(client):
    tag = client.get("/api/scores/lucky-gems/vi.json")["ETag"]
    again = client.get("/api/scores/lucky-gems/vi.json", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/scores/lucky-gems/de.json", headers={"if-none-match": tag})
    assert other.status_code == 200


def test_a_changed_scenario_gives_a_new_score_at_once(client, folder):
    before = client.get("/api/scores/lucky-gems/en.json")
    file = folder.path / "scenarios/lucky-gems/scenario.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("Show the message to Hoa", "Show it to Hoa"), encoding="utf-8"
    )
    after = client.get("/api/scores/lucky-gems/en.json", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "Show it to Hoa" in after.json()["texts"]["en"]


@pytest.mark.parametrize(
    ("address", "error", "near"),
    [
        ("lucky-gem/vi", "There is no scenario “lucky-gem”.", "lucky-gems"),
        ("xyz/vi", "There is no scenario “xyz”.", None),
        ("lucky-gems/fr", "There is no language “fr”; the languages are en, vi, de.", None),
        ("lucky-gems/vie", "There is no language “vie”; the languages are en, vi, de.", "vi"),
    ],
)
def test_a_score_that_does_not_exist_is_answered_with_the_nearest_one(client, address, error, near):
    answer = client.get(f"/api/scores/{address}.json")
    assert (answer.status_code, answer.json()) == (404, {"error": error, "near": near})


def test_a_scenario_that_cannot_be_read_leaves_its_station_in_the_list(client, folder):
    file = folder.path / "scenarios/lucky-gems/scenario.yaml"
    file.write_text("broken", encoding="utf-8")
    answer = client.get("/en/stations/")
    assert answer.status_code == 200
    assert "Station one" in answer.content.decode()


def test_a_session_that_floods_leaves_two_thousand_phones_of_its_address_their_share():
    request = RequestFactory().post("/api/moments", REMOTE_ADDR="203.0.113.5")
    at, waiting, rounds = system.now(), [f"phone-{number}" for number in range(2040)], 0
    while waiting:
        request.session = SimpleNamespace(session_key="one-who-floods")
        flooded = sum(limits.allows(request, at) for _ in range(1000))
        assert flooded <= limits.SESSION.burst
        refused = []
        for phone in waiting:
            request.session = SimpleNamespace(session_key=phone)
            if not limits.allows(request, at):
                refused.append(phone)
        waiting, at, rounds = refused, at + Duration(1000), rounds + 1
    assert rounds <= 6  # seconds until the last phone was heard


def test_behind_a_proxy_the_limit_counts_the_visitors_own_address(kiosk, client, settings, monkeypatch):
    monkeypatch.setattr(limits, "ADDRESS", Limit(burst=1, rate=0.001))
    body = json.dumps({"moments": []})
    token = with_token(client)["csrf"]

    def post(forwarded):
        headers = {"x-csrftoken": token, "x-forwarded-for": forwarded}
        return client.post("/api/moments", body, content_type="application/json", headers=headers).status_code

    assert [post("1.2.3.4"), post("5.6.7.8")] == [200, 429]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert [post("9.9.9.9, 5.6.7.8"), post("5.6.7.9"), post("7.7.7.7, 5.6.7.8")] == [200, 200, 429]
