"""The stage page and the light desk as the web process serves them."""

from __future__ import annotations

import base64
import json
import re
import shutil

import pytest
from show_making import DEMO

from notalone.kit.problems import CannotRead
from notalone.people import actions as people
from notalone.show import queries

PLACES = {
    "vi": ["Khu triển lãm", "Khu trải nghiệm", "Sân khấu tài năng", "Sân khấu chính"],
    "en": ["Exhibition hall", "Experience area", "Talent stage", "Main stage"],
    "de": ["Ausstellungshalle", "Erlebnisbereich", "Talentbühne", "Hauptbühne"],
}
CUES = {"vi": "Bất an", "en": "Unease", "de": "Unbehagen"}


@pytest.fixture(autouse=True)
def demo(settings):
    settings.FESTIVAL_FOLDER = DEMO
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing is collected in tests
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


def handed(page, name):
    return json.loads(re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page)[1])


def granted(page):
    claims = handed(page, "live")["token"].split(".")[0]
    return json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))


@pytest.mark.django_db
@pytest.mark.parametrize("lang", ["vi", "en", "de"])
def test_everyone_sees_the_stage_in_their_language(client, lang):
    answer = client.get(f"/{lang}/show/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.findall(r'class="stage__name">(.*?)<', page) == PLACES[lang]
    plan = handed(page, "plan")
    assert plan["cues"]["unease"] == CUES[lang]
    assert [place["name"] for place in plan["places"]] == PLACES[lang]
    assert len(plan["cells"]) == 261


@pytest.mark.django_db
def test_a_stage_page_may_look_and_may_not_touch(client):
    claims = json.dumps(granted(client.get("/en/show/").content.decode()))
    assert "show/frame" in claims
    assert "show/desk" not in claims
    assert "moments" not in claims


@pytest.mark.django_db
def test_only_technicians_and_admins_reach_the_desk(client):
    assert client.get("/en/show/desk/").status_code == 302
    for role, status in (("guide", 403), ("moderator", 403), ("technician", 200), ("admin", 200)):
        person, _ = people.add_person(None, role, [role], "a-password-for-tests-1")
        client.force_login(person)
        answer = client.get("/en/show/desk/")
        assert answer.status_code in {status, 302 if status == 200 else status}, role
        if answer.status_code == 302:  # whoever got their password from another chooses their own first
            people.own_password(person, "a-password-of-my-own-2")
            client.force_login(person)
            answer = client.get("/en/show/desk/")
        assert answer.status_code == status, role
        if status == 200:
            assert "show/desk" in json.dumps(granted(answer.content.decode()))


@pytest.mark.django_db
def test_a_stage_without_light_waits_instead_of_breaking(client, settings, tmp_path, caplog):
    settings.FESTIVAL_FOLDER = tmp_path
    answer = client.get("/en/show/")
    assert answer.status_code == 200
    assert handed(answer.content.decode(), "plan")["cells"] == []
    assert "patch.yaml" in caplog.text


def test_the_plan_follows_the_files_of_the_folder(tmp_path):
    for name in ("patch.yaml", "cues.yaml"):
        shutil.copy(DEMO / name, tmp_path)
    assert queries.plan(tmp_path, "vi")["places"][0] == {"id": "exhibition-hall", "name": "Exhibition hall"}
    (tmp_path / "festival.yaml").write_text("places: {exhibition-hall: {name: The big hall}}")
    assert queries.plan(tmp_path, "vi")["places"][0]["name"] == "The big hall"
    (tmp_path / "patch.yaml").write_text(
        "fixtures: [{id: a, profile: generic/pixel-bar-8, universe: 1, address: 1, at: [0, 0, 0], to: [7, 0, 0]}]"
    )
    plan = queries.plan(tmp_path, "vi")
    assert plan["places"] == []
    assert plan["cells"] == [[float(i), 0.0, -1, 1.0] for i in range(8)]
    (tmp_path / "patch.yaml").unlink()
    with pytest.raises(CannotRead):
        queries.plan(tmp_path, "vi")


def test_light_that_does_not_fit_the_festival_is_told_with_the_nearest_name():
    light = queries.light(DEMO)
    said = [str(one) for one in queries.problems(light, ["main-stag"], {"ending-reached": "releif"})]
    assert any("no place “main-stage”. Did you mean “main-stag”?" in one for one in said)
    assert any("there is no cue “releif”" in one and "Did you mean “relief”?" in one for one in said)
    assert queries.problems(light, light.patch.places, {"a": "relief"}) == ()
