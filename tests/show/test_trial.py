"""Cues are tried before anybody plays them: where the limiter would act, and only there, it is told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.show.show_making import a_patch, cues_of, demo_cues, demo_patch, row_of_pars

from notalone.show.core.audit import audit
from notalone.show.core.trial import AT_ONCE, Acted, asked, cycle, places_of, trial

PLACE = "hall"
THREE = a_patch(*row_of_pars(3, PLACE))
RUN = '{look: chase, colours: ["#000000", "#ffffff"], period: 0.7, width: 0.2, low: 0, high: 1}'
CALM = '{look: breathe, colours: ["#103080", "#2080a0"], period: 11, low: 0.1, high: 0.6}'
CUES = cues_of(f"""
cues:
  idle: {{fade: {{in: 1, out: 1}}, priority: 0, scope: all, layers: [{CALM}]}}
  run: {{fade: {{in: 0.2, out: 0.5}}, hold: 10, priority: 20, layers: [{RUN}]}}
  calm: {{fade: {{in: 1, out: 1}}, hold: 10, priority: 20, layers: [{CALM}]}}
  flash: {{fade: {{in: 0, out: 0}}, hold: 0.1, priority: 40, each: true, layers: [{{look: breathe, colours: ["#ffffff"], period: 600, low: 1, high: 1}}]}}
""")  # noqa: E501


def test_a_light_that_runs_through_a_few_lamps_is_told_with_lamp_and_second():
    acted = trial(CUES, ("run",), THREE, PLACE)
    assert acted is not None
    assert acted.fixture in {"p0", "p1", "p2"}
    assert 0 < acted.second < 3


def test_calm_cues_hold_alone_and_after_one_another():
    assert trial(CUES, ("calm",), THREE, PLACE) is None
    assert trial(CUES, ("calm", "calm"), THREE, PLACE) is None
    assert trial(CUES, ("calm", "unknown"), THREE, PLACE) is None
    assert trial(CUES, ("unknown",), THREE, PLACE) is None


def test_the_second_is_counted_from_the_second_cue():
    acted = trial(CUES, ("calm", "run"), THREE, PLACE)
    assert acted is not None
    assert 0 <= acted.second < 2


def test_each_place_is_tried_with_its_own_lamps_alone():
    both = a_patch(*row_of_pars(3, "hall"), *row_of_pars(9, "yard", first=10, prefix="y"))
    parts = places_of(both)
    assert [[f.id for f in part.fixtures] for part in parts.values()] == [
        ["p0", "p1", "p2"], [f"y{n}" for n in range(9)]
    ]  # fmt: skip
    assert isinstance(trial(CUES, ("run",), parts["hall"], "hall"), Acted)
    assert trial(CUES, ("run",), parts["yard"], "yard") is None


def test_how_long_a_cue_is_tried_follows_from_its_looks():
    assert cycle(CUES["run"]) == pytest.approx(1.4)
    assert cycle(CUES["flash"]) == 60


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["chase", "sparkle", "wave", "pulse", "spark", "noise"]),
    st.floats(0.7, 2.0),
    st.sampled_from([0.0, 0.3]),
    st.integers(2, 5),
    st.sampled_from(["run", "calm", "flash"]),
)
def test_the_limiter_acts_exactly_where_the_judge_says_that_what_was_asked_is_not_legal(
    look, period, fade, lamps, first
):
    patch = a_patch(*row_of_pars(lamps, PLACE))
    wild = cues_of(f"""
cues:
  wild:
    fade: {{in: {fade}, out: 0.5}}
    hold: 3
    priority: 20
    layers: [{{look: {look}, colours: ["#000000", "#ffffff"], period: {period}, low: 0, high: 1}}]
""")
    cues = {**CUES, **wild}
    rest = 2.0
    end = rest + fade + min(cycle(cues["wild"]), 3) + 0.5 + 1
    frames = np.stack([frame for _, frame in asked(cues, [(rest, "wild")], patch, PLACE, rest - 1, end)])
    assert (trial(cues, ("wild",), patch, PLACE) is None) == audit(frames, patch).legal

    settled = cues[first].fade_in + 1
    legal = True
    for pause, begin in ((AT_ONCE, rest - 1), (settled, rest + settled - 1)):
        starts = [(rest, first), (rest + pause, "wild")]
        length = max(fade, cues[first].fade_out) + 1
        frames = np.stack([f for _, f in asked(cues, starts, patch, PLACE, begin, rest + pause + length)])
        legal = legal and audit(frames, patch).legal
    assert (trial(cues, (first, "wild"), patch, PLACE) is None) == legal


def test_the_cues_of_the_demo_hold_at_its_smallest_place():
    patch = places_of(demo_patch())["talent-stage"]
    for names in (("unease", "pressure"), ("pressure", "relief"), ("relief", "unease")):
        assert trial(demo_cues(), names, patch, "talent-stage") is None
