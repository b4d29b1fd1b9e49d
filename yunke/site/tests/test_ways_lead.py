"""What the corridor and the front door offer is there for whom it is offered; and small parts of
the house: which morning is next, what of the media goes away, what an address belongs to."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from yunke.base.clock import today
from yunke.base.jobs import run_one
from yunke.base.models import Job
from yunke.ground.people.door import Role
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers as people
from yunke.school.timetable.tests.makers import a_day, a_lesson, broadcast, day_cast
from yunke.site import jobs
from yunke.site.corridor import WAYS
from yunke.site.existing import existing_all, modules_of_routes
from yunke.site.morning import LOOK, morning

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=False):
        yield


def everybody() -> dict[str, Person]:
    cast = day_cast()
    found = {name: getattr(cast, name) for name in
             ("pupil", "guardian", "teacher", "head", "admin", "city_staff")}  # fmt: skip
    found["county_staff"] = people.staff(cast.county, Role.COUNTY_STAFF)
    found["reviewer"] = people.staff(cast.city, Role.REVIEWER)
    found["counsellor"] = people.staff(cast.school, Role.COUNSELLOR)
    return found


def ways_on(client: Client, path: str) -> list[str]:
    text = client.get(path).content.decode()
    nav = text.partition('<nav class="ways"')[2].partition("</nav>")[0]
    return [part.partition('"')[0] for part in nav.split('href="')[1:]]


# Ways


def test_every_way_that_somebody_is_shown_opens_and_the_front_door_leads_to_one() -> None:
    seen: set[str] = set()
    for name, somebody in everybody().items():
        client = people.signed_in(somebody)
        home = client.get("/")
        assert home.status_code == 302, name
        ways = ways_on(client, "/week")
        assert ways, name
        for path in {*ways, home["Location"]} - seen:
            answer = client.get(path, follow=True)
            assert answer.status_code == 200, (name, path)
            last = answer.redirect_chain[-1][0] if answer.redirect_chain else path
            assert not last.startswith("/sign-in"), (name, path)
        assert home["Location"] in {*ways, "/sign-in/second"}, name
        seen |= set(ways)
    assert seen == {way[0] for way in WAYS}, "every way is somebody's"


def test_what_is_not_in_ones_corridor_is_not_there_for_a_pupil_or_a_guardian() -> None:
    cast = day_cast()
    rights = {place: right for place, _name, _icon, right in WAYS if right}
    for somebody in (cast.pupil, cast.guardian):
        client = people.signed_in(somebody)
        closed = set(rights) - set(ways_on(client, "/week")) - {"/today", "/consent", "/packs"}
        assert {"/people", "/make", "/roster", "/class"} <= closed
        for path in closed - {"/child", "/practice"}:
            assert client.get(path, follow=True).status_code == 404, (somebody.kind, path)


def test_a_stranger_is_asked_to_sign_in_by_every_way_that_needs_a_right() -> None:
    people.cast()
    stranger = Client()
    for place, _name, _icon, right in WAYS:
        answer = stranger.get(place)
        if not right:
            assert answer.status_code == 200, place
        elif place != "/first-day":
            assert answer.status_code == 302, place
            assert answer["Location"].startswith("/sign-in"), place


# The next morning


def test_a_morning_is_todays_or_the_next_with_lessons_and_each_grade_begins_once() -> None:
    cast = people.cast()
    later = today() + timedelta(days=3)
    broadcast(cast.city, grade=2, day=later, period=2)
    a_day(cast.city, grade=2, day=later, count=1)
    broadcast(cast.city, grade=5, day=later, period=3)
    a_day(cast.city, grade=1, day=later + timedelta(days=1), count=1)
    assert dict(morning(today()).starts) == {2: time(8, 30), 5: time(10, 20)}
    assert dict(morning(later).starts) == dict(morning(today()).starts)
    assert dict(morning(later + timedelta(days=1)).starts) == {1: time(8, 30)}
    assert dict(morning(later - timedelta(days=LOOK)).starts) == {}


def test_an_empty_house_has_no_morning_and_films_weigh_what_they_weigh() -> None:
    assert (dict(morning(today()).starts), morning(today()).film_mbit) == ({}, None)
    lesson = a_lesson()
    for seconds, heavy in ((100, 25_000_000), (0, 10**9)):
        lesson.assets.create(kind="video", title="f", state="ready", seconds=seconds, bytes=heavy)
    assert morning(today()).film_mbit == pytest.approx(2.0)


# Media that go to the bucket


class Away:
    """A bucket as a folder."""

    def __init__(self, root: Path) -> None:
        self.root, self.short = root, False

    def put(self, path: str, file: Path) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(file.read_bytes()[: 1 if self.short else None])

    def size(self, path: str) -> int:
        return (self.root / path).stat().st_size


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT, settings.S3 = tmp_path / "media", "https://s3.example/yunke"
    made = tmp_path / "media" / "lessons" / "7" / "9"
    (made / "top").mkdir(parents=True)
    (made / ".making").mkdir()
    (made / "master.m3u8").write_text("#EXTM3U")
    (made / "top" / "1.m4s").write_bytes(b"abc")
    (made / ".making" / "2.m4s").write_bytes(b"half")
    (made / "top" / ".3.m4s").write_bytes(b"half")
    return made


def test_a_finished_folder_is_asked_for_once_and_again_when_it_changed(
    folder: Path, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Away(tmp_path / "away")
    monkeypatch.setattr(jobs, "bucket", lambda: place)
    settings.S3 = ""
    assert jobs.media_due() == 0, "without a bucket nothing goes away"
    settings.S3 = "https://s3.example/yunke"
    (folder.parent / ".9.part").mkdir()
    (folder.parent / "10").mkdir()
    assert [jobs.media_due(), jobs.media_due()] == [1, 1]
    assert Job.objects.filter(name="site.media").count() == 1, "one job for one state"
    assert run_one(True)
    assert Job.objects.get(name="site.media").state == "done"
    gone = {str(one.relative_to(place.root)) for one in place.root.rglob("*") if one.is_file()}
    assert gone == {"lessons/7/9/master.m3u8", "lessons/7/9/top/1.m4s"}
    assert jobs.media_due() == 0
    newer = jobs.newest_of(folder) + 10**9
    os.utime(folder / "master.m3u8", ns=(newer, newer))
    assert jobs.media_due() == 1
    assert run_one(True)
    assert jobs.put_until("lessons/7/9") == newer


def test_what_did_not_arrive_whole_is_not_marked_as_put(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Away(tmp_path / "away")
    place.short = True
    monkeypatch.setattr(jobs, "bucket", lambda: place)
    jobs.media_due()
    run_one(True)
    job = Job.objects.get(name="site.media")
    assert job.state != "done"
    assert json.dumps(job.payload) == '{"folder": "lessons/7/9"}'
    assert jobs.put_until("lessons/7/9") == 0
    assert jobs.media_due() == 1, "asked for until it is there"


# What there is


def test_every_address_has_a_room_and_what_exists_is_asked_of_the_tables_once(
    django_assert_num_queries: Any,
) -> None:
    modules = list(modules_of_routes())
    assert {".".join(one.split(".")[:2]) for one in modules} <= {
        "yunke.ground", "yunke.school", "yunke.insight", "yunke.gate", "yunke.site", "yunke.base",
    }  # fmt: skip
    assert not [one for one in modules if ".checks" in one or ".demo" in one]
    with django_assert_num_queries(1):
        assert existing_all(()) == {}
