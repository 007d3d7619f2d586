"""Whichever process dies while a class votes, every vote that was acknowledged counts, and the class goes on."""

from __future__ import annotations

import asyncio
import os
import signal

from bench.class_vote import Screen, Visit
from tests.running import until

PHONES = 7


def test_a_class_goes_on_where_it_was_though_web_and_live_were_killed_in_the_midst_of_its_vote(house):
    teacher = Visit(house)
    teacher.form("/en/staff/login/", {"username": "guide", "password": house.password("guide")})
    wall = teacher.form("/en/class/new/", {"scenario": "online-abduction", "lang": "de", "mode": "together"})
    path = wall.removesuffix("wall/")
    teacher.read(wall, "class")
    phones = [Visit(house) for _ in range(PHONES)]
    for phone in phones:
        phone.read(path, "class")
        phone.headers["X-Seat"] = phone.post(f"{path}join/", {})["seat"]
    teacher.post(f"{path}act/", {"do": "begin"})
    asked = teacher.post(f"{path}act/", {"do": "ask"})
    stopped = teacher.post(f"{path}act/", {"do": "stop"})
    choices = asked["open"]
    for number, phone in enumerate(phones[:-1]):
        phone.post(f"{path}vote/", {"round": 1, "choice": choices[number % 2]})
    for name in ("web", "live"):
        os.kill(house.pid(name), signal.SIGKILL)
    until(house.ready, lambda: "all are up again:\n" + "\n".join(house.lines[-20:]))

    for one in (teacher, *phones):
        one.web.close()  # the server that it was connected to is gone
    state = phones[0].post(f"{path}vote/", {"round": 1, "choice": choices[0]})
    assert state["mine"] == choices[0]
    live, topic = teacher.read(wall, "live", "topic")
    teacher.read(wall, "class")

    async def told(**wanted):
        screen = await Screen.of(live, topic, house.base)
        listening = asyncio.create_task(screen.listen())
        await screen.until(**wanted)
        listening.cancel()
        await screen.socket.close()
        return screen.value

    voting = asyncio.run(told(phase="voting", cast=PHONES - 1, joined=PHONES))
    assert (voting["counts"], voting["left"], voting["round"]) == ([], stopped["left"], 1)
    phones[-1].post(f"{path}vote/", {"round": 1, "choice": choices[0]})
    teacher.post(f"{path}act/", {"do": "close"})
    closed = asyncio.run(told(phase="result"))
    assert [closed["counts"][choice] for choice in choices[:2]] == [4, 3]
    assert closed["taken"] == choices[0]
