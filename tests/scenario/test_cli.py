"""``notalone scenario``: exit codes and what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.scenario.catalogues import translate
from tests.scenario.example import CALL, write
from typer.testing import CliRunner

from notalone.scenario import cli
from notalone.scenario.queries import Context, find_scenarios, load_scenario, read_score

BAD = CALL.replace("to: found", "to: told")
BROKEN = CALL.replace("start: call", "start: cal")


def run(*words: str | Path, typed: str = ""):
    done = CliRunner().invoke(cli.app, [str(word) for word in words], input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, CALL)
    return tmp_path


def test_check_exits_0_where_all_is_proved(folder):
    for path in (folder / "the-call" / "scenario.yaml", folder / "the-call", folder):
        done = run("check", path)
        assert done.exit_code == 0
        assert "all proved: S1, S2, S3, S4, " in done.stdout
        assert "(8 states, 19 edges" in done.stdout


def test_outside_a_festival_help_and_light_are_reported_as_not_checked(folder):
    assert "not checked: S8, S16)" in run("check", folder).stdout
    (file,) = json.loads(run("check", folder, "--json").stdout)["files"]
    assert file["not_checked"] == ["S8", "S16"]
    assert not {"S8", "S16"} & set(file["rules"])
    assert {"S9", "S10", "S12", "S13"} <= set(file["rules"])


def test_a_language_that_is_none_is_one_sentence(folder):
    done = run("check", folder, "--lang", "vi,Deutsch")
    assert done.exit_code == 2
    assert done.stderr == "--lang: “Deutsch” is not a language; give codes of two or three letters, as in vi,en,de.\n"
    missing = run("check", folder, "--lang", "fr")
    assert missing.exit_code == 1
    assert "S12: There is no catalogue “fr.po” beside the scenario" in missing.stdout


def test_check_exits_1_where_a_rule_is_violated_and_tells_the_story(folder):
    write(folder, CALL.replace('      - {say: "Tell mum", to: told}\n  hotel', "  hotel"))
    done = run("check", folder)
    assert done.exit_code == 1
    assert "scenario.yaml:33: S14: The scene “video” offers 1 choice here" in done.stdout
    assert "      → Stay on the line" in done.stdout


def test_check_exits_1_where_a_file_can_be_parsed_but_breaks_s1(folder):
    path = write(folder, BROKEN)
    done = run("check", folder, "--json")
    assert done.exit_code == 1
    (file,) = json.loads(done.stdout)["files"]
    assert (file["path"], file["id"], file["states"], file["edges"]) == (str(path), "the-call", 0, 0)
    (violation,) = file["violations"]
    assert violation["rule"] == "S1"
    assert violation["line"] == 19
    assert violation["message"] == "There is no scene “cal”. Did you mean “call”?"
    assert violation["path"] == ["<start>"]


@pytest.mark.parametrize("text", ["a: [", "", "a: 1\na: 2", "\tx"])
def test_check_exits_2_where_a_file_is_no_yaml(folder, text):
    path = write(folder, text)
    done = run("check", path)
    assert done.exit_code == 2
    assert str(path) in done.stderr


def test_check_exits_2_where_there_is_nothing_and_still_tells_of_the_rest(folder):
    done = run("check", folder / "nowhere", folder, "--json")
    assert done.exit_code == 2
    assert "There is no such file or folder." in done.stderr
    assert len(json.loads(done.stdout)["files"]) == 1
    empty = folder / "empty"
    empty.mkdir()
    assert "There is no scenario here" in run("check", empty).stderr


def test_check_exits_2_where_there_are_more_states_than_allowed(folder):
    done = run("check", folder, "--max-states", "7")
    assert done.exit_code == 2
    assert "The scenario has more than 7 states" in done.stderr
    assert run("check", folder, "--max-states", "8").exit_code == 0


def test_check_prints_json_of_the_agreed_shape(folder):
    for path in (folder / "the-call" / "scenario.yaml", write(folder, BAD, "another")):
        translate(path, "vi", "de")
    done = run("check", folder, "--json", "--lang", "vi,en,de")
    assert done.exit_code == 1
    told = json.loads(done.stdout)
    assert set(told) == {"files"}
    another, call = told["files"]
    assert set(call) >= {"path", "id", "states", "edges", "seconds", "violations", "warnings"}
    assert call["violations"] == call["warnings"] == []
    assert 0 < call["seconds"] < 60
    assert {one["rule"] for one in another["violations"]} == {"S2"}
    assert another["warnings"][0]["path"] == [
        "call: Stay on the line",
        "video: Go to the hotel",
        "hotel: Tell mum",
    ]
    for one in (*another["violations"], *another["warnings"]):
        assert set(one) >= {"rule", "line", "message", "path"}


def test_warnings_alone_do_not_fail_the_check(folder):
    write(folder, CALL.replace('"Open the door", to: found', '"Open", to: found}\n      - {say: "Door", to: found'))
    done = run("check", folder)
    assert done.exit_code == 0
    assert "warning: S15:" in done.stdout


def test_a_festival_hands_in_its_names(folder, monkeypatch):
    seen = []

    def context_for(path):
        seen.append(path)
        return Context(frozenset({"sextortion"}), frozenset({"unease"}), frozenset({"police"}))

    monkeypatch.setattr(cli.hooks, "context_for", context_for)
    done = run("check", folder)
    assert done.exit_code == 1
    assert "S1: The festival has no risk “virtual-kidnapping”." in done.stdout
    assert seen == [folder / "the-call" / "scenario.yaml"]


def test_stats_prints_the_measures(folder):
    done = run("stats", folder, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "id": "the-call", "states": 8, "edges": 19, "scenes": 5, "choices": 7,
        "endings": {"safe": 1, "recovered": 1}, "shortest_choices": 1, "longest_choices": 6,
        "shortest_seconds": {"en": 8.7}, "longest_seconds": {"en": 44.099999999999994},
    }  # fmt: skip
    told = run("stats", folder).stdout
    assert "endings            safe 1, recovered 1" in told
    assert "shortest seconds   en 9" in told


def test_play_replays_choices(folder):
    done = run("play", folder, "--choices", "2,1,1", "--json")
    assert done.exit_code == 0
    steps = json.loads(done.stdout)["steps"]
    assert [step["scene"] for step in steps] == ["call", "video", "hotel", "found"]
    assert steps[0]["choices"] == ["Hang up and call mum", "Stay on the line", "Ask for the case number"]
    assert [flag["flag"] for flag in steps[-1]["flags"]] == ["authority", "secrecy"]
    assert [step["ended"] for step in steps] == [None, None, None, "recovered"]
    told = run("play", folder, "--choices", "w,2").stdout
    assert "Officer Minh: Tell nobody.  ⚑ secrecy" in told
    assert "Linh told someone." in told
    assert "⚑ Tell nobody (video): Tell someone." in told


def test_play_speaks_the_language_asked_for(folder):
    po = 'msgid "This is the police."\nmsgstr "Công an đây."\n'
    (folder / "the-call" / "vi.po").write_text(po, encoding="utf-8")
    assert "Công an đây." in run("play", folder, "--choices", "1", "--lang", "vi").stdout
    done = run("play", folder, "--lang", "fr")
    assert done.exit_code == 2
    assert "There is no language “fr” here. Known: en, vi." in done.stderr


def test_play_asks_and_says_what_is_not_offered(folder):
    done = run("play", folder, typed="9\nx\n\n3\n2\n2\n")
    assert done.exit_code == 0
    assert "offers 3 choices here, not number 9" in done.stdout
    assert "You again. Good." in done.stdout
    assert "Linh told someone." in done.stdout
    assert run("play", folder, typed="q\n").exit_code == 0
    assert run("play", folder, typed="").exit_code == 0


@pytest.mark.parametrize("choices", ["4", "0", "x", "1,1", "1,w", "99999999999999999999", "²"])
def test_play_exits_2_where_a_choice_is_not_offered(folder, choices):
    done = run("play", folder, "--choices", choices)
    assert done.exit_code == 2
    assert done.stderr.startswith("Step ")


def test_score_prints_a_score_that_can_be_played(folder):
    done = run("score", folder)
    assert done.exit_code == 0
    assert read_score(done.stdout).id == "the-call"
    refused = run("score", folder, "--lang", "en,vi")
    assert refused.exit_code == 2
    assert "There is no language “vi” here. Known: en." in refused.stderr


@pytest.mark.parametrize("command", ["stats", "play", "score"])
def test_what_cannot_be_read_exits_2_with_every_problem(folder, command):
    write(folder, BROKEN.replace("on: place", "on: plce"))
    done = run(command, folder)
    assert done.exit_code == 2
    assert "There is no scene “cal”." in done.stderr
    assert "The app “plce” does not exist." in done.stderr
    write(folder, CALL, "another")
    several = run(command, folder)
    assert several.exit_code == 2
    assert "There are several scenarios here; say which: another, the-call." in several.stderr


def test_a_festival_folder_and_plain_files_are_found_too(folder, tmp_path_factory):
    festival = tmp_path_factory.mktemp("festival")
    path = write(festival / "scenarios", CALL)
    assert find_scenarios(festival) == (path,)
    loose = tmp_path_factory.mktemp("loose") / "story.yaml"
    loose.write_text(CALL, encoding="utf-8")
    assert find_scenarios(loose.parent) == (loose,)
    assert load_scenario(loose).id == "the-call"
