"""A pupil sits: the paper opens, the clock runs, stands still, is given back."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry as AuditLine
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import who
from yunke.school.attempts.door import Of, attempt_opened, attempts_close
from yunke.school.attempts.models import Attempt
from yunke.school.exams.actions.planning import extra_set
from yunke.school.exams.actions.sitting import (
    exam_pause,
    exam_resume,
    sitting_readmit,
    sitting_seen,
    sitting_withdraw,
    sittings_extend,
    standstill_note,
)
from yunke.school.exams.models import Extra, PaperItem, Pause, Sitting
from yunke.school.exams.reads.exams import seat_of
from yunke.school.exams.tests.makers import begin, hall, hand_in, start
from yunke.school.library.models import Question

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def ends(of: Any, pupil: Any) -> Any:
    return Attempt.objects.get(person=pupil, of="exam", of_id=of.exam.id).ends_at


def test_nobody_starts_before_the_time() -> None:
    made = hall()
    with pytest.raises(Refused, match="还没有到"):
        start(made, made.people.pupil)
    assert not PaperItem.objects.exists()


def test_the_paper_opens_with_the_first_who_starts_and_only_once() -> None:
    made = begin(hall())
    start(made, made.people.pupils[0])
    start(made, made.people.pupils[1])
    assert [i.position for i in PaperItem.objects.order_by("position")] == [1, 2, 3]
    assert Question.objects.filter(origin=f"paper-{made.paper.id}").count() == 3


def test_what_was_written_for_the_paper_is_found_by_nobody_who_chooses_questions() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    assert all(q.retired_at for q in Question.objects.filter(origin=f"paper-{made.paper.id}"))


def test_starting_twice_is_one_sitting_with_one_clock() -> None:
    made = begin(hall())
    first = start(made, made.people.pupil)
    assert start(made, made.people.pupil).started_at == first.started_at
    assert Sitting.objects.count() == 1
    assert Event.objects.filter(verb="exam.started").count() == 1


def test_the_end_is_the_minutes_after_the_start() -> None:
    made = begin(hall())
    seat = start(made, made.people.pupil)
    assert seat.ends_at == seat.started_at + 40 * MINUTE
    assert ends(made, made.people.pupil) == seat.ends_at


def test_extra_time_is_in_the_end_from_the_start_on() -> None:
    made = hall()
    extra_set(
        who=made.teacher, exam_id=made.exam.id, person_id=made.people.pupil.id, percent=25,
        minutes=5,
    )  # fmt: skip
    begin(made)
    seat = start(made, made.people.pupil)
    assert seat.ends_at == seat.started_at + 55 * MINUTE
    assert AuditLine.objects.filter(act="exam.extended").count() == 1


def test_extra_time_of_nothing_takes_it_away() -> None:
    made = hall()
    for percent in (25, 0):
        extra_set(
            who=made.teacher, exam_id=made.exam.id, person_id=made.people.pupil.id,
            percent=percent, minutes=0,
        )  # fmt: skip
    assert not Extra.objects.exists()


def test_who_comes_after_the_late_rule_stays_out_and_is_told() -> None:
    made = begin(hall(late_minutes=15), 16)
    with pytest.raises(Refused, match="过了可以进场"):
        start(made, made.people.pupil)


def test_a_pause_of_all_holds_every_clock_and_gives_the_time_back() -> None:
    made = begin(hall())
    first, second, _third = made.people.pupils
    start(made, first)
    exam_pause(who=made.teacher, exam_id=made.exam.id, reason="消防演习")
    assert ends(made, first) is None
    with pytest.raises(Refused, match="暂停"):
        start(made, second)
    Pause.objects.update(began_at=now() - 10 * MINUTE)
    Sitting.objects.update(started_at=now() - 15 * MINUTE)
    exam_resume(who=made.teacher, exam_id=made.exam.id)
    left = ends(made, first) - now()
    assert timedelta(minutes=34.9) < left <= timedelta(minutes=35.1)


def test_a_pause_asked_for_twice_is_one() -> None:
    made = begin(hall())
    for _n in range(2):
        exam_pause(who=made.teacher, exam_id=made.exam.id, reason="x")
    assert Pause.objects.count() == 1


def test_a_pause_of_one_holds_only_that_clock() -> None:
    made = begin(hall())
    first, second, _third = made.people.pupils
    start(made, first)
    start(made, second)
    exam_pause(who=made.teacher, exam_id=made.exam.id, reason="", person_ids=[first.id])
    assert ends(made, first) is None
    assert ends(made, second) is not None
    exam_resume(who=made.teacher, exam_id=made.exam.id, person_ids=[first.id])
    assert ends(made, first) is not None


def test_while_paused_the_server_closes_nothing() -> None:
    made = begin(hall(), 39)
    start(made, made.people.pupil)
    exam_pause(who=made.teacher, exam_id=made.exam.id, reason="")
    assert attempts_close(now() + 60 * MINUTE, grace=timedelta(0)) == 0


def test_minutes_given_move_the_end_of_those_alone() -> None:
    made = begin(hall())
    first, second, _third = made.people.pupils
    one, two = start(made, first), start(made, second)
    assert (
        sittings_extend(who=made.teacher, exam_id=made.exam.id, person_ids=[first.id], minutes=7)
        == 1
    )
    assert ends(made, first) == one.ends_at + 7 * MINUTE
    assert ends(made, second) == two.ends_at


def test_after_a_power_cut_the_time_comes_back_and_closed_sittings_go_on() -> None:
    made = begin(hall(), 50)
    pupil = made.people.pupil
    start(made, pupil)
    Sitting.objects.update(started_at=now() - 45 * MINUTE)
    Attempt.objects.update(ends_at=now() - 5 * MINUTE)
    attempts_close(now(), grace=timedelta(0))
    assert seat_of(made.view, pupil.id).by_server
    back = standstill_note(
        who=made.teacher, exam_id=made.exam.id, began_at=now() - 20 * MINUTE, ended_at=now(),
        reason="停电",
    )  # fmt: skip
    assert back == 1
    seat = seat_of(made.view, pupil.id)
    assert seat.submitted_at is None
    assert timedelta(minutes=14.9) < seat.ends_at - now() <= timedelta(minutes=15.1)


def test_a_standstill_outside_the_exam_is_refused() -> None:
    made = begin(hall())
    with pytest.raises(Refused):
        standstill_note(
            who=made.teacher, exam_id=made.exam.id, began_at=now() - 99 * MINUTE,
            ended_at=now(), reason="",
        )  # fmt: skip


def test_who_handed_in_too_early_may_be_let_back_for_some_minutes() -> None:
    made = begin(hall(), 39)
    pupil = made.people.pupil
    hand_in(made, pupil, "B", "5", "因为")
    sitting_readmit(
        who=made.teacher, exam_id=made.exam.id, person_id=pupil.id, minutes=10, reason="误按"
    )
    seat = seat_of(made.view, pupil.id)
    assert seat.submitted_at is None
    assert seat.ends_at - now() >= timedelta(minutes=9.9)
    opened = attempt_opened(pupil.id, Of.EXAM, made.exam.id)
    assert len(opened.answers) == 3


def test_a_sitting_that_was_voided_does_not_start_again() -> None:
    made = begin(hall())
    pupil = made.people.pupil
    start(made, pupil)
    sitting_withdraw(who=made.teacher, exam_id=made.exam.id, person_id=pupil.id, reason="x")
    with pytest.raises(Refused):
        start(made, pupil)


def test_the_page_says_that_it_is_there() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    Sitting.objects.update(seen_at=None)
    assert sitting_seen(made.people.pupil.id, made.exam.id)
    assert Sitting.objects.get().seen_at
    assert not sitting_seen(made.people.other_pupil.id, made.exam.id)


def test_only_teachers_of_its_classes_move_its_clocks() -> None:
    made = begin(hall())
    start(made, made.people.pupil)
    for stranger in (made.people.other_teacher, made.people.far_teacher, made.people.admin):
        with pytest.raises(Refused):
            exam_pause(who=who(stranger), exam_id=made.exam.id, reason="")
        with pytest.raises(Refused):
            sittings_extend(
                who=who(stranger), exam_id=made.exam.id, person_ids=[made.people.pupil.id],
                minutes=5,
            )  # fmt: skip


def test_questions_are_shuffled_within_their_sections_and_stay_so() -> None:
    made = begin(hall(shuffle=True))
    start(made, made.people.pupil)
    items = {i.question_id: i.section for i in PaperItem.objects.all()}
    order = attempt_opened(made.people.pupil.id, Of.EXAM, made.exam.id).order
    assert [items[q] for q in order] == sorted(items.values())
    assert set(order) == set(items)
