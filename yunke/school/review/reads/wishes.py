"""Invitations to record: one's own, and an office's."""

from django.db.models import Q, QuerySet

from yunke.base.paging import Page, page_of
from yunke.ground.people.door import Role, Who
from yunke.school.review.models import Wish
from yunke.school.review.values import WishLine


def wishes_to(person_id: int) -> tuple[WishLine, ...]:
    """What a teacher is asked and has not answered, the nearest date first. One query."""
    rows = _rows().filter(teacher_id=person_id, state=Wish.State.ASKED).order_by("due", "id")
    return tuple(_line(row) for row in rows)


def wishes_of(who: Who, number: int) -> Page[WishLine]:
    """What the person's office asked, the newest first. One query."""
    wanted = Q(pk__in=())
    for grant in who.grants:
        if grant.role == Role.CITY_STAFF:
            wanted |= Q(unit__city_id=grant.place.city)
        elif grant.role == Role.COUNTY_STAFF and grant.place.county:
            wanted |= Q(county_id=grant.place.county)
    found = page_of(_rows().filter(wanted).order_by("-id"), number)
    return Page([_line(row) for row in found.rows], found.number, found.more)


def _rows() -> "QuerySet[Wish]":
    return Wish.objects.select_related("unit", "teacher", "asked_by")


def _line(row: Wish) -> WishLine:
    return WishLine(
        id=row.id, unit=row.unit.title, unit_en=row.unit.title_en, grade=row.unit.grade,
        subject=row.unit.subject, wish=row.wish, due=row.due, state=row.state,
        teacher=row.teacher.name, asked_by=row.asked_by.name if row.asked_by else "",
        answer=row.answer, lesson_id=row.lesson_id or 0,
    )  # fmt: skip
