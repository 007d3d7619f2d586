"""What the phone and its players say in their own voice; the words of a story are its own."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def phone() -> dict[str, str]:
    """Return the texts of the simulated phone."""
    return {
        "log": _("What is said"),
        "answer": pgettext("telephone", "Answer"),
        "incoming": _("Incoming call"),
        "incoming_video": _("Incoming video call"),
        "calling": _("Calling …"),
        "unknown": _("Unknown"),
        "online": _("online"),
        "sms": _("Text message"),
        "message": _("Message"),
        "today": _("Today"),
        "bank": _("My bank"),
        "balance": _("Balance"),
        "alerts": _("Notices"),
        "feed": _("Around me"),
        "mail": _("Inbox"),
        "to": _("to {name}"),
        "banner": _("New in {app}"),
        "now": pgettext("notice", "now"),
        "group": _("Group chat"),
        "typing": _("{name} is typing …"),
        "sent": pgettext("message", "sent"),
        "read": pgettext("message", "read"),
        "subject": _("Subject"),
        "comments": _("Comments: {count}"),
        "comment": _("Write a comment"),
        "address": _("Address"),
        "game": _("Cloud islands"),
        "game_chat": _("Chat in the game"),
        "scan": _("Point the camera at a code"),
        "code": _("This code leads to"),
        "unopened": _("Nothing has been opened yet."),
        "map_search": _("Search on the map"),
        "app_phone": _("Phone"),
        "app_video": _("Video call"),
        "app_chat": _("Chat"),
        "app_sms": _("Messages"),
        "app_bank": _("Bank"),
        "app_feed": _("Feed"),
        "app_mail": _("Mail"),
        "app_browser": _("Browser"),
        "app_game": _("Game"),
        "app_camera": _("Camera"),
        "app_map": _("Map"),
        "app_place": _("On the spot"),
    }


def notes() -> dict[str, str]:
    """Return what the content notes mean, by the name that a scenario gives them."""
    return {
        "threats": _("somebody threatens"),
        "isolation": _("somebody is kept away from others"),
        "pressure": _("somebody is put under pressure"),
        "fear": _("somebody is afraid"),
        "money": _("somebody demands money"),
        "police": _("people who pretend to be the police"),
        "impersonation": _("people who pretend to be someone else"),
        "deception": _("somebody lies"),
        "family": _("a family that worries"),
        "grooming": _("an adult who seeks a child’s trust"),
        "sextortion": _("blackmail with pictures"),
        "bullying": _("somebody is shamed by others"),
        "shame": _("somebody feels ashamed"),
        "trafficking": _("somebody is lured abroad"),
        "violence": _("violence is spoken of, never shown"),
        "confinement": _("somebody is kept in a room"),
    }


def skills() -> dict[str, str]:
    """Return how a skill is called that a choice took."""
    return {
        "tell": _("Telling someone you trust"),
        "verify": _("Checking by another way"),
        "refuse": _("Saying no"),
        "block": _("Blocking"),
        "report": _("Reporting it"),
        "evidence": _("Keeping proof"),
        "pause": _("Stopping to think"),
        "leave": _("Breaking it off"),
        "ask": _("Asking questions"),
        "help": _("Calling for help"),
        "protect": _("Protecting what is private"),
        "support": _("Standing by someone"),
    }


def phrases() -> dict[str, dict[str, str]]:
    """Return what every player of a story says: the phone, the content notes, the skills."""
    return {"phone": phone(), "notes": notes(), "skills": skills()}


def preview() -> dict[str, str]:
    """Return the texts of the live preview."""
    return {
        "title": _("Preview"),
        "language": _("Language"),
        "save": _("Save"),
        "editor": _("The scenario’s text"),
        "problems": _("What does not hold"),
        "stage": _("The story, played and drawn"),
        "play": _("Play"),
        "graph": _("Picture of the story"),
        "again": _("From the start"),
        "line": _("line {line}"),
        "story": _("The play that shows it"),
        "proved": _("All proved: {states} states, {edges} steps"),
        "broken": _("{count} rules do not hold"),
        "broken_one": _("One rule does not hold"),
        "not_checked": _("Not checked outside a festival: {rules}"),
        "scene": _("Scene {scene} ({on})"),
        "wait": _("Wait {seconds} s"),
        "ended": _("The story ends: {ending}"),
        "ending_safe": _("safe"),
        "ending_recovered": _("recovered"),
        "changed": _("The file was changed elsewhere meanwhile."),
        "take": _("Show the file as it is now (what is typed here goes)"),
        "away": _("The preview is not running any more. Start it again; what is typed here stays."),
    }
