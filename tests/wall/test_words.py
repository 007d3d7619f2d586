"""A visitor's own words: made clean, measured, looked at."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.wall.core.words import MAX_CODE_POINTS, Hint, Why, WordsError, accept, hints, letters, normalise

ANY_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(codec=None),
        st.sampled_from("aăâ \u0301\u0323\u0302\u200b\u200d\u202e\u2066\u3164\ufe0f👩👧🇻🇳🏽\ud800e\u0300"),
    )
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("  Bạn \t không\n\nmột  mình ", "Bạn không một mình"),
        ("Ba\u0323n", "Bạn"),
        ("a\u202eevil\u202c", "aevil"),
        ("\u2066x\u2069\u200f\u061c", "x"),
        ("in\u200bvi\u2060si\ufeffble\u00ad", "invisible"),
        ("bell\u0007 nul\u0000", "bell nul"),
        ("lone \ud83d half", "lone half"),
        ("\u3164 blank \u2800", "blank"),
        ("private \ue000 use", "private use"),
        ("👨\u200d👩\u200d👧 stay together", "👨\u200d👩\u200d👧 stay together"),
        ("a\u200db", "ab"),
        ("Z\u0335\u0336\u0337\u0338\u0334", "Z\u0335\u0336"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("أنت لست وحدك", "أنت لست وحدك"),
    ],
)
def test_words_become_one_clean_line(raw, clean):
    assert normalise(raw) == clean


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once


@given(ANY_TEXT)
def test_clean_words_hold_nothing_unseen_and_can_be_stored(text):
    clean = normalise(text)
    clean.encode("utf-8")
    assert clean == unicodedata.normalize("NFC", clean)
    assert clean == " ".join(clean.split(" "))
    assert {char for char in clean if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}} <= {"\u200d"}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Bạn", 3),
        (unicodedata.normalize("NFD", "Nghĩa"), 5),
        ("👨\u200d👩\u200d👧", 1),
        ("👍🏽", 1),
        ("❤\ufe0f", 1),
        ("🇻🇳🇩🇪", 2),
        ("🇻🇳🇩", 2),
        ("a b", 3),
    ],
)
def test_letters_are_counted_as_a_reader_sees_them(text, count):
    assert letters(text) == count


@given(st.text(alphabet="abcđêổ ĩ."))
def test_plain_letters_count_one_each(text):
    assert letters(unicodedata.normalize("NFC", text)) == len(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("text", ["", " \n\t ", "\u200b\u200b", "\u202e", "\u3164", "\u0301", "\ud800", "\ue000"])
def test_words_without_anything_to_read_are_refused(text):
    with pytest.raises(WordsError) as caught:
        accept(text)
    assert caught.value.why is Why.EMPTY


def test_140_letters_fit_and_one_more_does_not():
    assert accept("ệ" * 140) == "ệ" * 140
    assert accept(unicodedata.normalize("NFD", "ệ") * 140) == "ệ" * 140
    assert accept("👨\u200d👩\u200d👧" * 100).count("👧") == 100
    with pytest.raises(WordsError) as caught:
        accept("ệ" * 141)
    assert (caught.value.why, caught.value.letters) == (Why.LONG, 141)


def test_letters_joined_without_end_do_not_slip_through():
    with pytest.raises(WordsError) as caught:
        accept("\u200d".join("👧" * MAX_CODE_POINTS))
    assert (caught.value.why, caught.value.letters) == (Why.LONG, 1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bạn không một mình.", ()),
        ("Gọi 111 khi cần nhé", ()),
        ("call 116 111", ()),
        ("0912 345 678", (Hint.PHONE,)),
        ("zalo: +84-912-345-678", (Hint.PHONE,)),
        ("０９１２３４５６７８", (Hint.PHONE,)),
        ("0 9 1 2 3 4 5 6 7 8", (Hint.PHONE,)),
        ("an@example.com", (Hint.MAIL,)),
        ("an (at) example (dot) com", (Hint.MAIL,)),
        ("https://a.example/x", (Hint.LINK,)),
        ("xem www.abc.xyz nha", (Hint.LINK,)),
        ("vào game.vn đi", (Hint.LINK,)),
        ("aaaaaaa", (Hint.REPEATED,)),
        ("hihihi", ()),
        ("buồn buồn buồn buồn", (Hint.REPEATED,)),
        ("0912345678 an@example.com !!!!!", (Hint.PHONE, Hint.MAIL, Hint.REPEATED)),
    ],
)
def test_what_stands_out_is_told_to_the_moderator(text, found):
    assert hints(text) == found
