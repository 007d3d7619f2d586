"""A festival whose stations play the scenario that goes through every app of the phone, for tests and pictures."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.running import ROOT

SCENARIO = ROOT / "tests" / "scenario" / "all_apps"
APPS = ("phone", "video", "chat", "sms", "mail", "bank", "feed", "browser", "game", "camera", "map", "place")


def festival(folder: Path) -> Path:
    """Return a fresh festival folder in ``folder`` that holds the scenario of every app."""
    from notalone.festival.cli import TEMPLATE

    shutil.copytree(TEMPLATE, folder)
    shutil.rmtree(folder / "scenarios")
    shutil.copytree(SCENARIO, folder / "scenarios" / "all-apps")
    file = folder / "festival.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("scenario: lucky-gems", "scenario: all-apps"), "utf-8")
    return folder
