"""Our E1.31 packets, read by an independent program."""

from __future__ import annotations

import socket
import threading
from uuid import UUID

import numpy as np
import pytest
import sacn
from sacn.messages.data_packet import DataPacket

from notalone.show.wire.sacn import Sacn, Target, multicast_address, packet, parse_target

CID = UUID("01890000-0000-7000-8000-0000000000ab")


@pytest.fixture
def listener():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        one.settimeout(5)
        yield one


def a_frame(universes, seed=1):
    return np.random.default_rng(seed).integers(0, 256, (universes, 512), np.uint8)


def heard(listener, count):
    return [DataPacket.make_data_packet(tuple(listener.recv(2000))) for _ in range(count)]


def test_an_independent_reader_finds_every_field():
    told = DataPacket.make_data_packet(tuple(packet(CID, "Đèn không ai một mình", 120, 7)))
    assert told.cid == tuple(CID.bytes)
    assert told.sourceName == "Đèn không ai một mình"
    assert (told.universe, told.priority, told.sequence, told.syncAddr) == (7, 120, 0, 0)
    assert (told.option_StreamTerminated, told.option_PreviewData) == (False, False)
    assert told.dmxData == (0,) * 512


def test_our_packet_is_byte_for_byte_what_the_independent_writer_makes():
    theirs = DataPacket(cid=tuple(CID.bytes), sourceName="Not Alone", universe=63999, priority=100)
    assert packet(CID, "Not Alone", 100, 63999) == bytes(theirs.getBytes())


def test_a_long_name_is_cut_between_letters_and_ends_in_a_zero():
    told = packet(CID, "đ" * 60, 100, 1)[44:108]
    assert told[:62].decode() == "đ" * 31
    assert told[62:] == b"\0\0"


def test_levels_arrive_unchanged_and_sequences_count_for_each_universe(listener):
    wire = Sacn([7, 3], CID, [Target(*listener.getsockname())])
    frames = [a_frame(2, seed) for seed in range(300)]
    sequences = {7: [], 3: []}
    for frame in frames:
        wire.send(frame)
        for told, levels in zip(heard(listener, 2), frame, strict=True):
            assert told.dmxData == tuple(levels.tolist())
            sequences[told.universe].append(told.sequence)
    assert sequences == {universe: [(i + 1) % 256 for i in range(300)] for universe in (7, 3)}
    assert wire.problem == ""


def test_the_end_is_told_three_times_with_the_stream_terminated_bit(listener):
    wire = Sacn([1], CID, [Target(*listener.getsockname())])
    wire.send(a_frame(1))
    wire.close()
    told = heard(listener, 4)
    assert [one.option_StreamTerminated for one in told] == [False, True, True, True]
    assert [one.sequence for one in told] == [1, 2, 3, 4]


def test_the_sacn_package_receives_us_as_a_source():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    receiver = sacn.sACNreceiver(bind_address="127.0.0.1", bind_port=port)
    levels, arrived = a_frame(1)[0], threading.Event()

    @receiver.listen_on("universe", universe=5)
    def on_packet(told):
        if told.dmxData == tuple(levels.tolist()):
            arrived.set()

    receiver.start()
    wire = Sacn([5], CID, [Target("127.0.0.1", port)])
    try:
        for _ in range(100):
            wire.send(levels[None])
            if arrived.wait(0.05):
                break
        assert arrived.is_set()
    finally:
        wire.close()
        receiver.stop()


def test_multicast_goes_to_the_group_of_the_universe():
    assert multicast_address(1) == "239.255.0.1"
    assert multicast_address(63999) == "239.255.249.255"
    assert multicast_address(258) == "239.255.1.2"


def test_multicast_packets_arrive_on_this_machine(monkeypatch):
    group = socket.inet_aton(multicast_address(9)) + socket.inet_aton("127.0.0.1")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("", 0))
        one.settimeout(5)
        one.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        monkeypatch.setattr("notalone.show.wire.sacn.PORT", one.getsockname()[1])
        wire = Sacn([9], CID, multicast=True)
        for route, _ in wire._routes:
            route.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
        frame = a_frame(1)
        wire.send(frame)
        assert heard(one, 1)[0].dmxData == tuple(frame[0].tolist())
        wire.close()


def test_a_host_that_nobody_knows_is_told_and_the_others_go_on(listener):
    wire = Sacn([1], CID, [Target("light.invalid"), Target(*listener.getsockname())])
    assert wire.problem.startswith("sACN target light.invalid is not known")
    wire.send(a_frame(1))
    assert len(heard(listener, 1)) == 1
    wire.close()


def test_targets_are_read_as_people_write_them():
    assert parse_target("10.0.0.7") == Target("10.0.0.7", 5568)
    assert parse_target(" node.local:6000 ") == Target("node.local", 6000)
    assert parse_target("[::1]:6000") == Target("::1", 6000)
    assert parse_target("::1") == Target("::1", 5568)
    for wrong in ("", "host:", "host:x", "host:70000", ":5568"):
        with pytest.raises(ValueError, match="is not a host"):
            parse_target(wrong)


def test_universes_and_priorities_out_of_range_are_refused():
    for universe, priority in ((0, 100), (64000, 100), (1, 201)):
        with pytest.raises(ValueError, match="universes 1 to 63999"):
            packet(CID, "x", priority, universe)
