"""What guards every page and every line of the log."""

from __future__ import annotations

import logging

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from tests.running import ROOT

from notalone.people import actions
from notalone.project.guard import DENIED, no_flood, without_passes

PAGES = ["/en/", "/en/station/the-call/", "/vi/wall/", "/de/show/", "/en/staff/login/", "/en/lost/", "/healthz", "/"]


@pytest.fixture(autouse=True)
def demo(settings, db):
    settings.FESTIVAL_FOLDER = ROOT / "content" / "demo"
    cache.clear()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_denies_what_no_page_here_needs(path):
    answer = Client().get(path)
    denied = answer["Permissions-Policy"].split(", ")
    assert {"geolocation=()", "camera=()", "microphone=()", "payment=()"} <= set(denied)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_what_our_pages_use_is_not_denied():
    scripts = "".join(file.read_text() for file in (ROOT / "src" / "notalone").glob("*/static/**/*.js"))
    assert "wakeLock" in scripts
    assert {"screen-wake-lock", "autoplay", "fullscreen"}.isdisjoint(DENIED)


@pytest.mark.parametrize("production", [False, True])
def test_behind_a_proxy_wrong_passwords_lock_out_the_address_they_came_from_alone(settings, production):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if production else None
    actions.add_person(None, "linh", ["guide"], "a-password-of-linh")

    def log_in(password, forwarded):
        sent = {"username": "linh", "password": password}
        return Client().post("/en/staff/login/", sent, headers={"X-Forwarded-For": forwarded}).status_code

    for _ in range(8):
        log_in("wrong", "10.0.0.1, 203.0.113.7")
    assert AccessAttempt.objects.get().ip_address == ("203.0.113.7" if production else "127.0.0.1")
    assert log_in("a-password-of-linh", "203.0.113.7") == 429
    assert log_in("a-password-of-linh", "203.0.113.8") == (302 if production else 429)


@pytest.mark.parametrize("forwarded", ["", "unknown", "1.2.3.4:99", "<script>", "x" * 9999])
def test_an_address_that_is_none_leaves_the_proxys_own(settings, forwarded):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    sent = {"username": "linh", "password": "wrong"}
    assert Client().post("/en/staff/login/", sent, headers={"X-Forwarded-For": forwarded}).status_code == 200
    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"


@pytest.mark.parametrize(
    ("message", "args", "kept"),
    [
        ("Not Found: %s", ("/vi/pass/AbCd-1234_xyz/qr.png",), "Not Found: /vi/pass/…/qr.png"),
        ("Forbidden (%s): %s", ("token", "/en/pass/abcdefgh/"), "Forbidden (token): /en/pass/…/"),
        ("Not Found: %s", ("/en/pass/gone/",), "Not Found: /en/pass/gone/"),
        ("Not Found: %s", ("/en/pass/",), "Not Found: /en/pass/"),
        ("Not Found: %s", ("/en/pass/gone-8characters/x",), "Not Found: /en/pass/…/x"),
    ],
)
def test_no_line_of_the_log_holds_the_code_of_a_pass(message, args, kept):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    assert without_passes(record)
    assert record.getMessage() == kept


@pytest.mark.parametrize(("status", "kept"), [(429, False), (400, True), (403, True), (500, True)])
def test_who_sends_too_much_does_not_fill_the_log(status, kept):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", ("/api/moments",), None)
    record.status_code = status
    assert no_flood(record) is kept


def test_the_log_is_written_through_these_filters(settings):
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["health", "flood", "passes"]
