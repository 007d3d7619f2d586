"""What guards every page and every line of the log, whichever room answers."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]
# not among them: sound, the full screen, and keeping a screen awake
DENIED = (
    "accelerometer", "ambient-light-sensor", "attribution-reporting", "bluetooth", "browsing-topics", "camera",
    "clipboard-read", "display-capture", "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid",
    "identity-credentials-get", "idle-detection", "interest-cohort", "local-fonts", "magnetometer", "microphone",
    "midi", "otp-credentials", "payment", "publickey-credentials-get", "serial", "usb",
    "window-management", "xr-spatial-tracking",
)  # fmt: skip
POLICY = ", ".join(f"{feature}=()" for feature in DENIED)
_CODE = re.compile(r"(/pass/)(?!gone(?:/|$|\s))[^/\s]+")


class PermissionsPolicy:
    """Denies to every page what no page here ever needs (W3C Permissions Policy)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = POLICY
        return response


class Forwarded:
    """Behind the reverse proxy of a production, lets ``REMOTE_ADDR`` be the address that the proxy added last.

    Otherwise all visitors would share one allowance, and one stranger's wrong passwords would lock out all staff.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request."""
        if settings.SECURE_PROXY_SSL_HEADER:
            added = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
            with contextlib.suppress(ValueError):  # no address: the proxy's own stands
                request.META["REMOTE_ADDR"] = str(ip_address(added))
        return self.get_response(request)


def no_flood(record: logging.LogRecord) -> bool:
    """Keep a line of the log unless it tells of one sender who sends too much: that would fill the disk."""
    return getattr(record, "status_code", None) != HTTPStatus.TOO_MANY_REQUESTS


def without_passes(record: logging.LogRecord) -> bool:
    """Take the codes of passes out of a line of the log; always True, as a filter that keeps the line."""
    said = record.getMessage()
    masked = _CODE.sub(r"\1…", said)
    if masked != said:
        record.msg, record.args = masked, ()
    return True
