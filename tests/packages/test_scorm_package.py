"""The SCORM 1.2 package in a frame of a platform whose runtime is scorm-again."""

from __future__ import annotations

import json
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest
from tests.browser import chromium
from tests.packages.lms import files
from tests.packages.visitor import accept, reach
from tests.running import ROOT
from typer.testing import CliRunner

from notalone.festival.cli import TEMPLATE
from notalone.project import command

STORY = TEMPLATE / "scenarios" / "lucky-gems"
RUNTIME = ROOT / "node_modules" / "scorm-again" / "dist" / "scorm12.min.js"
CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
PLATFORM = """<!doctype html><html lang="en"><title>Platform</title>
<script src="/scorm12.min.js"></script>
<script>
const API = window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
const kept = sessionStorage.getItem("cmi");
API.cmi.core.student_id = "7";
if (kept) API.loadFromFlattenedJSON(JSON.parse(kept), "");
else API.cmi.student_preference.language = new URLSearchParams(location.search).get("lang") ?? "";
const keep = () => sessionStorage.setItem("cmi", JSON.stringify(API.getFlattenedCMI()));
API.on("LMSCommit", keep);
API.on("LMSFinish", keep);
</script>
<frameset><frame name="inner" src="/frame.html"></frameset></html>"""
NESTED = (
    '<!doctype html><html lang="en"><title>Course</title>'
    '<iframe name="sco" title="Course" src="/index.html" width="1200" height="700"></iframe></html>'
)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    out = tmp_path_factory.mktemp("course") / "gems.zip"
    done = CliRunner().invoke(command.app, ["scenario", "export", str(STORY), "-o", str(out), "--format", "scorm12"])
    assert done.exit_code == 0, done.output
    return zipfile.ZipFile(out)


@pytest.fixture(scope="module")
def base(package):
    served = {
        "/platform.html": PLATFORM,
        "/frame.html": NESTED,
        "/scorm12.min.js": RUNTIME.read_text(encoding="utf-8"),
        "/index.html": package.read("index.html").decode(),
    }
    with files(served) as address:
        yield address


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


def launched(page, base, lang=""):
    page.goto(f"{base}/platform.html?lang={lang}")
    return framed(page)


def framed(page):
    for _ in range(100):
        frame = page.frame("sco")
        if frame is not None and frame.locator("html[data-ready]").count():
            return frame
        page.wait_for_timeout(50)
    raise AssertionError("the course did not start")


def cmi(page):
    return page.evaluate("API.getFlattenedCMI()")


def test_the_platform_reads_completion_score_and_interactions(page, base, package):
    frame = launched(page, base, "de")
    assert frame.evaluate("document.documentElement.lang") == "de"
    assert cmi(page)["cmi.core.lesson_status"] == "incomplete"
    accept(page, frame)
    made = reach(page, ".reading", frame)
    found = cmi(page)
    assert found["cmi.core.lesson_status"] == "completed"
    assert [found[f"cmi.core.score.{part}"] for part in ("raw", "min", "max")] == ["100", "0", "100"]
    score = json.loads(re.search(r'id="package">(.*?)</script>', package.read("index.html").decode(), re.S)[1])["score"]
    assert page.evaluate("API.cmi.interactions.childArray.length") == made >= 2
    for n in range(made):
        told = page.evaluate(
            """(n) => { const one = API.cmi.interactions.childArray[n].toJSON();
              return [one.id, one.type, one.student_response, one.result, one.latency, one.time]; }""",
            n,
        )
        scene, kind, response, result, latency, at = told
        assert kind == "choice"
        assert "abcd".index(response) < len(score["scenes"][scene]["choices"])
        assert result == "neutral"
        assert re.fullmatch(r"(?:00)?00:00:0\d(?:\.\d{1,2})?", latency)
        assert re.fullmatch(r"\d\d:\d\d:\d\d", at)
    frame.locator("[data-done]").click()
    kept = json.loads(page.evaluate("sessionStorage.getItem('cmi')"))
    assert re.fullmatch(r"(?:00)?00:0\d:\d\d(?:\.\d{1,2})?", kept["cmi.core.session_time"])
    assert kept["cmi.core.exit"] == ""
    assert kept["cmi.suspend_data"] == ""
    assert page.evaluate("API.isTerminated()")


def test_a_pupil_who_comes_back_goes_on_where_they_stopped(page, base):
    frame = launched(page, base)
    accept(page, frame)
    assert reach(page, ".reading", frame, steps=1) == 1
    reach(page, ".choice", frame, steps=0)
    here = frame.locator(".line").last.get_attribute("data-line")
    page.reload()
    frame = framed(page)
    found = cmi(page)
    assert found["cmi.core.lesson_status"] == "incomplete"
    assert found["cmi.core.entry"] in ("", "resume")
    assert len(found["cmi.suspend_data"]) < 40
    assert frame.locator("[data-restart]").count() == 1
    accept(page, frame)
    reach(page, ".choice", frame, steps=0)
    assert frame.locator(".line").last.get_attribute("data-line") == here
    reach(page, ".reading", frame)
    assert cmi(page)["cmi.core.lesson_status"] == "completed"


def test_who_skips_the_story_is_told_of_like_who_plays_it(page, base):
    frame = launched(page, base)
    frame.locator("[data-begin]").click()
    frame.locator("[data-skip]").click()
    found = cmi(page)
    assert found["cmi.core.lesson_status"] == "completed"
    assert found["cmi.core.score.raw"] == "100"
    assert page.evaluate("API.cmi.interactions.childArray.length") == 0


def test_leaving_in_the_middle_ends_the_session_and_keeps_the_place(page, base):
    frame = launched(page, base)
    accept(page, frame)
    reach(page, ".reading", frame, steps=1)
    frame.locator("[data-leave]").click()
    page.wait_for_function("API.isTerminated()")
    kept = json.loads(page.evaluate("sessionStorage.getItem('cmi')"))
    assert kept["cmi.core.exit"] == "suspend"
    assert kept["cmi.suspend_data"].startswith("1 ")
    assert kept["cmi.core.lesson_status"] == "incomplete"


def test_without_a_platform_it_plays_and_says_that_nothing_is_recorded(page, base):
    page.goto(f"{base}/index.html")
    page.wait_for_selector("html[data-ready]")
    assert "nothing is recorded" in page.inner_text("#panel")
    accept(page)
    assert reach(page, ".reading") >= 1


def test_the_manifest_names_one_sco_that_is_in_the_package(package):
    assert package.namelist() == ["imsmanifest.xml", "index.html"]
    root = ET.fromstring(package.read("imsmanifest.xml"))  # noqa: S314 -- our own file
    assert root.tag == f"{CP}manifest"
    assert [part.tag.removeprefix(CP) for part in root] == ["metadata", "organizations", "resources"]
    assert root.findtext(f"{CP}metadata/{CP}schema") == "ADL SCORM"
    assert root.findtext(f"{CP}metadata/{CP}schemaversion") == "1.2"
    organizations = root.find(f"{CP}organizations")
    organization = organizations.find(f"{CP}organization")
    assert organizations.get("default") == organization.get("identifier")
    item = organization.find(f"{CP}item")
    assert organization.findtext(f"{CP}title") == item.findtext(f"{CP}title") == "The lucky gems"
    resource = root.find(f"{CP}resources/{CP}resource")
    assert resource.get("identifier") == item.get("identifierref")
    assert resource.get(f"{ADL}scormtype") == "sco"
    assert resource.get("type") == "webcontent"
    assert resource.get("href") == resource.find(f"{CP}file").get("href") == "index.html"
    identifiers = [one.get("identifier") for one in root.iter() if one.get("identifier")]
    assert len(set(identifiers)) == len(identifiers) == 4
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one) for one in identifiers)  # xsd:ID
