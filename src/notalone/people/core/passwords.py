"""Passwords that are made for somebody: easy to read out and to type, hard to guess."""

from __future__ import annotations

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 signs; without l, o, 0 and 1
SIZE = 16


def readable(entropy: bytes) -> str:
    """Return a password of four groups of four letters and digits, 80 bits strong.

    Raises:
        ValueError: ``entropy`` is not 16 random bytes.
    """
    if len(entropy) != SIZE:
        raise ValueError(f"a password takes {SIZE} random bytes")
    letters = "".join(ALPHABET[byte % 32] for byte in entropy)
    return "-".join(letters[start : start + 4] for start in range(0, SIZE, 4))
