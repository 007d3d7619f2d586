"""The environment's settings are safe by default and refuse what is not."""

from __future__ import annotations

import socket

import pytest

from notalone.project import environment, readiness, up
from notalone.project.environment import UnsafeError

GOOD = {"NOTALONE_PRODUCTION": "1", "NOTALONE_SECRET": "s" * 40, "NOTALONE_HOSTS": "festival.example.org"}


def read(tmp_path, **given):
    return environment.read({"NOTALONE_STATE": str(tmp_path), **given})


def test_a_fresh_festival_makes_its_own_secret_and_keeps_it(tmp_path):
    assert read(tmp_path).secret != read(tmp_path).secret
    assert list(tmp_path.iterdir()) == []
    environment.keep_secret(tmp_path)
    first = read(tmp_path).secret
    assert len(first) == 64
    assert read(tmp_path).secret == first
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_production_with_secret_and_hosts_is_accepted(tmp_path):
    environment.check(read(tmp_path, **GOOD))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"NOTALONE_SECRET": ""}, "NOTALONE_SECRET is missing or short in production"),
        ({"NOTALONE_SECRET": "not-a-secret"}, "NOTALONE_SECRET is missing or short in production"),
        ({"NOTALONE_HOSTS": ""}, "NOTALONE_HOSTS is empty"),
        ({"NOTALONE_HOSTS": "*"}, "NOTALONE_HOSTS is empty"),
        ({"NOTALONE_DEBUG": "1"}, "NOTALONE_DEBUG is on in production"),
    ],
)
def test_production_refuses_unsafe_settings(tmp_path, change, said):
    with pytest.raises(UnsafeError, match=said.replace("*", r"\*")):
        environment.check(read(tmp_path, **{**GOOD, **change}))


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_what_is_no_port_is_told(tmp_path, port):
    with pytest.raises(UnsafeError, match=f"PORT is “{port}”, which is not a port"):
        read(tmp_path, PORT=port)


def test_live_stands_one_port_above_web_unless_told(tmp_path):
    assert read(tmp_path, PORT="8123").live_port == 8124
    assert read(tmp_path, PORT="8123", NOTALONE_LIVE_PORT="9000").live_port == 9000


def test_another_database_than_postgresql_is_refused(tmp_path):
    with pytest.raises(UnsafeError, match="not a PostgreSQL URL"):
        environment.database_settings(read(tmp_path, NOTALONE_DATABASE="mysql://x/y"))


def test_a_postgresql_url_is_read(tmp_path):
    url = "postgresql://anna:p%40ss@db.example:5433/festival"
    found = environment.database_settings(read(tmp_path, NOTALONE_DATABASE=url))
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "anna",
        "p@ss",
        "db.example",
        "5433",
        "festival",
    ]


def test_a_port_in_use_is_named_with_a_free_one(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        settings = read(tmp_path, PORT=str(port), NOTALONE_HOST="127.0.0.1")
        with pytest.raises(readiness.NotReadyError, match=rf"Port {port}, wanted for web, is in use .* Try PORT="):
            readiness.free_ports(settings)


def test_a_folder_that_cannot_be_written_is_told():
    from pathlib import Path

    with pytest.raises(readiness.NotReadyError, match=r"/proc/notalone cannot be written"):
        readiness.writable_state(Path("/proc/notalone"))


def test_two_supervisors_cannot_hold_one_festival(tmp_path):
    first = readiness.hold_alone(tmp_path)
    with pytest.raises(readiness.NotReadyError, match="already running"):
        readiness.hold_alone(tmp_path)
    first.close()
    readiness.hold_alone(tmp_path).close()


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({**GOOD, "NOTALONE_HOSTS": ".example.org,b.example"}, "https://example.org"),
        ({"NOTALONE_HOST": "10.0.0.7", "PORT": "8123"}, "http://10.0.0.7:8123"),
        ({"NOTALONE_HOST": "127.0.0.1", "PORT": "8123"}, "http://localhost:8123"),
    ],
)
def test_phones_are_led_to_the_festivals_host(tmp_path, given, url):
    assert up.public_url(read(tmp_path, **given)) == url


@pytest.mark.parametrize("make", [readiness.writable_state, environment.keep_secret])
def test_what_the_festival_remembers_is_closed_to_other_accounts_of_the_machine(tmp_path, make):
    make(tmp_path / "state")
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700
