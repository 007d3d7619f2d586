"""The kiosk's first picture on a cheap phone: Chromium, throttled to slow 4G and a quarter of the processor."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.browser import chromium, context
from tests.running import free_pair, start, stop, until

RUNS = 5
STATION = "/vi/station/the-call/"
# Chrome's "Slow 4G": 1.6 Mbit/s down, 750 kbit/s up, 150 ms from request to answer.
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
CPU = 4
# The phone's picture stands when its screen holds an app (the lock screen is the first) and a frame was drawn after.
WATCH = """
new PerformanceObserver((list) => list.getEntries().forEach((one) => {
  if (one.name === "first-contentful-paint") window.firstPaint = one.startTime;
})).observe({type: "paint", buffered: true});
const look = () => {
  const app = document.querySelector("#phone .app");
  const shown = app && app.getBoundingClientRect().height > 0 && document.documentElement.hasAttribute("data-ready");
  if (shown) requestAnimationFrame(() => (window.firstPicture = performance.now()));
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
NOTE = (
    "Target: the phone's first picture within 2 s. Chromium with an empty cache and a new connection each time, CDP "
    "throttling: slow 4G (1.6 Mbit/s down, 750 kbit/s up, 150 ms latency) and 4× slower processor, window of "
    "390×844; time from the start of navigation. First paint is the browser's first contentful paint; the first "
    "picture is the frame in which the drawn phone stands on the station's page, its scripts run."
)


def _open(browser: Browser, base: str) -> tuple[Page, dict[str, float]]:
    held = context(browser, "phone")
    page = held.new_page()
    wire = held.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": False})
    wire.send("Network.emulateNetworkConditions", NETWORK)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.add_init_script(WATCH)
    page.goto(base + STATION, wait_until="commit")
    page.wait_for_load_state("load")
    until(lambda: page.evaluate("Boolean(window.firstPicture && window.firstPaint)"), "the first picture stands")
    measured = page.evaluate(
        """() => {
          const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
          const before = all.filter((one) => one.responseEnd <= window.firstPicture);
          return {paint: window.firstPaint, picture: window.firstPicture, requests: before.length,
                  bytes: before.reduce((sum, one) => sum + one.transferSize, 0)};
        }"""
    )
    return page, measured


def _row(what: str, unit: str, values: list[float]) -> dict[str, object]:
    return {"what": what, "unit": unit, "min": min(values), "median": statistics.median(values), "max": max(values)}


def run() -> list[dict[str, object]]:
    """Measure; one row for each figure."""
    with tempfile.TemporaryDirectory() as folder:
        house = start(Path(folder) / "state", free_pair(), 5568)
        try:
            with chromium() as browser:
                taken = []
                for _ in range(RUNS + 1):
                    page, measured = _open(browser, house.base)
                    taken.append(measured)
                    page.context.close()
        finally:
            stop(house)
    warm = taken[1:]  # the first visit of all fills the server's own caches
    return [
        _row("first contentful paint", "s", [one["paint"] / 1000 for one in warm]),
        _row("the phone's first picture", "s", [one["picture"] / 1000 for one in warm]),
        _row("fetched before it", "KiB", [one["bytes"] / 1024 for one in warm]),
        _row("requests before it", "requests", [one["requests"] for one in warm]),
    ]
