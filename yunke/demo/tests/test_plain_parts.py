"""The demo's parts on plain values: terms, weeks, names, formulas, state, words of the films."""

import io
import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from queue import SimpleQueue
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.demo import names
from yunke.demo.anchor import WEEKS, Calendar, calendar_of
from yunke.demo.cast import CAST, PASSWORD, PICTURES, TOTP, VISITORS
from yunke.demo.city import LETTERS, _other
from yunke.demo.curriculum import Title, _title, _unit
from yunke.demo.films import Films, NotFilmed
from yunke.demo.history import SHOWN
from yunke.demo.large import CLASSES, Shares, _code
from yunke.demo.plan import HOURS, SCHOOLS, rng, timetable
from yunke.demo.questions import _options, _task, plain
from yunke.demo.state import State, stamp, state_read, state_write
from yunke.demo.tests.makers import CALENDAR, TODAY, air, paper_city
from yunke.demo.visitors import part_of, visitor_of, visitors_write
from yunke.demo.week import BELLS, LATE, MAIN, MORE, _subjects, _turned, periods
from yunke.demo.weeks import _class_day
from yunke.ground.lake.door import Verb
from yunke.ground.people.door import ANIMALS, PICTURE_KEYS, Kind

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 12, 31))


# Terms


@given(days)
def test_a_new_term_begins_on_a_monday_with_the_day_in_it(day: date) -> None:
    calendar = calendar_of(day)
    assert calendar.first_day.weekday() == 0
    assert calendar.last_day.weekday() == 6
    assert calendar.first_day < day <= calendar.last_day - timedelta(days=21)
    assert len(calendar.days) == 7 * WEEKS
    assert calendar.days[0] == calendar.first_day
    assert calendar.past[-1] == day
    assert calendar.first_day <= calendar.past[0]


@given(days, st.integers(min_value=0, max_value=400))
def test_a_term_goes_on_until_the_next_is_written_ahead(day: date, later: int) -> None:
    before = calendar_of(day)
    after = calendar_of(day + timedelta(days=later), before.first_day)
    if after.today <= before.last_day - timedelta(days=21):
        assert after.first_day == before.first_day
    elif after.today <= before.last_day:
        assert after.first_day == before.last_day + timedelta(days=1), "written ahead"
    else:
        assert after.first_day <= after.today <= after.last_day
    assert after.first_day == before.first_day or after.first_day.weekday() == 0


@given(days)
def test_a_term_is_named_by_its_school_year(day: date) -> None:
    name, name_en = Calendar(day, day).names
    years = name.split(" ")[0]
    first, second = map(int, years.split("–"))
    assert second == first + 1
    assert first <= day.year <= second
    assert ("第一学期" in name) == ("autumn" in name_en)
    assert name_en.startswith(years)


# A thin past


def acts(day: date = TODAY, lessons: int = 4) -> list[Any]:
    plan = paper_city().class_of("yinxing", 2)
    return list(_class_day(plan, day, air(day, lessons)))


def test_a_thin_day_is_the_same_whenever_it_is_told_and_no_act_is_told_twice() -> None:
    first, again = acts(), acts()
    assert first == again
    assert len({act.uid for act in first}) == len(first)
    assert not {act.uid for act in first} & {act.uid for act in acts(TODAY - timedelta(days=1))}


def test_a_day_with_nothing_on_air_has_no_acts() -> None:
    assert list(_class_day(paper_city().class_of("yinxing", 2), TODAY, ())) == []


def test_who_watched_signed_in_first_and_opened_what_was_watched() -> None:
    plan = paper_city().class_of("yinxing", 2)
    by_pupil: dict[int, list[Any]] = {}
    for act in acts():
        by_pupil.setdefault(act.actor_id, []).append(act)
    assert set(by_pupil) <= set(plan.pupils)
    assert len(by_pupil) > 0.8 * len(plan.pupils)
    for done in by_pupil.values():
        assert done[0].verb == Verb.SIGNED_IN
        opened = [act.lesson_id for act in done if act.verb == Verb.OPENED]
        watched = [act.lesson_id for act in done if act.verb == Verb.PROGRESSED]
        assert opened == watched
        assert len(set(opened)) == len(opened) <= 2
        own = [act for act in done if act.verb in {Verb.PRESENT, Verb.PLAN_TICKED}]
        assert bool(opened) != bool(own), "the city's lessons, or work of the own class"
    for act in acts():
        assert (act.class_id, act.school_id) == (plan.id, plan.school_id)
        assert (300 <= act.seconds <= 1100) == (act.verb == Verb.PROGRESSED)


def test_few_come_at_the_weekend_and_a_short_day_is_no_trouble() -> None:
    saturday = TODAY + timedelta(days=3)
    school_day = {act.actor_id for act in acts()}
    weekend = {act.actor_id for act in acts(saturday)}
    assert 0 < len(weekend) < 0.6 * len(school_day)
    assert {act.lesson_id for act in acts(lessons=1)} <= {0, 1}


# The week


@given(st.integers(1, 9), days)
def test_every_day_has_periods_that_the_bells_know(grade: int, day: date) -> None:
    found = periods(grade, day)
    assert list(found) == sorted(set(found))
    assert set(found) <= set(BELLS) == set(LATE)
    assert len(found) == 3 if day.weekday() >= 5 else len(found) >= 4
    assert len(periods(9, day)) >= len(periods(3, day)) >= len(periods(1, day))


@given(st.integers(0, 200), days)
def test_every_subject_is_asked_once_a_day_and_each_comes_to_be_the_first(
    number: int, day: date
) -> None:
    order = _subjects(number, day)
    assert sorted(order) == sorted(MAIN + MORE)
    assert order[0] in (MORE if day.weekday() >= 5 else MAIN)
    for subjects in (MAIN, MORE):
        firsts = {_turned(subjects, number + n)[0] for n in range(len(subjects))}
        assert firsts == set(subjects)


@pytest.mark.parametrize("bells", [BELLS, LATE])
def test_bells_follow_each_other_with_a_pause(bells: dict[int, Any]) -> None:
    line = [bells[number] for number in sorted(bells)]
    assert all(starts < ends for starts, ends in line)
    for (_starts, ends), (following, _ends) in pairwise(line):
        assert ends < following


def test_one_teacher_of_all_subjects_is_never_in_two_classes() -> None:
    shared = dict.fromkeys(HOURS, 1)
    weeks = timetable({10: shared, 11: shared}, "x")
    assert not set(weeks[10]) & set(weeks[11])
    assert len(weeks[10]) + len(weeks[11]) <= 30
    assert timetable({}, "x") == {}


# Names and numbers


@given(st.integers())
def test_a_child_has_the_familys_name_and_a_mother_another(seed: int) -> None:
    dice = Random(seed)
    family = names.surname(dice)
    assert family in names.SURNAMES
    assert names.child(dice, family).startswith(family)
    assert names.adult(dice, family).startswith(family)
    other = _other(dice.random(), family)
    assert other != family
    assert other in names.SURNAMES


@given(st.integers(0, 25_000_000), st.integers(0, 25_000_000))
def test_a_class_code_has_six_letters_that_nobody_misreads(first: int, second: int) -> None:
    code = _code(first)
    assert len(code) == 6
    assert set(code[1:]) <= set(LETTERS)
    assert not set(LETTERS) & set("01IOU")
    if first % len(LETTERS) ** 5 != second % len(LETTERS) ** 5:
        assert code != _code(second)


@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=30),
    st.integers(0, 5000),
    st.integers(0, 900),
)
def test_shares_leave_nobody_over(schools: list[int], pupils: int, teachers: int) -> None:
    left = Shares(sum(schools), pupils, teachers)
    taken = [left.take(classes) for classes in schools]
    assert [len(sizes) for sizes, _teachers in taken] == schools
    assert sum(size for sizes, _teachers in taken for size in sizes) == pupils
    assert sum(staff for _sizes, staff in taken) == teachers
    assert (left.classes, left.pupils, left.teachers) == (0, 0, 0)
    sizes = [size for found, _teachers in taken for size in found]
    assert max(sizes) - min(sizes) <= 1
    assert CLASSES > 40


def test_chance_has_a_stream_for_each_thing() -> None:
    assert rng("a", 1).random() == rng("a", 1).random()
    assert len({rng(*about).random() for about in [("a", 1), ("a", 2), ("b", 1), ("a1",)]}) == 4


# The cast


def test_everybody_of_the_cast_has_a_place_of_their_own() -> None:
    assert len({part.key for part in CAST}) == len({part.login for part in CAST}) == len(CAST)
    assert len({part.name for part in CAST}) == len(CAST)
    codes = {school.code for school in SCHOOLS}
    for part in CAST:
        assert part.seat[0] in {"", *codes}
        assert part.teaches[0] in {"", *codes}
        assert (part.kind == Kind.PUPIL) == bool(part.seat[0]) == bool(part.animal)
        assert part.totp == (part.kind == Kind.STAFF)
        assert set(part.children) <= {other.key for other in CAST if other.kind == Kind.PUPIL}
        assert not part.animal or part.animal in ANIMALS
    seats = [part.seat for part in CAST if part.seat[0]]
    assert set(SHOWN) <= set(seats)
    assert set(PICTURES) <= set(PICTURE_KEYS)


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda visitor: visitor.key)
def test_a_visitor_is_offered_one_way_in_and_never_both(visitor: Any) -> None:
    city = paper_city()
    told = visitor_of(visitor, city)
    person = next(row for row in city.roster.persons if row.id == told["person_id"])
    assert told["login"] == person.login
    if visitor.way == "child":
        assert (told["password"], told["pictures"]) == ("", list(PICTURES))
        assert told["code"] in {row.code for row in city.roster.classes}
    else:
        assert (told["password"], told["pictures"], told["code"]) == (PASSWORD, [], "")
    assert told["totp"] in {"", TOTP}
    assert part_of(visitor.key, city).name == person.name
    assert visitor.note_en.isascii()


def test_the_visitors_file_is_whole_or_the_old_one(tmp_path: Path) -> None:
    visitors_write(tmp_path, paper_city())
    visitors_write(tmp_path, paper_city())
    told = json.loads((tmp_path / "demo.json").read_text(encoding="utf-8"))
    assert [row["key"] for row in told] == [visitor.key for visitor in VISITORS]
    assert [path.name for path in tmp_path.iterdir()] == ["demo.json"]


# State


@given(st.integers(1, 10**9), days, days, st.text(alphabet="abc 0123", max_size=30))
def test_the_state_is_read_as_it_was_kept(
    tmp_path_factory: pytest.TempPathFactory, first: int, since: date, term: date, written: str
) -> None:
    folder = tmp_path_factory.mktemp("state")
    assert state_read(folder) is None
    state = State("school", (first, 2, 3), since.isoformat(), term.isoformat(), written)
    state_write(folder, state)
    assert state_read(folder) == state
    assert state.term == term
    assert stamp(since) == stamp(since)
    assert (stamp(since) == stamp(term)) == (since == term)


# Data files


@pytest.mark.parametrize("line", ["没有英文", " = English", "中文 = ", "中文=English", ""])
def test_a_title_needs_both_languages(line: str) -> None:
    with pytest.raises(ValueError, match="Chinese = English"):
        _title(line)


def test_units_of_a_grade_are_numbered_as_they_come() -> None:
    places: dict[int, int] = {}
    found = [
        _unit("maths", line, places)
        for line in ("3 面积 = Area: 一 = One; 二 = Two", "4 角 = Angles: 三 = Three",
                     "3 周长 = Perimeter: 四 = Four")
    ]  # fmt: skip
    assert [unit.code for unit in found] == ["maths.3.1", "maths.4.1", "maths.3.2"]
    assert found[0].lessons == (Title("一", "One"), Title("二", "Two"))


@pytest.mark.parametrize("grade", ["x", "", "三"])
def test_a_unit_without_a_grade_is_refused(grade: str) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        _unit("maths", f"{grade} 面积 = Area: 一 = One", {})


@pytest.mark.parametrize(
    ("text", "key"),
    [("*甲 = A; 乙 = B", ("A",)), ("甲 = A; *乙 = B; 丙 = C", ("B",))],
)
def test_the_option_with_a_star_is_right_and_loses_its_star(
    text: str, key: tuple[str, ...]
) -> None:
    options, found = _options(text)
    assert found == key
    assert [o["id"] for o in options] == list("ABCD")[: len(options)]
    assert not any("*" in o["text"] for o in options)


@pytest.mark.parametrize("text", ["甲 = A; 乙 = B", "*甲 = A; *乙 = B", "*甲", "*甲=A"])
def test_options_without_exactly_one_right_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"exactly one|Chinese = English"):
        _options(text)


def test_a_line_of_tasks_has_all_its_parts() -> None:
    task = _task("g1 | 0.5 | number | 一加一 | One plus one | 2 | 数一数 | Count", 3)
    assert (task.film, task.share, task.question.code) == ("g1", 0.5, "film.g1.3")
    assert (task.question.key, task.question.options) == (("2",), ())
    for line in ("g1 | 0.5 | number | 一加一", "g1 | x | number | a | b | 2 | c | d",
                 "g1 | 0.5 | song | a | b | 2 | c | d"):  # fmt: skip
        with pytest.raises(ValueError, match=r"values|convert|valid"):
            _task(line, 0)


@given(st.text(max_size=60))
def test_a_plain_text_holds_no_formula_and_is_plain_already(text: str) -> None:
    found = plain(text)
    assert not set(found) & set("\\^_{}$")
    assert found == found.strip()
    assert plain(found) == found


# The film program, heard line by line


def heard(lines: list[str], status: int = 0, words: str = "") -> Films:
    films = object.__new__(Films)
    films.shares, films._told = {"a": 0.0, "b": 0.0}, SimpleQueue()
    films._process = SimpleNamespace(  # type: ignore[assignment]
        stdout=[line + "\n" for line in lines], stderr=io.StringIO(words), wait=lambda: status
    )
    films._listen()
    return films


def said(film: str, share: float, stage: str) -> str:
    return json.dumps({"film": film, "share": share, "stage": stage})


def test_films_are_given_as_they_finish_and_noise_is_passed_over() -> None:
    films = heard(
        ["warning: a font", said("a", 0.5, "draw"), "[]", '{"film": "b"}', said("b", 1, "done"),
         said("a", 1, "encode"), said("a", 1, "kept")]
    )  # fmt: skip
    assert list(films.finished()) == ["b", "a"]
    assert films.share == 1


def test_what_finished_before_the_program_failed_is_given_first() -> None:
    films = heard([said("a", 1, "done"), said("b", 0.5, "draw")], 1, "x" * 900 + " no disk")
    found = films.finished()
    assert next(found) == "a"
    assert films.share == 0.75
    with pytest.raises(NotFilmed, match="no disk") as failed:
        list(found)
    assert len(str(failed.value)) == 600


def test_the_past_of_the_calendar_ends_today() -> None:
    assert CALENDAR.past[-1] == TODAY
    assert CALENDAR.today == TODAY
