"""A pupil begins, and corrects what came back; a guardian signs."""

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.lake.door import Verb, event_record
from yunke.school.attempts.door import (
    Of,
    attempt_again,
    attempt_open,
    attempt_opened,
    attempts_mark_again,
    marks_of,
)
from yunke.school.homework.models import HomeworkFor, Signature
from yunke.school.homework.reads.lines import mine_one
from yunke.school.homework.rules.stages import may_correct
from yunke.school.homework.values import Mine, Stage


def homework_begin(*, pupil_id: int, homework_id: int) -> int:
    """The pupil's attempt, opened with the first look; gives its id. Raises Refused. 4 queries."""
    copy = _copy(pupil_id, homework_id)
    row = copy.homework
    if now() < row.opens_at:
        raise Refused(_("这份作业还没有到开始的时间。"), status=404)
    order = list(row.questions.order_by("position").values_list("question_id", flat=True))
    return attempt_open(
        person_id=pupil_id, class_id=row.class_id, school_id=row.school_id, of=Of.HOMEWORK,
        of_id=row.id, order=order, due_at=copy.due_at or row.due_at, title=row.title,
    )  # fmt: skip


@transaction.atomic
def homework_again(*, pupil_id: int, homework_id: int) -> int:
    """A correction of what was not right in the attempt that came back; gives the new attempt.

    Once per return, however often it is asked for. Raises Refused. About 10 queries.
    """
    HomeworkFor.objects.select_for_update().filter(
        pupil_id=pupil_id, homework_id=homework_id
    ).first()
    mine = mine_one(pupil_id, homework_id)
    if mine is None:
        raise Refused(_("没有这份作业。"), status=404)
    if mine.stage is Stage.CORRECTING:
        return mine.attempt_id
    opened = attempt_opened(pupil_id, Of.HOMEWORK, homework_id)
    wrong = wrong_of(mine)
    if opened is None or not may_correct(mine.stage, wrong=len(wrong), asked_to=mine.correct):
        raise Refused(_("这份作业现在不用订正。"), status=409)
    again = [number for number in opened.order if number in wrong] or list(opened.order)
    return attempt_again(attempt_id=opened.id, order=again)


def wrong_of(mine: Mine) -> set[int]:
    """The questions of the newest attempt that did not get all points. 1 query."""
    return {
        mark.question_id
        for mark in marks_of([mine.attempt_id])
        if mark.score is not None and mark.score < mark.out_of
    }


@transaction.atomic
def homework_sign(
    *, guardian_id: int, name: str, child_id: int, homework_id: int, word: str
) -> None:
    """A guardian signs, once; the caller has decided that the child is this guardian's.

    Raises Refused for what the child does not have. The first signature stays; it is what makes a
    question right that asks for one.
    """
    copy = _copy(child_id, homework_id)
    row = copy.homework
    if now() < row.opens_at:
        raise Refused(_("这份作业还没有到开始的时间。"), status=404)
    _signed, fresh = Signature.objects.get_or_create(
        copy=copy,
        defaults={"guardian_id": guardian_id, "name": name[:60], "word": word.strip()[:300]},
    )
    if fresh:
        attempts_mark_again(Of.HOMEWORK, row.id, child_id)
        event_record(
            actor_id=guardian_id, subject_id=child_id, verb=Verb.HOMEWORK_SIGNED,
            object_kind="homework", object_id=row.id, title=row.title, class_id=row.class_id,
            school_id=row.school_id, purpose="guardian",
        )  # fmt: skip


def _copy(pupil_id: int, homework_id: int) -> HomeworkFor:
    copy = (
        HomeworkFor.objects.select_related("homework")
        .filter(pupil_id=pupil_id, homework_id=homework_id, homework__withdrawn_at__isnull=True)
        .first()
    )
    if copy is None:
        raise Refused(_("没有这份作业。"), status=404)
    return copy
