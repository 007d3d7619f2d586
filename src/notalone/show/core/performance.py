"""The show as it is played: moments and desk in, limited frames out, one every 1/44 s."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from notalone.kit.moments import CueFired, Moment, SceneEntered
from notalone.kit.time import Duration, Instant, ShowTime
from notalone.show.core import engine, timeline
from notalone.show.core.cues import Cue
from notalone.show.core.engine import Event, SetDesk, StartCue
from notalone.show.core.light import FULL, Levels
from notalone.show.core.limiter import Limiter
from notalone.show.core.patch import Patch
from notalone.show.core.render import Renderer

TOO_OLD: Final = Duration(2000)
SCENE: Final = "scene"


@dataclass(frozen=True, slots=True)
class CueMap:
    """Which cue answers which type of moment (``scene``: the cue that the scene names), and where stations are."""

    by_type: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


def event_of(moment: Moment, cue_map: CueMap, now: Instant) -> StartCue | None:
    """Return the cue that a moment fires, or None; what happened more than 2 s ago fires none."""
    if now.since(moment.at) > TOO_OLD:
        return None
    if isinstance(moment, CueFired):
        return StartCue(moment.cue, moment.place or None, moment.level)
    cue = cue_map.by_type.get(moment.type, "")
    if cue == SCENE:
        cue = moment.cue if isinstance(moment, SceneEntered) else ""
    return StartCue(cue, cue_map.places.get(moment.where)) if cue else None


def read_desk(value: object) -> SetDesk | None:
    """Return the desk that a published value says, or None where it is not one."""
    if not isinstance(value, Mapping):
        return None
    master, blackout, calm = value.get("master"), value.get("blackout"), value.get("calm")
    if isinstance(master, bool) or not isinstance(master, int | float) or not 0 <= master <= 1:
        return None
    if not isinstance(blackout, bool) or not isinstance(calm, bool):
        return None
    return SetDesk(float(master), blackout, calm)


def desk_value(desk: SetDesk) -> dict[str, object]:
    """Return the JSON form of the desk."""
    return {"master": desk.master, "blackout": desk.blackout, "calm": desk.calm}


class Performance:
    """Holds the state of a running show; time is its own count of frames."""

    def __init__(self, patch: Patch, cues: Mapping[str, Cue], desk: SetDesk | None = None) -> None:
        self.patch = patch
        self.cues = cues
        self.frame = 0
        self.renderer = Renderer(patch, cues)
        self.limiter = Limiter(patch, after_unknown=True)
        self.state = engine.begin(cues, ShowTime(0))
        if desk is not None:
            self.handle(desk)

    @property
    def now(self) -> ShowTime:
        """Return the show time of the coming frame."""
        return timeline.show_time(self.frame)

    def handle(self, event: Event) -> None:
        """Take in an event; it shows from the coming frame on.

        A cue that knows no place and has none of its own is not started: light that nobody asked for at a
        station must not come on at all of them.
        """
        if isinstance(event, StartCue) and event.place is None:
            cue = self.cues.get(event.cue)
            if cue is None or (cue.at is None and cue.scope == "place"):
                return
        self.state = engine.step(self.cues, self.state, event, self.now)

    def next_frame(self, skipped: int = 0) -> Levels:
        """Return the coming frame as it may go out, after the limiter; ``skipped`` frames never happened."""
        self.frame += skipped
        now = self.now
        self.state = engine.settle(self.cues, self.state, now)
        out = self.limiter.step(self.renderer.render(self.state, now))
        self.frame += 1
        return out

    def cells(self) -> bytes:
        """Return what is on the wire as colours: ``show/frame``'s payload.

        Little-endian uint32 frame number, uint16 number of cells, then for each cell in the patch's order three
        bytes of linear red, green and blue.
        """
        last = self.limiter.last
        if last is None:
            return struct.pack("<IH", self.frame & 0xFFFFFFFF, 0)
        rgb = last.rgb[:, self.limiter.wiring.in_patch_order]
        levels = np.minimum(rgb * 255 // FULL, 255).astype(np.uint8)
        return struct.pack("<IH", self.frame & 0xFFFFFFFF, levels.shape[1]) + levels.T.tobytes()

    def snapshot(self) -> dict[str, object]:
        """Return what ``show/state`` tells of cues, desk and limiter."""
        places = {}
        for place in self.patch.places:
            here = self.state.at_place(place, self.now)
            names = list(dict.fromkeys(one.cue for one in here))
            places[place] = {"cue": names[-1] if names else "", "running": names}
        return {
            "places": places,
            "desk": desk_value(self.state.desk),
            "limiter": {"holding": self.limiter.held_back},
        }
