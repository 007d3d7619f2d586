"""The house's own catalogues: one a room and language, extracted by gettext and compiled without it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

HOUSE = Path(__file__).parents[1]
LANGS = ("vi", "de")
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")


def catalogues() -> Iterator[Path]:
    """Yield every room's ``.po`` file."""
    yield from sorted(HOUSE.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Compile each catalogue that is newer than its ``.mo`` file; return how many were compiled."""
    done = 0
    for path in catalogues():
        out = path.with_suffix(".mo")
        if out.exists() and out.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        fresh = out.with_suffix(f".{os.getpid()}")
        polib.pofile(str(path), encoding="utf-8").save_as_mofile(str(fresh))
        fresh.replace(out)
        done += 1
    return done


def extract(room: Path) -> None:
    """Bring a room's catalogues up to date with its sources.

    Raises:
        RuntimeError: gettext is not installed, or it cannot read a source.
    """
    if shutil.which("xgettext") is None:
        raise RuntimeError("gettext is not installed: apt-get install gettext")
    for lang in LANGS:
        (room / "locale" / lang / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--no-location", "--no-wrap", "--no-obsolete"]
    command += [part for lang in LANGS for part in ("-l", lang)]
    ran = subprocess.run(
        command,
        cwd=room,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "notalone.project.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise RuntimeError(f"{room.name}: {ran.stderr.strip()}")
    for lang in LANGS:
        _tidy(room / "locale" / lang / "LC_MESSAGES" / "django.po", lang)


def _tidy(path: Path, lang: str) -> None:
    if not path.exists():
        return
    catalogue = polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
    if not len(catalogue):
        path.unlink()
        return
    plural = "nplurals=1; plural=0;" if lang == "vi" else "nplurals=2; plural=(n != 1);"
    catalogue.metadata = {
        "Language": lang,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural,
    }
    catalogue.header = f"Not Alone: {path.parents[3].name} in {lang}"
    catalogue.save(str(path))


def problems(path: Path) -> list[str]:
    """Return what is missing, fuzzy or has other placeholders in a catalogue, a sentence each."""
    out = []
    for entry in polib.pofile(str(path), encoding="utf-8"):
        said = f"{path.relative_to(HOUSE)}:{entry.linenum}: “{entry.msgid}”"
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            out.append(f"{said} is fuzzy.")
        elif not texts or not all(texts):
            out.append(f"{said} is not translated.")
        else:
            wanted = set(_PLACEHOLDER.findall(entry.msgid + (entry.msgid_plural or "")))
            if any(not set(_PLACEHOLDER.findall(text)) <= wanted for text in texts) or (
                wanted - set(_PLACEHOLDER.findall("".join(texts)))
            ):
                out.append(f"{said} has other placeholders than its source.")
    return out
