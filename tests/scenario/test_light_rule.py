"""S16 beside a brute-force oracle over plays, and told as stories; the show is stood in for by a list of pairs."""

from __future__ import annotations

import random
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.example import CALL
from tests.scenario.random_scenarios import WAIT, Oracle, draw

from notalone.kit import yamltree
from notalone.scenario.core.check import judge
from notalone.scenario.core.compile import compile_scenario
from notalone.scenario.core.model import Context, Flash, Light
from notalone.scenario.core.rules import s16
from notalone.scenario.core.rules.rule import Subject

CUES = ("unease", "pressure", "relief")
KINDS = ("run-started", "choice-made", "scene-entered", "flag-seen", "ending-reached")


def light(answers: dict[str, str], bad: set[tuple[str, ...]]) -> Light:
    return Light(answers, lambda cues: Flash("par1", 1.25) if cues in bad else None)


def verdict(text: str, answers: dict[str, str], *bad: tuple[str, ...]):
    context = Context(light=light(answers, set(bad)))
    found = judge(yamltree.parse(text, "call.yaml"), context)
    assert not [one for one in found.violations if one.rule == "S16"]
    return [one for one in found.warnings if one.rule == "S16"]


TEXT = CALL.replace("on: video\n    intensity: 2", "on: video\n    cue: pressure\n    intensity: 2")


def test_without_a_show_the_light_is_not_checked():
    assert "S16" in judge(yamltree.parse(CALL, "call.yaml")).not_checked
    assert "S16" in judge(yamltree.parse(CALL, "call.yaml"), Context()).not_checked
    assert "S16" in judge(yamltree.parse(CALL, "call.yaml"), Context(light=light({}, set()))).rules


def test_cues_that_follow_one_another_are_told_with_the_lamp_and_the_play():
    (one,) = verdict(TEXT, {"scene-entered": "scene"}, ("unease", "pressure"))
    assert one.message == (
        "The cue “pressure” right after “unease” flashes too often by itself: the limiter acts on “par1”, "
        "1.25 s after it begins."
    )
    assert one.line == TEXT[: TEXT.index("cue: pressure")].count("\n") + 1
    assert one.path == ("call: Stay on the line",)


def test_a_scene_without_a_cue_keeps_the_one_before():
    answers = {"scene-entered": "scene", "ending-reached": "relief"}
    (one,) = verdict(TEXT, answers, ("pressure", "relief"))
    assert one.path == ("call: Stay on the line", "video: Tell mum")
    assert one.line == TEXT[: TEXT.index("  told:")].count("\n") + 1
    assert verdict(TEXT, answers, ("relief", "pressure"), ("relief", "unease")) == []


def test_a_cue_that_flashes_alone_is_told_where_it_is_first_fired_and_only_once():
    (one,) = verdict(TEXT, {"scene-entered": "scene"}, ("unease",), ("unease", "pressure"), ("unease", "unease"))[:1]
    assert one.message.startswith("The cue “unease” flashes too often by itself")
    assert one.path == ("<start>",)
    assert verdict(TEXT, {"ending-reached": "scene"}, ("unease",)) == []


def random_case(seed: int):
    rng = random.Random(seed)
    case = draw(seed)
    for scene in case.data["scenes"].values():
        if rng.random() < 0.6:
            scene["cue"] = rng.choice(CUES)
    answers = {kind: rng.choice(["scene", *CUES]) for kind in KINDS if rng.random() < (0.9 if "scene" in kind else 0.3)}
    bad = {(a, b) for a in CUES for b in CUES if rng.random() < 0.3} | {(a,) for a in CUES if rng.random() < 0.1}
    return case, answers, bad


def fired(case, oracle, answers, state, say: str | None) -> list[str]:
    scene = case.data["scenes"][state[0]]
    shown = oracle.lines(state)
    flagged = any(line["say"] in shown and line.get("flags") for line in scene.get("lines", []))
    moments = [
        ("run-started", say is None), ("choice-made", say not in (None, WAIT)), ("scene-entered", True),
        ("flag-seen", flagged), ("ending-reached", "ending" in scene),
    ]  # fmt: skip
    cues = [answers.get(kind, "") for kind, happens in moments if happens]
    return [cue for cue in (scene.get("cue", "") if one == "scene" else one for one in cues) if cue]


def nearest(case, oracle, answers) -> dict[tuple[str, ...], int]:
    """Return the fewest steps to each cue, and to each pair of cues that follow one another."""
    found: dict[tuple[str, ...], int] = {}
    done = set()
    waiting = deque([(oracle.start, "", None, 0)])
    while waiting:
        state, last, say, depth = waiting.popleft()
        for cue in fired(case, oracle, answers, state, say):
            found.setdefault((cue,), depth)
            if last:
                found.setdefault((last, cue), depth)
            last = cue
        if (state, last) not in done:
            done.add((state, last))
            waiting.extend((after, last, way, depth + 1) for way, after in oracle.steps(state))
    return found


@settings(deadline=None)
@given(st.integers(0, 600))
def test_s16_tells_exactly_the_cues_that_some_play_fires_after_one_another(seed):
    case, answers, bad = random_case(seed)
    oracle, scenario = Oracle(case), case.scenario()
    subject = Subject(scenario, compile_scenario(scenario), Context(light=light(answers, bad)))
    told = {}
    for one in s16.RULE.check(subject):
        words = one.message.split("“")
        cue = words[1].split("”")[0]
        pair = (words[2].split("”")[0], cue) if "right after" in one.message else (cue,)
        assert pair not in told
        told[pair] = 0 if one.path == ("<start>",) else len(one.path)
        oracle.replay(one.path)
    reached = nearest(case, oracle, answers)
    expected = {
        pair: depth for pair, depth in reached.items()
        if pair in bad and (len(pair) == 1 or (pair[1],) not in bad)
    }  # fmt: skip
    assert told == expected


@pytest.mark.parametrize("seed", range(0, 600, 97))
def test_the_bound_on_the_graph_of_scenes_misses_no_pair(seed):
    case, answers, _bad = random_case(seed)
    oracle, scenario = Oracle(case), case.scenario()
    pairs = s16.Fired(compile_scenario(scenario), light(answers, set())).pairs()
    assert {pair for pair in nearest(case, oracle, answers) if len(pair) == 2} <= pairs
