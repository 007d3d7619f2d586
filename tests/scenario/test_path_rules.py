"""S5, S6 and S11 beside brute force: whole plays of random small scenarios, nothing compiled or projected."""

from __future__ import annotations

import random
from collections import deque
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.example import CALL
from tests.scenario.random_scenarios import Case, Oracle, Raw, draw

from notalone.kit import yamltree
from notalone.kit.catalogue import Catalogue
from notalone.scenario.core.beside import Beside
from notalone.scenario.core.check import judge
from notalone.scenario.core.compile import compile_scenario
from notalone.scenario.core.rules import s5, s6, s11
from notalone.scenario.core.rules.rule import Rule, Subject, Violation
from notalone.scenario.core.times import longest, quickest, reading, seconds, words

SEEDS = range(250)


@cache
def harmed(seed: int) -> tuple[Case, Subject, Oracle]:
    """Return a random scenario with harm in some scenes and a second, recovered ending."""
    case, rng = draw(seed), random.Random(f"harm {seed}")
    scenes = case.data["scenes"]
    scenes["saved"] = {"ending": "recovered", "lines": [], "debrief": "It is over."}
    for name, scene in scenes.items():
        if name not in ("end", "saved") and rng.random() < 0.35:
            scene["harm"] = True
        for way in (*scene.get("choices", []), *([scene["timeout"]] if "timeout" in scene else [])):
            if way["to"] == "end" and rng.random() < 0.6:
                way["to"] = "saved"
    scenario = case.scenario()
    return case, Subject(scenario, compile_scenario(scenario)), Oracle(case)


def found(rule: Rule, seed: int, start: str) -> list[Violation]:
    return [one for one in rule.check(harmed(seed)[1]) if one.message.startswith(start)]


def told(one: Violation, nth: int = 0) -> str:
    return one.message.split("“")[1 + nth].split("”")[0]


def test_s5_finds_exactly_the_risks_that_nothing_warned_of_with_the_shortest_play():
    met = 0
    for seed in SEEDS:
        _case, _subject, oracle = harmed(seed)
        shortest: dict[str, int] = {}
        for state, depth in oracle.depth.items():
            for choice in oracle.offered(state):
                if "risk" in choice and not state[2]:
                    shortest[choice["say"]] = min(shortest.get(choice["say"], 99), depth + 1)
        violations = found(s5.RULE, seed, "No red flag is shown before the risk")
        assert {told(one): len(one.path) for one in violations} == shortest
        for one in violations:
            assert oracle.replay(one.path)[-2][2] == frozenset()
        met += bool(shortest)
    assert 20 < met < len(SEEDS)


def test_s5_finds_exactly_the_harm_that_fewer_than_two_flags_warned_of_with_the_shortest_play():
    met = one_flag = 0
    for seed in SEEDS:
        case, _subject, oracle = harmed(seed)
        harm = {name for name, scene in case.data["scenes"].items() if scene.get("harm")}
        shortest: dict[str, int] = {oracle.start[0]: 0} if oracle.start[0] in harm else {}
        for state, depth in oracle.depth.items():
            for _say, after in oracle.steps(state):
                if after[0] in harm and len(state[2]) < 2:
                    shortest[after[0]] = min(shortest.get(after[0], 99), depth + 1)
        violations = found(s5.RULE, seed, "Before the harm")
        assert {told(one): len(one.path) if one.path != ("<start>",) else 0 for one in violations} == shortest
        for one in violations:
            states = oracle.replay(one.path)
            before = states[-2][2] if len(states) > 1 else frozenset()
            assert len(before) < 2
            assert ("only the red flag" in one.message) == (len(before) == 1)
            one_flag += len(before) == 1
        met += bool(shortest)
    assert 20 < met < len(SEEDS)
    assert one_flag > 5


def steps_to_wrong_ending(oracle: Oracle, begin: Raw) -> int | None:
    """Return the fewest steps from a state to the safe ending, by breadth-first play."""
    depth, waiting = {begin: 0}, deque([begin])
    while waiting:
        state = waiting.popleft()
        if state[0] == "end":
            return depth[state]
        for _say, after in oracle.steps(state):
            if after not in depth:
                depth[after] = depth[state] + 1
                waiting.append(after)
    return None


def test_s6_finds_exactly_the_harm_after_which_a_play_ends_as_if_nothing_had_happened():
    met = 0
    for seed in SEEDS:
        case, _subject, oracle = harmed(seed)
        shortest: dict[str, int] = {}
        for state, depth in oracle.depth.items():
            away = steps_to_wrong_ending(oracle, state) if case.data["scenes"][state[0]].get("harm") else None
            if away is not None:
                shortest[state[0]] = min(shortest.get(state[0], 99), depth + away)
        violations = found(s6.RULE, seed, "A play through the harm")
        assert {told(one): len(one.path) for one in violations} == shortest
        for one in violations:
            states = oracle.replay(one.path)
            assert told(one) in [state[0] for state in states]
            assert states[-1][0] == "end"
        met += bool(shortest)
    assert 20 < met < len(SEEDS)


def spent(oracle: Oracle, state: Raw) -> float:
    said = oracle.lines(state)
    after = {line["say"]: line.get("after", 0) for line in oracle.scenes[state[0]].get("lines", [])}
    return sum(after[say] + 60 * len(say.split()) / 200 for say in said) + 2 * len(oracle.offered(state))


def test_the_quickest_play_is_the_quickest_of_all_plays():
    ended = 0
    for seed in SEEDS:
        _case, subject, oracle = harmed(seed)
        best = {oracle.start: spent(oracle, oracle.start)}
        changed = True
        while changed:  # Bellman and Ford, until nothing is quicker any more
            changed = False
            for state in list(best):
                for _say, after in oracle.steps(state):
                    cost = best[state] + spent(oracle, after)
                    if cost < best.get(after, 1e9) - 1e-9:
                        best[after], changed = cost, True
        ends = [cost for state, cost in best.items() if oracle.ends(state)]
        quick = quickest(subject.automaton, seconds(subject.automaton, {}, "en"))
        assert (quick is None) == (not ends)
        if quick is not None:
            ended += 1
            assert quick[0] == pytest.approx(min(ends))
            assert [subject.automaton.ends[subject.automaton.target[edge]] for edge in quick[1][-1:]] in ([True], [])
    assert ended > 50


def test_the_longest_play_is_the_heaviest_path_of_contracted_loops():
    looped = 0
    for seed in SEEDS:
        _case, subject, _oracle = harmed(seed)
        automaton = subject.automaton
        cost = seconds(automaton, {}, "en")
        ways = [[int(automaton.target[edge]) for edge in automaton.out(state)] for state in range(automaton.states)]
        reach = [{state} for state in range(automaton.states)]
        for _round in range(automaton.states):
            for state, heads in enumerate(ways):
                reach[state] = reach[state].union(*(reach[head] for head in heads))
        part = [frozenset(b for b in reach[a] if a in reach[b]) for a in range(automaton.states)]

        @cache
        def heaviest(members: frozenset[int]) -> float:
            onward = {part[head] for state in members for head in ways[state]} - {members}  # noqa: B023 -- used at once
            return sum(cost[state] for state in members) + max(map(heaviest, onward), default=0.0)  # noqa: B023

        looped += any(len(members) > 1 for members in part)
        assert longest(automaton, cost).seconds == pytest.approx(heaviest(part[0]))
    assert looped > 20


def verdict(seed: int, minutes: tuple[float, float]) -> list[Violation]:
    case = harmed(seed)[0]
    scenario = Case({**case.data, "minutes": list(minutes)}, case.conditions).scenario()
    return list(s11.RULE.check(Subject(scenario, compile_scenario(scenario))))


def test_s11_compares_seconds_unrounded_and_shows_a_play_that_takes_too_short_or_too_long():
    short = long = 0
    for seed in SEEDS:
        _case, subject, oracle = harmed(seed)
        cost = seconds(subject.automaton, {}, "en")
        quick, most = quickest(subject.automaton, cost), longest(subject.automaton, cost).seconds
        least = 0.0 if quick is None else quick[0]
        assert verdict(seed, (0, most / 60 + 1e-9)) == []
        assert verdict(seed, (max(0.0, least / 60 - 1e-9), 600)) == []
        if quick is not None and least > 0:
            [one] = verdict(seed, (least / 60 + 1e-6, 600))
            states = oracle.replay(one.path)
            assert sum(spent(oracle, state) for state in states) == pytest.approx(least)
            short += 1
        if most > 0:
            [one] = verdict(seed, (0, max(0.0, most / 60 - 1e-6)))
            oracle.replay(one.path)
            long += 1
    assert short > 50
    assert long > 100


def test_s11_counts_vietnamese_in_syllables_and_each_language_by_its_own_words():
    assert reading("một hai ba bốn năm", "vi") == 60 * 5 / 250
    assert reading("one two three four five", "en") == 60 * 5 / 200
    text = CALL.replace("minutes: [0.1, 9]", "minutes: [0.1, 0.736]")
    german = {(None, "This is the police."): "Hier ist die Polizei, guten Tag auch von uns allen hier."}
    beside = Beside({"de": Catalogue("de", "de.po", german)})
    found = [one for one in judge(yamltree.parse(text, "call.yaml"), beside=beside).violations if one.rule == "S11"]
    assert [one.message for one in found] == [
        "In “de” the longest play takes 52.5 s; at most 44.16 s are allowed.",
    ]
    assert found[0].line == 6


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_words_are_what_stands_between_spaces_and_can_be_read(text):
    assert words(text) == len([word for word in text.split() if any(map(str.isalnum, word))])
    assert words(f"{text} – !") == words(text)


def test_the_stories_of_s5_and_s6_are_told_step_by_step():
    text = CALL.replace(", flags: [secrecy]", "").replace("    on: place\n", "    on: place\n    harm: true\n")
    told = {one.rule: one for one in judge(yamltree.parse(text, "call.yaml")).violations}
    assert told["S5"].message == (
        "Before the harm of “hotel” only the red flag “authority” is shown; two different ones must be, in earlier "
        "scenes."
    )
    assert told["S5"].path == ("call: Stay on the line", "video: Go to the hotel")
    assert told["S6"].message == ("A play through the harm of “hotel” ends in “told”, which is not a recovered ending.")
    assert told["S6"].path == (*told["S5"].path, "hotel: Tell mum")
    assert told["S6"].story[-1] == "told (ending: safe)"
