"""From a class's last vote to all sixty phones knowing the result.

The whole house runs as ``notalone up`` starts it. Sixty phones sit in a class: each has joined over HTTP, follows its
class on live and votes by a POST of its own. They are of two minds, so the class votes again and again; the teacher
closes each vote as soon as the projector shows the last one.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import statistics
import tempfile
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.running import DmxReceiver, House, free_pair, start, stop
from websockets.asyncio.client import ClientConnection, connect

PHONES = 60
ROUNDS = 40
WARM_UP = 4
NOTE = (
    f"{PHONES} phones in one class, over HTTP and WebSockets on loopback; each vote is committed to the database "
    "before it is acknowledged. “a vote” is one POST to its acknowledgement, while all vote at once. “last vote → "
    "projector” ends when the projector has the number of all votes; “close → phones” runs from the teacher's key to "
    "the result on the last of the phones; “last vote → phones” is both, as a teacher without a moment's thought "
    "would have it. Every process runs on this one machine, the phones too. There is no peer: no other class game "
    "known to us runs without a service on the internet."
)


class Visit:
    """One browser: a kept connection, a session, a token for forms."""

    def __init__(self, house: House) -> None:
        self.web = http.client.HTTPConnection("127.0.0.1", house.port, timeout=30)
        self.headers = {"Origin": house.base}

    def ask(self, method: str, path: str, body: str | None = None, kind: str = "application/json") -> tuple[int, str]:
        """Send a request; return the status and the body, and where a redirect leads instead of its body."""
        headers = dict(self.headers) if body is None else {**self.headers, "Content-Type": kind}
        self.web.request(method, path, body, headers)
        answer = self.web.getresponse()
        text = answer.read().decode()
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.headers["Cookie"] = cookie.split(";")[0]
        return answer.status, answer.getheader("Location") or text

    def read(self, path: str, *names: str) -> list[Any]:
        """Open a page and return the JSON that lies in it under names; requests bear its token from now on."""
        status, page = self.ask("GET", path)
        assert status == 200, (path, status)
        found = [
            json.loads(_within(rf'<script id="{name}" type="application/json">(.*?)</script>', page)) for name in names
        ]
        for data in found:
            if isinstance(data, dict) and "csrf" in data:
                self.headers["X-CSRFToken"] = data["csrf"]
        return found

    def form(self, path: str, fields: dict[str, str]) -> str:
        """Fill in the form of a page; return where it leads."""
        token = _within(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("GET", path)[1])
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token})
        status, there = self.ask("POST", path, body, "application/x-www-form-urlencoded")
        assert status == 302, (path, status)
        return there

    def post(self, path: str, value: object) -> dict[str, Any]:
        """Send JSON and return the answer."""
        status, text = self.ask("POST", path, json.dumps(value))
        assert status == 200, (path, status, text)
        return dict(json.loads(text))


def _within(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.S)
    assert found is not None, pattern
    return found.group(1)


class Screen:
    """A page that follows its class on live, and what it heard last."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.value: dict[str, Any] = {}
        self.heard = asyncio.Event()

    @classmethod
    async def of(cls, live: dict[str, str], topic: str, origin: str) -> Screen:
        """Connect as a page does."""
        socket = await connect(live["url"], origin=origin, compression=None)  # type: ignore[arg-type]
        await socket.send(json.dumps({"do": "hello", "v": 1, "token": live["token"], "name": live["name"]}))
        await socket.send(json.dumps({"do": "follow", "topic": topic}))
        return cls(socket)

    async def listen(self) -> None:
        """Keep the last value until the connection ends."""
        async for text in self.socket:
            said = json.loads(text)
            if said["is"] == "value":
                self.value = said["value"]
                self.heard.set()

    async def until(self, **wanted: object) -> float:
        """Wait until the class is as wanted; return when it was."""
        while any(self.value.get(key) != value for key, value in wanted.items()):
            self.heard.clear()
            await asyncio.wait_for(self.heard.wait(), 30)
        return time.perf_counter()


class Class:
    """A class in a house that runs: the teacher's page and sixty phones, which never agree."""

    def __init__(self, house: House) -> None:
        self.origin = house.base
        self.teacher = Visit(house)
        self.teacher.form("/en/staff/login/", {"username": "admin", "password": house.password("admin")})
        wall = self.teacher.form("/en/class/new/", {"scenario": "online-abduction", "lang": "vi", "mode": "together"})
        self.path = wall.removesuffix("wall/")
        _, self.live, self.topic = self.teacher.read(wall, "class", "live", "topic")
        self.phones = [Visit(house) for _ in range(PHONES)]
        self.lives = [phone.read(self.path, "class", "live")[1] for phone in self.phones]
        for phone in self.phones:
            phone.headers["X-Seat"] = str(phone.post(f"{self.path}join/", {})["seat"])
        self.act("begin")
        self.told = self.act("ask")

    def act(self, do: str) -> dict[str, Any]:
        """Do what a key of the teacher does."""
        return self.teacher.post(f"{self.path}act/", {"do": do})

    def vote(self, number: int) -> float:
        """Let a phone vote, every other one for the other choice; return how long it took, in ms."""
        choice = self.told["open"][number % 2]
        began = time.perf_counter()
        self.phones[number].post(f"{self.path}vote/", {"round": self.told["round"], "choice": choice})
        return (time.perf_counter() - began) * 1000

    async def measure(self) -> dict[str, list[float]]:
        """Vote again and again; milliseconds by what was measured."""
        wall = await Screen.of(self.live, self.topic, self.origin)
        screens = [await Screen.of(live, self.topic, self.origin) for live in self.lives]
        listening = [asyncio.create_task(screen.listen()) for screen in (wall, *screens)]
        took: dict[str, list[float]] = {"vote": [], "shown": [], "closed": [], "whole": []}
        with ThreadPoolExecutor(PHONES) as hands:
            for number in range(WARM_UP + ROUNDS):
                once = await self._round(hands, wall, screens)
                for what, values in once.items() if number >= WARM_UP else ():
                    took[what] += values
                self.told = await asyncio.to_thread(self.act, "again")
        for task in listening:
            task.cancel()
        for screen in (wall, *screens):
            await screen.socket.close()
        return took

    async def _round(self, hands: ThreadPoolExecutor, wall: Screen, screens: list[Screen]) -> dict[str, list[float]]:
        loop, round_ = asyncio.get_running_loop(), self.told["round"]
        votes = await asyncio.gather(*(loop.run_in_executor(hands, self.vote, number) for number in range(PHONES - 1)))
        await wall.until(phase="voting", round=round_, cast=PHONES - 1)
        began = time.perf_counter()
        last = loop.run_in_executor(hands, self.vote, PHONES - 1)
        shown = await wall.until(phase="voting", round=round_, cast=PHONES)
        await last
        pressed = time.perf_counter()
        closing = loop.run_in_executor(hands, self.act, "close")
        known = max(await asyncio.gather(*(screen.until(phase="result", round=round_) for screen in screens)))
        await closing
        assert all(sum(screen.value["counts"]) == PHONES for screen in screens)
        whole = (shown - began) + (known - pressed)
        return {
            "vote": list(votes),
            "shown": [(shown - began) * 1000],
            "closed": [(known - pressed) * 1000],
            "whole": [whole * 1000],
        }


def _row(what: str, took: list[float]) -> dict[str, object]:
    ordered = sorted(took)
    return {
        "what": what,
        "unit": "ms",
        "min": ordered[0],
        "median": statistics.median(ordered),
        "p99": ordered[int(len(ordered) * 0.99)],
        "max": ordered[-1],
    }


def run() -> list[dict[str, object]]:
    """Measure in a house of its own and return the rows of the table."""
    dmx = DmxReceiver()
    with tempfile.TemporaryDirectory() as folder:
        house = start(Path(folder) / "state", free_pair(), dmx.port)
        try:
            took = asyncio.run(Class(house).measure())
        finally:
            stop(house)
            dmx.close()
    return [
        _row(f"a vote, {PHONES - 1} at once", took["vote"]),
        _row("last vote → projector", took["shown"]),
        _row(f"close → all {PHONES} phones", took["closed"]),
        _row(f"last vote → all {PHONES} phones", took["whole"]),
    ]


if __name__ == "__main__":
    for each in run():
        print(each)
