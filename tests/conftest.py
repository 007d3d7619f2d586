"""What all tests share."""

from __future__ import annotations

import os

os.environ.setdefault("NOTALONE_STATE", os.path.join(os.path.dirname(__file__), "..", ".build", "test-state"))
