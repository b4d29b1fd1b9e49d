"""The curve: a line where something was measured, nothing across a gap."""

import pytest

from yunke.insight.sensing.rules import BOTTOM, HEIGHT, LEFT, WIDTH, chart_of, pieces

STEADY = [(at, 90) for at in range(0, 600, 10)]


def test_a_gap_divides_the_line() -> None:
    points = [p for p in STEADY if not 100 < p[0] < 300]
    parts = pieces(points, [(105, 300)])
    assert [part[0][0] for part in parts] == [0, 300]
    assert [part[-1][0] for part in parts] == [100, 590]


def test_without_a_gap_it_is_one_line() -> None:
    assert pieces(STEADY, []) == [STEADY]


def test_a_single_point_is_a_short_line_and_no_line_is_lost() -> None:
    parts = pieces([(0, 80), (300, 90)], [(5, 300)])
    assert parts == [[(0, 80), (10, 80)], [(300, 90), (310, 90)]]


@pytest.mark.parametrize("gaps", [[], [(0, 60)], [(540, 600)], [(0, 40), (100, 200), (210, 290)]])
def test_everything_stays_within_the_picture(gaps) -> None:
    chart = chart_of(STEADY, gaps, 600)
    for line in chart.lines:
        for pair in line.split():
            x, y = map(float, pair.split(","))
            assert LEFT <= x <= WIDTH
            assert 0 <= y <= HEIGHT - BOTTOM
    assert all(band.left >= LEFT and band.width > 0 for band in chart.bands)


@pytest.mark.parametrize("seconds", [60, 599, 3600, 3 * 3600, 24 * 3600])
def test_there_are_few_ticks_whatever_the_length(seconds) -> None:
    chart = chart_of([(0, 70), (seconds - 10, 150)], [], seconds)
    assert 2 <= len(chart.across) <= 9
    assert [int(t.label) for t in chart.up] == sorted(int(t.label) for t in chart.up)


def test_the_figures_are_those_of_the_points() -> None:
    points = [(0, 60), (10, 70), (20, 80), (30, 120)]
    chart = chart_of(points, [(40, 100)], 100)
    assert (chart.low, chart.middle, chart.high) == (60, 75, 120)
    assert chart.measured == 40


def test_a_flat_line_has_room_above_and_below() -> None:
    chart = chart_of([(0, 80), (60, 80)], [], 60)
    assert len(chart.up) >= 3
