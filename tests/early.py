"""Loaded before Django's settings are read: tests keep what they write out of the festival that ships."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("NOTALONE_STATE", str(Path(__file__).parents[1] / ".build" / "test-state"))
