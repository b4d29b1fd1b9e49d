"""Units on a calendar: laid, moved, overridden, shifted by a lost week and back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import monday, today
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.door import Place, Role
from yunke.ground.people.models import Person
from yunke.ground.people.tests import makers as people
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.school.library.models import Unit
from yunke.school.library.tests.makers import lesson, unit
from yunke.school.timetable.models import LostWeek, Pace, Term
from yunke.school.timetable.reads.air import forget
from yunke.school.timetable.reads.pacing import lanes_of, rows_over, unit_cards, weeks_of_place
from yunke.school.timetable.reads.terms import calendar_at, term_now
from yunke.school.timetable.tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """A city with a term of ten weeks that began four weeks ago, and three units of Chinese."""
    made = people.cast(pupils_in_class=1)
    made.more["county_staff"] = people.staff(made.county, Role.COUNTY_STAFF, "县教研员")
    first = monday(today()) - timedelta(weeks=4)
    made.more["term"] = makers.term(made.city, first=first, last=first + timedelta(days=67))
    made.more["units"] = [unit(grade=1, title=f"第{n}单元") for n in "一二三"]
    return made


def post(who: Person, path: str, **told: object) -> int:
    values = {name.rstrip("_"): str(value) for name, value in told.items()}
    return signed_in(who).post(path, {**once(), **values}).status_code


def lay(cast: Cast) -> None:
    assert post(cast.city_staff, "/pacing/lay", grade=1) == 303


def bars(
    cast: Cast, *, county: bool = False, class_id: int = 0, grade: int = 1
) -> dict[str, tuple[int, ...]]:
    """The calendar weeks of each unit at a place."""
    place = Place(city=cast.city.id, county=cast.county.id if county else 0)
    if class_id:
        place = Place(city=cast.city.id, county=cast.county.id, school=cast.school.id)
    calendar = calendar_at(place)
    term = term_now(calendar, today())
    assert term is not None
    cards = unit_cards(cast.city.id, grade)
    rows = rows_over(term.id, place, class_id, [card.id for card in cards])
    weeks = weeks_of_place(calendar, term, place, grade, class_id)
    found = lanes_of(cards, rows, weeks, place, class_id)
    return {
        bar.title: tuple(w for first, many in bar.parts for w in range(first, first + many))
        for lane in found
        for bar in lane.bars
    }


def test_units_are_laid_evenly_and_only_once(cast: Cast) -> None:
    lay(cast)
    assert bars(cast) == {"第一单元": (1, 2, 3), "第二单元": (4, 5, 6, 7), "第三单元": (8, 9, 10)}
    lay(cast)
    assert Pace.objects.count() == 3


def test_a_unit_with_more_lessons_is_longer(cast: Cast) -> None:
    for _ in range(8):
        lesson(unit=cast.more["units"][1])
    lay(cast)
    sizes = {title: len(weeks) for title, weeks in bars(cast).items()}
    assert sizes["第二单元"] > sizes["第一单元"] >= 1


def test_a_unit_is_moved_and_never_out_of_the_term(cast: Cast) -> None:
    lay(cast)
    number = cast.more["units"][0].id
    assert post(cast.city_staff, "/pacing/move", grade=1, unit=number, to="2:3") == 303
    assert bars(cast)["第一单元"] == (2, 3, 4)
    for to in ("0:3", "9:3", "1:0", "x", "", "1:99"):
        assert post(cast.city_staff, "/pacing/move", grade=1, unit=number, to=to) == 422
    assert bars(cast)["第一单元"] == (2, 3, 4)
    assert Event.objects.filter(verb="pace.set").count() == 2


def test_a_county_lies_over_the_city_without_a_fork(cast: Cast) -> None:
    lay(cast)
    number, county = cast.more["units"][0].id, cast.more["county_staff"]
    assert post(county, "/pacing/move", grade=1, unit=number, to="3:2") == 303
    assert bars(cast)["第一单元"] == (1, 2, 3)
    assert bars(cast, county=True) == {
        "第一单元": (3, 4), "第二单元": (4, 5, 6, 7), "第三单元": (8, 9, 10)
    }  # fmt: skip
    second = cast.more["units"][1].id
    post(cast.city_staff, "/pacing/move", grade=1, unit=second, to="5:2")
    assert bars(cast, county=True)["第二单元"] == (5, 6), "what it did not change follows the city"
    assert post(county, "/pacing/move", grade=1, unit=number, drop="yes") == 303
    assert bars(cast, county=True)["第一单元"] == (1, 2, 3)


def test_a_class_goes_its_own_way_beside_the_plan(cast: Cast) -> None:
    lay(cast)
    page = f"/class/{cast.one.id}/pacing"
    text = signed_in(cast.teacher).get(page).content.decode()
    assert "和市里的进度一样" in text
    number = cast.more["units"][1].id
    told = {"class_": cast.one.id, "unit": number}
    assert post(cast.teacher, "/pacing/move", to="5:4", **told) == 303
    assert bars(cast, class_id=cast.one.id)["第二单元"] == (5, 6, 7, 8)
    assert bars(cast)["第二单元"] == (4, 5, 6, 7), "nobody else's calendar moved"
    text = signed_in(cast.teacher).get(page).content.decode()
    assert "周，比市里的进度慢" in text
    assert post(cast.teacher, "/pacing/move", to="3:4", **told) == 303
    assert "周，比市里的进度快" in signed_in(cast.teacher).get(page).content.decode()


def test_losing_a_week_is_seen_first_then_done_then_undone(cast: Cast) -> None:
    lay(cast)
    before = bars(cast)
    client = signed_in(cast.city_staff)
    text = client.get("/pacing?grade=1&lose=5").content.decode()
    assert "第 8 周 → 第 9 周" in text
    assert "学期末放不下了" in text
    assert bars(cast) == before, "looking changes nothing"
    assert post(cast.city_staff, "/pacing/lose", grade=1, week=5, reason="") == 422
    assert post(cast.city_staff, "/pacing/lose", grade=1, week=5, reason="台风") == 303
    assert bars(cast) == {
        "第一单元": (1, 2, 3), "第二单元": (4, 6, 7, 8), "第三单元": (9, 10)
    }  # fmt: skip
    line = Entry.objects.get(act="calendar.shifted")
    assert (line.reason, line.detail["week"], line.detail["moved"]) == ("台风", 5, 1)
    assert post(cast.city_staff, "/pacing/lose", grade=1, week=5, reason="again") == 422
    lost = LostWeek.objects.get()
    assert post(cast.city_staff, f"/pacing/lost/{lost.id}/back", grade=1) == 303
    assert bars(cast) == before
    assert Entry.objects.filter(act="calendar.shifted").count() == 2
    assert post(cast.city_staff, f"/pacing/lost/{lost.id}/back", grade=1) == 404


def two_grades(cast: Cast) -> None:
    unit(grade=2, title="二年级的单元")
    for grade in (1, 2):
        assert post(cast.city_staff, "/pacing/lay", grade=grade) == 303


def test_an_examination_takes_a_week_from_one_grade_only(cast: Cast) -> None:
    two_grades(cast)
    first, second = bars(cast), bars(cast, grade=2)
    told = {"grade": 1, "week": 5, "only": "grade", "reason": "期中考试"}
    assert post(cast.city_staff, "/pacing/lose", **told) == 303
    assert LostWeek.objects.get().grade == 1
    assert bars(cast) != first
    assert bars(cast, grade=2) == second
    client = signed_in(cast.city_staff)
    page = client.get("/pacing?grade=1").content.decode()
    assert "期中考试" in page
    assert "只有 1 年级" in page
    assert "期中考试" not in client.get("/pacing?grade=2").content.decode()
    assert post(cast.city_staff, "/pacing/lose", **told) == 422
    back = f"/pacing/lost/{LostWeek.objects.get().id}/back"
    assert post(cast.city_staff, back, grade=1) == 303
    assert bars(cast) == first


def test_a_flood_takes_the_week_from_every_grade(cast: Cast) -> None:
    two_grades(cast)
    first, second = bars(cast), bars(cast, grade=2)
    assert post(cast.city_staff, "/pacing/lose", grade=1, week=5, reason="水灾") == 303
    assert LostWeek.objects.get().grade == 0
    assert bars(cast) != first
    assert bars(cast, grade=2) != second
    page = signed_in(cast.city_staff).get("/pacing?grade=2").content.decode()
    assert "水灾" in page
    assert "只有" not in page
    assert post(cast.city_staff, "/pacing/lose", grade=2, week=5, only="grade", reason="x") == 422


def test_a_class_is_asked_for_no_grade(cast: Cast) -> None:
    lay(cast)
    page = signed_in(cast.teacher).get(f"/class/{cast.one.id}/pacing?lose=6").content.decode()
    assert 'name="reason"' in page
    assert 'name="only"' not in page
    told = {"class": cast.one.id, "week": 6, "only": "grade", "reason": "郊游"}
    assert post(cast.teacher, "/pacing/lose", **told) == 303
    assert (LostWeek.objects.get().grade, LostWeek.objects.get().class_id) == (0, cast.one.id)


def test_a_county_loses_its_own_week_besides_the_citys(cast: Cast) -> None:
    lay(cast)
    post(cast.city_staff, "/pacing/lose", grade=1, week=2, reason="流感")
    post(cast.more["county_staff"], "/pacing/lose", grade=1, week=4, reason="水灾")
    assert bars(cast)["第二单元"] == (5, 6, 7, 8)
    assert bars(cast, county=True)["第二单元"] == (6, 7, 8, 9)


def test_a_school_and_a_class_lose_a_week_of_their_own(cast: Cast) -> None:
    lay(cast)
    assert post(cast.admin, "/pacing/lose", grade=1, week=6, reason="运动会") == 303
    told = {"class_": cast.one.id, "week": 7, "reason": "春游"}
    assert post(cast.teacher, "/pacing/lose", **told) == 303
    assert bars(cast, class_id=cast.one.id)["第二单元"] == (4, 5, 8, 9)
    assert bars(cast)["第二单元"] == (4, 5, 6, 7)
    lost = LostWeek.objects.get(class_id=cast.one.id)
    assert post(cast.admin, f"/pacing/lost/{lost.id}/back", grade=1) == 404, "not the class's own"


def test_a_shift_into_a_short_week_is_told(cast: Cast) -> None:
    lay(cast)
    term: Term = cast.more["term"]
    friday = term.first_day + timedelta(weeks=7, days=4)
    told = {"name": "调休", "first": friday.isoformat()}
    signed_in(cast.city_staff).post("/terms/off", {**once(), **told})
    forget()
    text = signed_in(cast.city_staff).get("/pacing?grade=1&lose=5").content.decode()
    assert "会落到不满五天的周" in text


WRONG = ("/pacing/lay", "/pacing/move", "/pacing/lose", "/pacing/lost/1/back")


@pytest.mark.parametrize("path", WRONG)
def test_only_who_may_moves_a_plan(cast: Cast, path: str) -> None:
    lay(cast)
    number = cast.more["units"][0].id
    told = {"grade": 1, "unit": number, "to": "2:2", "week": 5, "reason": "x"}
    for who in (cast.pupil, cast.guardian, cast.head, cast.teacher):
        assert post(who, path, org=cast.city.id, **told) == 404
    assert post(cast.more["county_staff"], path, org=cast.city.id, **told) == 404
    assert post(cast.far_teacher, path, class_=cast.one.id, **told) == 404
    assert Pace.objects.count() == 3
    assert not LostWeek.objects.exists()


def test_a_school_looks_and_does_not_move(cast: Cast) -> None:
    lay(cast)
    page = signed_in(cast.admin).get("/pacing?grade=1")
    assert page.status_code == 200
    assert "挪一个单元" not in page.content.decode()
    number = cast.more["units"][0].id
    assert post(cast.admin, "/pacing/move", grade=1, unit=number, to="2:2") == 404
    for who in (cast.pupil, cast.guardian):
        assert signed_in(who).get("/pacing").status_code == 404
    assert signed_in(cast.far_teacher).get(f"/class/{cast.one.id}/pacing").status_code == 404


def test_a_teacher_moves_the_own_subject_only(cast: Cast) -> None:
    maths = unit(grade=1, subject="maths")
    told = {"class_": cast.one.id, "unit": maths.id, "to": "1:2"}
    assert post(cast.teacher, "/pacing/move", **told) == 404
    assert (
        "maths"
        not in signed_in(cast.teacher)
        .get(f"/class/{cast.one.id}/pacing")
        .context["lanes"]
        .__repr__()
    )


def test_without_a_term_or_units_the_page_says_what_to_do(cast: Cast) -> None:
    Term.objects.all().delete()
    text = signed_in(cast.city_staff).get("/pacing").content.decode()
    assert "先要有一个学期" in text
    makers.term(cast.city)
    text = signed_in(cast.city_staff).get("/pacing?grade=9").content.decode()
    assert "这个年级还没有单元" in text


def test_a_trial_city_sees_no_unit_of_ours(cast: Cast) -> None:
    lay(cast)
    there = people.cast(pupils_in_class=1)
    makers.term(there.city)
    assert "第一单元" not in signed_in(there.city_staff).get("/pacing?grade=1").content.decode()


def costs(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as made:
        assert client.get(path).status_code == 200
    return len(made.captured_queries)


@pytest.mark.parametrize(
    "page", [lambda c: "/pacing?grade=1&lose=5", lambda c: f"/class/{c.one.id}/pacing"]
)
def test_the_calendar_costs_the_same_with_five_units_and_fifty(
    cast: Cast, page: Callable[[Cast], str]
) -> None:
    who = cast.city_staff if "class" not in page(cast) else cast.teacher
    lay(cast)
    client = signed_in(who)
    few = costs(client, page(cast))
    for n in range(47):
        made: Unit = unit(grade=1, title=f"多{n}")
        Pace.objects.create(
            term=cast.more["term"], org_id=cast.city.id, unit=made, first=n % 9 + 1, weeks=1
        )
    assert abs(costs(client, page(cast)) - few) <= 2


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "教学进度"), ("en", "Pacing")])
def test_the_page_speaks_both_languages(cast: Cast, language: str, word: str) -> None:
    lay(cast)
    client = signed_in(cast.city_staff)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    text = client.get("/pacing?grade=1&lose=5").content.decode()
    assert word in text


@pytest.mark.parametrize("typed", ["0", "11", "x", "-1", "9" * 5000])
def test_a_week_that_is_none_is_not_looked_at_and_breaks_nothing(cast: Cast, typed: str) -> None:
    lay(cast)
    client = signed_in(cast.city_staff)
    answer = client.get(f"/pacing?grade={typed}&lose={typed}")
    assert (answer.status_code, answer.context["preview"]) == (200, None)
    assert answer.context["desk"].grade == 1
    assert post(cast.city_staff, "/pacing/lose", grade=1, week=typed, reason="x") == 422
    assert not LostWeek.objects.exists()
