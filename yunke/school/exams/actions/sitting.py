"""A pupil sits: starts, is there, and what an invigilator does about the time of it."""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.attempts.door import (
    Of,
    attempt_open,
    attempt_reopen,
    attempt_withdraw,
    attempts_end_at,
    stray_decide,
    strays_of_attempts,
)
from yunke.school.exams.actions.papers import paper_open
from yunke.school.exams.models import Exam, Incident, Pause, Sitting
from yunke.school.exams.reads.exams import (
    allowances_of,
    classes_taught,
    classes_watched,
    exam_view,
    plan_of,
    seats_of,
    stops_of,
)
from yunke.school.exams.reads.papers import items_of_paper
from yunke.school.exams.rules.time import Allowance, Entry, ends_at, entry
from yunke.school.exams.values.exams import ExamView, IncidentKind, Mode, Seat, plain_name
from yunke.school.exams.values.papers import OpenItem

MOST_MINUTES = 240


@transaction.atomic
def sitting_start(*, who_id: int, class_id: int, exam: ExamView) -> Seat:
    """The pupil comes in: the clock of this sitting starts, the paper opens with the first.

    Asked twice it is one sitting. The caller has decided that the pupil's class sits this exam
    and, at home, that the start code was right. Raises Refused outside the window. 12 queries.
    """
    there = seats_of(exam, person_id=who_id).get(who_id)
    if there is not None:
        if there.withdrawn_at is not None:
            raise Refused(_("老师让你这次不参加这场考试。"), status=409)
        return there
    at = now()
    _may_enter(exam, at)
    paper_open(exam.paper_id)
    order = order_of(exam, items_of_paper(exam.paper_id), who_id)
    allowance = allowances_of(exam.id).get(who_id, Allowance())
    end = ends_at(plan_of(exam), at, at, allowance=allowance, stops=stops_of([exam.id])[exam.id])
    attempt_id = attempt_open(
        person_id=who_id, class_id=class_id, school_id=exam.school_id, of=Of.EXAM,
        of_id=exam.id, order=order, ends_at=end, title=plain_name(exam),
    )  # fmt: skip
    Sitting.objects.create(
        exam_id=exam.id, person_id=who_id, class_id=class_id, attempt_id=attempt_id,
        started_at=at, seen_at=at,
    )  # fmt: skip
    event_record(
        actor_id=who_id, verb=Verb.EXAM_STARTED, object_kind="exam", object_id=exam.id,
        class_id=class_id, school_id=exam.school_id,
    )  # fmt: skip
    return seats_of(exam, person_id=who_id, at=at)[who_id]


def order_of(exam: ExamView, items: Iterable[OpenItem], person_id: int) -> list[int]:
    """Question ids as this pupil sees them: shuffled within each section where the exam says so,
    the same at every look."""
    found = list(items)
    if exam.shuffle:
        chance = random.Random(f"{exam.id}:{person_id}")  # noqa: S311 - an order, no secret
        sections: dict[int, list[OpenItem]] = defaultdict(list)
        for item in found:
            sections[item.section].append(item)
        for part in sections.values():
            chance.shuffle(part)
        found = [item for number in sorted(sections) for item in sections[number]]
    return [item.question_id for item in found]


def _may_enter(exam: ExamView, at: datetime) -> None:
    if exam.mode is Mode.PAPER:
        raise Refused(_("这场考试在纸上写，不用在这里开始。"), status=409)
    match entry(plan_of(exam), at, stops_of([exam.id])[exam.id]):
        case Entry.EARLY:
            raise Refused(_("还没有到开始的时间。"), status=409)
        case Entry.PAUSED:
            raise Refused(_("考试正在暂停，等老师说继续再进来。"), status=409)
        case Entry.LATE:
            raise Refused(_("已经过了可以进场的时间。请告诉监考老师。"), status=409)


def sitting_seen(who_id: int, exam_id: int) -> bool:
    """The pupil's page is there. 1 query."""
    rows = Sitting.objects.filter(exam_id=exam_id, person_id=who_id, withdrawn_at__isnull=True)
    return bool(rows.update(seen_at=now()))


@transaction.atomic
def sittings_extend(*, who: Who, exam_id: int, person_ids: Iterable[int], minutes: int) -> int:
    """Minutes on top for some; gives for how many. Raises Refused."""
    exam, rows = _watched(who, exam_id, person_ids)
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refused(_("一次可以加 1 到 240 分钟，没有改动。"), status=422)
    for row in rows:
        row.extended = min(row.extended + minutes, MOST_MINUTES)
    Sitting.objects.bulk_update(rows, ["extended"])
    ends_moved(exam, {row.person_id for row in rows})
    for row in rows:
        _audit(who, exam, Act.EXAM_EXTENDED, row.person_id, {"minutes": minutes})
        _event(who, exam, Verb.EXAM_EXTENDED, row.person_id, {"minutes": minutes})
    return len(rows)


@transaction.atomic
def exam_pause(
    *, who: Who, exam_id: int, reason: str, person_ids: Iterable[int] | None = None
) -> None:
    """Stop the clock: for some, or for everybody of the exam (``person_ids`` None)."""
    exam = _exam(who, exam_id)
    at = now()
    if person_ids is None:
        _lead(who, exam)
        if not Pause.objects.filter(
            exam_id=exam.id, sitting__isnull=True, ended_at__isnull=True
        ).exists():
            Pause.objects.create(exam_id=exam.id, began_at=at, reason=reason[:200], by_id=who.id)
            _event(who, exam, Verb.EXAM_PAUSED)
        ends_moved(exam, None)
    else:
        _same, rows = _watched(who, exam_id, person_ids)
        still = set(
            Pause.objects.filter(sitting__in=rows, ended_at__isnull=True)
            .values_list("sitting_id", flat=True)
        )  # fmt: skip
        for row in rows:
            if row.id not in still:
                Pause.objects.create(
                    exam_id=exam.id, sitting=row, began_at=at, reason=reason[:200], by_id=who.id
                )
                _event(who, exam, Verb.EXAM_PAUSED, row.person_id)
        ends_moved(exam, {row.person_id for row in rows})
    _audit(who, exam, Act.EXAM_STOPPED, 0, {"all": person_ids is None}, reason)


@transaction.atomic
def exam_resume(
    *, who: Who, exam_id: int, person_ids: Iterable[int] | None = None
) -> None:  # fmt: skip
    """Let the clock go on."""
    exam = _exam(who, exam_id)
    pauses = Pause.objects.filter(exam_id=exam.id, ended_at__isnull=True)
    if person_ids is None:
        _lead(who, exam)
        if pauses.filter(sitting__isnull=True).update(ended_at=now()):
            _event(who, exam, Verb.EXAM_RESUMED)
        ends_moved(exam, None)
    else:
        _same, rows = _watched(who, exam_id, person_ids)
        for row in rows:
            if pauses.filter(sitting=row).update(ended_at=now()):
                _event(who, exam, Verb.EXAM_RESUMED, row.person_id)
        ends_moved(exam, {row.person_id for row in rows})
    _audit(who, exam, Act.EXAM_STOPPED, 0, {"all": person_ids is None, "on": True})


@transaction.atomic
def standstill_note(
    *, who: Who, exam_id: int, began_at: datetime, ended_at: datetime, reason: str
) -> int:
    """Nobody could write from then to then (a power cut, the server away): the time is given back.

    Sittings that the server closed meanwhile go on; gives how many. Raises Refused.
    """
    exam = _exam(who, exam_id)
    _lead(who, exam)
    if exam.released_at is not None:
        raise Refused(_("结果已经公布，不能再回到考试。"), status=409)
    at = now()
    if not exam.starts_at <= began_at < ended_at <= at + timedelta(seconds=60):
        raise Refused(_("停的时间要在考试里面，而且已经过去。没有改动。"), status=422)
    Pause.objects.create(
        exam_id=exam.id, began_at=began_at, ended_at=min(ended_at, at), reason=reason[:200],
        by_id=who.id,
    )  # fmt: skip
    seats = seats_of(exam, at=at)
    back = [
        s for s in seats.values()
        if s.by_server and s.withdrawn_at is None and s.ends_at and s.ends_at > at
    ]  # fmt: skip
    for seat in back:
        attempt_reopen(seat.attempt_id, ends_at=seat.ends_at, by_id=who.id)
        Sitting.objects.filter(id=seat.id).update(readmitted_at=at)
    ends_moved(exam, None)
    detail = {"from": began_at.isoformat(), "to": ended_at.isoformat(), "reopened": len(back)}
    _audit(who, exam, Act.EXAM_STOPPED, 0, detail, reason)
    _event(who, exam, Verb.EXAM_PAUSED, result=detail)
    return len(back)


@transaction.atomic
def sitting_readmit(*, who: Who, exam_id: int, person_id: int, minutes: int, reason: str) -> None:
    """A hand-in is taken back by the invigilator: the pupil writes on, at least ``minutes``."""
    exam, rows = _watched(who, exam_id, [person_id])
    if exam.released_at is not None:
        raise Refused(_("结果已经公布，不能再回到考试。"), status=409)
    if not 1 <= minutes <= MOST_MINUTES or not rows:
        raise Refused(_("没有可以回到考试的学生；没有改动。"), status=422)
    at, row = now(), rows[0]
    seat = seats_of(exam, at=at, person_id=person_id)[person_id]
    wanted = timedelta(minutes=minutes)
    if seat.ends_at is not None and seat.ends_at < at + wanted:
        row.extended += ceil((at + wanted - seat.ends_at) / timedelta(minutes=1))
    row.readmitted_at = at
    row.save(update_fields=["extended", "readmitted_at"])
    seat = seats_of(exam, at=at, person_id=person_id)[person_id]
    attempt_reopen(row.attempt_id, ends_at=seat.ends_at, by_id=who.id)
    _audit(who, exam, Act.EXAM_REOPENED, person_id, {"minutes": minutes}, reason)


@transaction.atomic
def sitting_withdraw(*, who: Who, exam_id: int, person_id: int, reason: str) -> None:
    """This pupil's sitting does not count; what was written stays as it is."""
    exam, rows = _watched(who, exam_id, [person_id])
    if exam.released_at is not None:
        raise Refused(_("结果已经公布，不能再作废。"), status=409)
    for row in rows:
        row.withdrawn_at = now()
        row.save(update_fields=["withdrawn_at"])
        attempt_withdraw(row.attempt_id, by_id=who.id)
        _audit(who, exam, Act.EXAM_REOPENED, row.person_id, {"withdrawn": True}, reason)


@transaction.atomic
def incident_note(
    *, who_id: int, exam: ExamView, kind: IncidentKind, note: str, seat: Seat | None = None,
    purpose: str = "teaching",
) -> int:  # fmt: skip
    """What happened; the caller has decided that this person watches. 2 queries.

    The event says that something was noted, never what: that is read on the room's page alone.
    """
    row = Incident.objects.create(
        exam_id=exam.id, sitting_id=seat.id if seat else None, kind=kind.value,
        note=note.strip()[:500], by_id=who_id,
    )  # fmt: skip
    event_record(
        actor_id=who_id, subject_id=seat.person_id if seat else 0, verb=Verb.EXAM_NOTED,
        object_kind="exam", object_id=exam.id, class_id=seat.class_id if seat else 0,
        school_id=exam.school_id, purpose=purpose,
    )  # fmt: skip
    return row.id


@transaction.atomic
def stray_count(*, who: Who, exam_id: int, stray_id: int, accept: bool) -> None:
    """Arrived late, written in time? The class's teacher of the subject decides. Raises Refused."""
    exam = _exam(who, exam_id)
    taught = classes_taught(who, exam)
    mine = {
        seat.attempt_id: seat.person_id
        for seat in seats_of(exam, states=False).values()
        if seat.class_id in taught
    }
    found = next((s for s in strays_of_attempts(list(mine)) if s.id == stray_id), None)
    if found is None:
        raise Refused(_("没有找到这个迟到的答案，或者已经决定过了。"), status=404)
    if exam.released_at is not None:
        raise Refused(_("结果已经公布，请走复查。"), status=409)
    stray_decide(by_id=who.id, stray_id=stray_id, accept=accept)
    _audit(who, exam, Act.STRAY_DECIDED, mine[found.attempt_id], {"accept": accept})


def ends_moved(exam: ExamView, person_ids: set[int] | None) -> None:
    """Tell the attempts their new ends; open ones only. 5 queries and one for each new end."""
    at = now()
    by_end: dict[datetime | None, list[int]] = defaultdict(list)
    for person, seat in seats_of(exam, at=at, states=False).items():
        if seat.withdrawn_at is None and (person_ids is None or person in person_ids):
            by_end[seat.ends_at].append(seat.attempt_id)
    for end, ids in by_end.items():
        attempts_end_at(ids, end)


def _exam(who: Who, exam_id: int) -> ExamView:
    row = Exam.objects.select_for_update().filter(id=exam_id).first()
    exam = exam_view(exam_id)
    if row is None or exam is None or exam.withdrawn_at or not classes_watched(who, exam):
        raise Refused(_("没有找到这场考试，或者它不归你管。"), status=404)
    return exam


def _lead(who: Who, exam: ExamView) -> None:
    """For everybody: only who planned it, or who watches all of its classes."""
    if exam.author_id != who.id and set(classes_watched(who, exam)) != set(exam.class_ids):
        raise Refused(_("全场暂停要由安排考试的老师来做；你可以暂停自己班的学生。"), status=403)


def _watched(who: Who, exam_id: int, person_ids: Iterable[int]) -> tuple[ExamView, list[Sitting]]:
    """The exam and those sittings of these pupils that are this invigilator's."""
    exam = _exam(who, exam_id)
    rows = Sitting.objects.select_for_update().filter(
        exam_id=exam.id, person_id__in=list(person_ids), withdrawn_at__isnull=True,
        class_id__in=classes_watched(who, exam),
    )  # fmt: skip
    return exam, list(rows)


def _audit(
    who: Who, exam: ExamView, act: Act, subject_id: int, detail: dict[str, object],
    reason: str = "",
) -> None:  # fmt: skip
    audit_record(
        actor_id=who.id, act=act, subject_id=subject_id, object_kind="exam", object_id=exam.id,
        school_id=exam.school_id, detail=detail, reason=reason,
    )  # fmt: skip


def _event(
    who: Who, exam: ExamView, verb: Verb, subject_id: int = 0,
    result: dict[str, object] | None = None,
) -> None:  # fmt: skip
    event_record(
        actor_id=who.id, subject_id=subject_id, verb=verb, object_kind="exam", object_id=exam.id,
        school_id=exam.school_id, result=result,
    )  # fmt: skip
