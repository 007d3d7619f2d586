"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.running import DmxReceiver, House, free_pair, start, stop


def pytest_configure() -> None:
    """Serve static files under their own names: nothing is collected in tests, but for the tests of that."""
    from django.conf import settings

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Begin each test in English: a page asked for in another language leaves that active in its thread."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def dmx() -> Iterator[DmxReceiver]:
    receiver = DmxReceiver()
    yield receiver
    receiver.close()


@pytest.fixture
def house(tmp_path: Path, dmx: DmxReceiver) -> Iterator[House]:
    running = start(tmp_path / "state", free_pair(), dmx.port)
    yield running
    assert stop(running) == 0
