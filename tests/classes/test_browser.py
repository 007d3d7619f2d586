"""A projector and three phones in Chromium: joining, voting, sleeping and waking, to the result."""

from __future__ import annotations

import os
from pathlib import Path

from tests.browser import axe, browsing, context, overflowing, too_small
from tests.running import until

PICTURES = os.environ.get("NOTALONE_PICTURES", "")


def picture(page, name):
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def opened(open_page, house, lang="en", mode="together", size="laptop"):
    """Open a class as a guide does; return the projector's page and the code."""
    wall = open_page(f"/{lang}/class/new/", size)
    wall.fill("[name=username]", "guide")
    wall.fill("[name=password]", house.password("guide"))
    wall.click("main button")
    wall.locator("[name=mode]").first.wait_for()
    assert axe(wall) == []
    picture(wall, f"new-{lang}")
    wall.locator("input[name=scenario][value=online-abduction]").check()
    wall.locator(f"input[name=mode][value={mode}]").check()
    wall.click("main button")
    wall.locator("[data-do=end]").wait_for()
    return wall, wall.locator(".door__code").inner_text()


def test_a_class_votes_together_while_one_phone_sleeps(house):
    with browsing(house.base) as open_page:
        wall, code = opened(open_page, house)
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
        wall.set_viewport_size({"width": 390, "height": 844})  # a teacher leads from a phone, too
        assert overflowing(wall) == 0
        assert too_small(wall) == []
        box = wall.locator("[data-do=close]").bounding_box()
        assert box["y"] + box["height"] <= 844
        picture(wall, "voting-phone")
        wall.set_viewport_size({"width": 1366, "height": 768})
        asleep = phones[2].context.new_cdp_session(phones[2])
        asleep.send("Page.setWebLifecycleState", {"state": "frozen"})
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
        asleep.send("Page.setWebLifecycleState", {"state": "active"})
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


def test_the_page_for_a_code_is_right_for_everyone(house):
    with browsing(house.base) as open_page:
        page = open_page("/de/class/", "phone")
        assert axe(page) == []
        assert too_small(page) == []
        assert overflowing(page) == 0
        picture(page, "enter-de")


JOIN_OTHERS = """async (count) => {
  const page = JSON.parse(document.getElementById("class").textContent);
  const headers = {"Content-Type": "application/json", "X-CSRFToken": page.csrf};
  const statuses = [];
  for (let n = 0; n < count; n += 1) {
    statuses.push((await fetch(page.urls.join, {method: "POST", headers, body: "{}"})).status);
  }
  return statuses;
}"""


def test_a_full_class_plays_alone_and_the_teacher_sees_how_far_it_is(house):
    with browsing(house.base) as open_page:
        wall, code = opened(open_page, house, "vi", "alone", "screen")
        phone = open_page(f"/vi/class/{code}/", "phone")
        phone.locator("#seat .button--glow").wait_for()
        picture(phone, "phone-alone")
        assert axe(phone) == []
        assert wall.locator(".stretches li").count() == 0
        assert phone.evaluate(JOIN_OTHERS, 59) == [200] * 59
        late = context(wall.context.browser, "phone").new_page()  # not watched: a refusal is in its console
        late.goto(f"{house.base}/de/class/{code}/")
        late.locator("text=Alle Plätze dieser Klasse sind vergeben").first.wait_for()
        picture(late, "phone-full-de")
        assert axe(late) == []
        late.context.close()
        phone.locator("#seat .button--glow").tap()

        def finished():
            if phone.locator(".seat__flags").count():
                return True
            ballot = phone.locator(".ballot")
            (ballot.first if ballot.count() else phone.locator(".seat__choices .button")).click()
            phone.wait_for_timeout(120)
            return False

        until(lambda: phone.locator(".ballot").count() or finished(), "the first choices are there")
        picture(phone, "phone-alone-choices")
        assert axe(phone) == []
        assert overflowing(phone) == 0
        until(finished, "the story is played to its end")
        picture(phone, "phone-alone-end")
        assert axe(phone) == []
        told = wall.locator(".stretches li b")
        until(
            lambda: told.count() == 4 and [int(n) for n in told.all_inner_texts()] == [59, 0, 0, 1], "one has finished"
        )
        picture(wall, "wall-alone-vi")
        assert axe(wall) == []
        assert overflowing(wall) == 0
