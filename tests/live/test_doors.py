"""The room's doors: tokens for processes and pages, health, nudges, and the page's policy."""

from __future__ import annotations

import asyncio
import socket
import sys
from pathlib import Path

import pytest
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.module_loading import import_string

from notalone.kit import system
from notalone.kit.time import Duration
from notalone.live import actions, queries
from notalone.live.core import tokens

sys.path.insert(0, str(Path(__file__).parent))
from live_house import peer, serving


def request(host="hall.example:8000", secure=False):
    return RequestFactory(SERVER_NAME="ignored").get("/vi/wall/", headers={"host": host}, secure=secure)


def read(token):
    return tokens.check(token, queries.signing_key(), system.now())


def test_a_process_token_is_for_processes_and_a_page_token_is_not(settings):
    settings.LIVE_URL, settings.LIVE_PORT = "", 8131
    grant = read(queries.token("show", ["moments"], ["show/*"], Duration.seconds(60)))
    assert (grant.name, grant.follow, grant.publish, grant.process) == ("show", ("moments",), ("show/*",), True)
    assert 0 < grant.until.since(system.now()).ms <= 60_000
    access = queries.page_access(request(), ["wall"], name="wall")
    grant = read(access["token"])
    assert (access["name"], grant.name, grant.follow, grant.publish, grant.process) == (
        ("wall", "wall", ("wall",), (), False)
    )


@pytest.mark.parametrize(
    ("host", "secure", "configured", "url", "source"),
    [
        ("hall.example:8000", False, "", "ws://hall.example:8131/", "ws://hall.example:8131"),
        ("hall.example", True, "", "wss://hall.example:8131/", "wss://hall.example:8131"),
        ("192.168.1.7:8000", False, "", "ws://192.168.1.7:8131/", "ws://192.168.1.7:8131"),
        ("[::1]:8000", False, "", "ws://[::1]:8131/", "ws://[::1]:8131"),
        ("a.example", True, "wss://f.example/live", "wss://f.example/live", "wss://f.example"),
    ],
)
def test_a_page_that_asks_for_access_may_connect_to_live_and_nowhere_else(
    settings, host, secure, configured, url, source
):
    settings.LIVE_PORT, settings.LIVE_URL, settings.ALLOWED_HOSTS = 8131, configured, ["*"]
    found = []

    def view(asked):
        found.append(queries.page_access(asked, ["wall"]))
        return HttpResponse("a page")

    assert policy(view, request(host, secure))["connect-src"] == f"'self' {source}"
    assert found[0]["url"] == url


def policy(view, asked):
    """Answer a request through the middleware of the settings around the page's policy; return the policy."""
    answer = view
    for name in reversed(settings.MIDDLEWARE):
        if name in {"csp.middleware.CSPMiddleware", "notalone.live.web.LivePolicy"}:
            answer = import_string(name)(answer)
    header = answer(asked).headers["Content-Security-Policy"]
    return dict(part.strip().split(" ", 1) for part in header.split(";"))


def test_a_page_that_does_not_ask_may_not_connect():
    assert policy(lambda asked: HttpResponse(), request())["connect-src"] == "'self'"


def test_what_a_view_adds_to_its_policy_stays(settings):
    settings.LIVE_PORT, settings.LIVE_URL, settings.ALLOWED_HOSTS = 8131, "", ["*"]

    @csp_update({"connect-src": ["https://api.example"], "img-src": "https://img.example"})
    def view(asked):
        queries.page_access(asked, ["wall"])
        return HttpResponse()

    found = policy(view, request())
    assert found["connect-src"] == "'self' https://api.example ws://hall.example:8131"
    assert found["img-src"] == "'self' data: https://img.example"


def test_a_page_cannot_be_given_what_is_no_topic():
    with pytest.raises(ValueError, match="neither a topic nor a pattern"):
        queries.page_access(request("testserver"), ["*"])


def test_health_tells_who_is_present_what_is_wrong_and_that_live_is_down(settings):
    async def run():
        async with serving() as server, peer(server):
            settings.LIVE_PORT = server.port
            said = await asyncio.to_thread(queries.health)
            assert said["live"] == "ok"
            assert said["present"]["show"]["connections"] == 1
            server.trouble = "log away"
            assert (await asyncio.to_thread(queries.health))["live"] == "log away"
        assert await asyncio.to_thread(queries.health) == {"live": "down", "present": {}}

    asyncio.run(run())


def test_health_of_something_else_on_the_port_is_down_within_its_time(settings):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.LIVE_PORT = silent.getsockname()[1]
        assert queries.health() == {"live": "down", "present": {}}


def test_a_nudge_reaches_live_and_harms_nobody_where_live_is_not(settings):
    async def run():
        async with serving() as server:
            settings.LIVE_PORT = server.port
            actions.nudge()
            await asyncio.wait_for(server.nudged.wait(), 5)
        for _ in range(3):
            actions.nudge()

    asyncio.run(run())
