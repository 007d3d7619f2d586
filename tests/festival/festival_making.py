"""What a station sends, and a festival folder that a test may change."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from notalone.kit.ids import uuid7
from notalone.kit.moments import BrickLaid
from notalone.kit.time import Instant

NOON = Instant.parse("2026-01-01T05:00:00Z")  # noon of the template's first day in Asia/Ho_Chi_Minh
RUN = "run-1"
PASS = "pass-of-a-visitor-0001"


def make_id(count: int, at: Instant = NOON) -> UUID:
    """Return the id of the moment of that count."""
    return uuid7(at, count.to_bytes(10, "big"))


def brick(count: int, at: Instant = NOON, where: str = "one", pass_id: str | None = None) -> BrickLaid:
    """Return a moment that the wall records."""
    own = {"brick": f"brick-{count}", "text": "Bạn không một mình.", "lang": "vi", "kind": "chosen"}
    return BrickLaid(id=make_id(count, at), at=at, where=where, pass_id=pass_id, **own)


class Folder:
    """A festival folder that a test may change line by line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file = path / "festival.yaml"

    def replace(self, old: str, new: str) -> Folder:
        """Replace text that must stand in festival.yaml."""
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return self

    def line_of(self, part: str) -> int:
        """Return the line, from 1, of the first line that holds ``part``."""
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if part in line)


class Sent:
    """Makes moments in their JSON form, as a station does."""

    def __init__(self, at: Instant = NOON) -> None:
        self.at = at
        self.count = 0

    def id(self) -> UUID:
        """Return an id of its own for each moment."""
        self.count += 1
        return make_id(self.count, self.at)

    def moment(self, kind: str, **fields: object) -> dict[str, object]:
        """Return a moment of the template's scenario at station one."""
        head = {"v": 1, "type": kind, "id": str(self.id()), "at": str(self.at), "where": "one", "pass": PASS}
        return {**head, "run": RUN, "scenario": "lucky-gems", **fields}

    def started(self, **fields: object) -> dict[str, object]:
        """Return the start of a play."""
        return self.moment("run-started", **{"lang": "vi", "score": "0123456789abcdef", **fields})

    def entered(self, **fields: object) -> dict[str, object]:
        """Return the entry into the scene with the offer."""
        return self.moment("scene-entered", **{"scene": "offer", "cue": "unease", "intensity": 1, **fields})

    def flag(self, **fields: object) -> dict[str, object]:
        """Return a red flag shown."""
        return self.moment("flag-seen", **{"scene": "offer", "flag": "hurry", **fields})

    def chose(self, **fields: object) -> dict[str, object]:
        """Return a choice taken."""
        own = {"scene": "offer", "choice": 0, "risk": True, "skill": "", **fields}
        return self.moment("choice-made", **own)

    def ended(self, **fields: object) -> dict[str, object]:
        """Return the end of a play."""
        return self.moment("ending-reached", **{"scene": "reported", "ending": "safe", **fields})
