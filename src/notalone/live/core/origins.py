"""Which pages may connect: those of the same host, and those named (RFC 6455, 10.2)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Origins:
    """A page may connect where it was served by the very host asked for, or is named.

    It must come from the web's port, or from the port asked for (a proxy that serves both under one address).
    ``web_port`` None: only from the latter, or named; ``named`` are origins such as ``https://festival.example.org``.
    """

    web_port: int | None
    named: frozenset[str] = frozenset()

    def allow(self, origin: str, host: str) -> bool:
        """Say whether a page of ``origin`` may connect to the ``Host`` it asked for."""
        if origin.lower().rstrip("/") in self.named:
            return True
        page, asked = _split(origin), _split(f"//{host}")
        if page is None or asked is None or page.scheme not in _DEFAULT_PORTS or page.path.strip("/"):
            return False
        port = page.port or _DEFAULT_PORTS[page.scheme]
        same_host = bool(page.hostname) and page.hostname == asked.hostname
        return same_host and port in {self.web_port, asked.port or _DEFAULT_PORTS[page.scheme]}


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        _ = parts.port  # reading it is what checks it
    except ValueError:
        return None
    return parts
