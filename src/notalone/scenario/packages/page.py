"""The page of a package: one file with its styles, fonts, script and story, that asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

from notalone.scenario.packages.bundle import bundle

STYLES = (
    "faces/fonts.css",
    "faces/tokens.css",
    "faces/base.css",
    "faces/components.css",
    "scenario/phone/phone.css",
    "scenario/phone/apps.css",
    "scenario/package/package.css",
)
ICONS = ("calm",)
ASKS = {"html": "", "scorm12": "", "cmi5": "connect-src https: http:; "}
"""What the page may ask, by format: a cmi5 platform lives at an address that only the launch tells."""

_FACE = re.compile(r"@font-face \{.*?\n\}\n?", re.S)
_RANGE = re.compile(r"unicode-range: ([^;]+);")
_WEIGHT = re.compile(r"font-weight: (\d+);")
_URL = re.compile(r'url\("([^"]+)"\)')
_IMPORTED = re.compile(r'@import\s+(?:url\()?"([^"]+)"\)?;')


def static(name: str) -> Path:
    """Return the file of a path under the static root, such as ``scenario/player.js``."""
    room, _slash, rest = name.partition("/")
    return Path(str(resources.files("notalone"))) / room / "static" / room / rest


def page(kind: str, data: Mapping[str, Any]) -> str:
    """Return the page of a package (format ``kind``) as HTML; the same package gives the same text."""
    style = styles(_letters(data))
    script = bundle(f"scenario/package/{kind}.js", lambda name: static(name).read_text(encoding="utf-8"))
    packed = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    lang = data["languages"][0]["code"]
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; font-src data:; "
        f"{ASKS[kind]}base-uri 'none'; form-action 'none'"
    )
    given = {
        "lang": lang,
        "policy": policy,
        "title": escape(data["score"]["texts"][lang][data["score"]["title"]]),
        "style": style,
        "without": _without(data),
        "data": packed,
        "script": script,
    }
    frame = resources.files("notalone.scenario.packages").joinpath("page.html").read_text(encoding="utf-8")
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: given[found[1]], frame)


def icons() -> dict[str, str]:
    """Return the drawings of the icons that a package shows, without their frames."""
    sprite = static("faces/icons.svg").read_text(encoding="utf-8")
    found = dict(re.findall(r'<symbol id="([a-z]+)" viewBox="0 0 24 24">(.*?)</symbol>', sprite, re.S))
    return {name: found[name] for name in ICONS}


def styles(letters: set[int]) -> str:
    """Return all styles, with the fonts that the ``letters`` (code points) need inside."""
    return "\n".join(_style(name, letters) for name in STYLES)


def _style(name: str, letters: set[int]) -> str:
    text = static(name).read_text(encoding="utf-8")
    text = _IMPORTED.sub(lambda found: _style(f"{name.rpartition('/')[0]}/{found[1]}", letters), text)
    kept = _kept(_FACE.findall(text), letters)
    text = _FACE.sub(lambda found: found[0] if found[0] in kept else "", text)
    return _URL.sub(lambda found: f"url({_embedded(name, found[1])})", text)


def _kept(faces: list[str], letters: set[int]) -> set[str]:
    """Return the faces that hold all the letters: of a weight, narrow subsets first, as subsets overlap."""
    kept: set[str] = set()
    for weight in {_weight(face) for face in faces}:
        left = set(letters)
        for face in sorted((one for one in faces if _weight(one) == weight), key=lambda one: len(_covered(one))):
            if left & _covered(face):
                kept.add(face)
                left -= _covered(face)
    return kept


def _weight(face: str) -> str:
    found = _WEIGHT.search(face)
    return found[1] if found else ""


def _covered(face: str) -> frozenset[int]:
    ranges = _RANGE.search(face)
    covered: set[int] = set()
    for part in ranges[1].split(",") if ranges else ():
        first, _dash, last = part.strip().removeprefix("U+").partition("-")
        covered.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(covered)


_KINDS = {".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}


def _embedded(style: str, url: str) -> str:
    if url.startswith("data:"):
        return f'"{url}"'
    file = static(f"{style.rpartition('/')[0]}/{url}")
    return f"data:{_KINDS[file.suffix]};base64,{base64.b64encode(file.read_bytes()).decode()}"


def _letters(data: Mapping[str, Any]) -> set[int]:
    shown = [data["score"]["texts"], data["texts"], data["helplines"], data["languages"]]
    return {ord(letter) for letter in json.dumps(shown, ensure_ascii=False)}


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()


def _without(data: Mapping[str, Any]) -> str:
    parts = []
    for lang in (one["code"] for one in data["languages"]):
        numbers = [line["number"] or line["sms"] or line["web"] for line in data["helplines"][lang]]
        said = escape(data["texts"][lang]["package"]["without"])
        parts.append(f'<p lang="{lang}">{said} {escape(" · ".join(numbers))}</p>')
    return "".join(parts)
