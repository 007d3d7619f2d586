"""The show as it is played, the loop's clock, and the real process beside a real live."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path

import numpy as np
import pytest
from sacn.messages.data_packet import DataPacket
from show_making import DEMO, a_patch, cues_of, demo_cues, demo_patch, row_of_pars

from notalone.kit import system
from notalone.kit.moments import BrickLaid, CueFired, EndingReached, SceneEntered, to_json
from notalone.kit.time import Duration
from notalone.live import queries as live
from notalone.live.client import LiveClient
from notalone.live.config import Config
from notalone.live.core.origins import Origins
from notalone.live.server import Server
from notalone.show import link
from notalone.show.core import audit
from notalone.show.core.engine import SetDesk, StartCue
from notalone.show.core.performance import CueMap, Performance, event_of, read_desk
from notalone.show.link import Link, Memory
from notalone.show.process import FrameLoop, targets
from notalone.show.wire.sacn import Target
from notalone.show.wire.wires import Recording

MAP = CueMap(
    {"scene-entered": "scene", "ending-reached": "relief", "brick-laid": "brick"}, {"the-call": "exhibition-hall"}
)


def a_moment(moment, where="the-call", age=0, **fields):
    at = system.now() + Duration(-age)
    return moment(id=system.new_id(), at=at, where=where, **fields)


def scene(cue="unease", **more):
    return a_moment(SceneEntered, run="r", scenario="s", scene="call", cue=cue, intensity=1, **more)


def fires(moment):
    return event_of(moment, MAP, system.now())


def test_a_scene_fires_its_own_cue_at_the_place_of_its_station():
    assert fires(scene("pressure")) == StartCue("pressure", "exhibition-hall")
    assert fires(scene("")) is None


def test_an_ending_and_a_brick_fire_the_cues_that_the_festival_names():
    ending = a_moment(EndingReached, run="r", scenario="s", scene="told", ending="safe")
    assert fires(ending) == StartCue("relief", "exhibition-hall")
    brick = a_moment(BrickLaid, "wall", brick="b", text="x", lang="vi", kind="own")
    assert fires(brick) == StartCue("brick", None)


def test_a_person_fires_a_cue_where_they_say():
    assert fires(a_moment(CueFired, "desk", cue="relief", place="main-stage", level=0.5)) == StartCue(
        "relief", "main-stage", 0.5
    )


def test_a_moment_more_than_two_seconds_old_fires_nothing():
    assert fires(scene(age=1500)) is not None
    assert fires(scene(age=2500)) is None


def test_a_cue_from_an_unknown_station_lights_nobody_elses_place():
    show = Performance(demo_patch(), demo_cues())
    before = show.state.running
    show.handle(StartCue("pressure", None))
    assert show.state.running == before
    show.handle(StartCue("brick", None))
    assert show.state.running[-1].place == "exhibition-hall"


@pytest.mark.parametrize(
    "value",
    [None, [], {}, {"master": 2, "blackout": False, "calm": False}, {"master": 1, "blackout": 1, "calm": False},
     {"master": True, "blackout": False, "calm": False}, {"master": float("nan"), "blackout": False, "calm": False}],
)  # fmt: skip
def test_a_desk_that_makes_no_sense_is_not_one(value):
    assert read_desk(value) is None


def test_what_stage_pages_get_is_what_is_on_the_wire_after_the_limiter():
    own = a_patch(*row_of_pars(2, "left"), "id: d, profile: generic/dimmer, universe: 2, address: 9, at: [0, 1, 0]")
    cues = cues_of('cues: {idle: {scope: all, fade: {in: 0}, layers: [{look: solid, colours: ["#ffffff"]}]}}')
    show = Performance(own, cues)
    early = show.next_frame()
    assert early.max() == 25  # white was asked for; in the first second nothing may rise by a tenth
    for _ in range(60):
        wire = show.next_frame()
    number, count = struct.unpack_from("<IH", show.cells())
    assert (number, count) == (61, 3)
    colours = np.frombuffer(show.cells(), np.uint8, offset=6).reshape(3, 3)
    assert np.array_equal(colours[:2].reshape(-1), wire[0, :6])
    assert (colours[2] == wire[1, 8]).all()


class Clock:
    """A clock that moves only when somebody sleeps or works."""

    def __init__(self):
        self.now = 5_000_000_000
        self.late = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += round(seconds * 1e9)


def a_loop(clock, work_ns=3_000_000, stall=None):
    wire = Recording()
    loop = FrameLoop(Performance(a_patch(*row_of_pars(2, "left")), demo_cues()), [wire], deque(), clock, clock.sleep)
    dues = []

    def after(due):
        dues.append((due, clock.now))
        clock.now += work_ns
        if stall and len(dues) == stall[0]:
            clock.now += stall[1]
        loop.running = len(dues) < 441

    loop.after_frame = after
    loop.run()
    return loop, wire, dues


def test_the_loop_sends_44_frames_a_second_and_does_not_drift():
    loop, wire, dues = a_loop(Clock())
    assert len(wire.frames) == 441
    assert dues[440][1] - dues[0][1] == 10_000_000_000
    assert loop.skipped == 0
    assert max(sent - due for due, sent in dues) < 100


def test_a_frame_that_takes_long_to_render_still_leaves_on_time():
    clock = Clock()
    loop = FrameLoop(
        Performance(a_patch(*row_of_pars(2, "left")), demo_cues()), [Recording()], deque(), clock, clock.sleep
    )
    render, sent = loop.performance.next_frame, []

    def slow(skipped):
        clock.now += 2_000_000 + 1_500_000 * (loop.performance.frame % 3)
        return render(skipped)

    def after(due):
        sent.append((due, clock.now))
        loop.running = len(sent) < 100

    loop.performance.next_frame, loop.after_frame = slow, after
    loop.run()
    assert max(now - due for due, now in sent[3:]) < 100


def test_a_stall_is_not_made_up_by_a_burst_of_frames():
    loop, _, dues = a_loop(Clock(), stall=(100, 2_000_000_000))
    assert loop.skipped == 87
    gaps = np.diff([sent for _, sent in dues])
    assert gaps.min() > 1_000_000
    assert sum(gap < 20_000_000 for gap in gaps) <= 1


def test_a_cue_is_on_the_wire_with_the_frame_after_it_came():
    own, cues = demo_patch(), demo_cues()
    plain, lit, inbox = Performance(own, cues), Performance(own, cues), deque()
    wire = Recording()
    loop = FrameLoop(lit, [wire], inbox)
    for _ in range(90):
        loop.send(loop.prepare())
        plain.next_frame()
    inbox.append(StartCue("relief", "main-stage"))
    for _ in range(9):
        loop.send(loop.prepare())
        still = plain.next_frame()
    main, hall = own.universes.index(5), own.universes.index(1)
    assert not np.array_equal(wire.frames[-1][main], still[main])
    assert np.array_equal(wire.frames[-1][hall], still[hall])
    assert audit.audit(np.array(wire.frames), own).legal


def test_the_desk_and_the_last_moment_survive_a_restart(tmp_path):
    first = Memory(tmp_path / "show.json")
    line = Link("ws://127.0.0.1:1/", "t", MAP, first, deque())
    line.heard_desk(3, {"master": 0.4, "blackout": False, "calm": True})
    line.heard_desk(4, {"master": "loud"})
    line.heard_moment(17, to_json(scene()))
    line.heard_moment(18, {"type": "nonsense"})
    first.save()
    again = Memory(tmp_path / "show.json")
    assert (again.desk, again.seq, again.cid) == (SetDesk(0.4, False, True), 18, first.cid)
    (tmp_path / "show.json").write_text("{torn")
    assert Memory(tmp_path / "show.json").desk == SetDesk()


def test_unicast_targets_come_from_the_patch_and_the_environment():
    assert targets(demo_patch(), {"NOTALONE_SACN_UNICAST": "10.0.0.9:7000, node"}) == [
        Target("127.0.0.1", 5568),
        Target("10.0.0.9", 7000),
        Target("node", 5568),
    ]


RUN = """
import sys
from pathlib import Path
from notalone.show.core.performance import CueMap
from notalone.show.process import main
main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]), CueMap(
    {"scene-entered": "scene", "ending-reached": "relief", "brick-laid": "brick"}, {"the-call": "exhibition-hall"}))
"""


class Ears:
    """Keeps the last sACN levels of each universe, read by the ``sacn`` package."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.levels, self.goodbyes, self.packets = {}, 0, 0
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        while True:
            told = DataPacket.make_data_packet(tuple(self.socket.recv(2000)))
            self.levels[told.universe] = np.array(told.dmxData)
            self.goodbyes += told.option_StreamTerminated
            self.packets += 1


def start(arguments, ears):
    environment = {**os.environ, "NOTALONE_SACN_UNICAST": f"127.0.0.1:{ears.socket.getsockname()[1]}"}
    return subprocess.Popen([sys.executable, "-c", RUN, *map(str, arguments)], env=environment)


async def until(holds, what, patience=20.0):
    async with asyncio.timeout(patience):
        while not holds():
            await asyncio.sleep(0.02)
    assert holds(), what


async def play(state_dir):
    """A moment becomes light on the wire, on the stage page's topics, and the desk answers; then all end."""
    logs = {"moments": lambda seq, limit: []}
    config = Config("127.0.0.1", 0, live.signing_key(), Origins(1, frozenset()), logs)
    ears, seen, frames = Ears(), [], []
    async with Server(config) as server:
        server.open("moments", 0, [], 0)
        url = f"ws://127.0.0.1:{server.port}/"
        token = live.token("show", link.FOLLOWS, link.PUBLISHES)
        process = start((DEMO, url, token, state_dir), ears)
        desk = live.token("desk", ["show/state", "show/frame"], ["show/desk"])
        try:
            async with LiveClient(url, desk, "desk") as client:
                client.follow("show/state", None, lambda seq, value: seen.append(value))
                client.follow_binary("show/frame", frames.append)
                await until(lambda: seen and frames and ears.packets > 200, "frames, state and packets")
                server.append("moments", [(1, to_json(scene("pressure")))], 1)
                await until(lambda: seen[-1]["places"]["exhibition-hall"]["cue"] == "pressure", "the cue in the state")
                assert seen[-1]["places"]["main-stage"]["cue"] == "idle"
                await until(lambda: ears.levels[1][0] > ears.levels[1][1], "red-violet on the wire")
                await until(
                    lambda: frames[-1][6] > frames[-1][7] and len(frames[-1]) == 6 + 3 * 261, "red-violet on the stage"
                )
                await client.publish("show/desk", {"master": 1, "blackout": True, "calm": False}, keep=True)
                await until(lambda: not ears.levels[2].any() and not ears.levels[3].any(), "black on the wire")
                await until(lambda: seen[-1]["desk"]["blackout"], "blackout in the state")
        finally:
            process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 10) == 0
    await until(lambda: ears.goodbyes >= 15, "the end told for each universe")


def test_the_real_process_answers_moments_and_the_desk(tmp_path):
    asyncio.run(play(tmp_path))
    assert json.loads((tmp_path / "show.json").read_text())["desk"]["blackout"] is True
    assert json.loads((tmp_path / "show.json").read_text())["seq"] == 1


def test_the_real_process_goes_on_while_live_is_away(tmp_path):
    ears = Ears()
    process = start((DEMO, "ws://127.0.0.1:9/", "none", tmp_path), ears)
    try:
        asyncio.run(until(lambda: ears.packets > 400 and ears.levels[1].any(), "light without live"))
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_folder_without_light_ends_with_2_and_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path), "ws://127.0.0.1:9/", "none", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert str(Path("patch.yaml")) in done.stderr
