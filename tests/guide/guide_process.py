"""A process of its own that works on the database of its environment, so that a test may kill it or race it.

python -m tests.guide.guide_process DO...
"""

from __future__ import annotations

import json
import os
import signal
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
django.setup()

from django.test import Client  # noqa: E402

from notalone.guide import models  # noqa: E402
from notalone.guide.queries import digest  # noqa: E402


def post(door: str, value: dict) -> int:
    """Send what a station sends; return the answer's status."""
    return Client().post(door, json.dumps(value), content_type="application/json").status_code


def judge(uid: str, *after: str) -> int:
    counts = {"before": [1, 2, 1, 2], "after": [int(one) for one in after] or [3, 0, 0, 3]}
    told = {"id": uid, "scenario": "lucky-gems", "lang": "de", "order": "AB", "age": "13-15", **counts}
    return post("/api/judged", told)


def judge_and_die(uid: str, code: str) -> None:
    """Send judgements and a code, tell the answers, and end as kill -9 does."""
    print(judge(uid), post("/api/judged/codes", {"id": uid, "code": code, "lang": "de"}), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def judge_often(times: str, *uids: str) -> None:
    """Send the same judgements again and again; print every answer."""
    print(*(judge(uid) for _ in range(int(times)) for uid in uids))


def take_code(uid: str, code: str) -> None:
    """Ask for a code; print the answer."""
    print(post("/api/judged/codes", {"id": uid, "code": code, "lang": "de"}))


def told(*codes: str) -> None:
    """Print what is stored, and which codes belong to what."""
    rows = {str(row.uid): row.after for row in models.Judged.objects.order_by("seq")}
    kept = {code: models.Code.objects.filter(digest=digest(code)).first() for code in codes}
    print(json.dumps({"rows": rows, "codes": {code: one and str(one.judged.uid) for code, one in kept.items()}}))


if __name__ == "__main__":
    {"judge-and-die": judge_and_die, "judge-often": judge_often, "take-code": take_code, "told": told}[sys.argv[1]](
        *sys.argv[2:]
    )
