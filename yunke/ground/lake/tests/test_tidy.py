"""The outbox stays a week long, the lake's files stay few, and nothing of it shows."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from yunke.base.clock import now
from yunke.ground.lake.actions import lake_flush, lake_tidy
from yunke.ground.lake.actions.record import events_write
from yunke.ground.lake.actions.tidy import FILES
from yunke.ground.lake.models import Event, Flush, LakeFile
from yunke.ground.lake.reads import events_of
from yunke.ground.lake.tests.makers import lake, past, watched, yesterday

__all__ = ["lake"]
pytestmark = pytest.mark.django_db
OLD = timedelta(days=9)


def test_old_events_leave_the_outbox_once_they_are_in_the_lake(lake: Path) -> None:
    events_write([past(now() - OLD), past(yesterday())])
    lake_tidy()
    assert Event.objects.count() == 2, "nothing may go before it is in the lake"
    lake_flush()
    lake_tidy()
    assert [event.made_at for event in Event.objects.all()] == [yesterday()]


def test_a_person_still_sees_what_left_the_outbox(lake: Path) -> None:
    events_write([past(now() - OLD, person=4), past(yesterday(), person=4)])
    lake_flush()
    before = events_of(4).rows
    lake_tidy()
    assert Event.objects.count() == 1
    assert events_of(4).rows == before


def test_many_small_files_of_a_day_become_one(lake: Path) -> None:
    for person in range(FILES + 3):
        watched(person + 1)
        lake_flush()
    lake_tidy()
    whole = LakeFile.objects.get()
    assert whole.events == FILES + 3
    Event.objects.all().delete()
    assert len(events_of(5).rows) == 1
    assert (lake / whole.path).stat().st_size == whole.bytes


def test_a_few_files_are_left_alone(lake: Path) -> None:
    for person in range(3):
        watched(person + 1)
        lake_flush()
    lake_tidy()
    assert LakeFile.objects.count() == 3


def test_a_file_that_no_row_lists_goes_after_an_hour(lake: Path) -> None:
    watched(1)
    lake_flush()
    listed = lake / LakeFile.objects.get().path
    stray, fresh = listed.with_name("stray.part"), listed.with_name("fresh.part")
    stray.write_text("x")
    fresh.write_text("x")
    old = time.time() - 7200
    os.utime(stray, (old, old))
    os.utime(listed, (old, old))
    lake_tidy()
    assert not stray.exists()
    assert fresh.exists(), "somebody may still be writing it"
    assert listed.exists()


def test_joined_files_stay_a_while_for_those_who_read_them(lake: Path) -> None:
    for person in range(FILES):
        watched(person + 1)
        lake_flush()
    old = [lake / path for path in LakeFile.objects.values_list("path", flat=True)]
    for file in old:
        os.utime(file, (1, 1))
    lake_tidy()
    assert all(file.exists() for file in old)


def test_old_flushes_are_forgotten_but_never_the_last(lake: Path) -> None:
    with time_machine.travel(now() - OLD, tick=False):
        watched(1)
        lake_flush()
        watched(2)
        lake_flush()
        last = Event.objects.order_by("-id").values_list("id", flat=True)[0]
    lake_tidy()
    assert list(Flush.objects.values_list("last_id", flat=True)) == [last]


def test_tidying_twice_changes_nothing(lake: Path) -> None:
    events_write([past(now() - OLD), past(yesterday())])
    lake_flush()
    lake_tidy()
    kept = list(Event.objects.values_list("id", flat=True)), LakeFile.objects.count()
    lake_tidy()
    assert (list(Event.objects.values_list("id", flat=True)), LakeFile.objects.count()) == kept
