"""The public shell: languages, errors, the neutral page, the home page."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from notalone.faces import dashboard, errors, front, lights
from notalone.faces.context import language_choices
from notalone.festival import queries as festivals
from notalone.festival.models import Pass
from notalone.kit.time import Duration, Instant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [("vi", "vi"), ("de-AT,de;q=0.9,en;q=0.5", "de"), ("fr, en;q=0.3", "en"), ("fr", "en"), ("", "en"), ("*", "en")],
)
def test_the_root_leads_to_the_visitors_language_or_to_english(accepted, lang):
    answer = Client().get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.url) == (302, f"/{lang}/")
    assert "Accept-Language" in answer["Vary"]


@pytest.mark.parametrize("path", ["/fr/", "/fr", "/zh-hans/wall/", "/FR/staff/"])
def test_an_unknown_language_is_told_which_three_there_are(path):
    answer = Client().get(path, headers={"Accept-Language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "Tiếng Việt, English, Deutsch" in page
    assert 'href="/vi/"' in page


def test_a_lost_visitor_is_told_kindly_in_their_language_and_finds_home():
    answer = Client().get("/en/nothing-here/")
    assert answer.status_code == 404
    assert "This page is not here" in answer.content.decode()
    assert 'href="/en/"' in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_a_program_that_gets_lost_is_answered_in_json():
    answer = Client().get("/api/nothing")
    assert answer.status_code == 404
    assert "Nothing stands at this address" in json.loads(answer.content)["error"]


def test_the_page_for_our_own_mistakes_needs_neither_database_nor_session(django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = errors.broken(RequestFactory().get("/en/"))
    assert answer.status_code == 500
    assert "What was saved stays saved" in answer.content.decode()


def test_a_view_that_breaks_is_answered_kindly(monkeypatch):
    monkeypatch.setattr(front, "page", lambda lang, now: 1 / 0)
    answer = Client(raise_request_exception=False).get("/en/")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.content.decode()


def test_what_is_too_large_is_refused_kindly():
    answer = Client().post("/en/staff/login/", {"username": "x" * 300_000})
    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()


def test_the_language_switch_keeps_the_page_and_its_question():
    choices = language_choices("/en/staff/audit/?before=7")
    assert [choice.url for choice in choices] == [
        "/vi/staff/audit/?before=7",
        "/en/staff/audit/?before=7",
        "/de/staff/audit/?before=7",
    ]
    assert [choice.name for choice in choices] == ["Tiếng Việt", "English", "Deutsch"]
    assert [choice.url for choice in language_choices("/fr/wall/")] == ["/vi/", "/en/", "/de/"]


@pytest.mark.parametrize("path", ["/en//evil.example/", "/en/\\evil.example"])
def test_the_language_switch_never_leads_to_another_site(path):
    assert all(choice.url.startswith(f"/{choice.code}/") for choice in language_choices(path))


def test_the_neutral_page_does_not_name_the_festival():
    for lang in ("vi", "en", "de"):
        page = Client().get(f"/{lang}/neutral/").content.decode().split("<body>")[1]
        assert "Not Alone" not in page
        assert "<a " not in page


def test_leaving_throws_the_pass_away_only_where_the_visitor_asked_on_our_own_page():
    code = "abcdefgh12345678"
    for question, site, kept in (
        ("", "same-origin", True),
        ("?forget=1", "cross-site", True),
        ("?forget=1", None, True),
        ("?forget=1", "same-origin", False),
    ):
        client = Client()
        client.cookies["pass"] = code
        Pass.objects.update_or_create(pk=code, defaults={"created": Instant(1_793_500_000_000).as_datetime()})
        client.get(f"/en/neutral/{question}", headers={"Sec-Fetch-Site": site} if site else {})
        assert bool(client.cookies["pass"].value) is kept
        assert Pass.objects.filter(pk=code).exists() is kept


@pytest.mark.parametrize(
    ("referer", "site", "kept"),
    [
        ("http://testserver/en/pass/", None, False),
        ("http://testserver/en/pass/", "cross-site", True),
        ("http://evil.example/en/pass/", None, True),
        ("http://testserver.evil.example/", None, True),
        ("https://testserver/en/pass/", None, True),
        ("http://testserver@evil.example/", None, True),
        ("http://[", None, True),
    ],
)
def test_without_tls_the_page_one_came_from_tells_whether_the_visitor_asked(referer, site, kept):
    code = "pass-of-a-visitor-without-tls"
    client = Client()
    client.cookies["pass"] = code
    Pass.objects.create(pk=code, created=Instant(1_793_500_000_000).as_datetime())
    headers = {"Referer": referer, **({"Sec-Fetch-Site": site} if site else {})}
    assert client.get("/en/neutral/?forget=1", headers=headers).status_code == 200
    assert Pass.objects.filter(pk=code).exists() is kept
    assert bool(client.cookies["pass"].value) is kept


def test_leaving_and_forgetting_ends_the_session_too():
    client = Client()
    client.get("/en/staff/login/")
    assert client.cookies["session"].value
    client.get("/en/neutral/")
    assert client.cookies["session"].value
    client.get("/en/neutral/?forget=1", headers={"Sec-Fetch-Site": "same-origin"})
    assert not client.cookies["session"].value
    assert Session.objects.count() == 0


def test_no_public_page_sets_a_cookie():
    for path in ("/", "/en/", "/vi/neutral/", "/de/design/", "/en/nothing/", "/healthz", "/robots.txt", "/brand.css"):
        assert Client().get(path).cookies == {}, path


def test_robots_keep_out_of_staff_and_passes():
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /*/staff/" in lines
    assert "Disallow: /*/pass/" in lines


def test_the_festivals_own_colours_are_served():
    brand = festivals.festival().brand
    css = Client().get("/brand.css").content.decode()
    assert css == f":root{{--night:{brand.night};--ember:{brand.ember};--tide:{brand.tide};--coral:{brand.coral}}}\n"


def test_the_home_page_names_every_place_and_station_and_a_number_for_help():
    festival = festivals.festival()
    page = Client().get("/en/").content.decode()
    for place in festival.places.values():
        assert place.name in page
    for station in festival.stations.values():
        assert f'href="/{station.language}/station/{station.id}/"' in page
    assert 'href="tel:111"' in page


def test_what_is_on_and_what_comes_next_agree_with_the_programme_at_every_minute():
    festival = festivals.festival()
    now = festival.starts() + Duration(-60_000)
    while now < festival.ends() + Duration(60_000):
        on, following = front.now_and_next(now, "en")
        local = now.as_datetime().astimezone(festival.zone)
        expected = [
            item.title
            for item in festival.programme
            if item.day == local.date()
            and 0 <= (local.hour - item.at.hour) * 60 + local.minute - item.at.minute < item.minutes
        ]
        assert sorted(shown.title for shown in on) == sorted(expected), local
        starts = [(shown.day, shown.starts) for shown in following]
        assert starts == sorted(starts)
        assert all(start > (local.date(), f"{local:%H:%M}") for start in starts)
        now += Duration.seconds(timedelta(minutes=13).total_seconds())


def test_the_picture_is_the_same_every_time_and_stays_inside_its_frame():
    first = lights.picture()
    lights.picture.cache_clear()
    assert lights.picture() == first
    for path in first.bricks:
        tops = [int(part.split("h")[0].split()[1]) for part in path.split("M")[1:]]
        assert tops
        assert all(0 <= top < first.sea for top in tops)


def test_the_chart_fills_its_height_with_the_busiest_minute_and_shows_a_single_moment():
    chart = dashboard.chart([0, 1, 100, 50])
    assert [bar.height for bar in chart.bars] == [1, 3, 60, 30]
    assert [bar.y + bar.height for bar in chart.bars] == [60] * 4
    assert (chart.total, chart.most, chart.latest, chart.minutes) == (151, 100, 50, 4)
    assert dashboard.chart([]).bars == ()
    assert [bar.height for bar in dashboard.chart([0, 0]).bars] == [1, 1]
