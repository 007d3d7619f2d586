"""What is wrong with something a person wrote: what, where, and the nearest right thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a problem is: an error stops, a warning is told."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in one sentence, with its place.

    ``line`` and ``column`` count from 1; 0 where the file as a whole is meant.
    """

    file: str
    line: int
    column: int
    message: str
    near: str | None = None
    level: Level = Level.ERROR

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        hint = f" Did you mean “{self.near}”?" if self.near else ""
        return f"{place}: {self.message}{hint}"


class CannotRead(Exception):
    """A file cannot be read at all; carries the problems found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
