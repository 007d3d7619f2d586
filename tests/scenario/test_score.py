"""Scores: their shape, hash, texts, and what is refused."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from tests.scenario.example import CALL, write

from notalone.scenario import queries
from notalone.scenario.core.step import ScoreError, StepError, begin, choose, read_score, timeout

VI = """
msgid "The call"
msgstr "Cuộc gọi"

#, fuzzy
msgid "Hang up and call mum"
msgstr "Có lẽ"
"""


def score(tmp_path: Path, langs=("en", "vi")):
    path = write(tmp_path, CALL)
    (path.parent / "vi.po").write_text(VI, encoding="utf-8")
    return queries.score(path, langs)


def test_a_score_has_exactly_the_form_that_the_rooms_agreed_on(tmp_path):
    found = score(tmp_path)
    assert list(found) == [
        "format", "id", "risk", "ages", "minutes", "notes", "help", "title", "reviewed", "people", "flags",
        "scenes", "start", "states", "texts", "hash",
    ]  # fmt: skip
    assert found["format"] == "notalone/score-1"
    assert found["ages"] == [16, 22]
    assert found["reviewed"] is None
    texts = found["texts"]["en"]
    assert texts[found["title"]] == "The call"
    call = found["scenes"]["call"]
    assert {**call, "lines": None, "choices": None} == {
        "on": "phone", "cue": "unease", "intensity": 1, "harm": False, "ending": None, "debrief": None,
        "lines": None, "choices": None, "timeout": 30,
    }  # fmt: skip
    assert call["lines"][0] == {
        "from": "caller",
        "say": texts.index("This is the police."),
        "after": 1.5,
        "flags": ["authority"],
    }
    assert call["choices"][1] == {"say": texts.index("Stay on the line"), "risk": True, "skill": ""}
    assert found["states"][0] == {"scene": "call", "lines": [0], "choices": [[0, 1], [1, 2], [2, 3]], "timeout": 2}
    assert found["scenes"]["told"]["ending"] == "safe"
    assert texts[found["scenes"]["told"]["debrief"]] == "Linh told someone."


def test_texts_are_translated_and_english_where_they_are_not(tmp_path):
    texts = score(tmp_path)["texts"]
    assert list(texts) == ["en", "vi"]
    assert len(texts["en"]) == len(texts["vi"])
    pairs = dict(zip(texts["en"], texts["vi"], strict=True))
    assert pairs["The call"] == "Cuộc gọi"
    assert pairs["Hang up and call mum"] == "Hang up and call mum"


def test_without_languages_a_score_holds_all_that_there_are(tmp_path):
    assert list(score(tmp_path, None)["texts"]) == ["en", "vi"]


def test_the_hash_is_that_of_the_canonical_json_without_it(tmp_path):
    found = score(tmp_path)
    bare = {key: value for key, value in found.items() if key != "hash"}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert found["hash"] == hashlib.sha256(text.encode()).hexdigest()[:16]
    assert score(tmp_path)["hash"] == found["hash"]
    assert queries.score(write(tmp_path, CALL.replace("Stay on", "Remain on")), ("en", "vi"))["hash"] != found["hash"]


def test_a_score_of_another_version_is_refused_in_one_sentence(tmp_path):
    with pytest.raises(ScoreError) as refused:
        read_score({**score(tmp_path), "format": "notalone/score-2"})
    assert str(refused.value) == (
        "The score has the format 'notalone/score-2'; this player reads 'notalone/score-1' alone."
    )


@pytest.mark.parametrize("bad", ["", "[", "null", "[]", "{}", '{"format": "notalone/score-1"}', "7"])
def test_what_is_no_score_is_refused(bad):
    with pytest.raises(ScoreError):
        read_score(bad)


def test_a_state_that_does_not_fit_its_scene_is_refused(tmp_path):
    for change in (
        {"scene": "nowhere"}, {"lines": [7]}, {"lines": [-1]}, {"choices": [[0, 999]]}, {"choices": [[9, 0]]},
        {"timeout": 999}, {"lines": None}, {"choices": [[0]]},
    ):  # fmt: skip
        found = score(tmp_path)
        found["states"][0] |= change
        with pytest.raises(ScoreError, match="damaged"):
            read_score(json.dumps(found))


def test_what_is_not_offered_is_refused(tmp_path):
    read = read_score(score(tmp_path))
    play = begin(read)
    for number in (-1, 3):
        with pytest.raises(StepError, match="offers 3 choices"):
            choose(read, play, number)
    ended = choose(read, play, 0)
    assert ended.ended == "safe"
    with pytest.raises(StepError):
        choose(read, ended, 0)
    with pytest.raises(StepError, match="no timeout"):
        timeout(read, ended)
