"""``make pictures``: starts the demo festival, plays at its stations and takes the pictures of README and docs."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page
from tests.browser import browsing
from tests.running import ROOT, free_pair, start, stop
from tests.visiting import Visitor, route

PICTURES = ROOT / "docs" / "pictures"


def take(page: Page, name: str) -> None:
    """Save what a page shows as ``docs/pictures/<name>.png``."""
    page.screenshot(path=PICTURES / f"{name}.png")
    sys.stderr.write(f"{name}\n")


def lay_bricks(page: Page, count: int) -> None:
    """Lay bricks through the station's own door, each with another of the set messages."""
    page.evaluate(
        """async (count) => {
          const station = JSON.parse(document.getElementById("station").textContent);
          const hex = (n) => [...crypto.getRandomValues(new Uint8Array(n))].map((b) => b.toString(16).padStart(2, "0"));
          for (let n = 0; n < count; n++) {
            const time = Date.now().toString(16).padStart(12, "0");
            const r = hex(10).join("");
            const id = `${time.slice(0, 8)}-${time.slice(8)}-7${r.slice(0, 3)}-8${r.slice(3, 6)}-${r.slice(6, 18)}`;
            const message = station.messages[n % station.messages.length].id;
            const answer = await fetch(station.urls.bricks, {
              method: "POST",
              headers: { "Content-Type": "application/json", "X-CSRFToken": station.csrf },
              body: JSON.stringify({ id, where: station.station, pass: null, kind: "chosen", message }),
            });
            if (!answer.ok) throw new Error(await answer.text());
          }
        }""",
        count,
    )


def main() -> int:
    """Take all pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        house = start(Path(folder), free_pair(), 9)
        try:
            with browsing(house.base) as visit:
                kiosk = visit("/en/station/the-call/", size="laptop")
                visitor = Visitor(kiosk, touch=False)
                lay_bricks(kiosk, 17)
                visitor.begin()
                picks = route("recovered", "pressure")
                stage = visit("/en/show/", size="laptop")
                for pick in picks[:2]:
                    visitor.choose(pick)
                visitor.until_choices()
                kiosk.wait_for_timeout(900)
                take(kiosk, "station")
                for pick in picks[2:-2]:
                    visitor.choose(pick)
                visitor.until_choices()
                stage.wait_for_timeout(3500)
                take(stage, "stage")
            with browsing(house.base) as visit:
                kiosk = visit("/vi/station/the-call/", size="laptop")
                lay_bricks(kiosk, 17)
                wall = visit("/en/wall/", size="laptop")
                wall.wait_for_timeout(2000)
                lay_bricks(visit("/en/station/the-call/", size="laptop"), 1)
                wall.wait_for_timeout(4500)
                take(wall, "wall")
        finally:
            stop(house)
    return 0


if __name__ == "__main__":
    sys.exit(main())
