"""Progress and presence, as the hot front writes them."""

from datetime import timedelta

import pytest
from django.db import transaction

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import cast
from yunke.school.lessons.actions import presence_tick, progress_save
from yunke.school.lessons.models import Presence, Watch
from yunke.school.lessons.reads.watching import (
    progress_of,
    recent_of,
    seen_of,
    shares_of,
    watched_for_plan,
)
from yunke.school.lessons.tests.makers import SECONDS, here, taught, watched, where
from yunke.school.library.tests.makers import lesson

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_the_first_stretch_opens_the_lesson_and_counts_its_seconds() -> None:
    people, row = cast(), taught()
    reply = watched(people.pupil, row, (0, 30))
    assert reply == {
        "lesson": row.id, "position": 30, "seconds": 30, "share": 0.25, "finished": False,
    }  # fmt: skip
    assert verbs() == ["lesson.opened", "video.progressed"]
    event = Event.objects.latest("id")
    assert (event.seconds, event.lesson_id, event.class_id) == (30, row.id, people.one.id)


def test_going_back_never_lowers_and_is_no_new_second() -> None:
    people, row = cast(), taught()
    watched(people.pupil, row, (0, 60))
    reply = watched(people.pupil, row, (10, 20))
    assert (reply["position"], reply["seconds"]) == (20, 60)
    assert verbs().count("video.progressed") == 1
    assert Watch.objects.get().again != b""


def test_nine_tenths_finish_a_lesson_once() -> None:
    people, row = cast(), taught()
    watched(people.pupil, row, (0, 100))
    assert watched(people.pupil, row, (100, 109))["finished"] is True
    watched(people.pupil, row, (0, SECONDS))
    assert verbs().count("video.completed") == 1
    assert Watch.objects.get().finished_at is not None


def test_a_position_alone_is_kept_for_any_other_device() -> None:
    people, row = cast(), taught()
    watched(people.pupil, row, (0, 20))
    progress_save(
        **where(people.pupil), lesson_id=row.id, position=77.5, ranges=[], of_seconds=SECONDS
    )
    progress, seen = seen_of(people.pupil.id, row.id)
    assert progress is not None
    assert progress.position == 77.5
    assert seen == ((0, 20),)


def test_what_one_pupil_watched_is_nobody_elses() -> None:
    people, row = cast(), taught()
    watched(people.pupil, row, (0, 60))
    assert progress_of(people.pupils[1].id, [row.id]) == {}
    assert shares_of(people.pupil.id, [row.id]) == {row.id: 0.5}


@pytest.mark.parametrize(
    "wrong",
    [{"position": "soon"}, {"position": -1}, {"ranges": [[0, "x"]]}, {"ranges": None},
     {"of_seconds": float("inf")}, {"position": True}],
)  # fmt: skip
def test_numbers_that_are_none_are_refused_and_change_nothing(wrong: dict[str, object]) -> None:
    people, row = cast(), taught()
    watched(people.pupil, row, (0, 20))
    values = {"position": 1, "ranges": [], "of_seconds": SECONDS, **wrong}
    with pytest.raises(Refused), transaction.atomic():
        progress_save(**where(people.pupil), lesson_id=row.id, **values)
    assert Watch.objects.get().seconds == 20


def test_a_lesson_that_is_not_there_or_not_published_is_refused() -> None:
    people = cast()
    for number in (lesson(published=False).id, 10**9):
        with pytest.raises(Refused) as refused, transaction.atomic():
            progress_save(
                **where(people.pupil), lesson_id=number, position=0, ranges=[], of_seconds=9
            )
        assert refused.value.status == 404
    assert Watch.objects.count() == 0


def test_a_new_cut_of_the_video_counts_by_its_own_length() -> None:
    people, row = cast(), taught()
    watched(people.pupil, row, (0, SECONDS))
    reply = progress_save(
        **where(people.pupil), lesson_id=row.id, position=10, ranges=[], of_seconds=60
    )
    assert (reply["seconds"], reply["share"]) == (60, 1.0)


def test_saving_costs_three_queries(django_assert_num_queries) -> None:
    people, row = cast(), taught()
    spot = where(people.pupil)
    values = {"lesson_id": row.id, "of_seconds": SECONDS}
    with transaction.atomic():
        with django_assert_num_queries(6):  # one is kept for the next
            progress_save(**spot, **values, position=10, ranges=[[0, 10]])
        with django_assert_num_queries(3):
            progress_save(**spot, **values, position=20, ranges=[[10, 20]])
        with django_assert_num_queries(2):
            progress_save(**spot, **values, position=20, ranges=[])


def test_the_plan_learns_shares_and_what_was_left_unfinished_last(
    django_assert_num_queries,
) -> None:
    people = cast()
    first, second, third = taught(), taught(), taught()
    watched(people.pupil, first, (0, SECONDS))
    watched(people.pupil, second, (0, 30))
    Watch.objects.filter(lesson=second).update(changed_at=now() - timedelta(hours=2))
    watched(people.pupil, third, (0, 12))
    with django_assert_num_queries(1):
        found = watched_for_plan(people.pupil.id, [first.id, second.id])
    assert found.shares == {first.id: 1.0, second.id: 0.25, third.id: 0.1}
    assert found.left is not None
    assert (found.left.lesson_id, found.left.position) == (third.id, 12)


def test_what_was_watched_last_comes_first() -> None:
    people = cast()
    old, new = taught(), taught()
    watched(people.pupil, old, (0, 5))
    Watch.objects.update(changed_at=now() - timedelta(days=1))
    watched(people.pupil, new, (0, 5))
    assert [p.lesson_id for p in recent_of(people.pupil.id)] == [new.id, old.id]


def test_a_day_of_ticks_is_one_row_and_one_event() -> None:
    people = cast()
    for _ in range(5):
        here(people.pupil)
    row = Presence.objects.get()
    assert (row.ticks, row.first_at <= row.last_at) == (5, True)
    assert verbs() == ["presence.ticked"]


def test_a_tick_costs_one_query(django_assert_num_queries) -> None:
    people = cast()
    spot = where(people.pupil)
    with transaction.atomic():
        with django_assert_num_queries(3):
            presence_tick(**spot)
        with django_assert_num_queries(1):
            presence_tick(**spot)
