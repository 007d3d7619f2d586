"""The hub: who follows what, the last values, the logs' ends, who is present. It does nothing by itself.

``step`` takes what happened and returns what is to be done; the hub handed in is changed in place, because it
holds ten thousand clients. It reads no clock and touches no socket, so the same events always end the same.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

from notalone.kit.moments import Json
from notalone.kit.time import Instant
from notalone.live.core import following, protocol
from notalone.live.core.admission import EXPIRED
from notalone.live.core.log import Ring
from notalone.live.core.topics import PRESENCE
from notalone.live.core.values import (
    INVALID,
    POLICY,
    Appended,
    Client,
    Effect,
    Event,
    Fetched,
    FrameReceived,
    Hub,
    Joined,
    Left,
    Malformed,
    Name,
    Opened,
    Received,
    Refuse,
    Send,
    SendFrame,
    Tick,
    Topic,
)

MAX_KEPT = 1000
BURST = 200.0
PER_SECOND = 50.0


def hub(logs: Iterable[str], rings: Mapping[str, Ring] | None = None) -> Hub:
    """Return a hub that nobody has joined; ``logs`` are the topics that are logs."""
    known = {topic: (rings or {}).get(topic) or Ring() for topic in logs}
    return Hub(known, catching={topic: {} for topic in known})


def step(state: Hub, event: Event, now: Instant) -> list[Effect]:
    """Take one event; return what is to be done, in order."""
    effects = _step(state, event, now)
    for effect in effects:
        if isinstance(effect, Refuse):
            effects = effects + _left(state, effect.client)
    return effects


def _step(state: Hub, event: Event, now: Instant) -> list[Effect]:
    match event:
        case Joined():
            return _joined(state, event, now)
        case Left():
            return _left(state, event.client)
        case Opened():
            return following.opened(state, event)
        case Appended():
            return following.appended(state, event)
        case Fetched():
            return following.fetched(state, event)
        case Tick():
            return _tick(state, now)
    if event.client not in state.clients:
        return []  # refused before this arrived
    return _heard(state, event, now)


def _joined(state: Hub, event: Joined, now: Instant) -> list[Effect]:
    state.clients[event.client] = Client(event.grant, BURST, now)
    _remember_expiry(state, event)
    name = state.names.setdefault(event.grant.name, Name(0, now))
    name.connections += 1
    name.heard = now
    state.moved = True
    texts = [protocol.welcome(now)]
    if event.grant.publish:
        state.publishers[event.client] = None
        texts += [
            protocol.watchers(topic, place.told)
            for topic, place in state.topics.items()
            if place.told and event.grant.may_publish(topic)
        ]
    return [Send((event.client,), tuple(texts))]


def _remember_expiry(state: Hub, event: Joined) -> None:
    heapq.heappush(state.expiries, (event.grant.until.ms, event.client))
    if len(state.expiries) > 2 * len(state.clients) + 1000:  # most of them have left long before
        state.expiries = [each for each in state.expiries if each[1] in state.clients]
        heapq.heapify(state.expiries)


def _left(state: Hub, client: int) -> list[Effect]:
    who = state.clients.get(client)
    if who is None:
        return []
    state.publishers.pop(client, None)
    effects = [effect for topic in sorted(who.follows) for effect in following.leave(state, client, topic)]
    del state.clients[client]
    name = state.names[who.grant.name]
    name.connections -= 1
    if not name.connections:
        del state.names[who.grant.name]
    state.moved = True
    return effects


def _heard(state: Hub, event: Received | FrameReceived | Malformed, now: Instant) -> list[Effect]:
    who = state.clients[event.client]
    state.names[who.grant.name].heard = now
    if isinstance(event, Malformed):
        return [Refuse(event.client, event.why, INVALID)]
    if now >= who.grant.until:
        return [_expired(event.client, who)]
    if not who.grant.process and not _afford(who, now):
        return [Refuse(event.client, f"A page sends at most {PER_SECOND:.0f} messages a second.")]
    if isinstance(event, FrameReceived):
        return _frame(state, event)
    message = event.message
    match message:
        case protocol.Hello():
            return [Refuse(event.client, "Hello was said already.")]
        case protocol.Clock():
            return [Send((event.client,), (protocol.clock(message.t, now),))]
        case protocol.Follow():
            return following.follow(state, event.client, message, now)
        case protocol.Leave():
            return following.leave(state, event.client, message.topic)
        case protocol.Publish():
            return _publish(state, event.client, message)


def _afford(who: Client, now: Instant) -> bool:
    earned = max(0, now.since(who.counted).ms) * PER_SECOND / 1000
    who.budget, who.counted = min(BURST, who.budget + earned) - 1, now
    return who.budget >= 0


def _expired(client: int, who: Client) -> Refuse:
    return Refuse(client, f"The token expired at {who.grant.until}.", POLICY, EXPIRED)


def _may_publish(state: Hub, client: int, topic: str) -> str | None:
    """Return why a client may not publish a topic, or None where it may."""
    if topic in state.logs or topic == PRESENCE:
        return f"The topic {topic} is written by live alone."
    if not state.clients[client].grant.may_publish(topic):
        return f"This token may not publish {topic}."
    return None


def _publish(state: Hub, client: int, message: protocol.Publish) -> list[Effect]:
    why = _may_publish(state, client, message.topic)
    if why is None and message.keep and message.topic not in state.topics and len(state.topics) >= MAX_KEPT:
        why = f"Live keeps at most {MAX_KEPT} topics."
    if why is not None:
        return [Refuse(client, why)]
    return _value(state, message.topic, message.value, keep=message.keep)


def _value(state: Hub, topic: str, value: str, *, keep: bool) -> list[Effect]:
    place = state.topics.get(topic)
    if place is None:
        if not keep:
            return []
        place = state.topics[topic] = Topic()
    place.seq += 1
    text = protocol.value_of(topic, place.seq, value)
    if keep:
        place.kept = text
    return [Send(tuple(place.followers), (text,))] if place.followers else []


def _frame(state: Hub, event: FrameReceived) -> list[Effect]:
    why = _may_publish(state, event.client, event.topic)
    if why is not None:
        return [Refuse(event.client, why)]
    place = state.topics.get(event.topic)
    return [SendFrame(tuple(place.followers), event.data)] if place and place.followers else []


def _tick(state: Hub, now: Instant) -> list[Effect]:
    effects: list[Effect] = []
    while state.expiries and state.expiries[0][0] <= now.ms:
        _, client = heapq.heappop(state.expiries)
        if client in state.clients:
            effects.append(_expired(client, state.clients[client]))
    effects += following.give_up_waiting(state, now)
    for topic in sorted(state.uncounted):
        if following.watching(state, topic) != state.topics[topic].told:
            effects += following.tell_watchers(state, topic)
    state.uncounted.clear()
    if state.moved:
        state.moved = False
        counts = {name: {"connections": each.connections} for name, each in sorted(state.names.items())}
        effects += _value(state, PRESENCE, protocol.dumps(counts), keep=True)
    return effects


def present(state: Hub, now: Instant) -> dict[str, Json]:
    """Return who is present: connections of each name, and ms since one of them was last heard."""
    return {
        name: {"connections": each.connections, "seen_ms": max(0, now.since(each.heard).ms)}
        for name, each in sorted(state.names.items())
    }
