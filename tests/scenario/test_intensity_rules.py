"""S9 and S10 beside a brute-force oracle on raw states, told as stories, and on a million states."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.example import CALL
from tests.scenario.random_scenarios import WAIT, Oracle, draw

from notalone.kit import yamltree
from notalone.scenario.core.automaton import Automaton
from notalone.scenario.core.check import judge
from notalone.scenario.core.compile import compile_scenario
from notalone.scenario.core.load import load
from notalone.scenario.core.rules import s9, s10
from notalone.scenario.core.rules.rule import Subject, Violation

LIMITS = {0: 0, 6: 0, 7: 1, 9: 1, 10: 2, 12: 2, 13: 3, 15: 3, 16: 4, 99: 4}


def found(text: str, rule: str) -> list[Violation]:
    return [one for one in judge(yamltree.parse(text, "call.yaml")).violations if one.rule == rule]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def random_case(seed: int, age: int):
    case = draw(seed)
    case.data["ages"] = [age, 99]
    scenes = list(case.data["scenes"].values())
    for number, scene in enumerate(scenes):
        if "ending" not in scene and (seed + number) % 4 == 0:
            scene["harm"] = True
    if seed % 5 == 0:
        scenes[-1]["intensity"] = seed % 3
    oracle = Oracle(case)
    scenario = case.scenario()
    return case, oracle, Subject(scenario, compile_scenario(scenario))


def intensity(case, state) -> int:
    return case.data["scenes"][state[0]].get("intensity", 0)


def steps_of(one: Violation) -> int:
    return 0 if one.path == ("<start>",) else len(one.path)


def named(one: Violation, number: int = 0) -> str:
    return one.message.split("“")[number + 1].split("”")[0]


@pytest.mark.parametrize(("age", "highest"), LIMITS.items())
def test_the_youngest_age_decides_how_intense_a_scene_may_be(age, highest):
    assert s9.limit(age) == highest


@settings(deadline=None)
@given(st.integers(0, 400), st.sampled_from(sorted(LIMITS)))
def test_s9_finds_exactly_the_scenes_above_the_limit_and_the_leaps(seed, age):
    case, oracle, subject = random_case(seed, age)
    violations = list(s9.RULE.check(subject))
    high = [one for one in violations if "is allowed" in one.message]
    leaps = [one for one in violations if one not in high]

    bad = [state for state in oracle.depth if intensity(case, state) > LIMITS[age]]
    assert {named(one) for one in high} == {state[0] for state in bad}
    for one in high:
        assert oracle.replay(one.path)[-1] in bad
        assert steps_of(one) == oracle.nearest([state for state in bad if state[0] == named(one)])

    rises: dict[tuple[str, str], int] = {}
    for state, depth in oracle.depth.items():
        for say, after in oracle.steps(state):
            if intensity(case, after) > intensity(case, state) + 1:
                key = (state[0], say)
                rises[key] = min(rises.get(key, 10**6), depth + 1)
    told = {tuple(one.path[-1].split(": ", 1)): steps_of(one) for one in leaps}
    assert told == rises
    for one in leaps:
        oracle.replay(one.path)
        assert (named(one), named(one, 1)) == tuple(state[0] for state in oracle.replay(one.path)[-2:])


@settings(deadline=None)
@given(st.integers(0, 400))
def test_s10_finds_exactly_the_hard_scenes_that_can_run_out_of_time(seed):
    case, oracle, subject = random_case(seed, 16)
    violations = list(s10.RULE.check(subject))
    bad = [
        state
        for state in oracle.depth
        if "timeout" in case.data["scenes"][state[0]]
        and (intensity(case, state) >= 3 or case.data["scenes"][state[0]].get("harm"))
    ]
    assert {named(one) for one in violations} == {state[0] for state in bad}
    for one in violations:
        assert one.path[-1] == f"{named(one)}: {WAIT}"
        oracle.replay(one.path)
        assert steps_of(one) == 1 + oracle.nearest([state for state in bad if state[0] == named(one)])


def test_a_scene_too_intense_for_the_youngest_is_told_where_it_is_first_entered():
    text = CALL.replace("ages: [16, 22]", "ages: [9, 11]")
    assert [(one.message, one.line, one.path) for one in found(text, "S9")] == [
        (
            "The scene “video” has the intensity 2; for visitors from 9 years on at most 1 is allowed.",
            line_of(text, "  video:\n"),
            ("call: Stay on the line",),
        ),
        (
            "The scene “hotel” has the intensity 2; for visitors from 9 years on at most 1 is allowed.",
            line_of(text, "  hotel:\n"),
            ("call: Stay on the line", "video: Go to the hotel"),
        ),
    ]
    assert found(CALL.replace("ages: [16, 22]", "ages: [10, 11]"), "S9") == []


def test_a_leap_is_told_for_the_choice_and_for_the_timeout_that_leap():
    text = CALL.replace("on: video\n    intensity: 2", "on: video\n    intensity: 3")
    message = (
        "From the scene “call” to “video” the intensity rises from 1 to 3; from scene to scene it may rise "
        "by at most 1."
    )
    one, other = found(text, "S9")
    assert (one.message, one.path, one.line) == (message, ("call: Stay on the line",), line_of(text, '{say: "Stay'))
    assert (other.message, other.path) == (message, ("call: (waits 30 s)",))
    assert other.line == line_of(text, "timeout:")
    assert other.story == (
        "call (phone)",
        "  Officer Minh: “This is the police.”  [authority]",
        "  → (waits 30 s)",
        "video (video)",
        "  Officer Minh: “Tell nobody.”  [secrecy]",
    )


def test_a_calm_ending_counts_as_zero_and_a_fall_of_any_height_is_allowed():
    text = CALL.replace("on: place\n    intensity: 2", "on: place\n    intensity: 3")
    assert found(text, "S9") == []
    loud = CALL.replace("ending: recovered", "ending: recovered\n    intensity: 4")
    assert [one.path[-1] for one in found(loud, "S9")] == ["hotel: Open the door"]


def test_a_timeout_where_it_is_hard_is_told_with_the_waiting():
    text = CALL.replace("timeout: {after: 30, to: video}", "timeout: {after: 30, to: video}\n    harm: true")
    (one,) = found(text, "S10")
    assert one.message == "The scene “call” is marked as harm, so it must wait for the visitor: leave out its timeout."
    assert (one.line, one.path) == (line_of(text, "timeout:"), ("call: (waits 30 s)",))
    strong = CALL.replace("on: phone\n    cue: unease\n    intensity: 1", "on: phone\n    intensity: 3")
    (other,) = found(strong, "S10")
    assert other.message == (
        "The scene “call” has the intensity 3, so it must wait for the visitor: leave out its timeout."
    )


def test_a_timeout_in_a_scene_that_no_play_enters_is_left_to_s2():
    lost = """\
  lost:
    on: sms
    intensity: 4
    harm: true
    choices:
      - {say: "Tell", to: told}
      - {say: "Tell mum", to: found}
    timeout: {after: 9, to: told}
  told:
"""
    text = CALL.replace("  told:\n", lost, 1)
    assert {one.rule for one in judge(yamltree.parse(text, "call.yaml")).violations} == {"S2"}


def million() -> Subject:
    """Return a binary tree of a million states; its inner states are calls, its leaves the hotel at intensity 4."""
    text = CALL.replace("on: place\n    intensity: 2", "on: place\n    intensity: 4\n    harm: true")
    scenario, problems = load(yamltree.parse(text, "call.yaml"))
    assert scenario is not None, problems
    states = np.arange(999_999)
    inner = states[: len(states) // 2]
    scene = np.where(states < len(inner), 0, 2)
    source = np.repeat(inner, 2)
    target = np.arange(1, len(states))
    label = np.tile(np.array([1, -1]), len(inner))
    first = np.minimum(2 * np.append(states, len(states)), len(source))
    depth = np.log2(states + 1).astype(np.int64)
    return Subject(scenario, Automaton(scenario, scene, depth, (0,) * len(states), first, source, target, label))


def test_a_million_states_take_well_under_a_second():
    subject = million()
    began = time.process_time()
    leaps = [one for one in s9.RULE.check(subject) if "rises" in one.message]
    assert [len(one.path) for one in leaps] == [18, 18]
    assert list(s10.RULE.check(subject)) == []
    assert time.process_time() - began < 1
