"""The hub against a plain model: a database, a relay that lags, sources read late, clients that come and go."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from notalone.kit.time import Duration, Instant
from notalone.live.core import following, hub, protocol, values
from notalone.live.core.log import Ring
from notalone.live.core.tokens import Grant

T0 = Instant(1_800_000_000_000)
ALL = Grant("show", ("moments", "show/*", "presence"), ("show/*",), Instant(T0.ms + 10**9), True)
LIMIT = 3


def message(seq):
    return protocol.value_of("moments", seq, "{}")


class World(RuleBasedStateMachine):
    """What followers of a log hear is what the database holds after their number: once each, in order."""

    @initialize(before=st.integers(0, 12), max_rows=st.integers(1, 4))
    def begin(self, before, max_rows):
        self.hub = hub.hub(["moments"], {"moments": Ring(max_rows=max_rows)})
        self.now = T0
        self.database = list(range(2, 2 + 2 * before, 2))
        self.opened = False
        self.numbers = iter(range(1, 10**6))
        self.clients = []
        self.heard = defaultdict(list)  # (client, follow number) -> sequence numbers of the log
        self.follow_of = {}
        self.after = {}
        self.caught = {}
        self.state_heard = defaultdict(list)
        self.kept = None
        self.following_state = set()
        self.reads = []
        self.late = []
        self.counts = {}

    def step(self, event):
        for effect in hub.step(self.hub, event, self.now):
            match effect:
                case values.Send(clients, texts):
                    for client in clients:
                        assert client in self.clients
                        for text in texts:
                            self.hear(client, json.loads(text))
                case values.Fetch():
                    self.reads.append(effect)
                case values.Refuse():
                    raise AssertionError(effect.why)

    def hear(self, client, said):
        if said["is"] == "watchers":
            self.counts[client, said["topic"]] = said["count"]
        elif said.get("topic") == "moments":
            follow = self.follow_of[client]
            if said["is"] == "value":
                self.heard[follow].append(said["seq"])
            else:
                assert follow not in self.caught
                self.caught[follow] = said["seq"]
        elif said.get("topic") == "show/state" and said["is"] == "value":
            self.state_heard[client].append(said["value"]["n"])

    @rule()
    def join(self):
        client = next(self.numbers)
        self.clients.append(client)
        self.step(values.Joined(client, ALL))

    @precondition(lambda self: self.clients)
    @rule(data=st.data())
    def part(self, data):
        client = data.draw(st.sampled_from(self.clients))
        self.step(values.Left(client))
        self.clients.remove(client)
        self.follow_of.pop(client, None)
        self.following_state.discard(client)

    @precondition(lambda self: self.clients)
    @rule(data=st.data())
    def follow_log(self, data):
        client = data.draw(st.sampled_from(self.clients))
        # numbers that live may not have relayed yet, but that the database holds
        after = data.draw(st.none() | st.integers(0, max(self.database, default=0)))
        follow = next(self.numbers)
        self.follow_of[client] = follow
        self.after[follow] = after
        self.step(values.Received(client, protocol.Follow("moments", after)))

    @precondition(lambda self: self.follow_of)
    @rule(data=st.data())
    def leave_log(self, data):
        client = data.draw(st.sampled_from(sorted(self.follow_of)))
        self.step(values.Received(client, protocol.Leave("moments")))
        del self.follow_of[client]

    @rule(gaps=st.lists(st.integers(1, 3), min_size=1, max_size=5))
    def commit(self, gaps):
        for gap in gaps:
            self.database.append(max(self.database, default=0) + gap)

    @precondition(lambda self: not self.opened)
    @rule(back=st.integers(0, 4))
    def open(self, back):
        self.opened = True
        head = max(self.database, default=0)
        floor = max(0, head - back)
        rows = tuple((seq, message(seq)) for seq in self.database if seq > floor)
        self.step(values.Opened("moments", floor, head, rows))

    @precondition(lambda self: self.opened)
    @rule(limit=st.integers(1, 6))
    def relay(self, limit):
        head = self.hub.logs["moments"].head
        rows = tuple((seq, message(seq)) for seq in self.database if seq > head)[:limit]
        if rows:
            self.step(values.Appended("moments", rows[-1][0], rows))

    @precondition(lambda self: self.reads)
    @rule(data=st.data())
    def read_source(self, data):
        read = self.reads.pop(data.draw(st.integers(0, len(self.reads) - 1)))
        rows = tuple((seq, message(seq)) for seq in self.database if seq > read.after)[:LIMIT]
        self.late.append(values.Fetched(read.client, "moments", read.ticket, rows, len(rows) < LIMIT))

    @precondition(lambda self: self.late)
    @rule(data=st.data())
    def answer_of_the_source_arrives(self, data):
        self.step(self.late.pop(data.draw(st.integers(0, len(self.late) - 1))))

    @precondition(lambda self: self.clients)
    @rule(data=st.data(), keep=st.booleans())
    def publish(self, data, keep):
        client = data.draw(st.sampled_from(self.clients))
        n = next(self.numbers)
        before = {each: list(self.state_heard[each]) for each in self.clients}
        self.step(values.Received(client, protocol.Publish("show/state", f'{{"n":{n}}}', keep)))
        if keep:
            self.kept = n
        for each in self.clients:
            new = [n] if each in self.following_state else []
            assert self.state_heard[each] == before[each] + new

    @precondition(lambda self: self.clients)
    @rule(data=st.data())
    def follow_state(self, data):
        client = data.draw(st.sampled_from(self.clients))
        before = list(self.state_heard[client])
        self.step(values.Received(client, protocol.Follow("show/state")))
        self.following_state.add(client)
        assert self.state_heard[client] == before + ([] if self.kept is None else [self.kept])

    @rule(ms=st.integers(0, 1000))
    def tick(self, ms):
        self.now = self.now + Duration(ms)
        self.step(values.Tick())
        for client in self.clients:
            assert self.counts.get((client, "show/state"), 0) == len(self.following_state)

    @invariant()
    def hears_in_order_and_once(self):
        for follow, seqs in self.heard.items():
            after = self.after[follow]
            begin = after if after is not None else (seqs[0] - 1 if seqs else 0)
            wanted = [seq for seq in self.database if seq > begin][: len(seqs)]
            assert seqs == wanted

    @invariant()
    def presence_is_the_number_of_clients(self):
        present = hub.present(self.hub, self.now)
        assert present.get("show", {"connections": 0})["connections"] == len(self.clients)

    def teardown(self):
        """Let everything settle: then each follower has heard everything."""
        if not hasattr(self, "hub"):
            return
        if not self.opened:
            self.open(0)
        while self.hub.logs["moments"].head < max(self.database, default=0):
            self.relay(100)
        for answer in self.late:
            self.step(answer)
        rounds = 0
        while self.reads:
            rounds += 1
            assert rounds < 1000
            read = self.reads.pop(0)
            rows = tuple((seq, message(seq)) for seq in self.database if seq > read.after)[:LIMIT]
            self.step(values.Fetched(read.client, "moments", read.ticket, rows, len(rows) < LIMIT))
        for follow in self.follow_of.values():
            assert follow in self.caught
            if self.after[follow] is not None:
                assert self.heard[follow] == [seq for seq in self.database if seq > self.after[follow]]


World.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestWorld = World.TestCase


class Small:
    """A hub with the clients 1, 2, …, each with its own grant; effects come back as plain tuples."""

    def __init__(self, *grants, logs=()):
        self.hub = hub.hub(logs)
        self.now = T0
        for number, grant in enumerate(grants, 1):
            self.step(values.Joined(number, grant))

    def step(self, event):
        return hub.step(self.hub, event, self.now)

    def say(self, client, message):
        return self.step(values.Received(client, message))


def grant(follow=(), publish=(), name="page", process=False, until=T0.ms + 10**7):
    return Grant(name, tuple(follow), tuple(publish), Instant(until), process)


def refusal(effects):
    [why] = [effect.why for effect in effects if isinstance(effect, values.Refuse)]
    return why


def test_a_topic_that_the_token_does_not_cover_is_neither_followed_nor_published():
    small = Small(grant(["show/*"]), grant([], ["show/desk"]))
    assert refusal(small.say(1, protocol.Follow("show"))) == "This token may not follow show."
    assert refusal(small.say(2, protocol.Publish("show/state", "{}"))) == "This token may not publish show/state."
    assert small.hub.clients == {}


@pytest.mark.parametrize("topic", ["moments", "presence"])
def test_no_client_writes_what_live_writes_itself(topic):
    small = Small(grant(publish=[topic]), grant(publish=[topic]), logs=["moments"])
    wanted = f"The topic {topic} is written by live alone."
    assert refusal(small.say(1, protocol.Publish(topic, "{}", True))) == wanted
    assert refusal(small.step(values.FrameReceived(2, topic, b"x"))) == wanted


def test_a_client_follows_twenty_topics_and_not_one_more():
    small = Small(grant(["show/*"]))
    for number in range(following.MAX_FOLLOWS):
        small.say(1, protocol.Follow(f"show/a{number}"))
    small.say(1, protocol.Follow("show/a0"))
    assert refusal(small.say(1, protocol.Follow("show/b"))) == "A client follows at most 20 topics."


def test_what_a_refused_client_sent_meanwhile_is_not_heard():
    small = Small(grant(["wall"]))
    small.step(values.Malformed(1, "no"))
    assert small.say(1, protocol.Follow("wall")) == []
    assert small.step(values.Left(1)) == []


def test_a_second_hello_is_refused():
    assert refusal(Small(grant()).say(1, protocol.Hello("t"))) == "Hello was said already."


def test_a_page_that_floods_is_refused_and_a_process_is_not():
    small = Small(grant(), grant(process=True))
    for _ in range(int(hub.BURST)):
        assert small.say(1, protocol.Clock(1)) == [values.Send((1,), (protocol.clock(1, T0),))]
    small.now = T0 + Duration(20)
    assert len(small.say(1, protocol.Clock(1))) == 1
    assert refusal(small.say(1, protocol.Clock(1))) == "A page sends at most 50 messages a second."
    for _ in range(1000):
        assert len(small.say(2, protocol.Clock(1))) == 1


def test_a_client_is_let_go_when_its_token_expires():
    small = Small(grant(["wall"], until=T0.ms + 500), grant(["wall"]))
    small.now = T0 + Duration(499)
    assert [e for e in small.step(values.Tick()) if isinstance(e, values.Refuse)] == []
    small.now = T0 + Duration(500)
    [gone] = [e for e in small.step(values.Tick()) if isinstance(e, values.Refuse)]
    assert (gone.client, gone.reason, gone.code) == (1, "expired", 1008)
    assert list(small.hub.clients) == [2]


def test_expired_tokens_of_clients_long_gone_take_no_memory():
    small = Small()
    for number in range(5000):
        small.step(values.Joined(number, grant()))
        small.step(values.Left(number))
    assert len(small.hub.expiries) <= 1001
    assert (small.hub.clients, small.hub.names) == ({}, {})


def test_the_first_watcher_is_told_at_once_and_a_crowd_once_a_tick():
    small = Small(grant([], ["show/*"], "show", True), *[grant(["show/frame"])] * 50)
    first = small.say(2, protocol.Follow("show/frame"))
    assert values.Send((1,), (protocol.watchers("show/frame", 1),)) in first
    for client in range(3, 52):
        assert all(1 not in e.clients for e in small.say(client, protocol.Follow("show/frame")))
    assert values.Send((1,), (protocol.watchers("show/frame", 50),)) in small.step(values.Tick())
    for client in range(3, 52):
        small.step(values.Left(client))
    assert values.Send((1,), (protocol.watchers("show/frame", 0),)) in small.step(values.Left(2))
    assert "show/frame" not in small.hub.topics


def test_a_publisher_that_comes_late_hears_of_the_watchers_there_are():
    small = Small(grant(["show/frame"]))
    small.say(1, protocol.Follow("show/frame"))
    [sent] = small.step(values.Joined(2, grant([], ["show/*"])))
    assert sent.texts[1:] == (protocol.watchers("show/frame", 1),)


def test_presence_names_and_counts_and_is_told_once_a_tick():
    small = Small(grant(["presence"], name="staff"), grant(name="page"), grant(name="page"))
    small.say(1, protocol.Follow("presence"))
    [told] = small.step(values.Tick())
    value = json.loads(told.texts[0])["value"]
    assert value == {"page": {"connections": 2}, "staff": {"connections": 1}}
    assert small.step(values.Tick()) == []
    small.now = T0 + Duration(412)
    small.say(3, protocol.Clock(0))
    small.now = T0 + Duration(512)
    assert hub.present(small.hub, small.now) == {
        "page": {"connections": 2, "seen_ms": 100},
        "staff": {"connections": 1, "seen_ms": 512},
    }


def test_a_frame_goes_to_followers_as_it_is_and_is_not_kept():
    small = Small(grant([], ["show/frame"]), grant(["show/frame"]), grant(["show/frame"]))
    small.say(2, protocol.Follow("show/frame"))
    assert small.step(values.FrameReceived(1, "show/frame", b"raw")) == [values.SendFrame((2,), b"raw")]
    assert small.say(3, protocol.Follow("show/frame"))[0].texts == (protocol.caught_up("show/frame", 0),)


def test_live_keeps_a_thousand_topics_at_most():
    small = Small(grant([], ["show/*"], process=True))
    for number in range(hub.MAX_KEPT):
        assert small.say(1, protocol.Publish(f"show/n{number}", "{}", True)) == []
    assert refusal(small.say(1, protocol.Publish("show/more", "{}", True))) == "Live keeps at most 1000 topics."


def test_a_number_from_another_log_waits_three_seconds_and_begins_where_this_one_stands():
    small = Small(grant(["wall"]), logs=["wall"])
    small.step(values.Opened("wall", 0, 5, ()))
    assert not any(isinstance(e, values.Send) for e in small.say(1, protocol.Follow("wall", 9000)))
    small.now = T0 + Duration(2999)
    assert not any("caught-up" in t for e in small.step(values.Tick()) for t in getattr(e, "texts", ()))
    small.now = T0 + Duration(3000)
    assert values.Send((1,), (protocol.caught_up("wall", 5),)) in small.step(values.Tick())


def test_a_ring_is_bounded_by_rows_and_by_size():
    ring = Ring(max_rows=3, max_chars=100)
    ring.open(0, 0)
    ring.append([(n, "x") for n in range(1, 6)], 5)
    assert (ring.floor, [seq for seq, _ in ring.rows]) == (2, [3, 4, 5])
    assert (ring.after(1), ring.after(2), ring.after(5), ring.after(4)) == (None, ("x", "x", "x"), (), ("x",))
    ring.append([(6, "y" * 99)], 6)
    assert (ring.floor, [seq for seq, _ in ring.rows], ring.chars) == (4, [5, 6], 100)


def behind(after):
    """A hub whose ring holds the row 4 alone, and a client that asks for everything after a number."""
    small = Small(grant(["moments"]))
    small.hub = hub.hub(["moments"], {"moments": Ring(max_rows=1)})
    small.step(values.Joined(1, grant(["moments"])))
    small.step(values.Opened("moments", 3, 4, ((4, message(4)),)))
    return small, [e for e in small.say(1, protocol.Follow("moments", after)) if isinstance(e, values.Fetch)]


def grow(small, *seqs):
    for seq in seqs:
        small.step(values.Appended("moments", seq, ((seq, message(seq)),)))


def test_rows_that_came_while_the_source_was_read_and_left_the_ring_again_are_asked_for():
    small, [fetch] = behind(0)
    grow(small, 5, 6, 7)
    sent, again = small.step(values.Fetched(1, "moments", fetch.ticket, ((2, message(2)), (4, message(4))), True))
    assert sent.texts == (message(2), message(4))
    assert again == values.Fetch(1, "moments", fetch.ticket + 1, 4)
    rows = tuple((seq, message(seq)) for seq in (5, 6, 7, 8))  # 8 is committed, but live has not relayed it
    sent, caught_up = small.step(values.Fetched(1, "moments", again.ticket, rows, True))
    assert sent.texts == (message(5), message(6), message(7))
    assert caught_up.texts == (protocol.caught_up("moments", 7),)
    [news] = small.step(values.Appended("moments", 8, ((8, message(8)),)))
    assert news == values.Send((1,), (message(8),))


def test_the_answer_to_an_earlier_follow_is_not_taken_for_this_one():
    small, [old] = behind(0)
    grow(small, 5, 6, 7)
    [fresh] = [e for e in small.say(1, protocol.Follow("moments", 4)) if isinstance(e, values.Fetch)]
    assert small.step(values.Fetched(1, "moments", old.ticket, ((4, message(4)),), True)) == []
    rows = tuple((seq, message(seq)) for seq in (5, 6, 7))
    sent, caught_up = small.step(values.Fetched(1, "moments", fresh.ticket, rows, True))
    assert (sent.texts, caught_up.texts) == (tuple(text for _, text in rows), (protocol.caught_up("moments", 7),))


def test_a_source_full_of_rows_that_live_has_not_relayed_is_not_asked_again():
    small = Small(grant(["wall"]), logs=["wall"])
    small.step(values.Opened("wall", 3, 4, ()))
    [fetch] = [e for e in small.say(1, protocol.Follow("wall", 2)) if isinstance(e, values.Fetch)]
    rows = tuple((seq, protocol.value_of("wall", seq, "{}")) for seq in (5, 6, 7))
    effects = small.step(values.Fetched(1, "wall", fetch.ticket, rows, False))
    assert effects == [values.Send((1,), (protocol.caught_up("wall", 4),))]
