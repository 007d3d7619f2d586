"""The browser's client in a real browser, against the real server, which dies and comes back."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import http.server
import sys
import threading
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import async_playwright

from notalone.kit.time import Duration
from notalone.live.core.origins import Origins

sys.path.insert(0, str(Path(__file__).parent))
from live_house import Log, peer, serving, token

STATIC = Path(__file__).parents[2] / "src" / "notalone" / "live" / "static" / "live"
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
ARGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
START = """async ({url, token, name}) => {
    const { connect } = await import("/live.js");
    window.heard = []; window.states = []; window.frames = []; window.caught = [];
    window.live = connect({ url, token, name, onState: (state, why) => states.push([state, why]) });
    const onValue = (value, seq) => heard.push([seq, value.n]);
    live.follow("wall", { after: 2, onValue, onCaughtUp: (seq) => caught.push(seq) });
    live.follow("show/desk", { onValue: (v) => { window.desk = v; } });
    live.followBinary("show/frame", (payload) => frames.push([...payload]));
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the module and an empty page."""

    def log_message(self, *_):
        """Say nothing."""


@asynccontextmanager
async def page_of(web):
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
        page = await browser.new_page()
        await page.goto(f"http://127.0.0.1:{web.server_port}/core.js")
        yield page
        await browser.close()


def test_a_page_follows_publishes_and_survives_a_restart_of_live():
    web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(STATIC)))
    threading.Thread(target=web.serve_forever, daemon=True).start()
    try:
        asyncio.run(asyncio.wait_for(_story(web), 90))
    finally:
        web.shutdown()
        web.server_close()


async def _story(web):
    log = Log(5)
    grants = token("page", ["wall", "show/*"], ["show/desk"], process=False)
    async with page_of(web) as page, serving({"wall": log.after}) as first:
        first.config = _with(first.config, origins=Origins(web.server_port))
        real = first.now
        first.now = lambda: real() + Duration(-5000)
        first.open("wall", 5, [], 5)
        access = {"url": f"ws://127.0.0.1:{first.port}/", "token": grants, "name": "page"}
        await page.evaluate(START, access)
        await page.wait_for_function("caught.length === 1")
        assert await page.evaluate("[heard, states]") == [[[3, 3], [4, 4], [5, 5]], [["connected", ""]]]
        assert await page.evaluate("live.publish('show/desk', {master: 0.5}, true)") is True
        await page.wait_for_function("window.desk?.master === 0.5")
        await page.wait_for_function("live.offset() !== null")
        assert abs(await page.evaluate("live.offset()") + 5000) < 100
        async with peer(first) as show:
            await show.socket.send(b"show/frame\0" + bytes([0, 1, 255]))
            await page.wait_for_function("frames.length === 1")
            assert await page.evaluate("frames") == [[0, 1, 255]]
        await first.__aexit__()
        await page.wait_for_function("states.at(-1)[0] === 'away'")
        assert await page.evaluate("live.publish('show/desk', {master: 1}, true)") is False
        log.rows += [(seq, {"n": seq}) for seq in range(6, 400)]
        async with serving({"wall": log.after}, port=first.port) as second:
            second.config = _with(second.config, origins=Origins(web.server_port))
            second.open("wall", 399, [], 399)
            await page.wait_for_function("heard.length === 397")
            second.append("wall", [(400, {"n": 400})], 400)
            await page.wait_for_function("heard.length === 398")
            assert await page.evaluate("heard") == [[seq, seq] for seq in range(3, 401)]
            assert await page.evaluate("states") == [["connected", ""], ["away", ""], ["connected", ""]]
            await page.evaluate("live.leave('wall')")
            await page.evaluate("live.close()")
            while second.hub.clients:
                await asyncio.sleep(0.01)
        await _refused(page, web)


async def _refused(page, web):
    """A page whose token is no longer good is told so and stops; one that may not follow hears why."""
    async with serving() as server:
        server.config = _with(server.config, origins=Origins(web.server_port))
        url = f"ws://127.0.0.1:{server.port}/"
        await page.evaluate(START, {"url": url, "token": token("page", process=False, life=-1), "name": "page"})
        await page.wait_for_function("states.length === 1")
        assert await page.evaluate("states") == [["away", "expired"]]
        await page.evaluate(START, {"url": url, "token": token("page", [], [], process=False), "name": "page"})
        await page.wait_for_function("states.length >= 2")
        assert await page.evaluate("states.slice(0, 2)") == [
            ["connected", ""],
            ["away", "This token may not follow wall."],
        ]


def _with(config, **more):
    return dataclasses.replace(config, **more)
