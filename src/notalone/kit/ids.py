"""Ids that sort by time and can be made anywhere: UUID version 7 (RFC 9562, 5.7)."""

from __future__ import annotations

from uuid import UUID

from notalone.kit.time import Instant


def uuid7(at: Instant, entropy: bytes) -> UUID:
    """Return the UUIDv7 of an instant and ten random bytes.

    Raises:
        ValueError: ``entropy`` is not ten bytes, or the instant is before 1970 or past 48 bits.
    """
    if len(entropy) != 10:
        raise ValueError("a UUIDv7 takes ten random bytes")
    if not 0 <= at.ms < 1 << 48:
        raise ValueError("a UUIDv7 takes an instant of 0 to 2**48 ms")
    raw = bytearray(at.ms.to_bytes(6, "big") + entropy)
    raw[6] = 0x70 | (raw[6] & 0x0F)
    raw[8] = 0x80 | (raw[8] & 0x3F)
    return UUID(bytes=bytes(raw))


def parse_uuid7(text: str) -> UUID:
    """Read a UUIDv7 from its text form.

    Raises:
        ValueError: the text is no UUID, or one of another version.
    """
    value = UUID(text)
    if value.version != 7:
        raise ValueError(f"{text} is not a UUID of version 7")
    return value


def made_at(value: UUID) -> Instant:
    """Return the instant inside a UUIDv7."""
    return Instant(value.int >> 80)
