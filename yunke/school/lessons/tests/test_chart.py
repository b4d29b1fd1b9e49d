"""Numbers as pictures: the geometry stays inside its frame."""

from hypothesis import given
from hypothesis import strategies as st

from yunke.school.lessons.rules.chart import (
    BOTTOM,
    HEIGHT,
    STRIP_HEIGHT,
    STRIP_WIDTH,
    WIDTH,
    bar_chart,
    ceiling,
    heat_strip,
    hottest,
)


def test_the_scale_ends_on_a_round_number() -> None:
    assert [ceiling(n) for n in (0, 9, 10, 11, 29, 59, 61, 200)] == [
        10,
        10,
        10,
        20,
        30,
        60,
        90,
        210,
    ]


@given(st.lists(st.floats(min_value=0, max_value=900), min_size=1, max_size=31))
def test_every_bar_stands_on_the_base_inside_the_frame(values: list[float]) -> None:
    chart = bar_chart([("x", value, False) for value in values])
    for bar in chart.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= WIDTH
        assert 0 <= bar.y <= HEIGHT - BOTTOM
        assert abs(bar.y + bar.height - chart.base) < 0.11


def test_no_days_give_an_empty_frame() -> None:
    assert bar_chart([]).bars == ()


def test_the_higher_value_is_the_higher_bar() -> None:
    low, high = bar_chart([("1", 5, False), ("2", 20, True)]).bars
    assert high.height > low.height > 0
    assert high.marked
    assert not low.marked


def test_a_full_class_fills_the_strip() -> None:
    parts = heat_strip(((20, 0), (10, 5)), 20)
    assert (parts[0].y, parts[0].height, parts[0].again_height) == (0, STRIP_HEIGHT, 0)
    assert parts[1].height == STRIP_HEIGHT / 2
    assert parts[1].again_height == STRIP_HEIGHT / 4
    assert parts[-1].x + parts[-1].width == STRIP_WIDTH


def test_a_class_of_nobody_draws_nothing() -> None:
    assert heat_strip(((1, 0),), 0) == ()
    assert heat_strip((), 20) == ()


def test_the_place_to_look_at_is_where_most_went_back() -> None:
    assert hottest(((20, 0), (20, 6), (20, 1)), 90) == 45
    assert hottest(((20, 0), (20, 0.4)), 90) is None
    assert hottest((), 0) is None
