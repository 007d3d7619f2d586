"""What the festival remembers: moments, passes and their stamps."""

from __future__ import annotations

from django.db import models


class Moment(models.Model):
    """A moment as it was accepted; ``seq`` follows the order of commits (see ``actions.record``)."""

    seq = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True, db_column="id")
    type = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)
    where = models.CharField(max_length=100)
    pass_id = models.CharField(max_length=64, null=True, db_index=True)  # noqa: DJ001 -- null: no pass
    body = models.JSONField()
    arrived = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["where", "at"], name="festival_moment_where_at")]

    def __str__(self) -> str:
        return f"{self.seq} {self.type} {self.where}"


class Pass(models.Model):
    """A visitor's pass: random, without a name, gone with the festival at the latest."""

    id = models.CharField(max_length=64, primary_key=True)
    created = models.DateTimeField(db_index=True)
    lang = models.CharField(max_length=8)

    def __str__(self) -> str:
        return "a pass"


class Stamp(models.Model):
    """A scenario that was played to its end with a pass; ``flags`` are the red flags met, in order."""

    owner = models.ForeignKey(Pass, on_delete=models.CASCADE, related_name="stamps", db_column="pass_id")
    scenario = models.CharField(max_length=64)
    ending = models.CharField(max_length=16)
    flags = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "scenario"], name="festival_stamp_once")]

    def __str__(self) -> str:
        return f"{self.scenario} {self.ending}"
