"""From a file to the database: once, whole, with numbers that are true."""

import pytest

from yunke.base.models import Job
from yunke.gate.exchange.actions.undo import undo_ask
from yunke.gate.exchange.actions.upload import (
    import_second_ask,
    import_second_decide,
    import_write_ask,
)
from yunke.gate.exchange.models import Import, PersonSource, PlaceSource
from yunke.gate.exchange.tests import makers
from yunke.ground.people.models import Membership, Org, Person, SchoolClass
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city() -> people.Cast:
    return people.cast()


def written(row: Import, who: Person) -> Import:
    import_write_ask(import_id=row.id, who_id=who.id)
    makers.work()
    row.refresh_from_db()
    return row


def test_a_citys_bundle_makes_schools_classes_persons_and_ties(city: people.Cast) -> None:
    data = makers.bundle(makers.school_rows("新城小学"))
    row = makers.staged(city.city_staff, city.city, data)
    assert row.state == "read", (row.trouble, list(Job.objects.values("name", "reason")))
    assert row.counts["org"] == {"new": 1}
    assert row.counts["class"] == {"new": 2}
    assert row.counts["pupil"] == {"new": 10}
    assert row.counts["staff"] == {"new": 2}
    before = {model: model.objects.count() for model in (Org, SchoolClass, Person, Membership)}
    written(row, city.city_staff)
    assert row.state == "done", (row.trouble, list(Job.objects.values("name", "reason")))
    after = {model: model.objects.count() for model in before}
    assert [after[m] - before[m] for m in before] == [1, 2, 12, 12]
    assert row.written["persons"] == 12
    assert row.written["ties"] == 12
    school = Org.objects.get(name="新城小学")
    assert school.parent == city.county
    assert PersonSource.objects.count() == 12
    assert PlaceSource.objects.count() == 3


def test_the_same_file_again_changes_nothing_and_says_so(city: people.Cast) -> None:
    data = makers.bundle(makers.school_rows("新城小学"))
    written(makers.staged(city.city_staff, city.city, data), city.city_staff)
    again = makers.staged(city.city_staff, city.city, data)
    assert again.counts["pupil"] == {"same": 10}
    assert again.counts["staff"] == {"same": 2}
    assert again.counts["class"] == {"same": 2}
    assert again.findings == []
    written(again, city.city_staff)
    assert again.written == {}


def test_half_a_roster_can_be_taken_back_whole(city: people.Cast) -> None:
    whole = makers.bundle(makers.school_rows("新城小学"))
    written(makers.staged(city.city_staff, city.city, whole), city.city_staff)
    school = Org.objects.get(name="新城小学")
    clerk = people.staff(school, Role.SCHOOL_ADMIN)
    before = picture(school)
    half = makers.bundle(makers.school_rows("新城小学", classes=1))
    row = makers.staged(clerk, school, half)
    assert row.counts["class"] == {"same": 1, "gone": 1}
    assert row.counts["pupil"] == {"same": 5, "gone": 5}
    agreed(row, clerk, city.city_staff)
    written(row, clerk)
    assert picture(school) != before
    undo_ask(import_id=row.id, who_id=clerk.id)
    makers.work()
    row.refresh_from_db()
    assert row.state == "undone", (row.undone, list(Job.objects.values("name", "reason")))
    assert row.undone["kept"] == []
    assert picture(school) == before


def agreed(row: Import, clerk: Person, other: Person) -> None:
    import_second_ask(import_id=row.id, who_id=clerk.id, reason="核对过")
    row.refresh_from_db()
    import_second_decide(row=row, who_id=other.id, given=True, reason="")


def picture(school: Org) -> list[object]:
    """Everything that a roster may change, of one school."""
    classes = SchoolClass.objects.filter(school=school).order_by("id")
    ties = Membership.objects.filter(school_class__school=school).order_by("id")
    persons = Person.objects.filter(memberships__school_class__school=school).distinct()
    return [
        list(classes.values("id", "grade", "number", "name", "ended_on")),
        list(ties.values("id", "person_id", "school_class_id", "role", "since", "until")),
        list(persons.order_by("id").values("id", "name", "left_on", "login")),
    ]
