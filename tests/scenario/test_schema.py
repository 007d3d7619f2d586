"""The schema for editors says the same of a file's shape as the reader does."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from tests.running import ROOT
from tests.scenario.example import CALL
from typer.testing import CliRunner

from notalone.scenario.cli import app
from notalone.scenario.core.model import APPS, FORMAT, Ending
from notalone.scenario.schema import schema

SCHEMA = json.loads(schema())
FILES = sorted([
    *(ROOT / "content/demo/scenarios").glob("*/scenario.yaml"),
    *(ROOT / "src/notalone/festival/template/scenarios").glob("*/scenario.yaml"),
])  # fmt: skip


def problems(data: object) -> list[str]:
    return [f"{'/'.join(map(str, one.path))}: {one.message}" for one in Draft202012Validator(SCHEMA).iter_errors(data)]


def read(text: str) -> dict[str, object]:
    """Read as an editor does: dates stay text in JSON."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


def test_the_schema_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_knows_the_same_apps_endings_and_format_as_the_reader():
    defs = SCHEMA["$defs"]
    assert tuple(defs["scene"]["properties"]["on"]["enum"]) == APPS
    assert tuple(defs["ending"]["properties"]["on"]["enum"]) == APPS
    assert defs["ending"]["properties"]["ending"]["enum"] == [str(kind) for kind in Ending]
    assert SCHEMA["properties"]["format"]["const"] == FORMAT


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_scenario_that_ships_fits_the_schema(file: Path):
    assert problems(read(file.read_text(encoding="utf-8"))) == []


def test_every_key_that_is_needed_is_missed_and_every_unknown_key_is_told():
    whole = read(CALL)
    assert problems(whole) == []
    for key in SCHEMA["required"]:
        less = {name: value for name, value in whole.items() if name != key}
        assert problems(less) == [f": '{key}' is a required property"]
    assert len(problems({**whole, "sceens": {}})) == 1


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("scenes", "call", "on"), "telegraph"),
        (("scenes", "call", "intensity"), 5),
        (("scenes", "call", "choices", 0, "risky"), True),
        (("scenes", "told", "choices"), []),
        (("scenes", "told", "ending"), "lost"),
        (("vars", "trust", "from"), -1),
        (("ages",), [16]),
        (("prove",), ["sometimes moved"]),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_what_the_reader_refuses_by_its_shape_the_schema_refuses(path, value):
    data = copy.deepcopy(read(CALL))
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    assert problems(data) != []


def test_the_command_prints_the_schema():
    done = CliRunner().invoke(app, ["schema"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == SCHEMA
