"""The authors' page of the festival folder says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from notalone.festival.core import folder as folders
from notalone.kit.moments import TYPES

PAGE = (Path(__file__).parents[2] / "docs/authors/festival-folder.md").read_text(encoding="utf-8")


def test_the_example_of_the_page_can_be_read(tmp_path):
    example = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "festival.yaml").write_text(example.group(1), encoding="utf-8")
    scenario = tmp_path / "scenarios/online-abduction/scenario.yaml"
    scenario.parent.mkdir(parents=True)
    scenario.touch()
    festival, problems = folders.load(tmp_path)
    assert festival is not None
    assert [problem.message for problem in problems] == ["The catalogue is missing."] * 2
    assert festival.stations["the-call"].idle.ms == 60_000


def test_the_page_names_every_moment():
    assert set(re.findall(r"^\| `([a-z]+-[a-z]+)` \|", PAGE, re.MULTILINE)) == set(TYPES)


def test_the_demo_festival_can_be_read():
    festival, problems = folders.load(Path(__file__).parents[2] / "content/demo")
    assert festival is not None
    assert problems == ()
