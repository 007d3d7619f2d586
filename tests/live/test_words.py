"""Protocol, topics, tokens, origins, clock, waiting: the words of live."""

from __future__ import annotations

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notalone.kit.time import Duration, Instant
from notalone.live.core import backoff, clock, protocol, tokens
from notalone.live.core.admission import admit
from notalone.live.core.origins import Origins
from notalone.live.core.topics import covers, is_pattern, is_topic
from notalone.live.core.values import Refuse

NOW = Instant.parse("2026-11-01T09:00:00.250Z")
KEY = tokens.key_of("a secret")
GRANT = tokens.Grant("show", ("moments", "show/*"), ("show/*",), NOW + Duration(1000), True)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@pytest.mark.parametrize("name", ["moments", "show/state", "station/the-call", "a1_b/c2-d", "x" * 100])
def test_names_of_topics(name):
    assert is_topic(name)


@pytest.mark.parametrize(
    "name", ["", "/", "show/", "/show", "Show", "show//x", "show/*", "*", "a b", "ä", "x" * 101, "a\n"]
)
def test_what_is_no_name_of_a_topic(name):
    assert not is_topic(name)


def test_a_pattern_covers_what_is_below_it_and_nothing_beside_it():
    assert covers(["show/*"], "show/state")
    assert covers(["show/*"], "show/a/b")
    assert covers(["wall", "show/*"], "wall")
    assert not covers(["show/*"], "show")
    assert not covers(["show/*"], "showroom")
    assert not covers(["show/*"], "shows/state")
    assert not covers(["wall"], "wall/x")
    assert [is_pattern(text) for text in ("show/*", "show", "*", "/*", "show*", "show/*/x")] == [True] * 2 + [False] * 4


MESSAGES = [
    ({"do": "hello", "v": 1, "token": "t", "name": "show"}, protocol.Hello("t", "show")),
    ({"do": "hello", "v": 1, "token": "t"}, protocol.Hello("t")),
    ({"do": "follow", "topic": "wall", "after": 7}, protocol.Follow("wall", 7)),
    ({"do": "follow", "topic": "wall"}, protocol.Follow("wall")),
    ({"do": "follow", "topic": "wall", "after": None}, protocol.Follow("wall")),
    ({"do": "leave", "topic": "wall"}, protocol.Leave("wall")),
    (
        {"do": "publish", "topic": "show/desk", "value": {"master": 0.5}},
        protocol.Publish("show/desk", '{"master":0.5}'),
    ),
    (
        {"do": "publish", "topic": "show/desk", "value": {"ế": "“”"}, "keep": True},
        protocol.Publish("show/desk", '{"ế":"“”"}', True),
    ),
    ({"do": "clock", "t": 12.5}, protocol.Clock(12.5)),
]


@pytest.mark.parametrize(("said", "read"), MESSAGES, ids=lambda case: str(case)[:40])
def test_every_message_of_the_house_is_read(said, read):
    assert protocol.parse(json.dumps(said)) == read


WRONG = [
    ("", "The message is not JSON: Expecting value at character 0."),
    ("{", "The message is not JSON: Expecting property name enclosed in double quotes at character 1."),
    ("7", "A message is a JSON object."),
    ("[" * 100_000, "The message is nested too deeply."),
    ('{"do":"clock","t":NaN}', "The message holds a number that cannot be read: NaN is not JSON."),
    ('{"do":"folow","topic":"wall"}', "A message needs “do”, and “folow” is not one. Did you mean “follow”?"),
    ("{}", "A message needs “do”, and nothing is not one. Known: hello, follow, leave, publish, clock."),
    ('{"do":"follow","topic":"wall","aftr":1}', "A message “follow” has no field “aftr”. Did you mean “after”?"),
    ('{"do":"follow","topic":"Wall"}', "A message “follow” needs a topic, and “Wall” is not the name of one."),
    ('{"do":"a\\nb"}', "A message needs “do”, and “a�b” is not one. Known: hello, follow, leave, publish, clock."),
    ('{"do":"leave"}', "A message “leave” needs a topic, and nothing is not the name of one."),
    (
        '{"do":"follow","topic":"wall","after":-1}',
        "“after” is a sequence number, a whole number from 0, not “-1”.",
    ),
    (
        '{"do":"follow","topic":"wall","after":true}',
        "“after” is a sequence number, a whole number from 0, not “true”.",
    ),
    ('{"do":"hello","v":2,"token":"t"}', "This server speaks version 1, not “2”."),
    ('{"do":"hello","v":true,"token":"t"}', "This server speaks version 1, not “true”."),
    ('{"do":"hello","v":1}', "A message “hello” needs a token, as text."),
    ('{"do":"hello","v":1,"token":"t","name":"A B"}', "“A B” is not a name for a client."),
    ('{"do":"clock"}', "A message “clock” needs the client's time in ms as “t”, not nothing."),
    ('{"do":"publish","topic":"a","value":3}', "The value published to a is a JSON object, not “3”."),
    ('{"do":"publish","topic":"a","value":{},"keep":1}', "“keep” is true or false, not “1”."),
    (
        '{"do":"publish","topic":"a","value":{"x":"\\ud800"}}',
        "The value published to a cannot be written as JSON in UTF-8.",
    ),
]


@pytest.mark.parametrize(("text", "why"), WRONG, ids=[text[:30] for text, _ in WRONG])
def test_a_wrong_message_is_refused_in_one_sentence(text, why):
    with pytest.raises(protocol.ProtocolError) as told:
        protocol.parse(text)
    assert str(told.value) == why


SOME = st.dictionaries(
    st.sampled_from(["do", "v", "token", "name", "topic", "after", "value", "keep", "t"]) | st.text(max_size=3),
    st.sampled_from(["hello", "follow", "leave", "publish", "clock", "wall", 1, 0, {}, True]) | JSON,
)


@given(SOME | JSON)
def test_any_json_is_read_or_refused_in_a_sentence_that_can_be_sent(said):
    try:
        read = protocol.parse(json.dumps(said))
    except protocol.ProtocolError as error:
        told = protocol.error(str(error)).encode("utf-8")
        said_in_one_line = str(error).isprintable()
        assert said_in_one_line
        assert len(told) < 500
    else:
        if isinstance(read, protocol.Publish):
            protocol.value_of(read.topic, 1, read.value).encode("utf-8")


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with pytest.raises(protocol.ProtocolError):
        protocol.parse(text)


@given(st.sampled_from(["show/frame", "a"]), st.binary())
def test_a_frame_is_split_where_it_was_joined(topic, payload):
    assert protocol.parse_frame(protocol.frame(topic, payload)) == (topic, payload)


@given(st.binary())
def test_any_bytes_are_a_frame_or_refused(data):
    try:
        topic, payload = protocol.parse_frame(data)
    except protocol.ProtocolError:
        name, zero, _ = data.partition(b"\0")
        assert not zero or not is_topic(name.decode("latin-1"))
    else:
        assert protocol.frame(topic, payload) == data


@given(JSON.filter(lambda value: isinstance(value, dict)), st.integers(0, protocol.MAX_SEQ))
def test_a_value_comes_out_as_it_went_in(value, seq):
    try:
        text = protocol.dumps(value)
        text.encode("utf-8")
    except UnicodeEncodeError:
        return
    assert json.loads(protocol.value_of("wall", seq, text)) == {
        "is": "value",
        "topic": "wall",
        "seq": seq,
        "value": value,
    }


def test_what_the_server_says():
    assert json.loads(protocol.welcome(NOW)) == {"is": "welcome", "v": 1, "now": NOW.ms}
    assert json.loads(protocol.caught_up("wall", 4)) == {"is": "caught-up", "topic": "wall", "seq": 4}
    assert json.loads(protocol.clock(1.5, NOW)) == {"is": "clock", "t": 1.5, "now": NOW.ms}
    assert json.loads(protocol.watchers("show/frame", 2)) == {"is": "watchers", "topic": "show/frame", "count": 2}
    assert json.loads(protocol.error("no")) == {"is": "error", "why": "no"}


def test_a_token_says_what_was_granted_until_it_expires():
    token = tokens.sign(GRANT, KEY)
    assert tokens.check(token, KEY, NOW + Duration(999)) == GRANT
    with pytest.raises(tokens.ExpiredError, match=r"The token expired at 2026-11-01T09:00:01.250Z\."):
        tokens.check(token, KEY, NOW + Duration(1000))


@given(st.data())
def test_a_token_with_any_character_changed_is_refused(data):
    token = tokens.sign(GRANT, KEY)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from(string.ascii_letters + string.digits + "-_.=é").filter(lambda c: c != token[at]))
    with pytest.raises(tokens.TokenError, match="not signed by this festival"):
        tokens.check(token[:at] + other + token[at + 1 :], KEY, NOW)


@given(st.text(max_size=200))
def test_any_text_is_refused_as_a_token(text):
    with pytest.raises(tokens.TokenError):
        tokens.check(text, KEY, NOW)


def test_a_token_of_another_festival_is_refused():
    with pytest.raises(tokens.TokenError):
        tokens.check(tokens.sign(GRANT, tokens.key_of("another")), KEY, NOW)
    with pytest.raises(tokens.TokenError, match="too long"):
        tokens.check("x" * 5000, KEY, NOW)


def test_a_grant_of_what_is_no_topic_cannot_be_made():
    with pytest.raises(ValueError, match="neither a topic nor a pattern"):
        tokens.Grant("page", ("*",), (), NOW)
    with pytest.raises(ValueError, match="not a name"):
        tokens.Grant("A page", (), (), NOW)


def hello(token, **more):
    return json.dumps({"do": "hello", "v": 1, "token": token, **more})


def test_who_is_admitted():
    page = tokens.Grant("wall", ("wall",), (), NOW + Duration(1))
    process, token = tokens.sign(GRANT, KEY), tokens.sign(page, KEY)
    assert admit(1, hello(process), False, KEY, NOW) == GRANT
    assert admit(1, hello(process, name="show"), True, KEY, NOW) == GRANT
    assert admit(1, hello(token), True, KEY, NOW) == page
    assert admit(1, hello(token), False, KEY, NOW) == Refuse(1, "This token is for a page, and a page says its origin.")
    assert admit(1, hello(token, name="show"), True, KEY, NOW) == Refuse(1, "This token is for “wall”, not for “show”.")
    assert admit(1, hello(token), True, KEY, NOW + Duration(1)).reason == "expired"
    assert admit(1, '{"do":"leave","topic":"a"}', True, KEY, NOW) == Refuse(1, "The first message is a hello.")
    assert admit(1, b"\0", True, KEY, NOW) == Refuse(1, "The first message is a hello.")
    assert admit(1, "no", True, KEY, NOW).code == 1007


SAME = Origins(8000, frozenset({"https://festival.example.org"}))


@pytest.mark.parametrize(
    ("origin", "host", "allowed"),
    [
        ("http://localhost:8000", "localhost:8001", True),
        ("http://LOCALHOST:8000", "localhost:8001", True),
        ("http://192.168.1.7:8000", "192.168.1.7:8001", True),
        ("http://[::1]:8000", "[::1]:8001", True),
        ("https://festival.example.org", "anything", True),
        ("https://Festival.example.org", "anything", True),
        ("http://festival.example.org", "festival.example.org:8001", False),
        ("https://festival.example.org:8443", "festival.example.org:8443", True),
        ("https://other.example.org", "other.example.org", True),
        ("https://other.example.org", "other.example.org:8443", False),
        ("http://localhost", "localhost:8001", False),
        ("http://evil.example:8000", "localhost:8001", False),
        ("http://localhost.evil.example:8000", "localhost:8001", False),
        ("http://localhost:8000@evil.example:8000", "localhost:8001", False),
        ("http://localhost:8000/x", "localhost:8001", False),
        ("ftp://localhost:8000", "localhost:8001", False),
        ("null", "localhost:8001", False),
        ("", "", False),
        ("http://localhost:99999", "localhost:8001", False),
        ("http://[::1", "[::1", False),
    ],
)
def test_which_pages_may_connect(origin, host, allowed):
    assert SAME.allow(origin, host) is allowed


def test_a_default_port_is_the_webs_port_where_that_is_the_default():
    assert Origins(80).allow("http://hall", "hall:81")
    assert Origins(443).allow("https://hall", "hall:81")
    assert not Origins(None).allow("http://hall:8000", "hall:8001")


@given(st.text(), st.text())
def test_any_origin_is_answered(origin, host):
    assert SAME.allow(origin, host) in {True, False}


TIMES = st.integers(0, 10**7)


@given(st.integers(-(10**9), 10**9), st.lists(st.tuples(TIMES, st.integers(0, 500), st.integers(0, 500)), min_size=1))
def test_the_offset_is_off_by_at_most_half_the_least_round_trip(truth, trips):
    samples = ()
    for sent, out, back in trips:
        samples = clock.add(samples, clock.Sample(sent, sent + out + truth, sent + out + back))
    kept = trips[-clock.KEEP :]
    assert abs(clock.offset(samples) - truth) <= min(out + back for _, out, back in kept) / 2


def test_without_samples_there_is_no_offset_and_a_clock_that_was_set_begins_afresh():
    assert clock.offset(()) is None
    one = clock.add((), clock.Sample(0, 5, 10))
    assert clock.add(one, clock.Sample(20, 0, 10)) == ()


def test_the_pause_doubles_to_a_cap_and_is_spread_over_its_upper_half():
    assert [backoff.pause(n, 1) for n in (0, 1, 2, 3, 4, 5, 6, 10**6)] == [0.25, 0.25, 0.5, 1, 2, 4, 5, 5]
    assert [backoff.pause(n, 0) for n in (1, 6)] == [0.125, 2.5]
