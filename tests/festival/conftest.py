"""A festival folder of its own for each test, and what a station would send."""

from __future__ import annotations

import shutil

import pytest
from django.core.cache import cache
from tests.festival.festival_making import Folder, Sent

from notalone.festival.cli import TEMPLATE


@pytest.fixture
def folder(tmp_path, settings):
    """Give a copy of the template, which the program then takes as its festival."""
    path = tmp_path / "festival"
    shutil.copytree(TEMPLATE, path)
    settings.FESTIVAL_FOLDER = path
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing is collected in tests
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    cache.clear()
    return Folder(path)


@pytest.fixture
def sent():
    """Give a maker of moments at noon of the first day."""
    return Sent()
