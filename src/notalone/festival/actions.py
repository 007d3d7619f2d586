"""The door for writes: moments into the log, stamps onto passes, and forgetting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from notalone.festival import queries
from notalone.festival.core import passes, rows, visits
from notalone.festival.models import Moment as MomentRow
from notalone.festival.models import Pass, Stamp
from notalone.kit import system
from notalone.kit.moments import (
    EndingReached,
    FlagSeen,
    Moment,
    MomentError,
    RunStarted,
    StampGiven,
    from_json,
)
from notalone.kit.time import Instant
from notalone.live import actions as live

MAX_MOMENTS = 100
_LOG_LOCK = 0x6E6F7461  # any fixed number that nothing else in the database locks


class RefusedError(ValueError):
    """What was sent is not accepted; ``index`` tells which moment, None where the whole is meant."""

    def __init__(self, why: str, index: int | None = None) -> None:
        super().__init__(why)
        self.index = index


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many moments lost their pass, and how many passes ended."""

    moments: int
    passes: int


def record(moment: Moment) -> bool:
    """Write a moment in the transaction that caused it; return False where it was written before.

    Followers hear of it after the commit. Sequence numbers follow the order of commits: SQLite has one
    writer at a time, and on PostgreSQL a lock that the transaction keeps until its end lets one recording
    transaction in after the other.

    Raises:
        TransactionManagementError: there is no transaction.
    """
    return record_many([moment]) == 1


def record_many(moments: Sequence[Moment]) -> int:
    """Write moments in their order, each once; return how many were new.

    Raises:
        TransactionManagementError: there is no transaction.
    """
    return len(_record(moments))


def _record(moments: Iterable[Moment]) -> list[Moment]:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "a moment is written in the transaction of the action that caused it"
        )
    wanted: dict[UUID, Moment] = {}
    for moment in moments:
        wanted.setdefault(moment.id, moment)
    if not wanted:
        return []
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOG_LOCK])
    known = set(MomentRow.objects.filter(uid__in=wanted).values_list("uid", flat=True))
    fresh = [moment for moment in wanted.values() if moment.id not in known]
    if fresh:
        arrived = system.now().as_datetime()
        MomentRow.objects.bulk_create(
            MomentRow(
                uid=moment.id,
                type=moment.type,
                at=moment.at.as_datetime(),
                where=moment.where,
                pass_id=moment.pass_id,
                body=rows.body(moment),
                arrived=arrived,
            )
            for moment in fresh
        )
        transaction.on_commit(live.nudge, robust=True)
    return fresh


def receive(values: object, now: Instant | None = None) -> int:
    """Accept what a station sent: a list of moments in their JSON form; return how many were new.

    All are written in one transaction or none is. A moment that was accepted before counts as accepted and
    changes nothing. A play that ends with a pass stamps the pass.

    Raises:
        RefusedError: the list, or a moment in it, is not accepted; nothing was written.
        CannotRead: the festival folder cannot be read.
    """
    accepted = _accepted(values, now or system.now())
    with transaction.atomic():
        fresh = _record(accepted)
        _keep_passes(fresh)
        for moment in fresh:
            if isinstance(moment, EndingReached) and moment.pass_id is not None:
                _stamp(moment, moment.pass_id)
    return len(fresh)


def _accepted(values: object, now: Instant) -> list[visits.Visit]:
    if not isinstance(values, list):
        raise RefusedError("the moments must be a list")
    if len(values) > MAX_MOMENTS:
        raise RefusedError(f"at most {MAX_MOMENTS} moments are taken at once, not {len(values)}")
    if not values:
        return []
    festival, scores = queries.festival(), dict[str, visits.Score]()
    out = []
    for index, value in enumerate(values):
        try:
            moment = visits.visit(from_json(value))
            station = visits.station_of(moment, festival)
            visits.check_time(moment, now)
            if station.scenario not in scores:
                scores[station.scenario] = queries.score(station.scenario)
            visits.check_story(moment, scores[station.scenario], festival)
        except MomentError as error:
            raise RefusedError(f"moment {index}: {error}", index) from error
        out.append(moment)
    return out


def _keep_passes(moments: Iterable[Moment]) -> None:
    """Make a pass known with the first moment that carries it."""
    found: dict[str, Pass] = {}
    for moment in moments:
        if moment.pass_id is not None and moment.pass_id not in found:
            lang = moment.lang if isinstance(moment, RunStarted) else ""
            found[moment.pass_id] = Pass(id=moment.pass_id, created=moment.at.as_datetime(), lang=lang)
    if found:
        Pass.objects.bulk_create(found.values(), ignore_conflicts=True)


def _stamp(moment: EndingReached, pass_id: str) -> None:
    seen = MomentRow.objects.filter(type=FlagSeen.type, pass_id=pass_id).order_by("seq")
    met = [
        row["flag"]
        for row in seen.values_list("body", flat=True)
        if row["scenario"] == moment.scenario and row["run"] == moment.run
    ]
    stamp, new = Stamp.objects.get_or_create(
        owner_id=pass_id,
        scenario=moment.scenario,
        defaults={"ending": moment.ending, "flags": list(dict.fromkeys(met)), "at": moment.at.as_datetime()},
    )
    if new:
        given = StampGiven(
            id=system.new_id(moment.at),
            at=moment.at,
            where=moment.where,
            pass_id=pass_id,
            scenario=moment.scenario,
            ending=moment.ending,
        )
        record(given)
        return
    stamp.ending = moment.ending
    stamp.flags = list(dict.fromkeys([*stamp.flags, *met]))
    stamp.save(update_fields=["ending", "flags"])


@transaction.atomic
def throw_away_pass(pass_id: str) -> bool:
    """Remove a pass with its stamps, and from its moments at once; return False where none was known.

    ``pass_id`` may be the whole value of the cookie ``pass``: then all passes that it holds go.
    """
    given = passes.codes(pass_id)
    moments = MomentRow.objects.filter(pass_id__in=given).update(pass_id=None)
    removed, _ = Pass.objects.filter(pk__in=given).delete()
    return bool(moments or removed)


@transaction.atomic
def forget_passes(now: Instant) -> Forgotten:
    """Take the pass from every moment older than 48 hours, and delete the passes that ended.

    Raises:
        CannotRead: the festival folder cannot be read.
    """
    festival = queries.festival()
    before = Instant(now.ms - passes.UNLINK_AFTER.ms).as_datetime()
    moments = MomentRow.objects.filter(pass_id__isnull=False, at__lt=before).update(pass_id=None)
    ended = [
        pass_id
        for pass_id, created in Pass.objects.values_list("id", "created")
        if passes.ends(festival, Instant.of(created)) <= now
    ]
    for start in range(0, len(ended), 500):
        some = ended[start : start + 500]
        moments += MomentRow.objects.filter(pass_id__in=some).update(pass_id=None)
        Pass.objects.filter(pk__in=some).delete()
    return Forgotten(moments, len(ended))
