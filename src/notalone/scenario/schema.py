"""The JSON Schema of format 1, for editors that help while one types."""

from __future__ import annotations

from importlib import resources


def schema() -> str:
    """Return the JSON Schema (draft 2020-12) of a scenario file.

    It holds the shape of the file; names, conditions and paths are the business of ``check``.
    """
    return resources.files("notalone.scenario").joinpath("scenario-1.schema.json").read_text(encoding="utf-8")
