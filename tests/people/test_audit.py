"""The audit log's chain."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from notalone.people import actions, queries
from notalone.people.core.audit import START, Row, first_broken, link
from notalone.people.models import AppendOnlyError, AuditHead, AuditRow

detail = st.dictionaries(st.text(max_size=5), st.one_of(st.text(max_size=9), st.booleans(), st.integers()), max_size=3)
rows = st.lists(st.tuples(st.integers(0, 2**45), st.text(max_size=9), st.text(max_size=9), detail), max_size=8)


def chain(contents):
    out, last = [], START
    for number, (at, person, verb, more) in enumerate(contents, 1):
        row = Row(number, at, person, verb, "x", more)
        out.append((row, last, link(last, row)))
        last = out[-1][2]
    return out, (len(out), last)


def test_a_hash_is_sha256_over_the_previous_hash_and_the_content():
    row = Row(1, 1_793_500_000_000, "linh", "log-in", "Mỹ", {"b": 1, "a": [True]})
    content = '[1,1793500000000,"linh","log-in","M\\u1ef9",{"a":[true],"b":1}]'
    assert json.loads(content)[4] == "Mỹ"
    assert link(START, row) == hashlib.sha256(bytes(32) + content.encode()).hexdigest()


@given(rows)
def test_a_whole_chain_holds(contents):
    assert first_broken(*chain(contents)) is None


@given(rows.filter(bool), st.data())
def test_whichever_row_is_changed_it_is_the_first_broken_one(contents, data):
    whole, head = chain(contents)
    at = data.draw(st.integers(0, len(whole) - 1))
    row, previous, hash_ = whole[at]
    changed = data.draw(
        st.sampled_from(
            [
                (Row(row.seq, row.at + 1, row.person, row.verb, row.subject, row.detail), previous, hash_),
                (Row(row.seq, row.at, row.person + "x", row.verb, row.subject, row.detail), previous, hash_),
                (Row(row.seq, row.at, row.person, row.verb, row.subject, {**row.detail, "new": 1}), previous, hash_),
                (row, "1" * 64, hash_),
                (row, previous, "1" * 64),
            ]
        )
    )
    assert first_broken([*whole[:at], changed, *whole[at + 1 :]], head) == at + 1


@given(rows.filter(bool), st.data())
def test_a_removed_row_is_noticed_also_at_the_end(contents, data):
    whole, head = chain(contents)
    at = data.draw(st.integers(0, len(whole) - 1))
    assert first_broken([*whole[:at], *whole[at + 1 :]], head) == at + 1


@given(rows.filter(bool))
def test_a_row_that_was_added_with_a_right_hash_but_past_the_head_is_noticed(contents):
    whole, _head = chain(contents)
    before = (len(whole) - 1, whole[-1][1])
    assert first_broken(whole, before) == len(whole)


@pytest.mark.django_db
def test_rows_are_written_one_after_the_other_and_hold():
    for number in range(3):
        actions.audit(None, "try", f"thing {number}", {"number": number})
    assert [row.seq for row in AuditRow.objects.order_by("seq")] == [1, 2, 3]
    assert queries.verify_audit() is None
    assert [entry.subject for entry in queries.audit_entries()] == ["thing 2", "thing 1", "thing 0"]
    assert [entry.seq for entry in queries.audit_entries(before=3, limit=1)] == [2]


@pytest.mark.django_db
def test_a_rolled_back_action_leaves_no_row_and_no_gap():
    actions.audit(None, "try", "first")
    with transaction.atomic():
        actions.audit(None, "try", "lost")
        transaction.set_rollback(True)
    actions.audit(None, "try", "second")
    assert [row.subject for row in AuditRow.objects.order_by("seq")] == ["first", "second"]
    assert queries.verify_audit() is None


@pytest.mark.django_db
def test_the_model_refuses_to_change_or_remove_a_row():
    row = actions.audit(None, "try", "thing")
    row.verb = "other"
    for change in (
        row.save,
        row.delete,
        AuditRow.objects.all().delete,
        lambda: AuditRow.objects.update(verb="x"),
        lambda: AuditRow.objects.bulk_update([row], ["verb"]),
        lambda: AuditRow.objects.filter(pk=1).update_or_create(pk=1, defaults={"verb": "x"}),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            change()
    assert AuditRow.objects.get().verb == "try"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE people_auditrow SET person = 'nobody' WHERE seq = 2", 2),
        ("UPDATE people_auditrow SET detail = '{\"roles\": []}' WHERE seq = 1", 1),
        ("DELETE FROM people_auditrow WHERE seq = 1", 1),
        ("DELETE FROM people_auditrow WHERE seq = 3", 3),
        ("DELETE FROM people_auditrow", 1),
    ],
)
def test_what_is_changed_from_outside_is_found(sql, broken):
    for number in range(3):
        actions.audit(None, "try", f"thing {number}")
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert queries.verify_audit() == broken


@pytest.mark.django_db
def test_an_empty_log_holds():
    assert queries.verify_audit() is None
    assert AuditHead.objects.count() == 0
