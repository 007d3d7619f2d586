"""A visitor lives through one simulated risk; light, pass, wall, staff and the log answer."""

from __future__ import annotations

import numpy as np
from tests.browser import axe, browsing
from tests.running import ROOT, until
from tests.visiting import Visitor, picks_until, route

from notalone.show import queries as shows
from notalone.show.core import timeline


def envelope(cue, place, universe):
    """Return the least and the greatest level of each of the place's channels while ``cue`` stands there."""
    light = shows.light(ROOT / "content" / "demo")
    entries = timeline.read(
        [{"at": 0, "cue": cue, **({"place": place} if cue != "idle" else {})}], light.cues, light.patch
    )
    frames = timeline.render(entries, light.cues, light.patch, 22)[6 * 44 :]
    own = np.zeros(512, bool)
    for fixture in light.patch.fixtures:
        if fixture.universe == universe and fixture.place == place:
            own[fixture.address - 1 : fixture.address - 1 + fixture.profile.footprint] = True
    levels = frames[:, light.patch.universes.index(universe), :][:, own].astype(int)
    return own, levels.min(axis=0), levels.max(axis=0)


def stands(levels, found, slack=6):
    """Say whether every channel of the place is within what the cue may show."""
    own, low, high = found
    here = np.array(levels)[own]
    return bool(((here >= low - slack) & (here <= high + slack)).all())


def cue_at(stage, place):
    return stage.locator(f"[data-place='{place}']").get_attribute("data-cue")


def log_in(page, name, password):
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def told_at(house, station):
    return [one["moment"] for one in house.moments() if one["moment"]["where"] == station]


def assert_a_whole_play(moments, picks, ending):
    kinds = [moment["type"] for moment in moments]
    assert kinds[0] == "run-started"
    assert kinds.count("choice-made") == len(picks)
    assert kinds.count("scene-entered") == len(picks) + 1
    assert kinds.count("flag-seen") > 0
    assert [moment["ending"] for moment in moments if moment["type"] == "ending-reached"] == [ending]
    assert kinds.index("stamp-given") == kinds.index("ending-reached") + 1


def test_two_visitors_in_two_languages_move_their_own_light_and_lay_bricks(house, dmx):
    """Vietnamese by touch on a phone in the exhibition hall, German on a laptop in the experience area."""
    with browsing(house.base) as visit:
        stage = visit("/vi/show/", size="laptop")
        wall = visit("/de/wall/", size="screen")
        phone = visit("/vi/station/the-call/", size="phone")
        laptop = visit("/de/station/the-call-2/", size="laptop")
        linh, kai = Visitor(phone, touch=True), Visitor(laptop, touch=False)
        assert phone.locator("html").get_attribute("lang") == "vi"
        assert laptop.locator("html").get_attribute("lang") == "de"
        for kiosk in (phone, laptop):
            assert axe(kiosk) == []
        until(lambda: dmx.levels.get(1) and dmx.levels.get(3), "sACN arrives")
        assert stands(dmx.levels[3], envelope("idle", "experience-area", 3))

        # the one is pressed hard while the other has only just been called
        far, near = route("recovered", "pressure"), route("safe", "unease")
        pressed = picks_until(far, "pressure")
        linh.begin()
        for pick in far[:pressed]:
            linh.choose(pick)
        kai.begin()
        until(lambda: cue_at(stage, "exhibition-hall") == "pressure", lambda: cue_at(stage, "exhibition-hall"))
        until(lambda: cue_at(stage, "experience-area") == "unease", lambda: cue_at(stage, "experience-area"))
        unease = envelope("unease", "experience-area", 3)
        until(lambda: stands(dmx.levels[3], unease), "the packets carry the levels of unease")
        assert not stands(dmx.levels[1], envelope("unease", "exhibition-hall", 1))
        assert axe(phone) == []

        for pick in far[pressed:]:
            linh.choose(pick)
        phone.locator("#kiosk[data-screen='debrief']").wait_for(timeout=30_000)
        until(lambda: cue_at(stage, "exhibition-hall") == "relief", lambda: cue_at(stage, "exhibition-hall"))
        relief = envelope("relief", "exhibition-hall", 1)
        until(lambda: stands(dmx.levels[1], relief), "the packets carry the levels of relief")
        assert not stands(dmx.levels[1], envelope("idle", "exhibition-hall", 1))
        kai.play(near)
        assert phone.locator(".met").count() > 0
        for kiosk in (phone, laptop):
            assert axe(kiosk) == []

        # the one chooses a message, which stands at once
        linh.tap("[data-onward]")
        linh.tap("[data-message]:nth-of-type(1)")
        assert axe(phone) == []
        linh.tap("[data-lay]:enabled")
        phone.locator("#kiosk[data-screen='thanks']").wait_for()
        chosen = until(lambda: [m for m in told_at(house, "the-call") if m["type"] == "brick-laid"], "a brick")[0]
        stone = wall.locator(f"[data-brick='{chosen['brick']}']")
        stone.wait_for(state="attached", timeout=30_000)
        assert chosen["text"] in stone.inner_text()
        assert axe(phone) == []

        # the other writes own words, which a moderator reads first
        kai.tap("[data-onward]")
        kai.tap("[data-message='own']")
        laptop.fill("#own", "Du bist <b>nicht</b> allein, ich höre zu.")
        kai.tap("[data-lay]:enabled")
        laptop.locator("#kiosk[data-screen='thanks']").wait_for()
        assert not [m for m in told_at(house, "the-call-2") if m["type"] == "brick-laid"]
        queue = visit("/en/wall/queue/", size="laptop")
        log_in(queue, "moderator", house.password("moderator"))
        queue.locator("[data-held]").wait_for()
        assert axe(queue) == []
        queue.keyboard.press("a")
        own = until(lambda: [m for m in told_at(house, "the-call-2") if m["type"] == "brick-laid"], "it is approved")[0]
        stone = wall.locator(f"[data-brick='{own['brick']}']")
        stone.wait_for(state="attached", timeout=30_000)
        assert stone.inner_text().strip().endswith("Du bist <b>nicht</b> allein, ich höre zu.")
        for screen in (wall, stage, queue):
            assert axe(screen) == []

        # staff see it, by role
        visit_staff = visit("/de/staff/", size="laptop")
        log_in(visit_staff, "guide", house.password("guide"))
        assert visit_staff.locator("text=the-call-2").count() == 1
        assert axe(visit_staff) == []

    assert_a_whole_play(told_at(house, "the-call"), far, "recovered")
    assert_a_whole_play(told_at(house, "the-call-2"), near, "safe")
    assert len({m["pass"] for m in told_at(house, "the-call")}) == 1
    assert {m["pass"] for m in told_at(house, "the-call")}.isdisjoint(m["pass"] for m in told_at(house, "the-call-2"))
