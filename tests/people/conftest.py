"""People of every role, and a client that is logged in as one of them."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from notalone.people import actions

PASSWORD = "a-password-of-linh"


@pytest.fixture
def person(db):
    """Give a maker of people: ``person("linh", "guide")``."""
    cache.clear()

    def make(name, *roles, password=PASSWORD):
        return actions.add_person(None, name, roles, password)[0]

    return make


@pytest.fixture
def entered(person):
    """Give a maker of clients logged in as a fresh person with roles."""

    def make(*roles, name="someone"):
        client = Client()
        client.force_login(person(name, *roles), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make
