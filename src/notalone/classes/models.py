"""What a class leaves for a day: the session, its seats, and the votes of the round that is open."""

from __future__ import annotations

from django.db import models


class Session(models.Model):
    """A class. The score is kept as it was when the class was opened, so that edits do not change it.

    ``rev`` counts every change that somebody in the class should see.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.CharField(max_length=8, unique=True)
    scenario = models.CharField(max_length=100)
    score_hash = models.CharField(max_length=64)
    score = models.JSONField()
    lang = models.CharField(max_length=8)
    mode = models.CharField(max_length=8, choices=[("together", "together"), ("alone", "alone")])
    state = models.JSONField()
    rev = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(db_index=True)
    ended = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.code


class Seat(models.Model):
    """A phone in a class: the SHA-256 of its secret, and, where each plays alone, roughly how far it is."""

    secret = models.CharField(primary_key=True, max_length=64)
    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    stage = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"a seat of {self.session_id}"


class Vote(models.Model):
    """A vote of the round that is open; deleted in the transaction that counts it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    round = models.PositiveIntegerField()
    choice = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "round", "seat"], name="classes_one_vote_a_seat")]

    def __str__(self) -> str:
        return f"a vote of round {self.round}"
