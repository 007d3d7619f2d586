"""S12 and S13: what visitors read is translated whole, blames nobody and leads to nobody real."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.catalogues import translate
from tests.scenario.example import CALL, write
from tests.scenario.test_judging_file import JUDGING

from notalone.kit import yamltree
from notalone.scenario import queries
from notalone.scenario.core.blame import WORDS, blame, entries
from notalone.scenario.core.contacts import digits, known, strange
from notalone.scenario.core.rules.s13 import shipped
from notalone.scenario.core.texts import other_placeholders
from notalone.scenario.queries import Context, Helpline

ROOT = Path(__file__).parents[2]
HELPLINES = known(["111", "113", "156", "5656", "116 111", "jugend.support"])
INSIDE = Context(languages=("vi", "en", "de"), country="VN", helplines=())


def violations(path: Path, rule: str, context: Context | None = None, langs: tuple[str, ...] = ()):
    return [one for one in queries.check(path, context, langs).violations if one.rule == rule]


def change(path: Path, msgid: str, **fields: object) -> None:
    catalogue = polib.pofile(str(path), wrapwidth=0)
    entry = catalogue.find(msgid)
    assert entry is not None
    for name, value in fields.items():
        setattr(entry, name, value)
    catalogue.save(str(path))


def line_in(path: Path, part: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text[: text.index(part)].count("\n") + 1


@pytest.fixture
def call(tmp_path):
    path = write(tmp_path, CALL)
    translate(path, "vi", "de")
    return path


# S12


def test_a_scenario_that_is_translated_whole_holds(call):
    assert violations(call, "S12", INSIDE) == []
    assert violations(call, "S12", None, ("vi", "de", "en")) == []


def test_outside_a_festival_only_the_languages_asked_for_are_wanted(call):
    (call.parent / "de.po").unlink()
    assert violations(call, "S12") == []
    assert violations(call, "S12", None, ("vi",)) == []
    assert len(violations(call, "S12", None, ("vi", "de"))) == 1


def test_a_missing_catalogue_is_one_violation(call):
    (call.parent / "vi.po").unlink()
    (one,) = violations(call, "S12", INSIDE)
    assert one.message == "There is no catalogue “vi.po” beside the scenario, so none of its texts is translated."
    assert (one.file, one.line, one.path) == (str(call), 3, ("<start>",))


def test_an_empty_a_fuzzy_and_a_lost_entry_are_told_where_they_stand(call):
    vi, de = call.parent / "vi.po", call.parent / "de.po"
    change(vi, "Tell mum", msgstr="")
    change(vi, "Tell nobody", flags=["fuzzy"])
    catalogue = polib.pofile(str(de), wrapwidth=0)
    catalogue.remove(catalogue.find("Linh was found."))
    catalogue.save(str(de))
    assert [(one.message, one.file, one.line) for one in violations(call, "S12", INSIDE)] == [
        ("The translation of “Tell nobody” is fuzzy: a person has still to look at it.",
         str(vi), line_in(vi, "#, fuzzy") - 1),
        ("“Tell mum” is not translated.", str(vi), line_in(vi, 'msgid "Tell mum"') - 1),
        ("“Linh was found.” is missing in de.po.", str(call), line_in(call, '"Linh was found."')),
    ]  # fmt: skip


def test_other_placeholders_are_named_with_the_line_of_the_entry(tmp_path):
    path = write(tmp_path, CALL.replace("Linh was found.", "{name} was found after %(days)s days."))
    translate(path, "vi")
    vi = path.parent / "vi.po"
    english = "{name} was found after %(days)s days."
    assert violations(path, "S12", None, ("vi",)) == []
    change(vi, english, msgstr="%(days)s ngày sau, {nam} được tìm thấy.")
    (one,) = violations(path, "S12", None, ("vi",))
    assert one.message == f"The translation of “{english}” has other placeholders: {{name}}, {{nam}}."
    assert (one.file, one.line) == (str(vi), line_in(vi, f'msgid "{english}"') - 1)


def test_the_messages_to_judge_are_asked_for_too(call):
    beside = call.with_name("judging.yaml")
    beside.write_text(JUDGING, encoding="utf-8")
    found = violations(call, "S12", INSIDE)
    assert [(one.file, one.line, one.message) for one in found[:2]] == [
        (str(beside), 4, "“Library” is missing in vi.po."),
        (str(beside), 4, "“Your book is due.” is missing in vi.po."),
    ]
    assert len(found) == 2 * 11  # “Tell nobody.” stands in the scenario too
    translate(call, "vi", "de")
    assert violations(call, "S12", INSIDE) == []


@pytest.mark.parametrize(
    ("text", "translation", "wrong"),
    [
        ("{name} rings", "{name} gọi", ()),
        ("{name} rings {name}", "{name} gọi", ()),
        ("{name} rings", "gọi", ("{name}",)),
        ("rings", "{name} gọi", ("{name}",)),
        ("%(count)s of %s", "%s in %(count)s", ()),
        ("%s and %s", "%s", ("%s",)),
        ("{} and {}", "{} und {} und {}", ("{}",)),
        ("100% sure, 50 % done", "100 Prozent", ()),
        ("100%sure", "100% sicher", ()),
        ("{{name}} and 5%%s", "no placeholder", ()),
        ("%(name)s", "%(name)d", ("%(name)s", "%(name)d")),
    ],
)
def test_placeholders_are_compared(text, translation, wrong):
    assert other_placeholders(text, translation) == wrong


@settings(deadline=None)
@given(st.lists(st.sampled_from(["{name}", "%(count)s", "%s", "{}", "word", "100%"]), max_size=8).flatmap(
    lambda parts: st.tuples(st.just(parts), st.permutations(parts))
))  # fmt: skip
def test_the_order_of_placeholders_is_free(pair):
    one, other = (" ".join(parts) for parts in pair)
    assert other_placeholders(one, other) == ()
    assert other_placeholders(one, other + " {extra}") == ("{extra}",)


# S13: words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It's your own fault"), ("en", "This is YOUR FAULT"), ("en", "You’re so stu\u00adpid"),
        ("en", "stupidity"), ("en", "Shame on you!"), ("en", "your,\nfault"), ("en", "How dumb."), ("en", "Idiots!"),
        ("en", "You should have known better."), ("en", "Ｓｔｕｐｉｄ"),
        ("de", "Selber schuld!"), ("de", "Das ist deine Schuld."), ("de", "Wie DUMM von dir"), ("de", "Dumme Frage"),
        ("de", "so eine Dummheit"), ("de", "Scha\u0308m dich"), ("de", "Das hättest du wissen müssen"),
        ("vi", "Đó là lỗi của em"), ("vi", "sao ngu thế"), ("vi", "đồ ngốc"), ("vi", "dại dột quá"),
        ("vi", unicodedata.normalize("NFD", "Lỗi của con chứ ai")), ("vi", "Đáng đời!"),
    ],
)  # fmt: skip
def test_words_that_blame_are_found(lang, text):
    assert blame(lang).find(text)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It was never her fault."), ("en", "It isn’t your fault."), ("en", "not Linh's fault"),
        ("en", "the default"), ("en", "They fool everyone"), ("en", "ashamed"), ("en", "closer"), ("en", "Dumbo"),
        ("en", "Don't blame yourself."), ("en", "You are not stupid."),
        ("de", "Unschuld"), ("de", "unschuldig"), ("de", "Entschuldigung"), ("de", "Schulden"),
        ("de", "Du bist nicht schuld."), ("de", "Das war nicht Linhs Schuld"), ("de", "dummerweise"),
        ("de", "Du trägst keine Schuld."),
        ("vi", "Không phải lỗi của em"), ("vi", "không phải là lỗi của con đâu"), ("vi", "Nguyễn ngủ, nguy hiểm"),
        ("vi", "ngư dân, ngữ văn"), ("vi", "cái đĩa"),
    ],
)  # fmt: skip
def test_words_that_only_look_like_blame_may_stand(lang, text):
    assert blame(lang).find(text) is None


PHRASES = [
    (lang, line)
    for lang in ("en", "vi", "de")
    for line in entries(WORDS / f"blame.{lang}.txt")
    if not line.startswith("+")
]


@settings(deadline=None)
@given(
    st.sampled_from(PHRASES),
    st.sampled_from([str.upper, str.title, str.lower]),
    st.sampled_from(["NFC", "NFD", "NFKD"]),
    st.sampled_from(["", "(", "… ", "“"]),
    st.sampled_from(["", "!", ".", "”", ", really"]),
)
def test_every_phrase_of_the_lists_is_found_in_any_case_and_form(phrase, case, form, before, after):
    lang, words = phrase
    text = unicodedata.normalize(form, before + case(words) + after)
    assert blame(lang).find(text), text


@settings(deadline=None)
@given(st.sampled_from(PHRASES), st.sampled_from("abmxyzäđơ7"))
def test_a_phrase_inside_a_longer_word_is_another_word(phrase, letter):
    lang, words = phrase
    listed = {line for one, line in PHRASES if one == lang}
    text = f"q{letter}q{words}q{letter}q".replace(" ", "")
    assert not any(part in listed for part in text.split())
    assert blame(lang).find(text) is None


def test_every_line_of_the_lists_is_in_small_letters_and_stands_there_once():
    for lang in ("en", "vi", "de"):
        lines = entries(WORDS / f"blame.{lang}.txt")
        assert len(set(lines)) == len(lines) > 60
        for line in lines:
            assert line == unicodedata.normalize("NFC", line.lower())


# S13: numbers and addresses


@pytest.mark.parametrize(
    "text",
    [
        "Call 911 now", "ring 115!", "Ruf die 110 an", "Die 110 anrufen", "wähle 112", "gọi 114", "bấm 1800 1567",
        "+84 903 123 456", "0903.123.456", "(090) 312-3456", "090-312-3456", "0084903123456", "09.12.34.56.78",
        "1-800-555-0199", "1.800.555.0199", "555 123 4567", "call 113 or 115", "０９０３ 123 456", "call 18001567",
        "030/1234567", "+49 (0)30 123456", "19034567890123", "Hotline: 1900 9095", "Tel.: 030 1234567",
        "+84 10.10.10", "0903\u2009123\u2009456", "090\u20113123456",
    ],
)  # fmt: skip
def test_a_telephone_number_is_found(text):
    assert [kind for kind, _what in strange(text, HELPLINES)] == ["number"]


@pytest.mark.parametrize(
    "text",
    [
        "foo.com", "Visit foo.com.", "FOO.COM!", "(bit.ly/abc)", "https://evil.org", "www.gems.free", "an@gmail.com",
        "bücher.de", "пример.рф", "xn--abc.vn", "zalo.me/g/1", "t.me/x", "gems.example.com", "http://192.168.0.1/x",
        "fo\u00ado.com", "foo。com", "https://gems.example@evil.com", "gems.example, evil.net/x", "@evil.com",
        "ngânhàng.vn", "free-gems.xyz", "hxxp://x.ru", "app://open", "notjugend.support", "an@gems.example.org",
    ],
)  # fmt: skip
def test_an_address_is_found(text):
    assert [kind for kind, _what in strange(text, HELPLINES)] == ["address"]


@pytest.mark.parametrize(
    "text",
    [
        "18.000.000 đồng", "20,000,000 VND", "1 500 000 đồng", "18000000 đồng", "€1500000000", "100 000 000",
        "500.000-1.000.000 đồng", "3.5", "3,5", "50%", "v1.2.3", "10.4.1", "19:30", "19:30-21:00", "10:30pm",
        "01.11.2026", "2026-11-01", "1.11.2026", "01/11", "12.5.2026", "24/7", "9-5", "2025-2026", "9.30 am",
        "ring 113", "Call 111, day and night.", "gọi 113 hoặc 111", "116 111", "text 5656", "call 3 friends",
        "call 100 times", "Zimmer 204", "Room 302, floor 3", "parcel 8834521", "code 482913", "200 points",
        "jugend.support", "www.jugend.support/chat", "gems.example", "https://gems.example/free?x=1.",
        "a.test, b.invalid!", "an@school.example", "warrant.pdf", "photo.jpg", "z.B. so", "d.h. das", "v.v.",
        "e.g. this", "someone.Then go", "TP.HCM", "and/or", "Wait...what", "Mr.Minh", "1.Mai", "U.S.A.", "😀.",
        "linh@home", "@linh", "2 x 3", "12 phút",
    ],
)  # fmt: skip
def test_prices_dates_versions_and_what_helplines_have_may_stand(text):
    assert list(strange(text, HELPLINES)) == []


SEPARATORS = st.sampled_from(["", " ", ".", "-", "  "])


@settings(deadline=None)
@given(st.lists(st.integers(10, 999), min_size=3, max_size=4), SEPARATORS, st.sampled_from(["0", "+84 ", "+49", "00"]))
def test_whatever_begins_like_a_telephone_number_and_is_as_long_is_found(parts, separator, begin):
    number = begin + separator.join(map(str, parts))
    if 7 <= len(digits(number)) <= 15 and digits(number) not in HELPLINES.numbers:
        assert [kind for kind, _ in strange(f"Ask {number}, quickly", HELPLINES)] == ["number"], number


@settings(deadline=None)
@given(st.integers(1, 999), st.lists(st.integers(0, 999), min_size=1, max_size=4), st.sampled_from(".,"))
def test_amounts_in_thousands_may_stand(first, groups, separator):
    amount = separator.join([str(first), *(f"{group:03}" for group in groups)])
    assert list(strange(f"It costs {amount} đồng.", HELPLINES)) == []
    assert list(strange(f"All {amount}.", HELPLINES)) == []


@settings(deadline=None)
@given(st.dates(), st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"]), st.times())
def test_dates_and_times_may_stand(day, written, time):
    if 1900 <= day.year < 2100:
        assert list(strange(f"On {day.strftime(written)} at {time.strftime('%H:%M')}.", HELPLINES)) == []


LABELS = st.from_regex(r"[a-z][a-z0-9]{1,8}(-[a-z0-9]{1,4})?", fullmatch=True)


@settings(deadline=None)
@given(
    st.lists(LABELS, min_size=1, max_size=3),
    st.sampled_from(["example", "test", "invalid", "com", "vn", "de", "xyz", "app"]),
    st.sampled_from(["", "https://", "www.", "mail@"]),
    st.sampled_from(["", "/free", "/a?b=c", ":8080/x"]),
    st.sampled_from(["", ".", ",", "!", ")", "”", "?"]),
)
def test_a_domain_may_stand_exactly_under_the_reserved_endings(labels, ending, begin, path, after):
    text = f"See {begin}{'.'.join([*labels, ending])}{path}{after}"
    expected = [] if ending in {"example", "test", "invalid"} else ["address"]
    assert [kind for kind, _ in strange(text, HELPLINES)] == expected, text


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_searched(text):
    list(strange(text, HELPLINES))
    for lang in ("en", "vi", "de"):
        blame(lang).find(text)


@pytest.mark.parametrize("part", ["a", "a.", "1 ", "1.", "-", "a-", "@", "(", "0.0-", "call ", "://"])
def test_a_very_long_text_takes_no_long_time(part):
    import time

    began = time.process_time()
    list(strange(part * (4000 // len(part)), HELPLINES))
    assert time.process_time() - began < 1


def test_the_shipped_helplines_are_those_of_the_demo_and_of_the_template():
    contacts = []
    for file in (ROOT / "content/demo/festival.yaml", ROOT / "src/notalone/festival/template/festival.yaml"):
        node = yamltree.read(file).get("helplines")
        assert node is not None
        for _name, line in node.entries:
            contacts += [found.raw for key in ("number", "sms", "web") if (found := line.get(key)) is not None]
    assert known(contacts) == shipped()


# S13 in a scenario


def test_a_text_that_blames_is_told_with_the_play_that_shows_it(tmp_path):
    path = write(tmp_path, CALL.replace('"Linh was found."', '"Linh was careless, and was found."'))
    (one,) = violations(path, "S13")
    assert one.message == (
        "“Linh was careless, and was found.” blames: “careless”. Say what happened, or what to do now."
    )
    assert (one.line, one.column) == (line_in(path, '"Linh was careless'), 14)
    assert one.path == ("call: Stay on the line", "video: Go to the hotel", "hotel: Open the door")
    assert one.story[-1] == "found (ending: recovered)"


@pytest.mark.parametrize(
    ("old", "new", "what", "path"),
    [
        ("title: The call", "title: The call from 0903123456", "number", ("<start>",)),
        ("name: Officer Minh", "name: minh@police.vn", "address", ("<start>",)),
        ("Tell someone.", "Tell 0903 123 456.", "number", ("call: Stay on the line",)),
        ("Police by video call", "Police at police.vn", "address", ("<start>",)),
        ("You again. Good.", "Call 0903 123 456.", "number", ("call: Ask for the case number",)),
        ("Ask for the case number", "Look at police.vn", "address", ("<start>",)),
        ("Open the door", "Look at police.vn", "address", ("call: Stay on the line", "video: Go to the hotel")),
        ("Linh told someone.", "See police.vn.", "address", ("call: Hang up and call mum",)),
    ],
)
def test_every_text_that_visitors_see_is_searched(tmp_path, old, new, what, path):
    assert old in CALL
    (one,) = violations(write(tmp_path, CALL.replace(old, new)), "S13")
    assert what in one.message
    assert one.path == path


def test_translations_are_searched_and_told_where_they_stand(call):
    vi, de = call.parent / "vi.po", call.parent / "de.po"
    change(vi, "Tell mum", msgstr="Gọi 0903 123 456")
    change(de, "Linh was found.", msgstr="Linh war selbst schuld.")
    inside = violations(call, "S13", INSIDE)
    assert [(one.file, one.line, one.message) for one in inside] == [
        (str(vi), line_in(vi, 'msgid "Tell mum"') - 1,
         "“Gọi 0903 123 456” holds the number “0903 123 456”, which is no helpline's."),
        (str(de), line_in(de, 'msgid "Linh was found."') - 1,
         "“Linh war selbst schuld.” blames: “schuld”. Say what happened, or what to do now."),
    ]  # fmt: skip
    outside = violations(call, "S13")
    assert [one.file for one in outside] == [str(vi)]


def test_inside_a_festival_only_its_own_helplines_may_be_named(tmp_path):
    path = write(tmp_path, CALL.replace("Tell someone.", "Call 111, or see help.example.org."))
    assert [one.message.split("the ")[1].split(" ")[0] for one in violations(path, "S13")] == ["address"]
    assert len(violations(path, "S13", INSIDE)) == 2
    line = Helpline("own", "Own", frozenset(), False, (0, 99), frozenset(), ("111", "https://help.example.org/chat"))
    assert violations(path, "S13", Context(helplines=(line,))) == []


def test_blame_in_the_messages_to_judge_is_found(call):
    beside = call.with_name("judging.yaml")
    beside.write_text(JUDGING.replace("Home at six?", "Home at six, idiot?"), encoding="utf-8")
    (one,) = violations(call, "S13")
    assert (one.file, one.line, one.path) == (str(beside), 7, ("<start>",))
