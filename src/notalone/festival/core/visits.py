"""What a station may send: moments that fit the station's scenario and the clock.

A scenario comes as its score (docs/developers/house.md), so that what is accepted is what can be played.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from notalone.festival.core.values import Festival, Station
from notalone.kit.moments import (
    ChoiceMade,
    EndingReached,
    FlagSeen,
    Moment,
    MomentError,
    RunStarted,
    SceneEntered,
)
from notalone.kit.names import nearest
from notalone.kit.time import Duration, Instant

AHEAD = Duration(5 * 60_000)
BEHIND = Duration(48 * 3_600_000)
TIMEOUT = -1

Visit = RunStarted | SceneEntered | FlagSeen | ChoiceMade | EndingReached
Score = Mapping[str, Any]

_RUN = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_HASH = re.compile(r"[0-9a-f]{8,64}\Z")


def visit(moment: Moment) -> Visit:
    """Return the moment as one that a visitor makes.

    Raises:
        MomentError: a moment of this type is made by the house alone.
    """
    if not isinstance(moment, Visit):
        raise MomentError(f"a station does not send moments of type {moment.type}")
    return moment


def station_of(moment: Visit, festival: Festival) -> Station:
    """Return the station where the moment happened.

    Raises:
        MomentError: there is no such station, or it plays another scenario.
    """
    station = festival.stations.get(moment.where)
    if station is None:
        raise MomentError(f"there is no station {moment.where!r}{_hint(moment.where, festival.stations)}")
    if moment.scenario != station.scenario:
        raise MomentError(f"the station {station.id} plays {station.scenario}, not {moment.scenario!r}")
    return station


def check_time(moment: Visit, now: Instant) -> None:
    """Refuse a moment from the future or from too long ago.

    Raises:
        MomentError: it is more than five minutes ahead of ``now`` or more than 48 hours behind.
    """
    if moment.at > now + AHEAD:
        raise MomentError(f"the time {moment.at} is in the future: set the station's clock")
    if moment.at + BEHIND < now:
        raise MomentError(f"the time {moment.at} is more than 48 hours ago")


def check_story(moment: Visit, score: Score, festival: Festival) -> None:
    """Refuse a moment that cannot happen in the scenario.

    Raises:
        MomentError: a scene, flag, choice, ending, cue or language that the score does not have.
    """
    if not _RUN.match(moment.run):
        raise MomentError("the field 'run' is not made of 1 to 64 letters, digits, - and _")
    if isinstance(moment, RunStarted):
        if moment.lang not in festival.languages:
            raise MomentError(f"the language {moment.lang!r} is not one of {', '.join(festival.languages)}")
        if not _HASH.match(moment.score):
            raise MomentError("the field 'score' is not the hash of a score")
        return
    scenes: Mapping[str, Any] = score["scenes"]
    if moment.scene not in scenes:
        raise MomentError(f"there is no scene {moment.scene!r}{_hint(moment.scene, scenes)}")
    scene = scenes[moment.scene]
    match moment:
        case SceneEntered():
            _scene(moment, scene)
        case FlagSeen():
            _flag(moment, scene, score)
        case ChoiceMade():
            _choice(moment, scene)
        case EndingReached():
            if scene["ending"] is None or moment.ending != scene["ending"]:
                raise MomentError(f"the scene {moment.scene} does not end {moment.ending!r}")


def _scene(moment: SceneEntered, scene: Mapping[str, Any]) -> None:
    if moment.cue != (scene["cue"] or "") or moment.intensity != scene["intensity"]:
        raise MomentError(f"the scene {moment.scene} has another cue or intensity")


def _flag(moment: FlagSeen, scene: Mapping[str, Any], score: Score) -> None:
    if moment.flag not in score["flags"]:
        raise MomentError(f"there is no flag {moment.flag!r}{_hint(moment.flag, score['flags'])}")
    if all(moment.flag not in line["flags"] for line in scene["lines"]):
        raise MomentError(f"the scene {moment.scene} does not show the flag {moment.flag}")


def _choice(moment: ChoiceMade, scene: Mapping[str, Any]) -> None:
    choices = scene["choices"]
    if moment.choice == TIMEOUT:
        if scene["timeout"] is None:
            raise MomentError(f"the scene {moment.scene} has no timeout")
        if moment.risk or moment.skill:
            raise MomentError("a timeout has neither risk nor skill")
        return
    if not 0 <= moment.choice < len(choices):
        raise MomentError(f"the scene {moment.scene} has no choice {moment.choice}")
    choice = choices[moment.choice]
    if moment.risk != choice["risk"] or moment.skill != choice["skill"]:
        raise MomentError(f"the choice {moment.choice} of the scene {moment.scene} has another risk or skill")


def _hint(name: str, known: Mapping[str, object]) -> str:
    near = nearest(name[:100], known)
    return f"; did you mean {near!r}?" if near else ""
