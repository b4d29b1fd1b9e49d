"""The record of what happened: lines, questions, provenance."""

from __future__ import annotations

import pytest

from yunke.demo.film.look import PAPER
from yunke.demo.film.marks import Patch, Pen
from yunke.demo.film.script import Lesson, Page
from yunke.demo.film.tests.makers import FILM
from yunke.demo.film.timeline import Drawn, Leaf, Plan
from yunke.demo.film.truth import (
    element_of,
    limited,
    line_of,
    pages_of,
    provenance_of,
    questions_of,
    rounded,
    truth_of,
    voices_of,
)
from yunke.demo.film.values import FPS, HEIGHT, WIDTH, Turn

LESSON = Lesson(FILM, (Page("页", "Page", ()),))


def pen(at: int, frames: int = 3, x: float = 100.0, item: int = 0) -> Drawn:
    mark = Pen("月", ((x, 100), (x + 50, 100)), 4, PAPER.colour("ink"), frames)
    return Drawn(mark, at, 0, item, 0)


def turn(
    start: float, end: float, who: str, question: bool = False, kind: str = "synthetic"
) -> Turn:
    role = "teacher" if who == "lin" else "pupil"
    return Turn(start, end, who, role, kind, "话", "words", "a source", question)


def test_an_element_ends_on_the_frame_that_completes_it() -> None:
    record = element_of(pen(20, 3))
    assert (record["start_frame"], record["end_frame"]) == (20, 22)
    assert (record["start"], record["end"]) == (20 / FPS, 22 / FPS)


def test_a_mark_of_one_frame_starts_and_ends_together() -> None:
    assert element_of(pen(7, 1))["end_frame"] == 7
    assert element_of(pen(7, 0))["end_frame"] == 7


def test_a_slide_is_told() -> None:
    mark = Patch("apple", 10, 10, 20, 20, lambda _: None, 5, slide=(30, 0))  # type: ignore[arg-type,return-value]
    assert element_of(Drawn(mark, 0, 0, 0, 0))["slide"] == (30, 0)
    assert "slide" not in element_of(pen(0))


def test_boxes_stay_on_the_board() -> None:
    mark = Pen("", ((-20, -20), (WIDTH + 20, HEIGHT + 20)), 4, (0, 0, 0), 1)
    assert limited(Drawn(mark, 0, 0, 0, 0)) == [0, 0, WIDTH, HEIGHT]


def test_a_line_spans_its_marks() -> None:
    record = line_of(0, "月", "Hand", [pen(10), pen(14, x=300)])
    assert record["start"] == 1.0
    assert record["end"] == 1.6
    assert record["box"][0] < 100
    assert record["box"][2] > 350


def test_pages_list_only_lines_that_were_drawn() -> None:
    leaf = Leaf(0, 40, "页", "Page", ((0, "月", "Hand"), (1, "", "Line")))
    (page,) = pages_of(Plan(drawn=[pen(5, item=0)], leaves=[leaf]))
    assert [line["item"] for line in page["lines"]] == [0]
    assert (page["start_frame"], page["end_frame"], page["end"]) == (0, 40, 4.0)


def test_a_question_knows_who_answered_and_when() -> None:
    plan = Plan(turns=[turn(0, 1, "lin", True), turn(4, 5, "dami")])
    (question,) = questions_of(plan)
    assert question["answered_by"] == "dami"
    assert question["wait"] == 3
    assert question["end"] == 1


def test_the_last_question_has_no_answer() -> None:
    (question,) = questions_of(Plan(turns=[turn(0, 1, "lin", True)]))
    assert "answered_by" not in question


@pytest.mark.parametrize("turns", [[], [turn(0, 1, "lin")]])
def test_no_questions_no_record(turns: list[Turn]) -> None:
    assert questions_of(Plan(turns=turns)) == []


def test_complete_voices_need_no_note() -> None:
    assert voices_of(Plan()) == {"complete": True, "note": ""}


def test_missing_voices_are_counted_and_explained() -> None:
    record = voices_of(Plan(silent=4))
    assert record["complete"] is False
    assert record["silent_sentences"] == 4
    assert "espeak-ng" in record["note"]


def parts_of(plan: Plan) -> set[str]:
    return {part["part"] for part in provenance_of(plan)}


def test_voices_are_named_only_where_heard() -> None:
    assert not {"synthetic voices", "recorded voices"} & parts_of(Plan())
    assert "synthetic voices" in parts_of(Plan(turns=[turn(0, 1, "lin")]))
    recorded = turn(0, 1, "voice-0053", kind="recorded")
    assert "recorded voices" in parts_of(Plan(turns=[recorded]))


def test_recorded_sources_are_listed_once() -> None:
    turns = [turn(i, i + 1, "voice-0053", kind="recorded") for i in range(3)]
    (part,) = [p for p in provenance_of(Plan(turns=turns)) if p["part"] == "recorded voices"]
    assert part["source"].count("a source") == 1


def test_times_are_rounded() -> None:
    assert rounded({"start": 1.23456789, "text": "月"}) == {"start": 1.2346, "text": "月"}


def test_the_record_says_how_to_read_it() -> None:
    record = truth_of(LESSON, Plan(frames=30), "abc")
    assert record["stamp"] == "abc"
    assert record["fps"] == FPS
    assert record["seconds"] == 3.0
    assert (record["width"], record["height"]) == (WIDTH, HEIGHT)
    assert "exclusive" in record["convention"]
    assert record["film"]["slug"] == FILM.slug
    assert record["floating"]["cursor_radius"] > 0
