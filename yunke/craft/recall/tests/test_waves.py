"""Pupils side by side must say what each pupil alone would say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from yunke.craft.recall.waves import Past, in_time, waves

ROWS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 9), st.floats(-5, 5)), min_size=1, max_size=40
)


def columns(rows) -> tuple[NDArray, NDArray, NDArray]:
    group, order, value = (np.array(column) for column in zip(*rows, strict=True))
    return group.astype(np.int64), order.astype(np.float64), value


def earlier(rows, at) -> list[int]:
    """Rows of the same group before row ``at``, by order, then by place in the file."""
    group, order, _ = rows[at]
    before = [
        (rows[one][1], one)
        for one in range(len(rows))
        if rows[one][0] == group and (rows[one][1], one) < (order, at)
    ]
    return [one for _, one in sorted(before)]


@given(ROWS)
def test_the_past_is_what_a_plain_loop_finds(rows) -> None:
    group, order, value = columns(rows)
    past = Past(group, in_time(order))
    count, total = past.count(), past.total(value)
    last, second = past.previous(value), past.previous(value, back=2)
    for at in range(len(rows)):
        before = earlier(rows, at)
        assert count[at] == len(before)
        assert np.isclose(total[at], sum(value[one] for one in before), atol=1e-9)
        assert np.isnan(last[at]) if not before else last[at] == value[before[-1]]
        assert np.isnan(second[at]) if len(before) < 2 else second[at] == value[before[-2]]


@given(ROWS)
def test_waves_hold_every_row_once_and_each_group_in_order(rows) -> None:
    group, order, _ = columns(rows)
    layout = waves(Past(group, in_time(order)))
    assert sorted(layout.row.tolist()) == list(range(len(rows)))
    seen: dict[int, list[int]] = {}
    for part in layout.slices():
        for at in layout.row[part]:
            seen.setdefault(int(group[at]), []).append(int(at))
    for found in seen.values():
        assert found == [*earlier(rows, found[-1]), found[-1]]


@given(ROWS)
def test_a_group_keeps_its_place_from_wave_to_wave(rows) -> None:
    group, order, _ = columns(rows)
    layout = waves(Past(group, in_time(order)))
    first, *others = [group[layout.row[part]].tolist() for part in layout.slices()]
    assert len(set(first)) == layout.groups == len(set(group.tolist()))
    for other in others:
        assert other == first[: len(other)]


@given(ROWS)
def test_values_go_back_to_where_they_came_from(rows) -> None:
    group, order, value = columns(rows)
    layout = waves(Past(group, in_time(order)))
    assert (layout.back(value[layout.row]) == value).all()
    both = np.stack([value, -value])
    assert (layout.back(both[:, layout.row]) == both).all()


def test_runs_break_where_told_and_between_groups() -> None:
    group = np.array([0, 0, 1, 0, 1, 0])
    past = Past(group, np.arange(6))
    new = np.array([False, False, False, True, False, False])
    runs = past.runs(new)
    assert runs[0] == runs[1]
    assert runs[3] == runs[5] != runs[0]
    assert runs[2] == runs[4]
    assert len({runs[0], runs[3], runs[2]}) == 3


def test_rows_of_one_moment_stay_as_they_stand() -> None:
    assert in_time(np.array([3.0, 1.0, 3.0, 1.0])).tolist() == [1, 3, 0, 2]


def test_numbers_too_big_for_one_key_are_sorted_all_the_same() -> None:
    group = np.array([2**61, 5, 2**61, 5], dtype=np.int64)
    past = Past(group, np.array([3, 2, 1, 0]))
    assert past.count().tolist() == [1, 1, 0, 0]


def test_nothing_has_no_past() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    past = Past(nothing, nothing)
    assert len(past.count()) == len(past.total(np.zeros(0))) == len(past.previous(np.zeros(0))) == 0
    assert len(waves(past)) == 0
