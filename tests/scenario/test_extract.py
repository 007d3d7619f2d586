"""``notalone scenario extract``: catalogues follow their texts, and no translation is ever lost."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.example import CALL, write
from tests.scenario.test_judging_file import JUDGING
from typer.testing import CliRunner

from notalone.kit.problems import CannotRead
from notalone.scenario import actions, cli
from notalone.scenario.core.extract import extract
from notalone.scenario.core.texts import Text, texts
from notalone.scenario.queries import Context, check, judging, load_scenario

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "authors" / "scenario-format.md").read_text(encoding="utf-8")


def run(*words: str | Path):
    done = CliRunner().invoke(cli.app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def call(tmp_path):
    return write(tmp_path, CALL)


def filled(path: Path) -> polib.POFile:
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue:
        entry.msgstr = f"vi {entry.msgid}"
    catalogue.save(str(path))
    return catalogue


def test_a_new_catalogue_has_every_text_in_the_order_of_the_file(call):
    done = run("extract", call, "--lang", "vi,en")
    assert done.exit_code == 0
    vi = call.parent / "vi.po"
    assert done.stdout == f"{vi}: 18 texts, 18 new, 0 changed, 0 gone, 18 to translate\n"
    assert not (call.parent / "en.po").exists()
    assert vi.read_text(encoding="utf-8").startswith(
        """\
#
msgid ""
msgstr ""
"Project-Id-Version: Not Alone, the-call\\n"
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

#: scenario.yaml:3
msgid "The call"
msgstr ""

#: scenario.yaml:11
msgid "Linh"
msgstr ""
"""
    )
    lines = [int(entry.occurrences[0][1]) for entry in polib.pofile(str(vi))]
    assert lines == sorted(lines)
    told = next(entry for entry in polib.pofile(str(vi)) if entry.msgid == "Tell mum")
    assert told.occurrences == [("scenario.yaml", "40"), ("scenario.yaml", "46")]


def test_what_was_extracted_and_translated_is_what_s12_asks_for(call):
    call.with_name("judging.yaml").write_text(JUDGING, encoding="utf-8")
    run("extract", call, "--lang", "vi")
    filled(call.parent / "vi.po")
    assert [one for one in check(call, None, ("vi",)).violations if one.rule == "S12"] == []


def test_doing_it_again_touches_nothing(call):
    run("extract", call, "--lang", "vi")
    vi = call.parent / "vi.po"
    filled(vi)
    before = (vi.read_bytes(), vi.stat().st_mtime_ns, vi.stat().st_ino)
    assert "18 texts, 0 new, 0 changed, 0 gone, 0 to translate" in run("extract", call).stdout
    assert (vi.read_bytes(), vi.stat().st_mtime_ns, vi.stat().st_ino) == before
    assert [one.name for one in call.parent.iterdir()] != []
    assert not [one for one in call.parent.iterdir() if one.name.startswith(".")]


def test_a_changed_text_takes_its_translation_along_as_fuzzy_and_a_lost_one_becomes_obsolete(call):
    run("extract", call, "--lang", "vi")
    vi = call.parent / "vi.po"
    filled(vi)
    text = CALL.replace('"Ask for the case number"', '"Ask her for the case number"')
    text = text.replace('"Linh was found."', '"Mum opened the door."').replace("The call", "Ring, ring")
    call.write_text(text, encoding="utf-8")
    assert "18 texts, 2 new, 1 changed, 2 gone, 3 to translate" in run("extract", call).stdout
    found = {entry.msgid: entry for entry in polib.pofile(str(vi))}
    changed = found["Ask her for the case number"]
    assert (changed.msgstr, changed.fuzzy) == ("vi Ask for the case number", True)
    assert changed.previous_msgid == "Ask for the case number"
    assert not found["Mum opened the door."].msgstr
    assert found["Linh was found."].obsolete
    assert found["Linh was found."].msgstr == "vi Linh was found."
    assert found["The call"].obsolete
    assert '#~ msgid "The call"' in vi.read_text(encoding="utf-8")
    call.write_text(CALL, encoding="utf-8")
    run("extract", call)
    back = {entry.msgid: entry for entry in polib.pofile(str(vi))}
    assert (back["The call"].msgstr, back["The call"].obsolete) == ("vi The call", False)


def test_the_demo_and_its_catalogues_agree_to_the_byte():
    for path in sorted((ROOT / "content/demo/scenarios").glob("*/scenario.yaml")):
        scenario = load_scenario(path)
        for file in path.parent.glob("*.po"):
            content = file.read_text(encoding="utf-8")
            made = extract(content, texts(scenario, judging(path)), file.stem, scenario.id)
            assert (made.new, made.changed, made.gone) == (0, 0, 0), file


def test_inside_a_festival_the_catalogues_are_those_of_its_languages(call, monkeypatch):
    monkeypatch.setattr(cli.hooks, "context_for", lambda file: Context(languages=("vi", "en", "de")))
    run("extract", call.parent)
    assert sorted(file.name for file in call.parent.glob("*.po")) == ["de.po", "vi.po"]
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in (call.parent / "de.po").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "No language is known here; say which, as in --lang vi,de."),
        (("--lang", "v i"), "“v i” is not a language; give codes of two or three letters, as in vi,en,de."),
        (("--lang", "../vi"), "“../vi” is not a language"),
    ],
)
def test_without_a_language_one_sentence_tells_what_to_say(call, words, said):
    done = run("extract", call, *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert list(call.parent.glob("*.po")) == []


def test_where_one_catalogue_cannot_be_read_none_is_written(call):
    de = call.parent / "de.po"
    de.write_text('msgid "open"\nmsgster "x"\n', encoding="utf-8")
    done = run("extract", call, "--lang", "vi,de")
    assert done.exit_code == 2
    assert f"{de}: The catalogue cannot be read:" in done.stderr
    assert not (call.parent / "vi.po").exists()
    de.write_bytes(b"\xff\xfe\x00")
    assert run("extract", call, "--lang", "de").exit_code == 2
    call.write_text(CALL.replace("start: call", "start: cal"), encoding="utf-8")
    assert "There is no scene “cal”" in run("extract", call, "--lang", "vi").stderr


def test_where_the_place_cannot_be_written_the_old_catalogue_stays_whole(call, monkeypatch):
    run("extract", call, "--lang", "vi")
    vi = call.parent / "vi.po"
    before = vi.read_bytes()
    call.write_text(CALL.replace("The call", "Ring"), encoding="utf-8")

    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(CannotRead, match="No space left"):
        actions.update_catalogues(call, ("vi",))
    assert vi.read_bytes() == before
    assert [file.name for file in call.parent.glob(".*")] == []


def test_what_else_stands_in_a_head_and_what_people_noted_is_kept():
    old = (
        '# Hand-written.\nmsgid ""\nmsgstr ""\n"Last-Translator: Somebody\\n"\n"Language: \\n"\n\n'
        '# A note for me\n#: scenario.yaml:9\nmsgid "One"\nmsgstr "Một"\n'
    )
    made = extract(old, [text("One", 4)], "vi", "x").content
    assert "# Hand-written." in made
    assert '"Last-Translator: Somebody\\n"' in made
    assert '"Language: vi\\n"' in made
    assert "# A note for me\n#: scenario.yaml:4\n" in made


def text(english: str, line: int) -> Text:
    return Text(english, "scenario.yaml", line, 1, (("scenario.yaml", line),))


WORDS = st.lists(st.sampled_from(["Call", "mum", "now", "Never", "pay", "“them”", "ở", "{name}", "\n", '"', "\\"]),
                 min_size=1, max_size=6).map(" ".join)  # fmt: skip
VERSIONS = st.lists(st.lists(WORDS, max_size=8, unique=True), min_size=1, max_size=4)


@settings(deadline=None)
@given(VERSIONS, st.randoms(use_true_random=False))
def test_through_any_history_of_edits_no_translation_is_lost_and_nothing_is_written_twice(versions, rng):
    content, translated = "", {}
    for version in versions:
        said = [text(english, number + 1) for number, english in enumerate(version)]
        before = {
            entry.msgid: entry.msgstr
            for entry in polib.pofile(content, wrapwidth=0) if not entry.obsolete and entry.msgstr and not entry.fuzzy
        } if content else {}  # fmt: skip
        made = extract(content, said, "vi", "x")
        assert extract(made.content, said, "vi", "x").content == made.content
        catalogue = polib.pofile(made.content, wrapwidth=0)
        active = [entry for entry in catalogue if not entry.obsolete]
        assert [entry.msgid for entry in active] == version
        assert len({entry.msgid for entry in catalogue}) == len(catalogue)
        kept = {entry.msgstr for entry in catalogue}
        assert set(before.values()) <= kept
        for entry in active:
            if entry.msgid in before:
                assert (entry.msgstr, entry.fuzzy) == (before[entry.msgid], False)
            elif entry.msgstr and entry.msgid not in translated:
                assert entry.fuzzy
                # what polib reads of an obsolete entry leaves out which text its fuzzy translation was made for
                assert entry.previous_msgid in {*translated, None}
            if rng.random() < 0.7:
                entry.msgstr = translated[entry.msgid] = f"vi {entry.msgid}"
                entry.flags, entry.previous_msgid = [], None
        content = str(catalogue)


def test_the_page_for_authors_tells_the_command_and_it_works_as_told(call):
    assert "notalone scenario extract my-festival/scenarios/lucky-gems" in PAGE
    assert run("extract", call.parent, "--lang", "vi,de").exit_code == 0
