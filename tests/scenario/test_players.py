"""The player in the browser and the one in Python do exactly the same."""

from __future__ import annotations

import json
import random
import subprocess
from dataclasses import asdict
from pathlib import Path

from tests.scenario.random_scenarios import drawn

from notalone.scenario import queries
from notalone.scenario.core.compile import compile_scenario
from notalone.scenario.core.score import build
from notalone.scenario.core.step import begin, choose, offered, read_score, timeout, waits

HERE = Path(__file__).parent
DEMO = HERE.parents[1] / "content" / "demo" / "scenarios"
WALKS = 2000
LONGEST = 30


def walk(score, rng):
    """Return the events of a random walk and what Python sees after each."""
    events, play = [], begin(score)
    seen = [look(score, play)]
    while len(events) < LONGEST and play.ended is None:
        count = len(offered(score, play))
        possible = [*range(count), *([-1] if waits(score, play) is not None else [])]
        if not possible:
            break
        event = rng.choice(possible)
        play = timeout(score, play) if event == -1 else choose(score, play, event)
        events.append(event)
        seen.append(look(score, play))
    return events, seen


def look(score, play):
    return {
        "play": asdict(play),
        "offered": [asdict(offer) for offer in offered(score, play)],
        "waits": waits(score, play),
    }


def test_two_thousand_random_walks_are_the_same_in_python_and_in_the_browser():
    built = [build(compile_scenario(drawn(seed)[1]), {}, ("en",)) for seed in range(200)]
    built += [queries.score(path) for path in queries.find_scenarios(DEMO)]
    scores = [read_score(json.dumps(score)) for score in built]
    rng = random.Random(2026)
    walks, expected = [], []
    for number in range(WALKS):
        index = rng.randrange(len(scores)) if number % 2 else len(scores) - 1
        events, seen = walk(scores[index], rng)
        walks.append({"score": index, "events": events})
        expected.append(seen)
    done = subprocess.run(
        ["node", str(HERE / "walks.mjs")],
        input=json.dumps({"scores": built, "walks": walks}),
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    told = json.loads(done.stdout)
    assert len(told) == WALKS
    assert sum(len(seen) for seen in told) > 3 * WALKS
    for ours, theirs in zip(json.loads(json.dumps(expected)), told, strict=True):
        assert theirs == ours
