"""The commands that the documentation shows are run, and the files it points to exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from tests.running import NOTALONE, ROOT, free_pair, start, stop

PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
COMMAND = re.compile(r"^    (?:\$ )?(notalone .*?)(?:\s{2,}#.*)?$", re.M)


def commands(page: Path) -> list[str]:
    return COMMAND.findall(page.read_text(encoding="utf-8"))


def test_there_are_commands_to_run():
    assert sum(len(commands(page)) for page in PAGES) >= 6


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_the_commands_of_a_page_run_as_shown(page, tmp_path, dmx, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in commands(page):
        words = shlex.split(command)[1:]
        if words[0] == "up":
            house = start(tmp_path / "state", free_pair(), dmx.port, folder=tmp_path / words[1])
            assert stop(house) == 0, command
            continue
        ran = subprocess.run(
            [*NOTALONE, *words],
            cwd=tmp_path,
            env={**os.environ, "NOTALONE_STATE": str(tmp_path / "state")},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, f"{command}\n{ran.stdout}{ran.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_files_that_a_page_points_to_exist(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
        assert (page.parent / target).exists(), target


def test_the_readme_fits_one_screen():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= 60
