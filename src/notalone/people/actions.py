"""The door for writes: accounts, roles, passwords, and the audit log that tells of all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from axes import utils as axes
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from notalone.kit import system
from notalone.kit.moments import Json
from notalone.kit.names import nearest
from notalone.people.core import audit as chain
from notalone.people.core import passwords
from notalone.people.core.roles import NAMES, Role, leaves_no_admin
from notalone.people.models import AuditHead, AuditRow, Person, RoleGrant


class RefusedError(Exception):
    """The change is not allowed; the message says why in one sentence."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account made for trying the festival, with its password."""

    name: str
    password: str
    role: str


def audit(person: Person | None, verb: str, subject: str, detail: Mapping[str, Json] | None = None) -> AuditRow:
    """Write one row to the audit log, in the caller's transaction.

    Writers wait for one another, so the chain has one order; what is rolled back leaves no row.

    Args:
        person: who did it; None for the command line.
        verb: what was done, such as ``log-in`` or ``change-roles``.
        subject: to what or whom.
        detail: more, as JSON; never what a visitor wrote.
    """
    with transaction.atomic():
        AuditHead.objects.get_or_create(pk=1)
        head = AuditHead.objects.select_for_update().get(pk=1)
        who = person.username if person else ""
        row = chain.Row(head.seq + 1, system.now().ms, who, verb, subject[:200], dict(detail or {}))
        hash_ = chain.link(head.hash, row)
        written = AuditRow.objects.create(
            seq=row.seq, at=row.at, person=row.person, verb=row.verb, subject=row.subject,
            detail=row.detail, previous=head.hash, hash=hash_,
        )  # fmt: skip
        AuditHead.objects.filter(pk=1).update(seq=row.seq, hash=hash_)
    return written


def known_roles(roles: Collection[str]) -> tuple[Role, ...]:
    """Return the roles of these names, in the matrix's order.

    Raises:
        RefusedError: a name is no role; tells the nearest.
    """
    for name in roles:
        if name not in NAMES:
            near = nearest(name, NAMES)
            offer = _(" Did you mean “{near}”?").format(near=near) if near else ""
            raise RefusedError(_("There is no role “{name}”.").format(name=name) + offer)
    return tuple(role for role in Role if role in roles)


@transaction.atomic
def add_person(
    by: Person | None, username: str, roles: Collection[str], password: str | None = None
) -> tuple[Person, str]:
    """Add a member of staff; return the account and its password.

    Without ``password`` one is made, shown once by the caller, and replaced by its owner at first log in.

    Raises:
        RefusedError: the name is taken or no name, or a role does not exist.
    """
    wanted = known_roles(roles)
    name = Person.normalize_username(username.strip())
    if not name or len(name) > 150 or any(not (char.isalnum() or char in "@.+-_") for char in name):
        raise RefusedError(_("A name is made of letters, digits and @ . + - _ only."))
    if Person.objects.filter(username__iexact=name).exists():
        raise RefusedError(_("There is already somebody named “{name}”.").format(name=name))
    secret = password or passwords.readable(system.entropy(passwords.SIZE))
    person = Person(username=name, must_change_password=password is None)
    person.set_password(secret)
    person.save()
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=role) for role in wanted)
    audit(by, "add-person", name, {"roles": [str(role) for role in wanted]})
    return person, secret


@transaction.atomic
def ensure_demo_staff() -> tuple[DemoAccount, ...]:
    """Make one account for each role where there is no account at all; return those made, for telling once.

    Raises:
        RefusedError: this is a production.
    """
    if settings.ENV_PRODUCTION:
        raise RefusedError(_("In production nobody gets an account by itself: use notalone staff add."))
    if Person.objects.exists():
        return ()
    made = []
    for role in Role:
        secret = passwords.readable(system.entropy(passwords.SIZE))
        person, _secret = add_person(None, role.value, [role.value], secret)
        made.append(DemoAccount(person.username, secret, role.value))
    return tuple(made)


@transaction.atomic
def set_roles(by: Person | None, person_id: int, roles: Collection[str]) -> None:
    """Give a person exactly these roles.

    Raises:
        RefusedError: a role does not exist, or no active admin would remain.
        Person.DoesNotExist: there is no such account.
    """
    wanted = known_roles(roles)
    admins = _lock_admins()
    person = Person.objects.select_for_update().get(pk=person_id)
    _keep_an_admin(admins, person, Role.ADMIN in wanted)
    before = sorted(person.grants.values_list("role", flat=True))
    person.grants.exclude(role__in=wanted).delete()
    new = [RoleGrant(person=person, role=role) for role in wanted if role not in before]
    RoleGrant.objects.bulk_create(new)
    audit(by, "change-roles", person.username, {"before": list(before), "after": [str(r) for r in wanted]})


@transaction.atomic
def set_active(by: Person | None, person_id: int, active: bool) -> None:
    """Let a person log in, or no longer; who is deactivated is out at the next click.

    Raises:
        RefusedError: no active admin would remain.
        Person.DoesNotExist: there is no such account.
    """
    admins = _lock_admins()
    person = Person.objects.select_for_update().get(pk=person_id)
    _keep_an_admin(admins, person, active)
    Person.objects.filter(pk=person_id).update(is_active=active)
    audit(by, "activate" if active else "deactivate", person.username)


@transaction.atomic
def new_password(by: Person | None, person_id: int) -> str:
    """Replace a person's password by a made one, shown once by the caller; return it.

    Whoever was kept out after too many wrong tries may try again at once.

    Raises:
        Person.DoesNotExist: there is no such account.
    """
    person = Person.objects.select_for_update().get(pk=person_id)
    secret = passwords.readable(system.entropy(passwords.SIZE))
    person.set_password(secret)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    axes.reset(username=person.username)
    audit(by, "new-password", person.username)
    return secret


@transaction.atomic
def own_password(person: Person, password: str) -> None:
    """Set the password that a person chose."""
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    audit(person, "change-own-password", person.username)


def note_refused_log_in(username: str, locked: bool) -> None:
    """Note in the audit log that somebody gave a wrong password for an account, and whether it is locked now.

    Names that are no account are left out: people type passwords and the names of others there, and whoever
    invents names could fill the log.
    """
    person = Person.objects.filter(username=username).first()
    if person is not None:
        audit(None, "lock-log-in" if locked else "refuse-log-in", person.username)


def _lock_admins() -> frozenset[int]:
    admins = Person.objects.filter(is_active=True, grants__role=Role.ADMIN).order_by("pk")
    list(admins.select_for_update(of=("self",)))
    # asked again: the statement that waited for the locks still saw the grants from before the wait
    return frozenset(admins.values_list("pk", flat=True))


def _keep_an_admin(admins: frozenset[int], person: Person, stays: bool) -> None:
    if leaves_no_admin(admins, person.pk, stays):
        raise RefusedError(_("“{name}” is the last admin: make somebody else one first.").format(name=person.username))
