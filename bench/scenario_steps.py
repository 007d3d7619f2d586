"""Steps a second of the scenario player beside inkjs, on the same story with the same walks.

The scenario is written as ink: a knot a scene, global variables, conditional lines, sticky choices with their
conditions and changes. Timeouts are left out, for ink has none. Before anything is timed, both have to give the
same lines and choices at every step of every walk.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import subprocess
from pathlib import Path
from typing import Any

from notalone.scenario import queries
from notalone.scenario.core.conditions import And, Compare, Condition, Not, Or, Truth
from notalone.scenario.core.model import Choice, Line, Scenario, Scene, Update
from notalone.scenario.core.step import begin, choose, offered, read_score

ROOT = Path(__file__).parents[1]
STORY = ROOT / "content" / "demo" / "scenarios" / "online-abduction" / "scenario.yaml"
WALKS, LONGEST, ROUNDS = 300, 60, 15
NOTE = (
    "The demo's story in English, 300 random walks, both players in one process in turn; a step is a choice made "
    "and every line and choice of the new state read. Memory: peak of a process with that player and the story "
    "alone, beyond a node process that plays nothing."
)


def run() -> list[dict[str, object]]:
    """Return the rows of the bench.

    Raises:
        RuntimeError: the two players do not give the same play.
    """
    score = queries.score(STORY, ("en",))
    walks = _walks(score)
    story = {"score": json.dumps(score), "walks": walks}
    timed = _node({"do": "time", "ink": ink(queries.load_scenario(STORY)), "rounds": ROUNDS, **story})
    story["compiled"] = timed["compiled"]
    bare, *used = (_node({"do": "memory", "who": who, **story})["mib"] for who in ("none", "ours", "inkjs"))
    return [
        {
            "what": "play steps",
            "who": who,
            "unit": "steps/s",
            "min": min(timed["rates"][who]),
            "median": statistics.median(timed["rates"][who]),
            "max": max(timed["rates"][who]),
            "memory_mib": mib - bare,
        }
        for who, mib in zip(("ours", "inkjs"), used, strict=True)
    ]


def ink(scenario: Scenario) -> str:
    """Return a scenario as ink source."""
    parts = [f"VAR {_name(one.name)} = {one.start}" for one in scenario.variables.values()]
    parts.append(f"-> {_knot(scenario.start)}")
    parts += [_scene(scenario, scene) for scene in scenario.scenes.values()]
    return "\n".join(parts) + "\n"


def _scene(scenario: Scenario, scene: Scene) -> str:
    parts = [f"=== {_knot(scene.id)} ==="]
    parts += [_line(line) for line in scene.lines]
    parts += [_choice(scenario, choice) for choice in scene.choices]
    return "\n".join([*parts, "-> DONE"] if scene.ending else parts)


def _line(line: Line) -> str:
    said = _text(line.say.text)
    return said if line.condition is None else f"{{ {_condition(line.condition)}: {said} }}"


def _choice(scenario: Scenario, choice: Choice) -> str:
    guard = "" if choice.condition is None else f"{{ {_condition(choice.condition)} }} "
    changes = "".join(f"\n    ~ {_change(scenario, update)}" for update in choice.updates)
    return f"+ {guard}[{_text(choice.say.text)}]{changes}\n    -> {_knot(choice.to)}"


def _change(scenario: Scenario, update: Update) -> str:
    name, variable = _name(update.variable), scenario.variables[update.variable]
    if not update.step:
        return f"{name} = {update.amount}"
    return f"{name} = MIN(MAX({name} + {update.amount}, {variable.low}), {variable.high})".replace("+ -", "- ")


def _condition(condition: Condition) -> str:
    match condition:
        case Not(part):
            return f"not ({_condition(part)})"
        case And(parts):
            return " && ".join(f"({_condition(part)})" for part in parts)
        case Or(parts):
            return " || ".join(f"({_condition(part)})" for part in parts)
        case Compare(variable, op, number):
            return f"{_name(variable)} {op} {number}"
        case Truth(variable):
            return f"{_name(variable)} == 1"
    raise AssertionError("an “if” asks only for variables")


def _name(name: str) -> str:
    return "v_" + name.replace("-", "_")


def _knot(name: str) -> str:
    return "s_" + name.replace("-", "_")


def _text(text: str) -> str:
    return re.sub(r"([\\{}|\[\]#~<>/*+=-])", r"\\\1", " ".join(text.split()))


def _walks(score: dict[str, Any]) -> list[list[int]]:
    read, rng = read_score(score), random.Random(1)
    walks = []
    for _ in range(WALKS):
        play, walk = begin(read), []
        while play.ended is None and len(walk) < LONGEST:
            walk.append(rng.randrange(len(offered(read, play))))
            play = choose(read, play, walk[-1])
        walks.append(walk)
    return walks


def _node(task: dict[str, object]) -> dict[str, Any]:
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("inkjs_steps.mjs"))],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        timeout=300,
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    found: dict[str, Any] = json.loads(done.stdout)
    return found
