"""The single-file page, opened from a disk in a real browser that has no network."""

from __future__ import annotations

import pytest
from tests.browser import axe, chromium, overflowing, too_small
from tests.packages.visitor import accept, reach, settled
from tests.running import ROOT
from tests.scenario.example import CALL, write
from typer.testing import CliRunner

from notalone.project import command

STORIES = ROOT / "content" / "demo" / "scenarios"
STORY = STORIES / "online-abduction"
LANGS = ("vi", "en", "de")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    out = tmp_path_factory.mktemp("stick") / "the call.html"
    done = CliRunner().invoke(command.app, ["scenario", "export", str(STORY), "-o", str(out)])
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def offline(browser, file):
    """Give a function that opens the page with the network off, and a list of all that it asked or complained of."""
    asked: list[str] = []
    opened = []

    def open_page(lang="en", size=(390, 844), **options):
        context = browser.new_context(locale=lang, viewport={"width": size[0], "height": size[1]}, **options)
        context.set_offline(True)
        opened.append(context)
        page = context.new_page()
        page.clock.install()
        page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.on("console", lambda said: asked.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(file.as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page, asked
    for context in opened:
        context.close()


@pytest.mark.parametrize("lang", LANGS)
def test_it_plays_to_an_ending_by_keyboard_without_a_network(offline, file, lang):
    open_page, asked = offline
    page = open_page(lang)
    assert page.evaluate("document.documentElement.lang") == lang
    assert page.evaluate("document.fonts.size") >= 3
    assert axe(settled(page)) == []
    accept(page)
    assert reach(page, ".choice", steps=0) == 0
    assert axe(settled(page)) == []
    made = reach(page, ".reading")
    assert made >= 1
    assert page.locator(".end__title, .end .title").inner_text()
    assert page.locator(".met__know").count() >= 1
    assert page.locator(".part .helpline").count() >= 1
    assert axe(settled(page)) == []
    assert asked == [file.as_uri()]
    assert page.evaluate("[localStorage.length, document.cookie, navigator.serviceWorker?.controller ?? null]") == [
        0,
        "",
        None,
    ]


def test_the_language_changes_inside_and_keeps_the_place_in_the_story(offline):
    open_page, asked = offline
    page = open_page("vi")
    accept(page)
    reach(page, ".reading", steps=1)
    reach(page, ".choice", steps=0)
    before = page.locator(".line").first.get_attribute("data-line")
    page.select_option("#language", "de")
    assert page.evaluate("document.documentElement.lang") == "de"
    reach(page, ".choice", steps=0)
    assert page.locator(".line").first.get_attribute("data-line") == before
    reach(page, ".reading")
    german = page.locator(".end .title").inner_text()
    page.select_option("#language", "en")
    assert page.locator(".end .title").inner_text() != german
    assert page.locator("html").get_attribute("lang") == "en"
    assert len(asked) == 1


def test_skipping_the_story_tells_in_short_what_it_teaches(offline):
    open_page, _asked = offline
    page = open_page("en")
    page.click("[data-begin]")
    assert page.locator(".notes li").count() >= 1
    page.click("[data-skip]")
    assert page.locator("[data-screen=short] .met__know").count() >= 3
    assert page.locator(".choice").count() == 0
    assert axe(settled(page)) == []


def test_help_lies_over_the_story_and_says_what_nobody_confirmed(offline):
    open_page, _asked = offline
    page = open_page("vi")
    accept(page)
    page.click("[data-help]")
    assert page.locator("#help .helpline").count() == page.locator("#help .badge--warn").count() >= 3
    assert page.locator('#help a[href="tel:113"]').count() == 1
    assert "116 111" not in page.locator("#help").inner_text()  # the demo's festival is in Vietnam
    assert page.evaluate("document.getElementById('stage').inert")
    assert axe(settled(page)) == []
    page.keyboard.press("Escape")
    assert page.locator("#help .helpline").count() == 0


@pytest.mark.parametrize("way", ["button", "keys"])
def test_leaving_shows_nothing_of_it_any_more(offline, way):
    open_page, _asked = offline
    page = open_page("en")
    accept(page)
    with page.expect_navigation(url="about:blank"):
        if way == "button":
            page.click("[data-leave]")
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
    assert page.inner_text("body") == ""


def test_calm_stops_movement_and_time_limits(offline):
    open_page, _asked = offline
    page = open_page("en")
    page.locator("[data-calm-switch]").focus()
    page.keyboard.press("Space")
    accept(page)
    reach(page, ".choice", steps=0)
    assert page.locator("html[data-calm]").count() == 1
    scene = page.locator(".line").first.get_attribute("data-line")
    page.clock.run_for(120_000)
    assert page.locator(".line").first.get_attribute("data-line") == scene
    assert page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length") == 0


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_too_small_or_cut_off_on_a_small_phone(offline, lang):
    open_page, _asked = offline
    page = open_page(lang, size=(360, 640), has_touch=True)
    for _ in range(2):
        assert too_small(page) == []
        assert overflowing(page) == 0
        page.locator("[data-begin], [data-accept]").first.click()
    reach(page, ".choice", steps=0)
    assert too_small(page) == []
    assert overflowing(page) == 0


def test_every_story_of_the_demo_plays_to_an_ending_from_a_disk(browser, tmp_path):
    wrong = []
    context = browser.new_context(locale="vi", viewport={"width": 390, "height": 844})
    context.set_offline(True)
    page = context.new_page()
    page.clock.install()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    for story in sorted(path.parent for path in STORIES.glob("*/scenario.yaml")):
        out = tmp_path / f"{story.name}.html"
        done = CliRunner().invoke(command.app, ["scenario", "export", str(story), "-o", str(out), "--unproved"])
        assert done.exit_code == 0, done.output
        page.goto(out.as_uri())
        accept(page)
        assert reach(page, ".reading") >= 1, story.name
        assert page.locator(".end .lead").inner_text(), story.name
    context.close()
    assert wrong == []


def test_a_page_that_is_not_proved_says_so_on_its_first_screen(browser, tmp_path):
    write(tmp_path, CALL.replace('      - {say: "Tell mum", to: told}\n  hotel', "  hotel"))
    out = tmp_path / "try.html"
    assert CliRunner().invoke(command.app, ["scenario", "export", str(tmp_path), "-o", str(out)]).exit_code == 1
    words = ["scenario", "export", str(tmp_path), "-o", str(out), "--unproved"]
    assert CliRunner().invoke(command.app, words).exit_code == 0
    page = browser.new_page(locale="en")
    page.goto(out.as_uri())
    page.wait_for_selector("html[data-ready]")
    assert "has not passed its checks" in page.inner_text("#panel")
    page.close()
