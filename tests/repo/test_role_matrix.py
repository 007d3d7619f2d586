"""Every address for every role, as ``role_matrix.txt`` says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from notalone.people.models import Person

TABLE = Path(__file__).with_name("role_matrix.txt")
ROLES = ("nobody", "guide", "technician", "moderator", "admin")
SOME_UUID = "01920000-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Line:
    """A line of the table."""

    name: str
    parameters: tuple[tuple[str, str], ...]
    method: str
    expected: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def lines() -> list[Line]:
    out = []
    for text in TABLE.read_text(encoding="utf-8").splitlines():
        if not text.strip() or text.startswith("#"):
            continue
        name, *middle = text.split()
        cells = middle[-len(ROLES) :]
        *given, method = middle[: -len(ROLES)]
        parameters = [part.split("=", 1) for part in given]
        out.append(
            Line(
                name, tuple((key, value.replace("UUID", SOME_UUID)) for key, value in parameters), method, tuple(cells)
            )
        )
    return out


def addresses(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[str]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, each.namespace or space)
        else:
            yield f"{space}:{each.name}"


def outcome(answer) -> str:
    if answer.status_code == 302 and answer.headers["Location"].split("?")[0].endswith("/staff/login/"):
        return "login"
    if answer.status_code == 403:
        return "no"
    assert answer.status_code != 500, answer.content[:500]
    assert answer.status_code != 405, "the table names a method that this page does not take"
    return "in"


def test_every_address_has_a_line_and_every_line_an_address():
    assert {line.name for line in lines()} == set(addresses())


def test_every_guarded_address_names_roles_in_its_code_as_in_the_table():
    guarded = {line.name for line in lines() if line.expected[0] == "login"}
    found = set()

    def walk(patterns, space=""):
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, each.namespace or space)
            elif hasattr(each.callback, "needs"):
                found.add(f"{space}:{each.name}")

    walk(get_resolver().url_patterns)
    assert found == guarded


@pytest.mark.django_db
@pytest.mark.parametrize("line", lines(), ids=str)
def test_each_role_enters_or_is_kept_out_as_the_table_says(line):
    found = []
    for role in ROLES:
        client = Client(raise_request_exception=False)
        if role != "nobody":
            person = Person.objects.create(username=role)
            person.grants.create(role=role)
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        address = reverse(line.name, kwargs=dict(line.parameters))
        answer = client.get(address) if line.method == "GET" else client.post(address)
        # logging out and being asked to log in look alike: both lead to the same page
        logged_out = line.name == "people:logout" and answer.status_code == 302
        found.append("in" if logged_out else outcome(answer))
    assert tuple(found) == line.expected


@pytest.mark.django_db
def test_somebody_without_a_role_enters_no_staff_page():
    client = Client()
    client.force_login(Person.objects.create(username="none"), backend="django.contrib.auth.backends.ModelBackend")
    for line in lines():
        if line.expected[0] == "login":
            address = reverse(line.name, kwargs=dict(line.parameters))
            answer = client.get(address) if line.method == "GET" else client.post(address)
            assert (line.name, answer.status_code) == (line.name, 403)
