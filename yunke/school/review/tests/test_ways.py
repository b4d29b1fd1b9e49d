"""Every move in every state by everybody: the table one would draw, and nothing beyond it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.ground.people.values import Grant, Kind, Place, Role, Who
from yunke.school.review.rules import (
    ENDED,
    OPEN,
    REVIEWING,
    WAITING,
    actors_of,
    has_part,
    leads,
    level_of,
    may,
    near,
    reviews,
    school_days,
    seats_of,
    shows_now,
    sits,
)
from yunke.school.review.values import About, Actor, Level, Move, Seat, State

S, M = State, Move
CITY, COUNTY, HILL, SCHOOL = 1, 2, 3, 4
AUTHOR, HELPER, HOLDER, OTHER = 10, 11, 20, 21


def who(number: int, role: Role, *, county: int = 0, school: int = 0, subject: str = "") -> Who:
    grant = Grant(role, Place(city=CITY, county=county, school=school), subject)
    return Who(number, "某人", Kind.STAFF, (grant,))


PEOPLE = {
    "author": who(AUTHOR, Role.TEACHER, county=COUNTY, school=SCHOOL),
    "helper who reviews": who(HELPER, Role.REVIEWER, county=COUNTY),
    "holder in the county": who(HOLDER, Role.REVIEWER, county=COUNTY, subject="chinese"),
    "holder in the city": who(HOLDER, Role.REVIEWER, subject="chinese"),
    "reviewer in the county": who(OTHER, Role.REVIEWER, county=COUNTY),
    "reviewer in the city": who(OTHER, Role.REVIEWER),
    "maths reviewer": who(OTHER, Role.REVIEWER, county=COUNTY, subject="maths"),
    "reviewer over the hill": who(OTHER, Role.REVIEWER, county=HILL),
    "county's office": who(OTHER, Role.COUNTY_STAFF, county=COUNTY),
    "office over the hill": who(OTHER, Role.COUNTY_STAFF, county=HILL),
    "city's office": who(OTHER, Role.CITY_STAFF),
    "teacher": who(OTHER, Role.TEACHER, county=COUNTY, school=SCHOOL),
    "school's reviewer": who(OTHER, Role.REVIEWER, county=COUNTY, school=SCHOOL),
}
# state → name → the moves that are theirs; who is not named moves nothing.
COUNTY_TAKES = {"holder in the county": {M.CLAIM}, "reviewer in the county": {M.CLAIM}}
CITY_TAKES = {"holder in the city": {M.CLAIM}, "reviewer in the city": {M.CLAIM}}
OFFICES = {"county's office": {M.RELEASE}, "city's office": {M.RELEASE}}
DECIDES = {M.RELEASE, M.RETURN, M.PASS}
TABLE: dict[State, dict[str, set[Move]]] = {
    S.SUBMITTED: {**COUNTY_TAKES, "author": {M.WITHDRAW}},
    S.COUNTY_REVIEWING: {
        "holder in the county": DECIDES, "author": {M.WITHDRAW}, **OFFICES,
    },
    S.COUNTY_RETURNED: {"author": {M.RESUBMIT, M.WITHDRAW}},
    S.COUNTY_PASSED: {**CITY_TAKES, "author": {M.WITHDRAW}},
    S.CITY_REVIEWING: {"holder in the city": DECIDES, "author": {M.WITHDRAW}, **OFFICES},
    S.CITY_RETURNED: {"author": {M.RESUBMIT, M.WITHDRAW}},
    S.PUBLISHED: {
        "author": {M.WITHDRAW}, "county's office": {M.WITHDRAW}, "city's office": {M.WITHDRAW},
    },
    S.WITHDRAWN: {},
}  # fmt: skip


def about(state: State, **more: object) -> About:
    values = {
        "state": state, "aim": "city", "city_id": CITY, "county_id": COUNTY, "subject": "chinese",
        "author_id": AUTHOR, "makers": (AUTHOR, HELPER),
        "claimed_by": HOLDER if state in REVIEWING.values() else 0,
    }  # fmt: skip
    return About(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("state", State)
def test_everybodys_moves_in_every_state(state: State, name: str) -> None:
    found = {move for move in Move if may(PEOPLE[name], about(state), move)}
    assert found == TABLE[state].get(name, set())


@pytest.mark.parametrize("name", PEOPLE)
def test_a_lesson_for_the_county_alone_goes_on_by_its_author_only(name: str) -> None:
    passed = about(S.COUNTY_PASSED, aim="county")
    found = {move for move in Move if may(PEOPLE[name], passed, move)}
    assert found == ({M.ON, M.WITHDRAW} if name == "author" else set())


@pytest.mark.parametrize("state", State)
def test_a_lesson_of_another_city_concerns_nobody_here(state: State) -> None:
    far = about(state, city_id=91, county_id=92, author_id=93, makers=(), claimed_by=94)
    for name, somebody in PEOPLE.items():
        assert not near(somebody, far), name
        assert actors_of(somebody, far) == frozenset(), name


@pytest.mark.parametrize("state", State)
def test_only_those_whom_it_concerns_are_told(state: State) -> None:
    near_ones = {name for name, somebody in PEOPLE.items() if near(somebody, about(state))}
    always = {"author", "holder in the county", "reviewer in the county"}
    always |= {"county's office", "city's office"}
    city = {"holder in the city", "reviewer in the city"}
    before = state in {S.SUBMITTED, S.COUNTY_REVIEWING, S.COUNTY_RETURNED}
    assert near_ones == (always if before else always | city)


def test_nobody_moves_what_they_may_not_even_know_of() -> None:
    for state in State:
        for name, somebody in PEOPLE.items():
            if any(may(somebody, about(state), move) for move in Move):
                assert near(somebody, about(state)), (state, name)


def test_open_and_ended_are_all_states_and_share_none() -> None:
    assert set(OPEN) | ENDED == set(State)
    assert not set(OPEN) & ENDED
    for level in Level:
        assert level_of(about(WAITING[level])) == level_of(about(REVIEWING[level])) == level


@pytest.mark.parametrize(
    ("seat", "level", "org", "subject", "found"),
    [
        (Seat(Level.COUNTY, 2, "chinese"), Level.COUNTY, 2, "chinese", True),
        (Seat(Level.COUNTY, 2), Level.COUNTY, 2, "maths", True),
        (Seat(Level.COUNTY, 2, "maths"), Level.COUNTY, 2, "chinese", False),
        (Seat(Level.COUNTY, 2), Level.CITY, 2, "chinese", False),
        (Seat(Level.CITY, 1), Level.CITY, 2, "chinese", False),
    ],
)
def test_a_seat_is_a_level_an_office_and_a_subject(
    seat: Seat, level: Level, org: int, subject: str, found: bool
) -> None:
    assert sits(seat, level, org, subject) == found


def test_one_person_may_sit_in_several_places() -> None:
    grants = (
        Grant(Role.REVIEWER, Place(city=CITY, county=COUNTY), "chinese"),
        Grant(Role.REVIEWER, Place(city=CITY)),
        Grant(Role.REVIEWER, Place()),
        Grant(Role.TEACHER, Place(city=CITY, county=COUNTY, school=SCHOOL)),
    )
    both = Who(OTHER, "两处", Kind.STAFF, grants)
    assert seats_of(both) == (Seat(Level.COUNTY, COUNTY, "chinese"), Seat(Level.CITY, CITY))
    assert reviews(both, about(S.SUBMITTED))
    assert reviews(both, about(S.COUNTY_PASSED))


def test_who_had_a_part_reviews_nothing_of_it_at_any_level() -> None:
    for state in State:
        for level in ("county", "city"):
            helper = PEOPLE[f"reviewer in the {level}"]
            told = about(state, makers=(AUTHOR, helper.id))
            assert has_part(told, helper.id)
            assert not reviews(helper, told)
            assert Actor.CLAIMER not in actors_of(helper, told)


def test_a_claimer_without_the_seat_is_none() -> None:
    gone = Who(HOLDER, "已卸任", Kind.STAFF, ())
    assert actors_of(gone, about(S.COUNTY_REVIEWING)) == frozenset()


def test_no_countys_office_leads_what_has_no_county() -> None:
    bureau = about(S.COUNTY_PASSED, county_id=0)
    assert not leads(PEOPLE["county's office"], bureau)
    assert not leads(who(OTHER, Role.COUNTY_STAFF), bureau)
    assert leads(PEOPLE["city's office"], bureau)


@pytest.mark.parametrize(
    ("level", "reach", "shown", "now"),
    [
        (Level.COUNTY, "school", False, True),
        (Level.COUNTY, "school", True, True),
        (Level.COUNTY, "county", True, True),
        (Level.COUNTY, "city", True, False),
        (Level.COUNTY, "city", False, True),
        (Level.CITY, "city", True, True),
        (Level.CITY, "school", False, True),
    ],
)
def test_a_pass_shows_at_once_unless_the_city_sees_an_older_one(
    level: Level, reach: str, shown: bool, now: bool
) -> None:
    assert shows_now(about(S.COUNTY_REVIEWING, reach=reach, shown=shown), level) == now


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(DAYS, st.integers(0, 400))
def test_school_days_are_the_weekdays_one_by_one(since: date, days: int) -> None:
    until = since + timedelta(days=days)
    each = [since + timedelta(days=n) for n in range(1, days + 1)]
    assert school_days(since, until) == sum(day.weekday() < 5 for day in each)


@given(DAYS, st.integers(0, 100), st.integers(0, 100))
def test_waiting_longer_never_counts_less(since: date, first: int, more: int) -> None:
    early, late = since + timedelta(days=first), since + timedelta(days=first + more)
    assert school_days(since, early) <= school_days(since, late)
    assert school_days(late, since) == 0 or late == since
