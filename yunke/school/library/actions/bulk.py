"""Whole catalogues at once: a term's units, points, lessons and questions.

For seeding a site. No events: nobody did these acts one by one, and history that never happened
is not written. Each call is one transaction; calling it again changes what is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from yunke.base.search import Document, index_of
from yunke.ground.people.door import city_id
from yunke.school.library.models import Lesson, Point, Question, Unit
from yunke.school.library.values import LessonNew, PointNew, QuestionNew, UnitNew

BATCH = 500
T = TypeVar("T")


@transaction.atomic
def units_write(units: Sequence[UnitNew]) -> list[int]:
    """Write the city's units; gives their ids in the same order. A unit is known by grade,
    subject and position."""
    city = city_id()
    Unit.objects.bulk_create(
        [
            Unit(
                city_id=city, grade=u.grade, subject=u.subject, position=u.position,
                title=u.title, title_en=u.title_en,
            )
            for u in units
        ],
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=["title", "title_en"],
        unique_fields=["city_id", "grade", "subject", "position"],
    )  # fmt: skip
    known = {
        (grade, subject, position): id_
        for id_, grade, subject, position in Unit.objects.filter(city_id=city).values_list(
            "id", "grade", "subject", "position"
        )
    }
    return [known[u.grade, u.subject, u.position] for u in units]


@transaction.atomic
def points_write(points: Sequence[PointNew]) -> dict[str, int]:
    """Write knowledge points; gives ids by code. A parent must be there or stand earlier."""
    Point.objects.bulk_create(
        [Point(code=p.code, subject=p.subject, name=p.name, name_en=p.name_en) for p in points],
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=["subject", "name", "name_en"],
        unique_fields=["code"],
    )
    rows = {point.code: point for point in Point.objects.all()}
    children = [p for p in points if p.parent]
    for point in children:
        rows[point.code].parent_id = rows[point.parent].id
    Point.objects.bulk_update([rows[p.code] for p in children], ["parent"], batch_size=BATCH)
    return {point.code: rows[point.code].id for point in points}


@transaction.atomic
def lessons_write(lessons: Sequence[LessonNew]) -> list[int]:
    """Write lessons with their points and their entry in the search; gives ids in order.

    A lesson is known by its unit and position.
    """
    fields = [
        "title", "title_en", "summary", "summary_en", "goals", "minutes", "author", "author_name",
        "school_id", "county_id", "state", "reach", "download_allowed",
    ]  # fmt: skip
    Lesson.objects.bulk_create(
        [_row(lesson) for lesson in lessons],
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=fields,
        unique_fields=["unit", "position"],
    )
    units = {lesson.unit_id for lesson in lessons}
    known = {
        (unit, position): id_
        for id_, unit, position in Lesson.objects.filter(unit__in=units).values_list(
            "id", "unit_id", "position"
        )
    }
    ids = [known[lesson.unit_id, lesson.position] for lesson in lessons]
    _tie_points(Lesson.points.through, "lesson_id", ids, [lesson.points for lesson in lessons])
    search_refresh(ids)
    return ids


def _row(new: LessonNew) -> Lesson:
    return Lesson(
        unit_id=new.unit_id, position=new.position, title=new.title, title_en=new.title_en,
        summary=new.summary, summary_en=new.summary_en, goals=list(new.goals),
        minutes=new.minutes, author_id=new.author_id or None, author_name=new.author_name,
        school_id=new.school_id, county_id=new.county_id,
        state=Lesson.State.PUBLISHED if new.published else Lesson.State.DRAFT,
        reach=new.reach, download_allowed=new.download_allowed,
    )  # fmt: skip


@transaction.atomic
def questions_write(questions: Sequence[QuestionNew]) -> list[int]:
    """Write questions with their points; gives ids in order. A question is known by its code."""
    Question.objects.bulk_create(
        [
            Question(
                code=q.code, kind=q.kind, stem=q.stem, stem_en=q.stem_en, options=list(q.options),
                key=list(q.key), reasoning=q.reasoning, reasoning_en=q.reasoning_en,
                subject=q.subject, grade=q.grade,
            )
            for q in questions
        ],
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=[
            "kind", "stem", "stem_en", "options", "key", "reasoning", "reasoning_en", "subject",
            "grade",
        ],
        unique_fields=["code"],
    )  # fmt: skip
    known = _ids_by_code(Question.objects.all(), [q.code for q in questions])
    ids = [known[q.code] for q in questions]
    _tie_points(Question.points.through, "question_id", ids, [q.points for q in questions])
    return ids


def _ids_by_code(rows: "QuerySet[Any]", codes: Iterable[str]) -> dict[str, int]:
    return {
        code: id_
        for batch in batched(codes)
        for code, id_ in rows.filter(code__in=batch).values_list("code", "id")
    }


def batched(things: Iterable[T]) -> Iterator[list[T]]:
    line = iter(things)
    while batch := list(islice(line, BATCH)):
        yield batch


def _tie_points(
    through: type, column: str, ids: Sequence[int], codes: Sequence[tuple[str, ...]]
) -> None:
    """The points of each row are those named, and no others."""
    points = _ids_by_code(Point.objects.all(), {code for row in codes for code in row})
    ties: Any = through
    rows = [
        ties(**{column: id_, "point_id": points[code]})
        for id_, row in zip(ids, codes, strict=True)
        for code in row
    ]
    wanted = {(getattr(row, column), row.point_id) for row in rows}
    for batch in batched(ids):
        for tie in ties.objects.filter(**{f"{column}__in": batch}):
            if (getattr(tie, column), tie.point_id) not in wanted:
                tie.delete()
    ties.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)


def search_refresh(ids: Iterable[int]) -> None:
    """Bring the search up to the rows, in the caller's transaction. Two queries and the writes.

    Only published lessons are in it: drafts would take the places of what people may see.
    """
    wanted = list(ids)
    rows = (
        Lesson.objects.filter(id__in=wanted, state=Lesson.State.PUBLISHED)
        .select_related("unit")
        .prefetch_related("points")
    )
    index = index_of("lesson")
    index.drop(wanted)
    index.put(
        Document(
            lesson.id,
            f"{lesson.title} {lesson.title_en}",
            " ".join(
                [lesson.unit.title, lesson.unit.title_en, lesson.author_name]
                + [name for p in lesson.points.all() for name in (p.name, p.name_en)]
            ),
        )
        for lesson in rows
    )
