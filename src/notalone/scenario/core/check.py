"""Proves a scenario: compiles it and asks every rule."""

from __future__ import annotations

from dataclasses import dataclass

from notalone.kit.yamltree import Node
from notalone.scenario.core.compile import MAX_STATES, compile_scenario
from notalone.scenario.core.load import load
from notalone.scenario.core.model import Context
from notalone.scenario.core.rules import s1
from notalone.scenario.core.rules.registry import RULES
from notalone.scenario.core.rules.rule import Subject, Violation

NAMES = tuple(rule.name for rule in RULES)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and by which rules; ``states`` and ``edges`` are 0 where the file is not well formed."""

    id: str
    states: int
    edges: int
    rules: tuple[str, ...]
    violations: tuple[Violation, ...]
    warnings: tuple[Violation, ...]


def judge(
    root: Node, context: Context | None = None, langs: tuple[str, ...] = (), max_states: int = MAX_STATES
) -> Verdict:
    """Load, compile and prove the scenario of a YAML tree.

    Raises:
        TooManyStates: more than ``max_states`` states can be reached.
    """
    scenario, problems = load(root)
    if scenario is None:
        name = root.get("id")
        return Verdict(name.raw if name else "", 0, 0, (s1.RULE.name,), s1.violations(problems), ())
    automaton = compile_scenario(scenario, max_states)
    subject = Subject(scenario, automaton, context, langs, max_states)
    violations: list[Violation] = []
    warnings: list[Violation] = []
    for rule in RULES:
        (warnings if rule.warning else violations).extend(rule.check(subject))
    return Verdict(scenario.id, automaton.states, automaton.edges, NAMES, tuple(violations), tuple(warnings))
