"""Accounts: added, changed, deactivated; an admin always remains."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from notalone.kit.allowance import Limit
from notalone.people import actions, queries
from notalone.people.models import AuditRow, Person
from notalone.people.web import limits


def verbs():
    return list(AuditRow.objects.order_by("seq").values_list("verb", flat=True))


def test_a_person_is_added_with_a_made_password_that_is_theirs_to_change(db):
    person, secret = actions.add_person(None, "linh", ["moderator", "guide"])
    assert re.fullmatch(r"([a-km-np-z2-9]{4}-){3}[a-km-np-z2-9]{4}", secret)
    assert person.check_password(secret)
    (account,) = queries.accounts()
    assert (account.username, account.roles, account.active) == ("linh", ("guide", "moderator"), True)
    assert account.must_change_password
    assert verbs() == ["add-person"]
    assert AuditRow.objects.get().detail == {"roles": ["guide", "moderator"]}


@pytest.mark.parametrize(
    ("name", "roles", "said"),
    [
        ("linh", ["gide"], "There is no role “gide”. Did you mean “guide”?"),
        ("linh nguyen", ["guide"], "A name is made of letters, digits and @ . + - _ only."),
        ("", ["guide"], "A name is made of letters, digits and @ . + - _ only."),
        ("MINH", ["guide"], "There is already somebody named “MINH”."),
    ],
)
def test_a_wrong_name_or_role_is_refused_in_one_sentence(person, name, roles, said):
    person("minh", "guide")
    with pytest.raises(actions.RefusedError, match=re.escape(said)):
        actions.add_person(None, name, roles)
    assert Person.objects.count() == 1


def test_roles_are_replaced_and_told_in_the_audit_log(person):
    admin, linh = person("admin", "admin"), person("linh", "guide")
    actions.set_roles(admin, linh.pk, ["moderator", "technician"])
    assert queries.account(linh.pk).roles == ("moderator", "technician")
    row = AuditRow.objects.last()
    assert (row.person, row.verb, row.subject) == ("admin", "change-roles", "linh")
    assert row.detail == {"before": ["guide"], "after": ["technician", "moderator"]}


def test_nobody_removes_the_last_admin_not_even_themselves(person):
    admin, other = person("admin", "admin", "guide"), person("other", "admin")
    actions.set_active(admin, other.pk, False)
    for change in (
        lambda: actions.set_roles(admin, admin.pk, ["guide"]),
        lambda: actions.set_roles(admin, admin.pk, []),
        lambda: actions.set_active(admin, admin.pk, False),
    ):
        with pytest.raises(actions.RefusedError, match="the last admin"):
            change()
    assert queries.account(admin.pk).roles == ("admin", "guide")
    actions.set_active(admin, other.pk, True)
    actions.set_roles(admin, admin.pk, ["guide"])
    assert queries.roles_of(Person.objects.get(pk=admin.pk)) == {"guide"}


def test_whoever_is_deactivated_is_out_at_the_next_click(person, entered):
    client = entered("admin", name="chief")
    linh = person("linh", "guide")
    hers = Client()
    hers.force_login(linh, backend="django.contrib.auth.backends.ModelBackend")
    assert hers.get("/en/staff/").status_code == 200
    assert client.post(f"/en/staff/accounts/{linh.pk}/active/", {"active": "0"}).status_code == 302
    assert hers.get("/en/staff/").url == "/en/staff/login/?next=/en/staff/"
    assert hers.post("/en/staff/login/", {"username": "linh", "password": "a-password-of-linh"}).status_code == 200


def test_the_list_of_accounts_takes_the_same_queries_for_two_and_for_forty(entered, django_assert_num_queries):
    client = entered("admin")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get("/en/staff/accounts/")  # the first page begins the session's form token
    with CaptureQueriesContext(connection) as few:
        client.get("/en/staff/accounts/")
    for number in range(40):
        Person.objects.create(username=f"p{number}").grants.create(role="guide")
    with django_assert_num_queries(len(few)):
        answer = client.get("/en/staff/accounts/")
    assert answer.content.count(b"<tr>") == 42
    assert len(few) <= 5


def test_the_made_password_is_shown_once_and_never_kept_by_a_cache(entered):
    client = entered("admin")
    answer = client.post("/en/staff/accounts/add/", {"username": "minh", "roles": ["guide"]})
    secret = re.search(r"<code>([a-z2-9-]{19})</code>", answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    assert Person.objects.get(username="minh").check_password(secret)
    assert secret not in client.get("/en/staff/accounts/").content.decode()
    assert secret not in client.get("/en/staff/audit/").content.decode()


def test_somebody_new_chooses_their_own_password_before_anything_else(db):
    _linh, secret = actions.add_person(None, "linh", ["guide"])
    client = Client()
    assert client.post("/en/staff/login/", {"username": "linh", "password": secret}).url == "/en/staff/"
    assert client.get("/en/staff/").url == "/en/staff/password/"
    own = "four-quiet-green-boats"
    short = client.post("/en/staff/password/", {"new_password1": "short", "new_password2": "short"})
    assert b'class="errorlist"' in short.content
    assert client.post("/en/staff/password/", {"new_password1": own, "new_password2": own}).url == "/en/staff/"
    assert client.get("/en/staff/").status_code == 200
    assert verbs() == ["add-person", "log-in", "change-own-password"]


def test_an_own_password_is_changed_only_by_whoever_knows_the_old_one(entered):
    client = entered("guide", name="linh")
    own = {"new_password1": "four-quiet-green-boats", "new_password2": "four-quiet-green-boats"}
    wrong = client.post("/en/staff/password/", {**own, "old": "not-this"})
    assert "That is not your old password." in wrong.content.decode()
    assert not Person.objects.get().check_password(own["new_password1"])
    assert client.post("/en/staff/password/", {**own, "old": "a-password-of-linh"}).status_code == 302
    assert client.get("/en/staff/").status_code == 200
    assert Person.objects.get().check_password(own["new_password1"])


def test_too_many_wrong_passwords_rest_the_name_kindly(person):
    person("linh", "guide")
    client = Client()
    for _ in range(7):
        assert client.post("/en/staff/login/", {"username": "linh", "password": "x"}).status_code == 200
    locked = client.post("/en/staff/login/", {"username": "linh", "password": "x"})
    assert locked.status_code == 429
    assert "rests for 15 minutes" in locked.content.decode()
    right = client.post("/en/staff/login/", {"username": "linh", "password": "a-password-of-linh"})
    assert right.status_code == 429
    assert Client().post("/en/staff/login/", {"username": "minh", "password": "x"}).status_code == 200
    secret = actions.new_password(None, Person.objects.get().pk)
    assert client.post("/en/staff/login/", {"username": "linh", "password": secret}).status_code == 302


def test_wrong_passwords_for_an_account_are_in_the_audit_log_but_never_what_else_was_typed(person):
    person("linh", "guide")
    client = Client()
    client.post("/en/staff/login/", {"username": "my-secret-password", "password": "x"})
    client.post("/en/staff/login/", {"username": "", "password": ""})
    for _ in range(20):
        client.post("/en/staff/login/", {"username": "linh", "password": "wrong-one"})
    assert verbs() == ["add-person", *["refuse-log-in"] * 7, "lock-log-in"]
    told = str(list(AuditRow.objects.values("person", "subject", "detail")))
    assert "my-secret" not in told
    assert "wrong-one" not in told
    assert queries.verify_audit() is None


def test_a_flood_of_log_ins_from_one_address_is_refused_without_checking_a_password(person, monkeypatch):
    person("linh", "guide")
    monkeypatch.setattr(limits, "ADDRESS", Limit.a_minute(3))
    cache.clear()
    known = {"username": "linh", "password": "a-password-of-linh"}
    for number in range(3):
        answer = Client().post("/vi/staff/login/", {"username": f"nobody{number}", "password": "x"})
        assert answer.status_code == 200
    with CaptureQueriesContext(connection) as queried:
        busy = Client().post("/en/staff/login/", known)
    assert (busy.status_code, busy["Retry-After"]) == (429, "20")
    assert "Wait a minute and try again." in busy.content.decode()
    assert not [query for query in queried if "people_person" in query["sql"] or "axes" in query["sql"]]
    assert Client().post("/en/staff/login/", known, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_whoever_mistypes_and_then_succeeds_begins_anew(person):
    person("linh", "guide")
    for _ in range(3):
        for _ in range(7):
            assert Client().post("/en/staff/login/", {"username": "linh", "password": "x"}).status_code == 200
        known = {"username": "linh", "password": "a-password-of-linh"}
        assert Client().post("/en/staff/login/", known).status_code == 302


def test_trying_on_during_a_rest_does_not_make_it_longer(person):
    from axes.models import AccessAttempt

    person("linh", "guide")
    for _ in range(8):
        Client().post("/en/staff/login/", {"username": "linh", "password": "x"})
    began = AccessAttempt.objects.get().attempt_time
    assert Client().post("/en/staff/login/", {"username": "linh", "password": "x"}).status_code == 429
    assert AccessAttempt.objects.get().attempt_time == began


def test_a_new_password_ends_every_other_session_and_a_log_in_gives_a_new_one(person):
    person("linh", "guide")
    known = {"username": "linh", "password": "a-password-of-linh"}
    here, elsewhere = Client(), Client()
    fixed = elsewhere.session
    fixed["planted"] = 1
    fixed.save()
    planted = fixed.session_key
    elsewhere.cookies["session"] = planted
    assert elsewhere.post("/en/staff/login/", known).status_code == 302
    assert elsewhere.cookies["session"].value != planted
    here.post("/en/staff/login/", known)
    new = {"old": known["password"], "new_password1": "quiet-harbour-lamp", "new_password2": "quiet-harbour-lamp"}
    assert here.post("/en/staff/password/", new).status_code == 302
    assert here.get("/en/staff/").status_code == 200
    assert elsewhere.get("/en/staff/").status_code == 302


@pytest.mark.parametrize("path", ["/en/staff/accounts/", "/en/staff/audit/", "/en/staff/audit/?before=²"])
def test_what_only_staff_may_read_is_kept_by_no_browser(entered, path):
    answer = entered("admin").get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_logging_in_leads_back_to_where_one_was_going_and_never_to_another_site(person):
    person("linh", "guide")
    known = {"username": "linh", "password": "a-password-of-linh"}
    assert Client().post("/en/staff/login/", {**known, "next": "/en/staff/audit/"}).url == "/en/staff/audit/"
    assert Client().post("/en/staff/login/", {**known, "next": "https://evil.example/"}).url == "/en/staff/"


def test_logging_out_needs_a_post_and_ends_the_session(entered):
    client = entered("guide")
    assert client.get("/en/staff/logout/").status_code == 405
    assert client.post("/en/staff/logout/").url == "/en/staff/login/"
    assert client.get("/en/staff/").status_code == 302


def test_the_last_admin_is_told_why_the_page_refuses(entered):
    client = entered("admin", name="chief")
    me = Person.objects.get()
    page = client.post(f"/en/staff/accounts/{me.pk}/", {"roles": ["guide"]})
    assert "“chief” is the last admin: make somebody else one first." in page.content.decode()
    answer = client.post(f"/en/staff/accounts/{me.pk}/active/", {"active": "0"}, follow=True)
    assert "is the last admin" in answer.content.decode()
    assert Person.objects.get().is_active


def test_a_form_without_its_token_changes_nothing_and_says_so_kindly(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("chief", "admin"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/en/staff/accounts/add/", {"username": "minh", "roles": ["guide"]})
    assert answer.status_code == 403
    assert "Please send it once more" in answer.content.decode()
    assert Person.objects.count() == 1


def test_demo_accounts_are_made_once_one_for_each_role(db):
    made = actions.ensure_demo_staff()
    assert [account.role for account in made] == ["guide", "technician", "moderator", "admin"]
    for account in made:
        person = Person.objects.get(username=account.name)
        assert person.check_password(account.password)
        assert queries.roles_of(person) == {account.role}
    assert actions.ensure_demo_staff() == ()


def test_in_production_no_account_is_made_by_itself(db, settings):
    settings.ENV_PRODUCTION = True
    with pytest.raises(actions.RefusedError):
        actions.ensure_demo_staff()
    assert Person.objects.count() == 0


def test_what_a_name_holds_is_shown_as_text_never_as_markup(entered):
    client = entered("admin")
    Person.objects.create(username="<script>alert(1)</script>")
    page = client.get("/en/staff/accounts/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
