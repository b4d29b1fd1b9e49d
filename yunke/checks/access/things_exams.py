"""What stands behind a name in an address of the exams: one that was sat at home and released."""

from datetime import timedelta

from yunke.base.clock import now
from yunke.checks.access.things import once
from yunke.checks.access.world import PARAMS, Spot
from yunke.school.attempts.models import Reply
from yunke.school.exams.actions.results import appeal_ask
from yunke.school.exams.models import Exam
from yunke.school.exams.reads.exams import exam_view
from yunke.school.exams.tests import makers


@once("exam_id")
def exam(spot: Spot) -> int:
    """Of the spot's teacher and class; its pupil handed in, all is over, the results are out."""
    row = makers.hall_of(spot.teacher, spot.school_class.id)
    makers.sat_by(row, spot.pupil, "A", "4")
    start = now() - timedelta(hours=9)
    Exam.objects.filter(id=row.id).update(
        starts_at=start, ends_at=start + timedelta(hours=1), released_at=now()
    )
    return int(row.id)


@once("paper_id")
def paper(spot: Spot) -> int:
    """Sealed still."""
    return int(makers.paper(spot.teacher).id)


@once("reply_id")
def reply(spot: Spot) -> int:
    number = PARAMS["exam_id"](spot, "")
    rows = Reply.objects.filter(attempt__of="exam", attempt__of_id=number)
    return int(rows.earliest("id").id)


@once("appeal_id")
def appeal(spot: Spot) -> int:
    view = exam_view(PARAMS["exam_id"](spot, ""))
    assert view is not None
    question = Reply.objects.get(id=PARAMS["reply_id"](spot, "")).question_id
    return appeal_ask(
        by_id=spot.pupil.id, exam=view, person_id=spot.pupil.id, question_id=question,
        reason="请再看看",
    )  # fmt: skip


# An act that both the invigilator's and the guardian's page know.
PARAMS["what"] = lambda spot, of: "incident"
