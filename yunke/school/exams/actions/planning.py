"""An exam is planned for classes, moved before it starts, withdrawn while nothing is released."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yunke.base.clock import at as wall
from yunke.base.clock import now
from yunke.base.jobs import ask
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Place, Who, allowed, class_pupils
from yunke.school.exams.actions.papers import paper_mine, paper_ready, paper_share
from yunke.school.exams.models import Exam, ExamClass, Extra, Sitting
from yunke.school.exams.reads.exams import classes_watched, exams_of_classes, planned_in, views
from yunke.school.exams.rules.calendar import Limit, Planned, refused
from yunke.school.exams.rules.making import asks
from yunke.school.exams.values.exams import ExamView, Mode, Sort
from yunke.school.timetable.door import term_of

SHORTEST, LONGEST = 5, 240
# A term where no calendar says: half a year around the day.
HALF = timedelta(days=90)
OPEN, RELEASE = "exams.open", "exams.release"


@dataclass(frozen=True)
class Wish:
    """An exam as somebody plans it. ``late_minutes`` None: one may come in while it lasts."""

    paper_id: int
    class_ids: tuple[int, ...]
    sort: Sort
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    minutes: int
    late_minutes: int | None = None
    late_full: bool = False
    shuffle: bool = False
    release_at: datetime | None = None
    appeal_days: int = 3
    note: str = ""


@transaction.atomic
def exam_plan(*, who: Who, wish: Wish) -> int:
    """Plan; gives the exam's id. Raises Refused: not one's paper or class, a window that cannot
    be, what the profile forbids, a class that is already busy then.
    """
    paper = paper_mine(who, wish.paper_id)
    paper_ready(paper)
    _check_time(wish, now())
    _check_classes(who, wish, paper.subject)
    return plan_written(who, wish)


def plan_written(who: Who, wish: Wish) -> int:
    """The rows of a plan that was looked at; inside the caller's transaction. 8 queries."""
    paper = paper_mine(who, wish.paper_id)
    row = Exam.objects.create(
        paper=paper, subject=paper.subject, grade=_grade(who, wish), school_id=_school(who, wish),
        author_id=who.id, **_columns(wish),
    )  # fmt: skip
    ExamClass.objects.bulk_create(ExamClass(exam=row, class_id=c) for c in wish.class_ids)
    _ask(row)
    event_record(
        actor_id=who.id, verb=Verb.EXAM_PLANNED, object_kind="exam", object_id=row.id,
        school_id=row.school_id, class_id=wish.class_ids[0],
    )  # fmt: skip
    return row.id


@transaction.atomic
def exam_move(*, who: Who, exam_id: int, wish: Wish) -> None:
    """Another time, before it starts. Raises Refused as ``exam_plan`` does."""
    row = planned_row(who, exam_id)
    if row.starts_at <= now():
        raise Refused(_("考试已经开始，时间不能再改；可以延长或暂停。"), status=409)
    before = {"starts_at": row.starts_at.isoformat(), "minutes": row.minutes}
    _check_time(wish, now())
    _check_classes(who, wish, row.subject, but=row.id)
    for name, value in _columns(wish).items():
        setattr(row, name, value)
    row.save()
    _ask(row)
    _changed(who, row, {"before": before, "starts_at": row.starts_at.isoformat()})


@transaction.atomic
def exam_withdraw(*, who: Who, exam_id: int, reason: str = "") -> None:
    """It does not take place or does not count; refused once results went out."""
    row = planned_row(who, exam_id)
    if row.released_at is not None:
        raise Refused(_("结果已经公布，考试不能撤回。"), status=409)
    row.withdrawn_at = now()
    row.save(update_fields=["withdrawn_at"])
    paper_share(row.paper_id)
    _changed(who, row, {"withdrawn": True}, reason)


@transaction.atomic
def extra_set(*, who: Who, exam_id: int, person_id: int, percent: int, minutes: int) -> None:
    """More time for one pupil, before the exam starts for that pupil; zero takes it away."""
    row = planned_row(who, exam_id)
    pupils = {p.id for c in row.classes.all() for p in class_pupils(c.class_id)}
    if person_id not in pupils:
        raise Refused(_("这名学生不在这场考试的班里。"), status=404)
    if Sitting.objects.filter(exam=row, person_id=person_id).exists():
        raise Refused(_("这名学生已经开始了；请在监考页加时。"), status=409)
    if not (0 <= percent <= 200 and 0 <= minutes <= 240):
        raise Refused(_("加时最多 200% 或 240 分钟，没有保存。"), status=422)
    if not percent and not minutes:
        Extra.objects.filter(exam=row, person_id=person_id).delete()
    else:
        Extra.objects.update_or_create(
            exam=row, person_id=person_id,
            defaults={"percent": percent, "minutes": minutes, "by_id": who.id},
        )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.EXAM_EXTENDED, subject_id=person_id, object_kind="exam",
        object_id=row.id, school_id=row.school_id,
        detail={"percent": percent, "minutes": minutes},
    )  # fmt: skip
    event_record(
        actor_id=who.id, subject_id=person_id, verb=Verb.EXAM_EXTENDED, object_kind="exam",
        object_id=row.id, school_id=row.school_id,
        result={"percent": percent, "minutes": minutes},
    )  # fmt: skip


@transaction.atomic
def release_time_set(*, who: Who, exam_id: int, release_at: datetime | None) -> None:
    """The minute at which the results go out by themselves."""
    row = planned_row(who, exam_id)
    if row.released_at is not None:
        raise Refused(_("结果已经公布了。"), status=409)
    if release_at is not None and release_at < row.ends_at:
        raise Refused(_("公布的时间要在考试结束以后。"), status=422)
    row.release_at = release_at
    row.save(update_fields=["release_at"])
    _ask(row)
    _changed(who, row, {"release_at": release_at.isoformat() if release_at else ""})


def planned_row(who: Who, exam_id: int) -> Exam:
    """The exam for who planned it and still teaches one of its classes, locked. Raises Refused
    (404)."""
    row = Exam.objects.select_for_update().filter(id=exam_id, withdrawn_at__isnull=True).first()
    if row is None or row.author_id != who.id or not classes_watched(who, views([row])[0]):
        raise Refused(_("没有找到这场考试，或者它不归你管。"), status=404)
    return row


def limit_for(who: Who, class_id: int, wish: Wish, subject: str, but: int = 0) -> Limit | None:
    """What forbids this exam for one class; None where nothing does."""
    place = _place(who, class_id)
    found = term_of(
        place.city, wish.starts_at.astimezone().date(), county_id=place.county,
        school_id=place.school,
    )  # fmt: skip
    since = wall(found.first_day, datetime.min.time()) if found else wish.starts_at - HALF
    until = wall(found.last_day, datetime.max.time()) if found else wish.starts_at + HALF
    have = [
        Planned(one.sort, one.mode)
        for one in planned_in(class_id, subject, since, until)
        if one.id != but
    ]
    return refused(
        settings.PROFILE, sort=wish.sort, mode=wish.mode, grade=place.grade, planned=have
    )


def _check_time(wish: Wish, at: datetime) -> None:
    if not SHORTEST <= wish.minutes <= LONGEST:
        raise Refused(_("考试要有 5 到 240 分钟，没有保存。"), status=422)
    if wish.starts_at <= at:
        raise Refused(_("开始的时间已经过去了，没有保存。"), status=422)
    if wish.ends_at <= wish.starts_at or (
        not wish.late_full and wish.ends_at - wish.starts_at < timedelta(minutes=wish.minutes)
    ):
        raise Refused(_("开放的时段比考试的分钟数还短，没有保存。"), status=422)
    if wish.ends_at - wish.starts_at > timedelta(days=14):
        raise Refused(_("开放的时段最长两周，没有保存。"), status=422)
    if wish.release_at is not None and wish.release_at < wish.ends_at:
        raise Refused(_("公布的时间要在考试结束以后。"), status=422)
    if not 0 <= wish.appeal_days <= 30:
        raise Refused(_("复查最多开放 30 天，没有保存。"), status=422)


def _check_classes(who: Who, wish: Wish, subject: str, but: int = 0) -> None:
    if not wish.class_ids:
        raise Refused(_("还没有选班级，没有保存。"), status=422)
    for class_id in wish.class_ids:
        if not allowed(who, "exam.plan", Place(class_id=class_id)):
            raise Refused(_("有一个班不是你的班，没有保存。"), status=404)
        if not asks(who.grants, subject, class_id):
            raise Refused(_("有一个班的这门课不是你教的，没有保存。"), status=422)
        limit = limit_for(who, class_id, wish, subject, but)
        if limit is not None:
            raise Refused(_limit_told(limit), status=422)
    for other in busy(wish.class_ids, wish.starts_at, wish.ends_at, but):
        if other.mode is not Mode.HOME and wish.mode is not Mode.HOME:
            raise Refused(_("这个班在那段时间已经有一场考试，没有保存。"), status=409)


def _limit_told(limit: Limit) -> str:
    english = (get_language() or "").startswith("en")
    told = {
        "why": limit.why_en if english else limit.why,
        "source": limit.source_en if english else limit.source,
    }
    return _("%(why)s（%(source)s）。没有保存；平时可以用随堂检测。") % told


def busy(class_ids: Iterable[int], first: datetime, last: datetime, but: int = 0) -> list[ExamView]:
    """The exams of these classes whose windows touch the span."""
    return [
        one
        for one in exams_of_classes(class_ids)
        if one.id != but and one.starts_at < last and first < one.ends_at
    ]


def _columns(wish: Wish) -> dict[str, object]:
    return {
        "sort": wish.sort.value, "mode": wish.mode.value, "starts_at": wish.starts_at,
        "ends_at": wish.ends_at, "minutes": wish.minutes, "late_minutes": wish.late_minutes,
        "late_full": wish.late_full, "shuffle": wish.shuffle, "release_at": wish.release_at,
        "appeal_days": wish.appeal_days, "note": wish.note[:300],
    }  # fmt: skip


def _ask(row: Exam) -> None:
    """The jobs of its hours; one that was moved finds that its minute is another."""
    at = now()
    stamp = int(row.starts_at.timestamp())
    ask(OPEN, key=f"{row.id}-{stamp}", payload={"exam": row.id}, delay=row.starts_at - at)
    if row.release_at is not None:
        stamp = int(row.release_at.timestamp())
        ask(RELEASE, key=f"{row.id}-{stamp}", payload={"exam": row.id}, delay=row.release_at - at)


def _changed(who: Who, row: Exam, detail: dict[str, object], reason: str = "") -> None:
    event_record(
        actor_id=who.id, verb=Verb.EXAM_CHANGED, object_kind="exam", object_id=row.id,
        school_id=row.school_id,
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=Act.EXAM_CHANGED, object_kind="exam", object_id=row.id,
        school_id=row.school_id, detail=detail, reason=reason,
    )  # fmt: skip


def _place(who: Who, class_id: int) -> Place:
    return next((g.place for g in who.grants if g.place.class_id == class_id), Place())


def _grade(who: Who, wish: Wish) -> int:
    return _place(who, wish.class_ids[0]).grade


def _school(who: Who, wish: Wish) -> int:
    return _place(who, wish.class_ids[0]).school
