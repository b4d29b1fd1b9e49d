"""A class: its most frequent errors, its curves, who could work together. No cost grows with it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from yunke.base.clock import now
from yunke.craft.recall import Curve, Estimate, Standing, curve, groups
from yunke.craft.recall.estimates import Mastery as Told
from yunke.craft.recall.estimates import share_of, standing_of
from yunke.school.library.door import questions_on
from yunke.school.practice.models import Answered, Doubt, ErrorEntry, Explanation, Mastery
from yunke.school.practice.values import ClassError, WrongAnswer

WEEK = timedelta(days=7)
ERRORS = 8
# A question is a class's error when so many got it wrong, and a band is shown for so many.
FEWEST = 2
BAND = 5
EXERCISES = 3
READY = 5


def class_errors(
    class_id: int, pupil_ids: Sequence[int], since: datetime, *, most: int = ERRORS
) -> list[ClassError]:
    """What most of the class fell for since then, by its pupils of today: the question with most
    who erred first. Everybody counts once a question, with the last wrong answer. 2 queries."""
    rows = Answered.objects.filter(
        class_id=class_id, at__gte=since, released_at__isnull=False, person__in=list(pupil_ids)
    )
    tried: dict[int, set[int]] = defaultdict(set)
    wrong: dict[int, dict[int, str]] = defaultdict(dict)
    points: dict[int, tuple[int, ...]] = {}
    for person, question, right, value, of in rows.order_by("at", "id").values_list(
        "person_id", "question_id", "right", "value", "points"
    ):
        tried[question].add(person)
        points[question] = tuple(of)
        if not right:
            wrong[question][person] = value
    shown = sorted(wrong, key=lambda q: (-len(wrong[q]), -len(tried[q]), q))
    shown = [q for q in shown if len(wrong[q]) >= FEWEST][:most]
    causes = _causes(pupil_ids, shown)
    return [
        ClassError(q, len(tried[q]), len(wrong[q]), _answers(q, wrong[q], causes), points[q])
        for q in shown
    ]


def class_error(
    class_id: int, pupil_ids: Sequence[int], question_id: int, since: datetime
) -> ClassError | None:
    """One question, however few erred. 2 queries."""
    found = [
        one
        for one in class_errors(class_id, pupil_ids, since, most=10_000)
        if one.question_id == question_id
    ]
    if found:
        return found[0]
    rows = ErrorEntry.objects.filter(person__in=list(pupil_ids), question=question_id)
    wrong = {row.person_id: row.value for row in rows}
    if not wrong:
        return None
    causes = _causes(pupil_ids, [question_id])
    return ClassError(question_id, len(wrong), len(wrong), _answers(question_id, wrong, causes))


def erred(pupil_ids: Sequence[int], question_ids: Sequence[int]) -> set[tuple[int, int]]:
    """Who of these got which of these wrong: (pupil, question). 1 query."""
    rows = ErrorEntry.objects.filter(person__in=list(pupil_ids), question__in=list(question_ids))
    return set(rows.values_list("person_id", "question_id"))


def _causes(
    pupil_ids: Sequence[int], questions: Sequence[int]
) -> dict[tuple[int, int], tuple[str, str]]:
    rows = ErrorEntry.objects.filter(person__in=list(pupil_ids), question__in=list(questions))
    return {(row.person_id, row.question_id): (row.cause, row.origin) for row in rows}


def _answers(
    question: int, wrong: dict[int, str], causes: dict[tuple[int, int], tuple[str, str]]
) -> tuple[WrongAnswer, ...]:
    people: dict[str, list[int]] = defaultdict(list)
    for person, value in wrong.items():
        people[value].append(person)
    told = []
    for value, of in sorted(people.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        said = Counter(causes.get((person, question), ("", "")) for person in of)
        cause, origin = min(said, key=lambda one: (not one[0], -said[one], one))
        told.append(WrongAnswer(value, cause, origin, tuple(of)))
    return tuple(told)


@dataclass(frozen=True)
class PointOfClass:
    """How many of the class stand where on a point. Bands only, for at least five pupils."""

    point_id: int
    name: str
    name_en: str
    subject: str
    pupils: int
    mastered: int
    nearly: int
    weak: int
    unsure: int


def class_points(pupil_ids: Sequence[int], *, most: int = 12) -> list[PointOfClass]:
    """The points of which something is known of five pupils or more, weakest first. 1 query."""
    rows = Mastery.objects.filter(person__in=list(pupil_ids)).select_related("point")
    by_point: dict[int, list[Mastery]] = defaultdict(list)
    for row in rows:
        by_point[row.point_id].append(row)
    lines = []
    for held in by_point.values():
        if len(held) < BAND:
            continue
        found = Counter(standing_of(Estimate(r.level, r.doubt, r.answers, r.last)) for r in held)
        point = held[0].point
        lines.append(
            PointOfClass(
                point.id, point.name, point.name_en, point.subject, len(held),
                found[Standing.MASTERED], found[Standing.NEARLY], found[Standing.WEAK],
                found[Standing.UNSURE],
            )
        )  # fmt: skip
    lines.sort(key=lambda one: (-one.weak / one.pupils, one.mastered / one.pupils, one.point_id))
    return lines[:most]


def class_curve(pupil_ids: Sequence[int], point_id: int) -> Curve | None:
    """Errors at the first try, the second, the third; None for fewer than five pupils. 1 query."""
    rows = Mastery.objects.filter(person__in=list(pupil_ids), point=point_id)
    lines = [[letter == "1" for letter in line] for line in rows.values_list("line", flat=True)]
    return curve(lines) if len(lines) >= BAND else None


@dataclass(frozen=True)
class GroupOfClass:
    """Pupils with the same thing to work on next, and exercises that are ready for them."""

    point_id: int
    pupils: tuple[int, ...]
    questions: tuple[int, ...]


def class_groups(
    pupil_ids: Sequence[int], school_id: int
) -> tuple[list[GroupOfClass], tuple[int, ...]]:
    """Groups by what is weak, and those who have nothing weak. 2 queries."""
    known: dict[str, dict[str, Told]] = {str(pupil): {} for pupil in pupil_ids}
    for row in Mastery.objects.filter(person__in=list(pupil_ids)):
        estimate = Estimate(row.level, row.doubt, row.answers, row.last)
        known[str(row.person_id)][str(row.point_id)] = Told(
            str(row.point_id), estimate, share_of(estimate), standing_of(estimate), ()
        )
    told = {pupil: points for pupil, points in known.items() if points}
    found, free = groups(told)
    ready = questions_on({int(one.point) for one in found}, school_id=school_id, most=READY)
    return [
        GroupOfClass(
            int(one.point), tuple(int(pupil) for pupil in one.pupils),
            ready.get(int(one.point), ()),
        )
        for one in found
    ], tuple(int(pupil) for pupil in free)  # fmt: skip


def doubts_of(class_id: int) -> list[Doubt]:
    """What waits for an answer first, the newest before, then the newest answered. 1 query."""
    rows = Doubt.objects.filter(class_id=class_id).select_related("person", "by")
    return list(rows.order_by(F("answered_at").desc(nulls_first=True), "-id")[:20])


def doubts_by(person_id: int) -> list[Doubt]:
    """What was said about one person's pages, newest first. 1 query."""
    return list(Doubt.objects.filter(person=person_id).order_by("-id")[:5])


def explanations_of(class_id: int) -> dict[int, list[Explanation]]:
    """The class's explanations by question, newest first. 1 query."""
    found: dict[int, list[Explanation]] = defaultdict(list)
    rows = Explanation.objects.filter(class_id=class_id, withdrawn_at__isnull=True)
    for row in rows.order_by("-id"):
        found[row.question_id].append(row)
    return found


def week_ago() -> datetime:
    return now() - WEEK
