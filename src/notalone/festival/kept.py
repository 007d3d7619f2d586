"""What a process keeps of files that it read: read again when they change, kept when they break."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from notalone.kit.problems import CannotRead

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
Looks = tuple[tuple[str, int, int], ...]


def looks(paths: Iterable[Path]) -> Looks:
    """Return when each file changed last, and its size; -1 where there is none."""
    out = []
    for path in paths:
        try:
            stat = path.stat()
            out.append((str(path), stat.st_mtime_ns, stat.st_size))
        except OSError:
            out.append((str(path), -1, -1))
    return tuple(out)


class Kept(Generic[_T]):
    """One value of some files.

    A festival goes on while its folder is edited: a change that cannot be read is told in the log once, and
    the value stays as it was last read.
    """

    def __init__(self, read: Callable[[], _T]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._looks: Looks | None = None
        self._value: _T | None = None
        self._error: CannotRead | None = None

    def get(self, now: Looks) -> _T:
        """Return the value, read again where the files look different from when it was read.

        Raises:
            CannotRead: the files could not be read yet.
        """
        with self._lock:
            if now != self._looks:
                try:
                    self._value, self._error = self._read(), None
                except CannotRead as error:
                    self._error = error
                    for problem in error.problems if self._value is not None else ():
                        _log.error("%s", problem)
                self._looks = now
            if self._value is None:
                assert self._error is not None  # noqa: S101 -- reading gives one or the other
                raise self._error
            return self._value
