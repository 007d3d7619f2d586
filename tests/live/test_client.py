"""The house's own client against the real server, which dies and comes back."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

from notalone.kit.time import Duration
from notalone.live.client import LiveClient

sys.path.insert(0, str(Path(__file__).parent))
from live_house import Log, serving, token


def url(server):
    return f"ws://127.0.0.1:{server.port}/"


async def until(condition):
    async with asyncio.timeout(15):
        while not condition():
            await asyncio.sleep(0.005)


def test_it_survives_a_restart_without_a_gap_or_a_double_and_puts_back_what_it_kept():
    async def run():
        log, heard = Log(100), []
        async with serving({"moments": log.after}) as first:
            first.open("moments", 100, [], 100)
            port = first.port
            show = LiveClient(url(first), token, "show")
            async with show:
                show.follow("moments", 90, lambda seq, value: heard.append((seq, value["n"])))
                await show.wait_connected(5)
                await until(lambda: len(heard) == 10)
                assert await show.publish("show/state", {"cue": "unease"}, keep=True)
                first.append("moments", [(101, {"n": 101})], 101)
                await until(lambda: len(heard) == 11)
                await first.__aexit__()
                await until(lambda: not show.connected)
                assert not await show.publish("show/state", {"cue": "pressure"}, keep=True)
                log.rows = [(seq, {"n": seq}) for seq in range(1, 151)]
                async with serving({"moments": log.after}, port=port) as second:
                    second.open("moments", 150, [], 150)
                    await until(lambda: len(heard) == 60)
                    second.append("moments", [(151, {"n": 151})], 151)
                    await until(lambda: len(heard) == 61)
                    assert heard == [(seq, seq) for seq in range(91, 152)]
                    assert show.last("moments") == 151
                    states = []
                    async with LiveClient(url(second), token("staff"), "staff") as staff:
                        staff.follow("show/state", None, lambda _, value: states.append(value))
                        await until(lambda: states)
                    assert states == [{"cue": "pressure"}]

    asyncio.run(run())


def test_it_begins_while_live_is_down_and_connects_when_live_comes():
    async def run():
        async with serving() as taken:
            port = taken.port
        async with LiveClient(f"ws://127.0.0.1:{port}/", token(), "show") as show:
            heard = []
            show.follow("show/desk", None, lambda seq, value: heard.append(value))
            assert not await show.publish("show/desk", {"master": 0.5}, keep=True)
            assert not show.connected
            async with serving(port=port):
                await show.wait_connected(10)
                await until(lambda: heard)
                assert heard == [{"master": 0.5}]

    asyncio.run(run())


def test_it_knows_the_watchers_and_sends_frames_only_as_they_are():
    async def run():
        async with serving() as server, LiveClient(url(server), token(), "show") as show:
            await show.wait_connected(5)
            assert show.watchers("show/frame") == 0
            frames = []
            async with LiveClient(url(server), token("stage", publish=()), "stage") as stage:
                stage.follow_binary("show/frame", frames.append)
                await until(lambda: show.watchers("show/frame") == 1)
                assert await show.publish_binary("show/frame", b"\0\1\2\0")
                await until(lambda: frames)
                assert frames == [b"\0\1\2\0"]
                stage.leave("show/frame")
                await until(lambda: show.watchers("show/frame") == 0)

    asyncio.run(run())


def test_a_callback_that_fails_is_logged_and_the_next_value_still_comes(caplog):
    async def run():
        async with serving() as server, LiveClient(url(server), token(), "show") as show:
            heard = []

            async def hear(seq, value):
                heard.append(seq)
                if seq == 1:
                    raise ValueError("a broken follower")

            def hear_plainly(seq, value):
                heard.append(-seq)
                raise ValueError("another broken follower")

            show.follow("show/desk", None, hear)
            show.follow("show/look", None, hear_plainly)
            await show.wait_connected(5)
            await until(lambda: show.watchers("show/look"))
            for _ in range(2):
                await show.publish("show/desk", {})
                await show.publish("show/look", {})
            await until(lambda: len(heard) == 4)
            assert heard == [1, -1, 2, -2]

    with caplog.at_level(logging.ERROR):
        asyncio.run(run())
    assert len(caplog.records) == 3


def test_it_says_once_why_it_is_refused_and_tries_again_with_a_fresh_token(caplog):
    async def run():
        tokens = [token(life=-1), token(life=-1)]
        async with serving() as server:
            make = lambda: tokens.pop() if tokens else token()  # noqa: E731
            async with LiveClient(url(server), make, "show") as show:
                await show.wait_connected(10)
                assert show.refused.startswith("The token expired at")

    asyncio.run(run())
    assert tokens_told(caplog) in {1, 2}  # the two expired at different milliseconds


def tokens_told(caplog):
    return sum("live refused show: The token expired at" in record.message for record in caplog.records)


def test_a_token_that_ends_while_connected_is_replaced():
    async def run():
        lives = [300]
        async with serving(tick=Duration(10)) as server:
            make = lambda: token(life=lives.pop() if lives else 60_000)  # noqa: E731
            async with LiveClient(url(server), make, "show") as show:
                await show.wait_connected(5)
                await until(lambda: not show.connected)
                await show.wait_connected(5)

    asyncio.run(run())


def test_it_measures_the_difference_between_the_clocks():
    async def run():
        async with serving() as server:
            real = server.now
            server.now = lambda: real() + Duration(3_600_000)
            async with LiveClient(url(server), lambda: token(life=7_200_000), "show") as show:
                await until(lambda: show.offset is not None)
                assert abs(show.offset - 3_600_000) < 50

    asyncio.run(run())
