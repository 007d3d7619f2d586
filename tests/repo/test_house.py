"""The repository itself: pure cores, complete catalogues, documented settings, templates without inline code."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "notalone"
CORES = sorted(path for path in HOUSE.glob("*/core/**/*.py") if path.name != "__init__.py")
TEMPLATES = sorted(HOUSE.glob("*/templates/**/*.html"))
SCRIPTS = sorted(path for path in HOUSE.glob("*/static/**/*.js") if "vendor" not in path.parts)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)


@pytest.mark.parametrize("room", sorted({dotted(path).split(".")[1] for path in CORES} | {"kit"}))
def test_a_core_loads_without_django(room):
    names = [dotted(path) for path in CORES if dotted(path).split(".")[1] == room]
    if room == "kit":
        names = [dotted(path) for path in sorted((HOUSE / "kit").glob("*.py")) if path.name != "__init__.py"]
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "bad = sorted({m.split('.')[0] for m in sys.modules} & {'django', 'asyncio', 'websockets', 'granian'})\n"
        "assert not bad, bad"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_every_init_file_is_empty():
    assert [str(path) for path in HOUSE.rglob("__init__.py") if path.read_text().strip()] == []


def test_every_room_translates_all_of_its_texts():
    ran = subprocess.run(
        [sys.executable, "-m", "notalone.project.command", "messages", "check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "")


def test_the_catalogues_hold_every_text_of_the_sources(tmp_path):
    """Extract afresh into a copy and compare what is found with what is committed."""
    import shutil

    import polib

    from notalone.project import messages

    for room in sorted(path.parent for path in HOUSE.glob("*/apps.py")):
        copy = tmp_path / room.name
        shutil.copytree(room, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        messages.extract(copy)
        for lang in messages.LANGS:
            fresh = copy / "locale" / lang / "LC_MESSAGES" / "django.po"
            kept = room / "locale" / lang / "LC_MESSAGES" / "django.po"
            wanted = {(e.msgctxt, e.msgid) for e in polib.pofile(str(fresh))} if fresh.exists() else set()
            found = {(e.msgctxt, e.msgid) for e in polib.pofile(str(kept))} if kept.exists() else set()
            assert found == wanted, f"{room.name} {lang}: run `notalone messages extract {room.name}` and translate"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_template_holds_no_inline_code_and_asks_no_third_party(path):
    text = path.read_text(encoding="utf-8")
    for script in re.finditer(r"<script\b([^>]*)>(.*?)</script>", text, re.S):
        attributes, body = script.groups()
        assert "src=" in attributes or 'type="application/json"' in attributes or not body.strip(), script.group()
    assert not re.search(r"\son[a-z]+\s*=", re.sub(r"{[%{].*?[%}]}", "", text)), "an inline handler"
    assert not re.search(r"<[^>]*\sstyle\s*=", text), "an inline style"
    assert "<style" not in text
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!www\.w3\.org)', text), "a third party"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_script_neither_evaluates_text_nor_asks_a_third_party(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"\beval\(|new Function\(|document\.write|\.innerHTML\s*=|insertAdjacentHTML|outerHTML\s*=", text
    )
    names = r"www\.w3\.org/|adlnet\.gov/expapi/|w3id\.org/xapi/"  # what a thing is called, never asked for
    assert not re.search(rf"""["'`]https?://(?!{names})[a-z0-9]""", text)


def test_every_setting_of_the_environment_is_documented():
    used = set()
    for path in HOUSE.rglob("*.py"):
        used |= set(re.findall(r"\bNOTALONE_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    text = (ROOT / "docs" / "technicians" / "settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(NOTALONE_[A-Z_]+)`", text))
    assert used - {"NOTALONE_SUPERVISED"} == documented


def test_public_functions_and_classes_have_docstrings():
    missing = []
    for path in sorted(HOUSE.rglob("*.py")):
        if "migrations" in path.parts or not path.read_text().strip():
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            missing.append(str(path))
        missing += [
            f"{path}:{node.lineno} {node.name}"
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    assert missing == []


def test_nobody_but_a_person_has_reviewed_or_confirmed_what_ships():
    for path in sorted((ROOT / "content").rglob("*.yaml")):
        assert not re.search(r"^\s*(reviewed|confirmed)\s*:", path.read_text(encoding="utf-8"), re.M), path
