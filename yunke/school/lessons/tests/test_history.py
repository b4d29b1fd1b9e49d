"""Bulk writing for imports and the demo: the same again changes nothing."""

from datetime import timedelta

import pytest

from yunke.base.clock import now, today
from yunke.ground.people.tests.makers import cast
from yunke.school.lessons.door import (
    NoteRow,
    PresenceRow,
    TaskRow,
    WatchRow,
    notes_of,
    notes_write,
    presences_write,
    progress_of,
    tasks_of,
    tasks_write,
    watches_write,
)
from yunke.school.lessons.models import Note, Presence, Task, Watch
from yunke.school.lessons.reads.classes import presence_days, presences_of, span
from yunke.school.lessons.tests.makers import question, taught, watched

pytestmark = pytest.mark.django_db


def watch_row(person_id: int, lesson_id: int, *stretches: tuple[float, float]) -> WatchRow:
    return WatchRow(person_id, lesson_id, 30, 120, stretches, now() - timedelta(days=3))


def test_histories_of_watching_are_written_once() -> None:
    people, row = cast(), taught()
    rows = [watch_row(child.id, row.id, (0, 115)) for child in people.pupils]
    for _ in range(2):
        watches_write(rows)
    assert Watch.objects.count() == 5
    found = progress_of(people.pupil.id, [row.id])[row.id]
    assert (found.seconds, found.finished, found.position) == (115, True, 30)


def test_a_persons_own_progress_is_never_replaced_by_history() -> None:
    people, row = cast(), taught()
    watched(people.pupil, row, (0, 60))
    watches_write([watch_row(people.pupil.id, row.id, (0, 5))])
    assert progress_of(people.pupil.id, [row.id])[row.id].seconds == 60


def test_part_of_a_film_is_not_finished() -> None:
    people, row = cast(), taught()
    watches_write([watch_row(people.pupil.id, row.id, (0, 30), (10, 20))])
    watch = Watch.objects.get()
    assert (watch.seconds, watch.finished_at) == (30, None)
    assert watch.again != b""


def test_tasks_give_their_ids_in_order_and_stay_on_a_second_run() -> None:
    row = taught()
    rows = [TaskRow(row.id, at, question().id) for at in (10.0, 40.0)]
    first = tasks_write(rows)
    assert tasks_write(rows) == first
    assert [task.id for task in tasks_of(row.id)] == first
    assert Task.objects.count() == 2


def test_notes_are_written_once() -> None:
    people, row = cast(), taught()
    rows = [NoteRow(people.pupil.id, row.id, 4.0, "一条", now())]
    assert (notes_write(rows), notes_write(rows)) == (1, 0)
    assert [note.text for note in notes_of(people.pupil.id, row.id)] == ["一条"]
    assert Note.objects.count() == 1


def test_days_of_presence_are_written_once_and_read_by_day() -> None:
    people = cast()
    since, until = span(today(), 3)
    rows = [
        PresenceRow(people.pupil.id, since + timedelta(days=n), now(), now(), 9) for n in range(3)
    ]
    for _ in range(2):
        presences_write(rows)
    assert Presence.objects.count() == 3
    assert list(presence_days(people.pupil.id, since, until)) == [row.day for row in rows]
    assert set(presences_of([people.pupil.id], until)) == {people.pupil.id}


def test_writing_a_thousand_rows_takes_few_queries(django_assert_max_num_queries) -> None:
    people = cast(pupils_in_class=50)
    lessons = [taught() for _ in range(20)]
    rows = [watch_row(child.id, row.id, (0, 50)) for child in people.pupils for row in lessons]
    with django_assert_max_num_queries(30):
        assert watches_write(rows) == 1000
    assert Watch.objects.count() == 1000
