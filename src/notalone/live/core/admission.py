"""Whether a client's first message lets it in."""

from __future__ import annotations

from notalone.kit.time import Instant
from notalone.live.core import protocol, tokens
from notalone.live.core.values import INVALID, POLICY, Refuse

EXPIRED = "expired"  # the reason in the close frame by which a page knows that it needs a fresh token


def admit(client: int, said: str | bytes, has_origin: bool, key: bytes, now: Instant) -> tokens.Grant | Refuse:
    """Return what the client may do, or why it is refused.

    A client without an Origin header is no browser; it needs a token for processes.
    """
    try:
        hello = protocol.parse(said) if isinstance(said, str) else None
        if not isinstance(hello, protocol.Hello):
            return Refuse(client, "The first message is a hello.")
        grant = tokens.check(hello.token, key, now)
    except protocol.ProtocolError as error:
        return Refuse(client, str(error), INVALID)
    except tokens.ExpiredError as error:
        return Refuse(client, str(error), POLICY, EXPIRED)
    except tokens.TokenError as error:
        return Refuse(client, str(error))
    if not has_origin and not grant.process:
        return Refuse(client, "This token is for a page, and a page says its origin.")
    if hello.name is not None and hello.name != grant.name:
        return Refuse(client, f"This token is for “{grant.name}”, not for “{hello.name}”.")
    return grant
