"""Counterexamples are told as stories, to the letter."""

from __future__ import annotations

from tests.scenario.example import CALL

from notalone.kit import yamltree
from notalone.scenario.core.check import judge
from notalone.scenario.core.model import Context


def verdict(text: str, context: Context | None = None):
    return judge(yamltree.parse(text, "call.yaml"), context)


def the_one(text: str, rule: str):
    found = [one for one in verdict(text).violations if one.rule == rule]
    assert len(found) == 1
    return found[0]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_the_example_holds_and_gives_no_warning():
    found = verdict(CALL)
    assert (found.violations, found.warnings) == ((), ())
    # call with trust 0..3, and one state each of the other scenes, where trust and moved matter no more
    assert (found.id, found.states, found.edges) == ("the-call", 8, 4 * 4 - 1 + 2 + 2)


def test_a_trap_is_told_from_the_start_to_where_it_shuts():
    text = CALL.replace('"Open the door", to: found', '"Open the door", to: hotel')
    text = text.replace('      - {say: "Tell mum", to: told}\n  told', '      - {say: "Wait", to: hotel}\n  told')
    one = the_one(text, "S3")
    assert one.message == "From the scene “hotel” no choices lead to an ending."
    assert one.line == line_of(text, "  hotel:")
    assert one.path == ("call: Stay on the line", "video: Go to the hotel")
    assert one.story == (
        "call (phone)",
        "  Officer Minh: “This is the police.”  [authority]",
        "  → Stay on the line",
        "video (video)",
        "  Officer Minh: “Tell nobody.”  [secrecy]",
        "  → Go to the hotel",
        "hotel (place)",
    )


def test_a_timeout_is_told_as_waiting():
    text = CALL.replace('"Stay on the line", risk: true, set: {trust: +1}, to: video', '"Stay", to: told')
    text = text.replace('      - {say: "Tell mum", to: told}\n  hotel', "  hotel")
    one = the_one(text, "S14")
    assert one.message == "The scene “video” offers 1 choice here; between 2 and 4 are needed."
    assert one.path == ("call: (waits 30 s)",)
    assert one.story[2] == "  → (waits 30 s)"


def test_where_the_first_state_offends_the_path_is_the_start():
    text = CALL.replace('      - {say: "Ask for the case number", if: trust < 3, to: call, set: {trust: +1}}\n', "")
    text = text.replace('      - {say: "Hang up and call mum", skill: tell, to: told}\n', "")
    one = the_one(text, "S14")
    assert one.path == ("<start>",)
    assert one.story == ("call (phone)", "  Officer Minh: “This is the police.”  [authority]")


def test_a_loop_one_can_leave_is_no_trap():
    assert not [one for one in verdict(CALL.replace("to: found", "to: call")).violations if one.rule == "S3"]


def test_a_risk_that_leads_to_risks_alone_is_told_to_the_second_choice_point():
    text = CALL.replace('{say: "Tell mum", to: told}\n  hotel', '{say: "Pay", risk: true, to: call}\n  hotel')
    text = text.replace('{say: "Open the door", to: found}', '{say: "Open the door", risk: true, to: found}')
    text = text.replace('{say: "Tell mum", to: told}\n  told', '{say: "Pay", risk: true, to: found}\n  told')
    found = [one for one in verdict(text).violations if one.rule == "S4"]
    assert [one.path for one in found] == [("call: Stay on the line", "video: Go to the hotel")]
    assert found[0].message == (
        "After the risk “Stay on the line” in the scene “call” neither the first nor the second choice point "
        "offers a choice without risk."
    )
    assert found[0].line == line_of(text, '{say: "Stay on the line"')


def test_five_choices_from_an_ending_are_one_too_many():
    chain = "".join(
        f"  s{n}:\n    on: chat\n    intensity: 1\n    choices:\n      - {{say: \"On {n}\", to: s{n + 1}}}\n"
        f"      - {{say: \"Again {n}\", to: s{n}}}\n"
        for n in range(5)
    )  # fmt: skip
    text = CALL.replace("  told:\n", f"{chain}  s5:\n    ending: safe\n    debrief: x\n  told:\n")
    text = text.replace("start: call", "start: s0").replace('{say: "On 4", to: s5}', '{say: "On 4", to: call}')
    text = text.replace('to: told}\n      - {say: "Stay', 'to: s5}\n      - {say: "Stay')
    found = [one for one in verdict(text).violations if one.rule == "S4"]
    assert [(one.message, one.path) for one in found] == [
        ("From the scene “s0” the nearest ending is 6 choices away; at most 4 are allowed.", ("<start>",)),
        ("From the scene “s1” the nearest ending is 5 choices away; at most 4 are allowed.", ("s0: On 0",)),
    ]


def test_what_no_play_reaches_is_told_with_its_line():
    text = CALL.replace("if: trust >= 1", "if: trust > 3").replace("if: trust < 3", "if: trust > 2")
    line, choice = [one for one in verdict(text).violations if one.rule == "S2"]
    assert line.message == "No play shows the line “You again. Good.” of the scene “call”."
    assert line.line == line_of(text, '{from: caller, say: "You')
    assert choice.message == "No play offers the choice “Ask for the case number” of the scene “call”."
    assert choice.line == line_of(text, '{say: "Ask')
    assert line.path == choice.path == ("<start>",)
    lost = CALL.replace("to: found", "to: told")
    assert the_one(lost, "S2").message == "No play enters the scene “found”."


def test_missing_texts_are_told_where_a_play_would_miss_them():
    text = CALL.replace('    debrief: "Linh was found."\n', "").replace(', know: "Tell someone."', "")
    found = [one for one in verdict(text).violations if one.rule == "S7"]
    assert [(one.message, one.path) for one in found] == [
        ("The ending “found” has no debrief.",
         ("call: Stay on the line", "video: Go to the hotel", "hotel: Open the door")),
        ("The flag “secrecy” does not say what to know.", ("call: Stay on the line",)),
    ]  # fmt: skip


def test_two_choices_into_the_same_state_are_a_warning():
    found = verdict(CALL.replace("to: found", "to: told"))
    assert [(one.rule, one.message, one.path[-1]) for one in found.warnings] == [
        ("S15", "In the scene “hotel” “Open the door” and “Tell mum” lead to the same state.", "hotel: Tell mum")
    ]


def test_the_authors_properties_are_told_with_the_play_against_them():
    text = CALL.replace("start: call\n", "start: call\nprove:\n  - hotel leads to found within 2\n")
    one = the_one(text, "P")
    assert one.message == (
        "“hotel leads to found within 2” does not hold: 2 steps can go by, or the story end, without it."
    )
    assert one.line == line_of(text, "hotel leads")
    assert one.path == ("call: Stay on the line", "video: Go to the hotel", "hotel: Tell mum")


def test_names_that_the_festival_lacks_are_s1_and_other_rules_still_speak():
    context = Context(frozenset({"virtual-kidnaping"}), frozenset({"uneasy"}), frozenset({"children"}))
    found = verdict(CALL.replace("to: found", "to: told"), context).violations
    assert [(one.rule, one.said) for one in found] == [
        ("S1", "The festival has no risk “virtual-kidnapping”. Did you mean “virtual-kidnaping”?"),
        ("S1", "The festival has no helpline topic “police”."),
        ("S1", "The festival has no cue “unease”. Did you mean “uneasy”?"),
        ("S2", "No play enters the scene “found”."),
    ]
    assert verdict(CALL, Context(frozenset({"virtual-kidnapping"}), None, None)).violations == ()
