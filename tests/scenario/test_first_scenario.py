"""“Write your first scenario in twenty minutes”, followed step by step."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

from tests.running import NOTALONE, ROOT

PAGE = ROOT / "docs" / "authors" / "first-scenario.md"
BLOCK = re.compile(r"^```(yaml|diff|console) ?(\S*)\n(.*?)^```$", re.M | re.DOTALL)
SECONDS = re.compile(r"\d+\.\d\d s(?=[);])")


def run(command: str, folder: Path) -> str:
    """Return what a command prints, as the page shows it: paths as they are typed, every time as 0.01 s."""
    ran = subprocess.run(
        [*NOTALONE, *shlex.split(command)[1:]],
        cwd=folder,
        env={**os.environ, "NOTALONE_STATE": str(folder / "state")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return SECONDS.sub("0.01 s", ran.stdout + ran.stderr)


def patched(text: str, diff: str) -> str:
    """Return a text with one hunk applied; its old lines must be there once."""
    lines = diff.splitlines()
    old = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "+")
    new = "".join(f"{line[1:]}\n" for line in lines if line[:1] != "-")
    assert text.count(old) == 1, old
    return text.replace(old, new)


def follow(page: str, folder: Path) -> str:
    """Do what a page says in a folder, and return the page with what really came of each command."""

    def done(block: re.Match[str]) -> str:
        kind, name, body = block.groups()
        if kind == "console":
            commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
            shown = "".join(f"$ {command}\n{run(command, folder)}" for command in commands)
            return f"```console\n{shown}```"
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(body if kind == "yaml" else patched(file.read_text(encoding="utf-8"), body), encoding="utf-8")
        return block[0]

    return BLOCK.sub(done, page)


def test_the_page_shows_what_comes_of_every_step(tmp_path):
    page = PAGE.read_text(encoding="utf-8")
    assert follow(page, tmp_path) == page


def test_the_story_is_broken_twice_and_then_proved():
    page = PAGE.read_text(encoding="utf-8")
    checks = [block[3] for block in BLOCK.finditer(page) if "check raffle\n" in block[3]]
    assert [("all proved" in shown) for shown in checks] == [False, False, True]
    assert ": S1: " in checks[0]
    assert ": S5: " in checks[1]
    assert ": S6: " in checks[1]
