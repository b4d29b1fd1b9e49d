"""Calendars and plans below the pages: whose word rules, what a lost week does, what stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.base.clock import monday, today
from yunke.base.trouble import Refused
from yunke.craft.calendar import Block, Span
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.door import Place
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast
from yunke.school.library.tests.makers import unit
from yunke.school.timetable.actions.pacing import (
    MOST_WEEKS,
    pace_drop,
    pace_lay,
    pace_move,
    pace_seed,
    week_found,
    week_lose,
)
from yunke.school.timetable.actions.terms import (
    day_off_drop,
    day_off_set,
    term_own_drop,
    term_set,
)
from yunke.school.timetable.models import DayOff, LostWeek, Pace, Term
from yunke.school.timetable.reads.pacing import _runs, rows_over, unit_cards
from yunke.school.timetable.reads.terms import (
    Calendar,
    TermLine,
    calendar_of,
    days_off_of,
    forget_calendars,
    lost_of,
    term_now,
    week_number,
    weeks_at,
)
from yunke.school.timetable.tests import makers

FIRST = date(2026, 9, 7)  # a Monday
AUTUMN = TermLine(1, "秋", "Autumn", FIRST, date(2027, 1, 15), 1, FIRST, date(2027, 1, 15))
SPRING = TermLine(2, "春", "Spring", date(2027, 2, 22), date(2027, 7, 2))
FREE = Span(date(2026, 10, 1), date(2026, 10, 7), "国庆", None, 0)
MADE_UP = Span(date(2026, 10, 10), date(2026, 10, 10), "补课", 4, 0)
YEAR = Calendar((AUTUMN, SPRING), (FREE, MADE_UP))


@pytest.mark.parametrize(
    ("day", "weekday"),
    [(date(2026, 9, 6), None), (FIRST, 0), (date(2026, 9, 12), 5), (date(2026, 10, 1), None),
     (date(2026, 10, 8), 3), (date(2026, 10, 10), 4), (date(2027, 2, 1), None)],
)  # fmt: skip
def test_a_day_follows_a_weekday_or_has_no_school(day: date, weekday: int | None) -> None:
    assert YEAR.weekday(day) == weekday
    assert YEAR.taught(day) == (weekday is not None)


@pytest.mark.parametrize(
    ("day", "name"), [(date(2026, 10, 3), "国庆"), (date(2026, 10, 10), "补课"), (FIRST, "")]
)
def test_a_day_off_has_a_name(day: date, name: str) -> None:
    assert YEAR.name_of(day) == name


def test_the_nearest_word_names_the_day() -> None:
    own = Span(date(2026, 10, 1), date(2026, 10, 1), "校庆", None, 2)
    assert Calendar((AUTUMN,), (FREE, own)).name_of(date(2026, 10, 1)) == "校庆"


@pytest.mark.parametrize(
    ("day", "term"),
    [(date(2026, 1, 1), AUTUMN), (FIRST, AUTUMN), (date(2027, 2, 1), SPRING),
     (date(2027, 3, 1), SPRING), (date(2028, 1, 1), SPRING)],
)  # fmt: skip
def test_the_term_now_is_that_of_the_day_the_next_or_the_last(day: date, term: TermLine) -> None:
    assert term_now(YEAR, day) == term
    assert term_now(Calendar((), ()), day) is None


def test_a_term_knows_whether_its_dates_are_its_citys() -> None:
    assert not AUTUMN.moved
    assert SPRING.moved


def test_weeks_are_numbered_from_the_terms_monday() -> None:
    weeks = weeks_at(YEAR, AUTUMN, [])
    assert [week.number for week in weeks] == list(range(1, len(weeks) + 1))
    assert week_number(weeks, FIRST) == 1
    assert week_number(weeks, FIRST + timedelta(days=13)) == 2
    assert week_number(weeks, FIRST - timedelta(days=1)) == 0


def test_a_week_looked_at_as_lost_is_lost_in_the_look_alone() -> None:
    before, looked = weeks_at(YEAR, AUTUMN, []), weeks_at(YEAR, AUTUMN, [], extra=3, why="台风")
    assert [w.number for w in before if w.teaches] != [w.number for w in looked if w.teaches]
    assert not looked[2].teaches
    assert weeks_at(YEAR, AUTUMN, []) == before


@given(st.sets(st.integers(1, 30)))
def test_runs_hold_every_week_once_and_never_touch(weeks: set[int]) -> None:
    runs = _runs(sorted(weeks))
    told = [week for first, count in runs for week in range(first, first + count)]
    assert told == sorted(weeks)
    ends = [first + count for first, count in runs]
    assert all(later[0] > end for later, end in zip(runs[1:], ends, strict=False))


@pytest.fixture
def cast(db: Any) -> Cast:
    made = people.cast(pupils_in_class=1)
    first = monday(today()) - timedelta(weeks=4)
    made.more["term"] = makers.term(made.city, first=first, last=first + timedelta(days=67))
    made.more["units"] = [unit(grade=1, title=f"第{n}单元") for n in "一二"]
    return made


def at(cast: Cast, level: str) -> Place:
    orgs = {"city": 1, "county": 2, "school": 3}[level]
    return Place(*(cast.city.id, cast.county.id, cast.school.id)[:orgs])


def lose(cast: Cast, week: int = 2, reason: str = "台风", level: str = "city") -> int:
    org = getattr(cast, level).id
    return week_lose(
        actor_id=5, term_id=cast.more["term"].id, place=at(cast, level), org_id=org, week=week,
        reason=reason, counts={"moved": 1, "off": 0},
    )  # fmt: skip


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_week_is_not_lost_without_a_reason(cast: Cast, reason: str) -> None:
    with pytest.raises(Refused):
        lose(cast, reason=reason)
    assert not LostWeek.objects.exists()


def test_a_week_is_lost_once_and_again_after_it_was_found(cast: Cast) -> None:
    number = lose(cast)
    with pytest.raises(Refused):
        lose(cast)
    term, city = cast.more["term"].id, cast.city.id
    told = {"actor_id": 6, "lost_id": number, "class_id": 0, "place": at(cast, "city")}
    assert not week_found(org_id=cast.school.id, **told), "not the school's to take back"
    assert week_found(org_id=city, **told)
    assert not week_found(org_id=city, **told)
    row = LostWeek.objects.get()
    assert (row.made_by, row.undone_by) == (5, 6)
    assert lost_of(term, [city], 1) == []
    assert lose(cast) != number
    assert [lost.week for lost in lost_of(term, [city], 1)] == [2]
    assert Entry.objects.filter(act="calendar.shifted").count() == 3
    assert Event.objects.filter(verb="week.lost").count() == 3


def test_a_refused_loss_leaves_neither_line_nor_event(cast: Cast) -> None:
    lose(cast)
    before = (Entry.objects.count(), Event.objects.count())
    with pytest.raises(Refused):
        lose(cast)
    assert (Entry.objects.count(), Event.objects.count()) == before


def lay(cast: Cast, level: str, *blocks: Block) -> int:
    return pace_lay(
        actor_id=5, term_id=cast.more["term"].id, org_id=getattr(cast, level).id, blocks=blocks,
        title="秋",
    )  # fmt: skip


def move(cast: Cast, level: str, first: int, weeks: int, class_id: int = 0) -> None:
    pace_move(
        actor_id=5, term_id=cast.more["term"].id, org_id=getattr(cast, level).id, first=first,
        unit_id=cast.more["units"][0].id, weeks=weeks, most=40, class_id=class_id,
    )  # fmt: skip


def ruling(cast: Cast, level: str, class_id: int = 0) -> tuple[int, int] | None:
    number = cast.more["units"][0].id
    row = rows_over(cast.more["term"].id, at(cast, level), class_id, [number]).get(number)
    return (row.first, row.weeks) if row else None


def test_what_lies_already_stays_where_it_is(cast: Cast) -> None:
    one, two = (u.id for u in cast.more["units"])
    assert lay(cast, "city", Block(one, 1, 2)) == 1
    assert lay(cast, "city", Block(one, 5, 5), Block(two, 3, 1)) == 1
    assert ruling(cast, "city") == (1, 2)


def test_the_class_lies_over_the_county_and_that_over_the_city(cast: Cast) -> None:
    assert ruling(cast, "school", cast.one.id) is None
    for level, first, class_id in (("city", 1, 0), ("county", 2, 0), ("school", 3, cast.one.id)):
        move(cast, level, first, 1, class_id)
    assert ruling(cast, "city") == (1, 1)
    assert ruling(cast, "county") == (2, 1)
    assert ruling(cast, "school", cast.one.id) == (3, 1)
    assert ruling(cast, "school", cast.other.id) == (2, 1)
    told = {"actor_id": 5, "term_id": cast.more["term"].id, "unit_id": cast.more["units"][0].id}
    assert pace_drop(org_id=cast.school.id, class_id=cast.one.id, **told)
    assert not pace_drop(org_id=cast.school.id, class_id=cast.one.id, **told)
    assert ruling(cast, "school", cast.one.id) == (2, 1)


@pytest.mark.parametrize(
    ("first", "weeks", "fits"),
    [(1, 1, True), (1, MOST_WEEKS, True), (40, 1, True), (0, 1, False), (1, 0, False),
     (41, 1, False), (40, 2, False), (1, MOST_WEEKS + 1, False), (-1, 2, False)],
)  # fmt: skip
def test_a_unit_lies_inside_the_term(cast: Cast, first: int, weeks: int, fits: bool) -> None:
    if not fits:
        with pytest.raises(Refused):
            move(cast, "city", first, weeks)
        assert not Pace.objects.exists()
        return
    move(cast, "city", first, weeks)
    assert ruling(cast, "city") == (first, weeks)


def test_a_seeded_plan_holds_every_unit_and_leaves_no_event(cast: Cast) -> None:
    before = Event.objects.count()
    told = {"city_id": cast.city.id, "term_id": cast.more["term"].id, "grade": 1, "weeks": 10}
    assert pace_seed(**told) == pace_seed(**told) == len(unit_cards(cast.city.id, 1))
    assert Pace.objects.count() == 2
    assert Event.objects.count() == before


def test_another_tenant_has_no_units_here(cast: Cast) -> None:
    assert len(unit_cards(cast.city.id, 1)) == 2
    assert unit_cards(cast.city.id + 1, 1) == []


def off(cast: Cast, level: str, **told: Any) -> int:
    values = {"first": FIRST, "last": FIRST, "name": "停课", "taught_as": None, **told}
    return day_off_set(actor_id=5, place=at(cast, level), **values)


def test_the_same_first_day_again_changes_the_days_and_leaves_one_row(cast: Cast) -> None:
    assert off(cast, "city") == off(cast, "city", last=FIRST + timedelta(2), name="长假" * 40)
    (row,) = days_off_of(cast.city.id)
    assert row.last_day == FIRST + timedelta(days=2)
    assert row.name == ("长假" * 40)[:40]
    assert Entry.objects.filter(object_kind="day_off").count() == 2


def test_only_who_said_it_takes_it_back(cast: Cast) -> None:
    number = off(cast, "county")
    for level in ("city", "school"):
        assert not day_off_drop(actor_id=5, place=at(cast, level), off_id=number)
    assert DayOff.objects.count() == 1
    assert day_off_drop(actor_id=5, place=at(cast, "county"), off_id=number)
    assert not DayOff.objects.exists()


def test_a_citys_own_term_is_not_dropped_as_if_it_were_a_countys(cast: Cast) -> None:
    number = cast.more["term"].id
    for level in ("city", "county", "school"):
        assert not term_own_drop(actor_id=5, place=at(cast, level), term_id=number)
    assert Term.objects.count() == 1


def test_a_schools_own_dates_end_with_it_and_the_countys_rule_again(cast: Cast) -> None:
    base = cast.more["term"]
    for level, days in (("county", 3), ("school", 5)):
        term_set(
            actor_id=5, place=at(cast, level), first=base.first_day + timedelta(days=days),
            last=base.last_day, base_id=base.id,
        )  # fmt: skip
    forget_calendars()
    line = calendar_of(cast.city.id, cast.county.id, cast.school.id).terms[0]
    assert (line.first, line.id) == (base.first_day + timedelta(days=5), base.id)
    assert term_own_drop(actor_id=5, place=at(cast, "school"), term_id=line.own)
    forget_calendars()
    line = calendar_of(cast.city.id, cast.county.id, cast.school.id).terms[0]
    assert (line.first, line.own, line.moved) == (base.first_day + timedelta(days=3), 0, True)


def test_a_calendar_is_two_queries_and_then_none(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for day in range(0, 50, 2):
        off(cast, "city", first=FIRST + timedelta(day), last=FIRST + timedelta(day))
    forget_calendars()
    with django_assert_num_queries(2):
        calendar_of(cast.city.id, cast.county.id, cast.school.id)
    with django_assert_num_queries(0):
        calendar_of(cast.city.id, cast.county.id, cast.school.id)
