"""The stories that ship: one for each risk, for the ages that it concerns, long enough, and proved."""

from __future__ import annotations

import pytest
from tests.running import ROOT

from notalone.festival import queries as festivals
from notalone.project.checking import context_for
from notalone.scenario import queries

DEMO = ROOT / "content" / "demo"
FILES = queries.find_scenarios(DEMO)
STORIES = {file.parent.name: queries.load_scenario(file) for file in FILES}
RISKS = {
    "virtual-kidnapping", "grooming", "sextortion", "cyberbullying", "phishing", "voice-clone", "job-scam",
    "dangerous-challenge", "oversharing", "game-account", "malicious-qr",
}  # fmt: skip


def test_there_is_one_story_for_each_of_the_eleven_risks():
    assert sorted(one.risk.text for one in STORIES.values()) == sorted(RISKS)


def test_two_stories_are_for_the_youngest_and_three_for_those_of_ten_to_thirteen():
    ages = sorted(one.ages for one in STORIES.values())
    assert ages[:5] == [(8, 10)] * 2 + [(10, 13)] * 3
    assert all(youngest >= 13 for youngest, _oldest in ages[5:])


def test_every_story_has_a_station_of_the_festival():
    festival, problems = festivals.load(DEMO)
    assert festival is not None, problems
    assert {station.scenario for station in festival.stations.values()} == set(STORIES)


@pytest.mark.parametrize("name", STORIES)
def test_a_story_has_a_dozen_scenes_both_endings_sources_and_no_review_that_no_person_wrote(name):
    story = STORIES[name]
    assert len(story.scenes) >= 12
    assert {str(scene.ending) for scene in story.scenes.values() if scene.ending} == {"safe", "recovered"}
    assert len(story.sources) >= 2
    assert story.reviewed is None
    assert len({scene.on for scene in story.scenes.values()} - {None}) >= 2


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_rule_holds_for_a_story_in_every_language(file):
    checked = queries.check(file, context_for(file), ("vi", "en", "de"))
    assert checked.violations == ()
    assert {one.rule for one in checked.warnings} <= {"S8"}  # helplines that no person has confirmed yet
    assert checked.not_checked == ()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_a_story_has_two_forms_of_messages_half_of_them_genuine(file):
    judging = queries.judging(file)
    assert judging is not None
    assert {name: sorted(item.genuine for item in items) for name, items in judging.forms.items()} == {
        "A": [False] * 3 + [True] * 3,
        "B": [False] * 3 + [True] * 3,
    }
