"""The template festival, people with roles, and nothing kept from the test before."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from notalone.festival.cli import TEMPLATE
from notalone.guide import queries
from notalone.people import actions as people


@pytest.fixture(autouse=True)
def template_festival(settings):
    settings.FESTIVAL_FOLDER = TEMPLATE
    cache.clear()
    queries._learned.cache_clear()


@pytest.fixture
def guide(db):
    """Give the session of a guide."""
    person, _ = people.add_person(None, "linh", ("guide",), "a-password-for-tests-1")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
