"""The shells' own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language, get_language_from_request
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notalone.faces import errors, front, health, samples
from notalone.festival import actions as festival_actions
from notalone.festival import queries as festivals
from notalone.kit import system
from notalone.kit.problems import CannotRead

not_found = errors.not_found
broken = errors.broken
forbidden = errors.forbidden
bad_request = errors.bad_request
csrf_failure = errors.csrf_failure

PASS_COOKIE = "pass"  # noqa: S105 -- the cookie's name


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Lead to the visitor's language, or to English."""
    answer = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say which processes answer: 200 where all do, 503 where one does not."""
    found = health.check()
    return JsonResponse(found.as_json(), status=200 if found.well else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines to leave staff pages and passes alone."""
    lines = ["User-agent: *", "Disallow: /*/staff/", "Disallow: /*/pass/", "Disallow: /*/neutral/", "Disallow: /api/"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def brand(request: HttpRequest) -> HttpResponse:
    """Give the festival's own colours as custom properties; none where the folder cannot be read."""
    try:
        colours = festivals.festival().brand
    except CannotRead:
        return HttpResponse("", content_type="text/css; charset=utf-8")
    css = f":root{{--night:{colours.night};--ember:{colours.ember};--tide:{colours.tide};--coral:{colours.coral}}}\n"
    answer = HttpResponse(css, content_type="text/css; charset=utf-8")
    patch_cache_control(answer, public=True, max_age=300)
    return answer


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Tell what the festival is, what is on, and where to begin."""
    return render(request, "faces/home.html", {**front.page(get_language() or "en", system.now())})


@require_safe
def neutral(request: HttpRequest) -> HttpResponse:
    """Show a plain page about the weather; throw the pass away first where the visitor asked for it."""
    answer = render(request, "faces/neutral.html")
    if "forget" in request.GET and _from_our_own_page(request):
        festival_actions.throw_away_pass(request.COOKIES.get(PASS_COOKIE, ""))
        answer.delete_cookie(PASS_COOKIE, samesite="Lax")
        request.session.flush()
    patch_cache_control(answer, no_store=True)
    return answer


def _from_our_own_page(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    # a hall's network without TLS: browsers tell the site to secure addresses alone (Fetch Metadata, 2)
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return False
    return (page.scheme, page.netloc) == (request.scheme, request.get_host())


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Show every token and component of the design, in both themes."""
    return render(request, "faces/design.html", {"themes": ("day", "night"), **samples.ALL})
