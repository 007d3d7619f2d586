"""Each rule beside a brute-force oracle on raw, unprojected states of random small scenarios."""

from __future__ import annotations

from functools import cache

from tests.scenario.random_scenarios import Oracle, Raw, draw, drawn

from notalone.scenario.core.compile import compile_scenario
from notalone.scenario.core.rules import p, s2, s3, s4, s7, s14, s15
from notalone.scenario.core.rules.rule import Rule, Subject, Violation

SEEDS = range(250)


@cache
def subject(seed: int, proofs: bool = False) -> Subject:
    _case, scenario, _oracle = drawn(seed, proofs)
    return Subject(scenario, compile_scenario(scenario))


def found(rule: Rule, seed: int, proofs: bool = False) -> list[Violation]:
    return list(rule.check(subject(seed, proofs)))


def shortest(violations: list[Violation]) -> int:
    return min(0 if one.path == ("<start>",) else len(one.path) for one in violations)


def ending_away(oracle: Oracle) -> dict[Raw, int]:
    """Return the fewest choices from each state to an ending, by relaxing until nothing changes."""
    away = {state: 0 for state in oracle.depth if oracle.ends(state)}
    while True:
        more = {
            state: 1 + min(away[after] for _choice, after in oracle.by_choice(state) if after in away)
            for state in oracle.depth
            if not oracle.ends(state) and any(after in away for _choice, after in oracle.by_choice(state))
        }
        fresh = {**more, **{state: 0 for state in oracle.depth if oracle.ends(state)}}
        if fresh == away:
            return away
        away = fresh


def safe_offered(oracle: Oracle, state: Raw) -> bool:
    return oracle.ends(state) or any("risk" not in choice for choice in oracle.offered(state))


def test_s2_finds_exactly_what_no_play_reaches():
    met = 0
    for seed in SEEDS:
        case, _scenario, oracle = drawn(seed)
        said = {say for state in oracle.depth for say in oracle.lines(state)}
        said |= {choice["say"] for state in oracle.depth for choice in oracle.offered(state)}
        entered = {state[0] for state in oracle.depth}
        expected = {f"No play enters the scene “{name}”." for name in case.data["scenes"] if name not in entered}
        for name in entered:
            scene = case.data["scenes"][name]
            for what, key in (("shows the line", "lines"), ("offers the choice", "choices")):
                expected |= {
                    f"No play {what} “{thing['say']}” of the scene “{name}”."
                    for thing in scene.get(key, [])
                    if thing["say"] not in said
                }
        assert {one.message for one in found(s2.RULE, seed)} == expected
        met += bool(expected)
    assert 20 < met < len(SEEDS)


def test_s3_finds_a_trap_exactly_where_choices_alone_lead_to_no_ending():
    met = 0
    for seed in SEEDS:
        _case, _scenario, oracle = drawn(seed)
        away = ending_away(oracle)
        bad = [state for state in oracle.depth if state not in away]
        violations = found(s3.RULE, seed)
        assert bool(violations) == bool(bad)
        if bad:
            met += 1
            assert shortest(violations) == oracle.nearest(bad)
        for one in violations:
            states = oracle.replay(one.path)
            assert states[-1] in bad
            assert len(states) == 1 or states[-2] not in bad
    assert 20 < met < len(SEEDS)


def test_s4_finds_exactly_the_states_too_far_from_an_ending():
    met = far = 0
    for seed in SEEDS:
        _case, _scenario, oracle = drawn(seed)
        away = ending_away(oracle)
        bad = [state for state in oracle.depth if away.get(state, 5) > 4]
        violations = [one for one in found(s4.RULE, seed) if one.message.startswith("From")]
        assert bool(violations) == bool(bad)
        if bad:
            met += 1
            far += any(away.get(state) == 5 for state in bad)
            assert shortest(violations) == oracle.nearest(bad)
        for one in violations:
            assert oracle.replay(one.path)[-1] in bad
    assert 20 < met < len(SEEDS)
    assert far > 5


def test_s4_finds_exactly_the_risks_without_a_way_back_soon():
    met = 0
    for seed in SEEDS:
        _case, _scenario, oracle = drawn(seed)
        plays: dict[str, list[int]] = {}
        for state, depth in oracle.depth.items():
            for choice, first in oracle.by_choice(state):
                if "risk" not in choice or safe_offered(oracle, first):
                    continue
                onward = oracle.by_choice(first)
                if not onward:
                    plays.setdefault(choice["say"], []).append(depth + 1)
                elif not all(safe_offered(oracle, second) for _choice, second in onward):
                    plays.setdefault(choice["say"], []).append(depth + 2)
        violations = [one for one in found(s4.RULE, seed) if one.message.startswith("After")]
        assert {one.message.split("“")[1].split("”")[0]: len(one.path) for one in violations} == {
            say: min(lengths) for say, lengths in plays.items()
        }
        for one in violations:
            states = oracle.replay(one.path)
            assert not safe_offered(oracle, states[-1])
        met += bool(plays)
    assert 20 < met < len(SEEDS)


def test_s7_finds_exactly_the_missing_texts():
    for seed in SEEDS:
        case, _scenario, oracle = drawn(seed)
        violations = {one.message: one for one in found(s7.RULE, seed)}
        expected = {"The flag “two” does not say what to know."}
        if "debrief" not in case.data["scenes"]["end"]:
            expected.add("The ending “end” has no debrief.")
        assert set(violations) == expected
        shows = [state for state in oracle.depth if "two" in state[2]]
        one = violations["The flag “two” does not say what to know."]
        assert one.path == ("<start>",) if not shows else shortest([one]) == oracle.nearest(shows)


def test_s14_finds_exactly_the_states_with_too_few_or_too_many_choices():
    met = 0
    for seed in SEEDS:
        _case, _scenario, oracle = drawn(seed)
        bad = [
            state for state in oracle.depth
            if not oracle.ends(state) and not 2 <= len(oracle.offered(state)) <= 4
        ]  # fmt: skip
        violations = found(s14.RULE, seed)
        assert {one.message.split("“")[1].split("”")[0] for one in violations} == {state[0] for state in bad}
        for one in violations:
            assert oracle.replay(one.path)[-1] in bad
        if bad:
            met += 1
            assert shortest(violations) == oracle.nearest(bad)
    assert 20 < met < len(SEEDS)


def alike(oracle: Oracle) -> dict[Raw, int]:
    """Split the raw states until those left together show, offer and lead to the same for ever."""
    block = dict.fromkeys(oracle.depth, 0)
    while True:
        looks = {
            state: (
                block[state],
                state[0],
                tuple(oracle.lines(state)),
                tuple((say, block[after]) for say, after in oracle.steps(state)),
            )
            for state in oracle.depth
        }
        numbers = {look: number for number, look in enumerate(dict.fromkeys(looks.values()))}
        fresh = {state: numbers[look] for state, look in looks.items()}
        if len(set(fresh.values())) == len(set(block.values())):
            return fresh
        block = fresh


def test_s15_warns_only_of_choices_that_no_later_play_can_tell_apart():
    met = 0
    for seed in SEEDS:
        _case, _scenario, oracle = drawn(seed)
        block = alike(oracle)
        warned = set()
        for one in found(s15.RULE, seed):
            states = oracle.replay(one.path)
            says = one.message.split("“")[2].split("”")[0], one.message.split("“")[3].split("”")[0]
            before = states[-2]
            after = dict(oracle.steps(before))
            assert block[after[says[0]]] == block[after[says[1]]]
            warned.add(says)
            met += 1
        for state in oracle.depth:
            values = [(choice["say"], after[:2]) for choice, after in oracle.by_choice(state)]
            same = {one[0] for one in values for other in values if one[0] < other[0] and one[1] == other[1]}
            assert same <= {say for pair in warned for say in pair}
    assert met > 20


def test_the_authors_properties_are_refuted_exactly_when_some_path_does():
    met = {"never": 0, "only": 0, "leads": 0}
    proved = dict(met)
    for seed in range(200):
        case, scenario, oracle = drawn(seed, proofs=True)
        violations = {one.message.split("”")[0][1:]: one for one in found(p.RULE, seed, proofs=True)}
        for proof, written in zip(case.proofs, scenario.prove, strict=True):
            expected = {"never": refute_never, "only": refute_only, "leads": refute_leads}[proof[0]](oracle, proof)
            one = violations.get(written.written.text)
            assert (one is None) == (expected is None), (seed, written.written.text)
            (proved if one is None else met)[proof[0]] += 1
            if one is not None:
                oracle.replay(one.path)
                assert shortest([one]) == expected, (seed, written.written.text)
    assert min(*met.values(), *proved.values()) > 20


def test_properties_are_judged_alike_in_one_product_for_all_and_in_one_for_each(monkeypatch):
    for seed in range(100):
        together = {(one.message, len(one.path)) for one in found(p.RULE, seed, proofs=True)}
        with monkeypatch.context() as patched:
            patched.setattr(p, "ROOM", 0)
            patched.setattr(p, "LEAST", 0)
            assert {(one.message, len(one.path)) for one in found(p.RULE, seed, proofs=True)} == together


def test_a_property_whose_product_is_too_large_is_told_and_the_others_are_proved():
    case = draw(0)
    case.data["vars"] = {"trust": {"from": 0, "to": 99, "start": 0}}
    case.data["scenes"] = {
        "s0": {"on": "chat", "intensity": 1, "choices": [
            {"say": "more", "if": "trust < 99", "set": {"trust": "+1"}, "to": "s0"}, {"say": "out", "to": "end"},
        ]},
        "end": {"ending": "safe"},
    }  # fmt: skip
    case.data |= {"start": "s0", "prove": ["never trust == 5 and ending", "never s0", "ending only after s0"]}
    scenario = case.scenario()
    whole = Subject(scenario, compile_scenario(scenario, 101), max_states=101)
    assert [(one.rule, one.message, one.path) for one in p.RULE.check(whole)] == [
        (
            "P",
            "“never trust == 5 and ending” cannot be proved: with what it names, the scenario has more than "
            "101 states.",
            ("<start>",),
        ),
        ("P", "“never s0” does not hold: it comes to pass.", ("<start>",)),
    ]


def refute_never(oracle, proof):
    bad = [state for state in oracle.depth if oracle.holds(proof[1], state)]
    return oracle.nearest(bad) if bad else None


def refute_only(oracle, proof):
    front, done, steps = {oracle.start}, set(), 0
    while front:
        if any(oracle.holds(proof[1], state) for state in front):
            return steps
        done |= front
        front = {
            after for state in front if not oracle.holds(proof[2], state)
            for _say, after in oracle.steps(state)
        } - done  # fmt: skip
        steps += 1
    return None


def refute_leads(oracle, proof):
    _leads, begun, goal, within = proof
    lengths = []

    def missed(state: Raw, left: int) -> int | None:
        """Return the fewest steps that show that the goal can be missed from here."""
        if oracle.holds(goal, state):
            return None
        after = oracle.steps(state)
        if left == 0 or not after:
            return 0
        found = [1 + more for _say, one in after if (more := missed(one, left - 1)) is not None]
        return min(found) if found else None

    for state, depth in oracle.depth.items():
        if oracle.holds(begun, state) and (more := missed(state, within)) is not None:
            lengths.append(depth + more)
    return min(lengths) if lengths else None
