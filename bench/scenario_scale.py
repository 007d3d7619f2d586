"""Compile and prove stories of 1,000 to 1,000,000 states, beside an exhaustive search by inkjs of the same story.

Each size is read, compiled and proved by every rule, in three languages and with four properties of its author, in a
process of its own whose peak memory is measured. inkjs has no prover; what one can do with it is to play everything:
a state that was saved is loaded, each of its choices is taken, and what was met before (the same variables and the
same choices offered) is left out.
"""

from __future__ import annotations

import json
import math
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.scale_stories import SHAPES, write
from bench.scenario_steps import ink
from notalone.scenario import queries

SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS, SEARCH_S = 3, 10
LANGS = ("en", "vi", "de")
NOTE = (
    "`wide`: five counters that rise in any order; `chain`: one that rises; `loop`: one that rises and falls, one "
    "large component; `twins`: two that rise together, of whose possible values few are ever met. Compiled and proved "
    "by every rule that needs no festival, in three languages, with four properties of the author's; each run in a "
    "process of its own, its peak memory beside it. Growth: the exponent of the time over the states, from 10,000 to "
    "1,000,000 (1 is linear). Not here: stories that meet few of their possible values and lead to and fro between "
    "scenes; they are compiled state by state and take far longer. inkjs: different states of the same story "
    f"(`wide`, a million states, no timeouts) that it has met after {SEARCH_S} s of playing everything, and its "
    "process's peak memory."
)


def run() -> list[dict[str, object]]:
    """Return the rows of the bench."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for shape in SHAPES:
            rows += _grown(Path(folder), shape)
        rows += _searched(write(Path(folder) / "searched", "wide", SIZES[-1]))
    return rows


def _grown(folder: Path, shape: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    times: dict[int, float] = {}
    rates: list[float] = []
    for size in SIZES:
        file = write(folder / f"{shape}-{size}", shape, size)
        found = [_alone(file) for _ in range(ROUNDS)]
        seconds = [one["seconds"] for one in found]
        states = int(found[0]["states"])
        times[states] = statistics.median(seconds)
        rates = [states / one for one in seconds]
        rows.append(
            {
                "what": f"compile and prove, {shape}, {states:,} states",
                "unit": "s",
                **_spread(seconds),
                "memory_mib": max(one["mib"] for one in found),
            }
        )
    rows.append({"what": f"compile and prove, {shape}, at the largest", "unit": "states/s", **_spread(rates)})
    (few, one), (many, other) = list(times.items())[1], list(times.items())[-1]
    exponent = math.log(other / one) / math.log(many / few)
    rows.append({"what": f"growth, {shape}", "unit": "exponent", "median": exponent})
    return rows


def _spread(values: list[float]) -> dict[str, object]:
    return {"min": min(values), "median": statistics.median(values), "max": max(values)}


def _alone(file: Path) -> dict[str, float]:
    """Check a story in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.scenario_scale", str(file)],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
        cwd=Path(__file__).parents[1],
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _searched(file: Path) -> list[dict[str, object]]:
    task = {"ink": ink(queries.load_scenario(file)), "seconds": SEARCH_S}
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("inkjs_search.mjs"))],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        timeout=20 * SEARCH_S,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return [
        {
            "what": f"states met by exhaustive search in {found['seconds']:.0f} s, wide",
            "who": "inkjs",
            "unit": "states",
            "median": float(found["states"]),
            "memory_mib": found["mib"],
        },
        {
            "what": "exhaustive search, wide",
            "who": "inkjs",
            "unit": "states/s",
            "median": found["states"] / found["seconds"],
        },
    ]


def check_one(file: Path) -> dict[str, float]:
    """Check a story; returns its states, the seconds it took, and the peak memory of this process in MiB."""
    found = queries.check(file, langs=LANGS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"states": found.states, "seconds": found.seconds, "mib": peak}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(check_one(Path(sys.argv[1]))))
