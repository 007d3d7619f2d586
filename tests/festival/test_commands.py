"""The commands: a new folder that runs at once, the log on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
import typer
from django.db import transaction
from tests.festival.festival_making import NOON, Sent, brick
from typer.testing import CliRunner

from notalone.festival import actions, cli, queries
from notalone.festival.core import folder as folders

ROOT = Path(__file__).parents[2]


@pytest.fixture
def command():
    app = typer.Typer()
    for function in (cli.new, cli.moments):
        app.command()(function)

    def call(*arguments):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    return call


def test_a_new_folder_can_be_read_at_once_and_its_days_are_ahead(command, tmp_path):
    made = command("new", tmp_path / "ours")
    assert made.exit_code == 0
    assert made.output.replace("\n", "") == f"{tmp_path / 'ours'} is ready. See it run: notalone up {tmp_path / 'ours'}"
    festival, problems = folders.load(tmp_path / "ours")
    assert problems == ()
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 -- as the command means it
    assert festival.days in {(day, day + timedelta(days=1)) for day in (tomorrow, tomorrow - timedelta(days=1))}
    assert {item.day for item in festival.programme} == set(festival.days)
    assert (tmp_path / "ours/.gitignore").read_text() == ".notalone/\n"


def test_a_new_folder_passes_the_check(tmp_path):
    notalone = [sys.executable, "-m", "notalone.project.command"]
    env = {**os.environ, "NOTALONE_STATE": str(tmp_path / "state")}
    for arguments in (["new"], ["check"]):
        done = subprocess.run(
            [*notalone, *arguments, str(tmp_path / "ours")],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_an_empty_folder_may_become_a_festival(command, tmp_path):
    (tmp_path / "empty").mkdir()
    assert command("new", tmp_path / "empty").exit_code == 0


def test_a_folder_that_is_not_empty_is_left_alone(command, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    made = command("new", tmp_path)
    assert (made.exit_code, made.output) == (2, f"{tmp_path} is not an empty folder: choose another one.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    made = command("new", tmp_path / "notes.txt")
    assert (made.exit_code, made.output) == (
        2,
        f"{tmp_path / 'notes.txt'} is not an empty folder: choose another one.\n",
    )


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(command, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    made = command("new", tmp_path / "notes.txt" / "ours")
    assert (made.exit_code, made.output) == (2, f"{tmp_path / 'notes.txt/ours'} cannot be written: Not a directory.\n")


@pytest.mark.django_db
def test_the_log_is_printed_a_moment_a_line(command, folder):
    with transaction.atomic():
        actions.record_many([brick(1), brick(2)])
    first, second = (seq for seq, _ in queries.moments_after(0, 2))
    own = 'brick=brick-{} text="Bạn không một mình." lang=vi kind=chosen'
    assert command("moments").output == (
        f"{first}  2026-01-01T05:00:00.000Z  brick-laid         one  {own.format(1)}\n"
        f"{second}  2026-01-01T05:00:00.000Z  brick-laid         one  {own.format(2)}\n"
    )
    assert command("moments", "--after", first).output.splitlines() == [
        f"{second}  2026-01-01T05:00:00.000Z  brick-laid         one  {own.format(2)}"
    ]
    lines = [json.loads(line) for line in command("moments", "--json").output.splitlines()]
    assert [line["seq"] for line in lines] == [first, second]
    assert lines[0]["moment"]["text"] == "Bạn không một mình."


@pytest.mark.django_db
def test_the_line_of_a_moment_does_not_show_the_pass(command, folder):
    actions.receive([Sent().started()], NOON)
    assert "pass-of-a-visitor" not in command("moments").output
    assert "pass-of-a-visitor" in command("moments", "--json").output


@pytest.mark.django_db
def test_a_log_longer_than_a_page_is_printed_whole(command, folder, monkeypatch):
    monkeypatch.setattr(cli, "_PAGE", 3)
    with transaction.atomic():
        actions.record_many([brick(count) for count in range(10)])
    assert len(command("moments").output.splitlines()) == 10
