"""How rights move with age: month by month, profile by profile."""

from datetime import date

import pytest
from django.test import override_settings

from yunke.ground.people.reads.ages import stage_of_person
from yunke.ground.people.rules.ages import Stage, may_see, stage_of, turned
from yunke.ground.people.tests import life, makers

BORN = date(2012, 5, 1)


@pytest.mark.parametrize(
    ("day", "years", "is_so"),
    [
        (date(2026, 4, 30), 14, False),
        (date(2026, 5, 31), 14, False),
        (date(2026, 6, 1), 14, True),
        (date(2030, 6, 1), 18, True),
        (date(2030, 5, 31), 18, False),
    ],
)
def test_an_age_is_reached_when_its_month_is_over(day: date, years: int, is_so: bool) -> None:
    assert turned(BORN, years, day) is is_so


def test_december_ends_in_january() -> None:
    assert not turned(date(2012, 12, 1), 14, date(2026, 12, 31))
    assert turned(date(2012, 12, 1), 14, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("profile", "years"), [("cn", 14), ("us", 13), ("uk", 13), ("eu", 16), ("strict", 16)]
)
def test_each_profile_has_its_age_of_an_own_voice(profile: str, years: int) -> None:
    before = date(2012 + years, 5, 31)
    after = date(2012 + years, 6, 1)
    assert stage_of(BORN, before, profile) == Stage.CHILD
    assert stage_of(BORN, after, profile) == Stage.YOUTH
    assert stage_of(BORN, date(2030, 6, 1), profile) == Stage.ADULT


def test_an_unknown_profile_is_the_strictest_and_an_unknown_birth_a_child() -> None:
    assert stage_of(BORN, date(2027, 1, 1), "elsewhere") == Stage.CHILD
    assert stage_of(None, date(2099, 1, 1), "cn") == Stage.CHILD


def test_a_guardian_sees_an_adult_only_with_a_yes() -> None:
    child, adult = date(2026, 6, 1), date(2030, 6, 1)
    assert may_see(BORN, False, child)
    assert not may_see(BORN, False, adult)
    assert may_see(BORN, True, adult)
    assert may_see(None, False, adult)


@pytest.mark.django_db
def test_the_site_asks_by_its_profile() -> None:
    cast = makers.cast()
    child = life.aged(cast, 14)
    with override_settings(PROFILE="cn"):
        assert stage_of_person(child.id) == Stage.YOUTH
    with override_settings(PROFILE="eu"):
        assert stage_of_person(child.id) == Stage.CHILD
    assert stage_of_person(0) == Stage.CHILD
