"""The real server over loopback."""

from __future__ import annotations

import asyncio
import inspect
import json
import socket
import sys
import urllib.request
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import InvalidStatus

from notalone.kit import system
from notalone.kit.time import Duration
from notalone.live.config import CannotListenError
from notalone.live.core import tokens

sys.path.insert(0, str(Path(__file__).parent))
from live_house import KEY, PAGE, Log, peer, serving, token


def live(test):
    """Run a test's coroutine in a loop of its own, and fail where it takes half a minute."""

    def run(**arguments):
        asyncio.run(asyncio.wait_for(test(**arguments), 30))

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    run.__signature__ = inspect.signature(test)
    return run


@live
async def test_what_one_publishes_the_others_hear_in_order():
    reads = token("page", publish=())
    async with serving() as server, peer(server) as desk, peer(server, reads) as screen, peer(server, reads) as phone:
        for one in (screen, phone):
            await one.say(do="follow", topic="show/desk")
            assert await one.hear() == {"is": "caught-up", "topic": "show/desk", "seq": 0}
        for n in range(50):
            await desk.say(do="publish", topic="show/desk", value={"master": n, "ế": "“ü”"})
        for one in (screen, phone):
            heard = [await one.hear() for _ in range(50)]
            wanted = [
                {"is": "value", "topic": "show/desk", "seq": n + 1, "value": {"master": n, "ế": "“ü”"}}
                for n in range(50)
            ]
            assert [said for said in heard if said["is"] == "value"] == wanted


@live
async def test_who_comes_late_hears_the_value_that_was_kept():
    async with serving() as server, peer(server) as desk:
        await desk.say(do="publish", topic="show/desk", value={"master": 1}, keep=True)
        await desk.say(do="publish", topic="show/desk", value={"master": 2})
        await desk.say(do="clock", t=1)
        await desk.hear_until("clock")
        async with peer(server) as screen:
            await screen.say(do="follow", topic="show/desk")
            assert await screen.hear() == {"is": "value", "topic": "show/desk", "seq": 1, "value": {"master": 1}}
            assert await screen.hear() == {"is": "caught-up", "topic": "show/desk", "seq": 2}


@live
async def test_who_leaves_hears_no_more():
    async with serving() as server, peer(server) as desk, peer(server) as screen:
        await screen.say(do="follow", topic="show/desk")
        await screen.say(do="leave", topic="show/desk")
        await screen.say(do="clock", t=1)
        await screen.hear_until("clock")
        await desk.say(do="publish", topic="show/desk", value={})
        await desk.say(do="clock", t=2)
        await desk.hear_until("clock")
        await screen.say(do="clock", t=3)
        assert [said["is"] for said in await screen.hear_until("clock")] == ["clock"]


@live
async def test_a_follower_catches_up_from_the_database_and_then_hears_what_is_new():
    log = Log(5000)
    async with serving({"moments": log.after}) as server, peer(server) as screen:
        server.open("moments", 4990, log.rows[4990:], 5000)
        await screen.say(do="follow", topic="moments", after=17)
        log.rows.append((5001, {"n": 5001}))
        heard = await screen.hear_until("caught-up")
        server.append("moments", log.rows[5000:], 5001)
        while heard[-1].get("value", {}).get("n") != 5001:
            heard.append(await screen.hear())
        assert [said["seq"] for said in heard if said["is"] == "value"] == list(range(18, 5002))
        assert log.reads == 25


@live
async def test_who_was_away_for_a_moment_is_served_without_asking_the_database():
    log = Log(100)
    async with serving({"moments": log.after}) as server, peer(server) as screen:
        server.open("moments", 50, log.rows[50:], 100)
        await screen.say(do="follow", topic="moments", after=97)
        assert [said["seq"] for said in await screen.hear_until("caught-up")] == [98, 99, 100, 100]
        assert log.reads == 0


@live
async def test_followers_wait_while_the_database_is_away_and_miss_nothing(caplog):
    log, broken = Log(300), [True]

    def source(after, limit):
        if broken[0]:
            log.reads += 1
            raise OSError("the disk is away")
        return log.after(after, limit)

    async with serving({"moments": source}, retry=Duration(20)) as server, peer(server) as screen:
        server.open("moments", 300, [], 300)
        await screen.say(do="follow", topic="moments", after=1)
        while log.reads < 3:
            await screen.say(do="clock", t=1)
            assert (await screen.hear())["is"] == "clock"
        broken[0] = False
        heard = await screen.hear_until("caught-up")
        assert [said["seq"] for said in heard if said["is"] == "value"] == list(range(2, 301))
    assert [record.message for record in caplog.records if record.name == "notalone.live"] == [
        "the log moments cannot be read (the disk is away); trying again"
    ]


@live
async def test_who_follows_before_the_log_is_known_waits_for_it():
    async with serving() as server, peer(server) as screen:
        await screen.say(do="follow", topic="moments")
        await screen.say(do="clock", t=1)
        assert (await screen.hear())["is"] == "clock"
        server.open("moments", 0, [(1, {"n": 1})], 1)
        assert await screen.hear() == {"is": "caught-up", "topic": "moments", "seq": 1}
        server.append("moments", [(2, {"n": 2})], 2)
        assert (await screen.hear())["value"] == {"n": 2}


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:9", "null", "https://hall.example.evil"])
@live
async def test_a_page_of_another_origin_is_not_connected(origin):
    async with serving() as server:
        with pytest.raises(InvalidStatus) as told:
            async with peer(server, origin=origin):
                pass
        assert told.value.response.status_code == 403


@pytest.mark.parametrize("origin", [PAGE, "https://hall.example"])
@live
async def test_a_page_of_the_house_is_connected(origin):
    async with serving() as server, peer(server, token("page", process=False), origin) as page:
        await page.say(do="clock", t=7)
        assert (await page.hear())["t"] == 7


def forged():
    return tokens.sign(tokens.check(token(), KEY, system.now()), b"x" * 32)


@pytest.mark.parametrize(
    ("made", "origin", "why", "reason"),
    [
        (forged, None, "The token is not signed by this festival.", ""),
        (str, None, "The token is not signed by this festival.", ""),
        (lambda: token(life=-1), None, "The token expired at ", "expired"),
        (lambda: token("page", process=False), None, "This token is for a page, and a page says its origin.", ""),
    ],
    ids=["forged", "empty", "expired", "a page's without origin"],
)
@live
async def test_who_has_no_good_token_is_told_why_and_closed(made, origin, why, reason):
    async with serving() as server, peer(server, origin=origin, hello=False) as one:
        await one.say(do="hello", v=1, token=made())
        [said], code, told = await one.end()
        assert said["is"] == "error"
        assert said["why"].startswith(why)
        assert (code, told) == (1008, reason)


@live
async def test_who_says_no_hello_in_time_is_closed():
    async with serving(hello=Duration(50)) as server, peer(server, hello=False) as one:
        assert await one.end() == ([{"is": "error", "why": "No hello came within 0.05 s."}], 1008, "")


@live
async def test_what_may_not_be_followed_or_published_closes_with_a_sentence():
    async with serving() as server:
        mine = token("page", ["wall"], [], process=False)
        async with peer(server, mine, PAGE) as one:
            await one.say(do="follow", topic="moments")
            wanted = {"is": "error", "why": "This token may not follow moments."}
            assert await one.end() == ([wanted], 1008, "")
        async with peer(server, mine, PAGE) as one:
            await one.socket.send(b"show/frame\0x")
            wanted = {"is": "error", "why": "This token may not publish show/frame."}
            assert await one.end() == ([wanted], 1008, "")


@live
async def test_a_message_of_more_than_64_kib_closes_and_one_of_64_kib_does_not():
    async with serving() as server, peer(server) as one:
        text = json.dumps({"do": "publish", "topic": "show/x", "value": {"x": ""}})
        await one.socket.send(text.replace('""', '"' + "y" * (65536 - len(text)) + '"'))
        await one.say(do="clock", t=1)
        await one.hear_until("clock")
        await one.socket.send("y" * 65537)
        assert (await one.end())[1] == 1009


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(max_size=50) | st.binary(max_size=50), min_size=1, max_size=5), st.booleans())
def test_garbage_is_answered_with_one_sentence_and_hurts_nobody(garbage, hello):
    async def run():
        async with serving() as server, peer(server) as good, peer(server, hello=hello) as bad:
            for each in garbage:
                await bad.socket.send(each)
            heard, code, _ = await bad.end()
            assert [said["is"] for said in heard] == ["error"]
            assert len(heard[0]["why"]) < 200
            assert code in {1007, 1008}
            await good.say(do="clock", t=1)
            assert (await good.hear())["is"] == "clock"

    asyncio.run(asyncio.wait_for(run(), 30))


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=200), st.booleans())
def test_bytes_that_are_no_websocket_hurt_nobody(garbage, upgraded):
    """Garbage before the handshake, and garbage where frames should be."""

    async def run():
        async with serving() as server, peer(server) as good:
            reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
            if upgraded:
                writer.write(
                    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
                )
            writer.write(garbage)
            writer.write_eof()
            await reader.read()
            writer.close()
            await good.say(do="clock", t=1)
            assert (await good.hear())["is"] == "clock"
            assert len(server.hub.clients) == 1

    asyncio.run(asyncio.wait_for(run(), 30))


@live
async def test_text_that_is_not_utf_8_closes_with_1007():
    async with serving() as server, peer(server) as one:
        await one.socket.send(b"\xff\xfe", text=True)
        assert (await one.end())[1] == 1007


def stopped_reader(port, name="slow"):
    """A client on a plain socket with a small buffer that greets, follows and then never reads again."""
    import base64

    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", port))
    raw.sendall(
        b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: " + base64.b64encode(b"0" * 16) + b"\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    for message in ({"do": "hello", "v": 1, "token": token(name)}, {"do": "follow", "topic": "show/desk"}):
        text = json.dumps(message).encode()
        raw.sendall(bytes([0x81, 0xFE]) + len(text).to_bytes(2, "big") + b"\0\0\0\0" + text)  # masked with zeros
    return raw


async def present(server, name, count):
    while server.health()["present"].get(name, {"connections": 0})["connections"] != count:
        await asyncio.sleep(0.01)


@live
async def test_who_stops_reading_is_dropped_and_the_others_hear_everything_in_order():
    async with serving() as server, peer(server) as desk, peer(server) as screen:
        slow = await asyncio.to_thread(stopped_reader, server.port)
        await screen.say(do="follow", topic="show/desk")
        await screen.hear_until("caught-up")
        await present(server, "slow", 1)
        filler, heard, sent = "x" * 30_000, [], 0
        while server.dropped == 0:
            for _ in range(10):
                sent += 1
                await desk.say(do="publish", topic="show/desk", value={"n": sent, "filler": filler})
            while len(heard) < sent:
                said = await screen.hear()
                if said["is"] == "value":
                    heard.append(said["value"]["n"])
            assert sent < 1000
        assert heard == list(range(1, sent + 1))
        await present(server, "slow", 0)
        assert server.dropped == 1
        slow.close()


@live
async def test_who_takes_nothing_for_too_long_is_dropped_even_with_little_waiting():
    async with serving(stall=Duration(100), tick=Duration(20)) as server, peer(server) as desk, peer(server) as screen:
        slow = await asyncio.to_thread(stopped_reader, server.port)
        await screen.say(do="follow", topic="show/desk")
        await present(server, "slow", 1)
        sent = 0
        while not server._behind:
            sent += 1
            await desk.say(do="publish", topic="show/desk", value={"filler": "x" * 20_000})
            await desk.say(do="clock", t=1)
            await desk.hear_until("clock")
            await screen.hear_until("value")
            assert sent < 1000
        await present(server, "slow", 0)
        assert server.dropped == 1
        slow.close()


@live
async def test_catching_up_on_far_more_than_the_buffer_drops_nobody():
    rows = [(seq, {"n": seq, "filler": "x" * 2000}) for seq in range(1, 4001)]  # 8 MiB through a 1 MiB buffer

    def source(after, limit):
        return rows[after : after + limit]

    async with serving({"moments": source}) as server, peer(server, max_queue=1) as screen:
        server.open("moments", 4000, [], 4000)
        await screen.say(do="follow", topic="moments", after=0)
        heard = []
        while len(heard) < 4000:
            said = await screen.hear()
            heard.append(said["seq"])
            if len(heard) % 100 == 0:
                await asyncio.sleep(0.002)  # slower than the server
        assert heard == list(range(1, 4001))
        assert await screen.hear() == {"is": "caught-up", "topic": "moments", "seq": 4000}
        assert server.dropped == 0


@live
async def test_frames_are_relayed_as_they_are_and_the_publisher_knows_who_watches():
    async with serving() as server, peer(server) as show:
        async with peer(server) as stage:
            await stage.say(do="follow", topic="show/frame")
            assert await show.hear() == {"is": "watchers", "topic": "show/frame", "count": 1}
            await stage.hear_until("caught-up")
            await show.socket.send(b"show/frame\0" + bytes(range(256)))
            while not isinstance(frame := await stage.hear(), bytes):
                pass
            assert frame == b"show/frame\0" + bytes(range(256))
        assert await show.hear() == {"is": "watchers", "topic": "show/frame", "count": 0}


@live
async def test_presence_follows_who_comes_and_goes():
    async with serving(tick=Duration(10)) as server, peer(server, token("staff")) as staff:
        await staff.say(do="follow", topic="presence")
        async with peer(server, token("show")), peer(server, token("show")):
            await present(server, "show", 2)
            value = {}
            while value != {"show": {"connections": 2}, "staff": {"connections": 1}}:
                said = await staff.hear()
                value = said.get("value")
        while value != {"staff": {"connections": 1}}:
            said = await staff.hear()
            value = said.get("value")


@live
async def test_a_client_whose_token_expires_is_closed_and_told_so():
    async with serving(tick=Duration(10)) as server, peer(server, token(life=300)) as one:
        [said], code, reason = await one.end()
        assert said["why"].startswith("The token expired at ")
        assert (code, reason) == (1008, "expired")


def fetch(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read().decode()


@live
async def test_health_says_who_is_present_and_what_is_wrong():
    async with serving() as server, peer(server):
        status, kind, body = await asyncio.to_thread(fetch, server.port, "/healthz")
        assert (status, kind) == (200, "application/json")
        said = json.loads(body)
        assert said["live"] == "ok"
        assert set(said["present"]) == {"show"}
        assert said["present"]["show"]["connections"] == 1
        assert 0 <= said["present"]["show"]["seen_ms"] < 5000
        server.trouble = "log away"
        status, _, body = await asyncio.to_thread(fetch, server.port, "/healthz")
        assert (status, json.loads(body)["live"]) == (503, "log away")


@live
async def test_other_addresses_are_not_found_and_a_plain_request_is_told_to_upgrade():
    async with serving() as server:
        assert (await asyncio.to_thread(fetch, server.port, "/admin"))[0] == 404
        assert (await asyncio.to_thread(fetch, server.port, "/"))[0] == 426


@live
async def test_a_nudge_wakes_and_a_hundred_nudges_are_one():
    async with serving() as server:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
            for _ in range(100):
                wire.sendto(b"", ("127.0.0.1", server.port))
        await asyncio.wait_for(server.nudged.wait(), 5)
        server.nudged.clear()
        assert not server.nudged.is_set()


@live
async def test_a_nudge_wakes_everyone_who_waits_for_it_whoever_else_has_heard_it():
    async with serving() as server:
        one, other = server.nudges(), server.nudges()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as wire:
            wire.sendto(b"", ("127.0.0.1", server.port))
        await asyncio.wait_for(server.nudged.wait(), 5)
        server.nudged.clear()
        one.clear()
        assert (one.is_set(), other.is_set()) == (False, True)


@live
async def test_a_port_in_use_is_told_in_one_sentence():
    async with serving() as server:
        with pytest.raises(CannotListenError) as told:
            async with serving(port=server.port):
                pass
        assert str(told.value) == f"Port {server.port}, wanted for live, is in use by another program."


@live
async def test_a_server_that_ends_says_that_it_goes_away():
    async with serving() as server:
        entered = peer(server)
        one = await entered.__aenter__()
    assert (await one.end())[1:] == (1001, "")
    await entered.__aexit__(None, None, None)


@live
async def test_clients_that_came_and_went_leave_nothing_behind():
    async with serving() as server:
        for _ in range(20):
            async with peer(server) as one:
                await one.say(do="follow", topic="show/desk")
                await one.hear_until("caught-up")
        await present(server, "show", 0)
        hub = server.hub
        assert (hub.clients, hub.names, hub.topics.keys() - {"presence"}, hub.publishers) == ({}, {}, set(), {})
        assert (server._connections, server._behind) == ({}, set())
