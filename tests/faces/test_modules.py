"""A page names all its modules at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from notalone.faces.templatetags.modules import closure, imports, module_preloads

HOUSE = Path(__file__).parents[2] / "src" / "notalone"


def modules():
    """Return every module of the house under the name by which it is served."""
    found = [path for path in HOUSE.glob("*/static/**/*.js") if "vendor" not in path.parts]
    return {path.relative_to(HOUSE / path.relative_to(HOUSE).parts[0] / "static").as_posix(): path for path in found}


def test_every_import_of_every_module_is_seen():
    for name, path in modules().items():
        text = path.read_text(encoding="utf-8")
        written = re.findall(r'^(?:import|export) [^"]*?from "(\./|\.\./)|^import "(\./|\.\./)', text, re.MULTILINE)
        assert len(imports(name)) == len(written), name


def test_a_station_names_itself_first_and_each_once_and_leaves_the_apps_for_later():
    names = closure("festival/station.js")
    assert names[0] == "festival/station.js"
    assert len(names) == len(set(names))
    assert {"scenario/phone/device.js", "scenario/phone/dom.js", "faces/calm.js"} <= set(names)
    assert "scenario/phone/apps.js" not in names


def test_each_module_becomes_one_link():
    links = module_preloads("festival/station.js").splitlines()
    assert len(links) == len(closure("festival/station.js"))
    assert all(re.fullmatch(r'<link rel="modulepreload" href="/static/[\w./-]+\.js">', link) for link in links)


def test_a_module_that_is_not_there_is_told():
    with pytest.raises(LookupError, match=r"nowhere\.js"):
        closure("festival/nowhere.js")
