"""Which helplines to show to whom, and in which order."""

from __future__ import annotations

from collections.abc import Collection

from notalone.festival.core.values import WORLD, Festival, Helpline


def shown(festival: Festival, lang: str, topics: Collection[str] = ()) -> tuple[Helpline, ...]:
    """Return the helplines of the festival's country and worldwide ones; with ``topics``, only those for one.

    Lines that speak the visitor's language come first, then the country's own before worldwide ones, then
    those that can be called; the order of the file decides the rest.
    """
    found = [
        line
        for line in festival.helplines.values()
        if line.serves(festival.country) and (not topics or set(line.topics) & set(topics))
    ]
    return tuple(sorted(found, key=lambda line: (lang not in line.languages, line.country == WORLD, not line.number)))


def abroad(festival: Festival, lang: str) -> tuple[Helpline, ...]:
    """Return the helplines of other countries that speak the visitor's language."""
    return tuple(
        line for line in festival.helplines.values() if not line.serves(festival.country) and lang in line.languages
    )


def dial(number: str) -> str:
    """Return a telephone number as it stands in a ``tel:`` address (RFC 3966)."""
    return number.replace(" ", "")


def link(web: str) -> str:
    """Return a helpline's web address with its scheme."""
    return web if web.startswith("https://") else f"https://{web}"
