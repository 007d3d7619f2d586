"""A class's code: short, read aloud without doubt, and never a word."""

from __future__ import annotations

# consonants alone make no word; without Q and Y, and without what looks like a digit
ALPHABET = "BCDFGHJKMNPRSTVWXZ"
LENGTH = 5


def make(entropy: bytes) -> str:
    """Return the code that random bytes give, at least two for each letter.

    Raises:
        ValueError: there are too few bytes.
    """
    if len(entropy) < 2 * LENGTH:
        raise ValueError(f"a code takes {2 * LENGTH} random bytes")
    number = int.from_bytes(entropy)
    letters = []
    for _ in range(LENGTH):
        number, letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[letter])
    return "".join(letters)


def clean(text: str) -> str:
    """Return what somebody typed as a code is written: capitals, without blanks and dashes."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[:32]


def is_code(text: str) -> bool:
    """Say whether a text is written as a code is."""
    return len(text) == LENGTH and all(letter in ALPHABET for letter in text)
