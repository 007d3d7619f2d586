"""A real browser for tests: Chromium that notes what goes wrong, and axe-core on any page.

Use ``with browsing(base) as open_page:`` and ``open_page(path, size=…)``; every page fails the test on leaving
when the console told of an error or something was asked of another host. ``axe(page)`` returns the findings,
one line each; an accessible page returns none.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SIZES = {"phone": (390, 844), "laptop": (1366, 768), "screen": (1920, 1080)}
CHROMIUM = os.environ.get("NOTALONE_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_LOCAL = {"127.0.0.1", "localhost"}


@dataclass
class Watch:
    """What the pages of one context did that they must not."""

    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        """Note the page's console errors, uncaught exceptions and requests to other hosts."""
        page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in _LOCAL:
            self.strangers.append(url)

    def assert_clean(self) -> None:
        """Fail where a page told of an error or asked a stranger."""
        assert self.strangers == [], "requests to another host"
        assert self.errors == [], "errors in the console"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium for the length of the block."""
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in the test's own thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def context(browser: Browser, size: str = "laptop", **options: object) -> BrowserContext:
    """Return a fresh context of one of SIZES; touch on the phone; options as Playwright's new_context."""
    width, height = SIZES[size]
    given = {"viewport": {"width": width, "height": height}, "has_touch": size == "phone", **options}
    return browser.new_context(**given)


@contextmanager
def browsing(base: str, browser: Browser | None = None) -> Iterator[Callable[..., Page]]:
    """Give a function that opens ``base + path``; on leaving, every page must have been clean.

    The function takes ``path``, ``size`` (a key of SIZES) and any option of Playwright's ``new_context``.
    """
    watch = Watch()
    with chromium() if browser is None else _same(browser) as running:
        opened: list[BrowserContext] = []

        def open_page(path: str, size: str = "laptop", **options: object) -> Page:
            one = context(running, size, **options)
            opened.append(one)
            page = one.new_page()
            watch.follow(page)
            page.goto(base + path, wait_until="load")
            return page

        try:
            yield open_page
        finally:
            for one in opened:
                one.close()
    watch.assert_clean()


@contextmanager
def _same(browser: Browser) -> Iterator[Browser]:
    yield browser


def axe(page: Page) -> list[str]:
    """Run axe-core on the page as it stands; return its violations, a line for each element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))  # not by a script tag: the page's CSP forbids that, rightly
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("(tags) => axe.run({runOnly: {type: 'tag', values: tags}})", rules)
    return [
        f"{rule['id']} ({rule['impact']}): {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def too_small(page: Page, least: int = 44) -> list[str]:
    """Return the visible buttons and stand-alone links that are smaller than ``least`` px in either direction.

    Links inside running text are exempt, as in WCAG 2.2, 2.5.8.
    """
    return page.evaluate(
        """(least) => [...document.querySelectorAll("button, .button, nav a, summary, select, label:has(> input)")]
          .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest(".visually-hidden"))
          .map((e) => [e, e.getBoundingClientRect()])
          .filter(([, r]) => r.width > 0 && (r.width < least - 0.5 || r.height < least - 0.5))
          .map(([e, r]) => `${e.outerHTML.slice(0, 90)} is ${Math.round(r.width)}×${Math.round(r.height)}`)""",
        least,
    )


def overflowing(page: Page) -> int:
    """Return by how many px the page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
