"""The wall and its queue in a real browser, in a house that runs: what visitors and moderators see and press."""

from __future__ import annotations

import pytest
from tests.browser import axe, browsing
from tests.running import DmxReceiver, free_pair, start, stop
from tests.wall.wall_making import live_id

LAY = """async ([id, kind, said]) => {
  const page = JSON.parse(document.getElementById("station").textContent);
  const brick = { id, where: page.station, pass: null, kind, [kind === "own" ? "text" : "message"]: said };
  const answer = await fetch(page.urls.bricks, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": page.csrf },
    body: JSON.stringify(brick),
  });
  return [answer.status, (await answer.json()).state];
}"""
# Twenty seconds of the wall's picture, drawn frame by frame at 60 Hz on a clock of its own: the light of 16 × 9 cells.
FILM = """async (calm) => {
  const { Scene } = await import("/static/wall/scene.js");
  const { arrive, start, tick } = await import("/static/wall/arrivals.js");
  const linear = (c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const canvas = document.createElement("canvas");
  Object.assign(canvas.style, { position: "fixed", inset: "0", width: "640px", height: "360px" });
  document.body.append(canvas);
  const scene = new Scene(canvas, 5);
  const eye = new OffscreenCanvas(16, 9).getContext("2d", { willReadFrequently: true });
  let state = start([], 0);
  for (let n = 0; n < 25; n += 1) state = arrive(state, { id: `b${n}`, text: "Hello", lang: "en", kind: "own" });
  const film = [];
  for (let frame = 0; frame < 1200; frame += 1) {
    const now = (frame * 1000) / 60;
    const next = tick(state, now, scene.flightTime(calm));
    state = next.state;
    if (next.launch) scene.launch(now, calm);
    if (next.clear) scene.spot(null, now);
    if (next.read) scene.spot(5 + Number(next.read.id.slice(1)), now);
    scene.draw(now, calm);
    eye.drawImage(canvas, 0, 0, 16, 9);
    const { data } = eye.getImageData(0, 0, 16, 9);
    const cells = [];
    for (let at = 0; at < data.length; at += 4) {
      cells.push(0.2126 * linear(data[at]) + 0.7152 * linear(data[at + 1]) + 0.0722 * linear(data[at + 2]));
    }
    film.push(cells);
  }
  return { film, bricks: scene.count };
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Start a whole festival for the module."""
    dmx = DmxReceiver()
    running = start(tmp_path_factory.mktemp("house") / "state", free_pair(), dmx.port)
    try:
        yield running
    finally:
        stop(running)
        dmx.close()


@pytest.fixture
def open_page(house):
    with browsing(house.base) as opened:
        yield opened


def wall_page(open_page, lang="vi", **more):
    page = open_page(f"/{lang}/wall/", **more)
    page.wait_for_selector("[data-wall][data-state=connected]")
    return page


def lay(station, kind, said):
    brick = str(live_id())
    return brick, station.evaluate(LAY, [brick, kind, said])


def queue_page(house, open_page, **more):
    page = open_page("/en/staff/login/?next=/en/wall/queue/", **more)
    page.fill("[name=username]", "moderator")
    page.fill("[name=password]", house.password("moderator"))
    page.click("main button")
    page.wait_for_selector("[data-queue]")
    return page


def listed(page, brick, state="attached"):
    page.wait_for_selector(f'[data-brick="{brick}"]', state=state, timeout=30_000)


def test_chosen_words_fly_onto_an_open_wall_and_are_read_large(open_page):
    wall = wall_page(open_page, size="screen")
    before = int(wall.inner_text("[data-count]"))
    brick, answer = lay(open_page("/vi/station/the-call/"), "chosen", "light")
    assert answer == [200, "shown"]
    wall.bring_to_front()
    listed(wall, brick)
    assert int(wall.inner_text("[data-count]")) == before + 1
    wall.wait_for_selector("[data-say][data-on]")
    assert wall.inner_text("[data-say]") == "Mình để đèn sáng chờ bạn."
    assert wall.get_attribute("[data-say] p", "lang") == "vi"
    listed(wall_page(open_page, "de"), brick)  # a page that is opened later shows it too


def test_own_words_wait_for_a_moderator_who_needs_no_mouse(house, open_page):
    text = "Mình tin bạn. <b>Luôn</b> 💛"
    brick, answer = lay(open_page("/vi/station/the-call/"), "own", text)
    assert answer == [200, "held"]
    wall = wall_page(open_page)
    assert wall.locator(f'[data-brick="{brick}"]').count() == 0
    queue = queue_page(house, open_page)
    queue.wait_for_selector(f'[data-held="{brick}"][data-current]')
    assert queue.inner_text(f'[data-held="{brick}"] blockquote') == text
    queue.keyboard.press("a")
    queue.wait_for_selector(f'[data-decided="{brick}"]')
    assert queue.inner_text("[data-said]") == "Approved: the words are on the wall."
    wall.bring_to_front()
    listed(wall, brick)
    assert wall.inner_text(f'[data-brick="{brick}"]') == text
    queue.bring_to_front()
    queue.keyboard.press("u")
    queue.wait_for_selector(f'[data-held="{brick}"][data-current]')
    wall.bring_to_front()
    listed(wall, brick, "detached")
    queue.bring_to_front()
    queue.keyboard.press("r")
    queue.keyboard.press("4")
    queue.wait_for_selector(f'[data-held="{brick}"]', state="detached")
    assert "Advertising or nonsense" in queue.inner_text(f'[data-decided="{brick}"]')


def test_new_words_appear_in_an_open_queue_and_the_choice_stays(house, open_page):
    station = open_page("/vi/station/the-call/")
    first, _ = lay(station, "own", "first")
    queue = queue_page(house, open_page)
    queue.wait_for_selector(f'[data-held="{first}"][data-current]')
    second, _ = lay(station, "own", "second")
    queue.bring_to_front()
    queue.wait_for_selector(f'[data-held="{second}"]')
    assert queue.locator(f'[data-held="{first}"][data-current]').count() == 1
    queue.keyboard.press("j")
    queue.wait_for_selector(f'[data-held="{second}"][data-current]')
    assert queue.evaluate("document.activeElement.dataset.held") == second
    for key in "aa":  # faster than any answer: no key is lost, and none decides twice
        queue.keyboard.press(key)
    for brick in (first, second):
        queue.wait_for_selector(f'[data-decided="{brick}"]')
    assert queue.locator("[data-held]").count() == 0
    assert queue.inner_text("[data-said]") == "Approved: the words are on the wall."
    for key in "uu":
        queue.keyboard.press(key)
    for brick in (first, second):
        queue.wait_for_selector(f'[data-held="{brick}"]')


@pytest.mark.parametrize("size", ["phone", "laptop", "screen"])
def test_axe_finds_nothing_on_the_wall_and_in_the_queue(house, open_page, size):
    lay(open_page("/vi/station/the-call/"), "own", "Gọi mình 0912 345 678")
    assert axe(wall_page(open_page, size=size)) == []
    queue = queue_page(house, open_page, size=size)
    assert axe(queue) == []
    queue.keyboard.press("r")
    queue.keyboard.press("?")
    assert axe(queue) == []


def most_rises_in_a_second(levels):
    """Count rises as SAFETY.md dates them: 0.1 above the minimum since the last fall, that minimum below 0.8."""
    rises, low, high, rising = [], levels[0], levels[0], False
    for frame, level in enumerate(levels):
        if not rising:
            low = min(low, level)
            if level > low + 0.1 and low < 0.8:
                rises.append(frame)
                rising, high = True, level
        else:
            high = max(high, level)
            if level < high - 0.1:
                rising, low = False, level
    return max((sum(at <= other < at + 60 for other in rises) for at in rises), default=0)


def test_the_counting_of_rises_finds_a_flash():
    assert most_rises_in_a_second([0.0, 0.5] * 30) == 30
    assert most_rises_in_a_second([0.3] * 60) == 0


@pytest.mark.parametrize("calm", [False, True])
def test_no_part_of_the_picture_flashes_in_a_burst_of_bricks(open_page, calm):
    film = wall_page(open_page).evaluate(FILM, calm)
    assert film["bricks"] == 30
    frames = film["film"]
    cells = [[frame[cell] for frame in frames] for cell in range(16 * 9)]
    assert max(max(cell) - min(cell) for cell in cells) > 0.1  # the bricks are in the picture
    assert max(most_rises_in_a_second(cell) for cell in cells) <= 2
    whole = [sum(frame) / len(frame) for frame in frames]
    assert most_rises_in_a_second(whole) <= 1  # a wall that grows from 5 to 30 bricks grows brighter, once
