"""Every app of the phone, gone through by keys alone from the first screen to the last."""

from __future__ import annotations

import pytest
from tests.all_apps import APPS, festival
from tests.browser import axe, browsing, overflowing, too_small
from tests.running import free_pair, start, stop, until

CHOICE = ".choices:not(.choices--done) .choice"


@pytest.fixture(scope="module")
def every_app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("apps")
    running = start(folder / "state", free_pair(), 5568, festival(folder / "festival"))
    yield running
    assert stop(running) == 0


def tab_to(page, selector):
    """Press Tab until the focus stands on an element; whoever has only a keyboard must come there."""
    for _ in range(40):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}")


def read_on(page):
    """Go on by the arrow key until the choices are there; answer what rings by its own button."""
    if page.locator("#phone button:visible").count():
        page.keyboard.press("Enter")  # a call that rings has the focus on its button
    else:
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(40)
    return page.locator(CHOICE).count()


def outline(page):
    """Return how the focus is seen: style and width of the focused element's outline, and its shadow."""
    return page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return [s.outlineStyle, parseFloat(s.outlineWidth), s.boxShadow]; }"
    )


def shown(page):
    """Return what the open app says of itself to those who cannot see it."""
    return page.evaluate(
        """() => {
          const log = document.querySelector("#phone .app [role=log]");
          return {label: log.getAttribute("aria-label"), live: log.getAttribute("aria-live"), tab: log.tabIndex,
                  lines: [...log.querySelectorAll("[data-line]")].map((one) => one.textContent)};
        }"""
    )


def cut_off(page):
    """Return the lines that are wider than the app that shows them."""
    return page.evaluate(
        """() => {
          const app = document.querySelector("#phone .app").getBoundingClientRect();
          return [...document.querySelectorAll("#phone .app [data-line]:not(.visually-hidden)")].filter((one) => {
            const box = one.getBoundingClientRect();
            return box.left < app.left - 1 || box.right > app.right + 1 || one.scrollWidth > one.clientWidth + 1;
          }).map((one) => one.outerHTML.slice(0, 120));
        }"""
    )


@pytest.mark.parametrize(
    ("lang", "size", "options"),
    [("en", "laptop", {}), ("vi", "phone", {"reduced_motion": "reduce"}), ("de", "screen", {})],
)
def test_every_app_can_be_gone_through_by_keys_and_is_accessible(every_app, lang, size, options):
    with browsing(every_app.base) as visit:
        page = visit(f"/{lang}/station/one/", size=size, **options)
        for button in ("[data-begin]", "[data-accept]"):
            page.locator(f"{button}:enabled").wait_for()
            tab_to(page, button)
            page.keyboard.press("Enter")
        clocks = []
        for app in APPS:
            page.locator(f".phone__screen[data-on='{app}']").wait_for(timeout=15_000)
            until(lambda: read_on(page), f"choices in {app}")
            page.wait_for_timeout(600)  # the last line's movement, and the guard against taps that meant “go on”
            if size != "screen":  # the same page as the laptop's, larger
                assert axe(page) == [], app
            assert too_small(page) == [], app
            assert (overflowing(page), cut_off(page)) == (0, []), app
            said = shown(page)
            assert said["label"], app
            assert (said["live"], said["tab"]) == ("polite", 0), app
            assert page.evaluate(f"document.activeElement.matches('{CHOICE}')"), "the first choice has the focus"
            style, width, shadow = outline(page)
            assert (style != "none" and width >= 2) or shadow != "none", "the focus is seen"
            LOOKS.get(app, lambda *_: None)(page, said["lines"])
            clocks.append(page.locator(".status__time").inner_text())
            page.keyboard.press("Enter")
        page.locator("#kiosk[data-screen='debrief']").wait_for(timeout=15_000)
        assert len(set(clocks)) == len(APPS), f"the phone's time moves on: {clocks}"


def a_group(page, lines):
    assert page.locator(".chat__faces .avatar").count() == 3
    tints = page.evaluate("() => [...document.querySelectorAll('.bubbles [data-tint]')].map((one) => one.dataset.tint)")
    assert len(set(tints)) == 3
    arabic = page.locator("[data-line$='.3'] .bubble")
    assert arabic.evaluate("(one) => getComputedStyle(one).direction") == "rtl"
    assert page.locator("[data-line$='.1'] .bubble").evaluate("(one) => getComputedStyle(one).direction") == "ltr"
    emoji = page.locator(".line--emoji .bubble__words")
    assert emoji.evaluate("(one) => one.getClientRects()[0].height >= parseFloat(getComputedStyle(one).fontSize)")
    assert page.locator(".ticks[data-state='read']").count() == 1, "an answer came to the first, none to the last"
    assert page.locator(".line--aside").count() == 1, "the bank breaks in from outside the group"


def posts(page, lines):
    assert page.locator(".post").count() == 2
    assert [one.locator(".comment").count() for one in page.locator(".post__comments").all()] == [3, 1]
    assert [one.inner_text()[-1] for one in page.locator(".post__count span").all()] == ["3", "1"]


def the_address(page, lines):
    assert page.locator(".browser__address b").inner_text() == "lucky-phones.test"
    assert page.locator(".browser__address").inner_text() == "school-fair.example.lucky-phones.test/win/today"
    assert "school-fair.example.lucky-phones.test/win/today" in lines[0]


def the_code(page, lines):
    assert page.locator(".camera__code svg").is_visible()
    assert page.locator(".scan .address b").inner_text() == "lucky-phones.test"


LOOKS = {
    "chat": a_group,
    "feed": posts,
    "browser": the_address,
    "camera": the_code,
    "mail": lambda page, lines: page.locator(".letter__subject").wait_for(),
    "game": lambda page, lines: assert_counts(page, {".game__notice": 2, ".gamelog [data-tint]": 3}),
    "map": lambda page, lines: assert_counts(page, {".pin": 3, ".pin--now": 1}),
}


def assert_counts(page, counts):
    assert {selector: page.locator(selector).count() for selector in counts} == counts
