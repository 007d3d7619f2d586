"""``notalone show``: limit, audit and render frames; check the festival's light.

``run`` is added by ``add_run``, because which cue answers which moment is told by the festival above this room.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NoReturn

import numpy as np
import typer

from notalone.kit.problems import CannotRead
from notalone.show.core import audit as judge
from notalone.show.core import cues as cue_files
from notalone.show.core import limiter, timeline
from notalone.show.core import patch as patches
from notalone.show.core.light import Levels
from notalone.show.core.patch import CHANNELS, Patch

app = typer.Typer(no_args_is_help=True, help="Light: cues, frames, and the limits they keep.")
PatchFile = Annotated[Path, typer.Option("--patch", help="The patch: which fixture is where.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="The file to write.")]


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _patch(path: Path) -> Patch:
    try:
        return patches.load(path)
    except CannotRead as error:
        _stop(str(error))


def _frames(path: Path, patch: Patch) -> Levels:
    try:
        frames = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        said = str(error).strip().splitlines()
        _stop(f"{path}: The frames cannot be read: {said[0] if said else 'no NumPy array in it'}.")
    wanted = (len(patch.universes), CHANNELS)
    if not isinstance(frames, np.ndarray):
        _stop(f"{path}: The file holds several arrays; save one with numpy.save.")
    if frames.dtype != np.uint8 or frames.ndim != 3 or frames.shape[1:] != wanted:
        _stop(
            f"{path}: Frames must be uint8 of shape (frames, {wanted[0]}, {wanted[1]}) for this patch, "
            f"not {frames.dtype} of shape {frames.shape}."
        )
    return frames


def _save(path: Path, frames: Levels) -> None:
    try:
        with path.open("wb") as file:
            np.save(file, frames)
    except OSError as error:
        _stop(f"{path}: The frames cannot be written: {error.strerror}.")


@app.command("limit")
def limit(
    frames: Annotated[Path, typer.Argument(metavar="IN.npy", help="uint8 (frames, universes, 512), 44 a second.")],
    patch: PatchFile,
    output: Output,
) -> None:
    """Let frames through the safety limiter, as the show does before every wire."""
    own = _patch(patch)
    _save(output, limiter.limit(_frames(frames, own), own))


@app.command("audit")
def audit(
    frames: Annotated[Path, typer.Argument(metavar="FRAMES.npy", help="uint8 (frames, universes, 512).")],
    patch: PatchFile,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Count the flashes in frames; exit 1 where there are more than three in a second."""
    own = _patch(patch)
    verdict = judge.audit(_frames(frames, own), own)
    if as_json:
        typer.echo(json.dumps(verdict.as_json()))
    else:
        typer.echo(f"{'legal' if verdict.legal else 'not legal'}: at most {verdict.general} flashes and ", nl=False)
        typer.echo(f"{verdict.red} red flashes in any second")
        if verdict.worst is not None:
            worst = verdict.worst
            typer.echo(f"most at {worst.fixture} ({worst.unit}), frame {worst.frame}")
        for channel in verdict.held:
            typer.echo(f"moves though it must be held: {channel}")
    if not verdict.legal:
        raise typer.Exit(1)


@app.command("render")
def render(
    file: Annotated[Path, typer.Argument(metavar="TIMELINE.json", help='[{"at": seconds, "cue": name, ...}]')],
    patch: PatchFile,
    output: Output,
    cues: Annotated[Path | None, typer.Option("--cues", help="The cues; beside the patch where left out.")] = None,
    seconds: Annotated[float | None, typer.Option("--seconds", min=0, max=timeline.LONGEST)] = None,
) -> None:
    """Render a timeline to the frames that would go out, after the limiter."""
    own = _patch(patch)
    try:
        known = cue_files.load(cues or patch.parent / "cues.yaml")
        entries = timeline.read(json.loads(file.read_text("utf-8")), known, own)
    except CannotRead as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{file}: The timeline cannot be read: {error.strerror}.")
    except json.JSONDecodeError as error:
        _stop(f"{file}:{error.lineno}:{error.colno}: This is not JSON: {error.msg}.")
    except (timeline.TimelineError, UnicodeDecodeError, RecursionError) as error:
        _stop(f"{file}: {error}")
    length = timeline.length(entries) if seconds is None else seconds
    _save(output, timeline.render(entries, known, own, length))


def add_run(run: Callable[[], None]) -> None:
    """Add the command ``run``, which starts the process; the project hands in how."""

    @app.command("run")
    def _run() -> None:
        """Run the 44 Hz loop: cues, frames, limits, wires."""
        run()
