"""A roster's difference is written whole, tells what stood there before, and can be taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from yunke.base.clock import today
from yunke.ground.people.actions import RosterClash, cards_issue
from yunke.ground.people.actions.guardians import guardians_invite
from yunke.ground.people.actions.rosterchange import (
    ENDED_FROM,
    ClassCells,
    RosterDiff,
    Steps,
    TieRow,
    class_codes_new,
    roster_change,
    roster_lock,
)
from yunke.ground.people.actions.rosterundo import Undone, roster_undo
from yunke.ground.people.models import (
    Card,
    Duty,
    Guardianship,
    Invitation,
    Membership,
    Org,
    Person,
    SchoolClass,
    Session,
)
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast, signed_in
from yunke.ground.people.tests.test_sign_in import is_in
from yunke.ground.people.values import ClassRow, Kind, OrgRow, PersonRow, Role

pytestmark = pytest.mark.django_db
DAY = today()


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def change(**diff: Any) -> Steps:
    return roster_change(RosterDiff(**diff), day=DAY)


def back(steps: Steps, **numbers: Any) -> Undone:
    """Take the steps back, newest first, as the exchange does."""
    told = {"persons": range(0), "ties": range(0), "classes": ()} | numbers
    return roster_undo(reversed(steps.rows), **told)


def everything() -> dict[str, list[Any]]:
    tables = (Org, SchoolClass, Person, Membership, Duty, Guardianship)
    return {t.__name__: list(t._default_manager.order_by("pk").values()) for t in tables}


def cells(of: SchoolClass, **more: Any) -> ClassCells:
    told = {"grade": of.grade, "number": of.number, "name": of.name, "name_en": of.name_en}
    return ClassCells(id=of.id, **{**told, **more})


def tie_of(person: Person) -> Membership:
    return Membership.objects.get(person=person)


def test_new_places_persons_and_ties_are_there(cast: Cast) -> None:
    ids = roster_lock()
    steps = change(
        orgs=[OrgRow(ids.org, "school", cast.county.id, "new-1", "湖边小学", "Lakeside")],
        classes=[ClassRow(ids.school_class, ids.org, 2, 1, "二年级1班", "KQNEW2", "Grade 2.1")],
        persons=[PersonRow(ids.person, "s-1", "新同学", Kind.PUPIL, "cat")],
        ties=[TieRow(ids.membership, ids.person, ids.school_class, Role.PUPIL, "", DAY)],
    )
    who = makers.who(Person.objects.get(id=ids.person))
    assert [(of.name, of.school) for of in who.classes] == [("二年级1班", "湖边小学")]
    assert (steps.ties_made, steps.counts["persons"], steps.counts["ties"]) == (1, 1, 1)
    assert makers.person().id > ids.person, "ids go on behind the roster's"


def test_the_first_free_ids_are_behind_everything_that_is_there(cast: Cast) -> None:
    free = roster_lock()
    assert free.org == Org.objects.latest("id").id + 1
    assert free.school_class == SchoolClass.objects.latest("id").id + 1
    assert free.person == Person.objects.latest("id").id + 1
    assert free.membership == Membership.objects.latest("id").id + 1


def test_a_name_is_corrected_and_the_step_says_both(cast: Cast) -> None:
    steps = change(names=[(cast.pupil.id, cast.pupil.name, "学生零一")])
    assert Person.objects.get(id=cast.pupil.id).name == "学生零一"
    assert steps.rows == [
        ("person", cast.pupil.id, cast.pupil.id, {"name": cast.pupil.name}, {"name": "学生零一"})
    ]


def test_a_whole_school_goes_up_a_grade_in_one_go(cast: Cast) -> None:
    """The second-graders stand where the first-graders go."""
    low = makers.school_class(cast.school, grade=1, number=701)
    high = makers.school_class(cast.school, grade=2, number=701)
    change(class_cells=[cells(low, grade=2), cells(high, grade=3)])
    rows = dict(SchoolClass.objects.filter(number=701).values_list("id", "grade"))
    assert rows == {low.id: 2, high.id: 3}


def test_an_ended_class_makes_room_for_the_next_of_its_name(cast: Cast) -> None:
    first = makers.school_class(cast.school, grade=6, number=1)
    second = makers.school_class(cast.school, grade=6, number=2)
    change(classes_ended=[first.id, second.id])
    ended = SchoolClass.objects.filter(id__in=[first.id, second.id])
    assert set(ended.values_list("ended_on", flat=True)) == {DAY}
    assert sorted(ended.values_list("number", flat=True)) == [ENDED_FROM, ENDED_FROM + 1]
    assert makers.school_class(cast.school, grade=6, number=1)


def test_a_leaver_loses_everything_on_the_next_request(cast: Cast) -> None:
    tablet = signed_in(cast.pupil)
    cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})
    guardians_invite(actor_id=cast.head.id, children={cast.pupil.id: "x"}, class_id=cast.one.id)
    steps = change(left=[cast.pupil.id])
    assert not is_in(tablet)
    assert tie_of(cast.pupil).until == DAY
    assert Guardianship.objects.get(child=cast.pupil).until == DAY
    assert not Card.objects.filter(revoked_at=None).exists()
    assert not Invitation.objects.exists()
    assert not Session.objects.filter(person=cast.pupil).exists()
    assert steps.counts["persons_left"] == steps.counts["ties_ended"] == 1
    assert {row[0] for row in steps.rows} == {"person", "membership", "guardian"}


def test_a_leaver_of_the_staff_loses_duties_too(cast: Cast) -> None:
    change(left=[cast.admin.id])
    assert Duty.objects.get(person=cast.admin).until == DAY
    assert not makers.who(Person.objects.get(id=cast.admin.id)).grants


def test_whose_leave_was_set_for_later_may_leave_now(cast: Cast) -> None:
    """A clerk had written next month's day; the roster of today no longer names the pupil."""
    later = DAY + timedelta(days=30)
    Person.objects.filter(id=cast.pupil.id).update(left_on=later)
    steps = change(left=[cast.pupil.id])
    assert Person.objects.get(id=cast.pupil.id).left_on == DAY
    back(steps)
    assert Person.objects.get(id=cast.pupil.id).left_on == later


def test_who_left_comes_back_with_the_tie_of_before(cast: Cast) -> None:
    change(left=[cast.pupil.id])
    steps = change(back=[cast.pupil.id], ties_again=[tie_of(cast.pupil).id])
    assert is_in(signed_in(cast.pupil))
    assert steps.counts["persons_back"] == steps.counts["ties"] == 1


def test_a_tie_ends_today_and_one_to_come_never_begins(cast: Cast) -> None:
    coming = makers.member(cast.pupil, cast.other, Role.PUPIL, since=DAY + timedelta(days=9))
    held = Membership.objects.get(person=cast.pupil, school_class=cast.one)
    steps = change(ties_ended=[held.id, coming.id])
    held.refresh_from_db()
    coming.refresh_from_db()
    assert (held.until, coming.until) == (DAY, coming.since)
    assert steps.counts["ties_ended"] == 2


Wrong = Callable[[Cast], dict[str, Any]]
CLASHES: dict[str, Wrong] = {
    "a name that was corrected meanwhile": lambda c: {"names": [(c.pupil.id, "别的名字", "新")]},
    "a leaver who left already": lambda c: {"left": [c.guardian.id, 999_999]},
    "somebody back who never left": lambda c: {"back": [c.pupil.id]},
    "a tie that ended meanwhile": lambda c: {"ties_ended": [999_999]},
    "a tie again that never ended": lambda c: {"ties_again": [tie_of(c.pupil).id]},
    "a class that is gone": lambda c: {"classes_ended": [999_999]},
    "a login in use": lambda c: {
        "persons": [PersonRow(roster_lock().person, c.head.login, "x", Kind.PUPIL)]
    },
    "an id in use": lambda c: {"persons": [PersonRow(c.head.id, "new", "x", Kind.PUPIL)]},
    "a class code in use": lambda c: {
        "classes": [ClassRow(999_999, c.school.id, 9, 9, "x", c.one.code)]
    },
    "two classes in one place": lambda c: {
        "class_cells": [cells(c.one, grade=c.other.grade, number=c.other.number)]
    },
    "the same tie twice": lambda c: {
        "ties": [TieRow(999_999, c.pupil.id, c.one.id, Role.PUPIL, "", tie_of(c.pupil).since)]
    },
}  # fmt: skip


@pytest.mark.parametrize("case", CLASHES)
def test_a_clash_takes_everything_back(cast: Cast, case: str) -> None:
    before = everything()
    first = roster_lock().person + 50
    diff = {
        "names": [(cast.teacher.id, cast.teacher.name, "改名")],
        "persons": [PersonRow(first, "somebody-new", "新", Kind.PUPIL)],
    }
    with pytest.raises(RosterClash), transaction.atomic():
        roster_change(RosterDiff(**{**diff, **CLASHES[case](cast)}), day=DAY)
    assert everything() == before


def test_a_difference_of_nothing_changes_nothing(cast: Cast) -> None:
    before = everything()
    steps = change()
    assert everything() == before
    assert steps.rows == []
    assert set(steps.counts.values()) == {0}


UNDONE: dict[str, Wrong] = {
    "names": lambda c: {"names": [(c.pupil.id, c.pupil.name, "新名")]},
    "a leaver": lambda c: {"left": [c.pupil.id, c.admin.id]},
    "an ended tie": lambda c: {"ties_ended": [tie_of(c.pupil).id]},
    "an ended class": lambda c: {"classes_ended": [c.one.id]},
    "a grade up": lambda c: {"class_cells": [cells(c.one, grade=2, name="二年级", name_en="G2")]},
    "places swapped": lambda c: {
        "class_cells": [cells(c.one, number=c.other.number), cells(c.other, number=c.one.number)]
    },
    "all at once": lambda c: {
        "names": [(c.teacher.id, c.teacher.name, "新名")],
        "left": [c.pupil.id],
        "class_cells": [cells(c.other, grade=5)],
    },
}


@pytest.mark.parametrize("case", UNDONE)
def test_what_was_changed_stands_again_as_before(cast: Cast, case: str) -> None:
    before = everything()
    steps = change(**UNDONE[case](cast))
    assert everything() != before
    done = back(steps)
    assert everything() == before
    assert done.kept == []


def new_pupil(cast: Cast) -> tuple[Steps, range, range]:
    free = roster_lock()
    steps = change(
        persons=[PersonRow(free.person, f"s{free.person}", "新同学", Kind.PUPIL)],
        ties=[TieRow(free.membership, free.person, cast.one.id, Role.PUPIL, "", DAY)],
    )
    return steps, range(free.person, free.person + 1), range(free.membership, free.membership + 1)


def test_a_new_pupil_whom_nobody_met_is_gone(cast: Cast) -> None:
    before = everything()
    steps, persons, ties = new_pupil(cast)
    done = back(steps, persons=persons, ties=ties)
    assert everything() == before
    assert done.removed == [persons[0]]
    assert (done.counts["persons_gone"], done.counts["ties_gone"], done.stayed) == (1, 1, set())


def a_card(cast: Cast, child: int) -> None:
    cards_issue(actor_id=cast.head.id, persons={child: "新同学"})


def an_invitation(cast: Cast, child: int) -> None:
    guardians_invite(actor_id=cast.head.id, children={child: "新同学"}, class_id=cast.one.id)


def a_password(_cast: Cast, child: int) -> None:
    Person.objects.filter(id=child).update(password="x")


def a_guardian(cast: Cast, child: int) -> None:
    makers.bind(cast.guardian, Person.objects.get(id=child))


@pytest.mark.parametrize("met", [a_card, an_invitation, a_password, a_guardian])
def test_a_new_pupil_whom_somebody_met_stays_with_the_class(
    cast: Cast, met: Callable[[Cast, int], None]
) -> None:
    steps, persons, ties = new_pupil(cast)
    met(cast, persons[0])
    done = back(steps, persons=persons, ties=ties)
    assert done.stayed == {persons[0]}
    assert ("person", persons[0], persons[0], "used") in done.kept
    who = makers.who(Person.objects.get(id=persons[0]))
    assert [of.id for of in who.classes] == [cast.one.id]


def test_a_new_teacher_stays_as_an_account_that_opens_nothing(cast: Cast) -> None:
    """A timetable may name the number by now."""
    free = roster_lock()
    steps = change(persons=[PersonRow(free.person, "t-1", "新老师", Kind.STAFF)])
    done = back(steps, persons=range(free.person, free.person + 1))
    assert Person.objects.get(id=free.person).left_on == DAY
    assert done.counts["persons_closed"] == 1
    assert done.removed == []


def test_a_new_class_ends_unless_somebody_sits_in_it(cast: Cast) -> None:
    free = roster_lock()
    rows = [
        ClassRow(free.school_class + n, cast.school.id, 4, 800 + n, "四年级", f"KQ4{n}44")
        for n in (0, 1)
    ]
    steps = change(classes=rows)
    makers.pupil(SchoolClass.objects.get(id=free.school_class))
    done = back(steps, classes=[row.id for row in rows])
    ended = dict(SchoolClass.objects.filter(grade=4).values_list("id", "ended_on"))
    assert ended == {rows[0].id: None, rows[1].id: DAY}
    assert done.kept == [("class", rows[0].id, 0, "used")]


def test_what_somebody_went_on_with_stays_and_is_told(cast: Cast) -> None:
    steps = change(
        names=[(cast.pupil.id, cast.pupil.name, "二"), (cast.teacher.id, cast.teacher.name, "三")],
        class_cells=[cells(cast.one, grade=2)],
    )
    Person.objects.filter(id=cast.pupil.id).update(name="四")
    SchoolClass.objects.filter(id=cast.one.id).update(name="彩虹班")
    done = back(steps)
    assert Person.objects.get(id=cast.pupil.id).name == "四"
    assert Person.objects.get(id=cast.teacher.id).name == cast.teacher.name
    assert SchoolClass.objects.get(id=cast.one.id).grade == 2
    assert sorted(done.kept) == [
        ("class", cast.one.id, 0, "changed"),
        ("person", cast.pupil.id, cast.pupil.id, "changed"),
    ]


def test_a_row_that_is_gone_is_told_as_gone(cast: Cast) -> None:
    tie = tie_of(cast.other_pupil)
    steps = change(ties_ended=[tie.id])
    Membership.objects.filter(id=tie.id).delete()
    assert back(steps).kept == [("membership", tie.id, cast.other_pupil.id, "gone")]


def test_undoing_twice_changes_nothing_more(cast: Cast) -> None:
    steps = change(left=[cast.pupil.id])
    back(steps)
    stands = everything()
    assert len(back(steps).kept) == len(steps.rows)
    assert everything() == stands


def test_class_codes_are_new_each(cast: Cast) -> None:
    made = class_codes_new(40)
    assert len(set(made)) == 40
    assert not set(made) & set(SchoolClass.objects.values_list("code", flat=True))
    assert class_codes_new(0) == []


def test_a_roster_of_many_is_written_in_few_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    free = roster_lock()
    persons = [PersonRow(free.person + n, f"m{n}", "童", Kind.PUPIL) for n in range(2_000)]
    ties = [
        TieRow(free.membership + n, free.person + n, cast.one.id, Role.PUPIL, "", DAY)
        for n in range(2_000)
    ]
    with django_assert_max_num_queries(10):
        steps = change(persons=persons, ties=ties)
    assert steps.ties_made == 2_000
    numbers = [p.id for p in persons]
    with django_assert_max_num_queries(45):
        change(left=numbers)
    assert Person.objects.filter(left_on=DAY).count() == 2_000
