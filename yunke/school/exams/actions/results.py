"""Marks by hand, the release, appeals. Every mark follows the last; nothing is overwritten."""

from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.jobs import ask
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.attempts.door import mark_set, marks_history, marks_of
from yunke.school.exams.actions.papers import paper_share
from yunke.school.exams.models import Analysis, Appeal, Exam, Release
from yunke.school.exams.reads.exams import classes_taught, exam_view, seat_of, seats_of
from yunke.school.exams.reads.papers import items_of_paper
from yunke.school.exams.reads.results import appeal_open, missing_for
from yunke.school.exams.values.exams import ExamView
from yunke.school.exams.values.results import AppealState, Missing

ANALYSE = "exams.analyse"
LONGEST = 500


class NotYet(Refused):
    """The results cannot go out; ``missing`` says what is between."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(_missing_told(missing), status=409)
        self.missing = missing


@transaction.atomic
def exam_release(*, exam_id: int, who: Who | None = None) -> None:
    """The results go out: key, reasoning, every pupil's own result. Once; it never goes back.

    ``who`` None: the chosen minute came. Raises NotYet, Refused (404).
    """
    row = Exam.objects.select_for_update().filter(id=exam_id, withdrawn_at__isnull=True).first()
    exam = exam_view(exam_id)
    if row is None or exam is None or (who is not None and not _may_release(who, exam)):
        raise Refused(_("没有找到这场考试，或者它不归你管。"), status=404)
    if row.released_at is not None:
        return
    missing = missing_for(exam)
    if missing.any:
        raise NotYet(missing)
    row.released_at = now()
    row.save(update_fields=["released_at"])
    by = who.id if who else (row.author_id or 0)
    Release.objects.create(
        exam=row, by_id=by or None, sittings=len(seats_of(exam, states=False))
    )  # fmt: skip
    paper_share(row.paper_id)
    analysis_ask(exam_id)
    event_record(
        actor_id=by, verb=Verb.EXAM_RELEASED, object_kind="exam", object_id=exam_id,
        school_id=exam.school_id,
    )  # fmt: skip
    audit_record(
        actor_id=by, act=Act.RESULTS_RELEASED, object_kind="exam", object_id=exam_id,
        school_id=exam.school_id, detail={"by_clock": who is None},
    )  # fmt: skip


def _may_release(who: Who, exam: ExamView) -> bool:
    return exam.author_id == who.id and bool(classes_taught(who, exam))


@transaction.atomic
def mark_give(
    *, who: Who, exam_id: int, reply_id: int, score: Fraction, note: str = ""
) -> int:  # fmt: skip
    """A teacher's mark, before the release or after it; gives its id. Raises Refused."""
    exam = exam_view(exam_id)
    if exam is None or exam.withdrawn_at:
        raise Refused(_("没有找到这场考试，或者它不归你管。"), status=404)
    person = _whose(who, exam, reply_id)
    mark_id = mark_set(by_id=who.id, reply_id=reply_id, score=score, note=note)
    _marked(who, exam, person, mark_id)
    return mark_id


def _whose(who: Who, exam: ExamView, reply_id: int) -> int:
    """The pupil of a reply of this exam, when the person marks that pupil's class."""
    taught = classes_taught(who, exam)
    seats = {
        seat.attempt_id: seat.person_id
        for seat in seats_of(exam, states=False).values()
        if seat.class_id in taught and seat.withdrawn_at is None
    }
    history = marks_history(reply_id)
    if not history or history[0].attempt_id not in seats:
        raise Refused(_("没有找到这个答案，或者它不归你批。"), status=404)
    return seats[history[0].attempt_id]


def _marked(who: Who, exam: ExamView, person_id: int, mark_id: int) -> None:
    if exam.released_at is not None:
        analysis_ask(exam.id)
    audit_record(
        actor_id=who.id, act=Act.MARK_CHANGED, subject_id=person_id, object_kind="exam",
        object_id=exam.id, school_id=exam.school_id, detail={"mark": mark_id},
    )  # fmt: skip


@transaction.atomic
def appeal_ask(
    *, by_id: int, exam: ExamView, person_id: int, question_id: int, reason: str
) -> int:  # fmt: skip
    """The pupil or a guardian asks to look again; gives the appeal's id.

    The caller has decided that this is the pupil's own result, or the guardian's child's.
    """
    if not appeal_open(exam, now()):
        raise Refused(_("现在不能申请复查：结果还没有公布，或者期限过了。"), status=409)
    if not reason.strip():
        raise Refused(_("请写一写为什么要复查。"), status=422)
    seat = seat_of(exam, person_id)
    asked = {item.question_id for item in items_of_paper(exam.paper_id)}
    if seat is None or seat.withdrawn_at or question_id not in asked:
        raise Refused(_("没有找到这道题。"), status=404)
    before = next(
        (m for m in marks_of([seat.attempt_id]) if m.question_id == question_id), None
    )  # fmt: skip
    there = Appeal.objects.filter(
        exam_id=exam.id, person_id=person_id, question_id=question_id, state=AppealState.OPEN
    ).first()
    if there is not None:
        return there.id
    row = Appeal.objects.create(
        exam_id=exam.id, person_id=person_id, asked_by_id=by_id, question_id=question_id,
        reason=reason.strip()[:LONGEST], reply_id=before.reply_id if before else 0,
        before_id=before.id if before else 0,
    )  # fmt: skip
    event_record(
        actor_id=by_id, subject_id=person_id, verb=Verb.EXAM_APPEALED, object_kind="exam",
        object_id=exam.id, class_id=seat.class_id, school_id=exam.school_id,
    )  # fmt: skip
    return row.id


@transaction.atomic
def appeal_take_back(*, by_id: int, exam_id: int, appeal_id: int) -> bool:
    """Who asked asks no more."""
    rows = Appeal.objects.filter(
        id=appeal_id, exam_id=exam_id, asked_by_id=by_id, state=AppealState.OPEN
    )
    return bool(rows.update(state=AppealState.TAKEN_BACK, decided_at=now()))


@transaction.atomic
def appeal_decide(
    *, who: Who, exam_id: int, appeal_id: int, answer: str, score: Fraction | None = None
) -> AppealState:
    """The class's teacher of the subject re-marks (``score``) or explains; once. Raises Refused."""
    exam = exam_view(exam_id)
    row = Appeal.objects.select_for_update().filter(id=appeal_id, exam_id=exam_id).first()
    if exam is None or row is None:
        raise Refused(_("没有找到这个复查。"), status=404)
    seat = seat_of(exam, row.person_id)
    if seat is None or seat.class_id not in classes_taught(who, exam):
        raise Refused(_("没有找到这个复查。"), status=404)
    if row.state != AppealState.OPEN:
        raise Refused(_("这个复查已经答复过了，没有改动。"), status=409)
    if not answer.strip():
        raise Refused(_("请写一写是怎么看的，学生和家长会读到。"), status=422)
    row.after_id, row.state = row.before_id, AppealState.EXPLAINED.value
    if score is not None and row.reply_id:
        row.after_id = mark_set(
            by_id=who.id, reply_id=row.reply_id, score=score, note=answer.strip()[:LONGEST]
        )
        row.state = AppealState.CHANGED.value
        _marked(who, exam, row.person_id, row.after_id)
    row.answer, row.decided_by_id, row.decided_at = answer.strip()[:LONGEST], who.id, now()
    row.save()
    event_record(
        actor_id=who.id, subject_id=row.person_id, verb=Verb.APPEAL_ANSWERED, object_kind="exam",
        object_id=exam.id, school_id=exam.school_id,
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.APPEAL_DECIDED, subject_id=row.person_id, object_kind="exam",
        object_id=exam.id, school_id=exam.school_id, detail={"state": row.state},
    )  # fmt: skip
    return AppealState(row.state)


def analysis_ask(exam_id: int) -> None:
    """Make the analysis of what is marked by now."""
    ask(ANALYSE, key=f"{exam_id}-{now().timestamp():.6f}", payload={"exam": exam_id})


def analysis_keep(exam_id: int, stamp: str, data: dict[str, Any]) -> None:
    """The newest analysis takes the place of the one before."""
    Analysis.objects.update_or_create(exam_id=exam_id, defaults={"stamp": stamp, "data": data})


def _missing_told(missing: Missing) -> str:
    told = []
    if missing.early:
        told.append(_("同一份试卷还有人可以考"))
    if missing.sitting:
        told.append(_("%(n)d 位学生还没有交") % {"n": missing.sitting})
    if missing.unmarked:
        told.append(_("%(n)d 个答案正在批") % {"n": missing.unmarked})
    if missing.asking:
        told.append(_("%(n)d 个答案要老师看") % {"n": missing.asking})
    if missing.strays:
        told.append(_("%(n)d 个迟到的答案还没有决定") % {"n": missing.strays})
    return _("现在还不能公布：") + _("，").join(told) + _("。")
