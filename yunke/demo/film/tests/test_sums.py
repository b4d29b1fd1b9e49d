"""Maths figures say what they show, and columns carry where they must."""

from __future__ import annotations

import pytest

from yunke.demo.film.figures import Area, Line
from yunke.demo.film.look import PAPER
from yunke.demo.film.marks import Pen
from yunke.demo.film.sums import Bar, Column, Fraction, NumberLine, column_steps


@pytest.mark.parametrize(
    ("first", "second", "sign"),
    [(27, 35, "+"), (59, 41, "+"), (999, 1, "+"), (52, 27, "-"), (100, 1, "-")],
)
def test_column_steps_give_the_answer(first: int, second: int, sign: str) -> None:
    digits = "".join(digit for digit, _ in reversed(column_steps(first, second, sign)))
    assert int(digits) == (first + second if sign == "+" else first - second)


def test_a_carry_is_marked_where_it_happens() -> None:
    assert column_steps(27, 35, "+") == [("2", True), ("6", False)]
    assert [moved for _, moved in column_steps(59, 41, "+")] == [True, True, False]
    assert [moved for _, moved in column_steps(12, 13, "+")] == [False, False]


def test_a_borrowing_is_marked_too() -> None:
    assert column_steps(52, 27, "-")[0] == ("5", True)


def test_a_column_writes_digits_rule_and_carry() -> None:
    column = Column(400, 100, 27, 35)
    assert column.text == "27+35=62"
    accent = PAPER.colour("accent")
    pens = [mark for mark in column.marks(PAPER) if isinstance(mark, Pen)]
    assert [pen.text for pen in pens if pen.colour == accent] == ["1"]
    assert [p.text for p in pens if p.kind == "stroke" and p.colour != accent][-1] == "6"


def test_a_subtraction_puts_a_dot() -> None:
    accent = PAPER.colour("accent")
    dots = [
        m for m in Column(400, 100, 52, 27, "-").marks(PAPER) if getattr(m, "colour", 0) == accent
    ]
    assert len(dots) == 1


def test_a_number_line_knows_where_a_value_stands() -> None:
    axis = NumberLine(100, 300, -5, 5, 90)
    assert axis.at(-5) == 100
    assert axis.at(0) == 550
    labels = "".join(m.text for m in axis.marks(PAPER) if m.kind == "stroke")
    assert "−" in labels
    assert axis.text == "-5…5"


def test_a_bar_colours_what_is_taken() -> None:
    bar = Bar(0, 0, 400, 80, 8, 3)
    assert bar.text == "3/8"
    assert sum(type(mark).__name__ == "Patch" for mark in bar.marks(PAPER)) == 3


def test_a_fraction_is_written_line_first_then_the_lower_number() -> None:
    marks = list(Fraction(100, 100, "1", "4").marks(PAPER))
    assert marks[0].kind == "figure"
    assert marks[1].text == "4"
    assert marks[-1].text == "1"
    assert Fraction(0, 0, "1", "4").text == "1/4"


def test_a_dashed_line_is_many_short_ones() -> None:
    marks = list(Line(((0, 0), (300, 0)), dash=10, name="axis").marks(PAPER))
    assert len(marks) > 10
    assert {mark.text for mark in marks} == {"axis"}


def test_a_line_takes_longer_the_longer_it_is() -> None:
    (short,) = Line(((0, 0), (60, 0))).marks(PAPER)
    (long,) = Line(((0, 0), (900, 0))).marks(PAPER)
    assert long.frames > short.frames


def test_an_area_is_called_by_its_name() -> None:
    area = Area(((0, 0), (10, 0), (10, 10)), name="a slice")
    (mark,) = area.marks(PAPER)
    assert area.text == mark.text == "a slice"
