"""Allowances: what many threads, floods and clocks that jump do to them."""

from __future__ import annotations

import threading

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.kit.allowance import Bucket, Limit, Sender, may, step, take
from notalone.kit.time import Duration, Instant

NOON = Instant(1_000_000)


class Memory(dict):
    """A cache that forgets nothing, and remembers for how long it was asked to."""

    def __init__(self):
        super().__init__()
        self.kept_for = {}

    def set(self, key, value, timeout):
        self[key] = value
        self.kept_for[key] = timeout


@hypothesis.settings(deadline=None)
@given(times=st.lists(st.integers(0, 5000), min_size=1, max_size=60).map(sorted))
def test_a_bucket_never_lets_more_through_than_its_burst_and_rate(times):
    limit, bucket, taken = Limit(burst=5, rate=2), None, []
    for ms in times:
        bucket, there = step(limit, bucket, Instant(ms))
        if there:
            taken.append(ms)
    for first in range(len(taken)):
        for last in range(first, len(taken)):
            assert last - first + 1 <= 5 + 2 * (taken[last] - taken[first]) / 1000 + 1e-6


def test_a_bucket_outlives_a_clock_that_is_set_back():
    bucket, there = step(Limit(1, 1), Bucket(0.0, Instant(5000)), Instant(1000))
    assert not there
    assert bucket.at == Instant(5000)


@given(st.integers(1, 200))
def test_so_many_a_minute_come_at_once_and_whoever_waits_as_told_may_come_again(count):
    limit, memory = Limit.a_minute(count), Memory()
    assert [take(memory, "x", limit, NOON) for _ in range(count + 1)] == [True] * count + [False]
    assert take(memory, "x", limit, NOON + Duration.seconds(limit.wait))


@pytest.mark.parametrize(("limit", "wait"), [(Limit.a_minute(20), 3), (Limit.a_minute(7), 9), (Limit(20, 20), 1)])
def test_the_wait_is_in_whole_seconds(limit, wait):
    assert limit.wait == wait


@given(st.integers(1, 100), st.floats(0.01, 100))
def test_a_bucket_is_kept_until_it_would_be_full_again(burst, rate):
    memory, limit = Memory(), Limit(burst, rate)
    while take(memory, "x", limit, NOON):
        pass
    later = NOON + Duration.seconds(memory.kept_for["x"])
    assert step(limit, memory["x"], later)[0].left >= burst - 1.01


def test_a_session_that_floods_takes_nothing_from_its_address():
    memory, school = Memory(), "203.0.113.5"
    session, address = Limit(2, 0.001), Limit(3, 0.001)
    flood = [may(memory, "x", Sender("one", school), session, address, NOON) for _ in range(100)]
    assert flood.count(True) == 2
    assert may(memory, "x", Sender("other", school), session, address, NOON)
    assert not may(memory, "x", Sender(None, school), session, address, NOON)
    assert may(memory, "x", Sender(None, "198.51.100.7"), session, address, NOON)
    assert may(memory, "another thing", Sender("one", school), session, address, NOON)


def test_of_many_threads_exactly_as_many_are_let_through_as_there_is_room_for():
    memory, limit, start, let = Memory(), Limit(50, 0.001), threading.Barrier(8), []

    def run():
        start.wait()
        let.extend(take(memory, "x", limit, NOON) for _ in range(40))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert let.count(True) == 50
