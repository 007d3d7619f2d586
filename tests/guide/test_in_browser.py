"""A visitor judges before and after the story, takes a code home and comes back: in a real browser, accessibly."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from playwright.sync_api import expect
from tests.browser import SIZES, axe, browsing, chromium, overflowing, too_small

from notalone.guide import models, queries
from notalone.guide.core.judged import AGES
from notalone.kit import system
from notalone.people import actions as people

SHOTS = os.environ.get("NOTALONE_SHOTS")


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


def look(page, name):
    """Return what is wrong with the screen; keep a picture where one is asked for."""
    page.wait_for_timeout(400)
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))
    wide = overflowing(page)
    return axe(page) + too_small(page) + ([f"{name}: {wide} px too wide"] if wide > 0 else [])


def through_the_story(page):
    """Take the last choice of every scene until the story ends."""
    for _ in range(600):
        if page.locator("#kiosk[data-screen='debrief']").count():
            return
        offered = page.locator(".choices:not(.choices--done) .choice").count()
        if offered:
            page.wait_for_timeout(450)  # the station itself ignores taps that meant “go on”
            page.keyboard.press(str(offered))
        else:
            page.evaluate("document.querySelector('.call__answer')?.click()")
            page.keyboard.press("ArrowRight")
        page.wait_for_timeout(60)
    raise AssertionError("the story did not end")


@pytest.mark.parametrize(("lang", "size"), [("vi", "phone"), ("de", "laptop"), ("en", "screen")])
def test_before_story_after_and_a_code(live_server, transactional_db, browser, lang, size):
    found = {}
    with browsing(live_server.url, browser) as open_page:
        page = open_page(f"/{lang}/station/one/", size)

        def judge(answers):
            for k, genuine in enumerate(answers):
                if k == 0:
                    found["question"] = look(page, f"question-{lang}-{size}")
                page.locator("[data-real]" if genuine else "[data-not]").click()

        page.locator("[data-begin]:enabled").click()
        found["notes"] = look(page, f"notes-{lang}-{size}")
        page.locator("[data-judge]").click()
        found["age"] = look(page, f"age-{lang}-{size}")
        page.locator("[data-age='10-12']").click()
        judge([False] * 6)
        expect(page.locator("#kiosk")).to_have_attribute("data-screen", "play")
        through_the_story(page)
        page.locator("[data-onward]").click()
        found["again"] = look(page, f"again-{lang}-{size}")
        page.locator("[data-go]").click()
        judge([True, False] * 3)
        found["told"] = look(page, f"told-{lang}-{size}")
        page.locator("[data-next]").click()
        found["offer"] = look(page, f"offer-{lang}-{size}")
        page.locator("[data-yes-code]").click()
        expect(page.locator(".judging__qr")).to_be_visible()
        found["code"] = look(page, f"code-{lang}-{size}")
        code = page.locator(".judging__code").inner_text()
        page.locator("[data-to-brick]").click()
        expect(page.locator("#kiosk")).to_have_attribute("data-screen", "brick")
        row = models.Judged.objects.get()
        assert (row.scenario, row.age, row.lang, row.before) == ("lucky-gems", "10-12", lang, [3, 0, 3, 0])
        assert sum(row.after) == 6
        comes_back(page, live_server.url, lang, code, found)
        page.wait_for_load_state("networkidle")
    assert {name: faults for name, faults in found.items() if faults} == {}


def comes_back(page, url, lang, code, found):
    """Four weeks later, with the QR code's link."""
    assert queries.retest(code.replace("-", ""), system.now()) is not None
    models.Code.objects.update(made=(system.now().as_datetime() - timedelta(days=28)).date())
    page.goto(f"{url}/{lang}/again/#{code}")
    expect(page.locator("[data-code]")).to_have_value(code)
    assert code not in page.url
    found["return"] = look(page, f"return-{lang}")
    page.keyboard.press("Enter")
    found["form"] = look(page, f"form-{lang}")
    for one in page.locator("fieldset").all():
        one.locator("label").last.click()
    page.locator("[name='judged']").click()
    page.locator("ul.plain li").first.wait_for()
    found["thanks"] = look(page, f"thanks-{lang}")
    assert models.Judged.objects.get().again == [3, 0, 3, 0]


def test_whoever_leaves_or_goes_straight_to_the_story_has_judged_nothing(live_server, transactional_db, browser):
    with browsing(live_server.url, browser) as open_page:
        page = open_page("/en/station/one/", "laptop")
        page.locator("[data-begin]:enabled").click()
        page.locator("[data-judge]").click()
        page.locator("[data-age='none']").click()
        page.locator("[data-real]").click()
        page.locator("[data-exit]").first.click()  # whoever leaves has judged nothing
        page.locator("[data-begin]:enabled").click()
        page.locator("[data-judge]").click()
        expect(page.locator("[data-age='none']")).to_be_visible()
        page.keyboard.press("Tab")
        page.locator("[data-straight]").press("Enter")
        expect(page.locator("#kiosk")).to_have_attribute("data-screen", "play")
        through_the_story(page)
        page.locator("[data-onward]").click()  # no “before”, no “after”
        expect(page.locator("#kiosk")).to_have_attribute("data-screen", "brick")
        assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('notalone.judged.'))") == []
        page.wait_for_load_state("networkidle")
    assert not models.Judged.objects.exists()


def waiting(page):
    """Return what the browser keeps of judgements until the server has them."""
    return page.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.startsWith('notalone.judged.')).map(([, kept]) => kept)"
    )


def to_the_offer(page):
    """Judge before, play, judge after."""
    page.locator("[data-begin]:enabled").click()
    page.locator("[data-judge]").click()
    page.locator("[data-age='13-15']").click()
    for _ in range(6):
        page.locator("[data-not]").click()
    through_the_story(page)
    page.locator("[data-onward]").click()
    page.locator("[data-go]").click()
    for _ in range(6):
        page.locator("[data-real]").click()
    page.locator("[data-next]").click()


def test_answers_and_a_code_given_while_the_server_was_away_arrive_once(live_server, transactional_db, browser):
    with chromium_context(browser) as (context, page):
        page.goto(f"{live_server.url}/vi/station/one/")
        page.locator("[data-begin]:enabled").wait_for()
        context.set_offline(True)
        to_the_offer(page)
        page.locator("[data-yes-code]").click()
        code = page.locator(".judging__code").inner_text().replace("-", "")
        assert len(waiting(page)) == 2
        assert not models.Judged.objects.exists()
        context.set_offline(False)
        page.reload()  # as when the kiosk is started anew
        page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('notalone.judged.'))")
        page.reload()
        page.wait_for_load_state("networkidle")
    row = models.Judged.objects.get()
    assert (row.age, row.lang, row.before, row.after) == ("13-15", "vi", [3, 0, 3, 0], [0, 3, 0, 3])
    kept = models.Code.objects.get()
    assert (kept.judged, kept.digest) == (row, queries.digest(code))


@contextmanager
def chromium_context(browser):
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context, context.new_page()
    context.close()


def test_silence_forgets_the_answers(live_server, transactional_db, browser):
    with browsing(live_server.url, browser) as open_page:
        page = open_page("/en/station/one/", "laptop")
        page.clock.install()
        page.reload()
        page.locator("[data-begin]:enabled").click()
        page.locator("[data-judge]").click()
        page.locator("[data-age='8-9']").click()
        for _ in range(3):
            page.locator("[data-not]").click()
        expect(page.locator(".judging__count")).to_have_text("4 of 6")
        page.clock.run_for(122_000)
        expect(page.locator("#still")).to_be_visible()
        page.clock.run_for(16_000)
        expect(page.locator("#kiosk")).to_have_attribute("data-screen", "attract")
        assert waiting(page) == []
        page.locator("[data-begin]:enabled").click()
        page.locator("[data-judge]").click()
        page.locator("[data-age='10-12']").click()
        expect(page.locator(".judging__count")).to_have_text("1 of 6")
        page.wait_for_load_state("networkidle")
    assert not models.Judged.objects.exists()


def judged_by_many(scenario, many):
    """Store visitors of every age band and language, some of whom came back."""
    draws = Random(7)

    def counts():
        hits, alarms = draws.randint(0, 3), draws.randint(0, 3)
        return [hits, 3 - hits, alarms, 3 - alarms]

    models.Judged.objects.bulk_create(
        models.Judged(
            uid=uuid4(), scenario=scenario, order="AB", age=draws.choice(AGES), lang=draws.choice(["vi", "en", "de"]),
            before=counts(), after=counts(), again=None if k % 3 else counts(), returned=None if k % 3 else k + 1,
        )
        for k in range(many)
    )  # fmt: skip


def test_what_was_learned_is_accessible_and_fits_in_every_language_and_size(live_server, transactional_db, browser):
    judged_by_many("lucky-gems", 90)
    judged_by_many("a-story-that-is-gone", 70)
    people.add_person(None, "linh", ("guide",), "a-password-for-tests-1")
    found = {}
    with browsing(live_server.url, browser) as open_page:
        page = open_page("/en/staff/login/")
        page.fill("[name=username]", "linh")
        page.fill("[name=password]", "a-password-for-tests-1")
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/login/" not in url)
        for lang, size in (("vi", "phone"), ("de", "laptop"), ("en", "screen")):
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{live_server.url}/{lang}/staff/learning/")
            page.locator("summary").first.click()
            found[f"{lang} {size}"] = look(page, f"learning-{lang}-{size}")
            assert page.locator("svg.plot").count() == 4
            cut = page.locator(".table-wrap").evaluate_all(
                "(all) => all.map((one) => one.scrollWidth - one.clientWidth)"
            )
            assert size == "phone" or max(cut) <= 0, f"the figures are cut off by {cut} px in {lang}"
    assert {name: faults for name, faults in found.items() if faults} == {}
