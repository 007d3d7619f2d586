"""``notalone scenario export``: what is written, what is refused, and that the bytes are the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import zipfile

import pytest
from tests.scenario.example import CALL, write
from typer.testing import CliRunner

from notalone.festival.cli import TEMPLATE
from notalone.project import command
from notalone.scenario.packages import page as pages

STORY = TEMPLATE / "scenarios" / "lucky-gems"
KINDS = ("html", "scorm12", "cmi5")


def run(*words):
    done = CliRunner().invoke(command.app, ["scenario", "export", *map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def packed(html):
    return json.loads(re.search(r'<script type="application/json" id="package">(.*?)</script>', html, re.S)[1])


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "gems.html"
    assert run(STORY, "-o", out).exit_code == 0
    return out.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_story_gives_the_same_bytes(tmp_path, kind):
    for name in ("first", "second"):
        assert run(STORY, "-o", tmp_path / name, "--format", kind).exit_code == 0
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


def test_the_bytes_do_not_depend_on_where_the_story_lies_or_when_it_was_written(tmp_path):
    festival = tmp_path / "a festival"
    shutil.copytree(TEMPLATE, festival, copy_function=shutil.copyfile)
    for file in festival.rglob("*.*"):
        file.touch()
    assert run(STORY, "-o", tmp_path / "here.zip", "--format", "cmi5").exit_code == 0
    assert run(festival / "scenarios" / "lucky-gems", "-o", tmp_path / "there.zip", "--format", "cmi5").exit_code == 0
    assert (tmp_path / "here.zip").read_bytes() == (tmp_path / "there.zip").read_bytes()


def test_the_page_holds_the_score_that_is_proved_and_played(html):
    printed = CliRunner().invoke(command.app, ["scenario", "score", str(STORY)])
    assert packed(html)["score"] == json.loads(printed.stdout)


def test_the_page_speaks_every_language_of_the_story(html):
    data = packed(html)
    assert [one["name"] for one in data["languages"]] == ["English", "Deutsch", "Tiếng Việt"]
    begins = {lang: said["package"]["begin"] for lang, said in data["texts"].items()}
    assert begins == {"en": "Begin", "de": "Los geht’s", "vi": "Bắt đầu"}
    english = data["texts"]["en"]
    for lang in ("vi", "de"):
        assert {key: set(part) for key, part in data["texts"][lang].items()} == {
            key: set(part) for key, part in english.items()
        }
        same = [key for key, said in data["texts"][lang]["package"].items() if said == english["package"][key]]
        assert same == []


def test_only_the_languages_asked_for_go_along(tmp_path, html):
    out = tmp_path / "de.html"
    assert run(STORY, "-o", out, "--lang", "de").exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert list(packed(text)["score"]["texts"]) == ["de"]
    assert '<html lang="de"' in text
    assert "Tiếng" not in text
    assert text.count("@font-face") < html.count("@font-face")  # no Vietnamese letters, no font for them


def test_the_policy_allows_what_is_in_the_page_and_nothing_else(html):
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)[1]
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert parts["default-src"] == "'none'"
    assert (parts["img-src"], parts["font-src"]) == ("data:", "data:")
    assert "connect-src" not in parts
    for kind in ("script", "style"):
        (text,) = re.findall(rf"<{kind}>(.*?)</{kind}>", html, re.S)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert parts[f"{kind}-src"] == f"'sha256-{digest}'"
    assert "unsafe" not in policy
    assert re.findall(r'(?:src|href)="(?!data:)[^"#]*"', html.split('<script type="application/json"')[0]) == []


def test_every_letter_of_every_language_has_its_font(html):
    style = re.search(r"<style>(.*?)</style>", html, re.S)[1]
    faces = re.findall(r"@font-face \{.*?\n\}", style, re.S)
    covered = set()
    for face in faces:
        assert "url(data:font/woff2;base64," in face
        for part in re.search(r"unicode-range: ([^;]+);", face)[1].split(","):
            first, _dash, last = part.strip().removeprefix("U+").partition("-")
            covered |= set(range(int(first, 16), int(last or first, 16) + 1))
    data = packed(html)
    said = {ord(letter) for texts in data["score"]["texts"].values() for text in texts for letter in text}
    assert said <= covered


def test_a_festivals_helplines_go_along_and_elsewhere_the_shipped_ones(tmp_path, html):
    inside = packed(html)
    assert inside["festival"] is True
    assert [line["number"] for line in inside["helplines"]["vi"]] == ["111"]
    assert inside["helplines"]["vi"][0]["confirmed"] is None
    shutil.copytree(STORY, tmp_path / "alone", copy_function=shutil.copyfile)
    out = tmp_path / "alone.html"
    assert run(tmp_path / "alone", "-o", out).exit_code == 0
    outside = packed(out.read_text(encoding="utf-8"))
    assert outside["festival"] is False
    assert {"111", "113", "156", "116 111"} <= {line["number"] for line in outside["helplines"]["en"]}


def test_a_confirmation_goes_along_with_its_day_and_is_judged_when_the_page_is_opened(tmp_path):
    festival = tmp_path / "festival"
    shutil.copytree(TEMPLATE, festival, copy_function=shutil.copyfile)
    file = festival / "festival.yaml"
    text = file.read_text(encoding="utf-8")
    marked = "    confirmed: {by: Frau Muster, on: 2026-01-02}\n    source: Ministry"
    file.write_text(text.replace("    source: Ministry", marked), encoding="utf-8")
    out = tmp_path / "out.html"
    done = run(festival / "scenarios" / "lucky-gems", "-o", out, "--unproved")
    assert done.exit_code == 0, done.output
    (line,) = packed(out.read_text(encoding="utf-8"))["helplines"]["en"]
    assert line["confirmed"] == "2026-01-02"
    assert "Frau Muster" not in out.read_text(encoding="utf-8")


def test_what_is_not_proved_is_refused_with_the_play_that_shows_it(tmp_path):
    write(tmp_path, CALL.replace('      - {say: "Tell mum", to: told}\n  hotel', "  hotel"))
    out = tmp_path / "call.html"
    done = run(tmp_path / "the-call", "-o", out)
    assert done.exit_code == 1
    assert "S14: The scene “video” offers 1 choice here" in done.stdout
    assert "→ Stay on the line" in done.stdout
    assert "not written" in done.stderr
    assert not out.exists()
    assert run(tmp_path / "the-call", "-o", out, "--unproved").exit_code == 0
    assert packed(out.read_text(encoding="utf-8"))["proved"] is False


def test_a_language_that_is_not_translated_is_refused(tmp_path):
    story = tmp_path / "lucky-gems"
    shutil.copytree(STORY, story, copy_function=shutil.copyfile)
    catalogue = story / "de.po"
    text = catalogue.read_text(encoding="utf-8")
    last = text.rindex('msgstr "')
    catalogue.write_text(text[:last] + 'msgstr ""\n', encoding="utf-8")
    done = run(story, "-o", tmp_path / "out.html")
    assert done.exit_code == 1
    assert "S12" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((STORY, "-o", "{}/a.zip", "--format", "scorm"), "There is no format “scorm”. Known: html, scorm12, cmi5."),
        ((STORY, "-o", "{}/none/a.html"), "There is no folder"),
        ((STORY, "-o", "{}"), "This is a folder; name the file"),
        ((STORY, "-o", "{}/there.html"), "This file exists already; say --overwrite to replace it."),
        (("{}/nothing", "-o", "{}/a.html"), "There is no such file or folder."),
        (("{}/broken", "-o", "{}/a.html"), "scenario.yaml"),
        ((STORY, "-o", "{}/a.html", "--lang", "fr"), "There is no language “fr” here."),
        ((STORY, "-o", "{}/a.html", "--lang", "xx yy"), "--lang"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_2(tmp_path, words, said):
    (tmp_path / "there.html").write_text("mine", encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "scenario.yaml").write_bytes(b"\xff\xfe: [")
    done = run(*(str(word).format(tmp_path) for word in words))
    assert done.exit_code == 2, done.output
    assert len(done.stderr.strip().splitlines()) == 1
    assert said in done.stderr
    assert (tmp_path / "there.html").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "a.html").exists()


def test_a_file_is_replaced_when_asked(tmp_path):
    out = tmp_path / "gems.html"
    out.write_text("old", encoding="utf-8")
    assert run(STORY, "-o", out, "--overwrite").exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [file.name for file in tmp_path.iterdir()] == ["gems.html"]


@pytest.mark.parametrize(("kind", "names"), [("scorm12", "imsmanifest.xml"), ("cmi5", "cmi5.xml")])
def test_a_zip_holds_its_manifest_first_and_dates_of_nothing(tmp_path, kind, names):
    out = tmp_path / "a.zip"
    assert run(STORY, "-o", out, "--format", kind).exit_code == 0
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert [one.filename for one in archive.infolist()] == [names, "index.html"]
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_package_stays_small_enough_for_a_slow_line(html):
    assert len(html.encode()) < 500_000


def test_every_picture_and_font_of_the_styles_lies_inside():
    style = pages.styles(set(range(0x2000)))
    assert [url for url in re.findall(r"url\(([^)]*)\)", style) if not url.strip('"').startswith("data:")] == []
    assert "@import" not in style
