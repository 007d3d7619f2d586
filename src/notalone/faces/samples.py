"""What the design page shows: the names of the design's values and pieces."""

from __future__ import annotations

ALL: dict[str, object] = {
    "colours": ("night", "dusk", "mist", "paper", "ink", "ember", "tide", "coral", "sky"),
    "roles": ("bg", "fg", "muted", "line", "surface", "surface-2", "accent", "on-accent", "danger", "ok", "warn"),
    "steps": ("step--1", "step-0", "step-1", "step-2", "step-3", "step-4", "step-5", "step-6"),
    "spaces": tuple(f"space-{number}" for number in range(1, 9)),
    "icons": (
        "phone", "call", "chat", "help", "exit", "calm", "wall", "light", "check", "flag", "people", "clock", "home",
        "globe", "next", "back", "warning", "lock", "sound", "stage", "place", "list", "plus", "close", "star",
    ),
}  # fmt: skip
