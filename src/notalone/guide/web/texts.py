"""What a station says around the messages to judge, as the browser takes it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from notalone.guide.core.judged import AGES


def station() -> dict[str, str]:
    """Return the texts of the screens before and after the story."""
    return {
        "offer": _("First, six quick messages"),
        "title": _("Real or not?"),
        "lead": _("Six messages. You say which are real. There are no marks, and nobody sees what you say."),
        "why": _("With many visitors together we see whether our stories help. Nothing leads back to you."),
        "age": _("How old are you?"),
        "age_none": _("I’d rather not say"),
        "straight": _("Straight to the story"),
        "of": _("{n} of {all}"),
        "from": _("From {name}"),
        "real": _("Real"),
        "not": _("Not real"),
        "onward": _("Six more messages"),
        "after_lead": _("Once more: which are real? Afterwards you see what told them."),
        "go": _("Show me the first"),
        "no_more": _("Go on without"),
        "told": _("What told them"),
        "told_lead": _("Some of these are hard for everybody. Looking twice is what counts."),
        "was_real": _("Real."),
        "was_not": _("Not real."),
        "next": _("Go on"),
        "again": _("Again in four weeks?"),
        "again_lead": _(
            "What stays after a few weeks is what counts. If you like, take a code home and judge six again then."
        ),
        "again_data": _("The code links your answers of today and then, nothing else. It is deleted after six weeks."),
        "again_yes": _("Yes, give me a code"),
        "again_no": _("No, thanks"),
        "code": _("Your code"),
        "code_lead": _("Write it down or take a picture. It works from three to six weeks from today."),
        "code_at": _("The page for it: {path}"),
        "code_alt": _("QR code that leads to the page with your code"),
        "to_brick": _("To your brick"),
    }


def ages() -> list[dict[str, str]]:
    """Return the age bands, each with its id and its name."""
    return [{"id": age, "name": age.replace("-", "–")} for age in AGES if age]
