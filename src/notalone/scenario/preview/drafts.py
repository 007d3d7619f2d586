"""What is known of a draft while it is written: whether it is proved, what it breaks, its score and its picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from notalone.kit.problems import CannotRead, Problem
from notalone.scenario import queries
from notalone.scenario.queries import Context, Violation

MAX_STATES = 100_000  # a draft answers within a second; `scenario check` proves larger ones


def judged(path: Path, text: str, context: Context | None = None) -> dict[str, Any]:
    """Return what the rules say of a draft of the file ``path``, as JSON; the file itself is not read.

    ``score`` and ``graph`` are None where the draft is not well formed or too large. Catalogues beside the file are
    read, so the score speaks every language that there is.
    """
    told: dict[str, Any] = {"problems": [], "score": None, "graph": None, "states": 0, "edges": 0, "not_checked": []}
    try:
        checked = queries.check(path, context, context.languages if context else (), MAX_STATES, text=text)
        told |= {"states": checked.states, "edges": checked.edges, "not_checked": list(checked.not_checked)}
        told["problems"] = [_violation(one, path, False) for one in checked.violations]
        told["problems"] += [_violation(one, path, True) for one in checked.warnings]
        if checked.states:
            told["score"] = queries.score(path, text=text)
            told["graph"] = queries.graph(path, checked.violations, text=text)
    except CannotRead as error:
        told["problems"] = [_problem(one, path) for one in error.problems]
    told["proved"] = not any(not one["warning"] for one in told["problems"])
    return told


def _violation(one: Violation, path: Path, warning: bool) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "line": one.line if one.file == str(path) else 0,
        "file": Path(one.file).name,
        "message": one.said,
        "story": list(one.story),
        "warning": warning or one.warning,
    }


def _problem(one: Problem, path: Path) -> dict[str, Any]:
    said = f"{one.message} Did you mean “{one.near}”?" if one.near else one.message
    line = one.line if one.file == str(path) else 0
    return {"rule": "S1", "line": line, "file": Path(one.file).name, "message": said, "story": [], "warning": False}
