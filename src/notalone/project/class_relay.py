"""The relay of classes: closes votes whose time is up and tells each class through live what changed in it.

It reads what is committed, so whichever process was killed when, the class is told the same; and it publishes as any
other client does, so a page that comes late gets the last value.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

from notalone.classes import actions, queries
from notalone.live import queries as live
from notalone.live.client import LiveClient
from notalone.live.server import Server
from notalone.project.relay import in_database

_log = logging.getLogger("notalone.live")
NAME = "classes"
LOOK_AGAIN = 0.5
GATHER = 0.03  # a class that votes at once is told a few times, not sixty


class ClassRelay:
    """Publishes ``class/…`` as last values; wakes on a nudge, looks each half second anyway."""

    def __init__(self, server: Server, port: int) -> None:
        self.nudged = server.nudges()
        self.url = f"ws://127.0.0.1:{port}/"
        self.known: dict[str, int] = {}
        self._due = in_database(actions.settle_due)
        self._changed = in_database(queries.changed)
        self._in_trouble = False

    async def run(self) -> None:
        """Tell the classes until cancelled, whatever happens to the database meanwhile."""
        token = lambda: live.token(NAME, publish=["class/*"])  # noqa: E731
        async with LiveClient(self.url, token, NAME) as client:
            await client.wait_connected()
            while True:
                self.nudged.clear()
                await self._look_well(client)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.nudged.wait(), LOOK_AGAIN)
                await asyncio.sleep(GATHER)

    async def _look_well(self, client: LiveClient) -> None:
        try:
            await self.look(client)
            self._in_trouble = False
        except Exception as error:  # a database that is locked or away is waited for
            if not self._in_trouble:
                _log.warning("the classes cannot be read (%s); looking again", error)
            self._in_trouble = True

    async def look(self, client: LiveClient) -> None:
        """Close what is due, then publish each class that is not known as it is now."""
        await asyncio.to_thread(self._due)
        for topic, rev, value in await asyncio.to_thread(self._changed, self.known):
            if await client.publish(topic, value, keep=True):
                self.known[topic] = rev
