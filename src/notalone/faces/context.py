"""What every shell's template needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from notalone.faces import navigation
from notalone.people.queries import rights

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English", "de": "Deutsch"}
_PREFIX = re.compile(r"^/([a-z]{2,3}(?:-[a-z0-9]{2,8})?)(?=/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """A language of the switch, named in itself, with this page's address in it."""

    code: str
    name: str
    url: str
    current: bool


def language_choices(full_path: str) -> list[LanguageChoice]:
    """Return the page at ``full_path`` in each of the house's languages."""
    codes = [code for code, _ in settings.LANGUAGES]
    found = _PREFIX.match(full_path)
    rest = full_path[found.end() :] if found and found[1] in codes else "/"
    here = get_language()
    return [
        LanguageChoice(code, LANGUAGE_NAMES[code], f"/{code}{rest if rest.startswith('/') else '/'}", code == here)
        for code in codes
    ]


def shell(request: HttpRequest) -> dict[str, object]:
    """Return what the shells show on every page; what asks who looks is asked only where it is shown."""
    staff_links: Callable[[], list[navigation.Link]] = lambda: navigation.staff(  # noqa: E731 -- lazy on purpose
        request.path, rights(request.user)
    )
    return {
        "lang_choices": language_choices(request.get_full_path()),
        "public_links": lambda: navigation.public(request.path),
        "staff_links": staff_links,
        "help_url": navigation.address("festival:help"),
        "staff_door": navigation.address("faces:dashboard"),
    }
