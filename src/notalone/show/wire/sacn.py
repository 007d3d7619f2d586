"""Streaming ACN: DMX levels as E1.31 data packets (ANSI E1.31-2018, table 4-1 and clause 6)."""

from __future__ import annotations

import errno
import socket
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from notalone.show.core.light import Levels

PORT = 5568
SIZE = 638
_SEQUENCE, _OPTIONS, _UNIVERSE, _DATA = 111, 112, 113, 126
_TERMINATED = 0x40
_GOODBYES = 3  # 6.2.6: a source sends three packets with the bit set
_HOPS = 8


@dataclass(frozen=True, slots=True)
class Target:
    """Where packets go by unicast."""

    host: str
    port: int = PORT


def parse_target(text: str) -> Target:
    """Read ``host``, ``host:port`` or ``[IPv6]:port``.

    Raises:
        ValueError: the text is no such thing.
    """
    host, colon, port = text.strip().rpartition(":")
    if not colon or (":" in host and not host.startswith("[")) or port.endswith("]"):
        host, port = text.strip(), str(PORT)
    host = host.strip("[]")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ValueError(f"“{text}” is not a host or host:port")
    return Target(host, int(port))


def multicast_address(universe: int) -> str:
    """Return the IPv4 group of a universe (clause 9.3.1)."""
    return f"239.255.{universe >> 8}.{universe & 0xFF}"


def packet(cid: UUID, source: str, priority: int, universe: int) -> bytes:
    """Return a data packet of 512 zero levels and sequence number 0.

    Raises:
        ValueError: the universe is not 1 to 63999, the priority not 0 to 200.
    """
    if not 1 <= universe <= 63999 or not 0 <= priority <= 200:
        raise ValueError("sACN has universes 1 to 63999 and priorities 0 to 200")
    name = source.encode("utf-8")[:63].decode("utf-8", "ignore").encode("utf-8")
    root = struct.pack("!HH12sHI16s", 0x0010, 0, b"ASC-E1.17\0\0\0", 0x7000 | SIZE - 16, 4, cid.bytes)
    framing = struct.pack("!HI64sBHBBH", 0x7000 | SIZE - 38, 2, name, priority, 0, 0, 0, universe)
    dmp = struct.pack("!HBBHHHB512x", 0x7000 | SIZE - 115, 2, 0xA1, 0, 1, 513, 0)
    return root + framing + dmp


class Sacn:
    """Sends universes to unicast targets and multicast groups; a target that fails is tried again each frame."""

    name = "sacn"

    def __init__(
        self,
        universes: Sequence[int],
        cid: UUID,
        unicast: Iterable[Target] = (),
        *,
        multicast: bool = False,
        priority: int = 100,
        source: str = "Not Alone",
    ) -> None:
        self.problem = ""
        self._packets: NDArray[np.uint8] = np.stack(
            [np.frombuffer(packet(cid, source, priority, universe), np.uint8) for universe in universes]
        )
        self._views = [memoryview(row) for row in self._packets]
        self._routes: list[tuple[socket.socket, list[tuple[str, int]]]] = []
        self._sockets: dict[int, socket.socket] = {}
        for target in unicast:
            self._route(target, len(universes))
        if multicast:
            groups = [(multicast_address(universe), PORT) for universe in universes]
            self._routes.append((self._socket(socket.AF_INET), groups))

    def _socket(self, family: int) -> socket.socket:
        found = self._sockets.get(family)
        if found is None:
            found = socket.socket(family, socket.SOCK_DGRAM)
            found.setblocking(False)
            found.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
            if family == socket.AF_INET:
                found.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, _HOPS)
            self._sockets[family] = found
        return found

    def _route(self, target: Target, count: int) -> None:
        try:
            family, *_, address = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_DGRAM)[0]
        except OSError as error:
            self.problem = f"sACN target {target.host} is not known: {error.strerror}"
            return
        self._routes.append((self._socket(family), [(str(address[0]), int(address[1]))] * count))

    def send(self, frame: Levels) -> None:
        """Send every universe to every target, numbered on from the last frame (6.7.2)."""
        self._packets[:, _DATA:] = frame
        self._packets[:, _SEQUENCE] += 1
        self._out()

    def _out(self) -> None:
        problem = ""
        for route, addresses in self._routes:
            for view, address in zip(self._views, addresses, strict=True):
                try:
                    route.sendto(view, address)
                except OSError as error:
                    if error.errno != errno.ECONNREFUSED:  # nobody listens there yet, which is no fault of ours
                        problem = f"sACN to {address[0]}: {error.strerror}"
        if problem or self._routes:
            self.problem = problem

    def close(self) -> None:
        """Tell receivers that the stream ends, and close."""
        self._packets[:, _OPTIONS] = _TERMINATED
        for _ in range(_GOODBYES):
            self._packets[:, _SEQUENCE] += 1
            self._out()
        for one in self._sockets.values():
            one.close()
