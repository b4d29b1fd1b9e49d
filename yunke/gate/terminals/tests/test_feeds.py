"""Feeds that no one signs in for: calendars, listings, channels. Only what is open is in them."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from yunke.base.clock import monday, today
from yunke.gate.terminals.tests.makers import family
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.school.timetable.tests.makers import a_lesson, a_week, broadcast

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    return family()


def calendar(grade: int, **headers: str) -> Calendar:
    response = Client().get(f"/feed/week-{grade}.ics", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(response.content)


def events(grade: int, **headers: str) -> list[Any]:
    return list(calendar(grade, **headers).walk("VEVENT"))


def listing() -> ElementTree.Element:
    response = Client().get("/feed/tv.xml")
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def test_a_calendar_has_each_broadcast_of_its_grade_and_no_other(people: Cast) -> None:
    assert len(events(1)) == 4
    assert len(events(3)) == 2
    assert events(9) == []


def test_an_event_has_its_time_name_and_address(people: Cast) -> None:
    event = events(5)[0]
    assert event.start == datetime(2026, 11, 18, 0, 30, tzinfo=UTC)
    assert event.end - event.start == timedelta(minutes=20)
    assert str(event["SUMMARY"]) == "语文 · 影子为什么会变"
    assert event["URL"].endswith(f"/lesson/{people.more['film'].id}")


def test_an_alarm_rings_five_minutes_before(people: Cast) -> None:
    alarms = list(events(5)[0].walk("VALARM"))
    assert len(alarms) == 1
    assert alarms[0]["TRIGGER"].dt == timedelta(minutes=-5)


def test_a_calendar_speaks_the_language_it_is_asked_in(people: Cast) -> None:
    event = events(5, accept_language="en-GB,en;q=0.9")[0]
    assert str(event["SUMMARY"]) == "Chinese · Why shadows change"


def test_an_event_keeps_its_name_from_one_reading_to_the_next(people: Cast) -> None:
    uid = events(5)[0]["UID"]
    assert uid == f"broadcast-{people.more['fifth'].id}@yunke"
    assert len({str(e["UID"]) for e in events(1)}) == 4


def test_a_calendar_holds_the_weeks_around_today() -> None:
    people = family()
    first = monday(today())
    for weeks in (-2, -1, 0, 3, 4):
        broadcast(people.city, grade=7, day=first + timedelta(weeks=weeks))
    days = [e.start.date() for e in events(7)]
    assert days == [date(2026, 11, 9), date(2026, 11, 16), date(2026, 12, 7)]


def test_a_lesson_that_is_not_published_is_in_no_feed(people: Cast) -> None:
    broadcast(people.city, grade=9, of=a_lesson(published=False, title="还没审完"))
    assert events(9) == []
    assert "还没审完" not in ElementTree.tostring(listing(), encoding="unicode")


@pytest.mark.parametrize("grade", [0, 10, 99])
def test_there_is_no_calendar_of_a_grade_that_is_none(grade: int) -> None:
    assert Client().get(f"/feed/week-{grade}.ics").status_code == 404


def test_a_title_with_signs_of_the_format_stays_a_title(people: Cast) -> None:
    strange = "一;二,三\n四\\五"
    broadcast(people.city, grade=8, of=a_lesson(title=strange))
    event = events(8)[0]
    assert str(event["SUMMARY"]).endswith("一;二,三\n四\\五")


def test_the_listing_has_a_channel_for_every_grade(people: Cast) -> None:
    tree = listing()
    channels = tree.findall("channel")
    assert [c.get("id") for c in channels] == [f"grade-{n}.yunke" for n in range(1, 10)]
    assert channels[2].findtext("display-name") == "云课 3 年级"
    assert (channels[2].findtext("url") or "").endswith("/tv/now/3")


def test_the_listing_has_a_week_of_programmes_from_today(people: Cast) -> None:
    broadcast(people.city, grade=1, day=today() - timedelta(days=1))
    broadcast(people.city, grade=1, day=today() + timedelta(days=6))
    broadcast(people.city, grade=1, day=today() + timedelta(days=7))
    starts = [p.get("start") for p in listing().iter("programme") if _grade(p) == 1]
    assert len(starts) == 5
    assert starts[-1] == "20261124083000 +0800"


def _grade(programme: ElementTree.Element) -> int:
    return int((programme.get("channel") or "").split("-")[1].split(".")[0])


def test_a_programme_speaks_both_languages(people: Cast) -> None:
    programme = next(p for p in listing().iter("programme") if _grade(p) == 5)
    assert [t.text for t in programme.findall("title")] == ["影子为什么会变", "Why shadows change"]
    assert [c.text for c in programme.findall("category")] == ["语文", "Chinese"]
    assert programme.findtext("length") == "20"
    assert [node.tag for node in programme] == [
        "title", "title", "category", "category", "length", "url",
    ]  # fmt: skip


def test_the_channels_name_the_listing_and_where_each_plays(people: Cast) -> None:
    response = Client().get("/feed/tv.m3u")
    lines = response.content.decode().splitlines()
    assert lines[0] == '#EXTM3U url-tvg="http://testserver/feed/tv.xml"'
    assert len(lines) == 1 + 2 * 9
    assert 'tvg-id="grade-3.yunke"' in lines[5]
    assert lines[6] == "http://testserver/tv/now/3"


def test_channels_and_listing_name_the_same_ids(people: Cast) -> None:
    text = Client().get("/feed/tv.m3u").content.decode()
    for channel in listing().findall("channel"):
        assert f'tvg-id="{channel.get("id")}"' in text


def test_feeds_have_nothing_personal_whoever_asks(people: Cast) -> None:
    for path in ("/feed/week-1.ics", "/feed/tv.xml", "/feed/tv.m3u"):
        stranger, mine = Client().get(path), signed_in(people.pupil).get(path)
        assert stranger.content == mine.content, path
        assert people.pupil.name not in mine.content.decode()


def test_an_empty_city_has_empty_feeds() -> None:
    assert events(1) == []
    assert listing().findall("programme") == []


@pytest.mark.parametrize("count", [1, 6])
def test_a_feed_costs_the_same_for_any_week(count: int, django_assert_max_num_queries: Any) -> None:
    people = family()
    a_week(people.city, grade=6, count=count)
    client = Client()
    with django_assert_max_num_queries(12):
        client.get("/feed/week-6.ics")
    with django_assert_max_num_queries(0):
        client.get("/feed/week-6.ics")


def test_another_host_gets_addresses_of_its_own(people: Cast) -> None:
    Client().get("/feed/tv.m3u", headers={"host": "evil.example"})
    assert "evil.example" not in Client().get("/feed/tv.m3u").content.decode()
