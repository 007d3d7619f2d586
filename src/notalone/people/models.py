"""Staff accounts, their roles, and the audit log."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from notalone.people.core.audit import START
from notalone.people.core.roles import Role

ROLE_NAMES = {
    Role.GUIDE: _("Guide"),
    Role.TECHNICIAN: _("Technician"),
    Role.MODERATOR: _("Moderator"),
    Role.ADMIN: _("Admin"),
}


class Person(AbstractUser):
    """A member of staff; ``must_change_password`` until a password made by somebody else is replaced.

    A name to log in with is all that is known of a person.
    """

    first_name = None  # type: ignore[assignment] # Django's way to leave an inherited field out
    last_name = None  # type: ignore[assignment] # the same
    email = None  # type: ignore[assignment] # the same
    EMAIL_FIELD = ""
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    must_change_password = models.BooleanField(default=False)


class RoleGrant(models.Model):
    """A role that a person holds."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="one_grant_a_role"),
            models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.role}"


class AppendOnlyError(Exception):
    """Somebody tried to change or remove a row of the audit log."""


class _AppendOnly(models.QuerySet["AuditRow"]):
    def update(self, **kwargs: object) -> NoReturn:
        raise AppendOnlyError("Rows of the audit log are never changed.")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("Rows of the audit log are never removed.")

    def bulk_update(self, *args: object, **kwargs: object) -> NoReturn:
        raise AppendOnlyError("Rows of the audit log are never changed.")


class AuditRow(models.Model):
    """One row of the audit log; see ``people.core.audit``."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.BigIntegerField(help_text="ms since 1970")
    person = models.CharField(max_length=150, blank=True, help_text="the account's name; empty: the command line")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[models.Manager[AuditRow]] = _AppendOnly.as_manager()

    def __str__(self) -> str:
        return f"{self.seq}: {self.person} {self.verb} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- as Django's own
        """Insert the row.

        Raises:
            AppendOnlyError: the row already stands.
        """
        if not self._state.adding:
            raise AppendOnlyError("Rows of the audit log are never changed.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse.

        Raises:
            AppendOnlyError: always.
        """
        raise AppendOnlyError("Rows of the audit log are never removed.")


class AuditHead(models.Model):
    """The last row's number and hash (one row, 1); writers lock it, so the chain has one order."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    def __str__(self) -> str:
        return f"{self.seq}"
