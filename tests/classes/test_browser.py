"""A projector and three phones in Chromium: joining, voting, sleeping and waking, to the result."""

from __future__ import annotations

import os
from pathlib import Path

from tests.browser import axe, browsing, overflowing, too_small
from tests.running import until

PICTURES = os.environ.get("NOTALONE_PICTURES", "")


def picture(page, name):
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def test_a_class_votes_together_while_one_phone_sleeps(house):
    with browsing(house.base) as open_page:
        wall = open_page("/en/class/new/", "laptop")
        wall.fill("[name=username]", "guide")
        wall.fill("[name=password]", house.password("guide"))
        wall.click("main button")
        wall.locator("[name=mode]").first.wait_for()
        assert axe(wall) == []
        picture(wall, "new")
        wall.locator("input[name=scenario][value=online-abduction]").check()
        wall.click("main button")
        wall.locator("[data-do=begin]").wait_for()
        code = wall.locator(".door__code").inner_text()
        phones = [open_page(f"/{lang}/class/{code}/", "phone") for lang in ("en", "vi", "de")]
        until(lambda: "3" in wall.locator("[data-joined]").inner_text()[:2], "three phones are counted")
        picture(wall, "lobby")
        assert axe(wall) == []
        picture(phones[1], "phone-lobby")
        wall.click("[data-do=begin]")

        def on():
            if wall.locator("[data-do=ask]").count():
                return True
            button = wall.locator("#controls .button--glow")
            if button.count():
                button.first.click()
            wall.wait_for_timeout(150)
            return False

        until(on, "the class can be asked")
        picture(wall, "reading")
        assert axe(wall) == []
        wall.click("[data-do=ask]")
        wall.click("[data-do=stop]")
        wall.locator("[data-do=resume]").wait_for()
        for phone in phones:
            phone.locator(".ballot").first.wait_for(timeout=20_000)
        picture(wall, "voting")
        assert axe(wall) == []
        assert axe(phones[0]) == []
        assert too_small(phones[0]) == []
        phones[2].context.set_offline(True)  # it sleeps
        phones[0].locator(".ballot").nth(1).tap()
        phones[1].locator(".ballot").nth(1).tap()
        until(lambda: "2" in wall.locator(".wall-clock__cast").inner_text()[:2], "two votes are told")
        phones[0].locator(".ballot[aria-pressed=true]").wait_for()
        assert "null" not in phones[0].locator("#seat").inner_text()
        assert [overflowing(phone) for phone in phones] == [0, 0, 0]
        picture(phones[0], "phone-voted")
        picture(phones[1], "phone-voting-vi")
        wall.keyboard.press("ArrowRight")
        wall.locator(".bars").wait_for()
        assert wall.locator(".bars li[data-taken=yes] .mark").inner_text() == "B"
        picture(wall, "result")
        assert axe(wall) == []
        phones[0].locator(".seat__taken").wait_for()
        assert phones[2].locator(".ballot").count() > 0
        phones[2].context.set_offline(False)  # it wakes
        phones[2].evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        phones[2].locator(".seat__taken").wait_for(timeout=20_000)
        phones[1].reload()
        phones[1].locator(".seat__taken").wait_for()
        assert wall.locator("[data-joined]").inner_text().startswith("3 ")
        wall.click("[data-do=next]")
        wall.locator(".talk__questions li").first.wait_for()
        picture(wall, "discussion")
        assert axe(wall) == []
        for page in (wall, *phones):
            assert overflowing(page) == 0
        wall.keyboard.press("Escape")
        wall.click("[data-do=yes-end]")
        wall.locator(".end__help").wait_for()
        picture(wall, "ended")
        assert axe(wall) == []
        phones[0].locator("text=This class is over").first.wait_for()
        phones[2].context.set_offline(False)


def test_the_page_for_a_code_is_right_for_everyone(house):
    with browsing(house.base) as open_page:
        page = open_page("/de/class/", "phone")
        assert axe(page) == []
        assert too_small(page) == []
        assert overflowing(page) == 0
        picture(page, "enter-de")
