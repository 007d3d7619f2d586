"""A visitor lives through one simulated risk; light, pass, wall, staff and the log answer."""

from __future__ import annotations

import numpy as np
import pytest
from tests.browser import axe, browsing
from tests.running import ROOT, until
from tests.visiting import Visitor, route

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


@pytest.mark.parametrize(
    ("size", "station", "lang", "place", "universe", "ending"),
    [
        ("phone", "the-call", "vi", "exhibition-hall", 1, "recovered"),
        ("laptop", "the-call-2", "de", "experience-area", 3, "safe"),
    ],
)
def test_a_choice_moves_the_light_and_a_brick_reaches_the_wall(
    house, dmx, size, station, lang, place, universe, ending
):
    with browsing(house.base) as visit:
        stage = visit(f"/{lang}/show/", size="laptop")
        wall = visit(f"/{lang}/wall/", size="screen")
        kiosk = visit(f"/{lang}/station/{station}/", size=size)
        visitor = Visitor(kiosk, touch=size == "phone")
        until(lambda: dmx.levels.get(universe), "sACN arrives")
        assert axe(kiosk) == []
        visitor.begin()
        picks = route(ending, "unease" if ending == "safe" else "pressure")
        visitor.play(picks)
        assert axe(kiosk) == []
        moments = house.moments()
        cues = [m["moment"]["cue"] for m in moments if m["moment"]["type"] == "scene-entered"]
        until(lambda: cue_at(stage, place) == "relief", lambda: f"relief reaches the stage, not {cue_at(stage, place)}")
        assert "unease" in cues
        relief = envelope("relief", place, universe)
        until(lambda: stands(dmx.levels[universe], relief), "the packets carry the levels of relief")
        assert not stands(dmx.levels[universe], envelope("idle", place, universe))

        visitor.tap("[data-onward]")
        visitor.tap("[data-message]:nth-of-type(1)")
        assert axe(kiosk) == []
        visitor.tap("[data-lay]:enabled")
        kiosk.locator("#kiosk[data-screen='thanks']").wait_for()
        laid = until(
            lambda: [m["moment"] for m in house.moments() if m["moment"]["type"] == "brick-laid"], "a brick is laid"
        )[0]
        wall.locator(f"[data-brick='{laid['brick']}']").wait_for(state="attached", timeout=30_000)
        assert laid["text"] in wall.locator(f"[data-brick='{laid['brick']}']").inner_text()
        assert axe(kiosk) == []
        assert axe(wall) == []
        assert axe(stage) == []

    told = [m["moment"] for m in house.moments()]
    kinds = [moment["type"] for moment in told]
    assert kinds[0] == "run-started"
    assert kinds.count("choice-made") == len(picks)
    assert kinds.count("scene-entered") == len(picks) + 1
    assert kinds[-3:] == ["ending-reached", "stamp-given", "brick-laid"]
    assert [m["ending"] for m in told if m["type"] == "ending-reached"] == [ending]
    assert {moment["where"] for moment in told} == {station}
    assert len({moment["pass"] for moment in told}) == 1
