"""What a package says in its own voice; the story's and the phone's words come beside it."""

from __future__ import annotations

from django.utils.translation import gettext as _


def package() -> dict[str, str]:
    """Return the texts of a package's own screens."""
    return {
        "help": _("Get help"),
        "leave": _("Leave now"),
        "calm": _("Calm"),
        "calm_means": _("no movement, quiet sound, no time limits"),
        "language": _("Language"),
        "invite": _("Something is happening on {name}’s phone, and nobody else is there. Will you help?"),
        "begin": _("Begin"),
        "resume": _("Go on where you stopped"),
        "restart": _("From the start"),
        "minutes": _("up to {to} minutes"),
        "ages": _("from {age} years"),
        "alone": _("No name, no account. Nothing leaves this page, and it remembers nothing."),
        "told": _(
            "Your learning platform is told which choices are made and that you came to the end; there is no grade."
        ),
        "reviewed": _("Reviewed by {by}, {role}, on {on}."),
        "unreviewed": _("Not yet reviewed by a person."),
        "unproved": _("This story has not passed its checks yet. It is for trying out, not for handing out."),
        "silent": _("The learning platform does not answer. You can play, but nothing is recorded."),
        "before": _("Before you begin"),
        "about": _("You help {name}. Nothing here is about you."),
        "has": _("In this story:"),
        "skipping": _("You may skip the story: then you read in short what it teaches. Both are fine."),
        "skip": _("Skip this story"),
        "accept": _("I am ready"),
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
        "call_number": _("Call {number}"),
        "write_number": _("Write to {number}"),
        "unconfirmed": _("not yet confirmed"),
        "short": _("In short"),
        "short_lead": _("These are the signs, and what you can do. Nothing more is needed."),
        "signs": _("How to notice it"),
        "again": _("From the start"),
        "done": _("Done"),
        "thanks": _("Thank you"),
        "close_page": _("You can close this page now."),
        "help_title": _("You are not alone"),
        "help_lead": _("These people listen, whatever it is. The story waits."),
        "help_lead_anywhere": _("These people listen, whatever it is. Look for one in your country. The story waits."),
        "close": _("Back to where I was"),
        "without": _("This story needs JavaScript. These people help:"),
    }
