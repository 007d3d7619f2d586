"""A retest's code as a QR code."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from notalone.guide.core.again import spell


def qr(request: HttpRequest, code: str, lang: str) -> str:
    """Return an SVG of the link to the retest (ISO/IEC 18004, error correction M, four modules of margin).

    The code stands after ``#``, which a browser keeps to itself: no log ever holds it.
    """
    with override(lang):
        path = f"{reverse('guide:again')}#{spell(code)}"
    url = f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        drawn, kind="svg", scale=8, border=4, dark="#0b1a2b", light="#ffffff", omitsize=True
    )
    return drawn.getvalue().decode()
