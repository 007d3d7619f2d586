"""The stage page for everyone, and the light desk for technicians."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notalone.kit.problems import CannotRead
from notalone.live import queries as live
from notalone.people import queries as people
from notalone.show import queries

_log = logging.getLogger("notalone.show")


def _plan() -> Mapping[str, Any]:
    """Return the plan in the page's language; an empty one where the folder's light cannot be read."""
    try:
        return queries.plan(Path(settings.FESTIVAL_FOLDER), get_language() or "en")
    except CannotRead as error:
        _log.error("%s", error)
        return {"cells": [], "places": [], "cues": {}}


@never_cache
@require_safe
def stage(request: HttpRequest) -> HttpResponse:
    """Show the plan of the house with its light as it is on the wire."""
    plan = _plan()
    texts = {"waiting": _("Waiting for the show …"), "dark": _("Dark")}
    context = {
        "plan": {**plan, "texts": texts},
        "places": plan["places"],
        "live": live.page_access(request, follow=["show/state", "show/frame"], name="stage"),
    }
    return render(request, "show/stage.html", context)


@never_cache
@require_safe
@people.needs("technician")
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk: grand master, blackout, calm mode, and what runs where."""
    plan = _plan()
    texts = {
        "waiting": _("Waiting for the show …"),
        "dark": _("Dark"),
        "running": _("The show is running."),
        "free": _("Everything passes as it is."),
        "holding": _("Held back: %(count)s"),
        "unsent": _("Not connected: what you set here is sent as soon as the show is back."),
        "wire": _("Sending"),
    }
    context = {
        "plan": {"places": plan["places"], "cues": plan["cues"], "texts": texts},
        "places": plan["places"],
        "live": live.page_access(request, follow=["show/state", "show/desk"], publish=["show/desk"], name="desk"),
    }
    return render(request, "show/desk.html", context)
