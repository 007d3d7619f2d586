"""The helplines that go along with a scenario which is handed out: its festival's, or else the shipped ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from notalone.festival import queries as festivals
from notalone.festival.cli import TEMPLATE
from notalone.festival.queries import Festival, Helpline
from notalone.kit.problems import CannotRead
from notalone.project.checking import festival_of
from notalone.project.environment import DEMO
from notalone.scenario.packages.helping import Help


def help_for(scenario: Path, langs: tuple[str, ...]) -> Help:
    """Return the helplines to hand out with a scenario file.

    Around a festival's scenario these are the ones of its country; elsewhere all that are shipped, those that speak
    the reader's language first, for nobody knows where it will be opened.

    Raises:
        CannotRead: the festival around it cannot be read.
    """
    folder = festival_of(scenario)
    festival, problems = festivals.load(folder or (DEMO if DEMO.is_dir() else TEMPLATE))
    if festival is None:
        raise CannotRead(*problems)
    shown = {lang: _shown(festival, lang, everywhere=folder is None) for lang in langs}
    return Help(
        festival=folder is not None, lines={lang: [_told(festival, one, lang) for one in shown[lang]] for lang in langs}
    )


def _shown(festival: Festival, lang: str, *, everywhere: bool) -> tuple[Helpline, ...]:
    if not everywhere:
        return festivals.helplines(festival, lang)
    return tuple(sorted(festival.helplines.values(), key=lambda line: lang not in line.languages))


def _told(festival: Festival, line: Helpline, lang: str) -> dict[str, Any]:
    return {
        "id": line.id,
        "name": festival.say(line.name, lang),
        "number": line.number,
        "sms": line.sms,
        "web": line.web,
        "hours": festival.say(line.hours, lang),
        "cost": festival.say(line.cost, lang) if line.cost else "",
        "about": festival.say(line.about, lang),
        "topics": list(line.topics),
        "confirmed": line.confirmed.on.isoformat() if line.confirmed else None,
    }
