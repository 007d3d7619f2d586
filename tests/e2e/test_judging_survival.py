"""Whichever process is killed while visitors judge messages, every acknowledged judgement and code is there, once."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing
from http.client import HTTPException
from http.cookiejar import CookieJar
from uuid import uuid4

from tests.running import until

SIGNS = "23456789CDFGHJKMNPQRTVWXZ"


class Station:
    """A station's page: one session, the CSRF token, and the same sent again until it is acknowledged."""

    def __init__(self, house):
        self.base = house.base
        self.web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        text = self.until_answered(f"{self.base}/vi/station/the-call/").decode()
        self.page = json.loads(re.search(r'<script id="station" type="application/json">(.*?)</script>', text, re.S)[1])

    def until_answered(self, asked):
        end = time.monotonic() + 90
        while True:
            try:
                with self.web.open(asked, timeout=10) as answer:
                    return answer.read()
            except urllib.error.HTTPError as error:
                if error.code < 500 or time.monotonic() > end:
                    raise
            except (OSError, HTTPException):
                if time.monotonic() > end:
                    raise
            time.sleep(0.05)

    def post(self, path, value):
        asked = urllib.request.Request(self.base + path, json.dumps(value).encode())
        asked.add_header("Content-Type", "application/json")
        asked.add_header("X-CSRFToken", self.page["csrf"])
        return json.loads(self.until_answered(asked))["stored"]


def judgements(scenario):
    return {
        "id": str(uuid4()),
        "scenario": scenario,
        "lang": "vi",
        "order": "AB",
        "age": "10-12",
        "before": [1, 2, 1, 2],
        "after": [3, 0, 0, 3],
    }


def code(number):
    """Return the code with this number."""
    signs = ""
    for _ in range(12):
        number, at = divmod(number, len(SIGNS))
        signs += SIGNS[at]
    return signs


def test_no_acknowledged_judgement_or_code_is_lost_or_doubled_when_web_is_killed(house):
    acknowledged, ending, failed = [], threading.Event(), []

    def visit():
        try:
            while not ending.is_set():
                station = Station(house)
                for _ in range(10):  # one session may post so often a minute and no more
                    one = judgements(station.page["scenario"])
                    given = {"id": one["id"], "code": code(len(acknowledged)), "lang": "vi"}
                    assert station.post("/api/judged", one) == station.post("/api/judged/codes", given) == 1
                    acknowledged.append(one["id"])
        except BaseException as error:
            failed.append(error)
            raise

    visitors = threading.Thread(target=visit)
    visitors.start()
    for _ in range(2):
        many = len(acknowledged)
        until(lambda many=many: failed or len(acknowledged) > many + 5, "judgements are acknowledged")
        os.kill(house.pid("web"), signal.SIGKILL)
        until(house.ready, lambda: "all are up again:\n" + "\n".join(house.lines[-20:]))
    ending.set()
    visitors.join()
    assert failed == []
    with closing(sqlite3.connect(house.state / "festival.sqlite3")) as memory:
        rows = memory.execute("SELECT uid FROM guide_judged ORDER BY seq").fetchall()
        codes = memory.execute("SELECT judged_id FROM guide_code").fetchall()
    assert [row[0] for row in rows] == [one.replace("-", "") for one in acknowledged]
    assert len(codes) == len(acknowledged)
