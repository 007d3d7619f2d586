"""The doors for programs: a station's moments in, scores out."""

from __future__ import annotations

import json
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from notalone.festival import actions, queries
from notalone.festival.web import limits
from notalone.kit.names import nearest

MAX_BYTES = 64 * 1024


def _error(status: int, why: str, **more: object) -> JsonResponse:
    return JsonResponse({"error": why, **more}, status=status)


@require_POST
def moments(request: HttpRequest) -> HttpResponse:
    """Take ``{"moments": [moment, ...]}`` from a station; answer ``{"stored": n}`` once they are committed.

    ``n`` is how many were accepted, also those that were sent before. What is not accepted is answered with
    ``{"error": sentence}`` and nothing is stored; where one moment is at fault, ``"index"`` counts it from 0,
    so that the station can drop it and send the others again. 403: the session ended, load the page again.
    """
    if request.content_type != "application/json":
        return _error(415, "Send the moments as application/json.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return _error(413, f"At most {MAX_BYTES // 1024} KiB are taken at once.")
    if not limits.allows(request):
        refused = _error(429, "Too many at once: wait a second and send the moments again.")
        refused["Retry-After"] = "1"
        return refused
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return _error(400, "What was sent is not JSON.")
    if not isinstance(sent, dict) or set(sent) != {"moments"}:
        return _error(400, 'Send an object with the one key "moments".')
    try:
        actions.receive(sent["moments"])
    except actions.RefusedError as error:
        said = str(error)
        said = said[0].upper() + said[1:] + ("" if said.endswith("?") else ".")
        return _error(400, said, index=error.index)
    return JsonResponse({"stored": len(sent["moments"])})


@require_safe
def score(request: HttpRequest, scenario: str, lang: str) -> HttpResponseBase:
    """Answer the score of a scenario with the texts of one language."""
    festival = queries.festival()
    known = {station.scenario for station in festival.stations.values()}
    if scenario not in known:
        return _error(404, f"There is no scenario “{scenario[:64]}”.", near=nearest(scenario[:64], known))
    if lang not in festival.languages:
        spoken = ", ".join(festival.languages)
        near = nearest(lang[:8], festival.languages)
        return _error(404, f"There is no language “{lang[:8]}”; the languages are {spoken}.", near=near)
    whole = queries.score(scenario)
    etag = f'"{whole["hash"]}-{lang}"'
    response = get_conditional_response(
        request,
        etag=etag,
        response=JsonResponse({**whole, "texts": {lang: whole["texts"][lang]}}),
    )
    answer = cast(HttpResponse, response)
    answer["ETag"] = etag
    answer["Cache-Control"] = "no-cache"
    return answer
