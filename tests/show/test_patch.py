"""Patches: what is read, and what is said of what cannot be."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from show_making import a_patch, demo_patch

from notalone.kit import yamltree
from notalone.kit.problems import CannotRead
from notalone.show.core import audit, patch
from notalone.show.core.profiles import LUMINANCE, PROFILES

FIXTURES = Path(__file__).parents[2] / "docs" / "fixtures.md"


def said(*fixtures, output=""):
    with pytest.raises(CannotRead) as caught:
        a_patch(*fixtures, output=output)
    return str(caught.value)


def test_a_patch_is_read_and_its_universes_keep_the_order_of_the_file():
    own = a_patch(
        "id: a, profile: generic/rgb, universe: 7, address: 510, at: [0, 1, 2.5], area: left, place: hall",
        "id: b, profile: generic/pixel-bar-8, universe: 3, address: 1, at: [1, 0, 0]",
        output='output: {sacn: {unicast: ["10.0.0.1"], multicast: true, priority: 120}}',
    )
    assert own.universes == (7, 3)
    assert own.areas == ("left", "all")
    assert own.places == ("hall",)
    assert own.fixtures[0].at == (0.0, 1.0, 2.5)
    assert own.fixtures[1].to == (2.0, 0.0, 0.0)
    assert [own.slot(fixture) for fixture in own.fixtures] == [509, 512]
    assert own.output == patch.SacnOutput(("10.0.0.1",), True, 120)


def test_an_overlap_names_both_fixtures_the_channel_and_the_line():
    message = said(
        "id: a, profile: generic/rgbw, universe: 1, address: 1, at: [0, 0, 0]",
        "id: b, profile: generic/rgb, universe: 1, address: 4, at: [0, 0, 0]",
    )
    assert message == "patch.yaml:3:5: Fixture “b” overlaps “a” at universe 1, channel 4."


def test_a_fixture_past_channel_512_is_told_its_last_address():
    message = said("id: a, profile: generic/pixel-bar-8, universe: 1, address: 490, at: [0, 0, 0]")
    assert "patch.yaml:2:" in message
    assert "24 channels from 490; the last address it can have is 489." in message


def test_an_unknown_profile_is_told_the_nearest():
    message = said("id: a, profile: generic/rgbb, universe: 1, address: 1, at: [0, 0, 0]")
    assert "The profile “generic/rgbb” does not exist. Did you mean “generic/rgb" in message


@pytest.mark.parametrize(
    ("fixture", "part"),
    [
        ("id: a, profile: generic/rgb, universe: 0, address: 1, at: [0, 0, 0]", "universe must be a whole number"),
        ("id: a, profile: generic/rgb, universe: 1, address: 0, at: [0, 0, 0]", "address must be a whole number"),
        ("id: a, profile: generic/rgb, universe: 1, address: 1, at: [0, 0]", "three numbers in metres"),
        ("id: a, profile: generic/rgb, universe: 1, adress: 1, at: [0, 0, 0]", "Did you mean “address”?"),
        ("id: A b, profile: generic/rgb, universe: 1, address: 1, at: [0, 0, 0]", "is not a name"),
        ("id: a, profile: [1], universe: 1, address: 1, at: [0, 0, 0]", "must be a text"),
    ],
)
def test_what_is_wrong_with_a_fixture_is_said_in_a_sentence(fixture, part):
    assert part in said(fixture)


def test_the_same_id_twice_and_an_empty_patch_are_refused():
    one = "id: a, profile: generic/dimmer, universe: 1, address: {}, at: [0, 0, 0]"
    assert "The fixture id “a” stands here twice." in said(one.format(1), one.format(2))
    with pytest.raises(CannotRead, match="needs at least one fixture"):
        patch.from_tree(yamltree.parse("fixtures: []", "x"))


def test_the_demo_has_light_at_every_place_of_the_festival():
    assert set(demo_patch().places) == {"exhibition-hall", "experience-area", "talent-stage", "main-stage"}


def test_the_documentation_lists_every_channel_and_default_as_the_code_has_them():
    told = {}
    for name, numbers, does, default in re.findall(
        r"^\| `(generic/[\w-]+)` \| ([\d, ]+) \| (.+?) \| (.+?) \|$", FIXTURES.read_text("utf-8"), re.MULTILINE
    ):
        channels = [int(number) for number in numbers.split(",")]
        spread = re.fullmatch(r"(\w+) 1 to \1 8", does)
        names = [f"{spread[1]} {i}" for i in range(1, 9)] if spread else [re.sub(r" \(.*", "", does)]
        for channel, one in zip(channels, names, strict=True):
            told[name, channel] = (one, int(default.split(",")[0]), "held" in default)
    assert told == {
        (profile.name, offset + 1): (channel, profile.defaults[offset], offset in profile.held)
        for profile in PROFILES.values()
        for offset, channel in enumerate(profile.channels)
    }


def test_the_documented_luminance_is_what_the_judge_sees():
    text = FIXTURES.read_text("utf-8")
    for name, value in LUMINANCE.items():
        assert f"{name} {value:.4f}" in text
    for profile, level, expected in [
        ("generic/rgba", (0, 0, 0, 255), LUMINANCE["amber"]),
        ("generic/rgbw", (0, 0, 0, 255), LUMINANCE["white"]),
        ("generic/rgbw", (255, 255, 255, 255), 1.0),
        ("generic/rgb", (0, 255, 0), LUMINANCE["green"]),
        ("generic/dimmer", (51,), 0.2),
        ("generic/moving-head", (0, 0, 0, 0, 128, 0, 255, 0, 0, 0, 0), LUMINANCE["red"] * 128 / 255),
    ]:
        channels = np.array([level], np.uint8)
        light = audit.cell_light(channels, PROFILES[profile].cells[0])
        assert audit.luminance_of(light)[0] / audit.FULL_LUMINANCE == pytest.approx(expected, abs=1e-12)
