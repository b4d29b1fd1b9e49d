"""The catalogue of films, and the command that makes them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from yunke.demo.film import Film, films
from yunke.demo.film import __main__ as command
from yunke.demo.film.making import HERE, Tell, remove_leftovers, stamp_of
from yunke.demo.film.script import TEACHER, Lesson
from yunke.demo.film.scripts import LESSONS
from yunke.demo.film.timeline import planned
from yunke.demo.film.truth import truth_of
from yunke.demo.film.values import HEIGHT, WIDTH, Made


def test_grades_are_covered() -> None:
    count = Counter(film.grade for film in films())
    assert all(count[grade] >= 2 for grade in range(1, 7))
    assert all(count[grade] >= 1 for grade in range(7, 10))


def test_the_first_grade_has_three_subjects() -> None:
    assert {f.subject for f in films() if f.grade == 1} == {"chinese", "maths", "english"}


def test_slugs_are_unique_and_have_a_script() -> None:
    slugs = [film.slug for film in films()]
    assert len(slugs) == len(set(slugs)) >= 14
    for slug in slugs:
        assert (HERE / "scripts" / f"{slug.replace('-', '_')}.py").exists()


def test_every_film_names_its_knowledge_points() -> None:
    for film in films():
        assert len(film.points) >= 3
        assert film.subject in {"chinese", "maths", "english", "science"}
        assert all((film.title_zh, film.title_en, film.unit_zh, film.unit_en))


def test_three_old_poems_are_there() -> None:
    assert "古诗三首" in {film.title_zh for film in films()}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.film.slug)
def test_a_lesson_is_whole(lesson: Lesson) -> None:
    plan = planned(lesson)
    assert 110 <= plan.frames / 10 <= 360
    assert sum(turn.question for turn in plan.turns) >= 3
    assert {turn.role for turn in plan.turns} == {"teacher", "pupil"}
    for drawn in plan.drawn:
        left, top, right, bottom = drawn.mark.box()
        assert left >= 20
        assert top >= 60
        assert right <= WIDTH - 10
        assert bottom <= HEIGHT - 50


def test_pupils_wait_is_recorded_for_questions() -> None:
    lesson = LESSONS[0]
    truth = truth_of(lesson, planned(lesson), "x")
    waits = [question["wait"] for question in truth["questions"] if "wait" in question]
    assert waits
    assert max(waits) > 2.5


def test_teachers_ask_most_questions() -> None:
    beats = [b for lesson in LESSONS for page in lesson.pages for b in page.beats if b.question]
    assert sum(b.who == TEACHER for b in beats) > len(beats) / 2


def test_a_stamp_belongs_to_one_film() -> None:
    stamps = {stamp_of(film.slug) for film in films()}
    assert len(stamps) == len(films())
    assert stamp_of(films()[0].slug) == stamp_of(films()[0].slug)


def test_an_unknown_film_is_refused_with_a_list() -> None:
    with pytest.raises(SystemExit, match="g1-sun-moon"):
        command.chosen(["nothing"])


def test_only_the_named_films_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def made(film: Film, out: Path, tell: Tell) -> Made:
        tell(film.slug, "done", 1.0, 0.123)
        return Made(film, out / film.slug, 1.0, 1, True)

    monkeypatch.setattr(command, "make", made)
    assert command.main([str(tmp_path), "--only", "g1-sun-moon", "--jobs", "1"]) == 0
    line = json.loads(capsys.readouterr().out)
    assert line == {"film": "g1-sun-moon", "stage": "done", "share": 1.0, "seconds": 0.12}


def test_scratch_of_a_broken_run_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".g1-sun-moon-abc").mkdir()
    (tmp_path / "g1-sun-moon").mkdir()
    remove_leftovers(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["g1-sun-moon"]
