"""Any order of laying, deciding and taking back leaves wall, queue, log and audit telling the same."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.wall.wall_making import PASS, fresh_id

from notalone.festival import queries as festival
from notalone.people import queries as people
from notalone.wall import actions, queries
from notalone.wall.core.life import Reason


class Life(RuleBasedStateMachine):
    """The wall beside a model of it that is nothing but dictionaries and lists."""

    bricks = Bundle("bricks")
    person = None

    @initialize()
    def begin(self):
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.state: dict = {}
        self.kind: dict = {}
        self.order: list = []
        self.log: list = []
        self.decisions = 0

    def teardown(self):
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    @rule(target=bricks, own=st.booleans())
    def lay(self, own):
        brick = fresh_id()
        self.kind[brick] = own
        self.again(brick)
        if not own:
            self.order.append(brick)
            self.log.append(brick)
        self.state[brick] = "held" if own else "shown"
        return brick

    @rule(brick=bricks)
    def again(self, brick):
        if self.kind[brick]:
            told = actions.lay_own(brick, "one", f"words {brick.int % 97}", "vi")
        else:
            told = actions.lay_chosen(brick, "one", PASS, "tell", "vi")
        assert told == self.state.get(brick, "held" if self.kind[brick] else "shown")

    @rule(brick=bricks)
    def approve(self, brick):
        self._decide(brick, "held", "approved", lambda: actions.approve(self.person, brick))

    @rule(brick=bricks, reason=st.sampled_from(Reason))
    def refuse(self, brick, reason):
        self._decide(brick, "held", "refused", lambda: actions.refuse(self.person, brick, reason))

    @rule(brick=bricks)
    def undo(self, brick):
        before = self.state[brick]
        allowed = before if before in {"approved", "refused"} else "never"
        self._decide(brick, allowed, "held", lambda: actions.undo(self.person, brick))

    def _decide(self, brick, needs, becomes, act):
        if self.state[brick] != needs:
            with pytest.raises(actions.DecidedError):
                act()
            return
        act()
        self.decisions += 1
        if self.state[brick] == "approved":
            self.order.remove(brick)
        self.state[brick] = becomes
        if becomes == "approved":
            self.order.append(brick)
            self.log.append(brick)

    @invariant()
    def all_tell_the_same(self):
        if not hasattr(self, "state"):
            return
        held = {brick for brick, state in self.state.items() if state == "held"}
        assert [one.id for one in queries.bricks(0, 10_000)] == self.order
        assert queries.count() == len(self.order)
        assert {one.id for one in queries.queue(10_000)} == held
        assert queries.queue_length() == len(held)
        assert [moment.brick for _, moment in festival.moments_after(0, 10_000)] == [str(one) for one in self.log]
        off = {brick for brick in self.log if self.state[brick] not in {"shown", "approved"}}
        assert set(queries.gone(10_000)) == off
        decided = [one for one in people.audit_entries(limit=10_000) if one.verb.endswith("-brick")]
        assert len(decided) == self.decisions
        assert people.verify_audit() is None


@pytest.mark.django_db
def test_any_order_of_laying_and_deciding_leaves_all_telling_the_same(moderator, monkeypatch):
    monkeypatch.setattr(Life, "person", moderator)
    run_state_machine_as_test(Life, settings=settings(max_examples=20, stateful_step_count=25, deadline=None))
