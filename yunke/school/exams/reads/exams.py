"""Exams, who sits them and how long. Scoping by who first; titles only where they may be known."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from yunke.base.clock import now
from yunke.ground.people.door import Place as Where
from yunke.ground.people.door import Role, Who, allowed, places_of
from yunke.school.attempts.door import Of, State, states_of
from yunke.school.exams.models import Exam, ExamClass, Extra, Paper, Pause, Sitting
from yunke.school.exams.reads.papers import body_opened
from yunke.school.exams.rules.time import Allowance, Plan, ends_at, left, over_at, running
from yunke.school.exams.values.exams import SORT_NAMES, ExamView, Mode, Seat, Sort, Stop


def plan_of(exam: Exam | ExamView) -> Plan:
    return Plan(exam.starts_at, exam.ends_at, exam.minutes, exam.late_minutes, exam.late_full)


def exam_view(exam_id: int) -> ExamView | None:
    """One exam, withdrawn or not, without its title. 2 queries."""
    row = Exam.objects.filter(id=exam_id).first()
    return views([row])[0] if row else None


def views(rows: Iterable[Exam]) -> list[ExamView]:
    """In their order. 1 query for the classes of all."""
    found = list(rows)
    classes: dict[int, list[int]] = defaultdict(list)
    for exam, class_id in ExamClass.objects.filter(exam__in=found).values_list(
        "exam_id", "class_id"
    ):
        classes[exam].append(class_id)
    return [_view(row, tuple(sorted(classes[row.id]))) for row in found]


def _view(row: Exam, class_ids: tuple[int, ...]) -> ExamView:
    return ExamView(
        row.id, row.paper_id, Sort(row.sort), Mode(row.mode), row.subject, row.grade,
        row.school_id, row.author_id or 0, row.starts_at, row.ends_at, row.minutes,
        row.late_minutes, row.late_full, row.shuffle, row.release_at, row.released_at,
        row.appeal_days, row.withdrawn_at, row.note, class_ids,
    )  # fmt: skip


def classes_watched(who: Who, exam: ExamView) -> tuple[int, ...]:
    """The exam's classes that the person may watch; none: not this person's exam."""
    return tuple(
        class_id
        for class_id in exam.class_ids
        if allowed(who, "exam.watch", Where(class_id=class_id))
    )


def classes_taught(who: Who, exam: ExamView) -> tuple[int, ...]:
    """The exam's classes that the person teaches in its subject: whose answers and unreleased
    marks are theirs to see. A head teacher who does not teach the subject has none."""
    taught = {
        grant.place.class_id
        for grant in who.grants
        if grant.role is Role.TEACHER and grant.subject in ("", exam.subject)
    }
    if exam.author_id == who.id:
        taught |= set(classes_watched(who, exam))
    return tuple(class_id for class_id in exam.class_ids if class_id in taught)


def exams_of_classes(class_ids: Iterable[int], *, withdrawn: bool = False) -> list[ExamView]:
    """The exams of these classes, the latest first. 2 queries."""
    rows = Exam.objects.filter(classes__class_id__in=list(class_ids))
    rows = rows if withdrawn else rows.filter(withdrawn_at__isnull=True)
    return views(rows.distinct().order_by("-starts_at", "-id")[:200])


def exams_of_school(school_id: int) -> list[ExamView]:
    """Every exam of a school, for its calendar. 2 queries."""
    rows = Exam.objects.filter(school_id=school_id, withdrawn_at__isnull=True)
    return views(rows.order_by("-starts_at", "-id")[:200])


def exams_of_who(who: Who) -> list[ExamView]:
    """A teacher's or pupil's own exams, a guardian's children's; also those that were sat in a
    class of before. 2 or 3 queries."""
    classes = {grant.place.class_id for grant in who.grants if grant.place.class_id}
    if who.children:
        classes |= {place.class_id for place in places_of([c.id for c in who.children]).values()}
    people = [child.id for child in who.children] + ([who.id] if who.is_pupil else [])
    rows = Exam.objects.filter(
        Q(id__in=ExamClass.objects.filter(class_id__in=classes - {0}).values("exam_id"))
        | Q(id__in=Sitting.objects.filter(person__in=people).values("exam_id")),
        withdrawn_at__isnull=True,
    )
    return views(rows.order_by("-starts_at", "-id")[:200])


def sat_by(person_ids: Iterable[int], exam_ids: Iterable[int]) -> set[tuple[int, int]]:
    """(exam, pupil) of those who came in. 1 query."""
    rows = Sitting.objects.filter(person__in=list(person_ids), exam__in=list(exam_ids))
    return set(rows.values_list("exam_id", "person_id"))


def exam_for_pupil(who_id: int, exam_id: int) -> ExamView | None:
    """The exam, when the pupil's class sits it. 3 queries."""
    exam = exam_view(exam_id)
    place = places_of([who_id])[who_id]
    if exam is None or exam.withdrawn_at or place.class_id not in exam.class_ids:
        sat = Sitting.objects.filter(exam_id=exam_id, person_id=who_id).exists()
        return exam if exam and sat and not exam.withdrawn_at else None
    return exam


def quiet_until(paper_id: int, at: datetime) -> datetime | None:
    """Until when nothing of the paper may be told: the last end of any of its exams, and of anybody
    whose own clock stood still; None when no exam asks it. 5 queries."""
    rows = list(Exam.objects.filter(paper_id=paper_id, withdrawn_at__isnull=True))
    stops = stops_of([row.id for row in rows])
    most: dict[int, list[Allowance]] = defaultdict(list)
    for extra in Extra.objects.filter(exam__in=rows):
        most[extra.exam_id].append(Allowance(extra.percent, extra.minutes))
    given = dict(
        Sitting.objects.filter(exam__in=rows, extended__gt=0)
        .order_by("extended").values_list("exam_id", "extended")
    )  # fmt: skip
    ends = [
        over_at(plan_of(row), at, _most(row, most[row.id], given.get(row.id, 0)), stops[row.id])
        for row in rows
    ]
    return max([*ends, *_stopped_alone(rows, stops, at)], default=None)


def _stopped_alone(
    exams: list[Exam], stops: dict[int, list[Stop]], at: datetime
) -> list[datetime]:  # fmt: skip
    """The ends of those whose own clock stood still. 1 query, and 1 more where there are any."""
    own: dict[Sitting, list[Stop]] = defaultdict(list)
    for row in Pause.objects.filter(
        exam__in=exams, sitting__isnull=False, sitting__withdrawn_at__isnull=True
    ).select_related("sitting"):
        if row.sitting is not None:
            own[row.sitting].append(Stop(row.began_at, row.ended_at, own=True))
    if not own:
        return []
    plans = {exam.id: plan_of(exam) for exam in exams}
    given = {
        (extra.exam_id, extra.person_id): Allowance(extra.percent, extra.minutes)
        for extra in Extra.objects.filter(exam__in=exams)
    }
    found = []
    for seat, some in own.items():
        allowance = given.get((seat.exam_id, seat.person_id), Allowance())
        found.append(
            at + left(
                plans[seat.exam_id], seat.started_at, at,
                allowance=replace(allowance, extended=seat.extended),
                stops=[*stops[seat.exam_id], *some],
            )
        )  # fmt: skip
    return found


def _most(exam: Exam, extras: list[Allowance], extended: int) -> Allowance:
    longest = max(extras, key=lambda one: one.over(exam.minutes), default=Allowance())
    return replace(longest, extended=extended)


def told(exam: ExamView, at: datetime | None = None) -> bool:
    """May the exam's title and questions be known by who sat it? Only when nobody can sit its
    paper any more, in any exam."""
    until = quiet_until(exam.paper_id, at or now())
    return until is not None and (at or now()) > until


def titled(exams: Iterable[ExamView], papers: Iterable[int]) -> list[ExamView]:
    """With the titles of those papers, which the reader may know. 1 query."""
    rows = {row.id: body_opened(row) for row in Paper.objects.filter(id__in=list(papers))}
    return [
        replace(e, title=rows[e.paper_id].title, title_en=rows[e.paper_id].title_en)
        if e.paper_id in rows else e
        for e in exams
    ]  # fmt: skip


def stops_of(exam_ids: Iterable[int]) -> dict[int, list[Stop]]:
    """The pauses of exams (not those of one sitting). 1 query."""
    found: dict[int, list[Stop]] = defaultdict(list)
    for row in Pause.objects.filter(exam__in=list(exam_ids), sitting__isnull=True):
        found[row.exam_id].append(Stop(row.began_at, row.ended_at))
    return found


def allowances_of(exam_id: int) -> dict[int, Allowance]:
    """Extra time by pupil. 1 query."""
    rows = Extra.objects.filter(exam_id=exam_id)
    return {row.person_id: Allowance(row.percent, row.minutes) for row in rows}


def seats_of(
    exam: ExamView, *, at: datetime | None = None, person_id: int = 0, states: bool = True
) -> dict[int, Seat]:
    """Sittings by pupil with their ends at ``at``. 4 queries however many sit."""
    moment = at or now()
    rows = Sitting.objects.filter(exam_id=exam.id)
    rows = rows.filter(person_id=person_id) if person_id else rows
    own: dict[int, list[Stop]] = defaultdict(list)
    whole: list[Stop] = []
    for row in Pause.objects.filter(exam_id=exam.id):
        stop = Stop(row.began_at, row.ended_at, own=row.sitting_id is not None)
        if row.sitting_id is None:
            whole.append(stop)
        else:
            own[row.sitting_id].append(stop)
    extras = allowances_of(exam.id)
    known = states_of(Of.EXAM, exam.id) if states else {}
    plan = plan_of(exam)
    return {
        row.person_id: _seat(row, plan, moment, extras, [*whole, *own[row.id]], known)
        for row in rows
    }


def _seat(
    row: Sitting, plan: Plan, at: datetime, extras: dict[int, Allowance], stops: list[Stop],
    states: dict[int, State],
) -> Seat:  # fmt: skip
    allowance = replace(extras.get(row.person_id, Allowance()), extended=row.extended)
    state = states.get(row.person_id)
    return Seat(
        row.id, row.exam_id, row.person_id, row.class_id, row.attempt_id, row.started_at,
        ends_at(plan, row.started_at, at, allowance=allowance, stops=stops),
        left(plan, row.started_at, at, allowance=allowance, stops=stops),
        row.extended, row.seen_at, row.readmitted_at, row.withdrawn_at,
        any(running(stop, at) for stop in stops),
        state.submitted_at if state else None, state.by_server if state else False,
        state.answered if state else 0,
    )  # fmt: skip


def seat_of(exam: ExamView, person_id: int, *, at: datetime | None = None) -> Seat | None:
    """5 queries."""
    return seats_of(exam, at=at, person_id=person_id).get(person_id)


def planned_in(class_id: int, subject: str, since: datetime, until: datetime) -> list[ExamView]:
    """The exams of a class and subject that start between two instants. 2 queries."""
    rows = Exam.objects.filter(
        Q(starts_at__gte=since, starts_at__lte=until),
        classes__class_id=class_id, subject=subject, withdrawn_at__isnull=True,
    )  # fmt: skip
    return views(rows)


def exams_released(exam_ids: Iterable[int]) -> set[int]:
    """Of these, the exams whose results went out: only their marks may be told or counted. 1
    query."""
    rows = Exam.objects.filter(
        id__in=list(exam_ids), released_at__isnull=False, withdrawn_at__isnull=True
    )
    return set(rows.values_list("id", flat=True))


def plain_names(exam_ids: Iterable[int]) -> dict[int, str]:
    """What exams are called where nothing of them may be told. 1 query."""
    rows = Exam.objects.filter(id__in=list(exam_ids)).values_list("id", "sort")
    return {number: SORT_NAMES[sort][0] for number, sort in rows}
