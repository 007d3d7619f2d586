"""The door for writes: laying bricks and deciding on visitors' own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from notalone.festival import actions as festival_actions
from notalone.festival import queries as festival_queries
from notalone.kit import system
from notalone.kit.moments import BrickLaid
from notalone.kit.names import nearest
from notalone.kit.time import Duration, Instant
from notalone.people import actions as people_actions
from notalone.wall.core import life, words
from notalone.wall.core.life import Event, Kind, Reason, State
from notalone.wall.models import Brick

if TYPE_CHECKING:
    from notalone.festival.core.values import Festival
    from notalone.people.models import Person

REFUSED_KEPT = Duration(30 * 86_400_000)  # long enough to take a decision back, or to answer for it
_PASS = re.compile(r"[A-Za-z0-9_-]{8,64}\Z")


class RefusedError(ValueError):
    """A brick cannot be laid; the message says why in one sentence."""


class OtherBrickError(RefusedError):
    """The id belongs to a brick that says something else."""


class DecidedError(Exception):
    """Nothing was changed: the brick is not where the moderator saw it; the message says so in one sentence."""

    def __init__(self, state: State | None, by: str = "") -> None:
        told = {
            None: _("There is no such brick."),
            State.HELD: _("Somebody took that decision back already: the words wait again."),
            State.APPROVED: _("Already decided: “{name}” approved these words.").format(name=by or "…"),
            State.REFUSED: _("Already decided: “{name}” refused these words.").format(name=by or "…"),
            State.SHOWN: _("A brick with a chosen message needs no decision."),
        }
        super().__init__(told[state])
        self.state = state


def lay_chosen(brick_id: UUID, where: str, pass_id: str | None, message: str, lang: str) -> State:
    """Lay a brick with a message of the festival's set; it is part of the wall at once.

    Laying it again changes nothing and tells how it stands.

    Raises:
        RefusedError: no such station, language or message, no UUIDv7, or no pass.
        OtherBrickError: the id belongs to another brick.
        CannotRead: the festival folder cannot be read.
    """
    festival = festival_queries.festival()
    known = festival.messages.get(message)
    if known is None:
        raise RefusedError(_("There is no message “{id}”.").format(id=message[:64]) + _near(message, festival.messages))
    if pass_id is not None and not _PASS.match(pass_id):
        raise RefusedError(_("That is not a pass."))
    brick = _brick(festival, brick_id, where, lang)
    brick.kind, brick.message, brick.text = Kind.CHOSEN, message, festival.say(known.say, lang)
    return _lay(brick, pass_id)


def lay_own(brick_id: UUID, where: str, text: str, lang: str) -> State:
    """Lay a brick with a visitor's own words; it is held until a moderator has read it.

    The wall keeps no pass beside words that a person reads, so the moment of their approval names none either.
    Laying it again changes nothing and tells how it stands.

    Raises:
        RefusedError: as for ``lay_chosen``, or the words are empty or too long.
        OtherBrickError: the id belongs to another brick.
        CannotRead: the festival folder cannot be read.
    """
    try:
        clean = words.accept(text)
    except words.WordsError as error:
        if error.why is words.Why.EMPTY:
            raise RefusedError(_("Write something first: there is nothing to read yet.")) from error
        raise RefusedError(
            _("That is too long: a brick holds {max} letters, and this has {count}.").format(
                max=words.MAX_LETTERS, count=error.letters
            )
        ) from error
    brick = _brick(festival_queries.festival(), brick_id, where, lang)
    brick.kind, brick.text, brick.hints = Kind.OWN, clean, [str(hint) for hint in words.hints(clean)]
    return _lay(brick)


def _near(name: str, known: Iterable[str]) -> str:
    near = nearest(name[:64], known)
    return " " + _("Did you mean “{near}”?").format(near=near) if near else ""


def _brick(festival: Festival, brick_id: UUID, where: str, lang: str) -> Brick:
    if brick_id.version != 7:
        raise RefusedError(_("A brick's id is a UUID of version 7."))
    if where not in festival.stations:
        raise RefusedError(_("There is no station “{id}”.").format(id=where[:64]) + _near(where, festival.stations))
    if lang not in festival.languages:
        raise RefusedError(_("The festival does not speak “{lang}”.").format(lang=lang[:8]))
    return Brick(id=brick_id, where=where, lang=lang)


def _lay(brick: Brick, pass_id: str | None = None) -> State:
    now = system.now()
    brick.created = now.as_datetime()
    brick.state = life.first(Kind(brick.kind))
    try:
        with transaction.atomic():
            before = Brick.objects.filter(pk=brick.id).first()
            if before is None:
                brick.save(force_insert=True)
                if brick.state in life.ON_THE_WALL:
                    _join(brick, now, pass_id)
                return State(brick.state)
    except IntegrityError:
        # the same brick came twice at once, and the other one was first
        before = Brick.objects.get(pk=brick.id)
    if (before.kind, before.where, before.message, before.lang) != (brick.kind, brick.where, brick.message, brick.lang):
        raise OtherBrickError(_("This id belongs to another brick: make a new one."))
    if before.kind == Kind.OWN and before.text != brick.text:
        raise OtherBrickError(_("This id belongs to another brick: make a new one."))
    return State(before.state)


def _join(brick: Brick, now: Instant, pass_id: str | None = None) -> None:
    """Record that the brick joins the wall, and number it.

    The log lets one recording transaction in after the other until its end, so the highest number read after
    recording is the highest there is.
    """
    moment = BrickLaid(
        id=system.new_id(now),
        at=now,
        where=brick.where,
        pass_id=pass_id,
        brick=str(brick.id),
        text=brick.text,
        lang=brick.lang,
        kind=brick.kind,
    )
    festival_actions.record(moment)
    highest = Brick.objects.aggregate(highest=Max("place"))["highest"] or 0
    Brick.objects.filter(pk=brick.id).update(place=highest + 1)


@transaction.atomic
def approve(person: Person, brick_id: UUID) -> None:
    """Let held words join the wall.

    Of several moderators who decide at once exactly one is obeyed.

    Raises:
        DecidedError: the words are not held, or there is no such brick.
    """
    now = system.now()
    _decide(person, brick_id, Event.APPROVE, now)
    _join(Brick.objects.get(pk=brick_id), now)
    people_actions.audit(person, "approve-brick", str(brick_id))


@transaction.atomic
def refuse(person: Person, brick_id: UUID, reason: Reason) -> None:
    """Keep held words off the wall.

    Raises:
        DecidedError: the words are not held, or there is no such brick.
    """
    _decide(person, brick_id, Event.REFUSE, system.now(), reason)
    people_actions.audit(person, "refuse-brick", str(brick_id), {"reason": str(reason)})


@transaction.atomic
def undo(person: Person, brick_id: UUID, turn: int | None = None) -> None:
    """Take a decision back: an approved brick leaves the wall, and its words, like refused ones, wait again.

    Args:
        person: any moderator; what should not hang there must not wait for the one who approved it.
        brick_id: the brick.
        turn: the decision that is meant, as ``queries.decided`` counts it, so that a click sent twice does not
            take back what was decided in between; None: the present one.

    Raises:
        DecidedError: there is no such decision to take back.
    """
    before = Brick.objects.select_for_update().filter(pk=brick_id).first()
    if before is not None and turn is not None and before.turn != turn:
        raise DecidedError(State.HELD)
    _decide(person, brick_id, Event.UNDO, system.now())
    people_actions.audit(person, "undo-brick", str(brick_id), {"was": before.state if before else ""})


def _decide(person: Person, brick_id: UUID, event: Event, now: Instant, reason: Reason | None = None) -> None:
    """Move the brick in one statement, which only one of several at once can do."""
    rows = Brick.objects.filter(pk=brick_id)
    for source in life.sources(event):
        moved = rows.filter(state=source).update(
            state=life.step(source, event),
            turn=F("turn") + 1,
            decided_by=person,
            decided_at=now.as_datetime(),
            reason=reason or "",
        )
        if moved:
            return
    found = rows.select_related("decided_by").first()
    if found is None:
        raise DecidedError(None)
    raise DecidedError(State(found.state), found.decided_by.username if found.decided_by else "")


def forget_refused(now: Instant) -> int:
    """Delete the bricks whose words were refused more than 30 days ago; return how many."""
    before = (now + Duration(-REFUSED_KEPT.ms)).as_datetime()
    return Brick.objects.filter(state=State.REFUSED, decided_at__lt=before).delete()[0]
