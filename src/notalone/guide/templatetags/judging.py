"""What a station's page needs so that visitors may judge messages."""

from __future__ import annotations

from dataclasses import asdict

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from notalone.guide import queries
from notalone.guide.web import texts

register = template.Library()


@register.simple_tag
def judging_of(scenario: str) -> dict[str, object] | None:
    """Return the forms, texts and addresses for a station of a scenario; None where it has no messages to judge."""
    lang = get_language() or "en"
    forms = queries.forms(scenario, lang)
    if not forms:
        return None
    return {
        "forms": {name: [asdict(item) for item in items] for name, items in forms.items()},
        "texts": texts.station(),
        "ages": texts.ages(),
        "urls": {
            "judged": reverse("guide_api:judged"),
            "code": reverse("guide_api:code"),
            "again": f"{settings.PUBLIC_URL or ''}{reverse('guide:again')}",
        },
    }
