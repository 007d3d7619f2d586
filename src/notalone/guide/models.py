"""What is remembered of judging messages: counts, and for six weeks what a retest's code belongs to."""

from __future__ import annotations

from django.db import models


class Judged(models.Model):
    """One visitor's counts before and after one story, and four weeks later where they came back.

    No pass, no time, no station: nothing leads from here to anything else about them. ``uid`` is random and made in the
    browser, so that sending it again is harmless.
    """

    seq = models.BigAutoField(primary_key=True)
    uid = models.UUIDField(unique=True)
    scenario = models.CharField(max_length=64, db_index=True)
    order = models.CharField(max_length=2)
    age = models.CharField(max_length=8, blank=True)
    lang = models.CharField(max_length=8)
    before = models.JSONField()
    after = models.JSONField()
    again = models.JSONField(null=True)
    returned = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.scenario} {self.order}"


class Code(models.Model):
    """A retest's code, kept as a keyed hash: who reads the database cannot use it."""

    digest = models.CharField(max_length=64, primary_key=True)
    judged = models.OneToOneField(Judged, on_delete=models.CASCADE, related_name="code")
    made = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"a code of {self.made}"
