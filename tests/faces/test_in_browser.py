"""The shells in a real browser: accessible, without errors, without strangers, and quick to leave."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import expect
from tests.browser import axe, browsing, chromium, context, overflowing, too_small

from notalone.people import actions
from notalone.people.models import Person

PUBLIC = ("/", "/design/", "/neutral/", "/staff/login/")
STAFF = (
    "/staff/",
    "/staff/accounts/",
    "/staff/accounts/add/",
    "/staff/accounts/{linh}/",
    "/staff/audit/",
    "/staff/password/",
)
SEEN = [("vi", "phone"), ("de", "laptop"), ("en", "screen")]


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def staff(transactional_db, live_server):
    """Give the log-in cookie of an admin, with a second account and some rows in the audit log."""
    cache.clear()
    actions.add_person(None, "quan", ["admin"], "four-quiet-green-boats")
    actions.add_person(None, "linh", ["guide", "moderator"])
    client = Client()
    client.force_login(Person.objects.get(username="quan"), backend="django.contrib.auth.backends.ModelBackend")
    host = live_server.url.split("//")[1].split(":")[0]
    cookie = {"name": "session", "value": client.cookies["session"].value, "domain": host, "path": "/"}
    return {"cookies": [{**cookie, "expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}


def faults(page):
    wide = overflowing(page)
    return axe(page) + too_small(page) + ([f"{wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize(("lang", "size"), SEEN)
def test_every_public_page_is_accessible_and_fits(live_server, browser, lang, size):
    with browsing(live_server.url, browser) as open_page:
        found = {path: faults(open_page(f"/{lang}{path}", size)) for path in PUBLIC}
    assert found == {path: [] for path in PUBLIC}


@pytest.mark.parametrize(("lang", "size"), SEEN)
def test_every_staff_page_is_accessible_and_fits(live_server, browser, staff, lang, size):
    linh = Person.objects.get(username="linh").pk
    found = {}
    with browsing(live_server.url, browser) as open_page:
        for path in STAFF:
            page = open_page(f"/{lang}{path.format(linh=linh)}", size, storage_state=staff)
            assert "/login/" not in page.url
            found[path] = faults(page)
    assert found == {path: [] for path in STAFF}


@pytest.mark.parametrize("lang", ["en", "de"])
def test_every_page_fits_a_phone_in_the_other_languages_too(live_server, browser, staff, lang):
    linh = Person.objects.get(username="linh").pk
    with browsing(live_server.url, browser) as open_page:
        page = open_page(f"/{lang}/", "phone", storage_state=staff)
        wide = {}
        for path in (*PUBLIC, *STAFF):
            page.goto(f"{live_server.url}/{lang}{path.format(linh=linh)}")
            wide[path] = (overflowing(page) > 0, too_small(page))
    assert wide == {path: (False, []) for path in (*PUBLIC, *STAFF)}


@pytest.mark.parametrize("path", ["/en/nothing-here/", "/fr/"])
def test_an_error_page_is_accessible(live_server, browser, path):
    one = context(browser, "phone")
    page = one.new_page()
    page.goto(live_server.url + path)
    assert faults(page) == []
    one.close()


def test_the_button_leaves_at_once_and_going_back_does_not_return(live_server, browser):
    with browsing(live_server.url, browser) as open_page:
        page = open_page("/en/design/")
        page.goto(f"{live_server.url}/en/")
        page.get_by_role("link", name="Leave now").click()
        page.wait_for_url("**/en/neutral/")
        assert page.title() == "Kinds of clouds"
        page.go_back()
        page.wait_for_url("**/en/neutral/")
        assert page.title() == "Kinds of clouds"
        page.goto(f"{live_server.url}/en/")
        assert page.title().endswith("Not Alone")


def test_shift_three_times_leaves_and_writing_capitals_does_not(live_server, browser):
    with browsing(live_server.url, browser) as open_page:
        page = open_page("/de/design/")
        field = page.locator("#day-name")
        field.fill("")
        for letter in "LINH":
            page.keyboard.press(f"Shift+{letter}")
        assert page.url.endswith("/de/design/")
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url("**/de/neutral/")


def test_calm_stops_all_movement_and_is_kept_for_this_tab(live_server, browser):
    with browsing(live_server.url, browser) as open_page:
        page = open_page("/vi/")
        moving = "document.getAnimations().filter((a) => a.playState === 'running').length"
        assert page.evaluate(moving) > 0
        page.locator("[data-calm-switch]").check()
        assert page.evaluate(moving) == 0
        page.goto(f"{live_server.url}/de/")
        expect(page.locator("html")).to_have_attribute("data-calm", "")
        assert page.locator("[data-calm-switch]").is_checked()
        assert page.evaluate(moving) == 0
        still = open_page("/vi/", reduced_motion="reduce")
        assert still.evaluate(moving) == 0


def test_the_keyboard_reaches_the_content_first(live_server, browser):
    with browsing(live_server.url, browser) as open_page:
        page = open_page("/en/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip-link"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_the_page_speaks_the_vendored_font_in_vietnamese(live_server, browser):
    with browsing(live_server.url, browser) as open_page:
        page = open_page("/vi/")
        page.evaluate("document.fonts.ready")
        loaded = page.evaluate("[...document.fonts].filter((f) => f.status === 'loaded').map((f) => f.unicodeRange)")
        assert any("U+1EA0" in ranges for ranges in loaded)
        assert page.evaluate("document.fonts.check('800 40px \"Be Vietnam Pro\"', 'Ộ')")


def test_the_overview_keeps_itself_fresh_and_says_when_it_cannot(live_server, browser, staff):
    one = context(browser, storage_state=staff)
    page = one.new_page()
    page.goto(f"{live_server.url}/en/staff/")
    page.evaluate("document.querySelector('#processes').textContent = 'old'")
    expect(page.locator("#processes")).to_have_text("Processes")
    assert page.locator("[data-stale]").is_hidden()
    one.set_offline(True)
    page.locator("[data-stale]").wait_for(state="visible")
    one.set_offline(False)
    page.locator("[data-stale]").wait_for(state="hidden")
    one.close()
