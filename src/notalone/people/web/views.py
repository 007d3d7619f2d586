"""Log in, own password, accounts, audit log."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm, SetPasswordForm
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from notalone.kit.moments import Json
from notalone.people import actions, queries
from notalone.people.models import ROLE_NAMES, Person
from notalone.people.queries import needs
from notalone.people.web import limits
from notalone.people.web.forms import PersonForm, RolesForm


class LogIn(LoginView):
    """The staff's door."""

    template_name = "people/login.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        """Check a name and a password, unless the address tries too many."""
        if limits.allows(request):
            return super().post(request, *args, **kwargs)
        context = self.get_context_data(form=AuthenticationForm(request), busy=True)
        busy = render(request, self.template_name, context, status=429)
        busy["Retry-After"] = str(limits.ADDRESS.wait)
        return busy

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let the person in, and note it."""
        with transaction.atomic():
            answer = super().form_valid(form)
            person = form.get_user()
            if isinstance(person, Person):
                actions.audit(person, "log-in", person.username)
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Refuse, and note whose account somebody tried to enter."""
        if getattr(self.request, "axes_failures_since_start", None):  # counted: not empty, nor locked out before
            locked = bool(getattr(self.request, "axes_locked_out", False))
            actions.note_refused_log_in(form.cleaned_data.get("username", ""), locked)
        return super().form_invalid(form)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Log out; the session is thrown away."""
    if isinstance(request.user, Person):
        actions.audit(request.user, "log-out", request.user.username)
    logout(request)
    return redirect("people:login")


@never_cache
@require_http_methods(["GET", "POST"])
@needs(made_password=True)
def password(request: HttpRequest) -> HttpResponse:
    """Choose an own password; the old one is asked for unless it was made by somebody else."""
    person = request.user
    if not isinstance(person, Person):
        raise Http404
    form = SetPasswordForm(person, request.POST or None)
    wrong = False
    if request.method == "POST":
        wrong = not person.must_change_password and not person.check_password(request.POST.get("old", ""))
        if form.is_valid() and not wrong:
            actions.own_password(person, form.cleaned_data["new_password1"])
            update_session_auth_hash(request, person)
            messages.success(request, _("Your new password holds from now on."))
            return redirect("faces:dashboard")
    return render(request, "people/password.html", {"form": form, "wrong": wrong})


@never_cache
@require_GET
@needs("admin")
def accounts(request: HttpRequest) -> HttpResponse:
    """Show every account."""
    rows = [
        (account, [ROLE_NAMES[role] for role in ROLE_NAMES if role in account.roles]) for account in queries.accounts()
    ]
    return render(request, "people/accounts.html", {"rows": rows})


@never_cache
@require_http_methods(["GET", "POST"])
@needs("admin")
def add(request: HttpRequest) -> HttpResponse:
    """Add a member of staff and show the made password once."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person, secret = actions.add_person(_me(request), form.cleaned_data["username"], form.cleaned_data["roles"])
        except actions.RefusedError as error:
            form.add_error("username", str(error))
        else:
            return render(request, "people/secret.html", {"name": person.username, "secret": secret})
    return render(request, "people/add.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@needs("admin")
def account(request: HttpRequest, person_id: int) -> HttpResponse:
    """Show one account and change its roles."""
    found = queries.account(person_id)
    if found is None:
        raise Http404
    form = RolesForm(request.POST or None, initial={"roles": found.roles})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_roles(_me(request), person_id, form.cleaned_data["roles"])
        except actions.RefusedError as error:
            form.add_error("roles", str(error))
        else:
            messages.success(request, _("The roles of “{name}” are changed.").format(name=found.username))
            return redirect("people:accounts")
    return render(request, "people/account.html", {"account": found, "form": form})


@require_POST
@needs("admin")
def active(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let a person log in, or no longer."""
    wanted = request.POST.get("active") == "1"
    try:
        actions.set_active(_me(request), person_id, wanted)
    except Person.DoesNotExist as error:
        raise Http404 from error
    except actions.RefusedError as error:
        messages.error(request, str(error))
        return redirect("people:account", person_id)
    messages.success(request, _("The account can log in.") if wanted else _("The account can no longer log in."))
    return redirect("people:accounts")


@never_cache
@require_POST
@needs("admin")
def new_password(request: HttpRequest, person_id: int) -> HttpResponse:
    """Replace a forgotten password by a made one and show it once."""
    found = queries.account(person_id)
    if found is None:
        raise Http404
    secret = actions.new_password(_me(request), person_id)
    return render(request, "people/secret.html", {"name": found.username, "secret": secret})


@never_cache
@require_GET
@needs("admin")
def audit(request: HttpRequest) -> HttpResponse:
    """Show the audit log, newest first, and whether its chain holds."""
    raw = request.GET.get("before", "")
    entries = queries.audit_entries(int(raw) if raw.isdecimal() and len(raw) < 19 else None)
    older = entries[-1].seq if entries and entries[-1].seq > 1 else None
    rows = [(entry, [(key, _told(value)) for key, value in entry.detail.items()]) for entry in entries]
    context = {"rows": rows, "older": older, "broken": queries.verify_audit()}
    return render(request, "people/audit.html", context)


def _told(value: Json) -> str:
    """Return a JSON value as people read it."""
    if isinstance(value, list):
        return ", ".join(_told(each) for each in value) or "–"
    return str(value)


def _me(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None
