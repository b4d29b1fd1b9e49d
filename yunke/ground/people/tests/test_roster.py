"""A roster arrives whole or not at all, and a city of any size."""

from typing import Any

import pytest

from yunke.base.clock import today
from yunke.ground.lake.door import events_of
from yunke.ground.people.door import (
    ClassRow,
    DutyRow,
    GuardianRow,
    Kind,
    MembershipRow,
    OrgRow,
    PersonRow,
    Role,
    Roster,
    RosterClash,
    roster_ids,
    roster_write,
)
from yunke.ground.people.models import Duty, Guardianship, Membership, Org, Person
from yunke.ground.people.reads import who_is
from yunke.ground.people.tests import makers

pytestmark = pytest.mark.django_db


def a_school(pupils: int) -> Roster:
    """A city with one class of so many pupils, each with a guardian, and a head teacher."""
    ids = roster_ids()
    head = ids.person + 2 * pupils
    children = range(ids.person, ids.person + pupils)
    return Roster(
        orgs=[
            OrgRow(ids.org, "city", None, "c", "云州市", "Yunzhou"),
            OrgRow(ids.org + 1, "school", ids.org, "s", "河东小学", "Hedong"),
        ],
        classes=[ClassRow(ids.school_class, ids.org + 1, 1, 1, "一年级1班", "KQ2345")],
        persons=(
            PersonRow(
                n,
                f"r{n}",
                f"人{n}",
                Kind.PUPIL if n < ids.person + pupils else Kind.GUARDIAN,
                "cat",
                "hash",
            )
            if n != head
            else PersonRow(n, f"r{n}", "班主任", Kind.STAFF)
            for n in range(ids.person, head + 1)
        ),
        memberships=[
            *(MembershipRow(n, ids.school_class, Role.PUPIL, today()) for n in children),
            MembershipRow(head, ids.school_class, Role.HEAD_TEACHER, today()),
        ],
        duties=[DutyRow(head, ids.org + 1, Role.SCHOOL_ADMIN, today())],
        guardians=(GuardianRow(n + pupils, n, today(), "妈妈") for n in children),
    )


def test_a_roster_of_a_school_is_there_with_every_tie() -> None:
    counts = roster_write(a_school(30))
    assert counts == {
        "orgs": 2, "classes": 1, "persons": 61, "memberships": 31, "duties": 1, "guardians": 30,
    }  # fmt: skip
    child = Person.objects.filter(kind="pupil").first()
    who = who_is(child)
    assert who.classes[0].code == "KQ2345"
    assert [grant.role for grant in who.grants] == [Role.PUPIL]
    parent = Guardianship.objects.get(child=child).guardian
    assert [c.id for c in who_is(parent).children] == [child.id]
    assert Duty.objects.get().org.name == "河东小学"


def test_a_roster_is_one_event() -> None:
    roster_write(a_school(3), actor_id=7)
    (event,) = events_of(7).rows
    assert (event.verb, event.result["persons"]) == ("roster.written", 7)


def test_ids_count_up_from_what_is_there() -> None:
    somebody = makers.person()
    assert roster_ids().person == somebody.id + 1
    roster_write(a_school(2))
    assert makers.person().id == somebody.id + 6


def test_a_clash_in_the_last_row_writes_nothing() -> None:
    makers.person(login="taken")
    before = (Org.objects.count(), Person.objects.count())
    ids = roster_ids()
    rows = [
        PersonRow(ids.person, "new", "新", Kind.PUPIL),
        PersonRow(ids.person + 1, "taken", "旧", Kind.PUPIL),
    ]
    roster = Roster(orgs=[OrgRow(ids.org, "city", None, "x", "市")], persons=rows)
    with pytest.raises(RosterClash, match="login"):
        roster_write(roster, actor_id=7)
    assert (Org.objects.count(), Person.objects.count()) == before
    assert not events_of(7).rows


@pytest.mark.django_db(transaction=True)
def test_a_tie_that_points_nowhere_writes_nothing() -> None:
    child = makers.pupil(makers.school_class(makers.org("school", "校")))
    with pytest.raises(RosterClash):
        roster_write(Roster(guardians=[GuardianRow(999_999, child.id, today())]))
    assert not Guardianship.objects.exists()


def test_a_chunk_of_rows_is_one_statement(
    django_assert_max_num_queries: Any,
) -> None:
    ids = roster_ids()
    persons = (PersonRow(ids.person + n, f"p{n}", "童", Kind.PUPIL) for n in range(25_000))
    with django_assert_max_num_queries(14):
        counts = roster_write(Roster(persons=persons))
    assert counts["persons"] == Person.objects.count() == 25_000
    assert not Membership.objects.exists()


def test_logins_are_kept_in_small_letters_as_they_are_asked_for() -> None:
    ids = roster_ids()
    roster_write(Roster(persons=[PersonRow(ids.person, "Zhou.MING", "周明", Kind.STAFF)]))
    assert Person.objects.get(id=ids.person).login == "zhou.ming"
