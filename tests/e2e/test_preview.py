"""An author writes with the preview beside: what is typed is proved, played and drawn at once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser import SIZES, axe, browsing, overflowing, too_small
from tests.running import ROOT

from notalone.scenario.preview.page import texts
from notalone.scenario.preview.server import Preview

STORY = ROOT / "src/notalone/festival/template/scenarios/lucky-gems"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    shutil.copytree(STORY, tmp_path / "lucky-gems")
    server = Preview(tmp_path / "lucky-gems" / "scenario.yaml", 0, lambda: None, texts("en"))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_author_types_plays_draws_and_saves(preview):
    text = preview.path.read_text(encoding="utf-8")
    with browsing(preview.url.rstrip("/")) as visit:
        page = visit("/", size="laptop")
        proof = page.locator("#proof")
        expect(proof).to_have_attribute("data-is", "proved")
        assert axe(page) == []
        page.locator(".play__choice").first.click()
        there = page.locator("#scene").text_content()
        assert there != ""

        page.fill("#text", text.replace("\nstart:", "\nstrat:", 1))
        expect(proof).to_have_attribute("data-is", "broken")
        expect(page.locator(".problem__rule").first).to_have_text("S1")
        assert page.locator('.editor__lines [data-mark="error"]').count() >= 1
        assert preview.path.read_text(encoding="utf-8") == text

        renamed = text.replace("title: ", "title: New ", 1)
        page.fill("#text", renamed)
        expect(proof).to_have_attribute("data-is", "proved")
        expect(page.locator("#title")).to_contain_text("New ")
        assert page.locator("#scene").text_content() == there  # the play stays where it was
        page.keyboard.press("Control+s")
        expect(page.locator("#save")).to_be_disabled()
        assert preview.path.read_text(encoding="utf-8") == renamed

        page.locator("#tab-play").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#graph img")).to_be_visible()
        assert axe(page) == []


def test_a_change_in_another_editor_appears_unless_something_is_typed_here(preview):
    text = preview.path.read_text(encoding="utf-8")
    with browsing(preview.url.rstrip("/")) as visit:
        page = visit("/", size="laptop")
        expect(page.locator("#proof")).to_have_attribute("data-is", "proved")
        preview.path.write_text(text.replace("title: ", "title: Other ", 1), encoding="utf-8")
        expect(page.locator("#title")).to_contain_text("Other ")
        page.fill("#text", text + "# mine\n")
        expect(page.locator("#save")).to_be_enabled()
        preview.path.write_text(text + "# theirs\n", encoding="utf-8")
        expect(page.locator("#notice")).to_contain_text("changed elsewhere")
        assert page.input_value("#text") == text + "# mine\n"
        page.locator("#notice button").click()
        expect(page.locator("#text")).to_have_value(text + "# theirs\n")


@pytest.mark.parametrize("size", SIZES)
def test_the_preview_fits_every_screen(preview, size):
    with browsing(preview.url.rstrip("/")) as visit:
        page = visit("/", size=size)
        expect(page.locator("#proof")).to_have_attribute("data-is", "proved")
        assert overflowing(page) <= 0
        assert too_small(page) == []
