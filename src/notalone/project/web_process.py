"""The web process: Django's pages under granian, WSGI with persistent connections."""

from __future__ import annotations

import logging

from granian.constants import Interfaces
from granian.server import Server

from notalone.project.environment import Environment

THREADS = 4


def main(environment: Environment) -> None:
    """Serve until told to stop."""
    logging.getLogger("_granian").setLevel(logging.WARNING)
    Server(
        "notalone.project.wsgi:application",
        address=environment.host,
        port=environment.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        backlog=2048,
        log_enabled=True,
        log_level="warning",  # type: ignore[arg-type]
        log_access=False,
        respawn_failed_workers=False,
        workers_kill_timeout=4,
    ).serve()
