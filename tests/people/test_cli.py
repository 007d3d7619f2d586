"""``notalone staff …`` and ``notalone audit …``."""

from __future__ import annotations

import re

from django.db import connection
from typer.testing import CliRunner

from notalone.people import actions
from notalone.people.cli import app, audit
from notalone.people.models import Person


def staff(*words, **more):
    return CliRunner().invoke(app, words, **more)


def test_somebody_is_added_and_the_password_told_once(db):
    said = staff("add", "linh", "--role", "guide", "--role", "moderator")
    secret = re.search(r"only this once: (\S+)", said.output)[1]
    assert Person.objects.get(username="linh").check_password(secret)
    assert staff("list").output.split() == ["linh", "guide,", "moderator"]


def test_an_own_password_is_asked_for_and_a_weak_one_refused(db):
    weak = staff("add", "linh", "--role", "guide", "--ask", input="1234\n1234\n")
    assert weak.exit_code == 2
    assert "too short" in weak.output
    good = "four-quiet-green-boats"
    assert staff("add", "linh", "--role", "guide", "--ask", input=f"{good}\n{good}\n").exit_code == 0
    assert Person.objects.get().check_password(good)
    assert not Person.objects.get().must_change_password


def test_an_unknown_role_is_named_with_the_nearest(db):
    said = staff("add", "linh", "--role", "moderater")
    assert said.exit_code == 2
    assert said.output.strip() == "There is no role “moderater”. Did you mean “moderator”?"


def test_a_forgotten_password_is_replaced(person):
    linh = person("linh", "guide")
    secret = staff("password", "linh").output.split()[-1]
    linh.refresh_from_db()
    assert linh.check_password(secret)
    assert linh.must_change_password
    unknown = staff("password", "lin")
    assert (unknown.exit_code, unknown.output.strip()) == (2, "There is nobody named “lin”. Did you mean “linh”?")


def test_the_audit_log_is_verified(db):
    actions.audit(None, "try", "thing")
    whole = CliRunner().invoke(audit, ["verify"])
    assert whole.exit_code == 0, whole.output
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_auditrow SET verb = 'x'")
    broken = CliRunner().invoke(audit, ["verify"])
    assert broken.exit_code == 1
    assert "breaks at row 1" in broken.output
