"""Batches are on the disk before anybody is told, and in the lake once, whatever dies when."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from django.conf import settings

from yunke.base.clock import now, today
from yunke.ground.lake.actions.batches import frame_of, lines_of, mark_of
from yunke.ground.lake.actions.inbox import (
    Inbox,
    InboxFull,
    Segment,
    folder,
    frames_of,
    segments_closed,
)
from yunke.ground.lake.actions.intake import acts_keep, inbox_take
from yunke.ground.lake.models import Batch, Event, Intake, LakeFile, PersonDay
from yunke.ground.lake.reads.days import person_days
from yunke.ground.lake.reads.history import events_of
from yunke.ground.lake.tests.makers import lake, past, watched, yesterday
from yunke.ground.lake.values import PastAct, Verb

__all__ = ["lake"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def inbox(lake: Path) -> Iterator[Inbox]:
    found = Inbox().start()
    yield found
    found.stop()


def acts(count: int, person: int = 1, **more: object) -> list[PastAct]:
    return [
        past(now() - timedelta(seconds=n), person, uid=uuid.uuid4(), day=today(), **more)
        for n in range(count)
    ]


def send(inbox: Inbox, key: str, sent: list[PastAct], person: int = 1) -> None:
    inbox.submit(frame_of(mark_of(person, key), lines_of(sent))).result(timeout=10)


def in_lake() -> list[tuple[object, ...]]:
    paths = [
        str(settings.LAKE_ROOT / path) for path in LakeFile.objects.values_list("path", flat=True)
    ]
    return (
        duckdb.sql(f"SELECT id, uid FROM read_parquet({paths}) ORDER BY id").fetchall()
        if paths
        else []
    )


def test_what_was_answered_is_in_the_lake_once(inbox: Inbox) -> None:
    for number in range(5):
        send(inbox, f"k{number}", acts(20, person=number))
    inbox.stop()
    assert inbox_take() == 100
    assert len({uid for _id, uid in in_lake()}) == len(in_lake()) == 100
    assert not list(folder().iterdir())


def test_the_same_batch_sent_again_changes_nothing(inbox: Inbox) -> None:
    batch = acts(10)
    send(inbox, "same", batch)
    send(inbox, "same", batch)
    inbox.stop()
    assert inbox_take() == 10
    again = Inbox().start()
    send(again, "same", batch)
    again.stop()
    assert inbox_take() == 0
    assert (len(in_lake()), PersonDay.objects.get().acts) == (10, 10)


def test_an_act_that_comes_in_another_batch_is_the_same_act(inbox: Inbox) -> None:
    batch = acts(10)
    send(inbox, "one", batch[:6])
    inbox.stop()
    inbox_take()
    other = Inbox().start()
    send(other, "two", batch[3:])
    other.stop()
    assert inbox_take() == 4
    assert len(in_lake()) == 10


def test_two_people_may_use_the_same_key(inbox: Inbox) -> None:
    send(inbox, "k", acts(3, person=1), person=1)
    send(inbox, "k", acts(3, person=2), person=2)
    inbox.stop()
    assert inbox_take() == 6


def test_the_roll_up_adds_to_what_is_there(inbox: Inbox, lake: Path) -> None:
    send(inbox, "a", acts(2, verb=Verb.PROGRESSED, seconds=60, lesson_id=5))
    inbox.stop()
    inbox_take()
    acts_keep(acts(1, verb=Verb.PROGRESSED, seconds=30, lesson_id=6), key="b")
    row = person_days([1], today(), today())[0]
    assert (row.minutes, row.lessons, row.acts) == (2.5, 2, 3)


def test_what_came_by_the_inbox_is_told_beside_what_was_recorded(lake: Path) -> None:
    watched(1)
    acts_keep(acts(3), key="k")
    assert [line.verb for line in events_of(1).rows].count("lesson.opened") == 3
    assert len(events_of(1).rows) == 4


def test_ids_of_the_inbox_never_meet_those_of_the_outbox(lake: Path) -> None:
    watched(1)
    acts_keep(acts(3), key="k")
    acts_keep(acts(3), key="l")
    ids = [number for number, _uid in in_lake()]
    assert len(set(ids)) == 6
    assert max(ids) < 0 < Event.objects.get().id


def test_days_go_to_files_of_their_own(lake: Path) -> None:
    acts_keep([past(yesterday(), uid=uuid.uuid4()), *acts(1)], key="k")
    assert {file.day for file in LakeFile.objects.all()} == {yesterday().date(), today()}


def test_a_torn_frame_counts_as_nothing_and_takes_none_with_it(lake: Path) -> None:
    segment = Segment()
    segment.append([frame_of(mark_of(1, "whole"), lines_of(acts(4)))])
    segment.close()
    path = next(folder().glob("*.seg"))
    whole = path.read_bytes()
    torn = frame_of(mark_of(1, "torn"), lines_of(acts(4)))
    for tail in (b"\x01", whole[:20], whole[:-3], b"\xff" * 40, torn):
        path.write_bytes(whole + tail)
        assert len(list(frames_of(path))) == 1
    assert inbox_take() == 4


def test_every_cut_of_a_segment_gives_whole_batches(lake: Path) -> None:
    segment = Segment()
    segment.append([frame_of(mark_of(1, f"{n}"), lines_of(acts(2))) for n in range(3)])
    segment.close()
    path = next(folder().glob("*.seg"))
    whole = path.read_bytes()
    counts = set()
    for cut in range(0, len(whole), 37):
        path.write_bytes(whole[:cut])
        counts.add(len(list(frames_of(path))))
    assert counts == {0, 1, 2}


def test_a_segment_that_somebody_writes_is_left_alone(lake: Path) -> None:
    segment = Segment()
    segment.append([frame_of(mark_of(1, "k"), lines_of(acts(1)))])
    assert segments_closed() == []
    segment.close()
    assert len(segments_closed()) == 1


@pytest.mark.parametrize("where", ["read", "written", "listed", "rolled"])
def test_dying_while_taking_loses_and_doubles_nothing(lake: Path, where: str) -> None:
    segment = Segment()
    segment.append([frame_of(mark_of(1, f"{n}"), lines_of(acts(5))) for n in range(3)])
    segment.close()

    def die(step: str) -> None:
        if step == where:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        inbox_take(step=die)
    assert inbox_take() == 15
    assert (len(in_lake()), PersonDay.objects.get().acts) == (15, 15)
    assert Batch.objects.count() == 3


def test_a_segment_whose_deletion_was_missed_is_only_deleted(lake: Path) -> None:
    segment = Segment()
    segment.append([frame_of(mark_of(1, "k"), lines_of(acts(5)))])
    segment.close()
    path = next(folder().glob("*.seg"))
    kept = path.read_bytes()
    inbox_take()
    path.write_bytes(kept)
    assert inbox_take() == 0
    assert not path.exists()
    assert Intake.objects.count() == 1


WRITER = """
import sys, django
django.setup()
from django.conf import settings
from pathlib import Path
settings.LAKE_ROOT = Path(sys.argv[1])
from yunke.ground.lake.actions.inbox import Inbox
from yunke.ground.lake.actions.batches import frame_of, lines_of, mark_of
from yunke.ground.lake.tests.test_inbox import acts
inbox = Inbox().start()
for number in range(100000):
    inbox.submit(frame_of(mark_of(1, str(number)), lines_of(acts(10)))).result()
    print(number, flush=True)
"""


def test_kill_nine_loses_no_answered_batch(lake: Path) -> None:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "yunke.site.settings"}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(lake)], stdout=subprocess.PIPE, text=True, env=env
    )
    told = []
    for line in writer.stdout or ():
        told.append(int(line))
        if len(told) == 40:
            os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    inbox_take()
    marks = set(Batch.objects.values_list("mark", flat=True))
    assert {mark_of(1, str(number)) for number in told} <= marks
    assert len(marks) <= len(told) + 1
    assert len(in_lake()) == 10 * len(marks)


def test_a_full_disk_is_told_to_who_sent(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    send(inbox, "before", acts(1))

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", full)
        with pytest.raises(OSError, match="No space"):
            send(inbox, "lost", acts(1))
    send(inbox, "after", acts(1))
    inbox.stop()
    assert inbox_take() == 2


def test_an_inbox_that_ends_takes_no_more(inbox: Inbox) -> None:
    inbox.stop()
    with pytest.raises(InboxFull):
        inbox.submit(b"x")
