"""Homework, exams, the desk and practice of the demo city: the named people meet in them."""

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from yunke.base.clock import now
from yunke.craft.marking.causes import bugs_giving
from yunke.craft.marking.causes.library import BY_ID
from yunke.demo.cast import BROTHERS, CAST, VISITORS
from yunke.demo.city import City, Secrets, city_of
from yunke.demo.desk import FILLED, GIVEN, desk_write
from yunke.demo.drills import CLASSES, MIDDLE, SMALL, expression_of
from yunke.demo.exams import ASKED, exams_write
from yunke.demo.homework import POEM, homework_write, page_drawn
from yunke.demo.practice import practice_write
from yunke.demo.tests.makers import CALENDAR, TODAY, paper_city, small_city
from yunke.ground.people.door import Role, RosterIds
from yunke.school.attempts.models import Attempt, Photo
from yunke.school.exams.door import exams_of_classes
from yunke.school.exams.models import (
    Appeal,
    DeskPiece,
    Exam,
    MarkGiven,
    ScanPage,
    Sheet,
)
from yunke.school.homework.door import lines_of_classes, mine_of
from yunke.school.homework.models import Desk, Homework, Phrase, Returned, Signature
from yunke.school.library.models import Question
from yunke.school.practice.models import Answered, Drill, ErrorEntry, Explanation

db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.LAKE_ROOT = tmp_path / "lake"
    cache.clear()
    return tmp_path


# Who meets whom


@pytest.mark.parametrize("key", ["head", "teacher", "english"])
def test_the_teachers_of_the_child_teach_her_brother_too(key: str) -> None:
    city = paper_city()
    [part] = [part for part in CAST if part.key == key]
    small, big = city.class_of("yinxing", 1), city.class_of("yinxing", *BROTHERS)
    assert {plan.teachers[part.teaches[1]] for plan in (small, big)} == {city.cast[key]}
    ties = [
        row for row in city.roster.memberships
        if row.class_id == big.id and row.subject == part.teaches[1] and row.role == Role.TEACHER
    ]  # fmt: skip
    assert [row.person_id for row in ties] == [city.cast[key]], "one teacher of a subject"


def test_both_children_have_a_head_teacher_whom_a_visitor_may_be() -> None:
    city = paper_city()
    offered = {city.cast[visitor.key] for visitor in VISITORS}
    for seat in (("yinxing", 1, 1), ("yinxing", 5, 1)):
        assert city.class_of(*seat).head in offered


def test_nobody_teaches_more_for_it() -> None:
    old = city_of(
        RosterIds(1, 1, 1), CALENDAR.first_day, TODAY, Secrets("p", "q", "r"), edition=1
    )  # fmt: skip
    assert lessons_a_teacher(old) == lessons_a_teacher(paper_city())


def lessons_a_teacher(city: City) -> Counter[tuple[int, str]]:
    return Counter(
        (person, subject) for plan in city.classes for subject, person in plan.teachers.items()
    )


def test_a_city_of_before_keeps_its_people_and_its_teachers() -> None:
    ids = RosterIds(1, 1, 1)
    old = city_of(ids, CALENDAR.first_day, TODAY, Secrets("p", "q", "r"), edition=1)
    assert list(old.roster.persons) == list(paper_city().roster.persons)
    big = old.class_of("yinxing", 5)
    assert old.cast["head"] not in big.teachers.values()


# Homework


def test_a_drawn_page_is_a_small_picture_and_no_two_pupils_write_alike(folder: Path) -> None:
    first, second = page_drawn(1), page_drawn(2)
    assert first != second
    assert first == page_drawn(1)
    (folder / "page.jpg").write_bytes(first)
    with Image.open(folder / "page.jpg") as picture:
        assert picture.format == "JPEG"
        assert picture.size[0] < picture.size[1], "upright"
        dark = sum(picture.convert("L").histogram()[:90])
    assert dark > 200 * len("".join(POEM)), "something is written on it"
    assert len(first) < 300_000


@db
def test_homework_stands_in_every_state_and_is_told_once(folder: Path) -> None:
    city = small_city()
    count = homework_write(city)
    assert count == Homework.objects.count() == 7
    stages = {
        key: Counter(str(one.stage.value) for one in mine_of(city.cast[key]))
        for key in ("child", "brother", "junior")
    }
    assert stages["child"] == {"new": 1, "returned": 1}
    assert stages["brother"]["new"] == 1
    assert stages["brother"]["returned"] == 1
    assert stages["brother"].total() == 4
    assert stages["junior"] == {"new": 1}
    signed = Signature.objects.get()
    assert (signed.guardian_id, signed.copy.pupil_id) == (city.cast["mother"], city.cast["brother"])
    assert Photo.objects.count() == 2
    assert all((folder / "media" / photo.file).is_file() for photo in Photo.objects.all())
    assert Desk.objects.count() == 2
    words = set(Desk.objects.values_list("word", flat=True))
    assert "" not in words
    given_back = Returned.objects.get()
    assert given_back.copy.pupil_id == city.cast["brother"], "sums come back by themselves"
    assert set(Phrase.objects.values_list("teacher_id", flat=True)) == {
        city.cast["teacher"], city.cast["head"],
    }  # fmt: skip
    attempts = Attempt.objects.count()
    assert homework_write(city) == 0
    assert Attempt.objects.count() == attempts


@db
def test_homework_is_set_by_the_named_teachers_and_due_in_the_evening(folder: Path) -> None:
    city = small_city()
    homework_write(city)
    big = city.class_of("yinxing", 5)
    setters = set(Homework.objects.filter(class_id=big.id).values_list("teacher_id", flat=True))
    assert setters == {city.cast["head"], city.cast["teacher"]}
    assert all(one.due_at > now() for one in Homework.objects.all())
    assert len(lines_of_classes([big.id])) == 4


# Exams and the desk


def test_every_asked_question_has_wrong_answers_and_a_reason() -> None:
    for kind, stem, options, key, why, point, worth, easy, wrong in ASKED:
        assert key not in wrong, stem
        assert wrong, stem
        assert why, stem
        assert 0 <= point < 3
        assert worth > 0
        assert 0 < easy < 10, "some get it and some do not"
        assert bool(options) == (kind == "choice"), stem


def test_every_filled_sheet_answers_as_much() -> None:
    assert {len(told) for told in FILLED} == {9}
    assert len({tuple(told) for told in FILLED}) == len(FILLED), "no two pupils alike"
    assert any(len(told[3]) > 1 for told in FILLED), "somebody marked two"
    apart = [abs(Fraction(a) - Fraction(b)) for a, b in GIVEN if b is not None]
    assert max(apart) >= 2, "one piece for the arbiter"
    assert any(other is None for _first, other in GIVEN), "one waits for the second marker"


@db
def test_exams_are_released_to_come_and_at_home_and_a_desk_is_half_done(folder: Path) -> None:
    city = small_city()
    assert exams_write(city) == 3
    big = city.class_of("yinxing", 5)
    assert set(Exam.objects.values_list("author_id", flat=True)) == {city.cast["head"]}
    [released] = Exam.objects.filter(released_at__isnull=False)
    assert Attempt.objects.filter(of_id=released.id, of="exam", submitted_at__isnull=False).count()
    sat = set(
        Attempt.objects.filter(of="exam", of_id=released.id).values_list("person_id", flat=True)
    )
    assert city.cast["brother"] in sat
    assert sat == set(big.pupils[:-1]), "one was ill"
    [appeal] = Appeal.objects.all()
    assert "忘了除以 2" in appeal.reason
    assert Exam.objects.filter(starts_at__gt=now()).count() == 2

    assert desk_write(city) == len(FILLED)
    assert len(exams_of_classes([big.id])) == 4
    assert ScanPage.objects.count() >= len(FILLED)
    sheets = Sheet.objects.filter(person_id__in=big.pupils)
    assert sheets.count() >= len(big.pupils)
    markers = set(MarkGiven.objects.values_list("marker_id", flat=True))
    assert markers == {city.cast["head"], city.cast["teacher"]}
    scored = MarkGiven.objects.exclude(score="").count()
    assert scored == sum(1 + (other is not None) for _first, other in GIVEN)
    assert DeskPiece.objects.exclude(id__in=MarkGiven.objects.values("piece_id")).exists()
    assert exams_write(city) == 0
    assert len(exams_of_classes([big.id])) == 4


# Practice


@pytest.mark.parametrize("drills", CLASSES, ids=lambda one: str(one.grade))
def test_a_set_asks_each_thing_once_and_knows_a_right_answer(drills: Any) -> None:
    stems = [told.stem for told in drills.sums]
    assert len(set(stems)) == len(stems) == 10
    assert {told.point for told in drills.sums} == set(range(len(drills.points)))
    for number, told in enumerate(drills.sums):
        texts = [told.key, *(text for text, _cause in told.wrong)]
        assert len(set(texts)) == len(texts), told.stem
        assert len(texts) == 4 or number in drills.typed, told.stem


@pytest.mark.parametrize("drills", CLASSES, ids=lambda one: str(one.grade))
def test_a_named_cause_gives_just_that_answer(drills: Any) -> None:
    """Each error of the demo is one that the library of bugs makes, or says whose words it is."""
    named = 0
    for told in drills.sums:
        for text, cause in told.wrong:
            if cause and not cause.startswith("own:"):
                assert cause in BY_ID, cause
                found = {one.bug.id for one in bugs_giving(expression_of(told.stem), text)}
                assert cause in found, (told.stem, text)
                named += 1
    assert named >= 4


@pytest.mark.parametrize(
    ("stem", "told"),
    [("13 − 7 = ?", "13-7"), ("6.3 ÷ 0.9 = ?", "6.3/0.9"), ("(−3) × (−4) = ?", "(-3)*(-4)")],
)
def test_a_stem_is_read_as_a_sum(stem: str, told: str) -> None:
    assert expression_of(stem) == told


def test_points_are_of_one_name_each() -> None:
    codes = [point.code for drills in CLASSES for point in drills.points]
    assert len(set(codes)) == len(codes)
    assert all(point.en.isascii() for drills in CLASSES for point in drills.points)


@db
def test_every_named_pupil_has_answers_errors_and_a_drill_of_the_own_grade(folder: Path) -> None:
    city = small_city()
    told = practice_write(city)
    assert told == Answered.objects.count()
    for key, drills in zip(("child", "brother", "junior"), CLASSES, strict=True):
        pupil = city.cast[key]
        assert pupil in city.class_of(*drills.seat).pupils
        asked = set(Answered.objects.filter(person_id=pupil).values_list("question_id", flat=True))
        grades = set(Question.objects.filter(id__in=asked).values_list("grade", flat=True))
        assert grades == {drills.grade}
        assert Drill.objects.filter(person_id=pupil).exists()
        assert ErrorEntry.objects.filter(person_id=pupil).exists()
    explained = set(Explanation.objects.values_list("class_id", flat=True))
    assert explained == {city.class_of(*one.seat).id for one in (SMALL, MIDDLE)}
    assert practice_write(city) == 0
    assert Answered.objects.count() == told
