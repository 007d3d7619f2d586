"""One WebSocket connection of the server: raw writes for the fan-out, and knowing who does not keep up."""

from __future__ import annotations

from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode
from websockets.protocol import State


def text_frame(text: str) -> bytes:
    """Return the bytes of a text message as a server sends it (RFC 6455, 5.2: not masked)."""
    return Frame(Opcode.TEXT, text.encode("utf-8")).serialize(mask=False)


def binary_frame(data: bytes) -> bytes:
    """Return the bytes of a binary message as a server sends it."""
    return Frame(Opcode.BINARY, data).serialize(mask=False)


class Connection(ServerConnection):
    """A connection that takes whole frames: without compression all clients get the same bytes, made once.

    ``behind`` is the server's set of connections whose buffer is above its limit.
    """

    behind: set[Connection]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- handed on
        super().__init__(*args, **kwargs)
        self.name = ""
        self.pushed = 0
        self.taken = 0
        self.stuck_since: float | None = None

    @property
    def open(self) -> bool:
        """Say whether a frame can be written."""
        return self.protocol.state is State.OPEN and not self.transport.is_closing()

    def push(self, frame: bytes) -> int:
        """Write a frame at once; return how many bytes wait to be taken by the client."""
        self.pushed += len(frame)
        self.transport.write(frame)
        return int(self.transport.get_write_buffer_size())

    def stuck_for(self, now: float) -> float:
        """Return for how many seconds the client has taken nothing of what waits for it."""
        taken = self.pushed - int(self.transport.get_write_buffer_size())
        if self.stuck_since is None or taken != self.taken:
            self.taken, self.stuck_since = taken, now
        return now - self.stuck_since

    def pause_writing(self) -> None:
        """Note that the buffer is above its limit."""
        super().pause_writing()
        self.stuck_since = None
        self.behind.add(self)

    def resume_writing(self) -> None:
        """Note that the client took most of what waited."""
        super().resume_writing()
        self.behind.discard(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was noted."""
        self.behind.discard(self)
        super().connection_lost(exc)
