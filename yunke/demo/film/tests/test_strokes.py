"""Stroke data: the order is the data's, the outlines are inside the box."""

from __future__ import annotations

import json

import pytest

from yunke.demo.film import strokes
from yunke.demo.film.hand import Cell, Hand, Steps, readings_of
from yunke.demo.film.look import PAPER
from yunke.demo.film.marks import Pen
from yunke.demo.film.strokes import bent, outline_points, strokes_of


def pens_of(item: Hand | Cell | Steps) -> list[Pen]:
    return [mark for mark in item.marks(PAPER) if isinstance(mark, Pen) and mark.kind == "stroke"]


@pytest.mark.parametrize("char", "十永春森鹅")
def test_strokes_follow_the_order_of_the_data(char: str) -> None:
    data = json.loads((strokes.home() / f"{char}.json").read_text(encoding="utf-8"))
    pens = pens_of(Hand(char, 0, 0, 1024))
    assert len(pens) == len(data["strokes"])
    for pen, median in zip(pens, data["medians"], strict=True):
        expected = [(x, 900 - y) for x, y in median]
        assert [pytest.approx(p) for p in pen.path] == expected


def test_a_stroke_is_clipped_by_its_own_outline() -> None:
    for pen, stroke in zip(pens_of(Hand("水", 100, 50, 200)), strokes_of("水"), strict=True):
        expected = [(100 + x * 200, 50 + y * 200) for x, y in stroke.outline]
        assert [pytest.approx(p) for p in pen.outline] == expected


def test_all_medians_start_inside_the_character_box() -> None:
    for char in "日月水火":
        for stroke in strokes_of(char):
            assert all(-0.1 <= value <= 1.1 for value in stroke.median[0])


def test_an_unknown_character_has_no_strokes_and_cannot_be_written() -> None:
    assert strokes_of("☃") == ()
    with pytest.raises(KeyError):
        pens_of(Hand("☃", 0, 0))


def test_missing_stroke_data_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUNKE_NODE_MODULES", "/nowhere")
    strokes_of.cache_clear()
    with pytest.raises(FileNotFoundError, match="npm ci"):
        strokes_of("日")
    strokes_of.cache_clear()


def test_a_curve_starts_and_ends_on_its_outer_points() -> None:
    curve = bent([(0, 0), (5, 10), (10, 0)])
    assert curve[0] == (0, 0)
    assert curve[-1] == (10, 0)
    assert max(y for _, y in curve) == pytest.approx(5, abs=0.3)


def test_one_point_is_not_bent() -> None:
    assert bent([(1, 2)]) == [(1, 2)]


def test_an_outline_is_read_from_lines_and_curves() -> None:
    points = outline_points("M 0 900 L 1024 900 Q 1024 0 1024 -124 Z")
    assert points[0] == (0, 0)
    assert points[1] == (1, 0)
    assert points[-1] == pytest.approx((1, 1))


def test_steps_show_one_more_stroke_in_every_copy() -> None:
    pens = pens_of(Steps("日", 0, 0))
    assert len(pens) == 1 + 2 + 3 + 4
    accent = [pen for pen in pens if pen.colour == PAPER.colour("accent")]
    assert [pen.frames > 0 for pen in accent] == [True] * 4
    assert all(pen.frames == 0 for pen in pens if pen not in accent)


def test_the_square_is_drawn_before_the_character() -> None:
    kinds = [mark.kind for mark in Cell("日", 100, 100).marks(PAPER)]
    assert kinds == sorted(kinds, key=["grid", "print", "stroke"].index)


def test_readings_are_given_for_characters_only() -> None:
    assert readings_of("明月，a") == ["míng", "yuè", "", ""]


def test_a_line_goes_on_where_it_ended() -> None:
    first = Hand("1 +", 100, 200, 80)
    second = first.then("2")
    assert second.x > first.x + first.width()
    assert (second.y, second.size, second.colour) == (200, 80, "accent")
