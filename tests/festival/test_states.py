"""What the staff see: the stations, how busy the festival is, and the folder as it stands now."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from django.db import transaction
from tests.festival.festival_making import NOON, brick

from notalone.festival import actions, queries
from notalone.kit.problems import CannotRead
from notalone.kit.time import Duration, Instant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
SECOND, MINUTE, HOUR = 1000, 60_000, 3_600_000


def record(*moments):
    with transaction.atomic():
        actions.record_many(moments)


def test_a_station_is_in_use_until_its_idle_time_has_passed():
    record(brick(1))
    for away, used in ((0, True), (60 * SECOND - 1, True), (60 * SECOND, False)):
        one, two = queries.station_states(NOON + Duration(away))
        assert (one.station.id, one.last, one.in_use) == ("one", brick(1), used)
        assert (two.station.id, two.last, two.in_use) == ("two", None, False)


def test_a_station_shows_its_last_moment_and_forgets_yesterday():
    record(brick(1), brick(2, NOON + Duration(5)), brick(3, where="two"))
    assert [state.last for state in queries.station_states(NOON + Duration(9))] == [
        brick(2, NOON + Duration(5)),
        brick(3, where="two"),
    ]
    late = queries.station_states(NOON + Duration(24 * HOUR + 1))
    assert [state.last for state in late] == [brick(2, NOON + Duration(5)), None]


@pytest.mark.parametrize("count", [1, 3])
def test_the_stations_take_two_queries_for_one_moment_as_for_three(count, django_assert_num_queries):
    record(*(brick(number, where=["one", "two"][number % 2]) for number in range(count)))
    queries.festival()
    with django_assert_num_queries(2):
        queries.station_states(NOON)


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_takes_one_query_for_one_moment_as_for_three(count, django_assert_num_queries):
    record(*(brick(number) for number in range(count)))
    with django_assert_num_queries(1):
        assert len(queries.moments_after(0, 100)) == count
    with django_assert_num_queries(1):
        queries.latest_seq()
    with django_assert_num_queries(1):
        queries.moments_per_minute(NOON)


def test_the_moments_of_each_minute_are_counted_like_a_tally():
    rng = random.Random(7)
    offsets = [rng.randrange(-40 * MINUTE, 2 * MINUTE) for _ in range(200)] + [0, -1, 59_999, 60_000, -29 * MINUTE]
    record(*(brick(number, NOON + Duration(offset)) for number, offset in enumerate(offsets)))
    now = NOON + Duration(30 * SECOND)
    tally = Counter((NOON.ms + offset) // MINUTE for offset in offsets)
    this = now.ms // MINUTE
    assert queries.moments_per_minute(now) == [tally[minute] for minute in range(this - 29, this + 1)]
    assert queries.moments_per_minute(now, minutes=3) == [tally[minute] for minute in range(this - 2, this + 1)]


def test_no_moment_makes_thirty_quiet_minutes():
    assert queries.moments_per_minute(NOON) == [0] * 30


def test_the_folder_is_read_again_when_it_changes(folder):
    assert queries.festival().name == "Our festival"
    first = queries.festival()
    assert queries.festival() is first
    folder.replace("name: Our festival", "name: Our second festival")
    assert queries.festival().name == "Our second festival"
    assert [station.id for station in queries.stations()] == ["one", "two"]
    folder.replace("  two: {name: Station two", "  three: {name: Station two")
    assert [station.id for station in queries.stations()] == ["one", "three"]
    assert (queries.station("three").language, queries.station("two")) == ("vi", None)


def test_a_translation_is_read_again_when_it_changes(folder):
    assert queries.festival().say("Welcome", "de") == "Willkommen"
    file = folder.path / "de.po"
    file.write_text(file.read_text(encoding="utf-8").replace('"Willkommen"', '"Herzlich willkommen"'), encoding="utf-8")
    assert queries.festival().say("Welcome", "de") == "Herzlich willkommen"


def test_a_change_that_cannot_be_read_leaves_the_festival_running_and_is_told_once(folder, caplog):
    queries.festival()
    folder.replace("country: VN", "country: XX")
    assert queries.festival().country == "VN"
    assert queries.festival().country == "VN"
    assert [record.message for record in caplog.records] == [
        f"{folder.file}:6:10: country “XX” is not a country's two letters such as VN or DE."
    ]
    folder.replace("country: XX", "country: DE")
    assert queries.festival().country == "DE"


def test_a_folder_that_could_never_be_read_is_told_each_time(folder):
    folder.replace("country: VN", "country: XX")
    for _ in range(2):
        with pytest.raises(CannotRead, match="country “XX” is not a country's two letters"):
            queries.festival()


def test_a_score_is_made_again_when_its_scenario_changes_and_stays_when_it_breaks(folder):
    file = folder.path / "scenarios/lucky-gems/scenario.yaml"
    text = file.read_text(encoding="utf-8")
    before = queries.score("lucky-gems")
    assert queries.score("lucky-gems") is before
    file.write_text(text.replace("title: The lucky gems", "title: The gems"), encoding="utf-8")
    changed = queries.score("lucky-gems")
    assert changed["texts"]["en"][changed["title"]] == "The gems"
    file.write_text(text.replace("start: evening", "start: evenning"), encoding="utf-8")
    assert queries.score("lucky-gems") is changed


def test_a_scenario_that_is_not_there_is_told_with_the_nearest():
    with pytest.raises(CannotRead, match=r"There is no scenario “lucky-gem”\. Did you mean “lucky-gems”\?"):
        queries.score("lucky-gem")


def test_the_cues_answer_the_moments_as_the_folder_says():
    assert queries.cue_map() == {"scene-entered": "scene", "ending-reached": "relief", "brick-laid": "brick"}


def test_a_moment_keeps_its_millisecond():
    at = Instant(NOON.ms + 123)
    record(brick(1, at))
    assert queries.moments_after(0, 1)[0][1].at == at
