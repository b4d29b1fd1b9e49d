"""What the database tells a roster to be compared with: the schools that count, and no others."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import today
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.models import Membership, Person, SchoolClass
from yunke.ground.people.reads.rosterhas import (
    logins_taken,
    roster_classes,
    roster_orgs,
    roster_persons,
    roster_persons_by_id,
    roster_ties,
    with_keys,
)
from yunke.ground.people.reads.seats import seats_on
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.values import Kind, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def ours(cast: Cast) -> frozenset[int]:
    return frozenset({cast.school.id})


def test_every_place_is_told_with_its_parent(cast: Cast) -> None:
    rows = {number: (level, parent) for number, level, parent, _code, _name in roster_orgs()}
    assert rows[cast.school.id] == ("school", cast.county.id)
    assert rows[cast.county.id] == ("county", cast.city.id)
    assert rows[cast.city.id] == ("city", 0)


def test_classes_of_the_schools_that_count_with_the_ended_ones(cast: Cast) -> None:
    SchoolClass.objects.filter(id=cast.other.id).update(ended_on=today())
    rows = {row[0]: row[5] for row in roster_classes(ours(cast))}
    assert rows == {cast.one.id: False, cast.other.id: True}
    assert cast.far.id in {row[0] for row in roster_classes(None)}


def test_persons_are_pupils_and_staff_of_the_school_but_no_guardians(cast: Cast) -> None:
    found = {row[0] for row in roster_persons(ours(cast))}
    assert {cast.pupil.id, cast.head.id, cast.teacher.id, cast.admin.id} <= found
    assert not {cast.guardian.id, cast.far_pupil.id, cast.far_admin.id, cast.city_staff.id} & found
    assert cast.city_staff.id in {row[0] for row in roster_persons(None)}


@pytest.mark.parametrize(("days", "left"), [(None, False), (1, False), (0, True), (-1, True)])
def test_somebody_has_left_from_the_day_itself(cast: Cast, days: int | None, left: bool) -> None:
    day = None if days is None else today() + timedelta(days=days)
    Person.objects.filter(id=cast.pupil.id).update(left_on=day)
    (row,) = roster_persons_by_id([cast.pupil.id])
    assert row == (cast.pupil.id, cast.pupil.login, cast.pupil.name, "pupil", left)


def test_persons_by_number_are_told_once_and_unknown_ones_are_left_out(cast: Cast) -> None:
    asked = [cast.far_pupil.id, cast.pupil.id, cast.pupil.id, 999_999]
    assert [row[0] for row in roster_persons_by_id(asked)] == [cast.pupil.id, cast.far_pupil.id]


def test_many_numbers_are_asked_in_parts(cast: Cast, django_assert_num_queries: Any) -> None:
    everybody = set(Person.objects.values_list("id", flat=True))
    numbers = range(min(everybody), min(everybody) + 1_999)
    with django_assert_num_queries(3):
        assert {row[0] for row in roster_persons_by_id(numbers)} == everybody
    with django_assert_num_queries(2):
        assert logins_taken([cast.pupil.login, *map(str, range(1_000))]) == {cast.pupil.login}


@pytest.mark.parametrize(
    ("since", "until", "state"),
    [
        (-9, None, True),
        (9, None, True),
        (-9, 9, None),
        (0, 0, False),
        (-9, 0, "gone"),
        (-9, -1, "gone"),
    ],
)
def test_a_tie_is_open_dated_ended_today_or_history(
    cast: Cast, since: int, until: int | None, state: object
) -> None:
    tie = makers.member(
        cast.far_pupil, cast.other, Role.PUPIL, since=today() + timedelta(days=since)
    )
    if until is not None:
        Membership.objects.filter(id=tie.id).update(until=today() + timedelta(days=until))
    found = {row[0]: row[6] for row in roster_ties(ours(cast))}
    assert found.get(tie.id, "gone") is state


def test_ties_of_persons_who_come_are_told_wherever_they_are(cast: Cast) -> None:
    assert cast.far_pupil.id not in {row[1] for row in roster_ties(ours(cast))}
    assert cast.far_pupil.id in {row[1] for row in roster_ties(ours(cast), [cast.far_pupil.id])}


def test_logins_that_are_taken(cast: Cast) -> None:
    assert logins_taken([cast.pupil.login, "nobody", cast.head.login]) == {
        cast.pupil.login,
        cast.head.login,
    }
    assert logins_taken([]) == set()


def bare(kind: Kind = Kind.PUPIL) -> Person:
    return makers.person(kind, password="", pictures="")


def test_somebody_without_any_key_has_none() -> None:
    child = bare()
    assert with_keys(child.id, child.id) == set()


@pytest.mark.parametrize("key", ["password", "pictures", "totp"])
def test_a_secret_is_a_key(key: str) -> None:
    child = bare()
    Person.objects.filter(id=child.id).update(**{key: "x"})
    assert with_keys(child.id, child.id) == {child.id}


def test_cards_devices_guardians_and_duties_are_keys_and_others_are_not_named(cast: Cast) -> None:
    card, device, child, clerk, nobody = (bare() for _ in range(5))
    cards_issue(actor_id=0, persons={card.id: "x"})
    signed_in(device)
    makers.bind(cast.guardian, child)
    clerk.duties.create(org=cast.school, role=Role.REVIEWER, since=today())
    assert with_keys(card.id, nobody.id) == {card.id, device.id, child.id, clerk.id}


def test_a_seat_is_told_once_and_on_its_days_only(cast: Cast) -> None:
    makers.member(cast.pupil, cast.other, Role.PUPIL, since=today())
    seats = list(seats_on(today()))
    assert len(seats) == len({person for person, _school, _grade in seats}) == 7
    assert (cast.pupil.id, cast.school.id, cast.one.grade) in seats
    assert cast.teacher.id not in {seat[0] for seat in seats}
    assert list(seats_on(today() - timedelta(days=90))) == []


@pytest.mark.parametrize(("days", "sits"), [(-1, False), (0, False), (1, True)])
def test_a_leaver_and_an_ended_class_leave_their_seats(cast: Cast, days: int, sits: bool) -> None:
    day = today() + timedelta(days=days)
    Person.objects.filter(id=cast.pupil.id).update(left_on=day)
    SchoolClass.objects.filter(id=cast.far.id).update(ended_on=day)
    found = {seat[0] for seat in seats_on(today())}
    assert (cast.pupil.id in found) is sits
    assert (cast.far_pupil.id in found) is sits
    assert cast.other_pupil.id in found


def test_a_city_of_seats_is_one_query(cast: Cast, django_assert_num_queries: Any) -> None:
    makers.pupils(cast.one, 45)
    with django_assert_num_queries(1):
        assert len(list(seats_on(today()))) == 52
