"""What the wall remembers: its bricks, and what was decided on visitors' own words."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notalone.wall.core.life import Kind, Reason, State
from notalone.wall.core.words import MAX_CODE_POINTS, Hint

REASON_NAMES = {
    Reason.PERSONAL: _("Tells who or where somebody is"),
    Reason.UNKIND: _("Hurts somebody"),
    Reason.UNSAFE: _("Not safe for children"),
    Reason.NOISE: _("Advertising or nonsense"),
    Reason.WORRY: _("Somebody may need help"),
}
HINT_NAMES = {
    Hint.PHONE: _("looks like a phone number"),
    Hint.MAIL: _("looks like an e-mail address"),
    Hint.LINK: _("looks like a link"),
    Hint.REPEATED: _("repeats itself"),
}


class Brick(models.Model):
    """A brick; its id is made in the browser, so that sending it again is harmless.

    ``place`` numbers the bricks in the order in which they joined the wall, from 1; a brick that was taken off
    keeps its number until it joins again. ``turn`` counts the decisions on it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    where = models.CharField(max_length=100)
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Kind])
    message = models.CharField(max_length=64, blank=True)
    text = models.CharField(max_length=MAX_CODE_POINTS)
    lang = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in State])
    hints = models.JSONField(default=list)
    created = models.DateTimeField()
    place = models.BigIntegerField(null=True, unique=True)
    turn = models.PositiveIntegerField(default=0)
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "created"], name="wall_brick_queue"),
            models.Index(fields=["decided_at"], condition=Q(decided_at__isnull=False), name="wall_brick_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.state}"
