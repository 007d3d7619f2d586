"""The picture of a story: laid out without overlaps, complete, and red where a rule is broken."""

from __future__ import annotations

import random
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenario.example import CALL
from tests.scenario.random_scenarios import drawn
from typer.testing import CliRunner

from notalone.kit import yamltree
from notalone.scenario.cli import app
from notalone.scenario.core.check import judge
from notalone.scenario.core.compile import compile_scenario
from notalone.scenario.core.load import load
from notalone.scenario.core.picture.layers import Box, Layout, lay_out
from notalone.scenario.core.picture.svg import RED, draw

SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)  # noqa: S314 -- it was drawn here


@st.composite
def stories(draw_from):
    """Return boxes of up to 14 cards whose ports lead anywhere, loops and all."""
    rng = random.Random(draw_from(st.integers(0, 10_000)))
    names = [f"s{number}" for number in range(rng.randint(1, 14))]
    boxes = {}
    for name in names:
        ports = tuple((20.0 + 16 * n, rng.choice(names)) for n in range(rng.randint(0, 4)))
        boxes[name] = Box(200.0, 40.0 + 16 * len(ports), ports)
    return boxes


def overlaps(boxes: dict[str, Box], layout: Layout) -> list[tuple[str, str]]:
    placed = [(name, *layout.corners[name], box.width, box.height) for name, box in boxes.items()]
    return [
        (a[0], b[0])
        for index, a in enumerate(placed)
        for b in placed[index + 1 :]
        if a[1] < b[1] + b[3] and b[1] < a[1] + a[3] and a[2] < b[2] + b[4] - 1e-6 and b[2] < a[2] + a[4] - 1e-6
    ]


@settings(max_examples=150, deadline=None)
@given(stories())
def test_no_two_cards_of_a_layout_overlap_and_all_lie_inside(boxes):
    layout = lay_out(boxes, "s0")
    assert overlaps(boxes, layout) == []
    for name, box in boxes.items():
        x, y = layout.corners[name]
        assert x >= 0
        assert y >= -1e-6
        assert x + box.width <= layout.width + 1e-6
        assert y + box.height <= layout.height + 1e-6


@settings(max_examples=150, deadline=None)
@given(stories())
def test_every_arrow_leaves_at_its_port_and_arrives_at_its_card(boxes):
    layout = lay_out(boxes, "s0")
    for name, box in boxes.items():
        x, y = layout.corners[name]
        assert len(layout.arrows[name]) == len(box.ports)
        for (at, target), points in zip(box.ports, layout.arrows[name], strict=True):
            assert points[0] == (x + box.width, y + at)
            assert points[-1][0] == layout.corners[target][0]
            assert layout.corners[target][1] <= points[-1][1] <= layout.corners[target][1] + boxes[target].height


def test_a_chain_reads_from_left_to_right_on_one_line():
    boxes = {name: Box(100, 40, ((20, to),) if to else ()) for name, to in (("a", "b"), ("b", "c"), ("c", ""))}
    layout = lay_out(boxes, "a")
    assert [layout.corners[name] for name in "abc"] == [(0, 0), (184, 0), (368, 0)]


def test_the_picture_shows_every_scene_and_every_choice_once():
    scenario = drawn(4)[1]
    picture = parsed(draw(compile_scenario(scenario), ()))
    said = [text.text for text in picture.iter(f"{SVG}text")]
    for name, scene in scenario.scenes.items():
        assert said.count(name) == 1
        for choice in scene.choices:
            assert said.count(choice.say.text) == 1


def test_where_every_rule_holds_only_the_legend_is_red():
    scenario, _problems = load(yamltree.parse(CALL, "scenario.yaml"))
    assert scenario is not None
    picture = draw(compile_scenario(scenario), ())
    assert picture.count(RED) == 2
    assert "✓ every rule holds" in picture


def test_the_plays_that_break_a_rule_are_red():
    for seed in range(30):
        case, scenario, _oracle = drawn(seed)
        verdict = judge(yamltree.parse(case.text(), "case.yaml"))
        picture = parsed(draw(compile_scenario(scenario), verdict.violations))
        thick = [one for one in picture.iter(f"{SVG}path") if one.get("marker-end") == "url(#head-red)"]
        steps = {step for one in verdict.violations for step in one.path if step != "<start>"}
        assert len(thick) == len(steps)
        assert all(one.get("stroke") == RED for one in thick)


def test_a_picture_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    file = tmp_path / "scenario.yaml"
    file.write_text(CALL, encoding="utf-8")
    done = CliRunner().invoke(app, ["graph", str(file), "-o", str(tmp_path / "none" / "x.svg")])
    assert done.exit_code == 2
    assert done.stderr == f"{tmp_path / 'none' / 'x.svg'}: This cannot be written: No such file or directory.\n"
