"""Whether the processes of the festival answer."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import DatabaseError, connection

from notalone.live import queries as live

SHOW_SEEN_MS = 3000


@dataclass(frozen=True, slots=True)
class Health:
    """Which processes answer: web with its database, live, show as live sees it."""

    web: bool
    live: bool
    show: bool

    @property
    def well(self) -> bool:
        """Say whether all of them do."""
        return self.web and self.live and self.show

    def as_json(self) -> dict[str, str]:
        """Return each process with ``ok`` or ``down``."""
        said = {"web": self.web, "live": self.live, "show": self.show}
        return {name: "ok" if well else "down" for name, well in said.items()}


def check() -> Health:
    """Ask the database and live; waits at most as long as live's own limit."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        web = True
    except DatabaseError:
        web = False
    said = live.health()
    seen = said["present"].get("show", {}).get("seen_ms")
    return Health(web, said["live"] == "ok", seen is not None and seen < SHOW_SEEN_MS)
