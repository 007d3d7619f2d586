"""The door for writes: judgements, codes for a retest, and the retest."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from notalone.guide import models
from notalone.guide.core import again
from notalone.guide.core.again import When
from notalone.guide.core.judged import Judged
from notalone.guide.queries import digest

if TYPE_CHECKING:
    from notalone.guide.core.sensitivity import Counts
    from notalone.kit.time import Instant


class OtherError(ValueError):
    """The id belongs to other judgements, or the code to other scores; the message says so."""


class UnknownError(LookupError):
    """There is nothing to which this could belong; the message says so."""


def judge(uid: UUID, judged: Judged) -> None:
    """Remember a visitor's counts; doing it again changes nothing.

    Raises:
        OtherError: the id belongs to other counts.
    """
    row = models.Judged(
        uid=uid,
        scenario=judged.scenario,
        order=judged.order,
        age=judged.age,
        lang=judged.lang,
        before=list(judged.before.numbers()),
        after=list(judged.after.numbers()),
    )
    try:
        with transaction.atomic():
            before = models.Judged.objects.filter(uid=uid).first()
            if before is None:
                row.save(force_insert=True)
                return
    except IntegrityError:
        # the same came twice at once, and the other was first
        before = models.Judged.objects.get(uid=uid)
    if _said(before) != _said(row):
        raise OtherError(_("This id belongs to other answers."))


def _said(row: models.Judged) -> tuple[object, ...]:
    return row.scenario, row.order, row.age, row.lang, row.before, row.after


def keep_code(uid: UUID, code: str, now: Instant) -> None:
    """Let a code open the retest of a visitor's judgements; doing it again changes nothing.

    Raises:
        UnknownError: nothing was judged under this id, or they have come back already.
        OtherError: the visitor has another code, or another visitor this one.
    """
    judged = models.Judged.objects.filter(uid=uid, again__isnull=True).first()
    if judged is None:
        raise UnknownError(_("There are no answers to which this code could belong."))
    kept = models.Code(digest=digest(code), judged=judged, made=now.as_datetime().date())
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError as error:
        if not models.Code.objects.filter(digest=kept.digest, judged=judged).exists():
            raise OtherError(_("This code belongs to other answers: make a new one.")) from error


@transaction.atomic
def judge_again(code: str, counts: Counts, now: Instant) -> None:
    """Store the retest's counts beside the first ones and delete the code.

    Raises:
        UnknownError: there is no such code, or it is not open today.
    """
    kept = models.Code.objects.select_for_update().filter(digest=digest(code)).first()
    if kept is None or again.when(kept.made, now.as_datetime().date()) is not When.OPEN:
        raise UnknownError(_("This code opens nothing."))
    removed, _each = models.Code.objects.filter(pk=kept.pk).delete()
    if not removed:
        raise UnknownError(_("This code opens nothing."))
    judged = models.Judged.objects.get(pk=kept.judged_id)
    before = models.Judged.objects.filter(scenario=judged.scenario).aggregate(last=Max("returned"))["last"] or 0
    judged.again, judged.returned = list(counts.numbers()), before + 1
    judged.save(update_fields=["again", "returned"])


def forget_codes(now: Instant) -> int:
    """Delete the codes whose last day is over; return how many."""
    first_kept = again.first_kept(now.as_datetime().date())
    return models.Code.objects.filter(made__lt=first_kept).delete()[0]
