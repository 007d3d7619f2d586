"""How long a class of 60 waits: from the last vote to the result on every phone, over HTTP and WebSocket.

.venv/bin/python -m bench.class_vote
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import websockets

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.running import DmxReceiver, free_pair, start, stop

PHONES = 60
ROUNDS = 3


class Browser:
    """A session with the house, as a page has one."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        self.page: dict = {}
        self.seat = ""

    def get(self, path: str) -> str:
        return self.open(self.base + path, timeout=60).read().decode()

    def load(self, path: str) -> None:
        text = self.get(path)
        found = re.findall(r'<script id="(class|live|topic)" type="application/json">(.*?)</script>', text, re.S)
        self.page = {name: json.loads(body) for name, body in found}

    def send(self, door: str, body: dict) -> dict:
        given = self.page["class"]
        headers = {"Content-Type": "application/json", "X-CSRFToken": given["csrf"], "X-Seat": self.seat}
        url = self.base + given["urls"][door]
        asked = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 -- the house itself
        return json.load(self.open(asked, timeout=60))

    def form(self, path: str, **fields: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(path))[1]
        body = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self.open(self.base + path, body, timeout=60).url.removeprefix(self.base)


async def watch(phone: Browser, round_: int, following: asyncio.Event, done: list[float]) -> None:
    """Note when a phone is told the result of a round."""
    live, topic = phone.page["live"], phone.page["topic"]
    async with websockets.connect(live["url"], origin=phone.base) as socket:
        await socket.send(json.dumps({"do": "hello", "v": 1, "token": live["token"], "name": live["name"]}))
        await socket.send(json.dumps({"do": "follow", "topic": topic}))
        async for text in socket:
            said = json.loads(text)
            if said["is"] == "caught-up":
                following.set()
            if said["is"] == "value" and (said["value"]["phase"], said["value"]["round"]) == ("result", round_):
                done.append(time.perf_counter())
                return


async def measure(teacher: Browser, phones: list[Browser], pool: ThreadPoolExecutor) -> list[tuple[float, float]]:
    """Return for each round how long 60 votes took, and from the last acknowledged to the last phone told, in s."""
    loop = asyncio.get_running_loop()
    out = []
    for round_ in range(1, ROUNDS + 1):
        teacher.send("act", {"do": "ask" if round_ == 1 else "again"})
        done: list[float] = []
        ready = [asyncio.Event() for _ in phones]
        watching = [
            asyncio.create_task(watch(phone, round_, event, done)) for phone, event in zip(phones, ready, strict=True)
        ]
        await asyncio.gather(*(event.wait() for event in ready))
        began = time.perf_counter()
        votes = ({"round": round_, "choice": number % 2} for number in range(len(phones)))
        sends = zip(phones, votes, strict=True)
        await asyncio.gather(*(loop.run_in_executor(pool, phone.send, "vote", vote) for phone, vote in sends))
        last = time.perf_counter()
        await loop.run_in_executor(pool, teacher.send, "act", {"do": "close"})
        await asyncio.wait_for(asyncio.gather(*watching), 60)
        out.append((last - began, max(done) - last))
    return out


def main() -> None:
    """Start a house, fill a class, measure, and print one line."""
    dmx = DmxReceiver()
    house = start(Path(tempfile.mkdtemp()) / "state", free_pair(), dmx.port)
    try:
        base = f"http://localhost:{house.port}"
        teacher = Browser(base)
        teacher.form("/en/staff/login/", username="guide", password=house.password("guide"))
        path = teacher.form("/en/class/new/", scenario="online-abduction", mode="together", lang="en")
        teacher.load(path)
        phones = [Browser(base) for _ in range(PHONES)]
        with ThreadPoolExecutor(PHONES + 1) as pool:
            began = time.perf_counter()

            def enter(phone: Browser) -> None:
                phone.load(path.removesuffix("wall/"))
                phone.seat = phone.send("join", {})["seat"]

            list(pool.map(enter, phones))
            joined = time.perf_counter() - began
            teacher.send("act", {"do": "begin"})
            rounds = asyncio.run(measure(teacher, phones, pool))
    finally:
        stop(house)
        dmx.close()
    votes = statistics.median(one for one, _ in rounds)
    told = [one for _, one in rounds]
    print(
        f"class_vote: {PHONES} phones joined in {joined:.2f} s; {PHONES} votes at once in {votes:.2f} s; last vote to "
        f"all {PHONES} told: median {statistics.median(told):.2f} s, worst {max(told):.2f} s"
    )


if __name__ == "__main__":
    main()
