"""After the exam: marks, the release, the analysis, appeals, what is never told before."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import who
from yunke.ground.privacy.reads.copy import person_tables
from yunke.school.attempts.door import marks_history
from yunke.school.exams.actions.planning import release_time_set
from yunke.school.exams.actions.results import (
    NotYet,
    appeal_ask,
    appeal_decide,
    appeal_take_back,
    exam_release,
    mark_give,
)
from yunke.school.exams.jobs.exams import analyse, release_at_minute
from yunke.school.exams.models import Analysis, Exam, Release
from yunke.school.exams.reads.analysis import analysis_made, analysis_of, points_seen
from yunke.school.exams.reads.exams import exams_released, quiet_until, told
from yunke.school.exams.reads.results import missing_for, result_of, results_of
from yunke.school.exams.tests.makers import (
    begin,
    end,
    hall,
    hand_in,
    released,
    sat,
    start,
    wish,
)
from yunke.school.exams.tests.makers import exam_plan as plan_exam
from yunke.school.exams.values.results import AppealState
from yunke.school.library.models import Question

pytestmark = pytest.mark.django_db


class Hands:
    """A job's hold, without a worker."""

    def write(self) -> Any:
        from django.db import transaction  # noqa: PLC0415

        return transaction.atomic()


def test_a_result_is_the_sum_of_what_counts_and_its_band() -> None:
    made = sat()
    first, second, third = made.people.pupils
    found = results_of(made.view)
    assert found[first.id].score == 5
    assert found[first.id].band[0] == "a"
    assert found[second.id].score == 2
    assert found[third.id].score == 0


def test_an_answer_that_a_person_has_to_read_leaves_no_sum() -> None:
    made = begin(hall())
    hand_in(made, made.people.pupil, "B", "5", "因为所以")
    result = result_of(made.view, made.people.pupil.id)
    assert result.score is None
    assert result.band is None
    end(made)
    assert missing_for(made.view).asking == 1


def test_results_do_not_go_out_while_somebody_may_sit_or_somebody_has_to_mark() -> None:
    made = begin(hall())
    hand_in(made, made.people.pupil, "B", "5", "因为所以")
    with pytest.raises(NotYet) as early:
        exam_release(exam_id=made.exam.id, who=made.teacher)
    assert early.value.missing.early
    end(made)
    with pytest.raises(NotYet) as waiting:
        exam_release(exam_id=made.exam.id, who=made.teacher)
    assert (waiting.value.missing.early, waiting.value.missing.asking) == (False, 1)
    line = result_of(made.view, made.people.pupil.id).lines[2]
    mark_give(who=made.teacher, exam_id=made.exam.id, reply_id=line.reply_id, score=Fraction(4))
    exam_release(exam_id=made.exam.id, who=made.teacher)
    assert result_of(made.view, made.people.pupil.id).score == 9


def test_somebody_who_still_writes_holds_the_release() -> None:
    made = begin(hall(open_text=False))
    start(made, made.people.pupil)
    end(made)
    assert missing_for(made.view).sitting == 1


def test_released_is_released_once_with_its_event_and_its_line() -> None:
    made = released(sat())
    exam_release(exam_id=made.exam.id, who=made.teacher)
    assert Release.objects.count() == 1
    assert Event.objects.filter(verb="exam.released").count() == 1
    assert Entry.objects.filter(act="results.released").count() == 1
    assert exams_released([made.exam.id, 999]) == {made.exam.id}


def test_only_who_planned_it_releases() -> None:
    made = end(sat())
    for somebody in (made.people.head, made.people.other_teacher, made.people.admin):
        with pytest.raises(Refused):
            exam_release(exam_id=made.exam.id, who=who(somebody))
    assert not Release.objects.exists()


def test_the_chosen_minute_releases_by_itself_and_not_before() -> None:
    made = sat()
    release_time_set(who=made.teacher, exam_id=made.exam.id, release_at=now() + timedelta(days=2))
    end(made)
    release_at_minute(Hands(), {"exam": made.exam.id})
    assert not Release.objects.exists()
    Exam.objects.update(release_at=now() - timedelta(minutes=1))
    release_at_minute(Hands(), {"exam": made.exam.id})
    assert Release.objects.count() == 1


def test_a_paper_that_a_later_shift_sits_is_told_to_nobody_until_then() -> None:
    made = end(sat())
    assert told(made.view)
    plan_exam(who=made.teacher, wish=wish(made.paper, made.people.one.id, starts_in=600))
    assert not told(made.view)
    assert quiet_until(made.paper.id, now()) > now()
    with pytest.raises(NotYet):
        exam_release(exam_id=made.exam.id, who=made.teacher)


def test_questions_of_a_released_paper_come_to_the_school() -> None:
    made = sat()
    rows = Question.objects.filter(origin=f"paper-{made.paper.id}")
    assert {row.school_id for row in rows} == {-1}
    released(made)
    assert {(row.school_id, row.retired_at) for row in rows.all()} == {
        (made.people.school.id, None)
    }


def test_a_mark_by_hand_follows_the_others_and_leaves_its_line() -> None:
    made = sat()
    line = result_of(made.view, made.people.pupil.id).lines[0]
    mark_give(
        who=made.teacher, exam_id=made.exam.id, reply_id=line.reply_id, score=Fraction(1),
        note="步骤不全",
    )  # fmt: skip
    assert [m.score for m in marks_history(line.reply_id)] == [2, 1]
    assert Entry.objects.filter(act="mark.changed", subject_id=made.people.pupil.id).exists()


def test_marks_are_given_by_the_subjects_teacher_and_within_the_points() -> None:
    made = sat()
    line = result_of(made.view, made.people.pupil.id).lines[0]
    for somebody in (made.people.head, made.people.other_teacher):
        with pytest.raises(Refused):
            mark_give(
                who=who(somebody), exam_id=made.exam.id, reply_id=line.reply_id,
                score=Fraction(1),
            )  # fmt: skip
    with pytest.raises(Refused):
        mark_give(who=made.teacher, exam_id=made.exam.id, reply_id=line.reply_id, score=Fraction(9))


def asked(made: Any, pupil: Any, position: int = 1, **more: Any) -> int:
    line = result_of(made.view, pupil.id).lines[position - 1]
    return appeal_ask(
        by_id=more.get("by", pupil.id), exam=made.view, person_id=pupil.id, reason="请再看",
        question_id=line.question_id,
    )  # fmt: skip


def test_an_appeal_is_answered_by_a_new_mark_or_by_an_explanation() -> None:
    made = released(sat())
    _first, second, third = made.people.pupils
    one, two = asked(made, second, 2), asked(made, third, 1)
    said = appeal_decide(
        who=made.teacher, exam_id=made.exam.id, appeal_id=one, answer="对的", score=Fraction(3)
    )
    assert said is AppealState.CHANGED
    said = appeal_decide(who=made.teacher, exam_id=made.exam.id, appeal_id=two, answer="看第二步")
    assert said is AppealState.EXPLAINED
    assert result_of(made.view, second.id).score == 5
    with pytest.raises(Refused, match="答复过"):
        appeal_decide(who=made.teacher, exam_id=made.exam.id, appeal_id=two, answer="再一次")


def test_one_question_has_one_open_appeal_and_who_asked_may_take_it_back() -> None:
    made = released(sat())
    pupil = made.people.pupil
    number = asked(made, pupil)
    assert asked(made, pupil, by=made.people.guardian.id) == number
    assert not appeal_take_back(by_id=7, exam_id=made.exam.id, appeal_id=number)
    assert appeal_take_back(by_id=pupil.id, exam_id=made.exam.id, appeal_id=number)
    assert asked(made, pupil) != number


def test_nobody_appeals_before_the_release_nor_after_the_days() -> None:
    made = sat()
    with pytest.raises(Refused):
        asked(made, made.people.pupil)
    released(made)
    Exam.objects.update(released_at=now() - timedelta(days=4))
    with pytest.raises(Refused):
        asked(made, made.people.pupil)


def test_the_analysis_is_made_by_a_job_and_anew_after_a_re_mark() -> None:
    made = released(sat(pupils=12))
    analyse(Hands(), {"exam": made.exam.id})
    first = Analysis.objects.get()
    assert analysis_of(made.exam.id)["pupils"] == 12
    line = result_of(made.view, made.people.pupil.id).lines[0]
    mark_give(who=made.teacher, exam_id=made.exam.id, reply_id=line.reply_id, score=Fraction(0))
    analyse(Hands(), {"exam": made.exam.id})
    assert Analysis.objects.get().stamp != first.stamp


def test_the_analysis_counts_options_and_points() -> None:
    made = sat(pupils=4)
    shown = analysis_made(made.view)
    assert [(o.id, o.count, o.right) for o in shown.items[0].options] == [
        ("A", 2, False), ("B", 2, True), ("C", 0, False)
    ]  # fmt: skip
    assert shown.items[0].difficulty == 0.5
    assert len(shown.points) == 1


def test_a_pupils_points_come_with_the_questions_that_say_so() -> None:
    made = sat()
    result = result_of(made.view, made.people.pupils[2].id)
    (point,) = points_seen(result, "zh")
    assert (point.name, point.positions, point.lost) == ("加法", (1,), (1,))
    assert "#1" in point.said


def test_a_copy_of_ones_data_holds_no_mark_before_the_release() -> None:
    made = sat()
    pupil = made.people.pupil

    def marks() -> int:
        tables = {label: list(rows) for label, _held, rows in person_tables(pupil.id)}
        return len(tables["attempts.Mark"])

    assert marks() == 0
    released(made)
    assert marks() == 2
