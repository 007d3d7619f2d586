"""The compiled automaton plays exactly as the scenario does, state by state."""

from __future__ import annotations

import pytest
from tests.scenario.random_scenarios import WAIT, Oracle, draw, drawn

from notalone.scenario.core.automaton import TIMEOUT, Automaton
from notalone.scenario.core.compile import TooManyStates, compile_scenario
from notalone.scenario.core.liveness import live
from notalone.scenario.core.model import Scenario
from notalone.scenario.core.plan import Followed

SEEDS = range(250)


def said(automaton: Automaton, edge: int) -> str:
    scene = automaton.scenes[automaton.scene[automaton.source[edge]]]
    label = int(automaton.label[edge])
    return WAIT if label == TIMEOUT else scene.choices[label].say.text


def same_play(oracle: Oracle, scenario: Scenario, many: int, early: int) -> Automaton:
    """Walk the raw game and the automaton side by side, over every reachable raw state."""
    automaton = compile_scenario(scenario, many=many, early=early)
    pairs = {(oracle.start, 0)}
    waiting = list(pairs)
    nearest = {0: 0}
    while waiting:
        raw, state = waiting.pop()
        scene = automaton.scenes[automaton.scene[state]]
        assert scene.id == raw[0]
        assert [scene.lines[index].say.text for index in automaton.lines(state)] == oracle.lines(raw)
        edges = automaton.out(state)
        assert [said(automaton, edge) for edge in edges] == [say for say, _after in oracle.steps(raw)]
        nearest[state] = min(nearest.get(state, oracle.depth[raw]), oracle.depth[raw])
        for edge, (_say, after) in zip(edges, oracle.steps(raw), strict=True):
            pair = (after, int(automaton.target[edge]))
            if pair not in pairs:
                pairs.add(pair)
                waiting.append(pair)
    assert {raw for raw, _state in pairs} == set(oracle.depth)
    assert nearest == dict(enumerate(automaton.depth.tolist()))
    for state in range(automaton.states):
        assert len(automaton.play_to(state)) == nearest[state]
    return automaton


NEVER = 1_000_000_000


@pytest.mark.parametrize(
    ("many", "early"), [(1, NEVER), (NEVER, NEVER), (NEVER, 0)], ids=["as arrays", "one by one", "all at once"]
)
def test_every_raw_state_plays_as_its_compiled_state_does(many, early):
    for seed in SEEDS:
        _case, scenario, oracle = drawn(seed)
        same_play(oracle, scenario, many, early)


def test_all_at_once_finds_the_same_states_with_the_same_values_of_what_is_followed():
    for seed in SEEDS:
        _case, scenario, _oracle = drawn(seed)
        followed = Followed(frozenset(scenario.variables), frozenset(scenario.flags))
        one, other = (compile_scenario(scenario, followed=followed, early=early) for early in (NEVER, 0))
        assert described(one) == described(other)


def described(automaton: Automaton) -> tuple[list[object], list[object]]:
    """Return states and edges of an automaton, whatever the order of states equally far from the start."""
    names = sorted(automaton.values)
    columns = (automaton.scene, automaton.shown, automaton.depth, *(automaton.values[name] for name in names))
    states = [tuple(map(int, row)) for row in zip(*columns, strict=True)]
    edges = zip(automaton.source.tolist(), automaton.label.tolist(), automaton.target.tolist(), strict=True)
    return sorted(states), sorted((states[source], label, states[target]) for source, label, target in edges)


def test_both_ways_of_expanding_make_the_same_automaton():
    for seed in SEEDS:
        _case, scenario, _oracle = drawn(seed)
        same_automaton(*(compile_scenario(scenario, many=many) for many in (1, 1_000_000)))


def same_automaton(one: Automaton, other: Automaton) -> None:
    assert one.shown == other.shown
    for name in ("scene", "depth", "first", "source", "target", "label"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


def test_a_long_chain_of_states_is_the_same_whether_blocks_are_worked_out_ahead_or_not():
    case = draw(0)
    case.data["vars"] = {"trust": {"from": 0, "to": 9_999, "start": 3}}
    case.data["scenes"] = {
        "s0": {"on": "chat", "intensity": 1, "lines": [{"say": "high", "if": "trust > 5000"}], "choices": [
            {"say": "more", "if": "trust < 9990", "set": {"trust": "+1"}, "to": "s0"},
            {"say": "out", "to": "end"},
        ]},
        "end": {"ending": "safe"},
    }  # fmt: skip
    case.data["start"] = "s0"
    automaton = compile_scenario(case.scenario())
    assert automaton.states == 9_988 + 1
    assert automaton.shown.count(1) == 9_990 - 5_000
    assert automaton.edges == 2 * 9_988 - 1
    assert automaton.depth.tolist() == sorted([1, *range(9_988)])


def test_a_run_of_lone_states_is_the_same_whether_it_is_guessed_ahead_or_not(monkeypatch):
    # two counters rise together, and turn back at times, so that guesses are right only for a while
    case = draw(0)
    case.conditions.clear()
    case.data["vars"] = {name: {"from": 0, "to": 4_999, "start": 0} for name in ("trust", "told")}
    case.data["scenes"] = {
        "s0": {"on": "chat", "intensity": 1, "lines": [{"say": "high", "if": "told > 700"}], "choices": [
            {"say": "on", "if": "trust < 4999 and told != 900", "set": {"trust": "+1", "told": "+1"}, "to": "s0"},
            {"say": "turn", "if": "told == 900", "set": {"told": 0}, "to": "s0"},
            {"say": "again", "if": "trust > 3000", "set": {"trust": 3000, "told": 40}, "to": "s0"},
            {"say": "back", "if": "told > 0", "set": {"trust": 0, "told": 0}, "to": "s1"},
            {"say": "out", "to": "end"},
        ], "timeout": {"after": 9, "to": "s0"}},
        "s1": {"on": "chat", "intensity": 1, "choices": [{"say": "on", "to": "s0"}, {"say": "out", "to": "end"}]},
        "end": {"ending": "safe"},
    }  # fmt: skip
    case.data["start"] = "s0"
    guessed = compile_scenario(case.scenario())
    monkeypatch.setattr("notalone.scenario.core.ahead.STEADY", NEVER)
    alone = compile_scenario(case.scenario())
    assert guessed.states > 5_000
    same_automaton(guessed, alone)


def test_runs_guessed_at_every_chance_make_the_same_automaton(monkeypatch):
    alone = [compile_scenario(drawn(seed)[1]) for seed in SEEDS]
    monkeypatch.setattr("notalone.scenario.core.ahead.STEADY", 0)
    for seed in SEEDS:
        same_automaton(compile_scenario(drawn(seed)[1]), alone[seed])


def test_the_bound_on_states_holds_in_a_run_of_lone_states():
    case = draw(0)
    case.conditions.clear()
    case.data["vars"] = {name: {"from": 0, "to": 9_999, "start": 0} for name in ("trust", "told")}
    case.data["scenes"] = {
        "s0": {"on": "chat", "intensity": 1, "lines": [{"say": "high", "if": "told > 70"}], "choices": [
            {"say": "more", "if": "trust < 9999", "set": {"trust": "+1", "told": "+1"}, "to": "s0"},
            {"say": "out", "to": "end"},
        ]},
        "end": {"ending": "safe"},
    }  # fmt: skip
    case.data["start"] = "s0"
    assert compile_scenario(case.scenario(), 10_001).states == 10_001
    with pytest.raises(TooManyStates, match=r"more than 10,000 states"):
        compile_scenario(case.scenario(), 10_000)


def test_a_variable_that_can_no_longer_matter_is_projected_away():
    case = draw(0)
    case.conditions.clear()
    case.data["vars"] = {"trust": {"from": 0, "to": 9, "start": 0}, "moved": {"start": False}}
    case.data["start"] = "a"
    case.data["scenes"] = {
        "a": {"on": "chat", "intensity": 1, "choices": [
            {"say": "more", "set": {"trust": "+1"}, "to": "a"},
            {"say": "on", "set": {"moved": True}, "to": "b"},
        ]},
        "b": {"on": "chat", "intensity": 1, "choices": [
            {"say": "x", "if": "moved", "to": "c"},
            {"say": "y", "set": {"moved": False, "trust": 3}, "to": "b"},
        ]},
        "c": {"on": "chat", "intensity": 1, "lines": [{"say": "hm", "if": "trust > 4"}], "choices": [
            {"say": "z", "to": "end"}, {"say": "w", "to": "end"},
        ]},
        "end": {"ending": "safe"},
    }  # fmt: skip
    scenario = case.scenario()
    assert live(scenario) == {"a": {"trust"}, "b": {"trust", "moved"}, "c": {"trust"}, "end": frozenset()}
    # a: trust 0..9; b: moved with each trust, and (3, not moved); c: trust 0..9; one ending
    assert compile_scenario(scenario).states == 10 + 10 + 1 + 10 + 1


def test_the_bound_on_states_stops_at_once_with_one_sentence():
    case = draw(0)
    case.data["vars"] = {name: {"from": 0, "to": 999_999, "start": 0} for name in ("trust", "moved", "told")}
    case.data["scenes"] = {
        "s0": {"on": "chat", "intensity": 1, "choices": [
            {"say": name, "if": f"{name} < 1000000", "set": {name: "+1"}, "to": "s0"} for name in case.data["vars"]
        ]},
        "end": {"ending": "safe"},
    }  # fmt: skip
    case.data["start"] = "s0"
    with pytest.raises(TooManyStates, match=r"more than 5,000 states; .*--max-states"):
        compile_scenario(case.scenario(), 5_000)


def test_the_bound_on_states_holds_where_all_codes_are_worked_out_at_once():
    case = draw(0)
    case.data["vars"] = {"trust": {"from": 0, "to": 99_999, "start": 0}}
    case.data["scenes"] = {
        "s0": {"on": "chat", "intensity": 1, "choices": [
            {"say": "more", "if": "trust < 99999", "set": {"trust": "+1"}, "to": "s0"}, {"say": "out", "to": "end"},
        ]},
        "end": {"ending": "safe"},
    }  # fmt: skip
    case.data["start"] = "s0"
    assert compile_scenario(case.scenario(), 100_001).states == 100_001
    with pytest.raises(TooManyStates, match=r"more than 100,000 states"):
        compile_scenario(case.scenario(), 100_000)


def test_codes_and_masks_too_large_for_a_machine_word_still_compile():
    case = draw(0)
    names = [f"v{number}" for number in range(12)]
    case.data["vars"] = {name: {"from": 0, "to": 999_999, "start": 7} for name in names}
    lines = [{"say": f"line {number}", "if": f"v0 >= {number}"} for number in range(80)]
    reads = [{"say": name, "if": f"{name} > 6", "set": {"v0": "+10000"}, "to": "s0"} for name in names]
    case.data["scenes"] = {
        "s0": {"on": "chat", "intensity": 1, "lines": lines, "choices": [*reads[:3], {"say": "out", "to": "end"}]},
        "s1": {"on": "chat", "intensity": 1, "choices": reads},
        "end": {"ending": "safe"},
    }  # fmt: skip
    case.data["scenes"]["s0"]["choices"][0]["to"] = "s1"
    case.data["start"] = "s0"
    automaton = compile_scenario(case.scenario(), many=1)
    assert automaton.lines(0) == tuple(range(8))
    assert set(automaton.shown) == {(1 << 8) - 1, (1 << 80) - 1, 0}
    # s0: v0 is 7, 10007 … 990007 or 1000000; s1: the same without 7, for it is entered by a step; one ending
    assert automaton.states == 101 + 100 + 1
