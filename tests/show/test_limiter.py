"""The limiter against the judge, on frames made to break it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from notalone.kit import yamltree
from notalone.show.core import audit, patch
from notalone.show.core.limiter import Limiter, limit

MIXED = patch.from_tree(
    yamltree.parse(
        """
fixtures:
  - {id: d1, profile: generic/dimmer, universe: 2, address: 1, at: [0, 0, 0]}
  - {id: p1, profile: generic/rgb, universe: 2, address: 2, at: [1, 0, 0]}
  - {id: p2, profile: generic/rgb, universe: 1, address: 5, at: [1, 0, 0], area: b}
  - {id: w1, profile: generic/rgbw, universe: 1, address: 8, at: [2, 0, 0]}
  - {id: a1, profile: generic/rgba, universe: 1, address: 20, at: [2, 0, 0], area: b}
  - {id: bar, profile: generic/pixel-bar-8, universe: 1, address: 100, at: [3, 0, 0], area: b}
  - {id: head, profile: generic/moving-head, universe: 2, address: 500, at: [4, 0, 0]}
""",
        "patch.yaml",
    )
)
PARS = patch.from_tree(
    yamltree.parse(
        "fixtures:\n"
        + "".join(
            f"  - {{id: p{i}, profile: generic/rgb, universe: 1, address: {3 * i + 1}, at: [{i}, 0, 0]}}\n"
            for i in range(5)
        ),
        "patch.yaml",
    )
)
PATCHES = {"mixed": MIXED, "pars": PARS}
PALETTE = np.array(
    [0, 0, 0, 255, 255, 128, 40, 20, 10, 1, 200, 100, 60, 64, 50, 51], np.uint8
)  # reds, blacks, and levels near the thresholds


def frames_of(which, seed, kind, length):
    own = PATCHES[which]
    draw = np.random.default_rng(seed)
    shape = (length, len(own.universes), 512)
    if kind == "random":
        return draw.integers(0, 256, shape, np.uint8)
    if kind == "palette":
        return PALETTE[draw.integers(0, len(PALETTE), shape)]
    if kind == "strobe":
        on = (np.arange(length) // draw.integers(1, 6)) % 2
        return (on[:, None, None] * draw.integers(0, 256, (1, *shape[1:]))).astype(np.uint8)
    if kind == "red":
        out = np.zeros(shape, np.uint8)
        for fixture in own.fixtures:
            at = fixture.address - 1
            universe = own.universes.index(fixture.universe)
            for start in range(at, at + fixture.profile.footprint - 2, 3):
                colours = np.array([[255, 0, 0], [0, 0, 0], [0, 0, 255], [90, 20, 0], [60, 0, 0], [0, 90, 0]])
                out[:, universe, start : start + 3] = colours[draw.integers(0, len(colours), length)]
        return out
    if kind == "antiphase":
        out = np.zeros(shape, np.uint8)
        out[:, :, :] = (np.arange(length)[:, None, None] + np.arange(512)[None, None, :] // 3) % 2 * 255
        return out
    steps = draw.integers(-12, 13, shape).cumsum(axis=0) + draw.integers(0, 256, shape[1:])
    return np.abs((steps + 255) % 511 - 255).astype(np.uint8)


CASES = st.tuples(
    st.sampled_from(sorted(PATCHES)),
    st.integers(0, 2**32),
    st.sampled_from(["random", "palette", "strobe", "red", "antiphase", "walk"]),
    st.integers(1, 150),
)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(CASES)
@example(("pars", 0, "antiphase", 100))
def test_what_comes_out_is_legal_and_passes_again_unchanged(case):
    own, frames = PATCHES[case[0]], frames_of(*case)
    out = limit(frames, own)
    verdict = audit.audit(out, own)
    assert verdict.legal, (verdict, case)
    assert np.array_equal(limit(out, own), out)


@SLOW
@given(CASES)
def test_what_is_legal_passes_bit_for_bit(case):
    own, frames = PATCHES[case[0]], frames_of(*case)
    for offset, fixture in ((o, f) for f in own.fixtures for o in f.profile.held):
        at = fixture.address - 1 + offset
        frames[:, own.universes.index(fixture.universe), at] = fixture.profile.defaults[offset]
    good, bad = 1, len(frames) + 1  # the longest legal beginning
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if audit.audit(frames[:middle], own).legal else (good, middle)
    assert np.array_equal(limit(frames, own)[:good], frames[:good])


def own_channels(own, fixture):
    first = fixture.address - 1
    return own.universes.index(fixture.universe), slice(first, first + fixture.profile.footprint)


@SLOW
@given(CASES, st.integers(0, 2**32))
def test_black_always_passes_at_once_for_each_fixture(case, seed):
    own, frames = PATCHES[case[0]], frames_of(*case)
    draw = np.random.default_rng(seed)
    blacked = []
    for fixture in own.fixtures:
        universe, channels = own_channels(own, fixture)
        when = draw.random(len(frames)) < 0.3
        frames[when, universe, channels] = 0
        blacked.append((when, universe, channels))
    out = limit(frames, own)
    for when, universe, channels in blacked:
        assert not out[when, universe, channels].any()


@SLOW
@given(CASES, st.floats(0, 0.3), st.integers(0, 2**32))
def test_after_a_burst_the_legal_rest_comes_out_unchanged_within_a_second(case, pace, seed):
    own, burst = PATCHES[case[0]], frames_of(*case)
    t = np.arange(132)[:, None] / 44
    draw = np.random.default_rng(seed)
    rest = np.zeros((132, *burst.shape[1:]), np.uint8)
    for fixture in own.fixtures:
        universe, channels = own_channels(own, fixture)
        colour = draw.integers(100, 256, fixture.profile.footprint)
        wave = 0.6 + 0.4 * np.sin(2 * np.pi * pace * t + 0.2 * fixture.at[0])
        rest[:, universe, channels] = wave * colour
        for offset in fixture.profile.held:
            rest[:, universe, channels.start + offset] = fixture.profile.defaults[offset]
    assert audit.audit(rest, own).legal
    out = limit(np.concatenate([burst, rest]), own)[len(burst) :]
    assert np.array_equal(out[44:], rest[44:])


def strobe(own, fixture, colour, length, period):
    frames = np.zeros((length, len(own.universes), 512), np.uint8)
    universe, channels = own_channels(own, fixture)
    on = (np.arange(length) // (period // 2)) % 2 == 1
    frames[on, universe, channels] = colour
    return frames


def test_three_flashes_a_second_pass_and_the_fourth_is_dimmed():
    three = strobe(PARS, PARS.fixtures[0], (255, 255, 255), 440, 16)  # one rise in 16 frames: 3 in 44
    assert audit.audit(three, PARS).general == 3
    assert np.array_equal(limit(three, PARS), three)
    four = strobe(PARS, PARS.fixtures[0], (255, 255, 255), 440, 10)
    assert audit.audit(four, PARS).general == 5
    out = limit(four, PARS)
    assert audit.audit(out, PARS).general == 3
    assert 0 < out[four[:, 0, 0] > 0, 0, 0].min() <= 25


def test_a_dark_red_strobe_that_no_luminance_rule_sees_is_limited():
    frames = strobe(PARS, PARS.fixtures[0], (100, 0, 0), 440, 8)
    judged = audit.audit(frames, PARS)
    assert (judged.general, judged.red, judged.legal) == (0, 6, False)
    out = limit(frames, PARS)
    assert audit.audit(out, PARS).red == 3


def test_neighbours_that_alternate_count_for_their_area():
    frames = np.zeros((44, 1, 512), np.uint8)
    for frame in range(44):
        cell = frame // 4 % 2
        frames[frame, 0, 3 * cell : 3 * cell + 3] = 255
        frames[frame, 0, 6 + 3 * cell : 9 + 3 * cell] = 255
    judged = audit.audit(frames, PARS)
    assert judged.general == 10
    assert judged.worst is not None
    assert judged.worst.unit == "area all"
    assert judged.worst.fixture in {"p0", "p1", "p2", "p3"}
    assert audit.audit(limit(frames, PARS), PARS).legal


def test_a_red_cell_does_not_flash_because_its_neighbour_goes_black():
    frames = np.zeros((88, 1, 512), np.uint8)
    frames[:, 0, 0] = 100
    frames[::4, 0, 3:6] = (0, 0, 100)
    frames[1::4, 0, 3:6] = (0, 0, 100)
    assert audit.audit(frames, PARS).red > 3  # the area's mean, though its red cell is steady
    out = limit(frames, PARS)
    assert audit.audit(out, PARS).legal
    assert not out[frames[:, 0, 5] == 0, 0, 3:6].any()


def test_dimming_never_turns_a_colour_red():
    """A minimum taken channel by channel would turn orange to red; the limiter scales light in one piece."""
    frames = strobe(PARS, PARS.fixtures[0], (255, 120, 0), 200, 6)
    out = limit(frames, PARS)
    lit = out[out[:, 0, 0] > 20][:, 0, :3].astype(float)
    assert len(lit) > 20
    assert np.allclose(lit[:, 1] / lit[:, 0], 120 / 255, atol=0.06)
    assert not lit[:, 2].any()


def test_strobe_and_macro_are_held_and_pan_passes():
    frames = np.zeros((5, 2, 512), np.uint8)
    frames[:, MIXED.universes.index(2), 499:510] = 200
    out = limit(frames, MIXED)[:, MIXED.universes.index(2), 499:510]
    assert (out[:, 5] == 0).all()
    assert (out[:, 10] == 0).all()
    assert (out[:, 0] == 200).all()
    assert audit.audit(frames, MIXED).held == ["head: strobe", "head: macro"]


@SLOW
@given(CASES)
def test_a_process_that_starts_again_cannot_flash_in_its_first_second(case):
    own, frames = PATCHES[case[0]], frames_of(*case)
    limiter = Limiter(own, after_unknown=True)
    out = np.array([limiter.step(frame) for frame in frames])
    black = np.zeros_like(frames[:1])
    verdict = audit.audit(np.concatenate([black, out[:43]]), own)
    assert (verdict.general, verdict.red) == (0, 0)
    assert audit.audit(np.concatenate([black, out]), own).legal


@pytest.mark.parametrize("length", [0, 1])
def test_hardly_any_frames_are_legal(length):
    frames = np.full((length, 1, 512), 200, np.uint8)
    assert audit.audit(frames, PARS).legal
    assert np.array_equal(limit(frames, PARS), frames)


def test_a_bar_whose_cells_flash_in_turn_counts_as_a_fixture():
    lines = [
        f"  - {{id: d{i}, profile: generic/dimmer, universe: 1, address: {i + 101}, at: [0, 0, 0]}}" for i in range(24)
    ]
    bar = "  - {id: bar, profile: generic/pixel-bar-8, universe: 1, address: 1, at: [0, 0, 0]}"
    own = patch.from_tree(yamltree.parse("\n".join(["fixtures:", bar, *lines]), "patch.yaml"))
    frames = np.zeros((64, 1, 512), np.uint8)
    for turn in range(8):
        frames[8 * turn + 4 : 8 * turn + 8, 0, 3 * turn : 3 * turn + 3] = 255
    judged = audit.audit(frames, own)
    assert judged.general == 6
    assert judged.worst == audit.Worst("bar", 44, "fixture")
    assert audit.audit(limit(frames, own), own).general == 3
