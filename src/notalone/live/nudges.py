"""The nudge: a datagram without content on loopback that says a log grew. Nothing depends on it."""

from __future__ import annotations

import asyncio
import logging

_log = logging.getLogger("notalone.live")
HOST = "127.0.0.1"


class Nudges(asyncio.DatagramProtocol):
    """Sets events at every datagram; many datagrams before one is cleared are one for it."""

    def __init__(self, event: asyncio.Event) -> None:
        self.events = [event]
        self._transport: asyncio.DatagramTransport | None = None

    async def listen(self, port: int) -> None:
        """Listen on the port; where that cannot be, say so and go on, for the relay looks each second anyway."""
        loop = asyncio.get_running_loop()
        try:
            self._transport, _ = await loop.create_datagram_endpoint(lambda: self, local_addr=(HOST, port))
        except OSError as error:
            _log.warning("no nudges on UDP port %d (%s); moments may take a second", port, error.strerror)

    def datagram_received(self, data: bytes, addr: object) -> None:
        """Wake whoever waits."""
        for event in self.events:
            event.set()

    def close(self) -> None:
        """Stop listening."""
        if self._transport is not None:
            self._transport.close()
