"""What all tests share."""

from __future__ import annotations


def pytest_configure() -> None:
    """Serve static files under their own names: nothing is collected in tests, but for the tests of that."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
