"""What a wire is, and one that only remembers."""

from __future__ import annotations

from typing import Protocol

from notalone.show.core.light import Levels


class Wire(Protocol):
    """Somewhere that limited frames go: one frame of shape (universes, 512) at a time."""

    name: str
    problem: str

    def send(self, frame: Levels) -> None:
        """Send a frame; never raises and never waits: what goes wrong stands in ``problem``."""

    def close(self) -> None:
        """Say goodbye and let go."""


class Recording:
    """A wire that keeps every frame, for tests."""

    name = "recording"
    problem = ""

    def __init__(self) -> None:
        self.frames: list[Levels] = []
        self.closed = False

    def send(self, frame: Levels) -> None:
        """Keep a copy of the frame."""
        self.frames.append(frame.copy())

    def close(self) -> None:
        """Remember that it ended."""
        self.closed = True
