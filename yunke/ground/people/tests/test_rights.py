"""The table of rights, held against what the house promises: default deny, and no more than meant.

Each line of ``MAY`` says who may do a thing to something that belongs to a first-grade class of
a school: to its pupil, to another class of the school, to another school of the county, to
another county of the city.
"""

from dataclasses import replace

import pytest

from yunke.ground.people.rules.rights import RIGHTS, allowed, covers, holds
from yunke.ground.people.values import Grant, Kind, Place, Role, Scope, Who

ME, CHILD = 7, 11
CLASS = Place(city=1, county=2, school=3, grade=4, class_id=5)
CITY, COUNTY = Place(city=1), Place(city=1, county=2)
SCHOOL = Place(city=1, county=2, school=3)

THINGS = {
    "mine": replace(CLASS, person=ME),
    "child": replace(CLASS, person=CHILD),
    "classmate": replace(CLASS, person=12),
    "class": CLASS,
    "same grade": replace(CLASS, class_id=6),
    "same school": replace(CLASS, grade=9, class_id=9),
    "same county": replace(CLASS, school=30, class_id=90),
    "same city": replace(CLASS, county=20, school=31, class_id=91),
    "elsewhere": Place(city=99, county=98, school=97, grade=4, class_id=96, person=95),
}
HELD = {
    Role.PUPIL: replace(CLASS, person=ME),
    Role.GUARDIAN: replace(CLASS, person=CHILD),
    Role.TEACHER: replace(CLASS, person=ME),
    Role.HEAD_TEACHER: replace(CLASS, person=ME),
    Role.REVIEWER: replace(CITY, person=ME),
    Role.COUNSELLOR: replace(SCHOOL, person=ME),
    Role.SCHOOL_ADMIN: replace(SCHOOL, person=ME),
    Role.COUNTY_STAFF: replace(COUNTY, person=ME),
    Role.CITY_STAFF: replace(CITY, person=ME),
}
OURS = ("mine", "child", "classmate", "class")
IN_SCHOOL = (*OURS, "same grade", "same school")
IN_COUNTY = (*IN_SCHOOL, "same county")
IN_CITY = (*IN_COUNTY, "same city")

# right → role → the things it reaches; a role that is not named reaches none
MAY: dict[str, dict[Role, tuple[str, ...]]] = {
    "day.read": {
        Role.PUPIL: ("mine",), Role.GUARDIAN: ("child",),
        Role.TEACHER: OURS, Role.HEAD_TEACHER: OURS,
    },
    "plan.write": {Role.PUPIL: ("mine",), Role.GUARDIAN: ("child",)},
    "task.answer": {Role.PUPIL: ("mine",)},
    "child.read": {Role.GUARDIAN: ("child",)},
    "card.issue": {Role.HEAD_TEACHER: OURS, Role.SCHOOL_ADMIN: IN_SCHOOL},
    "guardian.invite": {Role.HEAD_TEACHER: OURS, Role.SCHOOL_ADMIN: IN_SCHOOL},
    "class.read": {
        Role.TEACHER: OURS, Role.HEAD_TEACHER: OURS, Role.SCHOOL_ADMIN: IN_SCHOOL,
    },
    "along.run": {Role.TEACHER: OURS, Role.HEAD_TEACHER: OURS},
    "along.join": {Role.PUPIL: OURS, Role.TEACHER: OURS, Role.HEAD_TEACHER: OURS},
    "pack.send": {Role.TEACHER: OURS, Role.HEAD_TEACHER: OURS},
    "people.read": {Role.SCHOOL_ADMIN: IN_SCHOOL},
    "people.write": {Role.SCHOOL_ADMIN: IN_SCHOOL},
}  # fmt: skip


def somebody(role: Role) -> Who:
    kinds = {Role.PUPIL: Kind.PUPIL, Role.GUARDIAN: Kind.GUARDIAN}
    return Who(ME, "人", kinds.get(role, Kind.STAFF), grants=(Grant(role, HELD[role]),))


@pytest.mark.parametrize("right", sorted(MAY))
@pytest.mark.parametrize("role", list(Role))
def test_a_right_reaches_what_is_meant_and_nothing_else(right: str, role: Role) -> None:
    reached = {name for name, thing in THINGS.items() if allowed(somebody(role), right, thing)}
    assert reached == set(MAY[right].get(role, ()))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("right", ["account.read", "account.write", "device.pair"])
def test_everybody_has_their_own_account_and_nobody_elses(right: str, role: Role) -> None:
    reached = {name for name, thing in THINGS.items() if allowed(somebody(role), right, thing)}
    assert reached == {"mine"}


def test_a_guardian_reads_the_childs_log_and_nobody_another_persons() -> None:
    for role in Role:
        reached = {n for n, thing in THINGS.items() if allowed(somebody(role), "log.read", thing)}
        assert reached == ({"child"} if role == Role.GUARDIAN else {"mine"})


def test_who_holds_nothing_may_nothing() -> None:
    nobody = Who(ME, "人", Kind.STAFF)
    for right in RIGHTS:
        assert not holds(nobody, right)
        assert not any(allowed(nobody, right, thing) for thing in THINGS.values())


def test_half_signed_in_is_nobody() -> None:
    """Staff who owe the second factor come without grants; the password alone opens nothing."""
    half = Who(ME, "人", Kind.STAFF, second_factor_due=True)
    assert not any(holds(half, right) for right in RIGHTS)


def test_a_right_that_does_not_exist_is_a_mistake_and_not_a_yes() -> None:
    with pytest.raises(KeyError):
        allowed(somebody(Role.CITY_STAFF), "everything.delete", CLASS)
    with pytest.raises(KeyError):
        holds(somebody(Role.CITY_STAFF), "")


@pytest.mark.parametrize("scope", list(Scope))
def test_an_empty_place_is_covered_by_nothing(scope: Scope) -> None:
    """Zero means "not at that level"; two zeros are not the same school."""
    assert not covers(scope, Grant(Role.TEACHER, Place()), Place(), who_id=ME)


@pytest.mark.parametrize(
    ("scope", "reached"),
    [
        (Scope.OWN, {"mine"}),
        (Scope.CHILD, {"mine"}),
        (Scope.CLASS, set(OURS)),
        (Scope.GRADE, {*OURS, "same grade"}),
        (Scope.SCHOOL, set(IN_SCHOOL)),
        (Scope.COUNTY, set(IN_COUNTY)),
        (Scope.CITY, set(IN_CITY)),
    ],
)
def test_scopes_grow_from_oneself_to_the_city(scope: Scope, reached: set[str]) -> None:
    grant = Grant(Role.TEACHER, replace(CLASS, person=ME))
    assert {n for n, thing in THINGS.items() if covers(scope, grant, thing, ME)} == reached


def test_nobody_reaches_another_city() -> None:
    for role in Role:
        for right in RIGHTS:
            assert not allowed(somebody(role), right, THINGS["elsewhere"]), (right, role)


def test_no_role_of_a_bureau_reaches_a_single_pupils_day() -> None:
    for role in (Role.CITY_STAFF, Role.COUNTY_STAFF, Role.REVIEWER):
        for right in ("day.read", "child.read", "class.read", "people.read", "card.issue"):
            assert not holds(somebody(role), right)


def test_the_table_cannot_be_changed_while_the_house_runs() -> None:
    with pytest.raises(TypeError):
        RIGHTS["people.write"] = {}  # type: ignore[index]
    with pytest.raises(TypeError):
        RIGHTS["people.write"][Role.PUPIL] = Scope.CITY  # type: ignore[index]


def test_rights_are_a_noun_and_a_verb() -> None:
    assert all(right.count(".") == 1 and right.islower() for right in RIGHTS)
