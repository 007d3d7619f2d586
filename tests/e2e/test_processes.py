"""The two commands: what happens to the processes when people and power act on them."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from tests.running import NOTALONE, ROOT, free_pair, start, stop, until


def run_up(tmp_path, **env):
    return subprocess.run(
        [*NOTALONE, "up", str(ROOT / "content" / "demo")],
        env={**os.environ, "NOTALONE_STATE": str(tmp_path), "NOTALONE_HOST": "127.0.0.1", **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_each_process_that_is_killed_is_said_and_started_again(house):
    for name in ("show", "live", "web"):
        before = house.pid(name)
        os.kill(before, signal.SIGKILL)
        until(
            lambda name=name: any(re.search(rf"{name} │ stopped \(killed by SIGKILL\)", line) for line in house.lines),
            f"{name} is said to be dead",
        )
        until(house.ready, lambda: "all are up again:\n" + "\n".join(house.lines))
        assert house.pid(name) != before


def test_health_names_what_is_down(house):
    paused = house.pid("live")
    os.kill(paused, signal.SIGSTOP)
    try:
        status, said = house.health()
        assert status == 503
        assert said["web"] == "ok"
        assert said["live"] == "down"
    finally:
        os.kill(paused, signal.SIGCONT)
    until(house.ready, "live is back")
    paused = house.pid("show")
    os.kill(paused, signal.SIGSTOP)
    try:
        until(lambda: house.health() == (503, {"web": "ok", "live": "ok", "show": "down"}), "show is named")
    finally:
        os.kill(paused, signal.SIGCONT)
    until(house.ready, "show is back")


def test_make_run_starts_the_demo_where_it_is_told_and_ctrl_c_ends_it(tmp_path):
    port = free_pair()
    with subprocess.Popen(
        ["make", "run"],
        env={**os.environ, "PORT": str(port), "NOTALONE_STATE": str(tmp_path), "NOTALONE_HOST": "127.0.0.1"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as made:
        lines = []
        for line in made.stdout:
            lines.append(line)
            if "Ctrl-C ends it" in line:
                break
        assert any(f"http://localhost:{port}/vi/station/the-call/" in line for line in lines), lines
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert json.load(answer) == {"web": "ok", "live": "ok", "show": "ok"}
        os.killpg(made.pid, signal.SIGINT)  # as a terminal does
        assert made.stdout.read().rstrip().endswith("ended")
        assert made.wait(20) in (0, 2, -signal.SIGINT)  # make tells of the interrupt, or not, by its version
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_ctrl_c_ends_every_process_cleanly(tmp_path, dmx):
    house = start(tmp_path, free_pair(), dmx.port)
    pids = [house.pid(name) for name in ("web", "live", "show")]
    assert stop(house) == 0
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    for port in (house.port, house.port + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))


def test_killing_the_supervisor_leaves_no_process_behind(tmp_path, dmx):
    house = start(tmp_path, free_pair(), dmx.port)
    pids = [house.pid(name) for name in ("web", "live", "show")]
    house.process.kill()
    house.process.wait()

    def gone():
        return not any(Path(f"/proc/{pid}").exists() for pid in pids)

    until(gone, "the children are gone")
    again = start(tmp_path, free_pair(), dmx.port)
    assert stop(again) == 0


def test_a_second_supervisor_on_the_same_festival_is_refused(house):
    ran = run_up(house.state, PORT=str(free_pair()))
    assert ran.returncode == 2
    assert ran.stderr == (
        f"notalone: This festival is already running (process {house.process.pid} holds {house.state}). Stop it first, "
        "or run a second one with its own NOTALONE_STATE and PORT.\n"
    )


def test_a_port_in_use_is_one_sentence_and_exit_2(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = run_up(tmp_path, PORT=str(port))
    assert ran.returncode == 2
    assert re.fullmatch(
        rf"notalone: Port {port}, wanted for web, is in use by another program\. Try PORT=\d+ instead\.\n",
        ran.stderr,
    )


def test_a_folder_without_write_permission_is_one_sentence_and_exit_2():
    ran = run_up("/proc/notalone", PORT=str(free_pair()))
    assert ran.returncode == 2
    assert ran.stderr.startswith("notalone: The folder /proc/notalone cannot be written (")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "NOTALONE_SECRET is missing or short in production"),
        ({"NOTALONE_SECRET": "s" * 40}, "NOTALONE_HOSTS is empty"),
        (
            {"NOTALONE_SECRET": "s" * 40, "NOTALONE_HOSTS": "a.example", "NOTALONE_DEBUG": "1"},
            "NOTALONE_DEBUG is on",
        ),
    ],
)
def test_production_refuses_unsafe_defaults(tmp_path, change, said):
    ran = run_up(tmp_path, PORT=str(free_pair()), NOTALONE_PRODUCTION="1", **change)
    assert ran.returncode == 2
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr


def test_production_with_safe_settings_runs_and_answers_only_to_its_hosts(tmp_path, dmx):
    house = start(
        tmp_path,
        free_pair(),
        dmx.port,
        NOTALONE_PRODUCTION="1",
        NOTALONE_SECRET="s" * 40,
        NOTALONE_HOSTS="127.0.0.1,festival.example.org",
    )
    try:
        asked = urllib.request.Request(f"{house.base}/vi/station/the-call/")
        asked.add_header("Host", "festival.example.org")
        asked.add_header("X-Forwarded-Proto", "https")
        with urllib.request.urlopen(asked) as answer:
            assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
            assert all("Secure" in cookie for cookie in answer.headers.get_all("Set-Cookie"))
        asked.add_header("Host", "evil.example.org")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(asked)
        assert refused.value.code == 400
        assert not any("Staff accounts" in line for line in house.lines)
        assert not (tmp_path / "secret").exists()
    finally:
        assert stop(house) == 0


def test_a_database_of_a_newer_version_is_left_alone(tmp_path, dmx):
    house = start(tmp_path, free_pair(), dmx.port)
    assert stop(house) == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "festival.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('festival', '9999_from_the_future', '2030-01-01')"
        )
        before = list(database.iterdump())
    ran = run_up(tmp_path, PORT=str(free_pair()))
    assert ran.returncode == 2
    assert ran.stderr == (
        "notalone: The database comes from a newer version of Not Alone (it knows festival.9999_from_the_future, this "
        "version does not). Start the newer version, or use another NOTALONE_STATE; nothing was changed.\n"
    )
    with contextlib.closing(sqlite3.connect(tmp_path / "festival.sqlite3")) as database:
        assert list(database.iterdump()) == before


def test_a_broken_festival_is_told_with_its_lines_and_not_started(tmp_path):
    folder = tmp_path / "broken"
    shutil.copytree(ROOT / "content" / "demo", folder, ignore=shutil.ignore_patterns(".notalone"))
    file = folder / "festival.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("place: exhibition-hall, scenario", "place: exhibiton-hall, scenario"), encoding="utf-8"
    )
    line = next(n for n, one in enumerate(text.splitlines(), 1) if "  the-call:" in one)
    for command, ended in (("check", 1), ("up", 2)):
        ran = subprocess.run(
            [*NOTALONE, command, str(folder)],
            env={**os.environ, "NOTALONE_STATE": str(tmp_path / "state"), "PORT": str(free_pair())},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == ended
        told = ran.stdout + ran.stderr
        assert re.search(rf"festival\.yaml:{line}:\d+: .*exhibiton-hall.* Did you mean “exhibition-hall”\?", told), told
        assert "Traceback" not in told


def test_a_festival_that_is_no_yaml_or_is_not_there_is_one_sentence(tmp_path):
    (tmp_path / "festival.yaml").write_text("name: [", encoding="utf-8")
    for folder, said in ((tmp_path, "This is not YAML"), (tmp_path / "none", "cannot be read")):
        for command in ("check", "up"):
            ran = subprocess.run(
                [*NOTALONE, command, str(folder)],
                env={**os.environ, "NOTALONE_STATE": str(tmp_path / "state"), "PORT": str(free_pair())},
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            assert ran.returncode == 2
            assert said in ran.stdout + ran.stderr
            assert "Traceback" not in ran.stderr
