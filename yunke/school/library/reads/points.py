"""Knowledge points of questions, and questions on points: for rooms that follow what was learnt."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from yunke.school.library.models import Point, Question
from yunke.school.library.values import PointName

# Kinds that a rule marks whole; others need a person.
BY_RULE = (
    "choice", "multiple", "true-false", "number", "blanks", "formula", "matching", "ordering",
)  # fmt: skip


def points_of(question_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The points of each question, in the order of their ids. 1 query."""
    through = Question.points.through
    rows = through.objects.filter(question_id__in=set(question_ids)).order_by("point_id")
    found: dict[int, list[int]] = defaultdict(list)
    for question, point in rows.values_list("question_id", "point_id"):
        found[question].append(point)
    return {question: tuple(points) for question, points in found.items()}


def points_named(point_ids: Iterable[int]) -> dict[int, PointName]:
    """What each point is called. 1 query."""
    rows = Point.objects.filter(id__in=set(point_ids))
    return {row.id: PointName(row.id, row.name, row.name_en) for row in rows}


def subjects_of(question_ids: Iterable[int]) -> dict[int, str]:
    """Each question's subject, or else its first point's; "" where neither says. 1 query."""
    asked = Question.objects.filter(id__in=set(question_ids)).order_by("id", "points__id")
    rows = asked.values_list("id", "subject", "points__subject")
    found: dict[int, str] = {}
    for number, own, of_point in rows:
        found[number] = found.get(number) or own or of_point or ""
    return found


def questions_on(
    point_ids: Iterable[int], *, school_id: int = 0, most: int = 6, kinds: Sequence[str] = BY_RULE
) -> dict[int, tuple[int, ...]]:
    """Questions of everybody's or the school's own that rules mark: point → question ids, the
    newest first, at most ``most`` a point. 1 query."""
    rows = (
        Question.objects.filter(points__in=set(point_ids), retired_at__isnull=True)
        .filter(kind__in=kinds, school_id__in={0, school_id})
        .exclude(item={}, key=[])
        .order_by("-id").values_list("points", "id")
    )  # fmt: skip
    wanted = set(point_ids)
    found: dict[int, list[int]] = defaultdict(list)
    for point, question in rows:
        if point in wanted and len(found[point]) < most:
            found[point].append(question)
    return {point: tuple(questions) for point, questions in found.items()}


def kinds_of(question_ids: Iterable[int]) -> dict[int, str]:
    """The kind of each question. 1 query."""
    return dict(Question.objects.filter(id__in=set(question_ids)).values_list("id", "kind"))
