"""The end of a log, kept at hand for those who come back soon."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

RING_ROWS = 1000
RING_CHARS = 256 * 1024


@dataclass(slots=True)
class Ring:
    """The latest rows of a log, as ``(sequence number, message)`` in order.

    Every row of the log with a number in ``floor`` (not included) to ``head`` (included) is here; numbers may
    have gaps. Until it is opened nothing is known of the log.
    """

    max_rows: int = RING_ROWS
    max_chars: int = RING_CHARS
    opened: bool = False
    floor: int = 0
    head: int = 0
    rows: deque[tuple[int, str]] = field(default_factory=deque)
    chars: int = 0

    def open(self, floor: int, head: int) -> None:
        """Begin with what came after ``floor`` of a log that stands at ``head``."""
        self.opened, self.floor, self.head, self.chars = True, floor, head, 0
        self.rows.clear()

    def append(self, rows: Iterable[tuple[int, str]], head: int) -> list[tuple[int, str]]:
        """Add rows and return those that were new; ``head`` is how far the log was looked at."""
        fresh = []
        for seq, text in rows:
            if seq > self.head:
                fresh.append((seq, text))
                self._add(seq, text)
        self.head = max(self.head, head)
        return fresh

    def preload(self, rows: Iterable[tuple[int, str]]) -> None:
        """Add rows up to the head that nobody needs to be told."""
        for seq, text in rows:
            self._add(seq, text)

    def _add(self, seq: int, text: str) -> None:
        self.rows.append((seq, text))
        self.chars += len(text)
        self.head = max(self.head, seq)
        while len(self.rows) > self.max_rows or self.chars > self.max_chars:
            gone, text = self.rows.popleft()
            self.chars -= len(text)
            self.floor = gone

    def after(self, seq: int) -> tuple[str, ...] | None:
        """Return all messages after ``seq``, or None where the ring does not reach back that far."""
        if seq < self.floor:
            return None
        if seq >= self.head:
            return ()
        return tuple(text for number, text in self.rows if number > seq)
