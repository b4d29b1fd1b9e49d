"""Who took a file home is an act like any other, written once an hour."""

from datetime import datetime

import pytest
import time_machine

from yunke.base.clock import at
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.library.actions.downloads import download_key, download_record
from yunke.school.library.models import Asset
from yunke.school.library.tests import makers

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 9, 10)  # noqa: DTZ001 - the school's wall clock, see below


def test_a_download_names_the_person_the_class_and_the_file() -> None:
    cast = people.cast()
    lesson = makers.lesson(download_allowed=True)
    asset = Asset.objects.create(lesson=lesson, kind="courseware", title="板书", state="ready")
    path = f"/media/lessons/{lesson.id}/{asset.id}/download/courseware-{asset.id}.pdf"
    download_record(who=people.who(cast.pupil), path=path)
    event = Event.objects.get()
    assert (event.verb, event.actor_id, event.lesson_id) == (
        "lesson.downloaded", cast.pupil.id, lesson.id,
    )  # fmt: skip
    assert (event.class_id, event.school_id) == (cast.one.id, cast.school.id)
    assert (event.object_id, event.title, event.result) == (
        asset.id, "板书", {"kind": "courseware"},
    )  # fmt: skip


@pytest.mark.parametrize("path", ["", "/media/secret.key", "/media/lessons/1/999/download/a.mp4"])
def test_a_path_that_is_no_file_is_no_act(path: str) -> None:
    cast = people.cast()
    download_record(who=people.who(cast.pupil), path=path)
    assert Event.objects.count() == 0


def test_the_ranges_of_one_download_share_a_key_and_the_next_hour_has_another() -> None:
    with time_machine.travel(at(MORNING.date(), MORNING.time()), tick=False) as clock:
        first = download_key(7, "/media/lessons/1/2/download/a.mp4")
        clock.shift(600)
        assert download_key(7, "/media/lessons/1/2/download/a.mp4") == first
        assert download_key(8, "/media/lessons/1/2/download/a.mp4") != first
        assert download_key(7, "/media/lessons/1/2/download/b.mp4") != first
        clock.shift(3600)
        assert download_key(7, "/media/lessons/1/2/download/a.mp4") != first
    assert len(first) <= 64
