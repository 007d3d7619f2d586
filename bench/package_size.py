"""How large a story is that is handed out: each format of the demo's scenarios, and what the page is made of."""

from __future__ import annotations

import gzip
import re
import statistics
from pathlib import Path

import django

ROOT = Path(__file__).parents[1]
STORIES = ROOT / "content" / "demo" / "scenarios"
NOTE = (
    "Every scenario of the demo in all its languages, with the festival's helplines. The parts are those of the HTML "
    "page; fonts are counted as they lie in it, in base64. Compressed: gzip, as a server would send the page."
)


def run() -> list[dict[str, object]]:
    """Return the rows of the bench."""
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "notalone.project.settings")
    django.setup()
    from notalone.project.handing_out import help_for
    from notalone.scenario import queries
    from notalone.scenario.packages.export import KINDS, export

    sizes: dict[str, list[float]] = {}
    for file in queries.find_scenarios(STORIES):
        langs = queries.languages_of(file)
        for kind in KINDS:
            content = export(file, kind, langs, help_for(file, langs))
            sizes.setdefault(f"package, {kind}", []).append(len(content) / 1000)
            if kind == "html":
                for name, size in _parts(content).items():
                    sizes.setdefault(name, []).append(size / 1000)
    return [
        {"what": what, "unit": "kB", "min": min(found), "median": statistics.median(found), "max": max(found)}
        for what, found in sizes.items()
    ]


def _parts(content: bytes) -> dict[str, int]:
    text = content.decode("utf-8")
    fonts = re.findall(r"data:font/woff2;base64,[A-Za-z0-9+/=]+", text)
    script = re.search(r"<script>(.*?)</script>", text, re.S)
    story = re.search(r'id="package">(.*?)</script>', text, re.S)
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    assert script
    assert story
    assert style
    return {
        "html, compressed": len(gzip.compress(content, 6, mtime=0)),
        "html, of it fonts": sum(map(len, fonts)),
        "html, of it script": len(script[1].encode()),
        "html, of it story and texts": len(story[1].encode()),
        "html, of it styles without fonts": len(style[1].encode()) - sum(map(len, fonts)),
    }
