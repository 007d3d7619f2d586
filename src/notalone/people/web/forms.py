"""Forms for staff accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from notalone.people.models import ROLE_NAMES


class RolesForm(forms.Form):
    """Which roles a person holds."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=[(str(role), name) for role, name in ROLE_NAMES.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class PersonForm(RolesForm):
    """A new member of staff."""

    username = forms.CharField(
        label=_("Name to log in with"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
