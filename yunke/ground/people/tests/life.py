"""The life cases of trust.md §5 as people who live in the small city: each a named maker."""

from datetime import date, timedelta
from typing import Any

from yunke.base.clock import today
from yunke.ground.people.models import (
    Duty,
    Guardianship,
    Membership,
    Move,
    Org,
    Person,
    SchoolClass,
)
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast
from yunke.ground.people.values import Kind, Role

# What a life case may change.
TABLES = (Person, Membership, Duty, Guardianship, SchoolClass, Org, Move)


def counselled() -> Cast:
    """The small city, with a counsellor at its school."""
    cast = makers.cast()
    makers.staff(cast.school, Role.COUNSELLOR, "心理老师")
    return cast


def rows() -> dict[str, list[Any]]:
    """Every row that a life case may change, to compare before and after."""
    return {t.__name__: list(t._default_manager.order_by("pk").values()) for t in TABLES}


def by(cast: Cast) -> dict[str, int]:
    """As the school's administrator."""
    return {"actor_id": cast.admin.id, "school_id": cast.school.id}


def counsellor(cast: Cast) -> Duty:
    return Duty.objects.get(org=cast.school, role=Role.COUNSELLOR)


def siblings(cast: Cast) -> tuple[Person, Person, Person]:
    """(elder, younger, their mother): one school, two classes, one guardian of two."""
    elder, younger = cast.other_pupil, cast.pupil
    makers.bind(cast.guardian, elder)
    return elder, younger, cast.guardian


def in_dispute(cast: Cast) -> tuple[Person, Person, Person]:
    """(child, one guardian, the other): both still hold the right."""
    other = makers.guardian(cast.pupil, "另一位家长", login=f"139{cast.pupil.id:08}")
    return cast.pupil, cast.guardian, other


def guardian_and_teacher(cast: Cast) -> Person:
    """The class's teacher is also the guardian of one of its pupils."""
    makers.bind(cast.teacher, cast.pupil)
    return cast.teacher


def fostered(cast: Cast, *, days: int = 30) -> Guardianship:
    """A guardianship that ends by itself."""
    foster = makers.person(Kind.GUARDIAN, "寄养家庭")
    tie = makers.bind(foster, cast.pupil, "寄养")
    tie.until = today() + timedelta(days=days)
    tie.save()
    return tie


def years_ago(years: int, *, months: int = 0) -> date:
    """The first of a month, so long before today."""
    whole = today().year * 12 + today().month - 1 - years * 12 - months
    return date(whole // 12, whole % 12 + 1, 1)


def aged(cast: Cast, years: int) -> Person:
    """The first pupil, surely that old."""
    cast.pupil.born_on = years_ago(years, months=1)
    cast.pupil.save(update_fields=["born_on"])
    return cast.pupil


def in_two_classes(cast: Cast) -> tuple[Person, Membership, Membership]:
    """(pupil, the first class's tie, the second's)."""
    first = cast.pupil.memberships.get()
    second = makers.member(cast.pupil, cast.other, Role.PUPIL)
    return cast.pupil, first, second


def of_two_places(cast: Cast) -> Person:
    """A teacher of the class who is also counsellor of the other school."""
    Duty.objects.create(
        person=cast.teacher,
        org=cast.far_school,
        role=Role.COUNSELLOR,
        since=today() - timedelta(days=9),
    )
    return cast.teacher


def higher_class(cast: Cast) -> SchoolClass:
    """A class of the next grade: from there, ``cast.one`` is a repeated year."""
    return makers.school_class(cast.school, grade=cast.one.grade + 1)


def trial_city(cast: Cast) -> Cast:
    """Another tenant on the same site: a city of its own, with people of its own."""
    return makers.cast(pupils_in_class=1)


def school_in(org: Org) -> tuple[Org, SchoolClass, Person]:
    """(a third school of the county, its class, its administrator)."""
    school = makers.org("school", "湖边小学", org)
    return (
        school,
        makers.school_class(school),
        makers.staff(school, Role.SCHOOL_ADMIN, "湖边管理员"),
    )
