"""The door for writes: opening a class, joining it, voting, and what the teacher does."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, TypeAlias

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from notalone.classes.core import code as codes
from notalone.classes.core import kept, lesson
from notalone.classes.core.counting import tally
from notalone.classes.core.lesson import Event, Lesson, LessonError, Phase, Story
from notalone.classes.models import Seat, Session, Vote
from notalone.festival import queries as festival
from notalone.kit import system
from notalone.kit.time import Duration, Instant
from notalone.live import actions as live
from notalone.people import actions as people

if TYPE_CHECKING:
    from notalone.people.models import Person

SEATS = 60
KEPT = Duration(24 * 3_600_000)
LAST_STAGE = 3
MODES = ("together", "alone")
Seen: TypeAlias = tuple[str, int, int]
_turn = threading.Lock()


class RefusedError(ValueError):
    """Something cannot be done; the message says why in one sentence."""


class NoClassError(RefusedError):
    """There is no class with this code."""


class FullError(RefusedError):
    """All seats of the class are taken."""


class OverError(RefusedError):
    """The class is over."""


class NoSeatError(RefusedError):
    """The phone has no seat in this class."""


class LateError(RefusedError):
    """The vote is for a round that is not open."""


def seat_key(token: str) -> str:
    """Return under what a seat's secret is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_class(person: Person, scenario: str, lang: str, mode: str) -> str:
    """Open a class on a scenario and return its code.

    Raises:
        RefusedError: there is no such language or mode.
        CannotRead: there is no such scenario, or it cannot be read.
    """
    if lang not in festival.festival().languages:
        raise RefusedError(_("The festival does not speak “{lang}”.").format(lang=lang[:8]))
    if mode not in MODES:
        raise RefusedError(_("A class plays together, or each alone."))
    score = festival.score(scenario)
    now = system.now()
    while True:
        code = codes.make(system.entropy(2 * codes.LENGTH))
        try:
            with transaction.atomic():
                Session.objects.create(
                    id=system.new_id(now),
                    code=code,
                    scenario=scenario,
                    score_hash=score["hash"],
                    score=dict(score),
                    lang=lang,
                    mode=mode,
                    state=kept.to_json(Lesson(at=score["start"])),
                    created=now.as_datetime(),
                )
                people.audit(person, "open-class", code, {"scenario": scenario, "mode": mode})
        except IntegrityError:
            if not Session.objects.filter(code=code).exists():
                raise
            continue  # another class has this code
        return code


@contextmanager
def _in_turn() -> Iterator[None]:
    """One transaction after the other: who polls for SQLite's lock may wait seconds where a class votes at once."""
    with _turn if connection.vendor == "sqlite" else nullcontext(), transaction.atomic():
        yield


def _locked(code: str) -> Session:
    session = Session.objects.select_for_update().defer("score").filter(code=code).first()
    if session is None:
        raise NoClassError(_("There is no class “{code}” now.").format(code=code[:16]))
    return session


def _changed(session: Session, now: Instant, state: Lesson) -> None:
    session.state = kept.to_json(state)
    session.rev += 1
    if state.phase is Phase.ENDED:
        session.ended = now.as_datetime()
    session.save(update_fields=["state", "rev", "ended"])
    transaction.on_commit(live.nudge)


def _settled(session: Session, now: Instant) -> Lesson:
    """Return where the class is, closing the vote first where its countdown has run out."""
    state = kept.from_json(session.state)
    if lesson.is_due(state, now):
        state = _close(session, state, now)
        _changed(session, now, state)
    return state


def _close(session: Session, state: Lesson, now: Instant) -> Lesson:
    story = Story.of(session.score)
    votes = Vote.objects.filter(session=session)
    choices = votes.filter(round=state.round).values_list("choice", flat=True)
    counts = tally(choices, len(story.targets[state.at]))
    votes.delete()
    return lesson.step(story, state, lesson.Close(counts), now)


@_in_turn()
def join(code: str, token: str | None = None) -> str:
    """Take a seat and return its secret; one who holds a seat already keeps it.

    Raises:
        NoClassError: there is no class with this code.
        OverError: the class is over.
        FullError: all seats are taken.
    """
    session = _locked(code)
    if token is not None and Seat.objects.filter(session=session, secret=seat_key(token)).exists():
        return token
    if session.ended is not None:
        raise OverError(_("This class is over. Thank you for coming."))
    if session.seats.count() >= SEATS:
        raise FullError(
            _("All {seats} places of this class are taken. Look together with somebody beside you.").format(seats=SEATS)
        )
    token = system.new_token(24)
    Seat.objects.create(secret=seat_key(token), session=session)
    Session.objects.filter(pk=session.pk).update(rev=F("rev") + 1)
    transaction.on_commit(live.nudge)
    return token


def _seat(session: Session, token: str) -> Seat:
    seat = Seat.objects.filter(session=session, secret=seat_key(token)).first()
    if seat is None:
        raise NoSeatError(_("This phone has no place in the class yet: join it again."))
    return seat


def vote(code: str, token: str, round_: int, choice: int, now: Instant | None = None) -> None:
    """Vote, or vote otherwise; the last one before the countdown ends counts. Sending it again is harmless.

    Raises:
        NoClassError: there is no class with this code.
        NoSeatError: the phone has no seat in it.
        LateError: that round is not open, or there is no such choice.
    """
    now = now or system.now()
    with _in_turn():
        session = _locked(code)
        seat = _seat(session, token)
        state = _settled(session, now)
        counts = lesson.may_vote(state, round_, choice, now)
        if counts:
            _vote, new = Vote.objects.update_or_create(
                session=session, seat=seat, round=round_, defaults={"choice": choice}
            )
            if new:
                Session.objects.filter(pk=session.pk).update(rev=F("rev") + 1)
                transaction.on_commit(live.nudge)
    if not counts:  # outside: a countdown that has run out stays closed
        raise LateError(_("The vote is over. The class goes on together."))


@_in_turn()
def leave(code: str, token: str) -> None:
    """Give up a seat and the vote that it has in the round that is open; one who has none changes nothing.

    Raises:
        NoClassError: there is no class with this code.
    """
    session = _locked(code)
    gone, _kinds = Seat.objects.filter(session=session, secret=seat_key(token)).delete()
    if gone:
        Session.objects.filter(pk=session.pk).update(rev=F("rev") + 1)
        transaction.on_commit(live.nudge)


@_in_turn()
def reach(code: str, token: str, stage: int) -> None:
    """Note how far a phone is that plays alone: 0 the beginning, 1 the middle, 2 near the end, 3 finished.

    Raises:
        NoClassError: there is no class with this code.
        NoSeatError: the phone has no seat in it.
        RefusedError: the class does not play alone, or there is no such stretch.
    """
    session = _locked(code)
    if session.mode != "alone" or not 0 <= stage <= LAST_STAGE:
        raise RefusedError(_("There is no such stretch of the story."))
    seat = _seat(session, token)
    if stage != seat.stage:
        Seat.objects.filter(pk=seat.pk).update(stage=stage)
        Session.objects.filter(pk=session.pk).update(rev=F("rev") + 1)
        transaction.on_commit(live.nudge)


@_in_turn()
def act(code: str, event: Event | None, seen: Seen | None = None, now: Instant | None = None) -> None:
    """Do what the teacher asks for; ``None`` closes the vote that is open.

    Args:
        code: the class.
        event: what is asked for.
        seen: phase, round and state of the score that the teacher saw, so that a key pressed twice, or just when
            the countdown ended, does not go two steps: where the class is elsewhere, nothing happens. None: any.
        now: the instant; None: the present one.

    Raises:
        NoClassError: there is no class with this code.
        LessonError: it does not fit where the class is.
    """
    now = now or system.now()
    session = _locked(code)
    state = _settled(session, now)
    if seen is not None and seen != (str(state.phase), state.round, state.at):
        return
    if event is None:
        if state.phase is not Phase.VOTING:
            raise LessonError("no vote is open")
        _changed(session, now, _close(session, state, now))
        return
    after = lesson.step(Story.of(session.score), state, event, now)
    if after.phase is Phase.ENDED:
        Vote.objects.filter(session=session).delete()
    _changed(session, now, after)


def settle_due(now: Instant | None = None) -> int:
    """Close the votes whose countdown has run out; return how many."""
    now = now or system.now()
    closed = 0
    for session in Session.objects.filter(ended=None, state__phase=str(Phase.VOTING)).only("code", "state"):
        if lesson.is_due(kept.from_json(session.state), now):
            closed += _settle(session.code, now)
    return closed


@_in_turn()
def _settle(code: str, now: Instant) -> int:
    session = Session.objects.select_for_update().defer("score").filter(code=code).first()
    if session is None:
        return 0
    before = session.rev
    _settled(session, now)
    return int(session.rev != before)


def settle(code: str, now: Instant | None = None) -> None:
    """Close the vote of a class where its countdown has run out; a class that is not there is left alone.

    Nothing is locked where nothing is due, so phones that ask while live is away do not wait for one another.
    """
    now = now or system.now()
    session = Session.objects.filter(code=code).only("state").first()
    if session is not None and lesson.is_due(kept.from_json(session.state), now):
        _settle(code, now)


def forget(now: Instant) -> int:
    """Delete every class that was opened more than a day ago, with all that it holds; return how many."""
    due = Session.objects.filter(created__lt=(now + Duration(-KEPT.ms)).as_datetime())
    count = due.count()
    due.delete()
    return count
