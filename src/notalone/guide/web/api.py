"""The door for stations: judgements in, and the code of a retest."""

from __future__ import annotations

import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from notalone.festival import queries as festivals
from notalone.guide import actions, queries
from notalone.guide.core import again
from notalone.guide.core.judged import AGES, ORDERS, Judged, counts_of, forms_of
from notalone.guide.web import codes, limits
from notalone.kit import system
from notalone.kit.names import nearest
from notalone.kit.problems import CannotRead

MAX_BYTES = 4 * 1024
_FIELDS = {"id", "scenario", "lang", "order", "age", "before", "after"}


class _WrongError(ValueError):
    """What was sent is not accepted; the message says why in one sentence."""


def _error(status: int, why: str) -> JsonResponse:
    return JsonResponse({"error": why}, status=status)


def _read(request: HttpRequest, fields: set[str]) -> dict[str, object] | JsonResponse:
    if request.content_type != "application/json":
        return _error(415, "Send it as application/json.")
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return _error(413, f"At most {MAX_BYTES // 1024} KiB are taken.")
    if not limits.allows(request):
        refused = _error(429, "Too many at once: wait a minute and send it again.")
        refused["Retry-After"] = str(limits.SESSION.wait)
        return refused
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        return _error(400, "What was sent is not JSON.")
    if not isinstance(sent, dict) or set(sent) != fields:
        return _error(400, f"Send an object with the keys {', '.join(sorted(fields))}.")
    return sent


@require_POST
def judged(request: HttpRequest) -> HttpResponse:
    """Take one visitor's counts; answer ``{"stored": 1}`` once they are committed. Sending them again is harmless.

    ``{"id": random UUID, "scenario", "lang", "order": "AB" or "BA", "age": band or "", "before": [hits, misses, false
    alarms, correct rejections], "after": the same}``. 400: not accepted, 409: the id belongs to other counts.
    """
    sent = _read(request, _FIELDS)
    if isinstance(sent, JsonResponse):
        return sent
    try:
        actions.judge(_uuid(sent["id"]), _judged(sent))
    except actions.OtherError as error:
        return _error(409, str(error))
    except _WrongError as error:
        return _error(400, str(error))
    except CannotRead:
        return _error(503, "The festival cannot be read at the moment: try again.")
    return JsonResponse({"stored": 1})


def _uuid(value: object) -> UUID:
    try:
        uid = UUID(value) if isinstance(value, str) else None
    except ValueError:
        uid = None
    if uid is None or uid.version != 4:
        raise _WrongError("The id is a random UUID, version 4.")
    return uid


def _judged(sent: dict[str, object]) -> Judged:
    scenario, lang, order, age = (sent[name] for name in ("scenario", "lang", "order", "age"))
    festival = festivals.festival()
    known = {station.scenario for station in festival.stations.values()}
    if not isinstance(scenario, str) or scenario not in known:
        near = nearest(str(scenario)[:64], known)
        raise _WrongError(
            f"There is no scenario “{str(scenario)[:64]}”." + (f" Did you mean “{near}”?" if near else "")
        )
    if not isinstance(lang, str) or lang not in festival.languages:
        raise _WrongError(f"The festival does not speak “{str(lang)[:8]}”.")
    if not isinstance(order, str) or order not in ORDERS:
        raise _WrongError("The order is AB or BA.")
    if not isinstance(age, str) or age not in AGES:
        raise _WrongError(f"The age is one of {', '.join(AGES[1:])}, or empty.")
    halves = queries.form_halves(scenario)
    if not halves:
        raise _WrongError(f"The scenario “{scenario}” has no messages to judge.")
    counts = [
        counts_of(sent[name], *halves[form]) for name, form in zip(("before", "after"), forms_of(order), strict=True)
    ]
    before, after = counts
    if before is None or after is None:
        raise _WrongError("Counts are four whole numbers that add up to the form's messages.")
    return Judged(scenario, order, age, lang, before, after)


@require_POST
def code(request: HttpRequest) -> HttpResponse:
    """Let a code open the retest: ``{"id": of the counts, "code", "lang"}``; sending it again is harmless.

    Answers ``{"stored": 1, "qr": SVG text}`` once it is committed. 404: there are no such counts.
    """
    sent = _read(request, {"id", "code", "lang"})
    if isinstance(sent, JsonResponse):
        return sent
    try:
        uid = _uuid(sent["id"])
    except _WrongError as error:
        return _error(400, str(error))
    given, lang = sent["code"], sent["lang"]
    known = again.read(given) if isinstance(given, str) else None
    if known is None:
        return _error(400, f"A code is {again.LENGTH} of the signs {again.ALPHABET}.")
    if not isinstance(lang, str) or lang not in festivals.festival().languages:
        return _error(400, "The festival does not speak this language.")
    try:
        actions.keep_code(uid, known, system.now())
    except actions.UnknownError as error:
        return _error(404, str(error))
    except actions.OtherError as error:
        return _error(409, str(error))
    return JsonResponse({"stored": 1, "qr": codes.qr(request, known, lang)})
