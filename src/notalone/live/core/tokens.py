"""Tokens: who a client is, what it may follow and publish, and until when; signed with HMAC-SHA256 (RFC 2104).

A token is ``claims.signature``, both base64url without padding (RFC 4648, 5); the claims are JSON. Its holder
can read it, so nothing secret belongs inside.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass

from notalone.kit.time import Instant
from notalone.live.core.topics import covers, is_pattern, is_topic

VERSION = 1
MAX_TOKEN = 4096
_PURPOSE = b"notalone.live token 1"


class TokenError(ValueError):
    """A token is refused; the message says why in one sentence."""


class ExpiredError(TokenError):
    """A token was good once; its holder needs a fresh one."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token says.

    ``name`` is what the client is counted under; ``follow`` and ``publish`` are patterns of topics;
    ``process`` marks a program of the house, which alone may come without an Origin header.
    """

    name: str
    follow: tuple[str, ...]
    publish: tuple[str, ...]
    until: Instant
    process: bool = False

    def __post_init__(self) -> None:
        if not is_topic(self.name):
            raise ValueError(f"“{self.name}” is not a name for a client of live")
        for pattern in (*self.follow, *self.publish):
            if not is_pattern(pattern):
                raise ValueError(f"“{pattern}” is neither a topic nor a pattern such as show/*")

    def may_follow(self, topic: str) -> bool:
        """Say whether the topic may be followed."""
        return covers(self.follow, topic)

    def may_publish(self, topic: str) -> bool:
        """Say whether the topic may be published."""
        return covers(self.publish, topic)


def key_of(secret: str) -> bytes:
    """Derive the signing key from the house's secret, so that no other use of the secret signs tokens."""
    return hmac.digest(secret.encode("utf-8"), _PURPOSE, hashlib.sha256)


def sign(grant: Grant, key: bytes) -> str:
    """Return the token of a grant."""
    claims = {
        "v": VERSION,
        "name": grant.name,
        "follow": list(grant.follow),
        "publish": list(grant.publish),
        "until": grant.until.ms,
        "process": grant.process,
    }
    body = _encode(json.dumps(claims, separators=(",", ":")).encode("utf-8"))
    return f"{body}.{_encode(hmac.digest(key, body.encode('ascii'), hashlib.sha256))}"


def check(token: str, key: bytes, now: Instant) -> Grant:
    """Return what a token says; the signature is compared in constant time before anything is read.

    Raises:
        ExpiredError: it was good once.
        TokenError: it is none of ours.
    """
    if len(token) > MAX_TOKEN:
        raise TokenError("The token is too long.")
    body, _, signature = token.partition(".")
    try:
        right = hmac.compare_digest(
            _decode(signature), hmac.digest(key, body.encode("ascii", "strict"), hashlib.sha256)
        )
    except (ValueError, binascii.Error):
        right = False
    if not right:
        raise TokenError("The token is not signed by this festival.")
    grant = _grant(body)
    if now >= grant.until:
        raise ExpiredError(f"The token expired at {grant.until}.")
    return grant


def _grant(body: str) -> Grant:
    try:
        claims = json.loads(_decode(body))
        if claims["v"] != VERSION:
            raise TokenError(f"The token is of version {claims['v']!r}; this is version {VERSION}.")
        return Grant(
            claims["name"],
            tuple(claims["follow"]),
            tuple(claims["publish"]),
            Instant(claims["until"]),
            claims["process"] is True,
        )
    except TokenError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TokenError("The token says nothing that can be understood.") from error


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _decode(text: str) -> bytes:
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _encode(raw) != text:
        raise ValueError("not the one right form of these bytes")
    return raw
