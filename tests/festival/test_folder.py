"""A festival folder is read whole, and what is wrong in it is told with its place."""

# ruff: noqa: E501 -- the mistakes and what is said of them stand side by side

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notalone.festival import queries
from notalone.festival.cli import TEMPLATE
from notalone.festival.core import folder as folders
from notalone.festival.core import help as helping
from notalone.festival.core import programme
from notalone.festival.core.countries import COUNTRIES
from notalone.festival.core.values import Brand, Confirmed, Item, Message, Place, Risk, Station
from notalone.kit import yamltree
from notalone.kit.problems import Level
from notalone.kit.time import Duration, Instant
from notalone.scenario import queries as scenarios


def read(folder):
    festival, problems = folders.load(folder.path)
    assert festival is None
    return [(problem.line, str(problem).split(": ", 1)[1]) for problem in problems]


def test_the_template_is_read_without_a_word():
    festival, problems = folders.load(TEMPLATE)
    assert problems == ()
    assert festival is not None
    assert festival.name == "Our festival"
    assert festival.languages == ("en", "vi", "de")
    assert festival.days == (date(2026, 1, 1), date(2026, 1, 2))
    assert festival.brand == Brand("#0b1a2b", "#ffb84d", "#2e8fa3", "#f2705f")
    assert festival.places == {"hall": Place("hall", "The hall", "Stations, light and the wall of bricks.")}
    assert festival.risks == {"phishing": Risk("phishing", "Stolen accounts")}
    assert festival.stations["two"] == Station("two", "Station two", "hall", "lucky-gems", "vi", Duration(60_000))
    assert festival.messages["tell"] == Message("tell", "Tell someone you trust.")
    assert festival.programme[0] == Item(date(2026, 1, 1), time(9), 30, "hall", "Welcome")
    assert festival.cues == {"scene-entered": "scene", "ending-reached": "relief", "brick-laid": "brick"}
    line = festival.helplines["child-protection-vn"]
    assert (line.number, line.ages, line.cost, line.sms, line.confirmed) == ("111", (0, 18), "Free", "", None)


def test_texts_are_said_in_the_language_asked_for_and_else_in_english():
    festival, _ = folders.load(TEMPLATE)
    assert festival.say("You are not alone.", "vi") == "Bạn không một mình."
    assert festival.say("You are not alone.", "de") == "Du bist nicht allein."
    assert festival.say("You are not alone.", "en") == "You are not alone."
    assert festival.say("Nobody wrote this.", "vi") == "Nobody wrote this."
    assert festival.say("You are not alone.", "km") == "You are not alone."


def test_a_festival_begins_and_ends_at_midnight_where_it_takes_place():
    festival, _ = folders.load(TEMPLATE)
    assert str(festival.starts()) == "2025-12-31T17:00:00.000Z"
    assert str(festival.ends()) == "2026-01-02T17:00:00.000Z"


# fmt: off
BROKEN = [
    ("name: Our festival", "nam: Our festival", "The festival has no key “nam”. Did you mean “name”?"),
    ("format: notalone/festival-1", "format: notalone/festival-9", "This version reads the format notalone/festival-1, not “notalone/festival-9”."),
    ("country: VN", "country: vn", "country “vn” is not a country's two letters such as VN or DE. Did you mean “VN”?"),
    ("country: VN", "country: XX", "country “XX” is not a country's two letters such as VN or DE."),
    ("Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Min", "There is no time zone “Asia/Ho_Chi_Min”. Did you mean “Asia/Ho_Chi_Minh”?"),
    ("languages: [en, vi, de]", "languages: [en, fr]", "The language “fr” is not spoken here; the languages are vi, en, de."),
    ("languages: [en, vi, de]", "languages: [en, vi, en]", "“en” stands in languages twice."),
    ("languages: [en, vi, de]", "languages: []", "languages must not be empty."),
    ("days: [2026-01-01,", "days: [2026-01-32,", "The day “2026-01-32” is not a date: write it as 2026-11-01."),
    ("days: [2026-01-01,", "days: [1 January,", "The day “1 January” is not a date: write it as 2026-11-01."),
    ("days: [2026-01-01, 2026-01-02]", "days: [2026-01-02, 2026-01-01]", "The days must stand in their order."),
    ('ember: "#ffb84d"', 'ember: "orange"', "The colour ember “orange” is not written as “#rrggbb” in quotes."),
    ('  ember: "#ffb84d"', '  embers: "#ffb84d"', "brand has no key “embers”. Did you mean “ember”?"),
    ("place: hall, scenario", "place: hal, scenario", "The place “hal” does not exist. Did you mean “hall”?"),
    ("scenario: lucky-gems", "scenario: lucky-gem", "The scenario “lucky-gem” does not exist. Did you mean “lucky-gems”?"),
    ("language: vi, idle", "language: fr, idle", "The language “fr” is not spoken here; the languages are vi, en, de."),
    ("idle: 60", "idle: 19", "idle (seconds) must be a whole number from 20 to 600."),
    ("idle: 60", "idle: 601", "idle (seconds) must be a whole number from 20 to 600."),
    ("  one: {", "  One!: {", "“One!” is not a name: use small letters, digits, - and _."),
    ('    number: "111"\n', "", "The helpline “child-protection-vn” needs a number, an sms number or a web address."),
    ('number: "111"', "number: call us", "number “call us” is not a telephone number of digits and spaces."),
    ('number: "111"', "web: javascript:alert(1)", "web “javascript:alert(1)” is not an https address or a host such as help.example.org."),
    ("ages: [0, 18]", "ages: [18, 0]", "The youngest age stands after the oldest."),
    ("ages: [0, 18]", "ages: [18]", "ages must be two numbers: the youngest and the oldest."),
    ("topics: [child-protection]", "topics: []", "topics must not be empty."),
    ("languages: [vi]", "languages: [Vietnamese]", "The language “Vietnamese” is not written as two small letters such as vi."),
    ("    about: Somebody", "    abut: Somebody", "The helpline “child-protection-vn” has no key “abut”. Did you mean “about”?"),
    ("day: 2026-01-02, at: \"09:00\"", "day: 2026-01-03, at: \"09:00\"", "The day 2026-01-03 is not one of the festival's: 2026-01-01, 2026-01-02."),
    ('at: "15:30"', 'at: "25:30"', "The time “25:30” is not a time of day: write it as 09:30."),
    ('at: "15:30"', "at: 9am", "The time “9am” is not a time of day: write it as 09:30."),
    ("minutes: 45, place: hall", "minutes: 45, place: stage", "The place “stage” does not exist. Known: hall."),
    ("brick-laid: brick", "brik-laid: brick", "There is no moment of type “brik-laid”. Did you mean “brick-laid”?"),
    ("brick-laid: brick", "brick-laid: scene", "A moment brick-laid names no cue, so “scene” cannot stand here."),
    ("messages:\n", "messages: hello\nmessage:\n", "messages must be a mapping from names to values, not a single value."),
]
# fmt: on


@pytest.mark.parametrize(("right", "wrong", "said"), BROKEN, ids=[wrong.strip() for _, wrong, _ in BROKEN])
def test_a_mistake_is_told_in_one_sentence_with_its_line_and_the_nearest_right_thing(folder, right, wrong, said):
    folder.replace(right, wrong)
    first = wrong.strip().splitlines()[0] if wrong.strip() else "child-protection-vn:"
    line = folder.line_of(first)
    told = read(folder)
    assert said in [sentence for _, sentence in told]
    assert abs(next(number for number, sentence in told if sentence == said) - line) <= 1


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(folder):
    folder.replace("country: VN", "country: XX").replace("idle: 60", "idle: 5").replace("place: hall", "place: hal")
    lines = [line for line, _ in read(folder)]
    assert len(lines) == 3
    assert lines == sorted(lines)


def test_a_place_that_is_wrong_itself_is_not_told_again_by_those_who_stand_there(folder):
    folder.replace("hall: {name: The hall,", "hall: {nam: The hall,")
    told = [sentence for _, sentence in read(folder)]
    assert told == [
        "The place “hall” needs the key “name”.",
        "The place “hall” has no key “nam”. Did you mean “name”?",
    ]


def test_a_column_is_told(folder):
    folder.replace("country: VN", "country: XX")
    _, problems = folders.load(folder.path)
    assert str(problems[0]).startswith(f"{folder.file}:6:10: ")


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path):
    festival, problems = folders.load(tmp_path / "nowhere")
    assert festival is None
    assert [str(problem) for problem in problems] == [f"{tmp_path / 'nowhere'}: There is no such folder."]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"name: [1, 2", "This is not YAML"),
        (b"", "The file is empty."),
        (b"name: \xff\xfe", "The file is not UTF-8 text here."),
        (b"- a\n- b\n", "The festival must be a mapping, not a list."),
        (b"name: a\nname: b\n", "The key “name” stands here twice."),
    ],
)
def test_what_is_no_festival_is_told_in_one_sentence(folder, content, said):
    folder.file.write_bytes(content)
    festival, problems = folders.load(folder.path)
    assert festival is None
    assert len(problems) == 1
    assert said in str(problems[0])


def test_a_catalogue_that_cannot_be_read_is_told_with_its_file(folder):
    (folder.path / "vi.po").write_bytes(b'msgid "a"\nmsgstr "\xff"\n')
    festival, problems = folders.load(folder.path)
    assert festival is None
    assert [problem.file for problem in problems] == [str(folder.path / "vi.po")]


def test_a_text_without_a_translation_is_a_warning_at_its_line(folder):
    folder.replace("title: Welcome}", "title: A new text}")
    festival, problems = folders.load(folder.path)
    assert festival is not None
    assert {problem.level for problem in problems} == {Level.WARNING}
    assert [problem.message for problem in problems] == [
        "“A new text” is not translated in vi.po.",
        "“A new text” is not translated in de.po.",
    ]
    assert {problem.line for problem in problems} == {folder.line_of("A new text")}


def test_a_missing_catalogue_is_one_warning(folder):
    (folder.path / "de.po").unlink()
    festival, problems = folders.load(folder.path)
    assert festival is not None
    assert [str(problem) for problem in problems] == [f"{folder.path / 'de.po'}: The catalogue is missing."]


def test_a_confirmation_lasts_a_year(folder):
    folder.replace("    source:", '    confirmed: {by: "A person", on: 2026-03-01}\n    source:')
    festival, _ = folders.load(folder.path)
    line = festival.helplines["child-protection-vn"]
    assert line.confirmed == Confirmed("A person", date(2026, 3, 1))
    assert not line.is_confirmed(date(2026, 2, 28))
    assert line.is_confirmed(date(2026, 3, 1))
    assert line.is_confirmed(date(2027, 3, 1))
    assert not line.is_confirmed(date(2027, 3, 2))


def test_a_scenario_may_use_the_festivals_names(folder):
    festival, _ = folders.load(folder.path)
    context = queries.scenario_context(festival, ["unease", "relief"])
    assert context.risks == {"phishing"}
    assert context.cues == {"unease", "relief"}
    assert context.help == {"child-protection"}
    assert context.languages == ("en", "vi", "de")
    assert queries.scenario_context(festival).cues is None


def test_the_scenario_of_the_template_is_proved():
    festival, _ = folders.load(TEMPLATE)
    context = queries.scenario_context(festival)
    checked = scenarios.check(TEMPLATE / "scenarios/lucky-gems/scenario.yaml", context, festival.languages)
    assert checked.violations == ()
    assert [one.message for one in checked.warnings] == [
        "The helpline “National Child Protection Hotline” is not confirmed by a person yet."
    ]


def test_there_are_249_countries():
    assert len(COUNTRIES) == 249
    assert all(len(code) == 2 and code.isupper() for code in COUNTRIES)


HELP = """
  far: {name: Far, web: far.example, topics: [x], languages: [en], country: world, hours: h, ages: [0, 99], about: a, source: s}
  near: {name: Near, number: "1", topics: [x, y], languages: [de], country: VN, hours: h, ages: [0, 99], about: a, source: s}
  abroad: {name: Abroad, number: "2", topics: [x], languages: [vi], country: DE, hours: h, ages: [0, 99], about: a, source: s}
  web: {name: Web, web: "https://web.example/a", topics: [y], languages: [vi], country: VN, hours: h, ages: [0, 99], about: a, source: s}
messages:
"""  # fmt: skip


def test_helplines_of_the_country_that_speak_the_language_come_first(folder):
    folder.replace("messages:\n", HELP.lstrip("\n"))
    festival, _ = folders.load(folder.path)
    assert [line.id for line in helping.shown(festival, "vi")] == ["child-protection-vn", "web", "near", "far"]
    assert [line.id for line in helping.shown(festival, "en")] == ["far", "child-protection-vn", "near", "web"]
    assert [line.id for line in helping.shown(festival, "en", ["y"])] == ["near", "web"]
    assert helping.link("far.example") == "https://far.example"
    assert helping.link("https://web.example/a") == "https://web.example/a"
    assert helping.dial("+84 24 111") == "+8424111"


@pytest.mark.parametrize(
    ("now", "on", "following"),
    [
        ("2026-01-01T01:59:59.999Z", [], ["Welcome"]),
        ("2026-01-01T02:00:00Z", ["Welcome"], ["The stations are open"]),
        ("2026-01-01T02:29:59.999Z", ["Welcome"], ["The stations are open"]),
        ("2026-01-01T02:30:00Z", ["The stations are open"], ["The stations are open"]),
        ("2026-01-01T12:00:00Z", [], ["The stations are open"]),
        ("2026-01-02T08:30:00Z", ["The wall is finished"], []),
        ("2026-01-02T09:15:00Z", [], []),
    ],
)
def test_the_programme_knows_what_is_on_and_what_comes_next(now, on, following):
    festival, _ = folders.load(TEMPLATE)
    at = Instant.parse(now)
    assert [item.title for item in programme.now_on(festival, at)] == on
    assert [item.title for item in programme.comes_next(festival, at)] == following


def test_each_day_of_the_festival_has_its_items():
    festival, _ = folders.load(TEMPLATE)
    assert [(day.day, len(day.items)) for day in programme.days(festival)] == [
        (date(2026, 1, 1), 2),
        (date(2026, 1, 2), 2),
    ]


def test_the_texts_of_the_file_are_those_that_visitors_read():
    found = [node.raw for node in folders.texts(yamltree.read(TEMPLATE / "festival.yaml"))]
    assert found[:4] == [
        "Our festival",
        "Together, safe online",
        "The hall",
        "Stations, light and the wall of bricks.",
    ]
    assert "Ministry of Health of Vietnam, national hotline 111" not in found
    assert found[-1] == "The wall is finished"


LINES = (TEMPLATE / "festival.yaml").read_text(encoding="utf-8").splitlines(keepends=True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    where=st.integers(0, len(LINES) - 1),
    instead=st.one_of(st.just(""), st.text(max_size=40).map(lambda text: text + "\n"), st.sampled_from(LINES)),
)
def test_whatever_stands_in_a_line_is_read_or_told_and_never_breaks(folder, where, instead):
    lines = [*LINES]
    lines[where] = instead
    folder.file.write_text("".join(lines), encoding="utf-8", errors="surrogatepass")
    festival, problems = folders.load(folder.path)
    errors = [problem for problem in problems if problem.level is Level.ERROR]
    assert (festival is None) == bool(errors)
    assert all(str(problem).startswith(str(folder.path)) for problem in problems)
