"""Scores: the automaton with all texts as one JSON object (docs/developers/house.md, Scores)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from notalone.kit.catalogue import Catalogue
from notalone.scenario.core.automaton import TIMEOUT, Automaton
from notalone.scenario.core.model import Scenario, Scene, Word

FORMAT = "notalone/score-1"

Json: TypeAlias = dict[str, Any]


def build(automaton: Automaton, catalogues: Mapping[str, Catalogue], langs: tuple[str, ...]) -> Json:
    """Return the score of an automaton with its texts in each of ``langs``.

    A text that a language's catalogue lacks stands there in English.
    """
    scenario, texts = automaton.scenario, _Texts()
    score: Json = {
        "format": FORMAT,
        "id": scenario.id,
        "risk": scenario.risk.text,
        "ages": list(scenario.ages),
        "minutes": [_number(value) for value in scenario.minutes],
        "notes": [word.text for word in scenario.notes],
        "help": [word.text for word in scenario.help],
        "title": texts.index(scenario.title),
        "reviewed": _reviewed(scenario),
        "people": {
            name: {"name": texts.index(person.name), "role": person.role} for name, person in scenario.people.items()
        },
        "flags": {
            name: {"see": texts.index(flag.see), "know": texts.index(flag.know)}
            for name, flag in scenario.flags.items()
        },
        "scenes": {name: _scene(scene, texts) for name, scene in scenario.scenes.items()},
        "start": 0,
        "states": states(automaton),
    }
    score["texts"] = {
        lang: [catalogues[lang].of(text) if lang in catalogues else text for text in texts.found] for lang in langs
    }
    score["hash"] = digest(score)
    return score


def digest(score: Mapping[str, Any]) -> str:
    """Return the first 16 hex digits of the SHA-256 of a score's canonical JSON without its hash.

    Canonical: keys sorted, no spaces, UTF-8 without escapes, whole numbers without a fraction.
    """
    bare = {key: value for key, value in score.items() if key != "hash"}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def states(automaton: Automaton) -> list[Json]:
    """Return the states of a score: what each shows, offers and, by itself, leads to."""
    names = [scene.id for scene in automaton.scenes]
    rows: list[Json] = [
        {"scene": names[scene], "lines": _bits(shown), "choices": [], "timeout": None}
        for scene, shown in zip(automaton.scene.tolist(), automaton.shown, strict=True)
    ]
    edges = (automaton.source.tolist(), automaton.label.tolist(), automaton.target.tolist())
    for source, label, target in zip(*edges, strict=True):
        if label == TIMEOUT:
            rows[source]["timeout"] = target
        else:
            rows[source]["choices"].append([label, target])
    return rows


class _Texts:
    """Gives each English text one number, in the order of the file's first use."""

    def __init__(self) -> None:
        self.found: dict[str, int] = {}

    def index(self, word: Word | None) -> int | None:
        return None if word is None else self.found.setdefault(word.text, len(self.found))


def source_texts(scenario: Scenario) -> tuple[Word, ...]:
    """Return every text that a visitor may read, in the order of the scenario, each as often as it stands."""
    words = [scenario.title, *(person.name for person in scenario.people.values())]
    words += [word for flag in scenario.flags.values() for word in (flag.see, flag.know) if word]
    for scene in scenario.scenes.values():
        words += [*([scene.debrief] if scene.debrief else []), *(line.say for line in scene.lines)]
        words += [choice.say for choice in scene.choices]
    return tuple(words)


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def _reviewed(scenario: Scenario) -> Json | None:
    review = scenario.reviewed
    return None if review is None else {"by": review.by, "role": review.role, "on": review.on}


def _scene(scene: Scene, texts: _Texts) -> Json:
    return {
        "on": scene.on,
        "cue": scene.cue.text if scene.cue else None,
        "intensity": scene.intensity,
        "harm": scene.harm,
        "ending": str(scene.ending) if scene.ending else None,
        "debrief": texts.index(scene.debrief),
        "lines": [
            {
                "from": line.speaker,
                "say": texts.index(line.say),
                "after": _number(line.after),
                "flags": list(line.flags),
            }
            for line in scene.lines
        ],
        "choices": [
            {"say": texts.index(choice.say), "risk": choice.risk, "skill": choice.skill} for choice in scene.choices
        ],
        "timeout": _number(scene.timeout.after) if scene.timeout else None,
    }


def _bits(mask: int) -> list[int]:
    return [index for index in range(mask.bit_length()) if mask >> index & 1]
