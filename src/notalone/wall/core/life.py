"""The life of a brick: what a visitor chose is shown; own words are held until a person reads them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """Where a brick's words come from: the festival's set, or the visitor."""

    CHOSEN = "chosen"
    OWN = "own"


class State(StrEnum):
    """Where a brick stands; ``shown`` and ``approved`` ones are part of the wall."""

    SHOWN = "shown"
    HELD = "held"
    APPROVED = "approved"
    REFUSED = "refused"


class Event(StrEnum):
    """What a moderator does."""

    APPROVE = "approve"
    REFUSE = "refuse"
    UNDO = "undo"


class Reason(StrEnum):
    """Why words are refused; the order is that of the keys 1 to 5."""

    PERSONAL = "personal"
    UNKIND = "unkind"
    UNSAFE = "unsafe"
    NOISE = "noise"
    WORRY = "worry"


ON_THE_WALL = frozenset({State.SHOWN, State.APPROVED})
_STEPS: Mapping[tuple[State, Event], State] = {
    (State.HELD, Event.APPROVE): State.APPROVED,
    (State.HELD, Event.REFUSE): State.REFUSED,
    (State.APPROVED, Event.UNDO): State.HELD,
    (State.REFUSED, Event.UNDO): State.HELD,
}


def first(kind: Kind) -> State:
    """Return the state in which a brick begins; own words are always held."""
    return State.SHOWN if kind is Kind.CHOSEN else State.HELD


def step(state: State, event: Event) -> State | None:
    """Return the state after an event, or None where the event cannot happen in ``state``."""
    return _STEPS.get((state, event))


def sources(event: Event) -> tuple[State, ...]:
    """Return the states in which an event can happen."""
    return tuple(state for (state, known) in _STEPS if known is event)
