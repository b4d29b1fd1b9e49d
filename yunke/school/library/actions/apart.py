"""Questions that were kept apart until their hour: written when a sealed paper opens."""

from collections.abc import Sequence
from typing import Any

from yunke.base.clock import now
from yunke.craft.marking.items import item_from_json
from yunke.school.library.models import Point, Question

# No school has it: nobody finds a question that is kept apart.
NOBODYS = -1


def questions_from_items(
    items: Sequence[dict[str, Any]], *, codes: Sequence[str], subject: str, grade: int, origin: str
) -> list[int]:
    """Write items as questions that nobody finds (no school's, retired); gives ids in order.

    ``codes``: one for each item; those that are there already stay as they are. 4 queries.
    """
    if not items:
        return []
    read = [item_from_json(item) for item in items]
    at = now()
    Question.objects.bulk_create(
        [
            Question(
                code=code, kind=one.kind.value, stem=one.prompt, item=item, subject=subject,
                reasoning=one.reasoning, grade=grade, school_id=NOBODYS, origin=origin,
                retired_at=at,
            )
            for code, one, item in zip(codes, read, items, strict=True)
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    ids = dict(Question.objects.filter(code__in=codes).values_list("code", "id"))
    _tie(ids, dict(zip(codes, (one.knowledge for one in read), strict=True)))
    return [ids[code] for code in codes]


def _tie(ids: dict[str, int], knowledge: dict[str, tuple[str, ...]]) -> None:
    named = {code for codes in knowledge.values() for code in codes}
    points = dict(Point.objects.filter(code__in=named).values_list("code", "id"))
    through: Any = Question.points.through
    through.objects.bulk_create(
        [
            through(question_id=ids[code], point_id=points[point])
            for code, wanted in knowledge.items()
            for point in dict.fromkeys(wanted)
            if point in points
        ],
        ignore_conflicts=True,
    )


def questions_share(ids: Sequence[int], *, origin: str, school_id: int, author_id: int) -> int:
    """Their exam is over and released: colleagues of the school find them. 1 query."""
    rows = Question.objects.filter(id__in=list(ids), origin=origin, school_id=NOBODYS)
    return rows.update(retired_at=None, school_id=school_id, author_id=author_id or None)
