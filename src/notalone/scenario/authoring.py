"""Files that authors are given: a scenario made out of another tool's story."""

from __future__ import annotations

from pathlib import Path

from notalone.kit.names import is_id
from notalone.kit.problems import CannotRead, Problem
from notalone.scenario.core.twee import read_twee, write_scenario
from notalone.scenario.queries import FILE


def import_twee(story: Path, folder: Path) -> tuple[Path, tuple[Problem, ...]]:
    """Write the scenario of a Twee 3 file into a folder; its id is the folder's name.

    Returns:
        The file written, and what could not be taken over.

    Raises:
        CannotRead: the story cannot be read, the folder's name is no id, or a scenario stands there already.
    """
    name = folder.resolve().name
    if not is_id(name):
        said = f"“{name}” cannot be a scenario's id; name the folder with small letters, digits and hyphens."
        raise CannotRead(Problem(str(folder), 0, 0, said))
    file = folder / FILE
    if file.exists():
        raise CannotRead(Problem(str(file), 0, 0, "There is a scenario already; say another folder with -o."))
    try:
        text = story.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CannotRead(Problem(str(story), 0, 0, "The story is not UTF-8 text.")) from error
    except OSError as error:
        raise CannotRead(Problem(str(story), 0, 0, f"The story cannot be read: {error.strerror}.")) from error
    read = read_twee(text, str(story))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(write_scenario(read, name), encoding="utf-8")
    except OSError as error:
        raise CannotRead(Problem(str(file), 0, 0, f"This cannot be written: {error.strerror}.")) from error
    return file, read.problems
