"""Following and leaving, and how a follower of a log catches up without a gap or a double."""

from __future__ import annotations

from notalone.kit.time import Duration, Instant
from notalone.live.core import protocol
from notalone.live.core.values import (
    Appended,
    Catching,
    Effect,
    Fetch,
    Fetched,
    Hub,
    Opened,
    Refuse,
    Send,
    Topic,
)

MAX_FOLLOWS = 20
AHEAD = Duration(3000)


def follow(hub: Hub, client: int, message: protocol.Follow, now: Instant) -> list[Effect]:
    """Begin a follow; a second one of the same topic takes the place of the first."""
    who, topic = hub.clients[client], message.topic
    if not who.grant.may_follow(topic):
        return [Refuse(client, f"This token may not follow {topic}.")]
    effects = leave(hub, client, topic)
    if len(who.follows) >= MAX_FOLLOWS:
        return [Refuse(client, f"A client follows at most {MAX_FOLLOWS} topics.")]
    who.follows.add(topic)
    ring = hub.logs.get(topic)
    if ring is None:
        place = hub.topics.setdefault(topic, Topic())
        place.followers[client] = None
        kept = () if place.kept is None else (place.kept,)
        effects.append(Send((client,), (*kept, protocol.caught_up(topic, place.seq))))
    else:
        hub.topics.setdefault(topic, Topic())
        hub.catching[topic][client] = Catching(message.after, now)
        if ring.opened:
            effects += _advance(hub, client, topic)
    return effects + count(hub, topic)


def leave(hub: Hub, client: int, topic: str) -> list[Effect]:
    """End a follow; harmless where there is none."""
    who = hub.clients.get(client)
    if who is None or topic not in who.follows:
        return []
    who.follows.discard(topic)
    if topic in hub.logs:
        hub.catching[topic].pop(client, None)
        hub.ahead.pop((topic, client), None)
    place = hub.topics[topic]
    place.followers.pop(client, None)
    effects = count(hub, topic)
    if not place.followers and place.kept is None and not place.told and topic not in hub.logs:
        del hub.topics[topic]
        hub.uncounted.discard(topic)
    return effects


def opened(hub: Hub, event: Opened) -> list[Effect]:
    """Take a log's state and serve those who waited for it."""
    ring = hub.logs[event.topic]
    ring.open(event.floor, event.head)
    ring.preload(event.rows)
    waiting = list(hub.catching[event.topic])
    return [effect for client in waiting for effect in _advance(hub, client, event.topic)]


def appended(hub: Hub, event: Appended) -> list[Effect]:
    """Send a log's new rows to all who are up to date; who still catches up finds them on the way."""
    ring = hub.logs[event.topic]
    if not ring.opened:
        raise ValueError(f"the log {event.topic} grew before it was opened")
    fresh = ring.append(event.rows, event.head)
    place = hub.topics.get(event.topic)
    effects: list[Effect] = []
    if fresh and place is not None and place.followers:
        effects.append(Send(tuple(place.followers), tuple(text for _, text in fresh)))
    for topic, client in list(hub.ahead):
        if topic == event.topic:
            effects += _advance(hub, client, topic)
    return effects


def give_up_waiting(hub: Hub, now: Instant) -> list[Effect]:
    """Let those begin at the head whose position the log has not reached in time: it is of another log."""
    effects: list[Effect] = []
    for topic, client in list(hub.ahead):
        state = hub.catching[topic][client]
        if now.since(state.since) >= AHEAD:
            state.position = None
            effects += _advance(hub, client, topic)
    return effects


def fetched(hub: Hub, event: Fetched) -> list[Effect]:
    """Pass on what the source had, then go on from there."""
    state = hub.catching[event.topic].get(event.client)
    if state is None or state.ticket != event.ticket or state.position is None:
        return []  # it left meanwhile, or began anew
    ring = hub.logs[event.topic]
    # rows beyond the head will be appended, and sent then
    rows = [(seq, text) for seq, text in event.rows if state.position < seq <= ring.head]
    if rows:
        state.position = rows[-1][0]
    if event.whole:
        state.position = max(state.position, state.asked)
    if event.rows and event.rows[-1][0] > ring.head:
        state.position = ring.head
    effects: list[Effect] = [Send((event.client,), tuple(text for _, text in rows))] if rows else []
    return effects + _advance(hub, event.client, event.topic)


def _advance(hub: Hub, client: int, topic: str) -> list[Effect]:
    """Let a follower go live from the ring where it reaches back far enough, else ask the source."""
    ring, state = hub.logs[topic], hub.catching[topic][client]
    position = ring.head if state.position is None else state.position
    if position > ring.head:  # a page that read the database a moment before live did
        hub.ahead[topic, client] = None
        return []
    hub.ahead.pop((topic, client), None)
    texts = ring.after(position)
    if texts is None:
        hub.tickets += 1
        state.position, state.asked, state.ticket = position, ring.head, hub.tickets
        return [Fetch(client, topic, hub.tickets, position)]
    del hub.catching[topic][client]
    hub.topics[topic].followers[client] = None
    return [Send((client,), (*texts, protocol.caught_up(topic, ring.head)))]


def count(hub: Hub, topic: str) -> list[Effect]:
    """Tell the first and the last watcher at once; other changes wait for the tick."""
    place = hub.topics[topic]
    number = watching(hub, topic)
    if bool(number) != bool(place.told):
        return tell_watchers(hub, topic)
    if number != place.told:
        hub.uncounted.add(topic)
    return []


def watching(hub: Hub, topic: str) -> int:
    """Return how many follow a topic, those who still catch up among them."""
    number = len(hub.topics[topic].followers) if topic in hub.topics else 0
    if topic in hub.logs:
        number += len(hub.catching[topic])
    return number


def tell_watchers(hub: Hub, topic: str) -> list[Effect]:
    """Tell the number of watchers to all who may publish the topic."""
    hub.uncounted.discard(topic)
    place = hub.topics[topic]
    place.told = watching(hub, topic)
    told = tuple(client for client in hub.publishers if hub.clients[client].grant.may_publish(topic))
    return [Send(told, (protocol.watchers(topic, place.told),))] if told else []
