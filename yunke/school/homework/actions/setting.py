"""Homework is set for exactly the pupils whose names were shown, and moved or taken back."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import class_by_id, class_pupils
from yunke.school.attempts.door import Of, attempts_due_at
from yunke.school.homework.models import Homework, HomeworkFor, HomeworkQuestion
from yunke.school.homework.reads.load import load_for
from yunke.school.homework.rules.setting import SETTLED, Fault, fault_of
from yunke.school.homework.rules.times import moved
from yunke.school.homework.values import Reveal, Setting
from yunke.school.library.door import items_of, lesson_reaches


def told(fault: Fault) -> str:
    return {
        Fault.TITLE: _("作业要有题目，最多 80 个字。还没有布置。"),
        Fault.NOTHING: _("作业是空的：至少选一道题，或者加一项任务。还没有布置。"),
        Fault.TOO_MANY: _("一份作业最多 100 道题。还没有布置。"),
        Fault.TWICE: _("同一道题选了两次。还没有布置。"),
        Fault.POINTS: _("每道题的分数要大于 0，最多 100。还没有布置。"),
        Fault.MINUTES: _("时长在 0 到 600 分钟之间。还没有布置。"),
        Fault.BACKWARDS: _("截止时间要在开始时间之后。还没有布置。"),
        Fault.NOBODY: _("还没有选学生。还没有布置。"),
    }[fault]


@transaction.atomic
def homework_set(*, who_id: int, setting: Setting) -> int:
    """Set it for one class; gives its id. The caller has decided that this person may.

    Raises Refused, nothing written: something wrong with it, a class that changed since it was
    shown, minutes above the limit of the grade without a reason. 9 statements at any size.
    """
    fault = fault_of(setting)
    if fault is not None:
        raise Refused(told(fault), status=422)
    of = class_by_id(setting.class_id)
    there = {pupil.id for pupil in class_pupils(setting.class_id)} if of else set()
    if of is None or not there.issuperset(setting.pupils):
        raise Refused(_("班里的学生刚刚有变动，还没有布置。请再看一遍名单。"), status=409)
    if setting.lesson_id and not lesson_reaches(setting.lesson_id, of.school_id):
        raise Refused(_("这节课学生看不到，还没有布置。请换一节课。"), status=409)
    kinds = [item.kind.value for item in items_of(a.question_id for a in setting.asked).values()]
    if len(kinds) < len(setting.asked):
        raise Refused(_("有一道题已经不在题库里了，还没有布置。请重新选题。"), status=409)
    over = load_for(setting, grade=of.grade).over
    if over and not setting.over_reason.strip():
        raise Refused(
            _("这一天有 %(n)s 位学生的书面作业会超过本年级的上限。减少时长、改日期，或者写明理由。")
            % {"n": over}, status=422,
        )  # fmt: skip
    row = _row(who_id, setting, of.grade, of.school_id, kinds)
    if over:
        audit_record(
            actor_id=who_id, act=Act.HOMEWORK_OVER_LIMIT, object_kind="homework", object_id=row.id,
            school_id=of.school_id, reason=row.over_reason,
            detail={"pupils": over, "minutes": row.minutes, "profile": settings.PROFILE},
        )  # fmt: skip
    return row.id


def _row(who_id: int, setting: Setting, grade: int, school_id: int, kinds: list[str]) -> Homework:
    row = Homework.objects.create(
        teacher_id=who_id, class_id=setting.class_id, school_id=school_id, grade=grade,
        subject=setting.subject, title=setting.title.strip(), words=setting.words.strip()[:1000],
        minutes=setting.minutes, written=setting.written, opens_at=setting.opens_at,
        due_at=setting.due_at, reveal=setting.reveal.value,
        at_once=setting.reveal is Reveal.HANDED_IN and SETTLED.issuperset(kinds),
        lesson_id=setting.lesson_id or None, slot_day=setting.slot_day,
        slot_period=setting.slot_period, over_reason=setting.over_reason.strip()[:300],
    )  # fmt: skip
    HomeworkQuestion.objects.bulk_create(
        HomeworkQuestion(
            homework=row, question_id=one.question_id, position=n, points=str(one.points)
        )
        for n, one in enumerate(setting.asked, 1)
    )
    HomeworkFor.objects.bulk_create(
        HomeworkFor(homework=row, pupil_id=pupil) for pupil in dict.fromkeys(setting.pupils)
    )
    event_record(
        actor_id=who_id, verb=Verb.HOMEWORK_SET, object_kind="homework", object_id=row.id,
        title=row.title, class_id=row.class_id, school_id=school_id,
        lesson_id=setting.lesson_id, result={"to": len(setting.pupils), "minutes": row.minutes},
    )  # fmt: skip
    return row


@transaction.atomic
def homework_due(*, who_id: int, homework_id: int, due_at: datetime) -> None:
    """Another deadline for all; pupils with more time of their own keep it. Raises Refused."""
    row = _held(homework_id)
    if due_at <= row.opens_at:
        raise Refused(told(Fault.BACKWARDS), status=422)
    row.due_at = due_at
    row.save(update_fields=["due_at"])
    row.copies.filter(due_at__lte=due_at).update(due_at=None)
    own = dict(row.copies.filter(due_at__isnull=False).values_list("pupil_id", "due_at"))
    attempts_due_at(Of.HOMEWORK, row.id, due_at)
    for pupil, later in own.items():
        attempts_due_at(Of.HOMEWORK, row.id, later, persons=[pupil])
    _moved(who_id, row, {"due_at": due_at.isoformat()})


@transaction.atomic
def homework_extend(*, who_id: int, homework_id: int, pupils: Iterable[int], days: int) -> datetime:
    """Some pupils have some days more from the deadline of all: the same wall time, whatever the
    clocks do in between. Gives the new deadline. Raises Refused. 5 statements.
    """
    row = _held(homework_id)
    if not 1 <= days <= 60:
        raise Refused(_("可以延长 1 到 60 天。什么都没有改动。"), status=422)
    chosen = sorted(set(pupils))
    later = moved(row.due_at, days, get_default_timezone())
    changed = row.copies.filter(pupil_id__in=chosen).update(due_at=later)
    if not changed or changed < len(chosen):
        raise Refused(_("选的学生没有这份作业。什么都没有改动。"), status=404)
    attempts_due_at(Of.HOMEWORK, row.id, later, persons=chosen)
    for pupil in chosen:
        event_record(
            actor_id=who_id, verb=Verb.HOMEWORK_MOVED, object_kind="homework", object_id=row.id,
            title=row.title, subject_id=pupil, class_id=row.class_id, school_id=row.school_id,
            result={"days": days},
        )  # fmt: skip
    return later


@transaction.atomic
def homework_withdraw(*, who_id: int, homework_id: int) -> None:
    """It is nobody's any more; what was handed in stays and nothing of it is lost."""
    row = _held(homework_id)
    row.withdrawn_at = now()
    row.save(update_fields=["withdrawn_at"])
    event_record(
        actor_id=who_id, verb=Verb.HOMEWORK_WITHDRAWN, object_kind="homework", object_id=row.id,
        title=row.title, class_id=row.class_id, school_id=row.school_id,
    )  # fmt: skip


def _held(homework_id: int) -> Homework:
    row = (
        Homework.objects.select_for_update()
        .filter(id=homework_id, withdrawn_at__isnull=True)
        .first()
    )
    if row is None:
        raise Refused(_("没有这份作业，或者已经收回了。"), status=404)
    return row


def _moved(who_id: int, row: Homework, result: dict[str, str]) -> None:
    event_record(
        actor_id=who_id, verb=Verb.HOMEWORK_MOVED, object_kind="homework", object_id=row.id,
        title=row.title, class_id=row.class_id, school_id=row.school_id, result=result,
    )  # fmt: skip
