"""A moment as the columns of its row, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from notalone.kit.moments import VERSION, Json, Moment, from_json, to_json
from notalone.kit.time import Instant

_HEAD = ("type", "id", "at", "where", "pass")


def body(moment: Moment) -> dict[str, Json]:
    """Return what stands in the column ``body``: the version and the moment's own fields."""
    return {key: value for key, value in to_json(moment).items() if key not in _HEAD}


def moment(uid: UUID, kind: str, at: Instant, where: str, pass_id: str | None, own: Mapping[str, Any]) -> Moment:
    """Return the moment of a row.

    Raises:
        MomentError: the row was written by a version that this one does not read.
    """
    head = {"v": VERSION, "type": kind, "id": str(uid), "at": str(at), "where": where, "pass": pass_id}
    return from_json({**head, **own})
