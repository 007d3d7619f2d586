"""Stories of any size, written as an author's folder: for the bench of scale."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

SHAPES = ("wide", "chain", "loop", "twins")
PROVE = (
    "never count > 0 and not offer and not answer and not end and not gone",
    "end only after offer",
    "flag secret only after flag hurry",
    "offer leads to end or answer or offer within 3",
)


def write(folder: Path, shape: str, states: int) -> Path:
    """Write a story of about so many states in three languages into a folder; returns its file.

    ``wide`` has five counters that rise in any order, so many states at each distance; ``chain`` one that rises by one,
    so one new state at each distance; ``loop`` one that rises and falls, so all states are one component; ``twins``
    two that rise together, so that of the values that they could have only few are ever met.
    """
    folder.mkdir(parents=True, exist_ok=True)
    scenes = {"wide": _wide, "chain": _chain, "loop": _loop, "twins": _twins}[shape](states)
    names = {"wide": ("count", "b", "c", "d", "e"), "twins": ("count", "other")}.get(shape, ("count",))
    most = _most(states) if shape == "wide" else states - 1
    end = {"ending": "recovered", "debrief": "It was never her fault."}
    data = {
        "format": "notalone/scenario-1",
        "id": folder.name,
        "title": "The offer",
        "risk": "some-risk",
        "ages": [16, 22],
        "minutes": [0, 600],
        "people": {"linh": {"name": "Linh", "role": "character"}, "one": {"name": "Somebody", "role": "stranger"}},
        "flags": {
            "hurry": {"see": "Hurry", "know": "Who hurries you does not want you to think."},
            "secret": {"see": "A secret", "know": "Whoever forbids you to tell wants you alone."},
        },
        "vars": {name: {"from": 0, "to": max(most, 1), "start": 0} for name in names},
        "start": "offer",
        "scenes": {**scenes, "end": end, "gone": end},
        "prove": [line if shape == "wide" else line.replace(" and not answer", "").replace(" or answer", "")
                  for line in PROVE],
    }  # fmt: skip
    file = folder / "scenario.yaml"
    file.write_text(json.dumps(data, indent=1), encoding="utf-8")
    for lang in ("de", "vi"):
        said = {f'msgid "{text}"\nmsgstr "{lang} {text}"\n' for text in _texts(data)}
        (folder / f"{lang}.po").write_text("\n".join(sorted(said)), encoding="utf-8")
    return file


def _scene(lines: list[dict[str, Any]], choices: list[dict[str, Any]]) -> dict[str, Any]:
    return {"on": "chat", "intensity": 1, "lines": lines, "choices": choices}


_FIRST = {"from": "one", "say": "Only today, decide at once!", "flags": ["hurry"]}


def _wide(states: int) -> dict[str, Any]:
    most = _most(states)

    def rise(name: str, to: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 -- keys of the format
        return {"say": f"Give {name}", "if": f"{name} < {most}", "set": {name: "+1"}, "to": to, **more}

    ways = [{"say": "Tell mum", "to": "end"}, {"say": "Go away", "to": "gone"}]
    lines = [_FIRST, {"from": "one", "say": "Tell nobody.", "if": "count > 0", "flags": ["secret"]}]
    give = [rise("count", "answer", risk=True), rise("b", "answer")]
    back = [rise("c", "offer"), rise("d", "offer"), rise("e", "offer")]
    answer = _scene([{"from": "linh", "say": "And now?"}], [*back, ways[0]])
    answer["choices"][0].pop("if")
    answer["lines"].append({"from": "linh", "say": "Enough.", "if": f"c == {most}"})
    return {
        "offer": _scene(lines, [*give, *ways]),
        "answer": {**answer, "timeout": {"after": 30, "to": "offer"}},
    }


def _most(states: int) -> int:
    """Return up to what five counters rise so that there are about so many states."""
    return max(math.ceil((2 * states) ** (1 / 5)) - 1, 1)


def _chain(states: int) -> dict[str, Any]:
    more = {"say": "More", "if": f"count < {states - 1}", "set": {"count": "+1"}, "to": "offer", "risk": True}
    second = {"from": "one", "say": "Tell nobody.", "if": "count > 5", "flags": ["secret"]}
    ways = [{"say": "Tell mum", "to": "end"}, {"say": "Go away", "to": "gone"}]
    return {"offer": _scene([_FIRST, second], [more, *ways])}


def _loop(states: int) -> dict[str, Any]:
    scenes = _chain(states)
    less = {"say": "Less", "if": "count > 0", "set": {"count": "-1"}, "to": "offer"}
    scenes["offer"]["choices"].append(less)
    return scenes


def _twins(states: int) -> dict[str, Any]:
    scenes = _chain(states)
    scenes["offer"]["choices"][0]["set"]["other"] = "+1"
    scenes["offer"]["lines"].append({"from": "one", "say": "Come on.", "if": "other > 7"})
    return scenes


def _texts(data: dict[str, Any]) -> set[str]:
    found = {data["title"], *(person["name"] for person in data["people"].values())}
    for flag in data["flags"].values():
        found |= {flag["see"], flag["know"]}
    for scene in data["scenes"].values():
        found |= {thing["say"] for key in ("lines", "choices") for thing in scene.get(key, ())}
        found |= {scene["debrief"]} if "debrief" in scene else set()
    return found
