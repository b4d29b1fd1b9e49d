"""By what a person is known besides the number: what an erasure looks for."""

from dataclasses import dataclass
from datetime import date, datetime

from yunke.ground.people.models import Membership, Person, TieQuerySet, staying
from yunke.ground.people.values import Role


@dataclass(frozen=True)
class Marks:
    """``texts``: name and login, as they may stand in others' texts."""

    made_at: datetime
    texts: list[str]
    school_id: int
    erased: bool


def person_marks(person_id: int) -> Marks | None:
    """None for a number that nobody has. Two queries."""
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        return None
    ties = Membership.objects.filter(person_id=person_id).order_by("-since")
    school = ties.values_list("school_class__school_id", flat=True).first() or 0
    erased = person.login == f"erased-{person.id}"
    texts = [text for text in (person.name, person.login) if text and not erased]
    return Marks(person.made_at, texts, school, erased)


def leavers_before(day: date, *, limit: int = 500) -> list[int]:
    """Who left before the day and is not erased yet. One query."""
    found = Person.objects.filter(left_on__lt=day).exclude(login__startswith="erased-")
    return list(found.order_by("left_on", "id").values_list("id", flat=True)[:limit])


def pupils_of_school(school_id: int, day: date) -> list[Membership]:
    """The ties of today's pupils of a school, with person and class. One query."""
    rows = _pupil_ties(school_id, day).select_related("person", "school_class")
    return list(rows.order_by("school_class__grade", "school_class__number", "person_id"))


def pupils_count(school_id: int, day: date) -> int:
    """How many pupils a school has. One query."""
    return _pupil_ties(school_id, day).values("person_id").distinct().count()


def _pupil_ties(school_id: int, day: date) -> TieQuerySet[Membership]:
    """Who has a last day to come is still a pupil until then."""
    return Membership.objects.holding(day).filter(
        staying(day, "person__"), school_class__school_id=school_id, role=Role.PUPIL
    )
