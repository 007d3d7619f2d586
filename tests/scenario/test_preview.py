"""The live preview answers as one types, follows the file, and never writes over another's work."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.scenario.example import CALL

from notalone.scenario.preview.page import texts
from notalone.scenario.preview.server import POLICY, Preview, mark


def nothing() -> None:
    return None


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    file = tmp_path / "scenario.yaml"
    file.write_text(CALL, encoding="utf-8")
    server = Preview(file, 0, nothing, texts("en"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def ask(
    preview: Preview, method: str, path: str, body: object = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", preview.server_port, timeout=30)
    sent = {"X-Preview": preview.secret} | {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, None if body is None else json.dumps(body), sent)
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def told(preview: Preview, text: str) -> dict[str, object]:
    status, _headers, body = ask(preview, "POST", "/check", {"text": text})
    assert status == 200
    return json.loads(body)


def test_a_draft_is_judged_without_being_saved(preview):
    draft = CALL.replace("to: told}", "to: tuld}", 1)
    line = 1 + draft[: draft.index("to: tuld}")].count("\n")
    assert told(preview, CALL)["score"]["id"] == "the-call"
    found = told(preview, draft)
    assert found["proved"] is False
    assert found["score"] is None
    assert [(one["rule"], one["line"], one["message"]) for one in found["problems"]] == [
        ("S1", line, "There is no scene “tuld”. Did you mean “told”?")
    ]
    assert preview.path.read_text(encoding="utf-8") == CALL


def test_a_broken_rule_comes_with_its_line_and_its_story_and_a_red_picture(preview):
    found = told(preview, CALL.replace('debrief: "', 'on: chat\n    # "', 1))
    assert [(one["rule"], bool(one["story"])) for one in found["problems"] if not one["warning"]] == [("S7", True)]
    assert found["score"] is not None
    assert "rules do not hold" in found["graph"]


@pytest.mark.parametrize("text", ["", "{", "a: [", "\x00", "- 1", "🙈: ‮", "format: 1"])
def test_whatever_is_typed_is_answered_with_a_sentence(preview, text):
    found = told(preview, text)
    assert found["proved"] is False
    assert all(one["message"] for one in found["problems"])


def test_a_story_too_large_for_typing_says_so(preview):
    wide = CALL.replace("trust: {from: 0, to: 3, start: 0}", "trust: {from: 0, to: 300000, start: 0}").replace(
        "if: trust < 3", "if: trust < 300000"
    )
    [problem] = told(preview, wide)["problems"]
    assert problem["message"].startswith("The scenario has more than 100,000 states")


def test_a_change_of_the_file_reaches_whoever_waits(preview):
    answers: list[dict[str, object]] = []
    seen = mark(CALL)
    wait = threading.Thread(target=lambda: answers.append(json.loads(ask(preview, "GET", f"/state?seen={seen}")[2])))
    wait.start()
    preview.path.write_text(CALL.replace("The call", "The long call"), encoding="utf-8")
    preview.look()
    wait.join(20)
    assert answers[0]["text"] == CALL.replace("The call", "The long call")
    assert answers[0]["mark"] == mark(CALL.replace("The call", "The long call"))


def test_saving_writes_the_file_once_and_never_over_a_change_from_elsewhere(preview):
    mine, theirs = CALL + "# mine\n", CALL + "# theirs\n"
    assert ask(preview, "POST", "/save", {"text": mine, "base": mark(CALL)})[0] == 200
    assert preview.path.read_text(encoding="utf-8") == mine
    preview.path.write_text(theirs, encoding="utf-8")
    assert ask(preview, "POST", "/save", {"text": CALL, "base": mark(mine)})[0] == 409
    assert preview.path.read_text(encoding="utf-8") == theirs


def test_a_page_of_another_origin_gets_nothing(preview):
    assert ask(preview, "GET", "/", Host=f"evil.example:{preview.server_port}")[0] == 421
    assert ask(preview, "POST", "/check", {"text": CALL}, Host="evil.example")[0] == 421
    assert ask(preview, "POST", "/save", {"text": "x", "base": mark(CALL)}, X_Preview="guessed")[0] == 403
    assert preview.path.read_text(encoding="utf-8") == CALL


@pytest.mark.parametrize("body", [None, [], {"text": 1}, "x"])
def test_what_is_no_text_is_refused_in_one_sentence(preview, body):
    status, _headers, answer = ask(preview, "POST", "/check", body)
    assert (status, json.loads(answer)) == (400, {"error": "This is not a text."})


@pytest.mark.parametrize(
    "path",
    ["/static/../queries.py", "/static/scenario/../../queries.py", "/static/scenario/%2e%2e/x.js",
     "/static/people/people.css", "/static/scenario/none.js", "/none"],
)  # fmt: skip
def test_only_the_files_of_the_page_are_given(preview, path):
    assert ask(preview, "GET", path)[0] == 404


def test_the_page_keeps_to_a_strict_policy(preview):
    status, headers, body = ask(preview, "GET", "/")
    assert status == 200
    assert headers["Content-Security-Policy"] == POLICY
    assert "unsafe" not in POLICY
    assert b"The scenario\\u2019s text" in body or "The scenario’s text".encode() in body


@pytest.mark.parametrize("lang", ["vi", "en", "de"])
def test_the_page_speaks_each_language(lang):
    said = texts(lang)
    assert said["page"]["save"] == {"vi": "Lưu", "en": "Save", "de": "Speichern"}[lang]
    assert sorted(said["phone"]) == ["de", "en", "vi"]
