"""What the show's cues do is tried once, remembered on the machine, and asked for by the check of a festival."""

from __future__ import annotations

import json
import shutil

import pytest

from notalone.festival import queries as festivals
from notalone.festival.cli import TEMPLATE
from notalone.project import checking, trials
from notalone.scenario.queries import Flash
from notalone.show import queries as shows

RUN = """
  run:
    fade: {in: 0.2, out: 0.5}
    hold: 10
    priority: 20
    layers:
      - {look: chase, colours: ["#000000", "#ffffff"], period: 0.7, width: 0.2, low: 0, high: 1}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = tmp_path / "festival"
    shutil.copytree(TEMPLATE, place)
    with (place / "cues.yaml").open("a", encoding="utf-8") as file:
        file.write(RUN)
    patch = (place / "patch.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    (place / "patch.yaml").write_text("".join(line for line in patch if "wash-4" not in line and "wash-5" not in line
                                              and "wash-6" not in line), encoding="utf-8")  # fmt: skip
    return place


def answers(folder):
    festival, _problems = festivals.load(folder)
    return trials.answers(festival, shows.light(folder))


def test_what_was_tried_is_remembered_until_the_light_changes(folder, monkeypatch):
    flash = answers(folder).judge(("run",))
    assert isinstance(flash, Flash)
    assert flash.fixture.startswith("wash-")
    (file,) = (folder.parent / "cache" / "notalone").iterdir()
    assert json.loads(file.read_text(encoding="utf-8")) == {"run": [flash.fixture, flash.second]}

    def never(*_words):
        raise AssertionError("tried again")

    with monkeypatch.context() as patched:
        patched.setattr(shows, "limiter_acts", never)
        assert answers(folder).judge(("run",)) == flash
        (folder / "cues.yaml").write_text((folder / "cues.yaml").read_text(encoding="utf-8") + "\n", encoding="utf-8")
        with pytest.raises(AssertionError, match="tried again"):
            answers(folder).judge(("run",))
    assert answers(folder).judge(("run",)) == flash


@pytest.mark.parametrize("content", ["", "[]", "{", '{"run": [1]}', '{"run": 3}', "\x00"])
def test_a_memory_that_is_broken_is_made_anew(folder, content):
    flash = answers(folder).judge(("run",))
    (file,) = (folder.parent / "cache" / "notalone").iterdir()
    file.write_text(content, encoding="utf-8")
    assert answers(folder).judge(("run",)) == flash


def test_a_machine_without_a_place_to_remember_tries_again(folder, monkeypatch):
    (folder.parent / "cache").write_text("a file, not a folder", encoding="utf-8")
    assert isinstance(answers(folder).judge(("run",)), Flash)


def test_the_check_of_a_festival_warns_of_a_path_whose_cues_make_the_limiter_act(folder):
    story = folder / "scenarios" / "lucky-gems" / "scenario.yaml"
    text = story.read_text(encoding="utf-8")
    assert "cue: pressure" in text
    story.write_text(text.replace("cue: pressure", "cue: run"), encoding="utf-8")
    report = checking.check(folder)
    warned = [problem for problem in report.problems if problem.message.startswith("S16")]
    assert warned
    assert "flashes too often by itself: the limiter acts on “wash-" in warned[0].message
    assert {problem.level for problem in warned} == {"warning"}
    assert warned[0].line == story.read_text(encoding="utf-8").split("cue: run")[0].count("\n") + 1
