"""The demo's people: how many, who is tied to whom, the same ones every time."""

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from yunke.demo.cast import CAST, VISITORS
from yunke.demo.city import City, Secrets, city_of
from yunke.demo.plan import HOURS, SCHOOLS, class_names, class_sizes, timetable
from yunke.demo.visitors import visitor_of
from yunke.ground.people.door import ANIMALS, PICTURE_KEYS, Kind, Role, RosterIds

SINCE, TODAY = date(2026, 9, 14), date(2026, 11, 21)


@cache
def city() -> City:
    return city_of(RosterIds(1, 1, 1), SINCE, TODAY, Secrets("password", "pictures", "totp"))


def kinds() -> Counter[Kind]:
    return Counter(person.kind for person in city().roster.persons)


def ids_of(role: Role) -> list[int]:
    return [row.person_id for row in city().roster.memberships if row.role == role]


def test_the_size_that_was_asked_for() -> None:
    orgs = Counter(org.level for org in city().roster.orgs)
    assert orgs == {"city": 1, "county": 2, "school": 6}
    assert len(city().classes) == 40
    assert kinds()[Kind.PUPIL] == 1600
    assert len(set(ids_of(Role.TEACHER))) == 120


def test_primary_schools_and_junior_highs() -> None:
    grades = {school.code: set(school.classes) for school in SCHOOLS}
    assert sum(1 for found in grades.values() if found == set(range(1, 7))) == 4
    assert sum(1 for found in grades.values() if found == set(range(7, 10))) == 2


def test_the_same_people_every_time() -> None:
    again = city_of(RosterIds(1, 1, 1), SINCE, TODAY, Secrets("password", "pictures", "totp"))
    assert list(again.roster.persons) == list(city().roster.persons)
    assert list(again.roster.memberships) == list(city().roster.memberships)
    assert list(again.roster.guardians) == list(city().roster.guardians)


def test_ids_logins_and_codes_are_unique() -> None:
    people = list(city().roster.persons)
    assert len({p.id for p in people}) == len({p.login for p in people}) == len(people)
    codes = [row.code for row in city().roster.classes]
    assert len(set(codes)) == 40
    assert all(len(code) == 6 for code in codes)


def test_ids_begin_where_the_house_says() -> None:
    moved = city_of(RosterIds(50, 60, 70), SINCE, TODAY, Secrets("p", "q", "r"))
    assert min(org.id for org in moved.roster.orgs) == 50
    assert min(row.id for row in moved.roster.classes) == 60
    assert min(p.id for p in moved.roster.persons) == 70


def test_every_tie_names_somebody_who_is_there() -> None:
    people = {p.id: p.kind for p in city().roster.persons}
    classes = {row.id for row in city().roster.classes}
    orgs = {org.id for org in city().roster.orgs}
    assert all(m.person_id in people and m.class_id in classes for m in city().roster.memberships)
    assert all(d.person_id in people and d.org_id in orgs for d in city().roster.duties)
    for tie in city().roster.guardians:
        assert people[tie.guardian_id] == Kind.GUARDIAN
        assert people[tie.child_id] == Kind.PUPIL


def test_every_child_but_the_named_friends_has_a_guardian() -> None:
    pupils = {p.id for p in city().roster.persons if p.kind == Kind.PUPIL}
    named = {city().cast[part.key] for part in CAST if part.kind == Kind.PUPIL}
    assert pupils - {tie.child_id for tie in city().roster.guardians} <= named


def test_there_are_siblings_with_one_guardian() -> None:
    children = Counter(tie.guardian_id for tie in city().roster.guardians)
    assert sum(1 for count in children.values() if count >= 2) > 50


def test_the_mother_has_two_children() -> None:
    mother = city().cast["mother"]
    found = {tie.child_id for tie in city().roster.guardians if tie.guardian_id == mother}
    assert found == {city().cast["child"], city().cast["brother"]}


def test_the_uncle_is_a_guardian_no_more() -> None:
    (tie,) = [t for t in city().roster.guardians if t.guardian_id == city().cast["uncle"]]
    assert tie.until is not None
    assert tie.until < TODAY


def test_the_leaver_has_left_and_sits_nowhere() -> None:
    left = city().cast["left"]
    (person,) = [p for p in city().roster.persons if p.id == left]
    assert person.left_on is not None
    assert person.left_on <= TODAY
    assert not any(left in plan.pupils for plan in city().classes)


def test_the_pupil_who_moved_left_one_class_on_the_day_of_joining_another() -> None:
    ties = [m for m in city().roster.memberships if m.person_id == city().cast["moved"]]
    old, new = sorted(ties, key=lambda tie: tie.since)
    assert old.until == new.since == TODAY - timedelta(days=28)
    assert new.until is None
    assert sum(city().cast["moved"] in plan.pupils for plan in city().classes) == 1


def test_everybody_else_sits_in_one_class() -> None:
    seats = Counter(pupil for plan in city().classes for pupil in plan.pupils)
    assert len(seats) == 1599
    assert set(seats.values()) == {1}


def test_each_class_has_a_teacher_of_every_subject_and_a_head_who_teaches_it() -> None:
    for plan in city().classes:
        assert set(plan.teachers) == set(HOURS)
        assert plan.head in plan.teachers.values()
    heads = ids_of(Role.HEAD_TEACHER)
    assert len(heads) == 40
    assert len(set(heads)) >= 38, "only where teachers are short is one head of two classes"


def test_only_small_children_have_picture_passwords() -> None:
    small = {p for plan in city().classes if plan.grade <= 2 for p in plan.pupils}
    for person in city().roster.persons:
        if person.kind == Kind.PUPIL and person.left_on is None:
            assert bool(person.pictures) == (person.id in small)


def test_only_named_staff_have_the_second_factor() -> None:
    named = {city().cast[part.key] for part in CAST if part.totp}
    assert {p.id for p in city().roster.persons if p.totp} == named


def test_animals_are_on_the_pad_and_spread_over_a_class() -> None:
    animals = {p.id: p.animal for p in city().roster.persons}
    for plan in city().classes:
        counts = Counter(animals[pupil] for pupil in plan.pupils)
        assert set(counts) <= set(ANIMALS)
        assert max(counts.values()) <= 3


def test_the_rabbit_of_the_first_class_is_the_child() -> None:
    first = city().class_of("yinxing", 1)
    animals = {p.id: p.animal for p in city().roster.persons}
    assert animals[city().cast["child"]] == "rabbit"
    assert city().cast["child"] in first.pupils


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda v: v.key)
def test_a_visitor_has_everything_that_signing_in_needs(visitor: object) -> None:
    entry = visitor_of(visitor, city())  # type: ignore[arg-type]
    assert entry["person_id"] in city().names
    assert entry["who_zh"]
    assert entry["who_en"]
    assert entry["note_zh"]
    assert entry["note_en"]
    if entry["way"] == "child":
        assert len(entry["pictures"]) == 3
        assert set(entry["pictures"]) <= set(PICTURE_KEYS)
        assert len(entry["code"]) == 6
    else:
        assert entry["login"]
        assert entry["password"]


def test_every_kind_of_visitor_is_offered() -> None:
    parts = {part.key: part for part in CAST}
    named = [v.key for v in VISITORS if v.key in parts]
    assert {Role.SCHOOL_ADMIN, Role.COUNTY_STAFF, Role.CITY_STAFF} <= {
        parts[key].duty for key in named
    }
    assert {parts[key].kind for key in named} == set(Kind)
    # The others are people of the plan whom the city itself names.
    assert {v.key for v in VISITORS} <= set(city().cast)


def test_class_sizes_add_up() -> None:
    assert sum(class_sizes()) == 1600
    assert min(class_sizes()) >= 20
    assert max(class_sizes()) <= 50


def test_names_of_classes() -> None:
    assert class_names(1, 2) == ("一年级（2）班", "Grade 1, Class 2")
    assert class_names(9, 1)[0] == "九年级（1）班"


def week_of(code: str) -> tuple[dict[int, dict[str, int]], dict[int, dict[tuple[int, int], str]]]:
    teachers = {p.id: p.teachers for p in city().classes if p.school.code == code}
    return teachers, timetable(teachers, code)


@pytest.mark.parametrize("school", [school.code for school in SCHOOLS])
def test_no_teacher_is_in_two_rooms(school: str) -> None:
    teachers, weeks = week_of(school)
    places = Counter(
        (slot, teachers[class_id][subject])
        for class_id, week in weeks.items()
        for slot, subject in week.items()
    )
    assert max(places.values()) == 1


@pytest.mark.parametrize("school", [school.code for school in SCHOOLS])
def test_a_week_is_full_and_has_its_hours(school: str) -> None:
    _teachers, weeks = week_of(school)
    for week in weeks.values():
        assert len(week) >= 29
        for subject, hours in Counter(week.values()).items():
            assert hours <= HOURS[subject]
