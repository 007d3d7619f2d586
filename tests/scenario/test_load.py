"""Reading a scenario: every problem is told with file, line, column and the nearest right name."""

# ruff: noqa: E501 -- a table of cases reads best with one case a line

from __future__ import annotations

import pytest
from tests.scenario.example import CALL

from notalone.kit import yamltree
from notalone.scenario.core.conditions import (
    And,
    AtEnding,
    Compare,
    LeadsTo,
    Never,
    Not,
    OnlyAfter,
    Or,
    Shown,
    Truth,
    Within,
)
from notalone.scenario.core.load import load
from notalone.scenario.core.model import Update


def problems(text: str) -> list[str]:
    return [str(one) for one in load(yamltree.parse(text, "call.yaml"))[1]]


def read(text: str):
    scenario, found = load(yamltree.parse(text, "call.yaml"))
    assert not found
    return scenario


def place(text: str, part: str) -> str:
    """Return ``file:line:column`` of the first place of a part."""
    before = text[: text.index(part)]
    return f"call.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def test_the_example_is_read_as_it_is_written():
    scenario = read(CALL)
    assert (scenario.id, scenario.start, scenario.ages, scenario.minutes) == ("the-call", "call", (16, 22), (0.1, 9))
    call = scenario.scenes["call"]
    assert call.on == "phone"
    assert call.lines[0].flags == ("authority",)
    assert call.lines[1].condition == Compare("trust", ">=", 1)
    assert call.choices[1].updates == (Update("trust", 1, step=True),)
    assert call.choices[1].risk
    assert not call.choices[0].risk
    assert scenario.scenes["video"].choices[0].updates == (Update("moved", 1, step=False),)
    assert scenario.scenes["hotel"].lines == ()
    assert scenario.scenes["found"].ending == "recovered"


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("cue: unease", "cues: unease", "cues", "The scene “call” has no key “cues”. Did you mean “cue”?"),
        ("title: The call\n", "", "format", "A scenario needs the key “title”."),
        ("scenario-1", "scenario-2", "notalone", "The format must be “notalone/scenario-1”; no other can be read."),
        ("to: video}\n      - {say: \"Ask", "to: vidio}\n      - {say: \"Ask", "vidio", "There is no scene “vidio”. Did you mean “video”?"),
        ("start: call", "start: cal", "cal\n", "There is no scene “cal”. Did you mean “call”?"),
        ("[authority]", "[autority]", "autority", "The flag “autority” does not exist. Did you mean “authority”?"),
        ("{from: caller, say: \"This", "{from: callr, say: \"This", "callr", "The person “callr” does not exist. Did you mean “caller”?"),
        ("if: trust >= 1", "if: trst >= 1", "trst", "There is no variable “trst”. Did you mean “trust”?"),
        ("if: trust >= 1", "if: trust >= 1 or video", "video", "“video” is a scene; an “if” asks only for variables."),
        ("if: trust >= 1", "if: flag secrecy", "flag secrecy", "“flag” may stand in “prove” alone; an “if” asks only for variables."),
        ("if: trust >= 1", "if: ending", "ending}", "“ending” may stand in “prove” alone; an “if” asks only for variables."),
        ("if: trust >= 1", "if: trust", "}\n    choices", "“trust” is a number: compare it, as in “trust >= 1”, not the end."),
        ("if: trust >= 1", "if: moved == 1", "== 1", "The condition should end here, before “==”."),
        ("if: trust >= 1", "if: (trust >= 1", "}\n    choices", "“)” is expected here, not the end."),
        ("if: trust >= 1", "if: trust >= x", "x}", "A whole number is expected here, not “x”."),
        ("if: trust >= 1", "if: trust = 1", "= 1", "“=” has no meaning in a condition."),
        ("if: trust >= 1", "if: \"trust >= 1 and\"", "\"}\n    choices", "A name is expected here, not the end."),
        ("if: trust >= 1", "if: not and", "and}", "A name is expected here, not “and”."),
        ("set: {trust: +1}, to: video", "set: {trus: +1}, to: video", "trus:", "There is no variable “trus”. Did you mean “trust”?"),
        ("set: {trust: +1}, to: video", "set: {trust: 9}, to: video", "9}, to", "“trust” must be a whole number from 0 to 3."),
        ("set: {trust: +1}, to: video", "set: {trust: +x}, to: video", "+x", "“+x” is not a step: write it like +1 or -2."),
        ("set: {moved: true}", "set: {moved: 1}", "1}, to", "“moved” must be true or false."),
        ("set: {moved: true}", "set: {moved: +1}", "+1}, to: hotel", "“moved” must be true or false."),
        ("set: {moved: true}", "set: [moved]", "[moved]", "“set” must be a mapping from variables to values, not a list."),
        ("{from: 0, to: 3, start: 0}", "{from: 0, to: 3, start: 4}", "4}", "The start of “trust” must be a whole number from 0 to 3."),
        ("{from: 0, to: 3, start: 0}", "{from: 4, to: 3, start: 4}", "{from: 4", "The variable “trust” must have a “to” that is not below its “from”."),
        ("{from: 0, to: 3, start: 0}", "{from: -1, to: 3, start: 0}", "-1", "“from” of the variable “trust” must be a whole number from 0 to 1000000000."),
        ("{from: 0, to: 3, start: 0}", "{to: 3, start: 0}", "{to: 3", "The variable “trust” needs the key “from” too."),
        ("{start: false}", "{start: 0}", "0}\nstart", "The variable “moved”, having no “from” and “to”, must be true or false."),
        ("{start: false}", "{}", "{}", "The variable “moved” needs the key “start”."),
        ("on: place", "on: plce", "plce", "The app “plce” does not exist. Did you mean “place”?"),
        ("    intensity: 1\n", "", "on: phone", "The scene “call” needs the key “intensity”."),
        ("intensity: 1", "intensity: 5", "5", "The intensity must be a whole number from 0 to 4."),
        ("risk: true, set: {moved", "risk: yes, set: {moved", "yes", "“risk” must be true or false."),
        ("after: 1.5", "after: soon", "soon", "“after”, in seconds, must be a number from 0 to 3600."),
        ("after: 30", "after: 0", "0, to: video", "A timeout must leave some seconds."),
        ("ending: safe", "ending: lost", "lost", "The ending “lost” does not exist. Known: recovered, safe."),
        ("ending: safe", "ending: safe\n    harm: true", "harm", "Harm is never an ending: “told” must lead on to the way back."),
        ("ending: safe", "ending: safe\n    choices: []", "choices: []", "“told” is an ending, so it has no “choices”."),
        ("  told:\n", "  never:\n", "never", "“never” is a word of the conditions and cannot be a name."),
        ("  hotel:\n", "  moved:\n", "moved:\n", "“moved” is a variable already; a scene needs another name."),
        ("  hotel:\n", "  Hotel:\n", "Hotel", "“Hotel” is not a name: use small letters, digits, - and _."),
        ("ages: [16, 22]", "ages: [22, 16]", "[22", "“ages” must begin with the lower number."),
        ("ages: [16, 22]", "ages: [16]", "[16]", "“ages” must be two numbers, the lowest and the highest."),
        ("ages: [16, 22]", "ages: 16", "16", "“ages” must be a list, not a single value."),
        ("minutes: [0.1, 9]", "minutes: [1, many]", "many", "A number of “minutes” must be a number from 0 to 600."),
        ("start: call\n", "start: call\nreviewed: {by: A, role: b, on: soon}\n", "soon", "The date of the review must be written YYYY-MM-DD."),
        ("start: call\n", "start: call\nprove:\n  - nevr moved\n", "nevr", "There is no variable or scene “nevr”. Did you mean “never”?"),
        ("start: call\n", "start: call\nprove:\n  - moved\n", "\nscenes", "“only after” or “leads to … within …” is expected here, not the end."),
        ("start: call\n", "start: call\nprove:\n  - moved only before told\n", "before", "“after” is expected here, not “before”."),
        ("start: call\n", "start: call\nprove:\n  - moved leads to told within x\n", "x\n", "A whole number is expected here, not “x”."),
        ("start: call\n", "start: call\nprove:\n  - never flag secrcy\n", "secrcy", "There is no flag “secrcy”. Did you mean “secrecy”?"),
        ("start: call\n", "start: call\nprove:\n  - never 'hotel\n", "'hotel", "“'” has no meaning in a condition."),
    ],
)  # fmt: skip
def test_a_problem_is_told_with_its_place_and_the_nearest_right_name(old, new, at, message):
    assert CALL.count(old) >= 1
    text = CALL.replace(old, new, 1)
    if at == "format":
        where = "call.yaml:1:1"
    else:
        start = CALL.index(old)
        before = text[: text.index(at, start if at in text[start:] else 0)]
        where = f"call.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert f"{where}: {message}" in problems(text)


def test_all_problems_are_told_at_once_in_the_order_of_the_file():
    text = CALL.replace("to: hotel", "to: hotl").replace("[secrecy]", "[secret]").replace("start: call", "start: c")
    assert [line.split(": ")[0] for line in problems(text)] == [
        place(text, "c\nscenes"), place(text, "secret"), place(text, "hotl")
    ]  # fmt: skip


def test_a_story_without_an_ending_is_told():
    text = CALL[: CALL.index("  told:")].replace("told", "call").replace("found", "video")
    assert problems(text) == [
        f"{place(text, '  call:')[:-1]}3: The story has no ending: one scene needs “ending: safe” or “ending: recovered”."
    ]


@pytest.mark.parametrize("text", ["- a", "7", "null", "scenes: {}", "format: notalone/scenario-1", "{}", "scenes: 3"])
def test_what_is_yaml_but_no_scenario_is_told_and_not_read(text):
    scenario, found = load(yamltree.parse(text, "call.yaml"))
    assert scenario is None
    assert found


@pytest.mark.parametrize(("written", "amount", "step"), [
    ("+1", 1, True), ("-1", -1, True), ("'+2'", 2, True), ('"-3"', -3, True), ("2", 2, False), ("0", 0, False),
    ("0x3", 3, False),
])  # fmt: skip
def test_a_sign_makes_a_step_plain_or_quoted_and_anything_else_is_a_value(written, amount, step):
    scenario = read(CALL.replace("set: {trust: +1}, to: video", f"set: {{trust: {written}}}, to: video"))
    assert scenario.scenes["call"].choices[1].updates == (Update("trust", amount, step),)


def test_lists_and_mappings_left_empty_are_read_as_empty():
    text = CALL.replace("notes: [threats]", "notes:").replace("help: [police]", "help:\nprove:")
    text = text.replace("    intensity: 2\n    choices", "    intensity: 2\n    lines:\n    choices")
    assert read(text).scenes["hotel"].lines == ()


def test_blank_debriefs_and_knows_are_left_to_s7():
    scenario = read(CALL.replace('"Linh was found."', '""').replace('know: "Tell someone."', "know: "))
    assert scenario.scenes["found"].debrief is None
    assert scenario.flags["secrecy"].know is None


def prove(text: str):
    return read(CALL.replace("start: call\n", f"start: call\nprove: ['{text}']\n")).prove[0].property


def test_properties_are_read_with_not_before_and_before_or():
    moved, zero = Truth("moved"), Compare("trust", "==", 0)
    assert prove("never moved and trust==0") == Never(And((moved, zero)))
    assert prove("never moved or not moved and (hotel or ending)") == Never(
        Or((moved, And((Not(moved), Or((Within("hotel"), AtEnding()))))))
    )
    assert prove("moved only after flag secrecy") == OnlyAfter(moved, Shown("secrecy"))
    assert prove("video leads to ending within 6") == LeadsTo(Within("video"), AtEnding(), 6)
    assert prove("not not moved only after not hotel") == OnlyAfter(Not(Not(moved)), Not(Within("hotel")))


def test_a_condition_nested_beyond_reason_is_refused_and_does_not_overflow():
    for text in ("not " * 5000 + "moved", "(" * 5000 + "moved" + ")" * 5000):
        found = problems(CALL.replace("if: trust >= 1", f"if: {text}"))
        assert [line.split(": ", 1)[1] for line in found] == ["The condition is nested too deeply."]
