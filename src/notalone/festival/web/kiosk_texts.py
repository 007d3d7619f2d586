"""What a station says in its own voice, as the browser takes it; the story's words are in the score."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from notalone.scenario import queries as scenarios


def station() -> dict[str, Any]:
    """Return the texts of the station's own screens."""
    return {
        "invite": {
            "phone": (ringing := _("{name}’s phone is ringing, and nobody else is there. Will you help?")),
            "video": ringing,
            "place": _("{name} could do with somebody at their side. Will you help?"),
            "other": _("Something is happening on {name}’s phone, and nobody else is there. Will you help?"),
        },
        "begin": _("Begin"),
        "waking": _("This station is waking up …"),
        "minutes": _("up to {to} minutes"),
        "ages": _("from {age} years"),
        "free": _("No name, no account. You can leave at any moment."),
        "language": _("Language"),
        "before": _("Before you begin"),
        "about_you": _("You help {name}. Nothing here is about you, and nobody learns who you are."),
        "has": _("In this story:"),
        "skip": _("Skip this story"),
        "accept": _("I am ready"),
        "straight": _("Straight to the story"),
        "always": _("“Get help” and “Leave now” are always at the top."),
        "you_help": _("You help {name}"),
        "go_on": _("Tap to go on"),
        "what": _("What now?"),
        "time_left": _("Time left"),
        "safe": _("{name} is safe"),
        "recovered": _("{name} found the way back"),
        "saw": _("What you saw"),
        "saw_more": _("This is where it was hidden."),
        "saw_none": _("You turned away before anything could be seen. That is the best way of all."),
        "used": _("What helped {name}"),
        "call": _("These people help"),
        "unconfirmed": _("not yet confirmed"),
        "to_brick": _("Lay a brick in the wall of light"),
        "brick_title": _("Your brick"),
        "brick_lead": _("Choose what your brick says to whoever comes next."),
        "own": _("In my own words"),
        "own_label": _("Your words"),
        "own_note": _("A person reads them before they are shown. Please write no names and no telephone numbers."),
        "left": _("{n} characters left"),
        "lay": _("Lay the brick"),
        "no_brick": _("Go on without a brick"),
        "brick_refused": _("This brick could not be laid. Please change the words and try once more."),
        "brick_wait": _("Laying it …"),
        "thanks": _("Thank you"),
        "shown": _("Your brick is in the wall. Look up!"),
        "held": _("Your brick is on its way: a person reads it first, then it joins the wall."),
        "kept": _("Your brick waits here and joins the wall as soon as the wall answers."),
        "without": _("Good that you were here."),
        "pass_title": _("Your pass, if you like"),
        "pass_lead": _("Scan it to see what you have met. It knows no name, and you can throw it away."),
        "pass_alt": _("Code of your pass"),
        "done": _("Done"),
        "help_title": _("You are not alone"),
        "help_lead": _("These people listen, whatever it is. The story waits."),
        "close": _("Back to where I was"),
        "still": _("Still here?"),
        "still_lead": _("Otherwise this station makes itself ready for the next visitor."),
        "stay": _("I am here"),
    }


def texts() -> dict[str, dict[str, Any]]:
    """Return everything that the station's scripts say."""
    return {"station": station(), **scenarios.phrases()}
