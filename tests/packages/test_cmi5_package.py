"""The cmi5 package launched by an LMS that judges every request, and its statements by a validator of xAPI."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.browser import chromium
from tests.packages.lms import SESSION, VERBS, Lms, files, serving
from tests.packages.visitor import accept, reach
from typer.testing import CliRunner

from notalone.festival.cli import TEMPLATE
from notalone.project import command

STORY = TEMPLATE / "scenarios" / "lucky-gems"
NS = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"
XAPI_VALIDATOR = Path(__file__).with_name("statements.cjs")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    out = tmp_path_factory.mktemp("course") / "gems.zip"
    done = CliRunner().invoke(command.app, ["scenario", "export", str(STORY), "-o", str(out), "--format", "cmi5"])
    assert done.exit_code == 0, done.output
    return zipfile.ZipFile(out)


@pytest.fixture(scope="module")
def unit(package):
    return ET.fromstring(package.read("cmi5.xml")).find(f"{NS}au")  # noqa: S314 -- our own file


@pytest.fixture(scope="module")
def address(package, unit):
    with files({"/index.html": package.read(unit.findtext(f"{NS}url")).decode()}) as base:
        yield f"{base}/index.html"


@pytest.fixture(scope="module")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en")
    one = context.new_page()
    one.clock.install()
    errors = []
    one.on("pageerror", lambda error: errors.append(str(error)))
    yield one
    context.close()
    assert errors == []


def launch(page, lms, address):
    page.goto(lms.launch(address))
    page.wait_for_selector("html[data-ready]")


def invalid(statements):
    told = subprocess.run(
        ["node", str(XAPI_VALIDATOR)], input=json.dumps(statements), capture_output=True, text=True, check=True
    )
    return told.stdout.splitlines()


def test_a_play_is_told_as_cmi5_asks_and_every_statement_is_valid(page, unit, address):
    with serving(Lms(languages="fr-FR,de-AT,en", publisher=unit.get("id"))) as lms:
        launch(page, lms, address)
        assert page.evaluate("document.documentElement.lang") == "de"
        accept(page)
        made = reach(page, ".reading")
        with page.expect_navigation(url=f"{lms.base}/back.html"):
            page.click("[data-done]")
    assert lms.broken == []
    assert lms.verbs() == ["initialized", *["answered"] * made, "completed", "terminated"]
    assert made >= 2
    assert invalid(lms.statements) == []
    for one in lms.statements[1:-2]:
        definition = one["object"]["definition"]
        assert definition["interactionType"] == "choice"
        assert one["result"] == {"response": one["result"]["response"]}
        offered = {choice["id"]: choice["description"] for choice in definition["choices"]}
        assert set(offered[one["result"]["response"]]) == {"vi", "en", "de"}


def test_the_validator_finds_what_is_wrong(page, unit):
    good = {
        "id": "760e3480-ba55-4991-94b0-01820dbd23a2",
        "actor": {"objectType": "Agent", "account": {"homePage": "https://school.example", "name": "7"}},
        "verb": {"id": VERBS + "completed", "display": {"en": "completed"}},
        "object": {"objectType": "Activity", "id": unit.get("id")},
        "result": {"duration": "PT3.5S"},
        "timestamp": "2026-01-01T10:00:00.000Z",
    }
    assert invalid([good]) == []
    for key, value in {"result": {"duration": "3 s"}, "verb": {"id": "completed"}, "timestamp": "today"}.items():
        assert invalid([{**good, key: value}]) != []


def test_a_pupil_who_comes_back_goes_on_and_completes_once_a_registration(page, unit, address):
    with serving(Lms(publisher=unit.get("id"))) as lms:
        launch(page, lms, address)
        accept(page)
        assert reach(page, ".reading", steps=1) == 1
        reach(page, ".choice", steps=0)
        here = page.locator(".line").last.get_attribute("data-line")
        with page.expect_navigation(url=f"{lms.base}/back.html"):
            page.click("[data-leave]")
        assert lms.verbs() == ["initialized", "answered", "terminated"]
        launch(page, lms, address)
        assert page.locator("[data-restart]").count() == 1
        accept(page)
        reach(page, ".choice", steps=0)
        assert page.locator(".line").last.get_attribute("data-line") == here
        reach(page, ".reading")
        page.click("[data-again]")
        accept(page)
        reach(page, ".reading")
        page.goto("about:blank")
        assert lms.verbs().count("completed") == 1
        launch(page, lms, address)
        accept(page)
        reach(page, ".reading")
        with page.expect_navigation(url=f"{lms.base}/back.html"):
            page.click("[data-done]")
    assert lms.broken == []
    assert lms.verbs(2)[-1] == "terminated"
    assert "completed" not in lms.verbs(3)
    assert {one["context"]["extensions"][SESSION] for one in lms.statements} == {f"session-{n}" for n in (1, 2, 3)}
    assert invalid(lms.statements) == []


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_where_nothing_is_judged_only_the_session_is_told(page, unit, address, mode):
    with serving(Lms(mode=mode, publisher=unit.get("id"))) as lms:
        launch(page, lms, address)
        accept(page)
        reach(page, ".reading")
        with page.expect_navigation(url=f"{lms.base}/back.html"):
            page.click("[data-done]")
    assert lms.broken == []
    assert lms.verbs() == ["initialized", "terminated"]


def test_who_skips_the_story_completes_and_nothing_says_that_they_skipped(page, unit, address):
    with serving(Lms(publisher=unit.get("id"))) as lms:
        launch(page, lms, address)
        page.click("[data-begin]")
        page.click("[data-skip]")
        with page.expect_navigation(url=f"{lms.base}/back.html"):
            page.click("[data-done]")
    assert lms.broken == []
    assert lms.verbs() == ["initialized", "completed", "terminated"]
    assert "skip" not in json.dumps(lms.statements)


def test_a_token_that_was_used_before_lets_one_play_unrecorded(page, unit, address):
    with serving(Lms(publisher=unit.get("id"))) as lms:
        where = lms.launch(address)
        lms.fetched.add("1")
        page.goto(where)
        page.wait_for_selector("html[data-ready]")
        assert "nothing is recorded" in page.inner_text("#panel")
        accept(page)
        assert reach(page, ".reading") >= 1
    assert lms.statements == []


def test_the_lms_of_this_test_finds_what_breaks_the_rules():
    lms = Lms(publisher="urn:uuid:0")
    lms.sessions = 1
    one = {
        "id": "1",
        "actor": {},
        "verb": {"id": VERBS + "completed"},
        "object": {"id": "else"},
        "result": {"completion": True, "score": {"raw": 1}},
        "context": {"contextActivities": {"category": [{"id": "https://w3id.org/xapi/cmi5/context/categories/cmi5"}]}},
        "timestamp": "2026-01-01T10:00:00+01:00",
    }
    lms.take(one | {"context": {**one["context"], "extensions": {SESSION: "session-1"}}})
    sections = {said.split(":")[0] for said in lms.broken}
    assert {"9.2", "9.3", "9.4", "9.5", "9.5.4", "9.6.1", "9.6.2.2", "9.7", "10.2.1"} <= sections


def test_the_course_structure_names_one_unit_in_every_language(package, unit):
    assert package.namelist() == ["cmi5.xml", "index.html"]
    root = ET.fromstring(package.read("cmi5.xml"))  # noqa: S314 -- our own file
    assert root.tag == f"{NS}courseStructure"
    assert [part.tag.removeprefix(NS) for part in root] == ["course", "au"]
    course = root.find(f"{NS}course")
    assert course.get("id") != unit.get("id")
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", part.get("id")) for part in (course, unit))
    assert (unit.get("moveOn"), unit.get("launchMethod"), unit.get("masteryScore")) == ("Completed", "AnyWindow", None)
    assert [part.tag.removeprefix(NS) for part in unit] == ["title", "description", "url"]
    for part in (course, unit):
        for name in ("title", "description"):
            said = part.findall(f"{NS}{name}/{NS}langstring")
            assert {one.get("lang") for one in said} == {"vi", "en", "de"}
            assert all(one.text for one in said)
            assert len({one.text for one in said}) == 3
