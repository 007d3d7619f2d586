"""Kind answers where something went wrong: what happened, that nothing is lost, where to go on."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from notalone.faces.context import LANGUAGE_NAMES, language_choices

_LANGUAGE = re.compile(r"/([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)(/|$)")


def _answer(
    request: HttpRequest, status: int, title: str, said: str, alone: bool = False, offer_languages: bool = False
) -> HttpResponse:
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": said}, status=status)
    context = {
        "title": title,
        "said": said,
        "status": status,
        "offer_languages": offer_languages,
        "lang_choices": language_choices(request.get_full_path()),
    }
    name = "faces/errors/alone.html" if alone else "faces/errors/error.html"
    answer = HttpResponse(loader.render_to_string(name, context, None if alone else request), status=status)
    patch_cache_control(answer, no_store=True)
    return answer


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that does not exist; one in an unknown language names the known ones."""
    asked = _LANGUAGE.match(request.path)
    if asked and asked[1].lower() not in {"api", *dict(settings.LANGUAGES)}:
        names = ", ".join(LANGUAGE_NAMES[code] for code, _name in settings.LANGUAGES)
        said = _("The festival does not speak “{code}”. It speaks: {names}.").format(code=asked[1], names=names)
        return _answer(request, 404, _("We do not speak this language yet"), said, offer_languages=True)
    said = _("Nothing stands at this address. Perhaps a letter is missing, or the page has moved.")
    return _answer(request, 404, _("This page is not here"), said)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when the program failed; needs neither database nor session."""
    said = _("That was our mistake, not yours. What was saved stays saved. Please try again in a moment.")
    return _answer(request, 500, _("Something broke here"), said, alone=True)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what a role may not see."""
    said = _("Your account may not open this page. Nothing was changed. An admin can give you the role for it.")
    return _answer(request, 403, _("This door is for others"), said)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer what cannot be read."""
    said = _("What arrived here cannot be read: it is too large or damaged. Nothing was changed. Please go back.")
    return _answer(request, 400, _("That did not arrive whole"), said, alone=True)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token."""
    said = _("The form was open too long, or came from another page. Go back, load it anew and send it once more.")
    return _answer(request, 403, _("Please send it once more"), said)
