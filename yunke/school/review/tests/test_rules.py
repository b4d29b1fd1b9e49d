"""The state machine on plain values."""

from datetime import date

import pytest

from yunke.ground.people.values import Grant, Kind, Place, Role, Who
from yunke.school.review.rules import (
    ENDED,
    WAYS,
    actors_of,
    begins_at,
    is_overdue,
    leads,
    level_of,
    may,
    near,
    reviews,
    school_days,
    seats_of,
    shows_now,
    way_of,
)
from yunke.school.review.values import About, Actor, Level, Move, State

CITY, COUNTY, SCHOOL, AUTHOR, OTHER = 1, 2, 3, 10, 11


def about(state: State = State.SUBMITTED, **more: object) -> About:
    values = {
        "state": state, "aim": "city", "city_id": CITY, "county_id": COUNTY, "subject": "chinese",
        "author_id": AUTHOR, "makers": (AUTHOR, OTHER),
    }  # fmt: skip
    return About(**{**values, **more})  # type: ignore[arg-type]


def somebody(*grants: Grant, number: int = 50) -> Who:
    return Who(number, "某人", Kind.STAFF, grants)


def reviewer(level: str = "county", *, subject: str = "chinese", number: int = 50) -> Who:
    place = Place(city=CITY, county=COUNTY if level == "county" else 0)
    return somebody(Grant(Role.REVIEWER, place, subject), number=number)


def author(number: int = AUTHOR) -> Who:
    grant = Grant(Role.TEACHER, Place(city=CITY, county=COUNTY, school=SCHOOL, class_id=4))
    return somebody(grant, number=number)


def lead(level: str = "county") -> Who:
    if level == "county":
        return somebody(Grant(Role.COUNTY_STAFF, Place(city=CITY, county=COUNTY)))
    return somebody(Grant(Role.CITY_STAFF, Place(city=CITY)))


def test_every_state_but_the_ended_ones_leads_somewhere() -> None:
    starts = {way.start for way in WAYS}
    assert set(State) - starts == {State.WITHDRAWN}
    assert {way.end for way in WAYS} == set(State)
    assert State.PUBLISHED in ENDED


def test_no_way_is_there_twice() -> None:
    assert len({(way.start, way.move) for way in WAYS}) == len(WAYS)


def test_only_a_claimed_lesson_is_decided() -> None:
    for way in WAYS:
        if way.move in {Move.PASS, Move.RETURN}:
            assert way.actors == {Actor.CLAIMER}
            assert way.start in {State.COUNTY_REVIEWING, State.CITY_REVIEWING}


def test_the_city_is_reached_through_the_county_alone() -> None:
    to_city = [way for way in WAYS if way.end == State.CITY_REVIEWING]
    assert [way.start for way in to_city] == [State.COUNTY_PASSED]
    published = [way for way in WAYS if way.end == State.PUBLISHED]
    assert [way.start for way in published] == [State.CITY_REVIEWING]


def test_returns_and_taking_back_what_is_shown_need_a_reason() -> None:
    assert all(way.reason for way in WAYS if way.move == Move.RETURN)
    taken = way_of(State.PUBLISHED, Move.WITHDRAW)
    assert taken is not None
    assert taken.reason


def test_a_bureaus_own_lesson_begins_at_the_city() -> None:
    assert begins_at(0) == State.COUNTY_PASSED
    assert begins_at(COUNTY) == State.SUBMITTED


@pytest.mark.parametrize(
    ("state", "aim", "level"),
    [
        (State.SUBMITTED, "city", Level.COUNTY),
        (State.COUNTY_REVIEWING, "county", Level.COUNTY),
        (State.COUNTY_PASSED, "city", Level.CITY),
        (State.COUNTY_PASSED, "county", None),
        (State.CITY_REVIEWING, "city", Level.CITY),
        (State.COUNTY_RETURNED, "city", None),
        (State.PUBLISHED, "city", None),
        (State.WITHDRAWN, "city", None),
    ],
)
def test_whose_turn_it_is(state: State, aim: str, level: Level | None) -> None:
    assert level_of(about(state, aim=aim)) == level


def test_a_countys_reviewer_reviews_no_citys_turn_and_the_other_way_round() -> None:
    at_city = about(State.COUNTY_PASSED)
    assert reviews(reviewer("county"), about())
    assert not reviews(reviewer("county"), at_city)
    assert reviews(reviewer("city"), at_city)
    assert not reviews(reviewer("city"), about())


def test_subjects_and_offices_are_apart() -> None:
    assert not reviews(reviewer(subject="maths"), about())
    assert reviews(reviewer(subject=""), about())
    far = somebody(Grant(Role.REVIEWER, Place(city=CITY, county=99), "chinese"))
    assert not reviews(far, about())
    assert not near(far, about())


def test_a_reviewer_of_a_school_has_no_seat() -> None:
    at_school = somebody(Grant(Role.REVIEWER, Place(city=CITY, county=COUNTY, school=SCHOOL)))
    assert seats_of(at_school) == ()
    assert not reviews(at_school, about())


def test_nobody_reviews_what_they_helped_to_make() -> None:
    for number in (AUTHOR, OTHER):
        one = reviewer(number=number)
        assert not reviews(one, about())
        assert Actor.REVIEWER not in actors_of(one, about())
    assert not may(reviewer(number=OTHER), about(), Move.CLAIM)


def test_staff_frees_and_decides_nothing() -> None:
    busy = about(State.COUNTY_REVIEWING, claimed_by=50)
    assert may(lead(), busy, Move.RELEASE)
    assert not may(lead(), busy, Move.PASS)
    assert not may(lead(), busy, Move.RETURN)
    assert leads(lead("city"), busy)
    far = somebody(Grant(Role.COUNTY_STAFF, Place(city=CITY, county=99)))
    assert not leads(far, busy)
    assert not leads(lead(), about(county_id=0))


@pytest.mark.parametrize("move", [Move.PASS, Move.RETURN, Move.RELEASE])
def test_only_who_claimed_it_decides(move: Move) -> None:
    busy = about(State.COUNTY_REVIEWING, claimed_by=50)
    assert may(reviewer(number=50), busy, move)
    assert not may(reviewer(number=51), busy, move)
    assert not may(author(), busy, move)


def test_the_author_hands_in_again_and_takes_back() -> None:
    returned = about(State.CITY_RETURNED)
    assert may(author(), returned, Move.RESUBMIT)
    assert not may(author(number=OTHER), returned, Move.RESUBMIT)
    way = way_of(State.CITY_RETURNED, Move.RESUBMIT)
    assert way is not None
    assert way.end == State.COUNTY_PASSED
    for state in State:
        assert may(author(), about(state), Move.WITHDRAW) == (state != State.WITHDRAWN)


def test_on_to_the_city_only_from_a_county_aim() -> None:
    assert may(author(), about(State.COUNTY_PASSED, aim="county"), Move.ON)
    assert not may(author(), about(State.COUNTY_PASSED, aim="city"), Move.ON)
    assert not may(reviewer("city"), about(State.COUNTY_PASSED, aim="county"), Move.CLAIM)


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2026, 9, 7), date(2026, 9, 7), 0),
        (date(2026, 9, 7), date(2026, 9, 11), 4),
        (date(2026, 9, 11), date(2026, 9, 14), 1),
        (date(2026, 9, 12), date(2026, 9, 13), 0),
        (date(2026, 9, 7), date(2026, 9, 21), 10),
        (date(2026, 9, 21), date(2026, 9, 7), 0),
    ],
)
def test_weekends_do_not_count(since: date, until: date, days: int) -> None:
    assert school_days(since, until) == days


def test_overdue_is_more_than_five_school_days() -> None:
    assert not is_overdue(5)
    assert is_overdue(6)


def test_a_countys_pass_does_not_change_what_the_city_sees() -> None:
    shown = about(reach="city", shown=True)
    assert not shows_now(shown, Level.COUNTY)
    assert shows_now(shown, Level.CITY)
    assert shows_now(about(reach="county", shown=True), Level.COUNTY)
    assert shows_now(about(reach="city", shown=False), Level.COUNTY)
