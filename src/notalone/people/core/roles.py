"""Who may do what: a matrix of roles and rights, and the rule that an admin always remains."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a member of staff is here for."""

    GUIDE = "guide"
    TECHNICIAN = "technician"
    MODERATOR = "moderator"
    ADMIN = "admin"


class Right(StrEnum):
    """Something that not everybody may do."""

    DASHBOARD = "dashboard"  # stations, processes, moments per minute
    STATIONS = "stations"  # open and set up stations
    CLASSES = "classes"  # open a class and lead it
    CONSOLE = "console"  # cues, master, blackout
    MODERATE = "moderate"  # decide on visitors' own words
    LEARNING = "learning"  # see what groups of visitors learned
    ACCOUNTS = "accounts"  # add people, change roles, deactivate
    AUDIT = "audit"  # read the audit log


MATRIX: Mapping[Role, frozenset[Right]] = {
    Role.GUIDE: frozenset({Right.DASHBOARD, Right.STATIONS, Right.LEARNING, Right.CLASSES}),
    Role.TECHNICIAN: frozenset({Right.DASHBOARD, Right.STATIONS, Right.CONSOLE}),
    Role.MODERATOR: frozenset({Right.DASHBOARD, Right.MODERATE}),
    Role.ADMIN: frozenset(Right),
}


NAMES = frozenset(role.value for role in Role)


def rights_of(roles: Collection[str]) -> frozenset[Right]:
    """Return the rights that the roles give together; an unknown role gives none."""
    return frozenset().union(*(MATRIX[Role(name)] for name in roles if name in NAMES))


def may_enter(held: Collection[str], wanted: Collection[str]) -> bool:
    """Say whether somebody with the roles ``held`` may enter a page for the roles ``wanted``.

    An admin may enter every page. A page that names no role is for all staff.
    """
    known = NAMES.intersection(held)
    if not known:
        return False
    return Role.ADMIN in known or not wanted or not known.isdisjoint(wanted)


def leaves_no_admin(active_admins: Collection[int], person: int, stays_admin: bool) -> bool:
    """Say whether a change to ``person`` would leave the festival without an active admin."""
    return not stays_admin and set(active_admins) == {person}
