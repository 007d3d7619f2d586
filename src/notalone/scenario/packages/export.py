"""Makes a package of a scenario: one page for a USB stick, or a zip for a learning platform."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import normalize

import django
from django.utils.translation import get_language_info, override

from notalone.kit.names import nearest
from notalone.kit.problems import CannotRead, Problem
from notalone.scenario import queries
from notalone.scenario.packages import manifests, zips
from notalone.scenario.packages.helping import Help
from notalone.scenario.packages.page import icons, page
from notalone.scenario.packages.phrases import package

FORMAT = "notalone/package-1"
KINDS = ("html", "scorm12", "cmi5")
SUFFIX = {"html": ".html", "scorm12": ".zip", "cmi5": ".zip"}


def kind_of(name: str) -> str:
    """Return a format that there is.

    Raises:
        CannotRead: there is none of that name.
    """
    if name not in KINDS:
        said = f"There is no format “{name}”. Known: {', '.join(KINDS)}."
        raise CannotRead(Problem("--format", 0, 0, said, nearest(name, KINDS)))
    return name


def free(out: Path, kind: str, *, overwrite: bool) -> Path:
    """Return the file to write.

    Raises:
        CannotRead: its folder does not exist, it is a folder, or it exists and may not be written over.
    """
    if out.is_dir():
        said = f"This is a folder; name the file, such as “{out / ('story' + SUFFIX[kind])}”."
    elif not out.parent.is_dir():
        said = f"There is no folder “{out.parent}”."
    elif out.exists() and not overwrite:
        said = "This file exists already; say --overwrite to replace it."
    else:
        return out
    raise CannotRead(Problem(str(out), 0, 0, said))


def write(out: Path, content: bytes) -> None:
    """Write a package as a whole.

    Raises:
        CannotRead: it cannot be written there.
    """
    beside = out.with_name(f".{out.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CannotRead(Problem(str(out), 0, 0, f"This cannot be written: {error.strerror}.")) from error


def export(path: Path, kind: str, langs: tuple[str, ...], helping: Help, *, proved: bool = True) -> bytes:
    """Return the package of a scenario file; the same scenario, helplines and program give the same bytes.

    ``proved`` says that every rule held; where not, the first screen says so too.

    Raises:
        CannotRead: the file or a catalogue cannot be read, is not well formed, or has too many states.
    """
    score = queries.score(path, langs)
    data = contents(kind, score, langs, helping, proved=proved)
    whole = page(kind, data)
    if kind == "html":
        return whole.encode("utf-8")
    if kind == "scorm12":
        return zips.zipped({"imsmanifest.xml": manifests.scorm12(score, langs), manifests.PAGE: whole})
    about = {lang: data["texts"][lang]["package"]["told"] for lang in langs}
    return zips.zipped({"cmi5.xml": manifests.cmi5(score, langs, about), manifests.PAGE: whole})


def contents(
    kind: str, score: Mapping[str, Any], langs: tuple[str, ...], helping: Help, *, proved: bool
) -> dict[str, Any]:
    """Return what lies in the page of a package, as JSON (``notalone/package-1``)."""
    django.setup()
    texts = {}
    for lang in langs:
        with override(lang):
            texts[lang] = {"package": package(), **queries.phrases()}
    return {
        "format": FORMAT,
        "kind": kind,
        "activity": manifests.activity(score),
        "score": score,
        "languages": [{"code": lang, "name": _own_name(lang)} for lang in langs],
        "texts": texts,
        "helplines": {lang: [dict(line) for line in helping.lines.get(lang, ())] for lang in langs},
        "festival": helping.festival,
        "icons": icons(),
        "proved": proved,
    }


def _own_name(lang: str) -> str:
    try:
        return normalize("NFC", get_language_info(lang)["name_local"])
    except KeyError:
        return lang
