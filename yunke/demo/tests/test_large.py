"""The whole city, at a size that a test can bear: exact numbers, whole ties, little memory."""

from collections import Counter
from datetime import date

import pytest

from yunke.demo import large
from yunke.demo.city import City, Secrets, city_of
from yunke.demo.large import Shares, large_write
from yunke.ground.people.door import (
    class_by_id,
    class_pupils,
    places_of,
    roster_ids,
    roster_write,
    school_classes,
)
from yunke.ground.people.models import (
    Guardianship,
    Membership,
    Org,
    Person,
    SchoolClass,
)

SINCE, TODAY = date(2026, 9, 14), date(2026, 11, 21)
SECRETS = Secrets("password", "pictures", "")


def test_shares_place_everybody_and_nobody_twice() -> None:
    left = Shares(classes=100, pupils=3_741, teachers=333)
    sizes: list[int] = []
    teachers = 0
    while left.classes:
        found, staff = left.take(min(30, left.classes))
        sizes += found
        teachers += staff
    assert (len(sizes), sum(sizes), teachers) == (100, 3_741, 333)
    assert max(sizes) - min(sizes) <= 1, "classes are as equal as they can be"


@pytest.mark.parametrize("classes", [1, 2, 7, 30, 31, 59])
def test_the_last_school_takes_the_rest(classes: int) -> None:
    left = Shares(classes=classes, pupils=classes * 37 + 5, teachers=classes * 3)
    while left.classes:
        left.take(min(30, left.classes))
    assert (left.pupils, left.teachers) == (0, 0)


def test_codes_of_classes_never_meet() -> None:
    codes = {large._code(number) for number in range(1, 13_000)}
    assert len(codes) == 12_999
    assert all(len(code) == 6 for code in codes)
    assert not any(code.startswith("YZ") for code in codes), "those are the demo's own"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> City:
    """The demo's forty classes, and a large city of sixty-seven."""
    monkeypatch.setattr(large, "PUPILS", 1_600 + 27 * 20 + 3)
    monkeypatch.setattr(large, "TEACHERS", 120 + 80)
    monkeypatch.setattr(large, "CLASSES", 67)
    monkeypatch.setattr(large, "BATCH", 2)
    city = city_of(roster_ids(), SINCE, TODAY, SECRETS)
    roster_write(city.roster)
    return city


@pytest.mark.django_db
def test_the_city_has_exactly_the_size_it_says(small: City) -> None:
    shares: list[float] = []
    large_write(small, SINCE, SECRETS, shares.append)
    assert SchoolClass.objects.count() == 67
    pupils = Membership.objects.filter(role="pupil", until=None, person__left_on=None)
    assert pupils.values("person").distinct().count() == large.PUPILS
    teachers = Membership.objects.filter(role="teacher").values("person").distinct().count()
    assert teachers <= large.TEACHERS
    assert Person.objects.filter(kind="staff", duties=None).count() == large.TEACHERS
    assert shares == sorted(shares)
    assert shares[-1] == 1


@pytest.mark.django_db
def test_every_school_of_the_large_city_lies_in_a_county_of_the_city(small: City) -> None:
    large_write(small, SINCE, SECRETS, lambda share: None)
    assert Org.objects.filter(level="city").count() == 1
    for school in Org.objects.filter(level="school").select_related("parent__parent"):
        assert school.parent is not None
        assert school.parent.level == "county"
        assert school.parent.parent_id == small.id


@pytest.mark.django_db
def test_every_class_of_the_large_city_has_teachers_a_head_and_pupils(small: City) -> None:
    large_write(small, SINCE, SECRETS, lambda share: None)
    demo = {plan.id for plan in small.classes}
    for of in SchoolClass.objects.exclude(id__in=demo):
        roles = Counter(Membership.objects.filter(school_class=of).values_list("role", flat=True))
        assert roles["teacher"] == 8
        assert roles["head_teacher"] == 1
        assert 19 <= roles["pupil"] <= 22
        assert len(class_pupils(of.id)) == roles["pupil"]
        found = class_by_id(of.id)
        assert found is not None
        assert found.name


@pytest.mark.django_db
def test_every_pupil_of_the_large_city_has_a_guardian_and_a_place(small: City) -> None:
    large_write(small, SINCE, SECRETS, lambda share: None)
    school = Org.objects.filter(level="school").latest("id")
    (of, *_others) = school_classes(school.id)
    pupils = [person.id for person in class_pupils(of.id)]
    assert Guardianship.objects.filter(child_id__in=pupils).count() == len(pupils)
    assert {place.school for place in places_of(pupils).values()} == {school.id}


@pytest.mark.django_db
def test_the_large_city_is_the_same_every_time(small: City) -> None:
    large_write(small, SINCE, SECRETS, lambda share: None)
    first = list(Person.objects.order_by("id").values_list("login", "name", "animal"))
    Guardianship.objects.all().delete()
    Membership.objects.all().delete()
    for person in Person.objects.all():
        person.duties.all().delete()
    Person.objects.all().delete()
    SchoolClass.objects.all().delete()
    Org.objects.filter(level="school").delete()
    Org.objects.filter(level="county").delete()
    Org.objects.all().delete()
    again = city_of(roster_ids(), SINCE, TODAY, SECRETS)
    roster_write(again.roster)
    large_write(again, SINCE, SECRETS, lambda share: None)
    names = [row[1:] for row in first]
    assert [
        row[1:] for row in Person.objects.order_by("id").values_list("login", "name", "animal")
    ] == names
