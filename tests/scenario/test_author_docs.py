"""What the authors' page says is true."""

from __future__ import annotations

import re
from pathlib import Path

from notalone.kit import yamltree
from notalone.scenario.core import judging as judging_files
from notalone.scenario.core.check import judge
from notalone.scenario.core.contacts import known
from notalone.scenario.core.grammar import KEYWORDS
from notalone.scenario.core.model import APPS
from notalone.scenario.core.rules.registry import RULES
from notalone.scenario.core.rules.s13 import shipped

PAGE = (Path(__file__).parents[2] / "docs" / "authors" / "scenario-format.md").read_text(encoding="utf-8")


def test_the_whole_scenario_of_the_page_is_proved_without_a_warning():
    found = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    verdict = judge(yamltree.parse(found[1], "page.yaml"))
    assert (verdict.violations, verdict.warnings) == ((), ())


def test_every_rule_every_app_and_every_keyword_is_on_the_page():
    for rule in RULES:
        assert f"| {rule.name} |" in PAGE
    assert " ".join(APPS) in PAGE
    words = re.search(r"words of the conditions \(`(.*?)`\)", PAGE)
    assert words
    assert set(words[1].split()) == KEYWORDS


def test_the_messages_to_judge_of_the_page_are_read():
    found = re.search(r"```yaml\n(format: notalone/judging-1\n.*?)```", PAGE, re.DOTALL)
    assert found
    judging, problems = judging_files.load(yamltree.parse(found[1], "page.yaml"))
    assert judging is not None, problems
    assert [len(items) for items in judging.forms.values()] == [2, 2]


def test_the_shipped_helplines_of_the_page_are_those_that_ship():
    found = re.search(r"those that ship\s+\((.*?)\)", PAGE)
    assert found
    assert known(found[1].split(", ")) == shipped()
