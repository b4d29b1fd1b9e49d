"""What the demo says that pupils answered: before any row is written."""

import io
import tempfile
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from yunke.base.clock import now, today
from yunke.craft.formats.mp4 import shape
from yunke.craft.marking.items import ChoiceKey, NumberKey, item_from_json
from yunke.craft.marking.marks import mark
from yunke.demo.drills import CLASSES, MIDDLE, expression_of
from yunke.demo.exams import ASKED, FORGOT
from yunke.demo.exams import _answers as exam_answers
from yunke.demo.practice import DAYS, FILM, _answers, _draft, _given, _texts, _when, film_of
from yunke.demo.state import State, state_read, state_write
from yunke.demo.tests.makers import paper_city

each_class = pytest.mark.parametrize("drills", CLASSES, ids=lambda one: str(one.grade))


def told_of(drills: Any) -> list[Any]:
    plan = paper_city().class_of(*drills.seat)
    return list(_answers(plan, drills, list(range(1, 11))))


# Questions


@each_class
def test_a_question_is_marked_right_by_its_own_key_and_wrong_by_every_other_answer(
    drills: Any,
) -> None:
    for number, told in enumerate(drills.sums):
        item = item_from_json(_draft(drills, number).item)
        texts = _texts(told)

        def given_as(text: str, number: int = number, texts: list[str] = texts) -> str:
            return text if number in drills.typed else "ABCD"[texts.index(text)]

        assert mark(item, given_as(told.key)).score == item.points, told.stem
        for text, _cause in told.wrong:
            assert mark(item, given_as(text)).score == 0, (told.stem, text)


@each_class
def test_typed_sums_are_numbers_with_their_sum_and_the_others_are_chosen(drills: Any) -> None:
    for number, told in enumerate(drills.sums):
        draft = _draft(drills, number)
        key = item_from_json(draft.item).key
        if number in drills.typed:
            assert isinstance(key, NumberKey)
            assert key.expression == expression_of(told.stem)
        else:
            assert isinstance(key, ChoiceKey)
            assert [option.id for option in key.options] == list("ABCD")
            causes = {option.text: option.cause for option in key.options}
            assert causes.pop(told.key) == ""
            assert causes == dict(told.wrong)
        assert draft.grade == drills.grade
        assert draft.points == (drills.points[told.point].code,)


def test_no_two_questions_of_the_demo_have_one_code() -> None:
    codes = [_draft(drills, n).code for drills in CLASSES for n in range(len(drills.sums))]
    assert len(set(codes)) == len(codes)


@each_class
def test_the_place_of_the_right_answer_betrays_nothing(drills: Any) -> None:
    """Sorted by length and then as text: the key is not always at one letter."""
    places = {
        _texts(told).index(told.key)
        for number, told in enumerate(drills.sums)
        if number not in drills.typed
    }
    assert len(places) > 1


# Answers


@each_class
def test_every_pupil_answers_three_questions_on_nine_days(drills: Any) -> None:
    by_pupil: dict[int, list[Any]] = defaultdict(list)
    for one in told_of(drills):
        by_pupil[one.person_id].append(one)
    plan = paper_city().class_of(*drills.seat)
    assert set(by_pupil) == set(plan.pupils)
    for answers in by_pupil.values():
        assert len(answers) == 27
        assert len({one.at.date() for one in answers}) == 9
        assert [one.at.date() for one in answers] == sorted(one.at.date() for one in answers)


@each_class
def test_no_answer_has_the_number_of_another_or_of_a_room_below(drills: Any) -> None:
    refs = [one.ref for one in told_of(drills)]
    assert len(set(refs)) == len(refs)
    assert max(refs) < 0


def test_no_two_classes_share_a_number() -> None:
    refs = [one.ref for drills in CLASSES for one in told_of(drills)]
    assert len(set(refs)) == len(refs)


@each_class
def test_answers_lie_in_finished_days_and_in_no_night(drills: Any) -> None:
    for one in told_of(drills):
        assert one.at <= now()
        assert timedelta(0) < today() - one.at.astimezone(now().tzinfo).date() + timedelta(1)
        assert (now() - one.at).days <= DAYS


@each_class
def test_right_answers_have_no_cause_and_the_same_answers_come_every_time(drills: Any) -> None:
    told = told_of(drills)
    assert all(not one.causes for one in told if one.right)
    assert any(one.causes for one in told if not one.right)
    assert [(one.value, one.right) for one in told] == [
        (one.value, one.right) for one in told_of(drills)
    ]


@each_class
def test_who_practises_errs_less(drills: Any) -> None:
    told = told_of(drills)
    by_pupil: dict[int, list[bool]] = defaultdict(list)
    for one in told:
        by_pupil[one.person_id].append(one.right)
    first = sum(sum(one[:9]) for one in by_pupil.values())
    last = sum(sum(one[-9:]) for one in by_pupil.values())
    assert last > first * 1.1


@given(st.integers(0, 9), st.integers(0, 3), st.integers(1, 30), st.integers())
def test_a_given_answer_is_the_key_or_one_of_the_known_errors(
    number: int, weak: int, tries: int, seed: int
) -> None:
    told = MIDDLE.sums[number]
    value, right, cause = _given(MIDDLE, number, weak, [tries] * 4, Random(seed))
    text = value if number in MIDDLE.typed else _texts(told)["ABCD".index(value)]
    assert right == (text == told.key)
    assert cause == dict(told.wrong).get(text, "")


@given(st.integers(0, 40), st.integers())
def test_nobody_answers_in_the_future(days: int, seed: int) -> None:
    assert _when(days, Random(seed)) <= now()


# An explanation


@pytest.mark.parametrize(
    "drills", [one for one in CLASSES if one.film], ids=lambda one: one.film[0]
)
def test_an_explanation_is_drawn_and_becomes_a_film(drills: Any) -> None:
    picture = bytes(typst.compile(FILM.format(*drills.film).encode(), format="png", ppi=36))
    with Image.open(io.BytesIO(picture)) as drawn:
        assert drawn.width / drawn.height == pytest.approx(16 / 9, abs=0.01)
        darkest, lightest = drawn.convert("L").getextrema()
    assert darkest < 100 < 230 < lightest, "something is written on it"
    film = film_of(picture)
    found = shape(io.BytesIO(film), len(film))
    assert found.fault == ""


def test_making_a_film_leaves_nothing_behind(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    out = io.BytesIO()
    Image.new("RGB", (320, 180), "white").save(out, "PNG")
    assert film_of(out.getvalue())
    assert not list(tmp_path.iterdir())


# The exam's answers


def test_the_first_pupil_knows_most_and_each_answer_is_the_key_or_a_known_error() -> None:
    rows = sorted(ASKED, key=lambda row: row[0] not in ("choice", "true-false"))

    def right(row: Any, value: Any) -> bool:
        return value == (row[3] in ("对", "true") if row[0] == "true-false" else row[3])

    shares = []
    for seed in range(40):
        dice = Random(seed)
        first, other = exam_answers(dice, 0), exam_answers(dice, 1)
        for row, value in zip(rows, first, strict=True):
            assert right(row, value) or value in (*row[8], False)
        shares.append([
            sum(right(row, value) for row, value in zip(rows, told, strict=True))
            for told in (first, other)
        ])  # fmt: skip
    assert sum(first for first, _other in shares) > sum(other for _first, other in shares)


def test_the_error_that_is_asked_about_is_one_that_pupils_make() -> None:
    assert any(FORGOT in row[8] for row in ASKED)


# A city of before


def test_a_state_without_an_edition_is_of_the_first_plan(tmp_path: Path) -> None:
    (tmp_path / "demo.state").write_text(
        '{"scale": "school", "ids": [1, 2, 3], "since": "2026-11-21", '
        '"first_day": "2026-09-14", "written": "x"}'
    )
    found = state_read(tmp_path)
    assert found == State("school", (1, 2, 3), "2026-11-21", "2026-09-14", "x", edition=1)
    state_write(tmp_path, State("school", (1, 2, 3), "2026-11-21", "2026-09-14", edition=2))
    again = state_read(tmp_path)
    assert again is not None
    assert again.edition == 2
