"""The template festival and a teacher, for each test."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from notalone.classes import actions
from notalone.classes.core import lesson
from notalone.festival.cli import TEMPLATE
from notalone.people import actions as people


@pytest.fixture(autouse=True)
def template_festival(settings):
    """Take the template as the festival; count tries afresh."""
    settings.FESTIVAL_FOLDER = TEMPLATE
    cache.clear()


@pytest.fixture
def teacher(db):
    person, _ = people.add_person(None, "lan", ["guide"], "a-password-for-tests-1")
    return person


@pytest.fixture
def story():
    from notalone.festival import queries

    return next(iter(queries.stations())).scenario


@pytest.fixture
def code(teacher, story):
    """Give the code of a class that plays together."""
    return actions.open_class(teacher, story, "en", "together")


@pytest.fixture
def to_vote():
    """Give what leads a class to a vote: through scenes without a choice."""

    def lead(code, now):
        from notalone.classes import queries

        actions.act(code, lesson.Begin(), now=now)
        while True:
            found = queries.find(code)
            state = found.score["states"][found.lesson.at]
            if len(state["choices"]) > 1:
                break
            actions.act(code, lesson.Next(), now=now)
        actions.act(code, lesson.Ask(30), now=now)
        return len(state["choices"])

    return lead
