"""Whatever a file holds, reading it never ends in a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.scenario.example import CALL
from typer.testing import CliRunner

from notalone.kit import yamltree
from notalone.kit.problems import CannotRead
from notalone.scenario.cli import app
from notalone.scenario.core.check import judge
from notalone.scenario.core.compile import TooManyStates
from notalone.scenario.core.grammar import ConditionError, Names, read_condition, read_property

NAMES = ("call", "video", "trust", "moved", "authority", "caller", "end", "told")
WORDS = (
    "never", "only", "after", "leads", "to", "within", "or", "and", "not", "flag", "ending", "(", ")", "==", "<=",
    "<", "!=", "3", "99999999999999999999", *NAMES, "é", "=", "-", "'", "\n", "\t", "x" * 70,
)  # fmt: skip
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def judged(text: str) -> None:
    """Judge a text; it must be refused in sentences, or give a verdict."""
    try:
        verdict = judge(yamltree.parse(text, "x.yaml"), max_states=500)
    except (CannotRead, TooManyStates):
        return
    for one in (*verdict.violations, *verdict.warnings):
        assert one.message
        assert one.path
        assert one.line >= 1


@st.composite
def mangled(draw) -> str:
    """Return the example with a few places cut, doubled or overwritten."""
    text = CALL
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 12))
        word = st.sampled_from([*WORDS, ": ", "- ", "{", "}", "[", "]", ",", "&a ", "*a", "!!int ", "|\n", "#", "? "])
        text = text[:at] + draw(word) + text[at + length :]
    return text


@QUICK
@given(mangled())
def test_a_mangled_scenario_is_refused_in_sentences(text):
    judged(text)


def plain(node: yamltree.Node) -> object:
    """Return a YAML tree as plain data."""
    if node.kind is yamltree.Kind.MAP:
        return {key.raw: plain(value) for key, value in node.entries}
    if node.kind is yamltree.Kind.LIST:
        return [plain(item) for item in node.items]
    return node.raw if node.raw[:1] == "+" else node.value


CALL_DATA = plain(yamltree.parse(CALL, "call.yaml"))


SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=4)
INNER = st.sampled_from([*NAMES, "say", "on", "if", "set", "ending"])
VALUES = st.recursive(
    SCALARS | st.sampled_from([*WORDS, "+1", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(INNER, inner, max_size=4),
    max_leaves=8,
)
KEYS = ("format", "id", "title", "risk", "ages", "minutes", "notes", "help", "sources", "reviewed", "people", "flags",
        "vars", "start", "scenes", "prove")  # fmt: skip


@QUICK
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=2), st.booleans())
def test_any_value_under_any_key_is_refused_in_sentences(changes, alone):
    data = {} if alone else {key: CALL_DATA[key] for key in CALL_DATA}
    judged(json.dumps({**data, **changes}))


@QUICK
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=30))
def test_any_condition_is_read_or_refused_with_a_place(text):
    names = Names({"trust": False, "moved": True}, ("call", "told"), ("authority",), everything=True)
    for read in (read_condition, read_property):
        refused = None
        try:
            read(text, names)
        except ConditionError as error:
            refused = error
        if refused is not None:
            assert 0 <= refused.at <= len(text)
            assert refused.message.endswith(".")


@QUICK
@given(st.binary(max_size=60))
def test_any_bytes_end_with_exit_code_1_or_2_on_the_command_line(tmp_path: Path, data: bytes):
    path = tmp_path / "scenario.yaml"
    path.write_bytes(data)
    done = CliRunner().invoke(app, ["check", str(path), "--json"])
    assert done.exit_code in (1, 2)
    assert done.exception is None or isinstance(done.exception, SystemExit)


STRANGE = (
    "שלום, מי זה?", "من هذا؟ \u202eabc\u202c", "👩‍👩‍👧 🏳️‍🌈 🆘", "é" * 40, "\u200b", "\u00a0", "\ufeff", "\u2028", "𝕊",
    "Nguyễn Thị Hồng", "%s {name} %(x)d {", "'\"\\", "-", "null", "~", "yes", "0x1F", "1e400", ".nan", "2026-11-01",
)  # fmt: skip


def places(data, path=()):
    """Yield the path of every node of nested data but the root."""
    within = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in within:
        yield (*path, key)
        yield from places(value, (*path, key))


PLACES = tuple(places(CALL_DATA))


def other(draw, value):
    """Return something of another kind than a value, or elsewhere in the scenario."""
    if isinstance(value, str) and draw(st.booleans()):
        return draw(st.sampled_from([*NAMES, *STRANGE]))
    return draw(st.sampled_from([None, [], {}, [value], {"to": value}, True, -1, 10**30, 0.5, "", *WORDS, *STRANGE]))


@st.composite
def mutated(draw):
    """Return the data of the example with some of its nodes deleted, doubled, aimed elsewhere or of another type."""
    data = json.loads(json.dumps(CALL_DATA))
    for _ in range(draw(st.integers(1, 3))):
        *above, key = draw(st.sampled_from(PLACES))
        try:
            node = data
            for step in above:
                node = node[step]
            value = node[key]
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took this place away
        if isinstance(node, str):
            continue
        change = draw(st.sampled_from(["delete", "double", "other", "rename"]))
        if change == "delete":
            del node[key]
        elif change == "double" and isinstance(node, list):
            node.insert(key, value)
        elif change == "rename" and isinstance(node, dict):
            node[draw(st.sampled_from([*STRANGE, *NAMES, "sya", "x"]))] = node.pop(key)
        else:
            node[key] = other(draw, value)
    return data


@QUICK
@given(mutated(), st.booleans())
def test_any_node_deleted_doubled_renamed_or_of_another_kind_is_told_with_its_line(data, spaced):
    text = json.dumps(data, indent=1 if spaced else None, ensure_ascii=False)
    refused = None
    try:
        root = yamltree.parse(text, "x.yaml")
    except CannotRead as error:
        refused = error
    if refused is not None:
        assert "x.yaml:" in str(refused)
        return
    lines = text.count("\n") + 1
    verdict = judge(root, max_states=500)
    for one in (*verdict.violations, *verdict.warnings):
        assert 1 <= one.line <= lines
        assert one.message.endswith((".", "?", "!"))
    if not verdict.states:
        assert {one.rule for one in verdict.violations} == {"S1"}


@QUICK
@given(st.integers(0, len(CALL)), st.sampled_from([*STRANGE, ""]))
def test_a_file_cut_off_anywhere_is_refused_or_judged(at, tail):
    judged(CALL[:at] + tail)


@pytest.mark.parametrize("said", STRANGE[:3])
def test_text_from_right_to_left_and_emoji_are_texts_like_any_other(tmp_path: Path, said: str):
    path = tmp_path / "scenario.yaml"
    path.write_text(CALL.replace("This is the police.", said).replace("Tell mum", said), encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(path), "--json"])
    assert done.exit_code == 0, done.output
    path.write_text(path.read_text(encoding="utf-8").replace('    debrief: "Linh was found."\n', ""), encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(path), "--json"])
    assert done.exit_code == 1
    found = json.loads(done.output)["files"][0]["violations"]
    assert any(said in line for one in found for line in one["story"])
