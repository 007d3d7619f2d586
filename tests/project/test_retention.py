"""What is due is forgotten, and the inventory of data says all that is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from tests.running import ROOT

from notalone.festival import actions as festival
from notalone.festival import queries
from notalone.festival.cli import TEMPLATE
from notalone.festival.models import Pass
from notalone.kit import system
from notalone.kit.moments import StampGiven
from notalone.project import retention

INVENTORY = ROOT / "docs" / "data-inventory.md"
NOTHING = {
    "moments lost their pass": 0,
    "passes ended": 0,
    "refused words deleted": 0,
    "classes deleted": 0,
    "retest codes deleted": 0,
    "log-in records deleted": 0,
    "sessions ended": 0,
}


@pytest.fixture(autouse=True)
def folder(settings):
    settings.FESTIVAL_FOLDER = TEMPLATE


@pytest.mark.django_db
def test_everything_due_is_forgotten_and_nothing_else():
    now = system.now()
    old, young = now.as_datetime() - timedelta(days=30, seconds=1), now.as_datetime() - timedelta(days=29)
    for at in (old, young):
        AccessAttempt.objects.filter(pk=AccessAttempt.objects.create(username="mai", failures_since_start=1).pk).update(
            attempt_time=at
        )
    Session.objects.create(session_key="ended", session_data="", expire_date=now.as_datetime() - timedelta(seconds=1))
    Session.objects.create(session_key="lasts", session_data="", expire_date=now.as_datetime() + timedelta(hours=1))
    with transaction.atomic():
        at = type(now)(now.ms - 49 * 3_600_000)
        stamp = StampGiven(id=system.new_id(), at=at, where="the-call", pass_id="p" * 22, scenario="s", ending="safe")
        festival.record(stamp)
    assert retention.forget(now) == {
        **NOTHING,
        "moments lost their pass": 1,
        "log-in records deleted": 1,
        "sessions ended": 1,
    }
    assert [moment.pass_id for _, moment in queries.moments_after(0, 9)] == [None]
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lasts"]
    assert AccessAttempt.objects.get().attempt_time == young
    assert retention.forget(now) == NOTHING
    assert Pass.objects.count() == 0


def inventory():
    """Return the columns of each table that the inventory tells of."""
    rows = re.findall(
        r"^\| `([a-z_]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", INVENTORY.read_text("utf-8"), re.M
    )
    for row in rows:
        assert all(cell.strip() for cell in row), row
    return {table: set(re.findall(r"`([a-z_]+)`", columns)) for table, columns, *_ in rows}


def test_the_inventory_of_data_equals_the_schema():
    schema = {
        model._meta.db_table: {field.column for field in model._meta.local_fields}
        for model in apps.get_models(include_auto_created=True)
    }
    assert inventory() == schema
