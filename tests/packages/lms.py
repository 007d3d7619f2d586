"""Learning platforms for tests: files served as they are, and an LMS that holds a package to the rules of cmi5."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

KINDS = {"html": "text/html; charset=utf-8", "js": "text/javascript", "json": "application/json"}
VERBS = "http://adlnet.gov/expapi/verbs/"
CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
MOVE_ON = "https://w3id.org/xapi/cmi5/context/categories/moveon"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://school.example", "name": "pupil-7"}}
REGISTRATION = "760e3480-ba55-4991-94b0-01820dbd23a2"
ACTIVITY = "https://school.example/activities/1"
DURATION = re.compile(r"PT\d+(?:\.\d{1,2})?S\Z")
UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z\Z")


@contextmanager
def listening(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Serve until the block ends; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Quiet(BaseHTTPRequestHandler):
    """Answers without a word on the terminal, and to pages of any origin."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def say(self, status: int, body: str = "", kind: str = "json") -> None:
        """Answer."""
        raw = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", KINDS[kind])
        self.send_header("Content-Length", str(len(raw)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Experience-API-Version")
        self.send_header("Access-Control-Allow-Methods", "GET, PUT, POST, OPTIONS")
        self.end_headers()
        self.wfile.write(raw)

    def do_OPTIONS(self) -> None:
        """Allow what a browser asks before."""
        self.say(204)


@contextmanager
def files(served: dict[str, str]) -> Iterator[str]:
    """Serve texts by their paths; give the address."""

    class Files(Quiet):
        def do_GET(self) -> None:
            name = urlsplit(self.path).path
            if name in served:
                self.say(200, served[name], name.rpartition(".")[2])
            else:
                self.say(404)

    with listening(Files) as base:
        yield base


class Lms:
    """What an LMS keeps of one launch after the other, and every rule of cmi5 (Quartz) that was broken."""

    def __init__(self, *, mode: str = "Normal", languages: str | None = None, publisher: str = "") -> None:
        self.mode, self.languages, self.publisher = mode, languages, publisher
        self.base = ""
        self.sessions = 0
        self.fetched: set[str] = set()
        self.documents: dict[str, Any] = {}
        self.statements: list[dict[str, Any]] = []
        self.broken: list[str] = []

    def launch(self, page: str) -> str:
        """Begin a session; return the address that launches ``page`` (8.1)."""
        self.sessions += 1
        query = {
            "endpoint": f"{self.base}/xapi",
            "fetch": f"{self.base}/token?k={self.sessions}",
            "actor": json.dumps(ACTOR),
            "registration": REGISTRATION,
            "activityId": ACTIVITY,
        }
        return f"{page}?{urlencode(query)}"

    @property
    def session(self) -> str:
        """Return the id of the session that is under way."""
        return f"session-{self.sessions}"

    def template(self) -> dict[str, Any]:
        """Return the context template of LMS.LaunchData (10.2.1)."""
        return {
            "extensions": {SESSION: self.session},
            "contextActivities": {"grouping": [{"objectType": "Activity", "id": self.publisher}]},
        }

    def launch_data(self) -> dict[str, Any]:
        """Return LMS.LaunchData (10.2)."""
        return {
            "contextTemplate": self.template(),
            "launchMode": self.mode,
            "moveOn": "Completed",
            "returnURL": f"{self.base}/back.html",
        }

    def verbs(self, session: int | None = None) -> list[str]:
        """Return the verbs of a session (the last) in order."""
        name = f"session-{session or self.sessions}"
        return [one["verb"]["id"].removeprefix(VERBS) for one in self.statements if session_of(one) == name]

    def take(self, one: dict[str, Any]) -> None:
        """Record a statement after judging it."""
        mine = [other for other in self.statements if session_of(other) == self.session]
        verbs = [other["verb"]["id"].removeprefix(VERBS) for other in mine]
        verb = one["verb"]["id"].removeprefix(VERBS)
        self.require(one.get("actor") == ACTOR, "9.2: another actor")
        self.require(bool(UTC.match(one.get("timestamp", ""))), "9.7: no time in UTC")
        self.require(not mine or one["timestamp"] >= mine[-1]["timestamp"], "9.3: times out of order")
        self.require(one["id"] not in [other["id"] for other in self.statements], "9.1: an id twice")
        self.require("terminated" not in verbs, "9.3: something after “terminated”")
        self.require(bool(mine) or verb == "initialized", "9.3: “initialized” is not the first")
        context = one.get("context", {})
        self.require(context.get("registration") == REGISTRATION, "9.6.1: another registration")
        for key, value in self.template()["extensions"].items():
            self.require(context.get("extensions", {}).get(key) == value, "9.6.3.1: no session id")
        grouping = context.get("contextActivities", {}).get("grouping")
        self.require(grouping == self.template()["contextActivities"]["grouping"], "10.2.1: the template was changed")
        categories = {each["id"] for each in context["contextActivities"].get("category", [])}
        result = one.get("result", {})
        self.require((MOVE_ON in categories) == bool({"success", "completion"} & set(result)), "9.6.2.2: moveOn")
        if CMI5 in categories:
            self.judge_defined(one, verb, verbs, result)
        self.statements.append(one)

    def judge_defined(self, one: dict[str, Any], verb: str, before: list[str], result: dict[str, Any]) -> None:
        """Judge a “cmi5 defined” statement (9.3 to 9.5)."""
        self.require(verb in ("initialized", "completed", "terminated"), f"9.3: “{verb}” is not expected of this unit")
        self.require(one["object"]["id"] == ACTIVITY, "9.4: the object is not the activity")
        self.require(verb not in before, f"9.3: “{verb}” twice in a session")
        self.require("score" not in result and "success" not in result, "9.5: a score or success")
        self.require(("completion" in result) == (verb == "completed"), "9.5.3: completion")
        if verb in ("completed", "terminated"):
            self.require(bool(DURATION.match(result.get("duration", ""))), "9.5.4: no duration")
        if verb == "completed":
            every = [other["verb"]["id"] for other in self.statements]
            self.require(VERBS + verb not in every, "9.3.3: completed twice in a registration")
            self.require(self.mode == "Normal", "10.2.2: completed though nothing is judged")

    def require(self, holds: bool, said: str) -> None:
        """Note a rule that does not hold."""
        if not holds:
            self.broken.append(said)


def session_of(statement: dict[str, Any]) -> str:
    """Return the session that a statement belongs to."""
    return str(statement["context"]["extensions"][SESSION])


@contextmanager
def serving(lms: Lms) -> Iterator[Lms]:
    """Let the LMS listen until the block ends."""

    class Answer(Quiet):
        def do_GET(self) -> None:
            path, query = self.asked()
            if path == "/back.html":
                self.say(200, "<!doctype html><title>Back</title><p>Back</p>", "html")
            elif path == "/xapi/activities/state" and self.known(query):
                name = query.get("stateId", "")
                found = lms.launch_data() if name == "LMS.LaunchData" else lms.documents.get(name)
                self.say(200 if found is not None else 404, json.dumps(found) if found is not None else "")
            elif path == "/xapi/agents/profile" and self.known(query, state=False):
                lms.require(query.get("profileId") == "cmi5LearnerPreferences", "11: another profile")
                wishes = json.dumps({"languagePreference": lms.languages, "audioPreference": "off"})
                self.say(200 if lms.languages else 404, wishes if lms.languages else "")
            else:
                self.say(404)

        def do_PUT(self) -> None:
            path, query = self.asked()
            body = self.body()
            if path == "/xapi/activities/state" and self.known(query):
                lms.require(query["stateId"] != "LMS.LaunchData", "10.2.1: LMS.LaunchData was changed")
                lms.documents[query["stateId"]] = body
                self.say(204)
            else:
                self.say(404)

        def do_POST(self) -> None:
            path, query = self.asked()
            if path == "/token":
                self.token(query["k"])
            elif path == "/xapi/statements" and self.authorised():
                body = self.body()
                for one in body if isinstance(body, list) else [body]:
                    lms.take(one)
                self.say(200, json.dumps([one["id"] for one in body]))
            else:
                self.say(404)

        def asked(self) -> tuple[str, dict[str, str]]:
            parts = urlsplit(self.path)
            return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

        def body(self) -> Any:
            return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

        def token(self, key: str) -> None:
            lms.require(key not in lms.fetched, "8.2.1: the token was fetched twice")
            again = json.dumps({"error-code": "1", "error-text": "The authorization token has already been returned."})
            self.say(200, again if key in lms.fetched else json.dumps({"auth-token": f"secret-{key}"}))
            lms.fetched.add(key)

        def authorised(self) -> bool:
            lms.require(self.headers["Authorization"] == f"Basic secret-{lms.sessions}", "8.2.1: no token")
            lms.require(self.headers["X-Experience-API-Version"] == "1.0.3", "xAPI 6.2: no version")
            return True

        def known(self, query: dict[str, str], state: bool = True) -> bool:
            lms.require(json.loads(query.get("agent", "null")) == ACTOR, "8.1.3: another agent")
            if state:
                lms.require(query.get("registration") == REGISTRATION, "8.1.4: another registration")
                lms.require(query.get("activityId") == ACTIVITY, "8.1.5: another activity")
            return self.authorised()

    with listening(Answer) as base:
        lms.base = base
        yield lms
