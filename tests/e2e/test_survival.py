"""Whichever process dies while visitors play, nothing that was acknowledged is lost, doubled or out of order."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import threading
import time
import urllib.error
import urllib.request
from http.cookiejar import CookieJar

from tests.running import until

from notalone.kit import moments, system
from notalone.live.client import LiveClient


class Kiosk:
    """Speaks with the festival as a station's page does: one session, the CSRF token, retries."""

    def __init__(self, base):
        self.base = base
        self.web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.page = self.read("/vi/station/the-call/", "station")

    def read(self, path, name):
        text = self.web.open(self.base + path, timeout=10).read().decode()
        return json.loads(re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', text, re.S)[1])

    def post(self, path, value):
        request = urllib.request.Request(self.base + path, json.dumps(value).encode())
        request.add_header("Content-Type", "application/json")
        request.add_header("X-CSRFToken", self.page["csrf"])
        with self.web.open(request, timeout=10) as answer:
            return json.load(answer)

    def until_acknowledged(self, path, value):
        end = time.monotonic() + 60
        while True:
            try:
                return self.post(path, value)
            except urllib.error.HTTPError as error:
                if error.code != 429 or time.monotonic() > end:
                    raise
            except OSError:
                if time.monotonic() > end:
                    raise
            time.sleep(0.05)


def started():
    at = system.now()
    return moments.to_json(
        moments.RunStarted(
            id=system.new_id(at),
            at=at,
            where="the-call",
            run="r",
            scenario="online-abduction",
            lang="vi",
            score="0" * 16,
        )
    )


def brick():
    return {"id": str(system.new_id()), "where": "the-call", "pass": None, "kind": "chosen", "message": "tell"}


def test_no_acknowledged_moment_is_lost_whichever_process_is_killed(house):
    kiosk = Kiosk(house.base)
    acknowledged, ending = [], threading.Event()
    followed = []

    def post():
        while not ending.is_set():
            batch = [started() for _ in range(3)]
            assert kiosk.until_acknowledged("/api/moments", {"moments": batch}) == {"stored": 3}
            acknowledged.extend(one["id"] for one in batch)
            time.sleep(0.1)  # a visitor's pace, and under the door's limit

    async def follow():
        access = kiosk.read("/vi/wall/", "live")
        async with LiveClient(access["url"], house.token("test", ["moments"]), "test") as client:
            client.follow("moments", 0, lambda seq, value: followed.append((seq, value["id"])))
            while not ending.is_set() or len(followed) < len(acknowledged):
                await asyncio.sleep(0.05)

    follower = threading.Thread(target=lambda: asyncio.run(asyncio.wait_for(follow(), 180)))
    poster = threading.Thread(target=post)
    follower.start()
    poster.start()
    for name in ("live", "web", "show", "web", "live"):
        many = len(acknowledged)
        until(lambda many=many: len(acknowledged) > many + 5, "moments are acknowledged")
        os.kill(house.pid(name), signal.SIGKILL)
        until(house.ready, lambda: "all are up again:\n" + "\n".join(house.lines[-20:]))
    ending.set()
    poster.join()
    follower.join()
    stored = [one["moment"]["id"] for one in house.moments()]
    assert stored == acknowledged
    assert [one for _, one in followed] == stored
    assert [seq for seq, _ in followed] == sorted({seq for seq, _ in followed})


def test_a_brick_laid_while_live_is_away_reaches_the_open_wall_when_it_is_back(house):
    from tests.browser import browsing

    with browsing(house.base) as visit:
        wall = visit("/vi/wall/", size="laptop")
        wall.locator("[data-wall][data-state='connected']").wait_for()
        kiosk = Kiosk(house.base)
        live = house.pid("live")
        os.kill(live, signal.SIGSTOP)
        laid = brick()
        assert kiosk.post("/vi/wall/bricks/", laid) == {"state": "shown"}
        os.kill(live, signal.SIGCONT)
        wall.locator(f"[data-brick='{laid['id']}']").wait_for(state="attached", timeout=60_000)
    assert [one["moment"]["brick"] for one in house.moments()] == [laid["id"]]
