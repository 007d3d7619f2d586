"""The festival's pages: stations, programme, help, in every language, at the hour it is."""

from __future__ import annotations

import json
import re

import pytest
from tests.festival.festival_making import NOON

from notalone.festival import queries
from notalone.festival.web import pages
from notalone.kit.time import Instant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def text(answer):
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def data(page, name):
    return json.loads(page.split(f'<script id="{name}" type="application/json">')[1].split("</script>")[0])


@pytest.mark.parametrize(
    ("lang", "title"), [("en", "The lucky gems"), ("vi", "Những viên ngọc may mắn"), ("de", "Die Glücksjuwelen")]
)
def test_the_stations_stand_by_their_place_in_the_pages_language(client, lang, title):
    page = text(client.get(f"/{lang}/stations/"))
    assert page.count(title) == 2
    assert f'href="/{lang}/station/one/"' in page
    assert f'href="/{lang}/station/two/"' in page


def test_a_station_gives_its_scripts_what_they_need(client):
    page = text(client.get("/vi/station/one/"))
    station = data(page, "station")
    token = station.pop("csrf")
    assert len(token) == 64
    assert station == {
        "station": "one",
        "name": "Trạm một",
        "place": "hall",
        "place_name": "Hội trường",
        "scenario": "lucky-gems",
        "title": "Những viên ngọc may mắn",
        "lang": "vi",
        "first": "phone",
        "idle_ms": 60_000,
        "languages": [
            {"code": "en", "name": "English", "url": "/en/station/one/"},
            {"code": "vi", "name": "Tiếng Việt", "url": "/vi/station/one/"},
            {"code": "de", "name": "Deutsch", "url": "/de/station/one/"},
        ],
        "urls": {
            "score": "/api/scores/lucky-gems/vi.json",
            "moments": "/api/moments",
            "bricks": "/vi/wall/bricks/",
            "stations": "/vi/stations/",
            "help": "/vi/help/",
            "pass": "/vi/pass/PASS-CODE/",
            "qr": "/vi/pass/PASS-CODE/qr.svg",
        },
        "pass_place": "PASS-CODE",
        "helplines": [
            {
                "id": "child-protection-vn",
                "name": "Tổng đài điện thoại quốc gia bảo vệ trẻ em",
                "number": "111",
                "tel": "111",
                "sms": "",
                "sms_to": "",
                "web": "",
                "url": "",
                "hours": "Suốt ngày đêm",
                "cost": "Miễn phí",
                "about": "Luôn có người lắng nghe, tư vấn và giúp đỡ khi trẻ em gặp nguy hiểm hoặc lo lắng.",
                "country": "VN",
                "confirmed": False,
            }
        ],
        "messages": [
            {"id": "not-alone", "say": "Bạn không một mình."},
            {"id": "pause", "say": "Hít thở nhé. Chẳng có gì gấp đến thế đâu."},
            {"id": "tell", "say": "Hãy kể với người bạn tin tưởng."},
        ],
    }


def test_a_station_sets_no_cookie_but_the_session(client):
    answer = client.get("/vi/station/one/")
    assert set(answer.cookies) == {"session"}
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_each_load_of_a_station_renews_the_session(client):
    client.get("/vi/station/one/")
    assert "session" in client.get("/vi/station/one/").cookies


def test_the_addresses_of_a_station_exist(client):
    urls = data(text(client.get("/vi/station/one/")), "station")["urls"]
    for name in ("score", "stations", "help", "qr"):
        assert client.get(urls[name]).status_code == 200, name


def test_a_station_that_does_not_exist_is_not_found(client):
    assert client.get("/en/station/onne/").status_code == 404
    assert client.get("/fr/station/one/").status_code == 404
    assert client.post("/en/station/one/").status_code == 405


def test_html_in_the_folder_is_shown_as_it_was_written(client, folder):
    folder.replace("name: Station one", 'name: "<script>alert(1)</script>"')
    for address in ("/en/stations/", "/en/station/one/"):
        page = text(client.get(address))
        assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text(client.get("/en/stations/"))


def test_a_page_in_a_language_that_the_festival_does_not_speak_falls_back(client, folder):
    folder.replace("languages: [en, vi, de]", "languages: [en]").replace("language: vi, idle", "language: en, idle")
    station = data(text(client.get("/de/station/one/")), "station")
    assert station["urls"]["score"] == "/api/scores/lucky-gems/en.json"
    assert station["title"] == "The lucky gems"


@pytest.mark.parametrize(
    ("at", "on", "following", "over"),
    [
        ("2026-01-01T01:00:00Z", [], ["Welcome"], False),
        ("2026-01-01T02:00:00Z", ["Welcome"], ["The stations are open"], False),
        ("2026-01-02T08:30:00Z", ["The wall is finished"], [], False),
        ("2026-01-03T00:00:00Z", [], [], True),
    ],
)
def test_the_programme_tells_what_is_on_and_what_comes_next(client, monkeypatch, at, on, following, over):
    monkeypatch.setattr(pages.system, "now", lambda: Instant.parse(at))
    answer = client.get("/en/programme/")
    assert [item["title"] for item in answer.context["on"]] == on
    assert [item["title"] for item in answer.context["following"]] == following
    assert answer.context["over"] is over
    assert ("The programme is over." in text(answer)) is over


def test_the_programme_shows_each_days_items_at_the_festivals_own_time(client, monkeypatch):
    monkeypatch.setattr(pages.system, "now", lambda: NOON)
    page = text(client.get("/vi/programme/"))
    assert "Thứ 5" in page
    assert "Thứ 6" in page
    for item in ("09:00–09:30", "09:30–15:30", "09:00–15:00", "15:30–16:15", "Bức tường hoàn thành"):
        assert item in page


def test_the_help_page_says_which_helpline_nobody_has_confirmed(client, folder, monkeypatch):
    monkeypatch.setattr(pages.system, "now", lambda: NOON)
    page = text(client.get("/de/help/"))
    assert 'href="tel:111"' in page
    assert "Noch von keinem Menschen bestätigt" in page
    folder.replace("    source:", '    confirmed: {by: "A person", on: 2025-12-01}\n    source:')
    assert "Noch von keinem Menschen bestätigt" not in text(client.get("/de/help/"))
    monkeypatch.setattr(pages.system, "now", lambda: Instant.parse("2026-12-02T00:00:00Z"))
    assert "Noch von keinem Menschen bestätigt" in text(client.get("/de/help/"))


def test_helplines_of_another_country_stand_apart(client, folder):
    folder.replace("    country: VN\n", "    country: DE\n")
    here = client.get("/de/help/")
    assert (here.context["lines"], here.context["abroad"]) == ([], [])
    assert [line["id"] for line in client.get("/vi/help/").context["abroad"]] == ["child-protection-vn"]
    assert data(text(client.get("/vi/station/one/")), "station")["helplines"] == []


@pytest.mark.parametrize("address", ["stations", "programme", "help", "pass", "pass/gone"])
@pytest.mark.parametrize("lang", ["vi", "en", "de"])
def test_a_page_has_no_script_or_style_of_its_own(client, address, lang):
    page = text(client.get(f"/{lang}/{address}/"))
    assert f'<html lang="{lang}"' in page
    assert page.count("<h1") == 1
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|https?://(?!www\.w3\.org)", page)
    assert all("src=" in tag or "application/json" in tag for tag in re.findall(r"<script[^>]*>", page))


@pytest.mark.parametrize("address", ["stations", "programme", "help", "station/one"])
def test_a_page_needs_no_query(client, address, django_assert_max_num_queries):
    queries.festival()
    client.get("/en/help/")
    with django_assert_max_num_queries(4 if address == "station/one" else 0):  # the station keeps its session
        client.get(f"/en/{address}/")
