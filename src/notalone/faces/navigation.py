"""Which pages the shells lead to, by who looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a shell; ``current`` where it leads to the page that shows it."""

    url: str
    label: str | Promise
    icon: str
    current: bool


PUBLIC: tuple[tuple[str, Promise, str], ...] = (
    ("faces:home", _("Festival"), "home"),
    ("festival:programme", _("Programme"), "clock"),
    ("festival:stations", _("Stations"), "phone"),
    ("wall:wall", _("The wall"), "wall"),
    ("classes:enter", pgettext_lazy("navigation", "Class"), "people"),
    ("festival:pass", _("My pass"), "star"),
)
STAFF: tuple[tuple[str, Promise, str, str], ...] = (
    ("faces:dashboard", _("Overview"), "home", "dashboard"),
    ("festival:stations", _("Stations"), "phone", "stations"),
    ("classes:new", _("For classes"), "people", "classes"),
    ("show:desk", _("Light desk"), "light", "console"),
    ("show:stage", _("Stage view"), "stage", "console"),
    ("wall:queue", _("Moderation"), "chat", "moderate"),
    ("guide:learning", _("Learning"), "star", "learning"),
    ("people:accounts", _("Accounts"), "people", "accounts"),
    ("people:audit", _("Audit log"), "list", "audit"),
)


def address(name: str) -> str:
    """Return the address of a named page in the present language, or nothing where no room has it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def public(path: str) -> list[Link]:
    """Return the public shell's links."""
    return [_link(*entry, path) for entry in PUBLIC if address(entry[0])]


def staff(path: str, rights: Iterable[str]) -> list[Link]:
    """Return the staff shell's links that somebody with these rights may follow."""
    held = set(rights)
    return [_link(name, label, icon, path) for name, label, icon, right in STAFF if right in held and address(name)]


def _link(name: str, label: Promise, icon: str, path: str) -> Link:
    url = address(name)
    return Link(url, label, icon, url == path)
