"""What the show's tests share: small patches and cues, and the demo's own."""

from __future__ import annotations

from pathlib import Path

from notalone.kit import yamltree
from notalone.show.core import cues, patch

DEMO = Path(__file__).parents[2] / "content" / "demo"


def a_patch(*fixtures, output=""):
    lines = "\n".join(f"  - {{{fixture}}}" for fixture in fixtures)
    return patch.from_tree(yamltree.parse(f"fixtures:\n{lines}\n{output}", "patch.yaml"))


def row_of_pars(count, place=None, universe=1, first=1, prefix="p"):
    where = f", place: {place}" if place else ""
    return [
        f"id: {prefix}{i}, profile: generic/rgb, universe: {universe}, address: {first + 3 * i}, at: [{i}, 0, 0]{where}"
        for i in range(count)
    ]


def cues_of(text):
    return cues.from_tree(yamltree.parse(text, "cues.yaml"))


def demo_patch():
    return patch.load(DEMO / "patch.yaml")


def demo_cues():
    return cues.load(DEMO / "cues.yaml")
