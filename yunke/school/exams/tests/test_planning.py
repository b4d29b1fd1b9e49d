"""An exam is planned, moved, withdrawn: what is refused leaves nothing; jobs keep its hours."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import translation

from yunke.base.clock import now, today
from yunke.base.jobs import run_one
from yunke.base.models import Job
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import member, who
from yunke.ground.people.values import Role
from yunke.school.exams import jobs
from yunke.school.exams.actions.planning import (
    exam_move,
    exam_plan,
    exam_withdraw,
    extra_set,
    release_time_set,
)
from yunke.school.exams.models import Exam, ExamClass, Extra, Paper, PaperItem, Release
from yunke.school.exams.reads.exams import exam_view, planned_in
from yunke.school.exams.tests.makers import (
    Hall,
    begin,
    end,
    hall,
    left,
    paper,
    people,
    sat,
    start,
    two_classes,
    wish,
)
from yunke.school.exams.values.exams import Mode, Sort
from yunke.school.timetable.tests.makers import term

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
assert jobs.exams  # known to the worker that the tests are


def work() -> None:
    """The worker, until nothing is due."""
    while run_one():
        pass


def again(of: Hall, **more: Any) -> Any:
    return wish(of.paper, of.people.one.id, **more)


def test_a_plan_leaves_its_rows_its_event_and_the_job_of_its_start() -> None:
    made = hall(late_minutes=15, shuffle=True)
    view = made.view
    assert (view.class_ids, view.subject, view.grade) == ((made.people.one.id,), "maths", 4)
    assert (view.school_id, view.author_id) == (made.people.school.id, made.people.teacher.id)
    assert (view.late_minutes, view.shuffle, view.released) == (15, True, False)
    event = Event.objects.get(verb="exam.planned")
    assert (event.object_id, event.class_id) == (made.exam.id, made.people.one.id)
    job = Job.objects.get(name="exams.open")
    assert abs(job.due_at - view.starts_at) < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"minutes": 4}, 422),
        ({"minutes": 241, "late_full": True}, 422),
        ({"starts_in": -1}, 422),
        ({"class_ids": ()}, 422),
        ({"minutes": 61}, 422),
        ({"ends_at": now() - HOUR}, 422),
        ({"ends_at": now() + timedelta(days=16)}, 422),
        ({"release_at": now()}, 422),
        ({"appeal_days": 31}, 422),
        ({"appeal_days": -1}, 422),
        ({"paper_id": 10**9}, 404),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_leaves_nothing(
    more: dict[str, Any], status: int
) -> None:
    made = people()
    row = paper(made.teacher)
    with pytest.raises(Refused) as no:
        exam_plan(who=who(made.teacher), wish=wish(row, made.one.id, **more))
    assert no.value.status == status
    assert not Exam.objects.exists()
    assert not ExamClass.objects.exists()
    assert not Job.objects.filter(name__startswith="exams.").exists()


@pytest.mark.parametrize(
    ("minutes", "window", "full"), [(5, 5, False), (240, 240, False), (240, 30, True)]
)
def test_the_shortest_and_the_longest_exam_are_planned(
    minutes: int, window: int, full: bool
) -> None:
    made = people()
    start_at = now() + HOUR
    planned = wish(
        paper(made.teacher), made.one.id, minutes=minutes, late_full=full, starts_at=start_at,
        ends_at=start_at + timedelta(minutes=window),
    )  # fmt: skip
    assert exam_plan(who=who(made.teacher), wish=planned)


def test_nobody_plans_for_a_class_or_with_a_paper_that_is_not_theirs() -> None:
    made = people()
    row = paper(made.teacher)
    for class_id in (made.other.id, made.far.id, 10**9, 0):
        with pytest.raises(Refused) as no:
            exam_plan(who=who(made.teacher), wish=wish(row, made.one.id, class_id))
        assert no.value.status == 404
    for somebody in (made.head, made.other_teacher, made.admin):
        with pytest.raises(Refused) as no:
            exam_plan(who=who(somebody), wish=wish(row, made.one.id))
        assert no.value.status == 404
    assert not Exam.objects.exists()


def test_a_class_sits_one_exam_at_a_time_but_at_home_windows_may_touch() -> None:
    made = hall()
    with pytest.raises(Refused) as no:
        exam_plan(who=made.teacher, wish=again(made, starts_in=90))
    assert no.value.status == 409
    assert exam_plan(who=made.teacher, wish=again(made, starts_in=90, mode=Mode.HOME))
    assert exam_plan(who=made.teacher, wish=again(made, starts_in=121))


def test_a_withdrawn_exam_frees_the_hour_and_the_term() -> None:
    made = hall(sort=Sort.FINAL)
    with pytest.raises(Refused):
        exam_plan(who=made.teacher, wish=again(made, starts_in=600, sort=Sort.FINAL))
    exam_withdraw(who=made.teacher, exam_id=made.exam.id, reason="教室漏水")
    assert exam_plan(who=made.teacher, wish=again(made, sort=Sort.FINAL))
    line = Entry.objects.get(act="exam.changed")
    assert line.detail["withdrawn"] is True


def test_the_law_is_counted_by_the_terms_of_the_calendar() -> None:
    made = people()
    term(made.city, first=today() - timedelta(days=50), last=today() + timedelta(days=3))
    row, number = paper(made.teacher), made.one.id
    exam_plan(who=who(made.teacher), wish=wish(row, number, sort=Sort.FINAL))
    with pytest.raises(Refused, match="每学期只组织一次期末考试"):
        exam_plan(
            who=who(made.teacher), wish=wish(row, number, sort=Sort.FINAL, starts_in=2 * 24 * 60)
        )
    term(made.city, first=today() + timedelta(days=20), last=today() + timedelta(days=120))
    later = wish(row, number, sort=Sort.FINAL, starts_in=40 * 24 * 60)
    assert exam_plan(who=who(made.teacher), wish=later)


def test_another_subject_has_its_own_count() -> None:
    made = hall(sort=Sort.FINAL)
    other = paper(made.people.teacher)
    Paper.objects.filter(id=other.id).update(subject="chinese")
    member(made.people.teacher, made.people.one, Role.TEACHER, subject="chinese")
    planned = wish(other, made.people.one.id, sort=Sort.FINAL, starts_in=600)
    assert exam_plan(who=who(made.people.teacher), wish=planned)
    year = timedelta(days=365)
    found = planned_in(made.people.one.id, "chinese", now() - year, now() + year)
    assert [one.subject for one in found] == ["chinese"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "学校和班级不得组织"), ("en", "No weekly, monthly")]
)
def test_the_law_is_named_in_the_readers_language(language: str, words: str) -> None:
    made = people()
    with translation.override(language), pytest.raises(Refused, match=words) as no:
        exam_plan(
            who=who(made.teacher), wish=wish(paper(made.teacher), made.one.id, sort=Sort.UNIT)
        )
    assert no.value.status == 422


def test_where_no_law_limits_a_unit_exam_is_planned(settings: LazySettings) -> None:
    settings.PROFILE = "eu"
    assert hall(sort=Sort.UNIT).exam.sort == "unit"


def test_an_exam_is_moved_by_its_author_before_it_starts() -> None:
    made = hall(sort=Sort.FINAL)
    before = made.exam.starts_at
    later = again(made, starts_in=500, sort=Sort.FINAL, minutes=50)
    exam_move(who=made.teacher, exam_id=made.exam.id, wish=later)
    row = Exam.objects.get()
    assert (row.starts_at, row.minutes) == (later.starts_at, 50)
    line = Entry.objects.get(act="exam.changed")
    assert line.detail["before"]["starts_at"] == before.isoformat()
    assert Event.objects.filter(verb="exam.changed", object_id=row.id).count() == 1
    assert Job.objects.filter(name="exams.open").count() == 2
    for somebody in (made.people.head, made.people.other_teacher):
        with pytest.raises(Refused) as no:
            exam_move(who=who(somebody), exam_id=row.id, wish=later)
        assert no.value.status == 404


def test_a_move_that_is_refused_moves_nothing() -> None:
    made = hall()
    exam_plan(who=made.teacher, wish=again(made, starts_in=300))
    for bad in (again(made, starts_in=310), again(made, starts_in=-5), again(made, minutes=1)):
        with pytest.raises(Refused):
            exam_move(who=made.teacher, exam_id=made.exam.id, wish=bad)
    begin(made)
    with pytest.raises(Refused) as no:
        exam_move(who=made.teacher, exam_id=made.exam.id, wish=again(made, starts_in=900))
    assert no.value.status == 409


def test_the_old_hours_job_does_not_open_an_exam_that_was_moved() -> None:
    made = hall()
    exam_move(who=made.teacher, exam_id=made.exam.id, wish=again(made, starts_in=500))
    Job.objects.update(due_at=now())
    work()
    assert not PaperItem.objects.exists()
    begin(made)
    Job.objects.update(due_at=now(), state="waiting", tries=0)
    work()
    assert PaperItem.objects.count() == 3
    assert Paper.objects.get().opened_at


def test_the_paper_of_a_withdrawn_exam_stays_sealed() -> None:
    made = hall()
    exam_withdraw(who=made.teacher, exam_id=made.exam.id)
    begin(made)
    Job.objects.update(due_at=now())
    work()
    assert not PaperItem.objects.exists()


def test_results_go_out_at_the_minute_by_the_worker_and_once() -> None:
    made = end(sat())
    chosen = Exam.objects.get().ends_at + timedelta(minutes=1)
    release_time_set(who=made.teacher, exam_id=made.exam.id, release_at=chosen)
    for _twice in range(2):
        Job.objects.filter(name="exams.release").update(due_at=now(), state="waiting")
        work()
    assert Release.objects.get().sittings == 3
    line = Entry.objects.get(act="results.released")
    assert line.detail["by_clock"] is True


def test_at_the_minute_what_is_unmarked_holds_the_release_and_says_so() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    end(made)
    chosen = Exam.objects.get().ends_at + timedelta(minutes=1)
    release_time_set(who=made.teacher, exam_id=made.exam.id, release_at=chosen)
    work()
    assert not Release.objects.exists()
    assert "还没有交" in Job.objects.get(name="exams.release").reason


def test_the_minute_of_the_release_lies_after_the_end_and_is_taken_away() -> None:
    made = hall()
    with pytest.raises(Refused) as no:
        release_time_set(
            who=made.teacher, exam_id=made.exam.id, release_at=made.exam.ends_at - HOUR
        )
    assert no.value.status == 422
    release_time_set(who=made.teacher, exam_id=made.exam.id, release_at=made.exam.ends_at)
    assert Exam.objects.get().release_at == made.exam.ends_at
    release_time_set(who=made.teacher, exam_id=made.exam.id, release_at=None)
    assert Exam.objects.get().release_at is None
    with pytest.raises(Refused):
        release_time_set(who=who(made.people.head), exam_id=made.exam.id, release_at=None)


def test_extra_time_is_for_pupils_of_the_exam_within_bounds_and_before_they_start() -> None:
    made = hall()
    pupil = made.people.pupil

    def give(person: Any, percent: int, minutes: int) -> None:
        extra_set(
            who=made.teacher, exam_id=made.exam.id, person_id=person.id, percent=percent,
            minutes=minutes,
        )  # fmt: skip

    for stranger in (made.people.other_pupil, made.people.teacher):
        with pytest.raises(Refused) as no:
            give(stranger, 25, 0)
        assert no.value.status == 404
    for bad in ((201, 0), (0, 241), (-1, 0), (0, -1)):
        with pytest.raises(Refused) as no:
            give(pupil, *bad)
        assert no.value.status == 422
    assert not Extra.objects.exists()
    give(pupil, 50, 10)
    give(pupil, 25, 0)
    assert (Extra.objects.get().percent, Extra.objects.get().minutes) == (25, 0)
    begin(made)
    start(made, pupil)
    with pytest.raises(Refused, match="已经开始"):
        give(pupil, 0, 0)
    assert Extra.objects.exists()


def test_an_author_who_left_the_class_moves_and_withdraws_nothing_more() -> None:
    made = hall()
    author = made.people.teacher
    left(author)
    acts: list[Any] = [
        lambda: exam_withdraw(who=who(author), exam_id=made.exam.id),
        lambda: release_time_set(who=who(author), exam_id=made.exam.id, release_at=None),
        lambda: exam_move(who=who(author), exam_id=made.exam.id, wish=again(made, starts_in=500)),
        lambda: extra_set(
            who=who(author), exam_id=made.exam.id, person_id=made.people.pupil.id, percent=9,
            minutes=0,
        ),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(Refused) as no:
            act()
        assert no.value.status == 404
    assert Exam.objects.get().withdrawn_at is None


def test_released_exams_are_neither_withdrawn_nor_given_another_minute() -> None:
    made = hall()
    Exam.objects.update(released_at=now())
    for act in (
        lambda: exam_withdraw(who=made.teacher, exam_id=made.exam.id),
        lambda: release_time_set(who=made.teacher, exam_id=made.exam.id, release_at=None),
    ):
        with pytest.raises(Refused) as no:
            act()
        assert no.value.status == 409


def test_an_exam_of_two_classes_stands_in_both_calendars() -> None:
    made = two_classes()
    classes = (made.people.one.id, made.people.other.id)
    assert exam_view(made.exam.id) == made.view
    assert made.view.class_ids == tuple(sorted(classes))
    twice = replace(again(made, starts_in=70), class_ids=(made.people.other.id,))
    with pytest.raises(Refused):
        exam_plan(who=made.teacher, wish=twice)
