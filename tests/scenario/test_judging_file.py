"""``judging.yaml``: read into frozen values, every mistake told with its line as S1."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.example import CALL, write

from notalone.kit import yamltree
from notalone.kit.problems import CannotRead
from notalone.scenario import queries
from notalone.scenario.core.judging import Item, Word, load

JUDGING = """\
format: notalone/judging-1
forms:
  A:
    - {id: a1, on: sms, from: Library, say: "Your book is due.", genuine: true, why: "It asks for nothing."}
    - {id: a2, on: mail, from: Bank, say: "Tell us your code.", genuine: false, why: "No bank asks for codes."}
  B:
    - {id: b1, on: sms, from: Mum, say: "Home at six?", genuine: true, why: "It sounds like her."}
    - {id: b2, on: chat, from: "Officer", say: "Tell nobody.", genuine: false, why: "It wants you alone."}
"""


def problems(text: str) -> list[tuple[int, str]]:
    found, said = load(yamltree.parse(text, "judging.yaml"))
    assert (found is None) == bool(said)
    return [(one.line, one.message) for one in said]


def test_the_forms_are_read_with_the_line_of_every_text():
    judging, said = load(yamltree.parse(JUDGING, "judging.yaml"))
    assert said == ()
    assert judging is not None
    assert list(judging.forms) == ["A", "B"]
    assert judging.forms["A"][1] == Item(
        "a2", "mail", Word("Bank", 5, 32), Word("Tell us your code.", 5, 43), False,
        Word("No bank asks for codes.", 5, 86), 5,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("judging-1", "judging-2", 1, "The format must be “notalone/judging-1”; no other can be read."),
        ("  B:", "  C:", 6, "“forms” has no key “C”."),
        ("id: b2", "id: a1", 8, "The id “a1” stands here twice."),
        ("id: b2", "id: B 2", 8, "“B 2” is not a name: use small letters, digits, - and _."),
        ("on: mail", "on: fax", 5, "The app “fax” does not exist."),
        ("genuine: false, why: \"No", "genuine: maybe, why: \"No", 5, "“genuine” must be true or false."),
        ("from: Mum, ", "", 7, "A message to judge needs the key “from”."),
        ("genuine: false, why: \"It", "genuine: true, why: \"It", 7,
         "In the form B 2 of 2 messages are genuine; it must be one half."),
        ("Home at six?", "", 7, "“say” must not be empty."),
    ],
)  # fmt: skip
def test_each_mistake_is_told_with_its_line(old, new, line, message):
    assert old in JUDGING
    found = problems(JUDGING.replace(old, new))
    assert any(one[0] == line and one[1].startswith(message) for one in found), found


def test_the_forms_must_be_equally_long():
    more = JUDGING + JUDGING[JUDGING.index("    - {id: b1") :].replace("b1", "b3").replace("b2", "b4")
    assert problems(more) == [(3, "The forms must have equally many messages: A has 2, B has 4.")]


def test_a_mistake_in_it_is_a_violation_of_s1_in_that_file(tmp_path):
    path = write(tmp_path, CALL)
    beside = path.with_name("judging.yaml")
    beside.write_text(JUDGING.replace("on: mail", "on: mial"), encoding="utf-8")
    (one,) = queries.check(path).violations
    assert (one.rule, one.file, one.line, one.near) == ("S1", str(beside), 5, "mail")
    with pytest.raises(CannotRead, match="The app “mial” does not exist"):
        queries.judging(path)
    beside.write_text(JUDGING, encoding="utf-8")
    assert queries.check(path).violations == ()
    assert [item.id for item in queries.judging(path).forms["B"]] == ["b1", "b2"]
    beside.unlink()
    assert queries.judging(path) is None


def test_a_folder_with_nothing_but_messages_to_judge_holds_no_scenario(tmp_path):
    (tmp_path / "judging.yaml").write_text(JUDGING, encoding="utf-8")
    with pytest.raises(CannotRead, match="There is no scenario here"):
        queries.find_scenarios(tmp_path)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["sms", "a1", "A"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["A", "B", "forms", "format", "id", "on", "say", "why", "genuine"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(TREES, TREES)
def test_whatever_stands_there_is_read_or_told_and_never_falls_over(forms, item):
    data = {"format": "notalone/judging-1", "forms": {"A": [item, item], "B": forms}}
    for text in (json.dumps(data), json.dumps(forms)):
        try:
            tree = yamltree.parse(text, "judging.yaml")
        except CannotRead:
            continue
        found, said = load(tree)
        assert (found is None) == bool(said)
        assert all(one.line >= 1 for one in said)
