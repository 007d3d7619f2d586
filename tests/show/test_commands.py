"""``notalone show limit``, ``audit`` and ``render`` as people call them."""

from __future__ import annotations

import json

import numpy as np
import pytest
from show_making import DEMO
from typer.testing import CliRunner

from notalone.show.cli import app

ONE = "fixtures: [{id: par1, profile: generic/rgb, universe: 1, address: 1, at: [0, 0, 0]}]"
PATCH = str(DEMO / "patch.yaml")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "patch.yaml").write_text(ONE)
    strobe = np.zeros((132, 1, 512), np.uint8)
    strobe[::4, 0, :3] = 255
    np.save(tmp_path / "strobe.npy", strobe)
    np.save(tmp_path / "still.npy", np.full((60, 1, 512), 77, np.uint8))
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_audit_counts_and_exits_1_where_frames_are_not_legal(folder):
    done = run("audit", folder / "strobe.npy", "--patch", folder / "patch.yaml", "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {
        "general": 11,
        "red": 0,
        "worst": {"fixture": "par1", "frame": 44, "unit": "cell 1"},
        "held": [],
        "legal": False,
    }


def test_limit_makes_frames_legal_and_audit_exits_0(folder):
    patch = folder / "patch.yaml"
    assert run("limit", folder / "strobe.npy", "--patch", patch, "-o", folder / "out.npy").exit_code == 0
    out = np.load(folder / "out.npy")
    assert (out.dtype, out.shape) == (np.uint8, (132, 1, 512))
    done = run("audit", folder / "out.npy", "--patch", patch, "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["legal"] is True
    assert run("audit", folder / "out.npy", "--patch", patch).stdout.startswith("legal: at most 3 flashes")


def test_limit_leaves_legal_frames_bit_for_bit(folder):
    patch = folder / "patch.yaml"
    assert run("limit", folder / "still.npy", "--patch", patch, "-o", folder / "out.npy").exit_code == 0
    assert (folder / "out.npy").read_bytes() == (folder / "still.npy").read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "part"),
    [
        ("text.npy", b"not numpy", "cannot be read"),
        ("empty.npy", b"", "cannot be read"),
        ("missing.npy", None, "cannot be read"),
        ("float.npy", np.zeros((3, 1, 512)), "not float64 of shape (3, 1, 512)"),
        ("shape.npy", np.zeros((3, 2, 512), np.uint8), "must be uint8 of shape (frames, 1, 512)"),
        ("object.npy", np.array([{}], object), "cannot be read"),
    ],
)
def test_frames_that_cannot_be_read_exit_2_with_one_sentence(folder, name, content, part):
    if isinstance(content, bytes):
        (folder / name).write_bytes(content)
    elif content is not None:
        np.save(folder / name, content)
    for arguments in (("audit",), ("limit", "-o", folder / "out.npy")):
        done = run(arguments[0], folder / name, "--patch", folder / "patch.yaml", *arguments[1:])
        assert done.exit_code == 2
        assert part in done.output
        assert "Traceback" not in done.output


def test_a_patch_that_cannot_be_read_exits_2(folder):
    (folder / "patch.yaml").write_text(ONE.replace("generic/rgb,", "generic/rgx,"))
    done = run("audit", folder / "still.npy", "--patch", folder / "patch.yaml")
    assert done.exit_code == 2
    assert "patch.yaml:1:" in done.output
    assert "Did you mean “generic/rgb" in done.output
    assert run("audit", folder / "still.npy", "--patch", folder / "none.yaml").exit_code == 2


def test_an_output_that_cannot_be_written_exits_2(folder):
    done = run("limit", folder / "still.npy", "--patch", folder / "patch.yaml", "-o", folder / "no" / "out.npy")
    assert done.exit_code == 2
    assert "cannot be written" in done.output


def test_a_timeline_renders_the_same_legal_frames_every_time(tmp_path):
    story = [
        {"at": 0.5, "cue": "unease", "place": "exhibition-hall"},
        {"at": 2, "cue": "pressure", "place": "exhibition-hall", "level": 0.8},
        {"at": 4, "calm": True},
        {"at": 4.5, "stop": "pressure"},
        {"at": 5, "cue": "brick"},
        {"at": 6, "blackout": True},
    ]
    (tmp_path / "story.json").write_text(json.dumps(story))
    for name in ("a.npy", "b.npy"):
        done = run("render", tmp_path / "story.json", "--patch", PATCH, "-o", tmp_path / name, "--seconds", "7")
        assert done.exit_code == 0, done.output
    frames = np.load(tmp_path / "a.npy")
    assert (tmp_path / "a.npy").read_bytes() == (tmp_path / "b.npy").read_bytes()
    assert frames.shape == (308, 5, 512)
    assert frames[100:200].any()
    assert run("audit", tmp_path / "a.npy", "--patch", PATCH).exit_code == 0
    light = np.load(tmp_path / "a.npy")[270:]
    light[:, 0, [36, 38, 47, 49]] = 0  # the heads' pan and tilt stand at their defaults
    light[:, 4, [40, 42, 51, 53, 62, 64, 73, 75]] = 0
    assert not light.any()


@pytest.mark.parametrize(
    ("story", "part"),
    [
        ("{", "story.json:1:2: This is not JSON"),
        ("{}", "A timeline is a list"),
        ('[{"at": 1, "cue": "uneese"}]', "Entry 1: the cue “uneese” does not exist. Did you mean “unease”?"),
        ('[{"at": 1, "cue": "unease", "place": "main-stag"}]', "Did you mean “main-stage”?"),
        ('[{"at": -1, "cue": "unease"}]', "“at” must be a number from 0"),
        ('[{"at": NaN, "cue": "unease"}]', "“at” must be a number from 0"),
        ('[{"at": 1, "queue": "unease"}]', "Did you mean “cue”?"),
        ('[{"at": 1}]', "needs one of"),
        ("[3]", "must be an object"),
    ],
)
def test_a_timeline_that_cannot_be_read_exits_2(tmp_path, story, part):
    (tmp_path / "story.json").write_text(story)
    done = run("render", tmp_path / "story.json", "--patch", PATCH, "-o", tmp_path / "out.npy")
    assert done.exit_code == 2
    assert part in done.output
