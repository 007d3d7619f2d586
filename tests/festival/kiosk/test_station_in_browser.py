"""A station in a real browser: help, exit, silence, keys, calm, and a server that goes away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.browser import axe, browsing, chromium, overflowing, too_small

from notalone.festival.models import Moment

PATH = "/{lang}/station/the-call/"
SIZES = [("vi", "phone"), ("de", "laptop")]

SETTLE = """() => document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).forEach((one) => one.finish())"""
REACHED = """(selector) => {
  const box = document.querySelector(selector).getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest(selector) !== null;
}"""


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def station(live_server, transactional_db, browser):
    """Give a function that opens the station with its clock in our hands."""
    opened = []
    with browsing(live_server.url, browser) as open_page:

        def open_station(lang="vi", size="phone"):
            page = open_page(PATH.format(lang=lang), size)
            page.clock.install()
            page.reload()
            expect(page.locator("[data-begin]")).to_be_enabled()
            opened.append(page)
            return page

        yield open_station
        for page in opened:  # nothing may be on its way when the database is emptied
            all_sent(page)
            page.wait_for_load_state("networkidle")


def into_play(page):
    page.locator("[data-begin]").click()
    page.locator("[data-accept]").click()
    expect(page.locator("#kiosk")).to_have_attribute("data-screen", "play")


def to_choices(page):
    """Answer, then let the story run until its choices are there."""
    for _ in range(60):
        if page.locator(".choices:not(.choices--done)").count():
            page.clock.run_for(500)
            return
        answer = page.locator(".call__answer")
        if answer.count():
            answer.click()
        page.clock.run_for(1000)
    raise AssertionError("no choices came")


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('notalone.moment.')).sort()")


def all_sent(page):
    """Wait until the server has every moment that this browser made."""
    for _ in range(200):
        if not kept(page):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"still waiting: {kept(page)}")


def faults(page):
    wide = overflowing(page)
    return axe(page) + too_small(page) + ([f"{wide} px too wide"] if wide > 0 else [])


@pytest.mark.parametrize(("lang", "size"), SIZES)
def test_every_screen_is_accessible_fits_and_keeps_help_and_exit_in_reach(station, lang, size):
    page = station(lang, size)
    found = {}

    def look(name):
        page.clock.run_for(3000)
        page.evaluate(SETTLE)
        found[name] = faults(page)
        for corner in ("[data-help]", "[data-exit]"):
            assert page.evaluate(REACHED, corner), f"{corner} is covered on {name}"

    look("attract")
    page.locator("[data-help]").click()
    look("help")
    page.locator("[data-close]").click()
    page.locator("[data-begin]").click()
    look("notes")
    page.locator("[data-accept]").click()
    look("ringing")
    to_choices(page)
    look("choices")
    for _ in range(30):
        page.locator(".choices:not(.choices--done) .choice").first.click()
        page.clock.run_for(4000)
        if page.locator("[data-onward]").count():
            break
        to_choices(page)
    look("debrief")
    page.locator("[data-onward]").click()
    page.locator("[data-message=own]").click()
    look("brick")
    page.locator("[data-without]").click()
    look("thanks")
    page.clock.run_for(61_000)
    look("countdown")
    assert found == {name: [] for name in found}


def test_help_leaves_the_play_where_it_was_and_holds_the_time(station):
    page = station()
    into_play(page)
    to_choices(page)
    before = page.locator(".choices").inner_text()
    page.locator("[data-help]").click()
    left = page.locator(".ring").evaluate("(ring) => ring.style.getPropertyValue('--left')")
    expect(page.locator("#help")).to_contain_text("111")
    page.clock.run_for(25_000)
    assert page.locator(".ring").evaluate("(ring) => ring.style.getPropertyValue('--left')") == left
    page.locator("[data-close]").click()
    assert page.locator(".choices").inner_text() == before


def test_exit_leads_to_the_start_and_is_told_to_nobody(station):
    page = station()
    into_play(page)
    to_choices(page)
    all_sent(page)
    before = Moment.objects.count()
    page.locator("[data-exit]").click()
    expect(page.locator("#kiosk")).to_have_attribute("data-screen", "attract")
    expect(page.locator("#phone .line")).to_have_count(0)
    page.clock.run_for(5000)
    assert before > 0
    assert Moment.objects.count() == before


def test_shift_three_times_leaves_too(station):
    page = station()
    into_play(page)
    for _ in range(3):
        page.keyboard.press("Shift")
    expect(page.locator("#kiosk")).to_have_attribute("data-screen", "attract")


def test_silence_counts_down_gently_and_then_forgets(station):
    page = station()
    page.locator("[data-begin]").click()
    page.clock.run_for(59_000)
    expect(page.locator("#still")).to_be_hidden()
    page.clock.run_for(2000)
    expect(page.locator("#still")).to_be_visible()
    page.locator("[data-stay]").click()
    expect(page.locator("#still")).to_be_hidden()
    expect(page.locator("#kiosk")).to_have_attribute("data-screen", "notes")
    page.clock.run_for(61_000)
    page.clock.run_for(15_000)
    expect(page.locator("#kiosk")).to_have_attribute("data-screen", "attract")


def test_the_story_can_be_played_by_keys_alone(station):
    page = station("de", "laptop")
    page.locator("[data-begin]").focus()
    page.keyboard.press("Enter")
    page.locator("[data-accept]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".call__answer")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(20):
        if page.locator(".choices").count():
            break
        page.locator("#phone .lines").focus()
        page.keyboard.press("Enter")
    expect(page.locator(".choice").first).to_be_focused()
    page.clock.run_for(1000)
    page.keyboard.press("2")
    expect(page.locator(".choice--taken")).to_have_attribute("data-choice", "1")


def test_time_limits_press_nobody_in_calm_mode(station):
    page = station()
    page.locator(".corners__switch").click()
    into_play(page)
    to_choices(page)
    scene = page.locator(".choices").inner_text()
    expect(page.locator(".ring")).to_be_hidden()
    page.clock.run_for(40_000)
    assert page.locator(".choices").inner_text() == scene


def test_a_time_limit_goes_on_with_the_story(station):
    page = station()
    into_play(page)
    to_choices(page)
    page.clock.run_for(32_000)
    expect(page.locator("#panel .choices")).to_have_count(0)
    all_sent(page)
    assert [row.body["choice"] for row in Moment.objects.filter(type="choice-made")] == [-1]


def test_a_server_that_goes_away_stops_nobody_and_gets_everything_later_once(live_server, transactional_db, browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.clock.install()
    page.goto(live_server.url + PATH.format(lang="vi"))
    expect(page.locator("[data-begin]")).to_be_enabled()
    context.set_offline(True)
    into_play(page)
    to_choices(page)
    page.locator(".choice").first.click()
    page.clock.run_for(4000)
    waiting = kept(page)
    assert len(waiting) >= 4
    assert Moment.objects.count() == 0
    context.set_offline(False)
    page.reload()  # as when the kiosk is started anew
    all_sent(page)
    rows = list(Moment.objects.order_by("seq"))
    assert [f"notalone.moment.{row.uid}" for row in rows] == waiting
    assert [row.type for row in rows][:2] == ["run-started", "scene-entered"]
    context.close()
