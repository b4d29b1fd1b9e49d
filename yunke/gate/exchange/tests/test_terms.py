"""A bundle's terms reach the city's calendar, once, and leave it with the import."""

import pytest

from yunke.gate.exchange.actions.undo import undo_ask
from yunke.gate.exchange.actions.upload import import_write_ask
from yunke.gate.exchange.models import Import
from yunke.gate.exchange.rules.terms import terms_told
from yunke.gate.exchange.tests import makers
from yunke.ground.audit.models import Entry
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import signed_in
from yunke.ground.people.values import Role
from yunke.school.timetable.models import Slot, Term

AUTUMN = ("2026 秋季学期", "term", "2026-09-01", "2027-01-22")
SPRING = ("2027 春季学期", "semester", "2027-02-22", "2027-07-09")
YEAR = ("2026 学年", "schoolYear", "2026-09-01", "2027-07-09")
MONTH = ("九月", "gradingPeriod", "2026-09-01", "2026-09-30")


def told(*rows: tuple[str, str, str, str], gone: bool = False) -> list[tuple[str, str]]:
    lines = [(gone, title, kind, start, end) for title, kind, start, end in rows]
    return [(one.title, one.first) for one in terms_told(lines)]


def test_only_terms_and_semesters_are_terms_in_the_order_of_their_days() -> None:
    assert told(SPRING, YEAR, MONTH, AUTUMN) == [(AUTUMN[0], AUTUMN[2]), (SPRING[0], SPRING[2])]


def test_what_is_gone_nameless_or_ends_before_it_begins_is_none() -> None:
    assert told(AUTUMN, gone=True) == []
    assert told(("", "term", "2026-09-01", "2027-01-22")) == []
    assert told(("倒着", "term", "2027-01-22", "2026-09-01")) == []
    assert told(("没有日子", "term", "", "")) == []


def test_the_same_days_twice_are_one_term() -> None:
    assert len(told(AUTUMN, AUTUMN)) == 1


@pytest.fixture
def city(transactional_db: None) -> people.Cast:
    return people.cast()


def bundle(*rows: tuple[str, str, str, str]) -> bytes:
    parts = makers.school_rows("新城小学")
    return makers.bundle({**parts, "academicSessions": makers.sessions(*rows)})


def staged(city: people.Cast, *rows: tuple[str, str, str, str]) -> Import:
    return makers.staged(city.city_staff, city.city, bundle(*rows))


def written(row: Import, who: Person) -> Import:
    import_write_ask(import_id=row.id, who_id=who.id)
    makers.work()
    row.refresh_from_db()
    assert row.state == "done", row.trouble
    return row


def undone(row: Import, who: Person) -> Import:
    undo_ask(import_id=row.id, who_id=who.id)
    makers.work()
    row.refresh_from_db()
    assert row.state == "undone"
    return row


def test_a_citys_new_terms_are_shown_written_and_told(city: people.Cast) -> None:
    row = staged(city, AUTUMN, SPRING, YEAR)
    page = signed_in(city.city_staff).get(f"/roster/{row.id}").content.decode()
    assert "新的学期" in page
    assert "2026-09-01 – 2027-01-22" in page
    assert "2026 学年" not in page
    written(row, city.city_staff)
    terms = Term.objects.order_by("first_day")
    assert [(t.name, t.city_id, t.last_day.isoformat()) for t in terms] == [
        (AUTUMN[0], city.city.id, AUTUMN[3]), (SPRING[0], city.city.id, SPRING[3]),
    ]  # fmt: skip
    assert row.written["terms"] == 2
    assert Entry.objects.filter(object_kind="term", actor_id=city.city_staff.id).count() == 2


def test_the_same_bundle_again_brings_no_term(city: people.Cast) -> None:
    written(staged(city, AUTUMN), city.city_staff)
    again = staged(city, AUTUMN)
    assert "terms_new" not in again.told
    page = signed_in(city.city_staff).get(f"/roster/{again.id}").content.decode()
    assert "和现在一模一样" in page
    assert written(again, city.city_staff).written == {}
    assert Term.objects.count() == 1


def test_a_new_term_alone_is_something_to_import(city: people.Cast) -> None:
    written(staged(city, AUTUMN), city.city_staff)
    later = staged(city, AUTUMN, SPRING)
    page = signed_in(city.city_staff).get(f"/roster/{later.id}").content.decode()
    assert "和现在一模一样" not in page
    assert written(later, city.city_staff).written == {"terms": 1}


def test_a_term_that_the_city_has_with_other_dates_stays_as_it_is(city: people.Cast) -> None:
    Term.objects.create(
        city_id=city.city.id, name="本市秋季", first_day="2026-08-31", last_day="2027-01-15"
    )
    row = written(staged(city, AUTUMN), city.city_staff)
    assert "terms" not in row.written
    assert [t.name for t in Term.objects.all()] == ["本市秋季"]


def test_a_schools_bundle_adds_no_term_to_the_citys_calendar(city: people.Cast) -> None:
    clerk = people.staff(city.school, Role.SCHOOL_ADMIN)
    parts = makers.school_rows(city.school.name)
    data = makers.bundle({**parts, "academicSessions": makers.sessions(AUTUMN)})
    row = makers.staged(clerk, city.school, data)
    assert "terms_new" not in row.told
    assert "新的学期" not in signed_in(clerk).get(f"/roster/{row.id}").content.decode()


def test_taken_back_the_term_goes_unless_a_timetable_stands_on_it(city: people.Cast) -> None:
    row = written(staged(city, AUTUMN, SPRING), city.city_staff)
    autumn = Term.objects.get(name=AUTUMN[0])
    Slot.objects.create(term=autumn, class_id=1, weekday=0, period=1, subject="maths")
    undone(row, city.city_staff)
    assert [t.name for t in Term.objects.all()] == [AUTUMN[0]]
    assert row.undone["counts"]["terms"] == 1
    assert ["term", autumn.id, 0, "stands"] in row.undone["kept"]
    page = signed_in(city.city_staff).get(f"/roster/{row.id}").content.decode()
    assert "已经排了课表或进度" in page


def test_a_term_that_came_between_preview_and_writing_is_left_alone(city: people.Cast) -> None:
    row = staged(city, AUTUMN)
    Term.objects.create(
        city_id=city.city.id, name="手写的", first_day="2026-09-01", last_day="2027-01-22"
    )
    assert "terms" not in written(row, city.city_staff).written
    assert Term.objects.count() == 1
