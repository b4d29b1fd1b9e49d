"""The consequential actions of exams, and how to do each once more."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction
from typing import Any

from yunke.base.clock import now
from yunke.ground.audit.door import Act
from yunke.ground.people.tests.makers import Cast, who
from yunke.school.attempts.models import Reply, Stray
from yunke.school.exams.actions.planning import exam_withdraw
from yunke.school.exams.actions.results import (
    appeal_ask,
    appeal_decide,
    exam_release,
    mark_give,
)
from yunke.school.exams.actions.sitting import (
    exam_pause,
    sitting_readmit,
    sittings_extend,
    stray_count,
)
from yunke.school.exams.models import Exam
from yunke.school.exams.reads.exams import exam_view
from yunke.school.exams.tests import makers

Ready = Callable[[], Any]


def running(cast: Cast, *answers: Any) -> Exam:
    row = makers.hall_of(cast.teacher, cast.one.id)
    makers.sat_by(row, cast.pupil, *answers)
    return row


def over(cast: Cast) -> Exam:
    row = running(cast, "A", "5")
    row.starts_at = now() - timedelta(hours=9)
    row.ends_at = row.starts_at + timedelta(hours=1)
    row.save()
    return row


def withdrawn(cast: Cast) -> Ready:
    number = makers.hall_of(cast.teacher, cast.one.id).id
    return lambda: exam_withdraw(who=who(cast.teacher), exam_id=number)


def paused(cast: Cast) -> Ready:
    number = running(cast).id
    return lambda: exam_pause(who=who(cast.teacher), exam_id=number, reason="演习")


def extended(cast: Cast) -> Ready:
    number = running(cast).id
    return lambda: sittings_extend(
        who=who(cast.teacher), exam_id=number, person_ids=[cast.pupil.id], minutes=5
    )


def readmitted(cast: Cast) -> Ready:
    number = running(cast, "A", "5").id
    return lambda: sitting_readmit(
        who=who(cast.teacher), exam_id=number, person_id=cast.pupil.id, minutes=5, reason=""
    )


def stray(cast: Cast) -> Ready:
    row = running(cast, "A", "5")
    reply = Reply.objects.filter(attempt__of="exam", attempt__of_id=row.id).earliest("id")
    late = Stray.objects.create(
        attempt=reply.attempt, question=reply.question, value="B", seq=9, why="submitted"
    )
    return lambda: stray_count(who=who(cast.teacher), exam_id=row.id, stray_id=late.id, accept=True)


def released(cast: Cast) -> Ready:
    number = over(cast).id
    return lambda: exam_release(exam_id=number, who=who(cast.teacher))


def marked(cast: Cast) -> Ready:
    row = over(cast)
    reply = Reply.objects.filter(attempt__of="exam", attempt__of_id=row.id).earliest("id")
    return lambda: mark_give(
        who=who(cast.teacher), exam_id=row.id, reply_id=reply.id, score=Fraction(1)
    )


def answered(cast: Cast) -> Ready:
    row = over(cast)
    exam_release(exam_id=row.id)
    view = exam_view(row.id)
    assert view is not None
    reply = Reply.objects.filter(attempt__of="exam", attempt__of_id=row.id).earliest("id")
    number = appeal_ask(
        by_id=cast.pupil.id, exam=view, person_id=cast.pupil.id, reason="请看",
        question_id=reply.question_id,
    )  # fmt: skip
    return lambda: appeal_decide(
        who=who(cast.teacher), exam_id=row.id, appeal_id=number, answer="看过了"
    )


EXAM_ACTIONS: dict[str, tuple[Act, Callable[[Cast], Ready]]] = {
    "an exam is withdrawn": (Act.EXAM_CHANGED, withdrawn),
    "an exam's clock is stopped": (Act.EXAM_STOPPED, paused),
    "more time is given in an exam": (Act.EXAM_EXTENDED, extended),
    "a pupil goes back into an exam": (Act.EXAM_REOPENED, readmitted),
    "a late answer is decided": (Act.STRAY_DECIDED, stray),
    "results are released": (Act.RESULTS_RELEASED, released),
    "a mark is given by hand": (Act.MARK_CHANGED, marked),
    "an appeal is answered": (Act.APPEAL_DECIDED, answered),
}
