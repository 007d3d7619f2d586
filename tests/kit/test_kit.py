"""The kit: times, ids, names, moments, YAML trees and catalogues."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from notalone.kit import catalogue, moments, names, yamltree
from notalone.kit.ids import made_at, parse_uuid7, uuid7
from notalone.kit.problems import CannotRead
from notalone.kit.reading import Reader
from notalone.kit.time import Duration, Instant, ShowTime

instants = st.integers(0, 2**48 - 1).map(Instant)
printable_instants = st.integers(0, 253_402_300_799_999).map(Instant)


@given(instants, st.binary(min_size=10, max_size=10))
def test_a_uuid7_carries_its_instant_and_is_one_by_rfc_9562(at, entropy):
    made = uuid7(at, entropy)
    assert made_at(made) == at
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert parse_uuid7(str(made)) == made


@given(st.lists(instants, min_size=2, max_size=20), st.binary(min_size=10, max_size=10))
def test_uuid7s_of_different_instants_sort_by_time(times, entropy):
    distinct = sorted(set(times))
    assert sorted(uuid7(at, entropy) for at in reversed(distinct)) == [uuid7(at, entropy) for at in distinct]


def test_the_worked_example_of_rfc_9562_is_reproduced():
    at = Instant.of(datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC))
    entropy = bytes.fromhex("0cc3") + bytes.fromhex("18c4dc0c0c07398f")
    assert uuid7(at, entropy) == UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


@pytest.mark.parametrize("entropy", [b"", b"123456789", b"12345678901"])
def test_a_uuid7_takes_exactly_ten_random_bytes(entropy):
    with pytest.raises(ValueError, match="ten random bytes"):
        uuid7(Instant(0), entropy)


def test_a_uuid_of_another_version_is_refused():
    with pytest.raises(ValueError, match="version 7"):
        parse_uuid7("00000000-0000-4000-8000-000000000000")


@given(printable_instants)
def test_an_instant_survives_its_text(at):
    assert Instant.parse(str(at)) == at


def test_a_time_without_a_zone_is_no_instant():
    with pytest.raises(ValueError, match="time zone"):
        Instant.parse("2026-11-01T09:00:00")


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_no_calendar_in_utc_holds_is_no_instant(text):
    with pytest.raises(ValueError, match="outside the years 1 to 9999"):
        Instant.parse(text)


def test_differences_of_instants_and_show_times_are_durations():
    assert Instant(2500).since(Instant(1000)) == Duration(1500)
    assert ShowTime(2500).since(ShowTime(1000)) + Duration.seconds(0.5) == Duration(2000)
    assert Instant(1000) + Duration.seconds(1.5) == Instant(2500)


@pytest.mark.parametrize("name", ["par1", "online-abduction", "exhibition_hall", "a"])
def test_names_of_the_house_are_accepted(name):
    assert names.is_id(name)


@pytest.mark.parametrize("name", ["", "1par", "Par", "a b", "a--b", "-a", "a-", "ä", "a" * 65])
def test_other_names_are_not(name):
    assert not names.is_id(name)


def test_the_nearest_name_is_told_and_a_far_one_is_not():
    assert names.nearest("exhibiton-hall", ["exhibition-hall", "main-stage"]) == "exhibition-hall"
    assert names.nearest("xyz", ["exhibition-hall", "main-stage"]) is None


def _moment_of(kind, draw):
    plain = {
        "str": st.text(max_size=40),
        "int": st.integers(-9, 9),
        "bool": st.booleans(),
        "float": st.floats(0, 1),
    }
    own = {
        field.name: draw(plain[field.type])
        for field in dataclasses.fields(kind)
        if field.name not in ("id", "at", "where", "pass_id")
    }
    at = draw(printable_instants)
    return kind(id=uuid7(at, draw(st.binary(min_size=10, max_size=10))), at=at, where="the-call", pass_id=None, **own)


@given(st.data(), st.sampled_from(sorted(moments.TYPES)))
def test_every_moment_survives_its_json_form(data, name):
    moment = _moment_of(moments.TYPES[name], data.draw)
    assert moments.from_json(json.loads(json.dumps(moments.to_json(moment)))) == moment


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=6),
    max_leaves=12,
)


@given(json_values, st.sampled_from(sorted(moments.TYPES)))
@example({"v": 1, "type": "vote-cast", "id": "x", "at": "0", "where": "a", "vote": "v"}, "vote-cast")
def test_what_is_no_moment_is_refused_and_never_anything_worse(value, name):
    if isinstance(value, dict):
        value = {"v": 1, "type": name, **value}
    with pytest.raises(moments.MomentError):
        moments.from_json(value)


def _brick(**changes):
    made = {
        "v": 1,
        "type": "brick-laid",
        "id": str(uuid7(Instant(1000), b"0123456789")),
        "at": "2026-11-01T02:00:00.000Z",
        "where": "the-call",
        "pass": None,
        "brick": "b",
        "text": "You are not alone",
        "lang": "en",
        "kind": "chosen",
    }
    return {**made, **changes}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"v": 2}, "this version reads moments of version 1, not 2"),
        ({"type": "brick-lade"}, "there is no moment of type 'brick-lade'"),
        ({"extra": 1}, "a moment brick-laid has no field 'extra'"),
        ({"text": 5}, "the field 'text' of a moment brick-laid is not a str"),
        ({"text": "x" * 2001}, "the field 'text' of a moment brick-laid is longer than 2000"),
        ({"where": "../etc"}, "the field 'where' of a moment is not the id of a station or page"),
        ({"pass": "Linh Nguyen"}, "the field 'pass' of a moment is not a pass"),
    ],
)
def test_a_wrong_moment_is_told_in_one_sentence(changes, why):
    with pytest.raises(moments.MomentError) as told:
        moments.from_json(_brick(**changes))
    assert str(told.value) == why


def test_yaml_is_read_by_the_core_schema_of_1_2():
    tree = yamltree.parse("on: yes\noff: true\nstep: +1\nquoted: '12'\nhex: 0x1F\nempty:\nfloat: 1.5e3\n", "f.yaml")
    values = {key.raw: value.value for key, value in tree.entries}
    assert values == {
        "on": "yes",
        "off": True,
        "step": 1,
        "quoted": "12",
        "hex": 31,
        "empty": None,
        "float": 1500.0,
    }
    step = tree.get("step")
    assert step is not None
    assert (step.raw, step.line, step.column) == ("+1", 3, 7)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1", "f.yaml:1:6: This is not YAML: expected ',' or ']', but got '<stream end>'."),
        ("a: 1\na: 2", "f.yaml:2:1: The key “a” stands here twice."),
        ("", "f.yaml:1:1: The file is empty."),
        ("a: *b", "f.yaml:1:4: This is not YAML: found undefined alias 'b'."),
        ("? [a]\n: 1", "f.yaml:1:3: A key must be a single word."),
    ],
)
def test_what_is_not_yaml_is_told_with_its_place(text, said):
    with pytest.raises(CannotRead) as told:
        yamltree.parse(text, "f.yaml")
    assert str(told.value) == said


@given(st.text(alphabet="ab:-[]{}#&*!|>'\"%@` \n\t,?", max_size=60))
def test_no_text_makes_the_yaml_reader_fail_in_another_way(text):
    try:
        yamltree.parse(text, "f.yaml")
    except CannotRead as told:
        assert told.problems[0].file == "f.yaml"  # noqa: PT017 -- some texts are YAML, the others must be told


def test_aliases_cannot_grow_a_small_file_into_a_huge_one():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    with pytest.raises(CannotRead, match="too large"):
        yamltree.parse("\n".join(lines), "f.yaml")


def test_a_file_that_is_not_utf8_is_told_with_its_line(tmp_path):
    path = tmp_path / "f.yaml"
    path.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(CannotRead, match=r"f\.yaml:2:1: The file is not UTF-8 text here\."):
        yamltree.read(path)


def test_a_reader_gathers_every_problem_and_names_the_nearest_key():
    tree = yamltree.parse("nmae: x\nidle: 5\nlang: fr\n", "f.yaml")
    reader = Reader()
    fields = reader.fields(tree, "A station", needed=["name"], allowed=["idle", "lang"])
    assert reader.integer(fields["idle"], "The idle time", 20, 600) is None
    assert reader.choice(fields["lang"], "The language", ["vi", "en"]) is None
    assert [str(problem) for problem in reader.problems] == [
        "f.yaml:1:1: A station has no key “nmae”. Did you mean “name”?",
        "f.yaml:1:1: A station needs the key “name”.",
        "f.yaml:2:7: The idle time must be a whole number from 20 to 600.",
        "f.yaml:3:7: The language “fr” does not exist. Known: en, vi.",
    ]


def test_fuzzy_and_empty_translations_count_as_missing(tmp_path):
    path = tmp_path / "vi.po"
    path.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Hello"\nmsgstr "Xin chào"\n\n#, fuzzy\nmsgid "Bye"\nmsgstr "Tạm biệt"\n\nmsgid "Wall"\nmsgstr ""\n',
        encoding="utf-8",
    )
    read = catalogue.read(path, "vi")
    assert [read.get(text) for text in ("Hello", "Bye", "Wall", "None")] == ["Xin chào", None, None, None]
    assert read.of("Bye") == "Bye"


def test_a_broken_catalogue_is_told(tmp_path):
    path = tmp_path / "vi.po"
    path.write_text('msgid "Hello\nmsgstr', encoding="utf-8")
    with pytest.raises(CannotRead, match=r"vi\.po: The catalogue cannot be read"):
        catalogue.read(path, "vi")
