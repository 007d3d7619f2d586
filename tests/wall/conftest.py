"""The template festival, people with roles, and a browser's session for each test."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from notalone.festival.cli import TEMPLATE
from notalone.people import actions as people


@pytest.fixture(autouse=True)
def template_festival(settings):
    """Take the template as the festival; count bricks afresh."""
    settings.FESTIVAL_FOLDER = TEMPLATE
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing is collected in tests
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    cache.clear()


@pytest.fixture
def somebody(db):
    """Give a maker of people with roles."""

    def make(name, *roles):
        person, _ = people.add_person(None, name, roles, "a-password-for-tests-1")
        return person

    return make


@pytest.fixture
def moderator(somebody):
    return somebody("mai", "moderator")


@pytest.fixture
def at_work(moderator):
    """Give the moderator's session."""
    client = Client()
    client.force_login(moderator, backend="django.contrib.auth.backends.ModelBackend")
    return client
