"""Starts the live preview, with its texts in the author's language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.utils.translation import override

from notalone.kit.problems import CannotRead, Problem
from notalone.scenario.phrases import phone, preview
from notalone.scenario.preview.server import Preview
from notalone.scenario.queries import Context

Hook = Callable[[Path], Context | None]


def texts(lang: str) -> dict[str, Any]:
    """Return the page's texts in one language, the phone's in every language of the house."""
    django.setup()
    said: dict[str, Any] = {"lang": lang, "languages": {}, "phone": {}}
    for code, name in settings.LANGUAGES:
        with override(code):
            said["languages"][code] = str(name)
            said["phone"][code] = phone()
    with override(lang):
        said["page"] = preview()
    return said


def serve(path: Path, port: int, lang: str, context_for: Hook, tell: Callable[[str], object]) -> None:
    """Serve the preview of a scenario file until Ctrl-C.

    Raises:
        CannotRead: the port is taken.
    """

    def names() -> Context | None:
        try:
            return context_for(path)
        except CannotRead:
            return None

    try:
        server = Preview(path, port, names, texts(lang))
    except OSError as error:
        said = f"Port {port} is taken; say another with --port."
        raise CannotRead(Problem(str(path), 0, 0, said)) from error
    tell(f"{path}: preview at {server.url} (Ctrl-C ends it)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        tell("Ended.")
    finally:
        server.server_close()
