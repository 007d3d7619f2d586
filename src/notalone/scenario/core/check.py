"""Proves a scenario: compiles it and asks every rule."""

from __future__ import annotations

from dataclasses import dataclass

from notalone.kit.yamltree import Node
from notalone.scenario.core.beside import Beside
from notalone.scenario.core.compile import MAX_STATES, compile_scenario
from notalone.scenario.core.load import load
from notalone.scenario.core.model import Context
from notalone.scenario.core.rules import s1
from notalone.scenario.core.rules.registry import RULES
from notalone.scenario.core.rules.rule import Subject, Violation

NOTHING = Beside()
NAMES = tuple(rule.name for rule in RULES)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and by which rules; ``states`` and ``edges`` are 0 where the file is not well formed.

    ``not_checked`` are the rules that nothing is known for, such as those that need a festival.
    """

    id: str
    states: int
    edges: int
    rules: tuple[str, ...]
    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]
    not_checked: tuple[str, ...] = ()


def judge(
    root: Node,
    context: Context | None = None,
    langs: tuple[str, ...] = (),
    max_states: int = MAX_STATES,
    beside: Beside = NOTHING,
) -> Verdict:
    """Load, compile and prove the scenario of a YAML tree, with what lies beside it.

    Raises:
        TooManyStates: more than ``max_states`` states can be reached.
    """
    scenario, problems = load(root)
    if scenario is None:
        name = root.get("id")
        return Verdict(
            name.raw if name else "", 0, 0, (s1.RULE.name,), s1.violations((*problems, *beside.problems)), ()
        )
    automaton = compile_scenario(scenario, max_states)
    subject = Subject(scenario, automaton, context, langs, max_states, beside)
    violations = list(s1.violations(beside.problems))
    warnings: list[Violation] = []
    asked = [rule for rule in RULES if rule.asks(context)]
    for rule in asked:
        for found in rule.check(subject):
            (warnings if rule.warning or found.warning else violations).append(found)
    return Verdict(
        id=scenario.id,
        states=automaton.states,
        edges=automaton.edges,
        rules=tuple(rule.name for rule in asked),
        violations=tuple(violations),
        warnings=tuple(warnings),
        not_checked=tuple(rule.name for rule in RULES if rule not in asked),
    )
