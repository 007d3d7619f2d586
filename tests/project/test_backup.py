"""A backup holds everything, is made while the festival writes, and restores only into an empty place."""

from __future__ import annotations

import io
import pathlib
import sqlite3
import subprocess
import tarfile
import threading

import pytest
from tests.running import NOTALONE

from notalone.project import environment
from notalone.project.backup import BackupError, backup, restore


def place(folder):
    return environment.read({"NOTALONE_STATE": str(folder)})


def quiet(_done, _total):
    pass


@pytest.fixture
def full(tmp_path):
    environment.keep_secret(tmp_path / "full")
    settings = place(tmp_path / "full")
    with sqlite3.connect(settings.state / "festival.sqlite3") as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE moment (seq INTEGER PRIMARY KEY, body TEXT)")
        database.executemany("INSERT INTO moment (body) VALUES (?)", [(f"moment {n} " * 40,) for n in range(2000)])
    return settings


def rows(settings):
    with sqlite3.connect(settings.state / "festival.sqlite3") as database:
        return database.execute("SELECT * FROM moment ORDER BY seq").fetchall()


def test_what_is_restored_equals_what_was_saved(full, tmp_path):
    steps = []
    backup(full, tmp_path / "b.tar.gz", lambda done, total: steps.append((done, total)))
    empty = environment.read({"NOTALONE_STATE": str(tmp_path / "empty"), "NOTALONE_SECRET": "x"})
    restore(empty, tmp_path / "b.tar.gz")
    assert rows(empty) == rows(full)
    assert place(tmp_path / "empty").secret == full.secret
    assert steps[-1][0] == steps[-1][1] > 0
    assert (tmp_path / "b.tar.gz").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.tar.gz", "empty", "full"]


def test_a_backup_made_while_rows_are_written_is_whole_up_to_some_commit(full, tmp_path):
    ending = threading.Event()

    def write():
        with sqlite3.connect(full.state / "festival.sqlite3", timeout=20) as database:
            while not ending.is_set():
                database.execute("INSERT INTO moment (body) VALUES ('while')")
                database.commit()

    writer = threading.Thread(target=write)
    writer.start()
    backup(full, tmp_path / "b.tar.gz", quiet)
    ending.set()
    writer.join()
    empty = environment.read({"NOTALONE_STATE": str(tmp_path / "empty"), "NOTALONE_SECRET": "x"})
    restore(empty, tmp_path / "b.tar.gz")
    restored = rows(empty)
    assert restored == rows(full)[: len(restored)]
    assert len(restored) >= 2000


def test_a_place_that_remembers_something_is_never_overwritten(full, tmp_path):
    backup(full, tmp_path / "b.tar.gz", quiet)
    before = rows(full)
    with pytest.raises(BackupError, match="already holds a festival's memory"):
        restore(full, tmp_path / "b.tar.gz")
    assert rows(full) == before


def test_an_existing_file_is_never_overwritten(full, tmp_path):
    (tmp_path / "b.tar.gz").write_text("mine")
    with pytest.raises(BackupError, match=r"b\.tar\.gz exists already"):
        backup(full, tmp_path / "b.tar.gz", quiet)
    assert (tmp_path / "b.tar.gz").read_text() == "mine"


def test_without_a_database_there_is_nothing_to_save(tmp_path):
    with pytest.raises(BackupError, match="start the festival once"):
        backup(place(tmp_path / "none"), tmp_path / "b.tar.gz", quiet)
    assert [path.name for path in tmp_path.iterdir()] == []


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00garbage"])
def test_what_is_no_backup_is_refused(tmp_path, content):
    (tmp_path / "b.tar.gz").write_bytes(content)
    with pytest.raises(BackupError, match="not a backup of Not Alone"):
        restore(place(tmp_path / "empty"), tmp_path / "b.tar.gz")


def test_an_archive_with_other_members_is_refused_and_nothing_is_written(tmp_path):
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("../../escaped")
        member.size = 1
        archive.addfile(member, io.BytesIO(b"x"))
    with pytest.raises(BackupError, match="not a backup of Not Alone"):
        restore(place(tmp_path / "empty"), tmp_path / "b.tar.gz")
    assert not (tmp_path.parent / "escaped").exists()


def packed(path, **members):
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name.replace("__", "."))
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


ABOUT = b'{"format": "notalone/backup-1", "at": "2026-11-01T09:00:00.000Z"}'


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"about__json": b"[1]", "festival__sqlite3": b""}, "not a backup of Not Alone"),
        ({"about__json": b'{"format": "notalone/backup-1"}', "festival__sqlite3": b""}, "not a backup of Not Alone"),
        ({"about__json": ABOUT, "secret": b"s" * 48, "festival__sqlite3": b"no database " * 99}, "is damaged"),
        ({"about__json": ABOUT, "secret": b"guess", "festival__sqlite3": b""}, "too short to sign"),
    ],
)
def test_a_hostile_backup_is_refused_in_one_sentence_and_the_places_own_secret_stays(tmp_path, members, said):
    environment.keep_secret(tmp_path / "empty")
    before = (tmp_path / "empty" / "secret").read_bytes()
    with pytest.raises(BackupError, match=said):
        restore(place(tmp_path / "empty"), packed(tmp_path / "b.tar.gz", **members))
    assert (tmp_path / "empty" / "secret").read_bytes() == before
    assert [path.name for path in (tmp_path / "empty").iterdir()] == ["secret"]


def test_a_link_inside_a_backup_is_never_followed(tmp_path):
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as archive:
        about = tarfile.TarInfo("about.json")
        about.size = len(ABOUT)
        archive.addfile(about, io.BytesIO(ABOUT))
        link = tarfile.TarInfo("festival.sqlite3")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    with pytest.raises(BackupError, match="not a backup of Not Alone"):
        restore(place(tmp_path / "empty"), tmp_path / "b.tar.gz")
    assert [path.name for path in (tmp_path / "empty").iterdir()] == []


def test_a_cut_off_backup_is_told_and_leaves_no_database(full, tmp_path):
    backup(full, tmp_path / "b.tar.gz", quiet)
    whole = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[: len(whole) // 2])
    empty = environment.read({"NOTALONE_STATE": str(tmp_path / "empty"), "NOTALONE_SECRET": "x"})
    with pytest.raises(BackupError, match="damaged"):
        restore(empty, tmp_path / "cut.tar.gz")
    assert not (tmp_path / "empty" / "festival.sqlite3").exists()


def test_a_festival_is_saved_and_restored_whole_by_the_commands(environment, postgresql, tmp_path):
    """Both databases, through the commands, with the server's own dump tools."""
    import pgserver

    tools = pathlib.Path(pgserver.__file__).parent / "pginstall" / "bin"
    environment["PATH"] = f"{tools}:{environment['PATH']}"

    def notalone(env, *words):
        ran = subprocess.run([*NOTALONE, *words], env=env, capture_output=True, text=True, check=False, timeout=120)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    notalone(environment, "staff", "add", "mai", "--role", "moderator")
    notalone(environment, "backup", str(tmp_path / "b.tar.gz"))
    empty = {**environment, "NOTALONE_STATE": str(tmp_path / "empty")}
    if "NOTALONE_DATABASE" in environment:
        postgresql.psql("CREATE DATABASE restored;")
        empty["NOTALONE_DATABASE"] = postgresql.get_uri("restored")
    notalone(empty, "restore", str(tmp_path / "b.tar.gz"))
    for command in (("staff", "list"), ("moments", "--json"), ("audit", "verify")):
        assert notalone(empty, *command) == notalone(environment, *command)
    assert "mai" in notalone(empty, "staff", "list")
