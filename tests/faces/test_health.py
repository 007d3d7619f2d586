"""``GET /healthz``; with all processes running it is tested in tests/e2e."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


def ask():
    answer = Client().get("/healthz")
    return answer.status_code, json.loads(answer.content)


@pytest.fixture
def live(settings):
    """Answer on live's port with what the test says, as live itself would."""

    class Answer(BaseHTTPRequestHandler):
        said: dict = {}

        def do_GET(self):
            body = json.dumps(self.said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    settings.LIVE_PORT = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Answer
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("said", "status", "expected"),
    [
        ({"live": "ok", "present": {"show": {"connections": 1, "seen_ms": 412}}}, 200, ("ok", "ok", "ok")),
        ({"live": "ok", "present": {"show": {"connections": 1, "seen_ms": 2999}}}, 200, ("ok", "ok", "ok")),
        ({"live": "ok", "present": {"show": {"connections": 1, "seen_ms": 3000}}}, 503, ("ok", "ok", "down")),
        ({"live": "ok", "present": {}}, 503, ("ok", "ok", "down")),
        ({"garbage": True}, 503, ("ok", "down", "down")),
    ],
)
def test_health_names_what_is_down(live, said, status, expected):
    live.said = said
    assert ask() == (status, dict(zip(("web", "live", "show"), expected, strict=True)))


def test_a_live_that_is_not_there_is_down_and_so_is_the_show_behind_it(settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.LIVE_PORT = free.getsockname()[1]
        assert ask() == (503, {"web": "ok", "live": "down", "show": "down"})


def test_a_database_that_does_not_answer_takes_web_down(live, monkeypatch):
    live.said = {"live": "ok", "present": {"show": {"connections": 1, "seen_ms": 1}}}

    def refuse():
        raise OperationalError("the database is gone")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert ask() == (503, {"web": "down", "live": "ok", "show": "ok"})


def test_nobody_keeps_an_old_answer():
    assert "no-store" in Client().get("/healthz")["Cache-Control"]
