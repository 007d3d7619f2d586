"""The door for reads: messages to judge, a code's state, and what was measured, as frozen values."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db.models import Count

from notalone.festival import queries as festivals
from notalone.guide import models
from notalone.guide.core import again, cells, intervals
from notalone.guide.core.again import When
from notalone.guide.core.cells import ALL, Group
from notalone.guide.core.intervals import Compared
from notalone.guide.core.judged import AGES, halves
from notalone.guide.core.sensitivity import Counts
from notalone.kit import catalogue
from notalone.kit.names import is_id
from notalone.kit.problems import CannotRead
from notalone.kit.time import Instant
from notalone.scenario import queries as scenarios

_log = logging.getLogger(__name__)
_FILES = ("judging.yaml", "vi.po", "de.po")


@dataclass(frozen=True, slots=True)
class Message:
    """A message to judge in one language; ``on`` is an app of the phone."""

    id: str
    on: str
    sender: str
    say: str
    genuine: bool
    why: str


@dataclass(frozen=True, slots=True)
class Retest:
    """What a code opens: the form that was judged before the story, from a day to a day."""

    when: When
    scenario: str
    form: str
    opens: date
    ends: date


@dataclass(frozen=True, slots=True)
class Cell:
    """A group of a scenario; the figures are None where it may not be shown, ``again`` also where too few came back."""

    group: Group
    measured: Compared | None
    again: Compared | None


@dataclass(frozen=True, slots=True)
class Learned:
    """A scenario's groups in fixed order: all, age bands, languages. ``waiting`` says that too few have judged yet."""

    scenario: str
    cells: tuple[Cell, ...]
    waiting: bool


def forms(scenario: str, lang: str) -> Mapping[str, tuple[Message, ...]] | None:
    """Return the forms A and B of a scenario in a language; None where it has none that can be read."""
    folder = festivals.festival().folder / "scenarios" / scenario
    if not is_id(scenario) or not (folder / _FILES[0]).is_file():
        return None
    looks = tuple((folder / name).stat().st_mtime_ns if (folder / name).is_file() else 0 for name in _FILES)
    try:
        return _forms(folder, lang, looks)
    except CannotRead as error:
        for problem in error.problems:
            _log.error("%s", problem)
        return None


@lru_cache(maxsize=128)
def _forms(folder: Path, lang: str, looks: tuple[int, ...]) -> Mapping[str, tuple[Message, ...]] | None:
    """Read the forms; ``looks`` tells a changed file from the one that was read."""
    found = scenarios.judging(folder / scenarios.FILE)
    if found is None:
        return None
    told = catalogue.read_folder(folder, (lang,)).get(lang, catalogue.Catalogue(lang, ""))
    return {
        name: tuple(
            Message(
                item.id,
                item.on,
                told.of(item.sender.text),
                told.of(item.say.text),
                item.genuine,
                told.of(item.why.text),
            )
            for item in items
        )
        for name, items in found.forms.items()
    }


def form_halves(scenario: str) -> dict[str, tuple[int, int]]:
    """Return for each form of a scenario how many messages are genuine and how many deceptive; empty without any."""
    found = forms(scenario, catalogue.SOURCE) or {}
    return halves({name: [item.genuine for item in items] for name, items in found.items()})


def digest(code: str) -> str:
    """Return what is kept of a code: its HMAC-SHA-256 under the house's secret."""
    key = b"notalone.guide.again" + settings.SECRET_KEY.encode()
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()


def retest(code: str, now: Instant) -> Retest | None:
    """Return what a code opens, or None where it is not known (1 database query)."""
    kept = models.Code.objects.select_related("judged").filter(digest=digest(code)).first()
    if kept is None:
        return None
    when = again.when(kept.made, now.as_datetime().date())
    return Retest(when, kept.judged.scenario, kept.judged.order[0], again.opens(kept.made), again.ends(kept.made))


def learned() -> tuple[Learned, ...]:
    """Return what was measured, by scenario (1 database query, two more for each scenario that has grown).

    Figures move on when ten more have judged, so that nobody's answers follow from yesterday's page and today's.
    """
    sizes = (
        models.Judged.objects.values("scenario").annotate(all=Count("seq"), back=Count("returned")).order_by("scenario")
    )
    return tuple(_learned(row["scenario"], _tens(row["all"]), _tens(row["back"])) for row in sizes)


def _tens(count: int) -> int:
    return count - count % cells.LEAST


@lru_cache(maxsize=256)
def _learned(scenario: str, visitors: int, returned: int) -> Learned:
    here = models.Judged.objects.filter(scenario=scenario)
    rows = list(here.order_by("seq")[:visitors])
    back = list(here.filter(again__isnull=False).order_by("returned", "seq")[:returned])
    joint = Counter((row.age, row.lang) for row in rows)
    shown = cells.shown(joint)
    shown_again = cells.shown(Counter((row.age, row.lang) for row in back)) & shown
    return Learned(
        scenario,
        tuple(
            Cell(
                group,
                _compared([row for row in rows if _in(row, group)]) if group in shown else None,
                _compared([row for row in back if _in(row, group)]) if group in shown_again else None,
            )
            for group in _order(joint)
        ),
        not rows,
    )


def _order(joint: Mapping[tuple[str, str], int]) -> list[Group]:
    known = cells.groups(joint)
    ages: list[Group] = [("age", age) for age in (*AGES[1:], AGES[0]) if ("age", age) in known]
    return [ALL, *ages, *(group for group in known if group[0] == "lang")] if joint else []


def _in(row: models.Judged, group: Group) -> bool:
    axis, value = group
    return group == ALL or value == (row.age if axis == "age" else row.lang)


def _compared(rows: list[models.Judged]) -> Compared:
    """Compare before with after, and with the retest where every row has one."""
    times = [[row.before, row.after, *([row.again] if all(one.again for one in rows) else [])] for row in rows]
    return intervals.compare([[Counts(*counts) for counts in row] for row in times], seed=len(rows))
