"""Measures beside brute force, on stories without loops and with."""

from __future__ import annotations

from tests.scenario.random_scenarios import drawn

from notalone.scenario.core.compile import compile_scenario
from notalone.scenario.core.components import components
from notalone.scenario.core.stats import longest, shortest


def reached(automaton, state):
    seen, waiting = {state}, [state]
    while waiting:
        for edge in automaton.out(waiting.pop()):
            head = int(automaton.target[edge])
            if automaton.chosen[edge] and head not in seen:
                seen.add(head)
                waiting.append(head)
    return seen


def lengths(automaton, state, visited):
    """Yield the lengths of all simple paths to an ending by choices."""
    if automaton.ends[state]:
        yield 0
    for edge in automaton.out(state):
        head = int(automaton.target[edge])
        if automaton.chosen[edge] and head not in visited:
            for length in lengths(automaton, head, visited | {head}):
                yield length + 1


def test_components_are_the_states_that_reach_one_another_in_reverse_order():
    for seed in range(120):
        automaton = compile_scenario(drawn(seed)[1])
        if automaton.states > 60:
            continue
        parts = components(automaton, automaton.chosen)
        ahead = {state: reached(automaton, state) for state in range(automaton.states)}
        assert {state for part in parts for state in part} == ahead[0]
        for number, part in enumerate(parts):
            for state in part:
                assert {other for other in ahead[state] if state in ahead[other]} == set(part)
                assert not any(other in ahead[state] for later in parts[number + 1 :] for other in later)


def test_shortest_and_longest_play_are_those_of_all_plays():
    exact = 0
    for seed in range(250):
        automaton = compile_scenario(drawn(seed)[1])
        if automaton.states > 12:
            continue
        found = list(lengths(automaton, 0, {0}))
        assert shortest(automaton) == (min(found) if found else None)
        if not found:
            assert longest(automaton) is None
            continue
        if all(len(part) == 1 for part in components(automaton, automaton.chosen)):
            exact += 1
            assert longest(automaton) == max(found)
        else:
            assert longest(automaton) >= max(found)
    assert exact > 30
