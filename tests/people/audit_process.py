"""A process of its own that writes to the audit log of the database of its environment.

python -m tests.people.audit_process DO...
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from notalone.people import actions, queries  # noqa: E402
from notalone.people.models import AuditRow, Person  # noqa: E402


def write(name: str, count: str) -> None:
    """Write rows, every third of them in a transaction that is rolled back."""
    for number in range(int(count)):
        with transaction.atomic():
            actions.audit(None, "try", f"{name} {number}", {"number": number})
            transaction.set_rollback(number % 3 == 2)


def demote(username: str) -> None:
    """Take the admin's role from somebody; print whether that was allowed."""
    try:
        actions.set_roles(None, Person.objects.get(username=username).pk, ["guide"])
        print("done")
    except actions.RefusedError:
        print("refused")


def check() -> None:
    """Print the database's kind, the first broken row and the number of rows."""
    print(connection.vendor, queries.verify_audit(), AuditRow.objects.count())


if __name__ == "__main__":
    {
        "write": write,
        "add": lambda name: actions.add_person(None, name, ["admin"], "four-quiet-green-boats"),
        "demote": demote,
        "check": check,
    }[sys.argv[1]](*sys.argv[2:])
