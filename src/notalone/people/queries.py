"""The door for reads: who may do what, the accounts, the audit log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from notalone.kit.moments import Json
from notalone.kit.time import Instant
from notalone.people.core import audit as chain
from notalone.people.core.roles import Right, may_enter, rights_of
from notalone.people.models import AuditHead, AuditRow, Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Account:
    """A staff account as it is listed."""

    id: int
    username: str
    roles: tuple[str, ...]
    active: bool
    must_change_password: bool
    last_login: Instant | None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A row of the audit log as it is read."""

    seq: int
    at: Instant
    person: str
    verb: str
    subject: str
    detail: Mapping[str, Json]


def roles_of(person: Person | AnonymousUser) -> frozenset[str]:
    """Return the roles that an active person holds; nobody else holds any."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    held: frozenset[str] | None = person.__dict__.get("_roles")
    if held is None:
        held = frozenset(person.grants.values_list("role", flat=True))
        person.__dict__["_roles"] = held  # one query a request, however many links a page shows
    return held


def rights(person: Person | AnonymousUser) -> frozenset[str]:
    """Return everything that a person may do; see the matrix in ``people.core.roles``."""
    return frozenset(rights_of(roles_of(person)))


def may(person: Person | AnonymousUser, right: Right | str) -> bool:
    """Say whether a person may do something."""
    return right in rights(person)


def needs(*roles: str, made_password: bool = False) -> Callable[[View[P]], View[P]]:
    """Guard a view: only people with one of ``roles`` enter, and admins; without roles, all staff.

    Somebody who is not logged in is asked to log in and comes back; somebody without the role gets the
    page for 403; somebody whose password was made by another chooses their own first, except where
    ``made_password`` lets them pass. The guarded view carries the roles as its attribute ``needs``.
    """

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            person = request.user
            if not isinstance(person, Person):
                return redirect_to_login(request.get_full_path())
            if not may_enter(roles_of(person), roles):
                raise PermissionDenied
            if person.must_change_password and not made_password:
                return redirect("people:password")
            return view(request, *args, **kwargs)

        guarded.needs = roles  # type: ignore[attr-defined] # read by the test of the role matrix
        return guarded

    return guard


def accounts() -> tuple[Account, ...]:
    """Return every staff account, by name (2 database queries)."""
    people = Person.objects.prefetch_related("grants").order_by("username")
    return tuple(_account(person) for person in people)


def account(person_id: int) -> Account | None:
    """Return one account, or None where there is none of that id."""
    person = Person.objects.prefetch_related("grants").filter(pk=person_id).first()
    return _account(person) if person else None


def _account(person: Person) -> Account:
    return Account(
        id=person.pk,
        username=person.username,
        roles=tuple(sorted(grant.role for grant in person.grants.all())),
        active=person.is_active,
        must_change_password=person.must_change_password,
        last_login=Instant.of(person.last_login) if person.last_login else None,
    )


def audit_entries(before: int | None = None, limit: int = 50) -> tuple[AuditEntry, ...]:
    """Return the newest rows of the audit log, newest first; those before row ``before`` where given."""
    rows = AuditRow.objects.order_by("-seq")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    return tuple(
        AuditEntry(row.seq, Instant(row.at), row.person, row.verb, row.subject, row.detail) for row in rows[:limit]
    )


def verify_audit() -> int | None:
    """Return the number of the audit log's first broken row, or None where the whole log holds.

    Finds a changed, inserted, reordered or removed row, also at the end.
    """
    head = AuditHead.objects.filter(pk=1).first()
    rows = AuditRow.objects.order_by("seq").iterator(chunk_size=2000)
    return chain.first_broken(
        (
            (chain.Row(row.seq, row.at, row.person, row.verb, row.subject, row.detail), row.previous, row.hash)
            for row in rows
        ),
        (head.seq, head.hash) if head else (0, chain.START),
    )
