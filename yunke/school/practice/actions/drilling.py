"""Each pupil's own short drill: chosen on Fridays, when a teacher says so, or again after errors.

Cost for every 100 pupils: 11 queries and one statement that writes their drills; choosing takes
some milliseconds a pupil.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from yunke.base.clock import at as at_clock
from yunke.base.clock import monday, today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import places_of
from yunke.school.library.door import kinds_of, points_of, questions_on
from yunke.school.practice.models import Answered, Drill, ErrorEntry, Hardness, Mastery
from yunke.school.practice.reads.book import inferred_of
from yunke.school.practice.rules.choosing import (
    KIND_MINUTES,
    LONGEST,
    MOST,
    Candidate,
    Known,
    chosen,
)
from yunke.school.practice.rules.folding import hardness_of
from yunke.school.practice.values import Asked, ErrorState

PEOPLE = 100
# Points of a pupil that may want a place; more are not read.
POINTS = 24
REASON_TEACHER = 9


@dataclass(frozen=True)
class Given:
    """What is known of some pupils before their drills are chosen."""

    known: dict[int, dict[int, Known]]
    wrong: dict[int, list[int]]
    on: dict[int, tuple[int, ...]]
    points: dict[int, tuple[int, ...]]
    kinds: dict[int, str]
    hardness: dict[int, float]
    right_at: dict[tuple[int, int], datetime]


def week_drills(day: date, renew: Callable[[], None]) -> int:
    """The week's drill for every pupil who has errors open or points due; gives how many.

    Run again it adds nobody who has one. Pupils are gone through by their ids.
    """
    made, last = 0, 0
    while people := _waiting(last, day):
        renew()
        made += drills_make(people, day)
        last = people[-1]
    return made


def _waiting(after: int, day: date) -> list[int]:
    """The next pupils by id with something open. 2 queries by index."""
    end = week_ends(day)
    errors = (
        ErrorEntry.objects.filter(person_id__gt=after)
        .exclude(state=ErrorState.MASTERED.value).order_by("person_id")
    )  # fmt: skip
    due = Mastery.objects.filter(person_id__gt=after, due_at__lt=end).order_by("person_id")
    found = {
        one
        for rows in (errors, due)
        for one in rows.values_list("person_id", flat=True).distinct()[:PEOPLE]
    }
    return sorted(found)[:PEOPLE]


def week_ends(day: date) -> datetime:
    return at_clock(monday(day) + timedelta(days=7), datetime.min.time())


@transaction.atomic
def drills_make(
    person_ids: Sequence[int], day: date, *, by_id: int = 0, again: bool = False
) -> int:
    """Choose and keep a drill for each of these pupils; gives how many have a new one.

    ``again``: also for those who have one in this week and have done it.
    """
    week = monday(day)
    numbers = _numbers(person_ids, week, again=again)
    people = [one for one in person_ids if one in numbers]
    given = _given(people, week_ends(day))
    seats = places_of(people)
    rows = []
    for person in people:
        asked, left = _choose(person, given, week_ends(day))
        if asked and seats[person].class_id:
            rows.append(
                Drill(
                    person_id=person, class_id=seats[person].class_id,
                    school_id=seats[person].school, week=week, number=numbers[person],
                    asked=[one.plain() for one in asked], left=list(left), by_id=by_id or None,
                    minutes=sum(one.minutes for one in asked),
                )
            )  # fmt: skip
    Drill.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _numbers(person_ids: Sequence[int], week: date, *, again: bool) -> dict[int, int]:
    """Which drill of the week it would be for those who may have one: nobody whose last one
    waits, and a second one chosen by the rule only when it is asked for. 1 query."""
    held: dict[int, list[Drill]] = defaultdict(list)
    for row in Drill.objects.filter(person__in=person_ids, week=week):
        held[row.person_id].append(row)
    numbers = {}
    for one in person_ids:
        rows = [row for row in held[one] if row.withdrawn_at is None]
        waits = any(row.done_at is None for row in rows)
        chosen_already = any(row.by_id is None for row in rows)
        if not waits and (again or not chosen_already):
            numbers[one] = max((row.number for row in held[one]), default=0) + 1
    return numbers


def _given(people: Sequence[int], end: datetime) -> Given:
    known: dict[int, dict[int, Known]] = defaultdict(dict)
    wanted = inferred_of(people)
    for row in Mastery.objects.filter(person__in=wanted).order_by("level", "id"):
        if len(known[row.person_id]) < POINTS or (row.due_at and row.due_at < end):
            known[row.person_id][row.point_id] = Known(
                row.level, row.doubt, row.answers, row.last, row.due_at
            )
    wrong: dict[int, list[int]] = defaultdict(list)
    pages = ErrorEntry.objects.filter(person__in=people).exclude(state=ErrorState.MASTERED.value)
    for page in pages.order_by("due_at", "id"):
        if page.due_at is None or page.due_at < end:
            wrong[page.person_id].append(page.question_id)
    on = questions_on({point for points in known.values() for point in points})
    questions = {q for several in (*on.values(), *wrong.values()) for q in several}
    return Given(
        known, wrong, on, points_of(questions), kinds_of(questions), _hardness(questions),
        _right(people, questions),
    )  # fmt: skip


def _hardness(questions: Iterable[int]) -> dict[int, float]:
    rows = Hardness.objects.filter(question__in=list(questions))
    return {row.question_id: hardness_of(row.answers, row.wrong) for row in rows}


def _right(people: Sequence[int], questions: Iterable[int]) -> dict[tuple[int, int], datetime]:
    """When each of these pupils last had each of these questions right."""
    rows = Answered.objects.filter(
        person__in=people, question__in=list(questions), right=True, released_at__isnull=False
    )
    found = rows.values_list("person_id", "question_id").annotate(Max("at")).order_by()
    return {(person, question): at for person, question, at in found}


def _choose(person: int, given: Given, end: datetime) -> tuple[tuple[Asked, ...], tuple[int, ...]]:
    wrong = set(given.wrong.get(person, ()))
    known = given.known.get(person, {})
    ids = wrong | {q for point in known for q in given.on.get(point, ())}
    candidates = [
        Candidate(
            q, given.points.get(q, ()), given.kinds.get(q, ""), given.hardness.get(q, 0.0),
            q in wrong, given.right_at.get((person, q)),
        )
        for q in sorted(ids)
        if given.kinds.get(q, "") in KIND_MINUTES
    ]  # fmt: skip
    return chosen(known, candidates, end)


@transaction.atomic
def class_drills(
    *, who_id: int, class_id: int, school_id: int, pupil_ids: Sequence[int], title: str = ""
) -> int:
    """ "Make it now": the week's drill for those of the class who have none waiting."""
    made = drills_make(pupil_ids, today(), by_id=who_id, again=True)
    if made:
        _sent(who_id, class_id, school_id, title, made)
    return made


@transaction.atomic
def exercise_send(
    *, who_id: int, class_id: int, school_id: int, pupil_ids: Sequence[int],
    question_ids: Sequence[int], title: str = "",
) -> int:  # fmt: skip
    """A teacher's own choice for some pupils, as a drill of each; gives how many.

    Raises Refused without questions or pupils, and for more than eight questions.
    """
    questions = list(dict.fromkeys(question_ids))
    kinds = kinds_of(questions)
    if not pupil_ids or not questions or len(questions) > MOST:
        raise Refused(_("选 1 到 8 道题和至少一位学生；什么都没有发出。"), status=422)
    if any(kinds.get(one) not in KIND_MINUTES for one in questions):
        raise Refused(_("有一道题不能自动批改，不能放进小练习；什么都没有发出。"), status=422)
    points = points_of(questions)
    asked = [
        Asked(
            one, next(iter(points.get(one, ())), 0), REASON_TEACHER,
            KIND_MINUTES.get(kinds[one], LONGEST), 0.0,
        ).plain()
        for one in questions
    ]  # fmt: skip
    week = monday(today())
    held = Drill.objects.filter(person__in=list(pupil_ids), week=week)
    last = dict(held.values_list("person_id").annotate(Max("number")).order_by())
    rows = [
        Drill(
            person_id=one, class_id=class_id, school_id=school_id, week=week,
            number=last.get(one, 0) + 1, title=title[:80], asked=asked, by_id=who_id,
            minutes=sum(float(a["minutes"]) for a in asked),
        )
        for one in sorted(set(pupil_ids))
    ]  # fmt: skip
    Drill.objects.bulk_create(rows)
    _sent(who_id, class_id, school_id, title, len(rows))
    return len(rows)


@transaction.atomic
def drill_again(*, who_id: int, class_id: int, school_id: int) -> int:
    """The pupil wants another one now; gives its id. Raises Refused when nothing is open."""
    waiting = Drill.objects.filter(person=who_id, done_at__isnull=True, withdrawn_at__isnull=True)
    first = waiting.order_by("-id").first()
    if first is not None:
        return first.id
    if not drills_make([who_id], today(), again=True):
        raise Refused(_("现在没有要练的题。错题到了该复习的时候会再出现。"), status=422)
    row = Drill.objects.filter(person=who_id).order_by("-id")[:1].get()
    event_record(
        actor_id=who_id, verb=Verb.DRILL_MADE, object_kind="drill", object_id=row.id,
        class_id=class_id, school_id=school_id,
    )  # fmt: skip
    return row.id


def _sent(who_id: int, class_id: int, school_id: int, title: str, count: int) -> None:
    event_record(
        actor_id=who_id, verb=Verb.DRILL_MADE, object_kind="class", object_id=class_id,
        class_id=class_id, school_id=school_id, title=title, result={"pupils": count},
    )  # fmt: skip
    audit_record(
        actor_id=who_id, act=Act.DRILL_SENT, object_kind="class", object_id=class_id,
        school_id=school_id, detail={"pupils": count},
    )  # fmt: skip
