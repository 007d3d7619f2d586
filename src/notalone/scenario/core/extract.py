"""Brings a catalogue up to date with the texts of its files, as gettext's ``msgmerge`` does.

Entries stand in the order of the files, with where each text stands. Translations are kept; a text that was changed
takes over the translation of the nearest one that is no longer there, marked fuzzy, with the text it was made for;
what is there no more becomes obsolete. Doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePath

import polib

from notalone.scenario.core.texts import Text

NEAR = 0.6  # how alike two texts must be, from 0 to 1, for one to be the other changed
_PLURALS = {"vi": "nplurals=1; plural=0;"}
_TWO = "nplurals=2; plural=(n != 1);"


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of a catalogue: its content, and how many texts it has, are new, changed and gone.

    ``left`` counts those that a person has still to translate or to look at.
    """

    content: str
    texts: int
    new: int
    changed: int
    gone: int
    left: int


def extract(content: str, texts: Sequence[Text], lang: str, name: str) -> Extracted:
    """Return a catalogue brought up to date.

    Args:
        content: the catalogue as it stands; empty where there is none yet.
        texts: the texts in the order of the files.
        lang: the language's code.
        name: the scenario's id, for the head of a new catalogue.

    Raises:
        ValueError, OSError: the content is no gettext catalogue.
    """
    # the end of a line keeps polib from taking the content for the name of a file
    old = polib.pofile(f"{content}\n", wrapwidth=0) if content.strip() else polib.POFile(wrapwidth=0)
    wanted = {text.english for text in texts}
    known = _known(old)
    lost = [entry for entry in old if not entry.obsolete and (entry.msgctxt or entry.msgid not in wanted)]
    fresh = [text for text in texts if text.english not in known]
    near = _nearest(fresh, [entry for entry in lost if entry.msgstr])
    out = polib.POFile(wrapwidth=0)
    out.header, out.metadata = old.header, _head(old.metadata, lang, name)
    for text in texts:
        out.append(_entry(text, known.get(text.english), near.get(text.english)))
    used = {id(entry) for entry in near.values()}
    gone = [entry for entry in lost if id(entry) not in used and entry.msgstr]
    for entry in (*gone, *(one for one in old if one.obsolete and one.msgid not in wanted)):
        out.append(_obsolete(entry))
    return Extracted(
        content=_written(out),
        texts=len(texts),
        new=len(fresh) - len(near),
        changed=len(near),
        gone=len(gone),
        left=sum(not one.obsolete and (one.fuzzy or not one.msgstr) for one in out),
    )


def _known(old: Iterable[polib.POEntry]) -> dict[str, polib.POEntry]:
    """Return the entry of each text: one in use before an obsolete one, a translated one before an empty one."""
    found: dict[str, polib.POEntry] = {}
    for entry in sorted(old, key=lambda one: (one.obsolete, not one.msgstr)):
        if not entry.msgctxt:
            found.setdefault(entry.msgid, entry)
    return found


def _nearest(fresh: Iterable[Text], lost: Sequence[polib.POEntry]) -> dict[str, polib.POEntry]:
    """Return for new texts the lost entry that each was made of, the most alike first, none of them twice."""
    pairs: list[tuple[float, int, str, int]] = []
    for text in fresh:
        matcher = SequenceMatcher(b=text.english.casefold(), autojunk=False)
        for number, entry in enumerate(lost):
            matcher.set_seq1(entry.msgid.casefold())
            if matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR:
                pairs.append((-matcher.ratio(), len(pairs), text.english, number))
    found: dict[str, polib.POEntry] = {}
    taken: set[int] = set()
    for _ratio, _order, english, number in sorted(pairs):
        if english not in found and number not in taken:
            found[english] = lost[number]
            taken.add(number)
    return found


def _entry(text: Text, known: polib.POEntry | None, near: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgid=text.english)
    entry.occurrences = [(PurePath(file).name, str(line)) for file, line in text.places]
    kept = known or near
    if kept is None:
        return entry
    entry.msgstr, entry.tcomment, entry.comment = kept.msgstr, kept.tcomment, kept.comment
    entry.flags = list(kept.flags)
    entry.previous_msgid = kept.previous_msgid
    if known is None:
        entry.previous_msgid = kept.previous_msgid or kept.msgid
        if "fuzzy" not in entry.flags:
            entry.flags.insert(0, "fuzzy")
    return entry


def _obsolete(entry: polib.POEntry) -> polib.POEntry:
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        msgctxt=entry.msgctxt,
        obsolete=True,
        flags=[flag for flag in entry.flags if flag == "fuzzy"],
        tcomment=entry.tcomment,
    )


def _head(metadata: dict[str, str], lang: str, name: str) -> dict[str, str]:
    """Return the head with what it must say; what else stands there is kept, in its order."""
    plurals = _PLURALS.get(lang, _TWO)
    head = dict(metadata) if metadata else {"Project-Id-Version": f"Not Alone, {name}"}
    head |= {"Language": lang}
    head.setdefault("MIME-Version", "1.0")
    head |= {"Content-Type": "text/plain; charset=UTF-8", "Content-Transfer-Encoding": "8bit"}
    head.setdefault("Plural-Forms", plurals)
    return head


def _written(catalogue: polib.POFile) -> str:
    return str(catalogue).rstrip("\n") + "\n"
