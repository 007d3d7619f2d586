"""Random small scenarios, and an oracle that plays them raw: every variable and flag kept, nothing compiled."""

from __future__ import annotations

import json
import random
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from notalone.kit import yamltree
from notalone.scenario.core.load import load
from notalone.scenario.core.model import Scenario

COMPARE = {
    "==": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
}  # fmt: skip


@dataclass
class Case:
    """A scenario as data for YAML, with its conditions as trees beside (by the text's owner)."""

    data: dict[str, Any]
    conditions: dict[str, Any] = field(default_factory=dict)
    proofs: list[Any] = field(default_factory=list)

    def scenario(self) -> Scenario:
        """Return the scenario as the project reads it from the text."""
        scenario, problems = load(yamltree.parse(self.text(), "case.yaml"))
        assert not problems, problems
        assert scenario is not None
        return scenario

    def text(self) -> str:
        return json.dumps(self.data, indent=1)


@cache
def drawn(seed: int, proofs: bool = False) -> tuple[Case, Scenario, Oracle]:
    """Return a random case, read, with its oracle; made once for all tests."""
    case = draw(seed, proofs)
    return case, case.scenario(), Oracle(case)


def draw(seed: int, proofs: bool = False) -> Case:
    """Return a random scenario of up to 5 scenes, 3 variables and 2 flags; every third runs deep and ahead."""
    rng = random.Random(seed)
    variables: dict[str, Any] = {}
    for name in ("trust", "moved", "told")[: rng.randint(0, 3)]:
        if rng.random() < 0.5:
            low = rng.randint(0, 1)
            variables[name] = {"from": low, "to": low + rng.randint(0, 3), "start": low}
        else:
            variables[name] = {"start": rng.random() < 0.3}
    deep = seed % 3 == 0
    scenes = [f"s{number}" for number in range(rng.randint(5, 8) if deep else rng.randint(1, 4))]
    case = Case({
        "format": "notalone/scenario-1", "id": f"case-{seed}", "title": "A case", "risk": "some-risk",
        "ages": [16, 22], "minutes": [1, 9], "start": scenes[0] if deep else rng.choice(scenes),
        "people": {"linh": {"name": "Linh", "role": "character"}},
        "flags": {"one": {"see": "One", "know": "Know one"}, "two": {"see": "Two"}},
        "vars": variables,
    })  # fmt: skip
    case.data["scenes"] = {}
    for number, name in enumerate(scenes):
        targets = [*scenes, "end"][number + 1 : number + 3] if deep else [*scenes, "end", "end"]
        case.data["scenes"][name] = _scene(rng, case, name, variables, targets)
    case.data["scenes"]["end"] = {"ending": "safe", "lines": [{"say": "end line", "flags": ["two"]}]}
    if rng.random() < 0.7:
        case.data["scenes"]["end"]["debrief"] = "It is over."
    if proofs:
        case.proofs = [_proof(rng, variables, [*scenes, "end"]) for _ in range(3)]
        case.data["prove"] = [_proof_text(proof) for proof in case.proofs]
    return case


def _scene(rng: random.Random, case: Case, name: str, variables: dict[str, Any], targets: list[str]) -> dict[str, Any]:
    scene: dict[str, Any] = {"on": "chat", "intensity": rng.randint(0, 4), "lines": [], "choices": []}
    for number in range(rng.randint(0, 2)):
        line: dict[str, Any] = {"from": "linh", "say": f"{name} line {number}", "after": 0.5}
        if rng.random() < 0.5:
            line["flags"] = [rng.choice(["one", "two"])]
        _with_condition(rng, case, line, variables, 0.5)
        scene["lines"].append(line)
    for number in range(rng.randint(0, 4)):
        choice: dict[str, Any] = {"say": f"{name} choice {number}", "to": rng.choice(targets)}
        if rng.random() < 0.4:
            choice["risk"] = True
        choice["set"] = _updates(rng, variables)
        _with_condition(rng, case, choice, variables, 0.4)
        scene["choices"].append(choice)
    if rng.random() < 0.3:
        scene["timeout"] = {"after": 5, "to": rng.choice(targets), "set": _updates(rng, variables)}
    return scene


def _updates(rng: random.Random, variables: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, variable in variables.items():
        if rng.random() < 0.4:
            if "from" not in variable:
                out[name] = rng.random() < 0.5
            elif rng.random() < 0.6:
                out[name] = rng.choice(["+1", "-1", "+2"])
            else:
                out[name] = rng.randint(variable["from"], variable["to"])
    return out


def _with_condition(
    rng: random.Random, case: Case, thing: dict[str, Any], variables: dict[str, Any], often: float
) -> None:
    if variables and rng.random() < often:
        tree = condition(rng, variables, (), 2)
        thing["if"] = condition_text(tree)
        case.conditions[thing["say"]] = tree


def condition(rng: random.Random, variables: dict[str, Any], scenes: tuple[str, ...], depth: int) -> Any:
    """Return a random condition as nested tuples; with scenes also of scenes, flags and endings."""
    kind = rng.random()
    if depth and kind < 0.2:
        return ("not", condition(rng, variables, scenes, depth - 1))
    if depth and kind < 0.5:
        parts = tuple(condition(rng, variables, scenes, depth - 1) for _ in range(2))
        return (rng.choice(["and", "or"]), *parts)
    if scenes and (not variables or rng.random() < 0.6):
        return rng.choice([("in", rng.choice(scenes)), ("flag", rng.choice(["one", "two"])), ("ending",)])
    name = rng.choice(sorted(variables))
    if "from" not in variables[name]:
        return ("true", name)
    return ("compare", name, rng.choice(sorted(COMPARE)), rng.randint(0, 4))


def condition_text(tree: Any) -> str:
    match tree:
        case ("not", part):
            return f"not ({condition_text(part)})"
        case ("and" | "or" as word, one, other):
            return f"({condition_text(one)}) {word} ({condition_text(other)})"
        case ("flag", name):
            return f"flag {name}"
        case ("compare", name, op, number):
            return f"{name} {op} {number}"
        case _:
            return str(tree[-1])


def _proof(rng: random.Random, variables: dict[str, Any], scenes: list[str]) -> Any:
    one, other = (condition(rng, variables, tuple(scenes), 1) for _ in range(2))
    return rng.choice([("never", one), ("only", one, other), ("leads", one, other, rng.randint(0, 4))])


def _proof_text(proof: Any) -> str:
    match proof:
        case ("never", one):
            return f"never {condition_text(one)}"
        case ("only", one, other):
            return f"{condition_text(one)} only after {condition_text(other)}"
        case (_, one, other, within):
            return f"{condition_text(one)} leads to {condition_text(other)} within {within}"


Raw = tuple[str, tuple[int, ...], frozenset[str]]
WAIT = "(waits 5 s)"


class Oracle:
    """Plays a case raw; a state is its scene, all values and all flags shown."""

    def __init__(self, case: Case) -> None:
        self.case, self.scenes = case, case.data["scenes"]
        self.variables = case.data["vars"]
        starts = tuple(int(variable["start"]) for variable in self.variables.values())
        self.start = self.enter(case.data["start"], starts, frozenset())
        self.depth = {self.start: 0}
        waiting = deque([self.start])
        while waiting:
            state = waiting.popleft()
            for _say, after in self.steps(state):
                if after not in self.depth:
                    self.depth[after] = self.depth[state] + 1
                    waiting.append(after)

    def enter(self, scene: str, values: tuple[int, ...], flags: frozenset[str]) -> Raw:
        lines = [line for line in self.scenes[scene].get("lines", []) if self.allowed(line, values)]
        return scene, values, flags.union(*(line.get("flags", []) for line in lines))

    def allowed(self, thing: dict[str, Any], values: tuple[int, ...]) -> bool:
        tree = self.case.conditions.get(thing["say"])
        return tree is None or self.holds(tree, ("", values, frozenset()))

    def holds(self, tree: Any, state: Raw) -> bool:
        scene, values, flags = state
        named = dict(zip(self.variables, values, strict=True))
        match tree:
            case ("not", part):
                return not self.holds(part, state)
            case ("and", one, other):
                return self.holds(one, state) and self.holds(other, state)
            case ("or", one, other):
                return self.holds(one, state) or self.holds(other, state)
            case ("in", name):
                return bool(scene == name)
            case ("flag", name):
                return name in flags
            case ("ending",):
                return self.ends(state)
            case ("true", name):
                return bool(named[name])
            case (_, name, op, number):
                return bool(COMPARE[op](named[name], number))
        raise AssertionError(tree)

    def ends(self, state: Raw) -> bool:
        return "ending" in self.scenes[state[0]]

    def lines(self, state: Raw) -> list[str]:
        return [line["say"] for line in self.scenes[state[0]].get("lines", []) if self.allowed(line, state[1])]

    def offered(self, state: Raw) -> list[dict[str, Any]]:
        return [choice for choice in self.scenes[state[0]].get("choices", []) if self.allowed(choice, state[1])]

    def after(self, state: Raw, way: dict[str, Any]) -> Raw:
        values = []
        for (name, variable), value in zip(self.variables.items(), state[1], strict=True):
            change = way.get("set", {}).get(name)
            if change is None:
                values.append(value)
            elif isinstance(change, str):
                values.append(min(max(value + int(change), variable["from"]), variable["to"]))
            else:
                values.append(int(change))
        return self.enter(way["to"], tuple(values), state[2])

    def by_choice(self, state: Raw) -> list[tuple[dict[str, Any], Raw]]:
        return [(choice, self.after(state, choice)) for choice in self.offered(state)]

    def steps(self, state: Raw) -> list[tuple[str, Raw]]:
        """Return every step from a state: what is said of it, and where it leads."""
        out = [(choice["say"], after) for choice, after in self.by_choice(state)]
        timeout = self.scenes[state[0]].get("timeout")
        return [*out, (WAIT, self.after(state, timeout))] if timeout else out

    def replay(self, path: tuple[str, ...]) -> list[Raw]:
        """Return the states that a told path goes through; fails where a step is not possible."""
        states = [self.start]
        for step in path:
            if step == "<start>":
                assert path == ("<start>",)
                break
            scene, say = step.split(": ", 1)
            assert scene == states[-1][0]
            states.append(dict(self.steps(states[-1]))[say])
        return states

    def nearest(self, bad: list[Raw]) -> int:
        return min(self.depth[state] for state in bad)
