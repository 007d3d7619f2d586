"""Plays a score in the terminal, or replays choices that were given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

import typer

from notalone.scenario.core.step import Play, Score, StepError, begin, choose, offered, timeout, waits

WAIT = "w"
QUIT = "q"


class NotOffered(ValueError):
    """A choice that was given is not offered; the message says which and where."""


def play(score: Score, lang: str, choices: str, *, as_json: bool) -> None:
    """Play to the end, or as far as the given choices go; without choices ask for each.

    Raises:
        NotOffered: a given choice is no number, or not offered where it comes.
    """
    plays = replayed(score, choices) if choices or as_json else asked(score)
    seen = []
    for one in plays:
        seen.append(one)
        if not as_json:
            _show(score, lang, one)
    if as_json:
        typer.echo(json.dumps({"id": score.id, "steps": [_json(score, lang, one) for one in seen]}, ensure_ascii=False))


def replayed(score: Score, choices: str) -> Iterator[Play]:
    """Yield the play after each of the given choices, first as it stands at the start."""
    current = begin(score)
    yield current
    for number, word in enumerate(filter(None, (part.strip() for part in choices.split(","))), 1):
        try:
            current = _step(score, current, word)
        except StepError as error:
            raise NotOffered(f"Step {number}, “{word}”: {error}") from error
        yield current


def asked(score: Score) -> Iterator[Play]:
    """Yield the play after each answer, until it ends or the visitor stops."""
    current = begin(score)
    yield current
    while current.ended is None:
        try:
            word = typer.prompt(">", prompt_suffix=" ").strip()
        except typer.Abort:
            return
        if word == QUIT:
            return
        try:
            current = _step(score, current, word)
        except StepError as error:
            typer.echo(str(error))
            continue
        yield current


def _step(score: Score, current: Play, word: str) -> Play:
    if current.ended is not None:
        raise StepError(f"The story has ended in {current.scene}.")
    if word == WAIT:
        return timeout(score, current)
    if not (word.isascii() and word.isdigit()):
        raise StepError(f"a choice is a number, “{WAIT}” waits.")
    return choose(score, current, int(word[:9]) - 1)


def _show(score: Score, lang: str, current: Play) -> None:
    texts, scene = score.texts[lang], score.scenes[current.scene]
    typer.echo(f"\n— {current.scene} ({scene['ending'] or scene['on']})")
    for index in current.lines:
        line = scene["lines"][index]
        who = texts[score.json["people"][line["from"]]["name"]] + ": " if line["from"] else ""
        flags = "  ⚑ " + ", ".join(line["flags"]) if line["flags"] else ""
        typer.echo(f"  {who}{texts[line['say']]}{flags}")
    for number, offer in enumerate(offered(score, current), 1):
        typer.echo(f"  {number}  {texts[offer.say]}")
    seconds = waits(score, current)
    if seconds is not None:
        typer.echo(f"  {WAIT}  … ({seconds:g} s)")
    if current.ended is not None:
        _debrief(score, lang, current)


def _debrief(score: Score, lang: str, current: Play) -> None:
    texts, flags = score.texts[lang], score.json["flags"]
    debrief = score.scenes[current.scene]["debrief"]
    if debrief is not None:
        typer.echo(f"\n  {texts[debrief]}")
    for met in current.flags:
        flag = flags[met.flag]
        know = f" {texts[flag['know']]}" if flag["know"] is not None else ""
        typer.echo(f"  ⚑ {texts[flag['see']]} ({met.scene}):{know}")


def _json(score: Score, lang: str, current: Play) -> dict[str, object]:
    texts, scene = score.texts[lang], score.scenes[current.scene]
    return {
        "state": current.state,
        "scene": current.scene,
        "lines": [texts[scene["lines"][index]["say"]] for index in current.lines],
        "choices": [texts[offer.say] for offer in offered(score, current)],
        "timeout": waits(score, current),
        "flags": [asdict(met) for met in current.flags],
        "ended": current.ended,
    }
