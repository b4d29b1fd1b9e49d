"""Questions about people: who is asked about first, today, and never more queries for more rows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.clock import now, today
from yunke.ground.people.actions import cards_issue
from yunke.ground.people.models import (
    Duty,
    Guardianship,
    Membership,
    Person,
    SchoolClass,
    Session,
    Unused,
    staying,
)
from yunke.ground.people.reads.accounts import (
    account_by_card,
    account_by_login,
    class_by_code,
    class_pupil,
    login_read,
    password_of,
    second_factor_of,
)
from yunke.ground.people.reads.classes import (
    child_of_tie,
    class_and_place,
    class_guarded,
    class_tended,
)
from yunke.ground.people.reads.colleagues import colleague_may, colleagues_named
from yunke.ground.people.reads.duties import duty_holders
from yunke.ground.people.reads.life import (
    class_of_school,
    colleagues,
    duties_of,
    guardians_of_adult,
    guardians_of_pupil,
    heads_of,
    staff_of,
    ties_of,
    unused_of,
)
from yunke.ground.people.reads.marks import (
    leavers_before,
    person_marks,
    pupils_count,
    pupils_of_school,
)
from yunke.ground.people.reads.school import school_class_lines, school_people, school_person
from yunke.ground.people.reads.sessions import devices_of
from yunke.ground.people.reads.ties import birthday_of, born_of, guardians_of, guards, is_here
from yunke.ground.people.tests import makers
from yunke.ground.people.tests.makers import Cast
from yunke.ground.people.values import Kind, Place, Role

pytestmark = pytest.mark.django_db
DAY = today()
DAYS = st.integers(min_value=-400, max_value=400)


@pytest.fixture
def cast() -> Cast:
    return makers.cast()


def day(away: int) -> date:
    return DAY + timedelta(days=away)


def leave(person: Person, away: int) -> None:
    Person.objects.filter(id=person.id).update(left_on=day(away))


def freeze(person: Person) -> None:
    Person.objects.filter(id=person.id).update(frozen_at=now())


# -- Days


@pytest.mark.parametrize("frozen", [False, True])
@given(away=DAYS)
def test_somebody_has_left_from_the_day_on(frozen: bool, away: int) -> None:
    person = Person(left_on=day(away), frozen_at=now() if frozen else None)
    assert person.has_left is (away <= 0 or frozen)


@pytest.mark.parametrize(("left", "stays"), [(None, True), (1, True), (0, False), (-1, False)])
def test_staying_says_the_same_in_the_database(cast: Cast, left: int | None, stays: bool) -> None:
    Person.objects.filter(id=cast.pupil.id).update(left_on=None if left is None else day(left))
    assert Person.objects.filter(staying(DAY), id=cast.pupil.id).exists() is stays
    ties = Membership.objects.filter(staying(DAY, "person__"), person=cast.pupil)
    assert ties.exists() is stays


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [(0, None, True), (1, None, False), (-1, 1, True), (-1, 0, False), (0, 0, False)],
)
def test_a_tie_holds_from_its_first_day_to_the_one_before_its_last(
    cast: Cast, since: int, until: int | None, holds: bool
) -> None:
    end = None if until is None else day(until)
    Guardianship.objects.filter(child=cast.pupil).update(since=day(since), until=end)
    assert Guardianship.objects.holding(DAY).filter(child=cast.pupil).exists() is holds


def test_a_barred_tie_holds_on_no_day(cast: Cast) -> None:
    Guardianship.objects.filter(child=cast.pupil).update(barred=True, until=None)
    for away in (-30, 0, 30):
        assert not Guardianship.objects.holding(day(away)).filter(child=cast.pupil).exists()
    assert makers.who(cast.guardian).children == ()
    assert guardians_of([cast.pupil.id]) == {}
    assert [g.guardians for g in class_guarded(cast.one.id) if g.id == cast.pupil.id] == [()]
    assert [t.barred for t in guardians_of_pupil(cast.pupil.id)] == [True], "the school still sees"


# -- Accounts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" Wang.LI ", "wang.li"), ("a\0b", "a\ufffdb"), ("x" * 99, "x" * 60), ("", "")],
)
def test_a_login_is_kept_one_way(typed: str, kept: str) -> None:
    assert login_read(typed) == kept
    assert login_read(kept) == kept


def no_tie(cast: Cast) -> None:
    Membership.objects.filter(person=cast.pupil).delete()


def left(cast: Cast) -> None:
    leave(cast.pupil, 0)


def frozen(cast: Cast) -> None:
    freeze(cast.pupil)


def ended_class(cast: Cast) -> None:
    SchoolClass.objects.filter(id=cast.one.id).update(ended_on=DAY)


@pytest.mark.parametrize("gone", [no_tie, left, frozen, ended_class])
def test_who_has_no_place_here_has_no_account_by_any_way(
    cast: Cast, gone: Callable[[Cast], None]
) -> None:
    token = cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})[cast.pupil.id]
    assert account_by_login(cast.pupil.login) == account_by_card(token) == cast.pupil
    assert class_pupil(cast.one.id, cast.pupil.id) == cast.pupil
    gone(cast)
    assert account_by_login(cast.pupil.login) is None
    assert account_by_card(token) is None
    assert class_by_code(cast.one.code) is None or class_pupil(cast.one.id, cast.pupil.id) is None


def test_a_pupil_is_of_its_own_class_only(cast: Cast) -> None:
    assert class_pupil(cast.other.id, cast.pupil.id) is None
    assert class_pupil(cast.one.id, cast.teacher.id) is None


def test_a_stranger_has_no_secrets() -> None:
    assert second_factor_of(999_999) == ("", 0)
    assert password_of(999_999) == ""
    assert class_by_code("") is None


def test_devices_are_ones_own_that_in_hand_first(cast: Cast) -> None:
    clients = [makers.Client() for _ in range(3)]
    hashes = [makers.sign_in(client, cast.teacher) for client in clients]
    makers.signed_in(cast.head)
    Session.objects.filter(token_hash=hashes[2]).update(expires_at=now() - timedelta(days=1))
    Session.objects.filter(token_hash=hashes[0]).update(seen_at=now() - timedelta(hours=1))
    found = devices_of(cast.teacher.id, hashes[0])
    assert [(d.here, d.just_now) for d in found] == [(True, False), (False, True)]


# -- A class, tended


def test_a_class_that_ended_is_tended_by_nobody(cast: Cast) -> None:
    found = class_and_place(cast.one.id)
    assert found
    assert found[1] == Place(
        cast.city.id, cast.county.id, cast.school.id, cast.one.grade, cast.one.id
    )
    ended_class(cast)
    assert class_and_place(cast.one.id) is None
    assert class_and_place(999_999) is None


def test_who_has_which_keys(cast: Cast) -> None:
    cards_issue(actor_id=cast.head.id, persons={cast.pupil.id: "x"})
    Person.objects.filter(id=cast.pupils[1].id).update(pictures="")
    found = {t.id: (t.card_since is not None, t.has_pictures) for t in class_tended(cast.one.id)}
    assert found[cast.pupil.id] == (True, True)
    assert found[cast.pupils[1].id] == (False, False)
    assert set(found) == {p.id for p in cast.pupils}


def test_the_child_of_a_tie(cast: Cast) -> None:
    assert child_of_tie(cast.guardian.wards.get().id) == cast.pupil.id
    assert child_of_tie(999_999) == 0


# -- Colleagues and duties


def test_a_duty_is_held_by_who_is_here_today_in_the_order_of_names(cast: Cast) -> None:
    two = makers.staff(cast.school, Role.REVIEWER, "二", subject="maths")
    one = makers.staff(cast.school, Role.REVIEWER, "一")
    gone, stopped = (makers.staff(cast.school, Role.REVIEWER, name) for name in ("走", "停"))
    later = makers.staff(cast.school, Role.REVIEWER, "以后走")
    leave(gone, 0)
    leave(later, 5)
    freeze(stopped)
    makers.staff(cast.far_school, Role.REVIEWER, "远")
    found = duty_holders(Role.REVIEWER, [cast.school.id, cast.school.id])
    assert [h.person_id for h in found] == [one.id, two.id, later.id]
    assert [h.subject for h in found] == ["", "maths", ""]
    assert duty_holders(Role.REVIEWER, []) == ()


def test_a_colleague_is_found_by_a_part_of_the_name_with_place_and_subject(cast: Cast) -> None:
    (found,) = colleagues_named(makers.who(cast.head), "任课", "lesson.write")
    assert (found.id, found.place, found.subject) == (cast.teacher.id, "河东小学", "chinese")
    assert colleagues_named(makers.who(cast.head), "学生", "lesson.write") == []
    assert colleagues_named(makers.who(cast.head), " \0 ", "lesson.write") == []
    assert len(colleagues_named(makers.who(cast.head), "老师", "lesson.write", limit=2)) == 2


@pytest.mark.parametrize("gone", [lambda p: leave(p, 0), freeze])
def test_who_is_out_is_no_colleague(cast: Cast, gone: Callable[[Person], None]) -> None:
    assert colleague_may(makers.who(cast.head), cast.teacher.id, "lesson.write")
    gone(cast.teacher)
    assert not colleague_may(makers.who(cast.head), cast.teacher.id, "lesson.write")
    assert cast.teacher.id not in {c.id for c in colleagues(cast.school.id)}
    assert staff_of(cast.teacher.id, cast.school.id) is None


def test_a_right_is_asked_of_the_role(cast: Cast) -> None:
    assert not colleague_may(makers.who(cast.head), cast.teacher.id, "review.do")
    assert not colleague_may(makers.who(cast.head), cast.guardian.id, "lesson.write")
    assert colleague_may(makers.who(cast.head), cast.city_staff.id, "lesson.write")


def test_another_citys_staff_are_no_colleagues(cast: Cast) -> None:
    """Their names and schools are nobody's business here."""
    there = makers.cast()
    asker = makers.who(cast.head)
    for right in ("lesson.write", "school.write"):
        for theirs in (there.teacher, there.city_staff):
            assert not colleague_may(asker, theirs.id, right)
    named = {c.id for c in colleagues_named(asker, "老师", "lesson.write", limit=50)}
    assert named == {cast.teacher.id, cast.other_teacher.id, cast.far_teacher.id}
    assert colleague_may(makers.who(there.head), there.teacher.id, "lesson.write")
    assert not colleague_may(makers.who(cast.guardian), there.teacher.id, "lesson.write")


def test_a_schools_staff_are_its_teachers_and_those_with_a_duty(cast: Cast) -> None:
    found = {c.id for c in colleagues(cast.school.id, but=cast.head.id)}
    assert found == {cast.teacher.id, cast.other_teacher.id, cast.admin.id}
    assert staff_of(cast.far_teacher.id, cast.school.id) is None
    assert staff_of(cast.pupil.id, cast.school.id) is None
    assert staff_of(cast.teacher.id, cast.school.id) == cast.teacher


def test_classes_duties_and_heads_of_today_and_to_come(cast: Cast) -> None:
    coming = makers.member(cast.teacher, cast.other, Role.HEAD_TEACHER, since=day(9))
    makers.member(cast.teacher, cast.far, Role.TEACHER)
    past = makers.member(cast.teacher, cast.other, Role.TEACHER, subject="maths")
    Membership.objects.filter(id=past.id).update(until=DAY)
    found = ties_of(cast.teacher.id, cast.school.id)
    assert [t.school_class_id for t in found] == [cast.one.id, cast.other.id]
    assert [t.id for t in heads_of(cast.other.id)] == [coming.id]
    Duty.objects.filter(person=cast.admin).update(until=DAY)
    assert duties_of(cast.admin.id, cast.school.id) == []


def test_a_class_is_its_schools_while_it_goes_on(cast: Cast) -> None:
    assert class_of_school(cast.one.id, cast.school.id) == cast.one
    assert class_of_school(cast.far.id, cast.school.id) is None
    ended_class(cast)
    assert class_of_school(cast.one.id, cast.school.id) is None


# -- Guardians and births, asked from other rooms


def test_a_guardian_who_leaves_later_is_a_guardian_till_then(cast: Cast) -> None:
    leave(cast.guardian, 3)
    asked = [cast.pupil.id, cast.far_pupil.id, cast.pupils[1].id]
    assert guardians_of(asked) == {
        cast.pupil.id: {cast.guardian.id: "妈妈"},
        cast.far_pupil.id: {cast.far_guardian.id: "妈妈"},
    }
    leave(cast.guardian, 0)
    assert cast.pupil.id not in guardians_of(asked)


def test_conditions_for_other_rooms_queries(cast: Cast) -> None:
    rows = Guardianship.objects.filter(guards("guardian_id", "child_id"))
    assert rows.count() == 2
    Guardianship.objects.filter(child=cast.pupil).update(until=DAY)
    assert rows.count() == 1
    leave(cast.far_pupil, 0)
    assert not Guardianship.objects.filter(is_here("child_id"), child=cast.far_pupil).exists()
    assert Guardianship.objects.filter(is_here("child_id"), child=cast.pupil).exists()
    Person.objects.filter(id=cast.pupil.id).update(born_on=date(2017, 9, 1))
    told = Guardianship.objects.annotate(born=born_of("child_id"))
    assert dict(told.values_list("child_id", "born")) == {
        cast.pupil.id: date(2017, 9, 1),
        cast.far_pupil.id: None,
    }
    assert birthday_of(cast.pupil.id) == date(2017, 9, 1)
    assert birthday_of(999_999) is None


def test_the_guardians_of_an_adult_are_those_of_today(cast: Cast) -> None:
    assert [t.guardian_id for t in guardians_of_adult(cast.pupil.id)] == [cast.guardian.id]
    Guardianship.objects.update(until=DAY)
    assert guardians_of_adult(cast.pupil.id) == []


# -- What an erasure and a bulk export ask


def test_by_what_a_person_is_known(cast: Cast) -> None:
    found = person_marks(cast.pupil.id)
    assert found
    assert found.texts == [cast.pupil.name, cast.pupil.login]
    assert (found.school_id, found.erased) == (cast.school.id, False)
    Person.objects.filter(id=cast.pupil.id).update(login=f"erased-{cast.pupil.id}", name="")
    erased = person_marks(cast.pupil.id)
    assert erased
    assert (erased.erased, erased.texts) == (True, [])
    assert person_marks(999_999) is None


def test_leavers_are_told_oldest_first_and_the_erased_are_not(cast: Cast) -> None:
    for person, away in ((cast.pupil, -5), (cast.teacher, -9), (cast.head, 0), (cast.admin, 9)):
        leave(person, away)
    assert leavers_before(DAY) == [cast.teacher.id, cast.pupil.id]
    assert leavers_before(DAY, limit=1) == [cast.teacher.id]
    Person.objects.filter(id=cast.teacher.id).update(login=f"erased-{cast.teacher.id}")
    assert leavers_before(DAY) == [cast.pupil.id]


def test_a_pupil_with_a_last_day_to_come_is_counted_until_then(cast: Cast) -> None:
    leave(cast.pupil, 7)
    assert pupils_count(cast.school.id, DAY) == 6
    assert cast.pupil.id in {t.person_id for t in pupils_of_school(cast.school.id, DAY)}
    leave(cast.pupil, 0)
    assert pupils_count(cast.school.id, DAY) == 5
    assert cast.pupil.id not in {t.person_id for t in pupils_of_school(cast.school.id, DAY)}


def test_a_pupil_of_two_classes_is_one_pupil(cast: Cast) -> None:
    makers.member(cast.pupil, cast.other, Role.PUPIL)
    assert pupils_count(cast.school.id, DAY) == 6
    assert len(pupils_of_school(cast.school.id, DAY)) == 7


# -- Cost


def report(cast: Cast) -> None:
    for person in Person.objects.filter(kind=Kind.PUPIL):
        Unused.objects.update_or_create(
            school_id=cast.school.id, person=person, defaults={"reported_on": DAY}
        )


ASKED: dict[str, Callable[[Cast], Any]] = {
    "tended": lambda c: class_tended(c.one.id),
    "guarded": lambda c: class_guarded(c.one.id),
    "lines": lambda c: school_class_lines(c.school.id),
    "people": lambda c: school_people(c.school.id),
    "a person": lambda c: school_person(c.school.id, c.pupil.id),
    "colleagues": lambda c: colleagues(c.school.id),
    "named": lambda c: colleagues_named(makers.who(c.head), "老师", "lesson.write"),
    "holders": lambda c: [h.name for h in duty_holders(Role.SCHOOL_ADMIN, [c.school.id])],
    "pupils": lambda c: [t.person.name for t in pupils_of_school(c.school.id, DAY)],
    "unused": lambda c: [row.person.name for row in unused_of(c.school.id, 1).rows],
    "guardians": lambda c: guardians_of([p.id for p in Person.objects.filter(kind="pupil")]),
    "heads": lambda c: [tie.person.name for tie in heads_of(c.one.id)],
}


@pytest.mark.parametrize("asked", ASKED)
def test_fifty_cost_what_five_cost(cast: Cast, asked: str) -> None:
    def cost() -> int:
        report(cast)
        with CaptureQueriesContext(connection) as made:
            assert ASKED[asked](cast)
        return len(made)

    few = cost()
    for child in makers.pupils(cast.one, 45):
        makers.guardian(child)
        makers.staff(cast.school, Role.SCHOOL_ADMIN)
    makers.head_teacher(cast.one)
    for number in range(5):
        makers.teacher(makers.school_class(cast.school), f"老师{number}")
    assert abs(cost() - few) <= 1
