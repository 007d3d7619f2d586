"""What is forgotten on time; ``docs/data-inventory.md`` says why and after how long."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session

from notalone.classes import actions as classes
from notalone.festival import actions as festival
from notalone.guide import actions as guide
from notalone.kit.time import Instant
from notalone.wall import actions as wall

LOGINS_DAYS = 30


def forget(now: Instant) -> dict[str, int]:
    """Forget everything that is due; return how many of each were forgotten.

    Raises:
        CannotRead: the festival folder cannot be read.
    """
    passes = festival.forget_passes(now)
    words = wall.forget_refused(now)
    codes = guide.forget_codes(now)
    ended = classes.forget(now)
    old = now.as_datetime() - timedelta(days=LOGINS_DAYS)
    logins = sum(
        log.objects.filter(attempt_time__lt=old).delete()[0] for log in (AccessAttempt, AccessLog, AccessFailureLog)
    )
    sessions = Session.objects.filter(expire_date__lt=now.as_datetime()).delete()[0]
    return {
        "moments lost their pass": passes.moments,
        "passes ended": passes.passes,
        "refused words deleted": words,
        "classes deleted": ended,
        "retest codes deleted": codes,
        "log-in records deleted": logins,
        "sessions ended": sessions,
    }
