"""Plays a package in a browser as somebody does who has a keyboard alone; time is handed in."""

from __future__ import annotations

from playwright.sync_api import Frame, Page

ENOUGH = 400


def accept(page: Page, frame: Page | Frame | None = None) -> None:
    """Begin by keys: the first screen, then the content notes, then the story."""
    inside = frame or page
    inside.locator("[data-begin]").focus()
    page.keyboard.press("Enter")
    inside.locator("[data-accept]").focus()
    page.keyboard.press("Enter")
    inside.wait_for_selector('[data-screen="play"]')


def reach(page: Page, wanted: str, frame: Page | Frame | None = None, number: str = "1", steps: int = ENOUGH) -> int:
    """Press keys until ``wanted`` is there; at each choice the key ``number``. Return how many choices were made."""
    inside = frame or page
    made = 0
    for _ in range(ENOUGH):
        if inside.locator(wanted).count():
            return made
        if inside.locator(".choices:not(.choices--done) .choice").count():
            if made >= steps:
                return made
            page.clock.run_for(500)
            page.keyboard.press(number)
            made += 1
            page.clock.run_for(1600)
        else:
            page.keyboard.press("Enter")
            page.clock.run_for(200)
    raise AssertionError(f"{wanted} was not reached")


def settled(page: Page) -> Page:
    """Return the page when what moves once has come to rest, so that its colours are those that stay."""
    page.evaluate(
        """() => Promise.all(document.getAnimations()
          .filter((one) => one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished))"""
    )
    return page
