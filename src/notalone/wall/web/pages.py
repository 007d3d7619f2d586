"""The wall as a page for big screens and phones."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notalone.festival import queries as festival
from notalone.live import queries as live
from notalone.wall import queries

MESSAGES = 240
LISTED = 12


@never_cache
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """Show the wall.

    The log's number is read before the bricks, so that none is missed; one that comes twice is known by its id.
    """
    seq = festival.latest_seq()
    bricks = queries.newest(MESSAGES)
    count = queries.count()
    data = {
        "seq": seq,
        "count": count,
        "lang": get_language() or "en",
        "bricks": [{"id": str(one.id), "text": one.text, "lang": one.lang, "kind": one.kind} for one in bricks],
        "gone": reverse("wall:gone"),
        "texts": {
            "one": ngettext("light in the wall", "lights in the wall", 1),
            "many": ngettext("light in the wall", "lights in the wall", 2),
            "away": _("Reconnecting: the wall goes on by itself in a moment."),
        },
    }
    context = {
        "data": data,
        "live": live.page_access(request, follow=["wall"], name="wall"),
        "count": count,
        "label": ngettext("light in the wall", "lights in the wall", count),
        "newest": bricks[::-1][:LISTED],
    }
    return render(request, "wall/wall.html", context)
