"""The staff's page and its CSV: the same figures, the same groups hidden, few queries."""

from __future__ import annotations

import csv
import io
from statistics import NormalDist
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notalone.guide import models, queries

pytestmark = pytest.mark.django_db
PAGE = "/en/staff/learning/"


def judge(many, age="10-12", lang="vi", before=(1, 2, 1, 2), after=(3, 0, 0, 3), again=None):
    first = models.Judged.objects.count()
    models.Judged.objects.bulk_create(
        models.Judged(
            uid=uuid4(), scenario="lucky-gems", order="AB", age=age, lang=lang,
            before=list(before), after=list(after), again=again, returned=None if again is None else first + k,
        )
        for k in range(many)
    )  # fmt: skip


def rows(client):
    text = client.get("/en/staff/learning/figures.csv").content.decode()
    return {(row["grouped by"], row["group"]): row for row in csv.DictReader(io.StringIO(text))}


def test_nine_are_too_few_and_ten_are_shown(guide):
    judge(9)
    assert b"Fewer than 10 visitors" in guide.get(PAGE).content
    assert rows(guide) == {}
    judge(1)
    assert b"notices more" in guide.get(PAGE).content
    row = rows(guide)[("all", "")]
    assert (row["shown"], row["visitors (people)"]) == ("yes", "10")
    assert row["before: d' (standard deviations)"] == "0.000"
    assert row["before: c (standard deviations)"] == f"{-NormalDist().inv_cdf(10.5 / 31):.3f}"


def test_figures_move_on_by_tens(guide):
    judge(10)
    assert rows(guide)[("all", "")]["visitors (people)"] == "10"
    judge(9, after=(0, 3, 3, 0))
    assert rows(guide)[("all", "")]["visitors (people)"] == "10"
    judge(1)
    assert rows(guide)[("all", "")]["visitors (people)"] == "20"


def test_a_small_group_and_the_next_smallest_are_hidden_on_the_page_and_in_the_file(guide):
    judge(4, age="8-9")
    judge(16, age="10-12")
    judge(30, age="13-15", lang="de")
    found = rows(guide)
    shown = {group for group, row in found.items() if row["shown"] == "yes"}
    assert ("all", "") in shown
    assert ("age", "8 to 9 years") not in shown
    assert ("age", "10 to 12 years") not in shown
    hidden = found[("age", "8 to 9 years")]
    assert {value for name, value in hidden.items() if name not in {"scenario", "grouped by", "group", "shown"}} == {""}
    assert b"too few to show" in guide.get(PAGE).content


def test_a_story_that_only_teaches_distrust_is_said_to(guide):
    judge(40, before=(1, 2, 1, 2), after=(3, 0, 3, 0))
    assert b"only distrusts more" in guide.get(PAGE).content


def test_who_came_back_is_shown_from_ten_on(guide):
    judge(20)
    judge(9, again=[3, 0, 1, 2])
    judge(1)
    assert rows(guide)[("all", "")]["visitors who came back (people)"] == ""
    judge(10, again=[3, 0, 1, 2])
    assert rows(guide)[("all", "")]["visitors who came back (people)"] == "10"


def test_the_page_asks_the_database_as_often_for_many_visitors_as_for_few(guide):
    judge(10)
    guide.get(PAGE)
    counts = []
    for many in (20, 180):
        judge(many)
        queries._learned.cache_clear()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            guide.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
