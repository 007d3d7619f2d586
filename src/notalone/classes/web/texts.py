"""What a class says in its own voice, as templates and the browser take it; the story's words are in the score."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from notalone.classes.queries import Class
from notalone.festival import queries as festival
from notalone.kit import system
from notalone.kit.problems import CannotRead
from notalone.scenario import queries as scenarios

NAMES = {"vi": "Tiếng Việt", "en": "English", "de": "Deutsch"}


def in_language(score: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return a score with one language's texts alone."""
    return {**score, "texts": {lang: score["texts"][lang]}}


def page(found: Class, lang: str) -> dict[str, Any]:
    """Return what both pages of a class know of it: the story in the page's language, where it has that."""
    told = lang if lang in found.score["texts"] else found.lang
    return {
        "code": found.code,
        "mode": found.mode,
        "lang": lang,
        "told": told,
        "score": in_language(found.score, told),
        "notes": notes(found.score),
    }


def title(score: Mapping[str, Any], lang: str) -> str:
    """Return the story's title; in English, or else its first language, where the score lacks this one."""
    told = score["texts"]
    spoken = next(code for code in (lang, "en", *told) if code in told)
    return str(told[spoken][score["title"]])


def stories(lang: str) -> list[dict[str, Any]]:
    """Return the festival's stories that can be played now, the youngest first: id, title, ages, minutes."""
    out = []
    try:
        files = scenarios.find_scenarios(festival.festival().folder / "scenarios")
    except CannotRead:
        files = ()
    for scenario in (file.parent.name for file in files):
        try:
            score = festival.score(scenario)
        except CannotRead:
            continue
        out.append({"id": scenario, "title": title(score, lang), "ages": score["ages"], "minutes": score["minutes"]})
    return sorted(out, key=lambda story: (story["ages"], story["title"]))


def languages() -> list[dict[str, str]]:
    """Return the festival's languages: code and name."""
    return [{"code": code, "name": NAMES.get(code, code)} for code in festival.festival().languages]


def helplines(lang: str) -> list[dict[str, Any]]:
    """Return the first helplines of the festival: name, number, and whether a person has confirmed it."""
    here, today = festival.festival(), system.now().as_datetime().date()
    return [
        {
            "name": here.say(line.name, lang),
            "number": line.number or line.sms or line.web or "",
            "confirmed": line.is_confirmed(today),
        }
        for line in festival.helplines(here, lang)[:3]
    ]


def notes(score: Mapping[str, Any]) -> list[str]:
    """Return what a story's content notes mean."""
    known = scenarios.phrases()["notes"]
    return [known[note] for note in score["notes"] if note in known]


def phone() -> dict[str, Any]:
    """Return the texts of a phone in a class."""
    return {
        "phone": scenarios.phrases()["phone"],
        "lobby": _("You are in. Look at the wall: it begins in a moment."),
        "look": _("Look at the wall"),
        "read": _("The story goes on there. Here you choose when it is time."),
        "what": _("What now?"),
        "left": _("{n} seconds left"),
        "stopped": _("The clock stands still. Take your time."),
        "sent": _("Your vote is in. You may change it until the time is up."),
        "late": _("The vote is over. The class goes on together."),
        "result": _("The class has decided"),
        "tie": _("As many for one as for the other. Look at the wall."),
        "talk": _("Talk about it together"),
        "talk_more": _("Nobody has to say what they voted for."),
        "over": _("This class is over. Thank you for coming."),
        "full": _("Every place in this class is taken"),
        "full_more": _("Look together with somebody beside you: two heads are better anyway."),
        "away": _("No connection just now. You need do nothing: it comes back by itself."),
        "again": _("Try again"),
        "begin": _("Begin"),
        "go_on": _("Go on"),
        "finished": _("You have reached the end. Look at the wall."),
        "saw": _("What could be seen"),
        "gone": _("You have left the class."),
        "has": _("In this story:"),
        "alone": _("Play the story by yourself. Nobody sees what you choose."),
    }


def _questions() -> dict[str, str]:
    """Return a question for each skill that a choice may take."""
    return {
        "tell": _("Whom could you tell? What would make it easier to begin?"),
        "verify": _("How else could one check whether this is true?"),
        "refuse": _("What could one say to refuse, in one short sentence?"),
        "block": _("When is it right to block somebody at once?"),
        "report": _("Where can this be reported, and what happens then?"),
        "evidence": _("What should be kept as proof, and what should never be kept or sent on?"),
        "pause": _("What helps to stop for a moment when somebody presses?"),
        "leave": _("What makes it hard to break it off, and what makes it easier?"),
        "ask": _("Which question would show what is behind this?"),
        "help": _("Who would come if you called for help now?"),
        "protect": _("What here is private, and who should never get it?"),
        "support": _("What would you do for a friend to whom this happens?"),
    }


def wall() -> dict[str, Any]:
    """Return the texts of the projector."""
    said = scenarios.phrases()
    return {
        "phone": said["phone"],
        "skills": said["skills"],
        "has": _("In this story:"),
        "optional": _("Whoever does not want to take part may leave at any time."),
        "joined": _("{n} of {seats} are here"),
        "begin": _("Begin the story"),
        "ask": _("Let the class vote"),
        "next": _("Go on"),
        "talk": _("Talk about it"),
        "stop": _("Stop the clock"),
        "resume": _("Let it run on"),
        "more": _("30 seconds more"),
        "close": _("Close the vote now"),
        "again": _("Vote again on these"),
        "end": _("End the class"),
        "end_sure": _("End the class for everybody?"),
        "yes_end": _("Yes, end it"),
        "no_end": _("No, go on"),
        "take": _("Take {letter}"),
        "what": _("What now?"),
        "cast": _("{n} of {of} have voted"),
        "stopped": _("The clock stands still"),
        "seconds": _("{n} s"),
        "result": _("The class has decided"),
        "tie": _("As many for one as for the other: you decide, or the class votes again."),
        "nobody": _("Nobody has voted: you decide, or the class votes again."),
        "votes": _("{n} votes"),
        "vote_one": _("1 vote"),
        "discuss": _("Talk about it together"),
        "seen_so_far": _("What could be seen so far"),
        "general": [
            _("What speaks for this choice, and what against it?"),
            _("What does {name} feel at this moment?"),
            _("Who would choose otherwise, and why?"),
        ],
        "risky": _("What is dangerous here? How could one notice it in time?"),
        "not_risky": _("What makes this safer than the other ways?"),
        "questions": _questions(),
        "ended": _("The class is over. Thank you."),
        "debrief": _("What to remember"),
        "used": _("What helped"),
        "call": _("These people help"),
        "unconfirmed": _("not yet confirmed"),
        "stretches": [_("At the beginning"), _("In the middle"), _("Near the end"), _("Finished")],
        "few": _("How far the class is shows once five phones are here, so that nobody stands out."),
        "away": _("No connection to the festival’s server: trying again."),
        "failed": _("That did not work: {why}"),
    }
