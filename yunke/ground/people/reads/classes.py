"""The classes of a school."""

from yunke.ground.people.models import SchoolClass
from yunke.ground.people.reads.who import class_name
from yunke.ground.people.values import ClassName


def school_classes(school_id: int) -> tuple[ClassName, ...]:
    """The classes of a school that go on, by grade and number. One query."""
    rows = (
        SchoolClass.objects.filter(school_id=school_id, ended_on__isnull=True)
        .select_related("school")
        .order_by("grade", "number")
    )
    return tuple(class_name(row) for row in rows)
