"""Tells the browser at once of every module that a page will import, so that none waits for another to be read."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()
_IMPORTED = re.compile(r"""^(?:import|export)\b[^;"']*?["'](\.{1,2}/[^"']+)["']""", re.MULTILINE)


def imports(name: str) -> list[str]:
    """Return the static files that a module imports by itself, in its order.

    Raises:
        LookupError: there is no such static file.
    """
    found = finders.find(name)
    if not isinstance(found, str):
        raise LookupError(f"there is no static file “{name}”")
    folder = posixpath.dirname(name)
    text = Path(found).read_text(encoding="utf-8")
    return [posixpath.normpath(posixpath.join(folder, path)) for path in _IMPORTED.findall(text)]


def closure(name: str) -> tuple[str, ...]:
    """Return a module and all that it needs, the nearest first."""
    known = [name]
    for one in known:
        known.extend(path for path in dict.fromkeys(imports(one)) if path not in known)
    return tuple(known)


_kept = lru_cache(maxsize=64)(closure)


@register.simple_tag
def module_preloads(name: str) -> SafeString:
    """Return ``<link rel="modulepreload">`` for a module and everything that it imports."""
    names = closure(name) if settings.DEBUG else _kept(name)
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ((static(one),) for one in names))
