"""The demo's calendar, catalogue, week and questions, before any row is written."""

from collections import Counter
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from yunke.demo import questions
from yunke.demo.anchor import WEEKS, Calendar, calendar_of
from yunke.demo.catalogue import Catalogue, Taught
from yunke.demo.curriculum import GRADES, units
from yunke.demo.film import films
from yunke.demo.questions import bank_items, film_tasks, plain
from yunke.demo.week import BELLS, LATE, periods, programme
from yunke.school.library.door import QuestionKind, Subject

SATURDAY = date(2026, 11, 21)
ANY_DAYS = [date(2026, 1, 1), date(2026, 3, 4), SATURDAY, date(2027, 8, 31), date(2028, 2, 29)]


@pytest.mark.parametrize("today", ANY_DAYS)
def test_today_lies_in_the_middle_of_the_term(today: date) -> None:
    term = calendar_of(today)
    assert term.first_day.weekday() == 0
    assert term.last_day.weekday() == 6
    assert 8 * 7 <= (today - term.first_day).days <= (WEEKS - 8) * 7


def test_a_term_goes_on_as_long_as_it_can() -> None:
    first = calendar_of(SATURDAY)
    assert calendar_of(SATURDAY + timedelta(days=30), first.first_day).first_day == first.first_day


def test_the_next_term_begins_after_the_last_one() -> None:
    first = calendar_of(SATURDAY)
    late = first.last_day - timedelta(days=5)
    following = calendar_of(late, first.first_day)
    assert following.first_day == first.last_day + timedelta(days=1)


def test_after_a_long_pause_the_term_is_anchored_anew() -> None:
    year_later = SATURDAY + timedelta(days=365)
    assert calendar_of(year_later, calendar_of(SATURDAY).first_day) == calendar_of(year_later)


def test_a_term_is_named_after_its_season() -> None:
    assert Calendar(date(2026, 9, 14), SATURDAY).names[0] == "2026–2027 学年第一学期"
    assert Calendar(date(2027, 2, 22), SATURDAY).names == (
        "2026–2027 学年第二学期",
        "2026–2027, spring term",
    )


def test_three_weeks_of_past_end_today() -> None:
    past = calendar_of(SATURDAY).past
    assert (len(past), past[-1]) == (21, SATURDAY)


def test_the_catalogue_has_every_subject_in_every_grade() -> None:
    found = Counter((unit.grade, unit.subject) for unit in units())
    assert set(found) == {(g, s.value) for g in GRADES for s in Subject}
    assert sum(len(unit.lessons) for unit in units()) >= 250


def test_units_are_numbered_and_no_title_is_empty_or_doubled() -> None:
    seen = set()
    for unit in units():
        assert unit.title.zh
        assert unit.title.en
        assert unit.lessons
        assert all(lesson.zh and lesson.en for lesson in unit.lessons)
        assert (unit.grade, unit.subject, unit.title.zh) not in seen
        seen.add((unit.grade, unit.subject, unit.title.zh))
    places = Counter((unit.grade, unit.subject, unit.position) for unit in units())
    assert max(places.values()) == 1


def test_titles_are_written_in_their_language() -> None:
    for unit in units():
        for title in (unit.title, *unit.lessons):
            assert not any(ord(letter) > 0x2E80 for letter in title.en), title


def test_a_bad_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for subject in Subject:
        (tmp_path / f"{subject.value}.txt").write_text("# nothing\n")
    (tmp_path / "chinese.txt").write_text("# head\n1 没有英语: 课 = Lesson\n")
    monkeypatch.setattr("yunke.demo.curriculum.DATA", tmp_path)
    with pytest.raises(ValueError, match=r"chinese\.txt, line 2"):
        units()


@cache
def catalogue() -> Catalogue:
    lessons = [
        Taught(number, unit.grade, unit.subject, title.zh)
        for number, (unit, title) in enumerate(
            ((unit, title) for unit in units() for title in unit.lessons), start=1
        )
    ]
    filmed = [
        Taught(9000 + n, film.grade, film.subject, film.title_zh, film.slug)
        for n, film in enumerate(films())
    ]
    return Catalogue(lessons + filmed)


@cache
def air() -> tuple[object, ...]:
    return tuple(programme(1, calendar_of(SATURDAY), catalogue()))


def test_every_grade_has_a_programme_on_every_day_of_the_term() -> None:
    days = Counter((b.grade, b.day) for b in air())  # type: ignore[attr-defined]
    assert len(days) == 9 * 7 * WEEKS
    for (_grade, day), lessons in days.items():
        assert (2 <= lessons <= 3) if day.weekday() >= 5 else (4 <= lessons <= 6)


def test_every_grade_has_a_film_on_every_day_and_as_many_as_fit_today() -> None:
    films_of = {grade: {x.id for x in catalogue().films(grade)} for grade in GRADES}
    assert all(films_of.values()), "each grade has a film"
    shown: dict[tuple[int, date], set[int]] = {}
    for b in air():
        if b.lesson_id in films_of[b.grade]:  # type: ignore[attr-defined]
            shown.setdefault((b.grade, b.day), set()).add(b.lesson_id)  # type: ignore[attr-defined]
    assert len(shown) == 9 * 7 * WEEKS
    for grade in GRADES:
        fit = len(periods(grade, SATURDAY))
        assert len(shown[grade, SATURDAY]) == min(fit, len(films_of[grade]))


def test_no_lesson_comes_twice_a_day_and_no_period_is_used_twice() -> None:
    lessons = Counter((b.grade, b.day, b.lesson_id) for b in air())  # type: ignore[attr-defined]
    slots = Counter((b.grade, b.day, b.period) for b in air())  # type: ignore[attr-defined]
    assert max(lessons.values()) == 1
    assert max(slots.values()) == 1


def test_every_lesson_of_the_catalogue_comes_on_air() -> None:
    shown = {b.lesson_id for b in air()}  # type: ignore[attr-defined]
    assert {lesson.id for lesson in catalogue().lessons} <= shown


def test_only_lessons_of_the_grade_are_on_air() -> None:
    grades = {lesson.id: lesson.grade for lesson in catalogue().lessons}
    assert all(grades[b.lesson_id] == b.grade for b in air())  # type: ignore[attr-defined]


def test_bells_do_not_overlap_and_villages_begin_later() -> None:
    for bells in (BELLS, LATE):
        times = [moment for pair in bells.values() for moment in pair]
        assert times == sorted(times)
    assert all(LATE[period][0] > starts for period, (starts, _ends) in BELLS.items())


def test_every_film_has_two_to_four_tasks_in_both_languages() -> None:
    found = Counter(task.film for task in film_tasks())
    assert set(found) == {film.slug for film in films()}
    assert all(2 <= count <= 4 for count in found.values())
    for task in film_tasks():
        assert 0.1 < task.share < 0.97
        assert task.question.stem_en
        assert task.question.reasoning
        assert task.question.reasoning_en


def test_a_task_has_exactly_one_right_answer() -> None:
    for task in film_tasks():
        assert len(task.question.key) == 1
        if task.question.kind == QuestionKind.CHOICE:
            ids = [option["id"] for option in task.question.options]
            assert task.question.key[0] in ids
            assert len({option["text"] for option in task.question.options}) == len(ids)
            assert not any(option["text"].startswith("*") for option in task.question.options)


def test_a_task_without_a_right_option_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "film | 0.5 | choice | 问 | Ask | 甲 = A; 乙 = B | 因为 | because"
    (tmp_path / "tasks.txt").write_text(f"# head\n{line}\n")
    monkeypatch.setattr(questions, "DATA", tmp_path)
    with pytest.raises(ValueError, match="line 2: exactly one option"):
        film_tasks()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (r"$$36$$ 个，买了 $$4$$ 个", "36 个，买了 4 个"),
        (r"$$125\times \left( 80+8 \right)=$$", "125× ( 80+8 )="),
        (r"$$\frac{3}{4}$$ 和 $$\dfrac{1}{2}$$", "3/4 和 1/2"),
        (r"$$25\div 5$$", "25÷ 5"),
        (r"$$90{}^\circ$$", ""),
        (r"$$90^\circ$$", "90°"),
        (r"$$x_1$$", ""),
        ("看图回答 question_12-image_0", ""),
        ("两  行\n文字", "两 行 文字"),
    ],
)
def test_formulas_as_plain_text(source: str, shown: str) -> None:
    assert plain(source) == shown


def test_the_bank_has_thousands_of_readable_items() -> None:
    items = list(bank_items())
    assert len(items) > 5000
    assert all(item.stem for item in items)
    plain_ones = [item for item in items if "$" not in item.stem]
    assert len(plain_ones) > 7000
    assert all("\\" not in item.stem for item in plain_ones)
    assert all(1 <= len(item.points) <= 6 for item in items)


def test_the_banks_licence_lies_beside_it() -> None:
    assert "MIT License" in (questions.DATA / "xes3g5m.LICENSE").read_text()
