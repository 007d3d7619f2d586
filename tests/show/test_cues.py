"""Cues: reading them, starting and stopping them, merging what they say."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from show_making import a_patch, cues_of, demo_cues, demo_patch, row_of_pars

from notalone.kit.problems import CannotRead
from notalone.kit.time import ShowTime
from notalone.show.core import audit, engine, looks, timeline
from notalone.show.core.engine import SetDesk, StartCue, StopCue
from notalone.show.core.limiter import limit
from notalone.show.core.render import Renderer

TWO_PLACES = a_patch(*row_of_pars(3, "left"), *row_of_pars(3, "right", first=100, prefix="q"))
PLAIN = cues_of("""
cues:
  idle: {priority: 0, scope: all, fade: {in: 0, out: 0}, layers: [{look: solid, colours: ["#0000ff"], level: 0.2}]}
  warm: {priority: 20, hold: 10, fade: {in: 0, out: 2}, layers: [{look: solid, colours: ["#ff0000"], level: 0.5}]}
  cold: {priority: 20, hold: 10, fade: {in: 2, out: 2}, layers: [{look: solid, colours: ["#00ff00"]}]}
  glint: {priority: 40, each: true, hold: 3, fade: {in: 0, out: 0}, at: left,
          layers: [{look: solid, colours: ["#ffffff"], level: 0.1, merge: htp}]}
""")


def at(seconds):
    return ShowTime(round(seconds * 1000))


def light(state, seconds, patch=TWO_PLACES, cues=PLAIN):
    return Renderer(patch, cues).light(state, at(seconds))


def run(*events):
    state = engine.begin(PLAIN, at(0))
    for seconds, event in events:
        state = engine.step(PLAIN, state, event, at(seconds))
    return state


def test_the_idle_cue_lights_every_place_from_the_beginning():
    assert np.allclose(light(run(), 1), [[0, 0, 0.2]] * 6)


def test_a_cue_lights_its_place_alone_so_that_two_stations_run_at_once():
    state = run((1, StartCue("warm", "left")), (1, StartCue("cold", "right")))
    now = light(state, 4)
    assert np.allclose(now[:3], [[0.5, 0, 0]] * 3)
    assert np.allclose(now[3:], [[0, 1, 0]] * 3)


def test_after_its_hold_a_cue_fades_and_the_place_is_idle_again():
    state = run((0, StartCue("warm", "left")))
    assert np.allclose(light(state, 9.9)[0], [0.5, 0, 0])
    assert np.allclose(light(state, 12.1)[0], [0, 0, 0.2])
    assert engine.settle(PLAIN, state, at(12.1)).at_place("left", at(12.1)) == run().running


def test_starting_a_cue_again_holds_it_longer_and_does_not_jump():
    state = run((0, StartCue("cold", "left")), (1.0, StartCue("cold", "left")))
    assert len(state.running) == 2
    assert state.running[1].began == at(0)
    assert state.running[1].until == at(13)


def test_a_cue_takes_the_place_of_those_with_its_priority_and_crosses_over():
    state = run((0, StartCue("warm", "left")), (5, StartCue("cold", "left")))
    halfway = light(state, 6)[0]
    assert 0 < halfway[0] < 0.5
    assert 0 < halfway[1] < 1
    assert np.allclose(light(state, 7.1)[0], [0, 1, 0])


def test_stopping_a_cue_fades_it_out():
    state = run((0, StartCue("warm", "left")), (3, StopCue("warm", "left")))
    assert np.allclose(light(state, 5.1)[0], [0, 0, 0.2])


def test_sparks_run_side_by_side_and_their_number_is_bounded():
    state = run(*[(1 + i / 100, StartCue("glint", "left")) for i in range(40)])
    assert sum(one.cue == "glint" for one in state.running) == engine.MOST_RUNNING


def test_a_cue_from_nowhere_plays_at_its_own_place():
    assert run((0, StartCue("glint"))).running[-1].place == "left"


def test_the_highest_intensity_takes_precedence_in_htp_and_a_dark_layer_takes_nothing_away():
    state = run((0, StartCue("glint", "left")))  # 0.1 of white below 0.2 of blue
    assert light(state, 1)[0].max() == pytest.approx(0.2)


def test_blackout_is_at_once_and_light_comes_back_gently():
    state = run((1, StartCue("warm", "left")), (2, SetDesk(blackout=True)))
    assert not light(state, 2).any()
    back = engine.step(PLAIN, state, SetDesk(), at(3))
    assert 0 < light(back, 3.5)[0, 0] < 0.5
    assert light(back, 5)[0, 0] == pytest.approx(0.5)


def test_the_master_scales_all_light():
    state = run((1, SetDesk(master=0.5)))
    assert np.allclose(light(state, 2), [[0, 0, 0.1]] * 6)


def test_calm_mode_slows_and_dims_without_a_jump():
    state = run((10, SetDesk(calm=True)))
    assert state.look_time(at(10)) == pytest.approx(10)
    assert state.look_time(at(20)) == pytest.approx(14)
    assert light(state, 10)[0, 2] == pytest.approx(0.2)
    assert light(state, 13)[0, 2] == pytest.approx(0.2 * engine.CALM_LIGHT)
    assert engine.step(PLAIN, state, SetDesk(), at(20)).look_time(at(21)) == pytest.approx(15)


def test_an_unknown_cue_and_an_unknown_place_change_no_light():
    state = run((1, StartCue("nothing", "left")), (1, StartCue("warm", "elsewhere")))
    assert np.allclose(light(state, 2), light(run(), 2))


EVENTS = st.one_of(
    st.builds(
        StartCue,
        st.sampled_from([*demo_cues(), "nothing"]),
        st.sampled_from([None, *demo_patch().places]),
        st.floats(0, 1),
    ),
    st.builds(StopCue, st.sampled_from([*demo_cues()]), st.sampled_from([None, *demo_patch().places])),
    st.builds(SetDesk, st.floats(0, 1), st.booleans(), st.booleans()),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4000), EVENTS), max_size=25))
def test_whatever_happens_the_light_is_bounded_and_few_cues_run(events):
    cues, own = demo_cues(), demo_patch()
    renderer = Renderer(own, cues)
    state, now = engine.begin(cues, at(0)), 0
    for gap, event in events:
        now += gap
        state = engine.step(cues, state, event, ShowTime(now))
        asked = renderer.light(state, ShowTime(now + 20))
        assert np.isfinite(asked).all()
        assert asked.min() >= 0
        assert asked.max() <= 1 + 1e-9
    far = engine.settle(cues, state, ShowTime(now + 200_000))
    assert {one.cue for one in far.running} <= {"idle"}


@pytest.mark.parametrize("name", sorted(looks.LOOKS))
def test_a_look_is_light_and_depends_on_time_and_place_alone(name):
    kind = looks.LOOKS[name]
    cells = looks.Cells.of(np.random.default_rng(1).uniform(0, 12, (40, 3)))
    own = looks.Settings(
        np.array([[0.2, 0.1, 0.0], [1.0, 0.6, 0.2]]), {key: one.default for key, one in kind.parameters.items()}
    )
    for t in (0.0, 0.5, 3.0, 1000.25):
        out = kind.look(t, cells, own)
        assert out.shape == (40, 3)
        assert out.min() >= 0
        assert out.max() <= 1
        assert np.array_equal(out, kind.look(t, cells, own))


def test_every_demo_cue_is_legal_without_the_limiter_having_to_act():
    own, cues = demo_patch(), demo_cues()
    assert {"idle", "unease", "pressure", "relief", "brick"} <= set(cues)
    renderer = Renderer(own, cues)
    for order in (["unease", "pressure", "relief"], ["pressure", "brick", "brick"]):
        state, frames = engine.begin(cues, at(0)), []
        for frame in range(44 * 36):
            now = timeline.show_time(frame)
            if frame % 440 == 220 and frame // 440 < 3:
                state = engine.step(cues, state, StartCue(order[frame // 440], "exhibition-hall"), now)
            frames.append(renderer.render(engine.settle(cues, state, now), now))
        asked = np.array(frames)
        verdict = audit.audit(asked, own)
        assert verdict.legal
        assert verdict.general <= 2
        assert np.array_equal(limit(asked, own), asked)


def test_every_demo_cue_looks_unlike_the_others_at_its_place_and_leaves_the_others_alone():
    own, cues = demo_patch(), demo_cues()
    renderer = Renderer(own, cues)
    here, there = renderer.where["exhibition-hall"], renderer.where["main-stage"]
    seen = {}
    for name in ("idle", "unease", "pressure", "relief"):
        state = engine.step(cues, engine.begin(cues, at(0)), StartCue(name, "exhibition-hall"), at(5))
        asked = np.mean([renderer.light(state, at(9 + i / 4)) for i in range(24)], axis=0)
        seen[name] = asked[here].mean(axis=0)
        assert np.allclose(renderer.light(state, at(9))[there], renderer.light(engine.begin(cues, at(0)), at(9))[there])
    assert seen["unease"][2] > seen["unease"][0]  # cold
    assert seen["relief"][0] > 2 * seen["relief"][2]  # warm
    assert seen["pressure"][0] > 2 * seen["pressure"][1]  # red-violet
    assert seen["pressure"][2] > seen["pressure"][1]
    assert seen["relief"].sum() > 1.5 * seen["idle"].sum()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('cues: {a: {layers: [{look: solidd, colours: ["#ffffff"]}]}}', "Did you mean “solid”?"),
        ("cues: {a: {layers: [{look: solid, colours: [white]}]}}", "is not a colour"),
        ('cues: {a: {layers: [{look: solid, colours: ["#ffffff"], width: 1}]}}', "has no “width”"),
        ('cues: {a: {layers: [{look: pulse, colours: ["#ffffff"], fastest: 0.1}]}}', "number from 0.7 to 600"),
        ("cues: {a: {layers: []}}", "needs at least one layer"),
        ("cues: {a: {hold: 3}}", "needs the key “layers”"),
        ('cues: {a: {layer: [], layers: [{look: solid, colours: ["#ffffff"]}]}}', "Did you mean “layers”?"),
    ],
)
def test_what_is_wrong_with_a_cue_is_said_with_its_line(text, part):
    with pytest.raises(CannotRead) as caught:
        cues_of(text)
    assert part in str(caught.value)
    assert "cues.yaml:1:" in str(caught.value)


def test_the_core_needs_no_django():
    code = "import sys, notalone.show.core.timeline; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
