"""Reads a Twee 3 story and writes it as a scenario to start from.

Source: the Twee 3 specification of the Interactive Fiction Technology Foundation, version 3.0.2: passages begin with
``::``, then a name, tags in square brackets and metadata in braces; ``\\`` keeps brackets and braces in a name.
Links are those that Twine's formats share: ``[[to]]``, ``[[say|to]]``, ``[[say->to]]``, ``[[to<-say]]``.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from notalone.kit.names import nearest
from notalone.kit.problems import CannotRead, Level, Problem
from notalone.scenario.core.grammar import KEYWORDS

START = "Start"
DATA, TITLE = "StoryData", "StoryTitle"
END = "the end"  # of a story that has none
UNPLAYED = frozenset({"script", "stylesheet"})

_HEAD = re.compile(r"::\s*(?P<name>(?:\\.|[^\\\[\]{}])*?)\s*(?:\[(?P<tags>(?:\\.|[^\]])*)\])?\s*(?P<meta>\{.*\})?\s*\Z")
_LINK = re.compile(r"\[\[(?P<inner>.+?)\](?:\[(?P<setter>.*?)\])?\]")
_MACRO = re.compile(r"<<.*?>>|\((?:[a-z][a-z-]*):[^()]*\)|\$[A-Za-z_]\w*")
_TAG = re.compile(r"<[^<>]{1,200}>")
_SPEECH = re.compile(r"(?P<who>[^\W\d_][\w .]{0,23}):\s+(?P<say>\S.*)\Z")


@dataclass(frozen=True, slots=True)
class Link:
    """A way out of a passage: its words and the name of the passage that it leads to."""

    say: str
    to: str
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that is played: paragraphs of text, then its links."""

    name: str
    line: int
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A story as Twee tells it; ``problems`` are what could not be taken over, each with its line."""

    title: str
    start: str
    passages: tuple[Passage, ...]
    problems: tuple[Problem, ...]


def read_twee(text: str, file: str) -> Story:
    """Read a Twee 3 file.

    Raises:
        CannotRead: it has no passage that could be played, or its StoryData is no JSON.
    """
    return _Reader(text, file).story()


@dataclass
class _Reader:
    text: str
    file: str
    problems: list[Problem] = field(default_factory=list)

    def story(self) -> Story:
        title, start = "", START
        passages: dict[str, Passage] = {}
        for line, head, body in self._blocks():
            name, tags = self._head(line, head)
            if name == TITLE:
                title = " ".join(" ".join(body).split())
            elif name == DATA:
                start = self._start(line, body) or start
            elif not tags & UNPLAYED:
                if not name:
                    self._warn(line, "A passage without a name is left out.")
                elif name in passages:
                    self._warn(line, f"The passage “{name}” is here twice; the second is left out.")
                else:
                    passages[name] = self._passage(name, line, body)
        if not passages:
            said = "There is no passage here; a Twee file has headings like “:: Start”."
            raise CannotRead(Problem(self.file, 1, 1, said))
        if start not in passages:
            first = next(iter(passages))
            said = f"There is no passage “{start}” to start with; “{first}” is taken."
            self.problems.append(Problem(self.file, 1, 1, said, nearest(start, passages), Level.WARNING))
            start = first
        for passage in list(passages.values()):
            for link in passage.links:
                if link.to not in passages:
                    near = nearest(link.to, passages)
                    said = f"The link “{link.say}” leads to “{link.to}”, which is no passage; an empty ending is made."
                    self.problems.append(Problem(self.file, link.line, 1, said, near, Level.WARNING))
                    passages[link.to] = Passage(link.to, link.line, (), ())
        if all(passage.links for passage in passages.values()):
            self._warn(1, "Every passage leads on, so the story never ends; an empty ending is added.")
            passages[END] = Passage(END, 1, (), ())
        return Story(title or "A story", start, tuple(passages.values()), tuple(self.problems))

    def _warn(self, line: int, said: str) -> None:
        self.problems.append(Problem(self.file, line, 1, said, None, Level.WARNING))

    def _blocks(self) -> Iterable[tuple[int, str, list[str]]]:
        head, at = "", 0
        body: list[str] = []
        for number, line in enumerate(self.text.lstrip("\ufeff").splitlines(), start=1):
            if line.startswith("::"):
                if at:
                    yield at, head, body
                head, at, body = line, number, []
            else:
                body.append(line)
        if at:
            yield at, head, body

    def _head(self, line: int, head: str) -> tuple[str, frozenset[str]]:
        found = _HEAD.match(head)
        if found is None:
            self._warn(line, "The heading is not as Twee 3 writes it; all of it is taken as the name.")
            return head[2:].strip(), frozenset()
        return re.sub(r"\\(.)", r"\1", found["name"]), frozenset((found["tags"] or "").split())

    def _start(self, line: int, body: list[str]) -> str:
        try:
            data = json.loads("\n".join(body))
        except (ValueError, RecursionError) as error:
            raise CannotRead(Problem(self.file, line, 1, f"StoryData is not JSON: {error}.")) from error
        start = data.get("start") if isinstance(data, dict) else None
        return start if isinstance(start, str) else ""

    def _passage(self, name: str, line: int, body: list[str]) -> Passage:
        paragraphs, links = [], []
        for number, raw in enumerate(body, start=line + 1):
            for found in _LINK.finditer(raw):
                if found["setter"] is not None:
                    self._warn(number, f"“[{found['setter']}]” is left out; write it as “set”.")
                link = _link(found["inner"], number)
                if any(not _unprintable(letter) for letter in link.to):
                    links.append(link)
                else:
                    self._warn(number, "A link that leads nowhere is left out.")
            rest = _LINK.sub(" ", raw)
            for macro in _MACRO.findall(rest):
                self._warn(number, f"“{macro}” is left out; say it with variables, “if” and “set”.")
            said = " ".join(_TAG.sub(" ", _MACRO.sub(" ", rest)).replace("''", "").replace("//", "").split())
            if any(letter.isalnum() for letter in said):
                paragraphs.append(said)
        return Passage(name, line, tuple(paragraphs), tuple(links))


def _link(inner: str, line: int) -> Link:
    for mark, says_first in (("->", True), ("<-", False), ("|", True)):
        if mark in inner:
            one, other = inner.rsplit(mark, 1) if says_first else inner.split(mark, 1)
            say, to = (one, other) if says_first else (other, one)
            return Link(say.strip() or to.strip(), to.strip(), line)
    return Link(inner.strip(), inner.strip(), line)


def write_scenario(story: Story, name: str) -> str:
    """Return the story as the YAML text of a scenario of the id ``name``; well formed, and still to be finished."""
    names = _Names()
    scenes = {passage.name: names.scene(passage.name) for passage in story.passages}
    people: dict[str, str] = {}
    parts = [
        "# From a Twee story, as a starting point. What only its author knows stands here as “to do”.",
        "format: notalone/scenario-1",
        f"id: {name}",
        f"title: {_quoted(story.title)}",
        "risk: some-risk                 # to do: one of the festival's risks",
        "ages: [16, 22]                  # to do: for whom it is; the youngest decides how intense it may be",
        "minutes: [0, 60]                # to do: `notalone scenario stats` tells the shortest and the longest play",
        "sources: []                     # to do: the public guidance that the facts come from",
        "",
    ]
    body = [f"start: {scenes[story.start]}", "scenes:"]
    for passage in story.passages:
        body += _scene(passage, scenes, people)
    todo = "# to do: character, trusted or stranger"
    cast = [f"  {key}: {{name: {_quoted(who)}, role: stranger}}      {todo}" for who, key in people.items()]
    flags = ["flags: {}                       # to do: what to notice (see) and what to know (know)", ""]
    return "\n".join([*parts, *(["people:", *cast] if cast else ["people: {}"]), *flags, *body]) + "\n"


def _scene(passage: Passage, scenes: dict[str, str], people: dict[str, str]) -> list[str]:
    out = [f"  {scenes[passage.name]}:"]
    if passage.links:
        out += ["    on: chat                    # to do: the app", "    intensity: 1"]
    else:
        out += ["    ending: safe                # to do: safe or recovered"]
    lines = [_line(paragraph, people) for paragraph in passage.paragraphs]
    out += ["    lines:", *lines] if lines else []
    if passage.links:
        out.append("    choices:")
        out += [f"      - {{say: {_quoted(link.say)}, to: {scenes[link.to]}}}" for link in passage.links]
    else:
        out.append("    debrief:                    # to do: what visitors take with them")
    return out


def _line(paragraph: str, people: dict[str, str]) -> str:
    found = _SPEECH.match(paragraph)
    if found is None:
        return f"      - {{say: {_quoted(paragraph)}}}"
    who = found["who"].strip()
    key = people.get(who)
    if key is None:
        key = people[who] = _Names(set(people.values())).person(who)
    return f"      - {{from: {key}, say: {_quoted(found['say'])}}}"


def _quoted(text: str) -> str:
    """Return a double-quoted YAML scalar; letters that YAML does not allow are left out."""
    return json.dumps("".join(letter for letter in text if not _unprintable(letter)), ensure_ascii=False)


def _unprintable(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs", "Cn") or letter in "\ufffe\uffff\ufeff\u2028\u2029"


@dataclass
class _Names:
    """Makes names of the house out of any words, each once."""

    taken: set[str] = field(default_factory=set)

    def scene(self, words: str) -> str:
        return self._once(words, "scene")

    def person(self, words: str) -> str:
        return self._once(words, "person")

    def _once(self, words: str, otherwise: str) -> str:
        plain = unicodedata.normalize("NFKD", words.replace("đ", "d").replace("Đ", "D").replace("ß", "ss"))
        letters = "".join(letter for letter in plain.lower() if letter.isascii())
        base = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:48].strip("-")
        if not base or not base[0].isalpha() or base in KEYWORDS:
            base = f"{otherwise}-{base}".strip("-")
        name, number = base, 1
        while name in self.taken:
            number += 1
            name = f"{base}-{number}"
        self.taken.add(name)
        return name
