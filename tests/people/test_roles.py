"""Who may do what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notalone.people.core.passwords import ALPHABET, readable
from notalone.people.core.roles import MATRIX, Right, Role, leaves_no_admin, may_enter, rights_of

TABLE = """
              dashboard  stations  learning  classes  console  moderate  accounts  audit
guide             x          x         x        x
technician        x          x                            x
moderator         x                                                 x
admin             x          x         x        x         x         x         x        x
"""
names = st.sampled_from([*Role, "juggler", ""])


def table() -> dict[str, set[str]]:
    head, *rows = [line for line in TABLE.splitlines() if line.strip()]
    middles = {name: head.index(name) + len(name) / 2 for name in head.split()}
    out = {}
    for row in rows:
        crosses = [place for place, sign in enumerate(row) if sign == "x" and place > 10]
        out[row.split()[0]] = {min(middles, key=lambda name, at=at: abs(middles[name] - at)) for at in crosses}
    return out


def test_every_cell_of_the_matrix_is_as_the_table_says():
    assert {role: {str(right) for right in MATRIX[Role(role)]} for role in table()} == table()
    assert set(table()) == set(Role)
    assert set().union(*table().values()) == set(Right)


@given(st.lists(names), st.lists(names))
def test_roles_together_give_what_each_of_them_gives(first, second):
    assert rights_of([*first, *second]) == rights_of(first) | rights_of(second)


def test_no_role_and_an_unknown_role_give_nothing():
    assert rights_of([]) == rights_of(["juggler"]) == frozenset()


@given(st.sets(names), st.sets(st.sampled_from(list(Role))))
def test_whoever_enters_is_an_admin_or_holds_a_role_that_the_page_names(held, wanted):
    staff = held & set(Role)
    expected = bool(staff) and (not wanted or bool(staff & wanted) or "admin" in staff)
    assert may_enter(held, wanted) is expected


@given(st.sets(st.integers(1, 5)), st.integers(1, 5), st.booleans())
def test_a_change_is_refused_exactly_when_no_admin_would_remain_who_was_there(admins, person, stays):
    after = admins if stays else admins - {person}
    assert leaves_no_admin(admins, person, stays) is (bool(admins) and not after)


def test_a_made_password_is_four_groups_of_four_and_every_bit_of_its_letters_counts():
    assert readable(bytes(range(16))) == "abcd-efgh-ijkm-npqr"
    assert readable(bytes([31, 255] * 8)) == "9999-9999-9999-9999"
    assert len(set(ALPHABET)) == 32
    assert not set("lo01") & set(ALPHABET)
