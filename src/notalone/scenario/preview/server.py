"""The live preview of one scenario, on this machine alone: its text, its proof and its phone, side by side.

It listens on 127.0.0.1 only, answers only to that name (a page elsewhere that has its own name point here gets
nothing), and writes the one file that it was started for, never over what somebody else wrote meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from notalone.scenario.preview.drafts import judged
from notalone.scenario.queries import Context

HOST = "127.0.0.1"
LONGEST_TEXT = 2_000_000  # bytes
WAIT_S = 20.0
LOOK_S = 0.25
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Names = Callable[[], Context | None]


class Preview(ThreadingHTTPServer):
    """Serves the preview of the scenario file ``path``; ``names`` gives the festival's names around it.

    Raises:
        OSError: the port is taken.
    """

    daemon_threads = True

    def __init__(self, path: Path, port: int, names: Names, texts: Mapping[str, Any]) -> None:
        self.path, self.names, self.texts = path, names, texts
        self.secret = secrets.token_urlsafe(16)
        self.changed = threading.Condition()
        self.ending = threading.Event()
        self.text = self.read()
        super().__init__((HOST, port), partial(_Answer, self))
        self.hosts = {f"{name}:{self.server_port}" for name in (HOST, "localhost")}
        threading.Thread(target=self.watch, daemon=True).start()

    @property
    def url(self) -> str:
        """Return the address to open."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 -- as the base class has it
        """Pass over a page that went away while it was answered."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def read(self) -> str:
        """Return the file's text now; nothing where it cannot be read."""
        try:
            return self.path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""

    def look(self) -> None:
        """Read the file again, and tell those who wait where it, or what lies beside it, changed."""
        text = self.read()
        with self.changed:
            if text != self.text:
                self.text = text
                self.changed.notify_all()

    def watch(self) -> None:
        """Look at the file until the server closes."""
        while not self.ending.wait(LOOK_S):
            self.look()

    def server_close(self) -> None:
        """Close, and let nobody wait."""
        self.ending.set()
        with self.changed:
            self.changed.notify_all()
        super().server_close()

    def wait_for_other(self, seen: str) -> str:
        """Return the file's text as soon as it is not the one that was seen, or after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.ending.is_set() or mark(self.text) != seen, WAIT_S)
            return self.text

    def save(self, text: str, base: str) -> bool:
        """Write the file as a whole; False, and nothing is written, where it is no longer the one of ``base``."""
        with self.changed:
            if mark(self.read()) != base:
                return False
            beside = self.path.with_name(f".{self.path.name}.new")
            beside.write_text(text, encoding="utf-8")
            beside.replace(self.path)
            self.text = text
            self.changed.notify_all()
            return True

    def judge(self, text: str) -> dict[str, Any]:
        """Return the draft's verdict with its mark."""
        return {"mark": mark(text), **judged(self.path, text, self.names())}


def mark(text: str) -> str:
    """Return what tells one text from another."""
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:16]


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "notalone", ""

    def __init__(self, preview: Preview, *parts: Any) -> None:  # noqa: ANN401 -- handed on as they come
        self.preview = preview
        super().__init__(*parts)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the terminal for what matters."""

    def do_GET(self) -> None:
        """Answer the page, its files, and what the file holds now."""
        if not self._welcome():
            return
        parts = urlsplit(self.path)
        if parts.path == "/":
            self._page()
        elif parts.path.startswith("/static/"):
            self._file(unquote(parts.path.removeprefix("/static/")))
        elif parts.path == "/state":
            text = self.preview.wait_for_other(parse_qs(parts.query).get("seen", [""])[0])
            self._json(HTTPStatus.OK, {"text": text, **self.preview.judge(text)})
        else:
            self._say(HTTPStatus.NOT_FOUND, "text/plain", b"There is nothing here.")

    def do_POST(self) -> None:
        """Judge a draft, or save it."""
        if not self._welcome():
            return
        asked = self._asked()
        if self.headers.get("X-Preview") != self.preview.secret:
            self._json(HTTPStatus.FORBIDDEN, {"error": "Open the preview again; this page belongs to another one."})
        elif asked is None:
            self._json(HTTPStatus.BAD_REQUEST, {"error": "This is not a text."})
        elif self.path == "/check":
            self._json(HTTPStatus.OK, self.preview.judge(asked["text"]))
        elif self.path == "/save":
            try:
                saved = self.preview.save(asked["text"], str(asked.get("base")))
            except OSError as error:
                self._json(HTTPStatus.INTERNAL_SERVER_ERROR, {"error": f"This cannot be written: {error.strerror}."})
                return
            self._json(HTTPStatus.OK if saved else HTTPStatus.CONFLICT, {"mark": mark(self.preview.read())})
        else:
            self._json(HTTPStatus.NOT_FOUND, {"error": "There is nothing here."})

    def _welcome(self) -> bool:
        if self.headers.get("Host") in self.preview.hosts:
            return True
        self._say(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"This preview answers to its own address only.")
        return False

    def _asked(self) -> dict[str, Any] | None:
        length = self.headers.get("Content-Length", "")
        size = int(length) if length.isdecimal() else -1
        if not 0 <= size <= LONGEST_TEXT:
            self.close_connection = True
            return None
        try:
            asked = json.loads(self.rfile.read(size))
        except (ValueError, RecursionError):
            return None
        return asked if isinstance(asked, dict) and isinstance(asked.get("text"), str) else None

    def _page(self) -> None:
        page = resources.files("notalone.scenario.preview").joinpath("page.html").read_text(encoding="utf-8")
        given = {"secret": self.preview.secret, "file": str(self.preview.path), "texts": self.preview.texts}
        data = json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")
        self._say(
            HTTPStatus.OK,
            "text/html",
            page.replace("{{ lang }}", self.preview.texts["lang"]).replace("{{ data }}", data).encode(),
        )

    def _file(self, name: str) -> None:
        room, _slash, _rest = name.partition("/")
        base = Path(str(resources.files("notalone"))) / room / "static"
        file = (base / name).resolve()
        kind = KINDS.get(file.suffix)
        if kind is None or room not in ("scenario", "faces") or not file.is_relative_to(base) or not file.is_file():
            self._say(HTTPStatus.NOT_FOUND, "text/plain", b"There is nothing here.")
        else:
            self._say(HTTPStatus.OK, kind, file.read_bytes())

    def _json(self, status: HTTPStatus, value: Mapping[str, Any]) -> None:
        self._say(status, "application/json", json.dumps(value, ensure_ascii=True).encode())

    def _say(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind if kind.startswith("font") else f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
