"""The analysis of a paper against published and hand-worked values."""

import random
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.analysis import (
    Flag,
    ItemAsked,
    Row,
    alpha_from,
    alpha_interval,
    alpha_of,
    correlation,
    paper_shown,
    variance,
)


def rows_of(*scores: tuple[float, ...]) -> list[Row]:
    return [Row(tuple(one)) for one in scores]


def asked(count: int, worth: float = 1) -> list[ItemAsked]:
    return [ItemAsked(n + 1, worth) for n in range(count)]


def test_alpha_of_the_mini_haq_as_published() -> None:
    # Bland and Altman, BMJ 1997;314:572: ten items, sum of variances 11.16, of the sum 77.44.
    alpha = alpha_from(10, 11.16, 77.44)
    assert alpha is not None
    assert round(alpha, 2) == 0.95


def test_alpha_worked_by_hand() -> None:
    # Items 1/3, 1/3, 1/4 (variances of 4 pupils: 1/3, 1/3, 1/4); sums 3, 2, 0, 1: 5/3.
    rows = [(1, 1, 1), (1, 1, 0), (0, 0, 0), (0, 0, 1)]
    by_hand = 3 / 2 * (1 - (1 / 3 + 1 / 3 + 1 / 3) / (5 / 3))
    assert alpha_of(rows) == pytest.approx(by_hand)


def test_items_that_say_the_same_agree_wholly() -> None:
    assert alpha_of([(0, 0, 0), (1, 1, 1), (2, 2, 2)]) == pytest.approx(1)


def test_there_is_no_alpha_of_one_item_nor_of_pupils_who_are_all_alike() -> None:
    assert alpha_of([(1,), (0,)]) is None
    assert alpha_of([(1, 0), (1, 0)]) is None
    assert alpha_of([(1, 0)]) is None


def test_feldts_interval_from_the_tables_of_f() -> None:
    # 41 pupils, 6 items: F(.975; 40, 200) = 1.5621 and F(.025; 40, 200) = 0.5905.
    low, high = alpha_interval(0.79, pupils=41, items=6)
    assert low == pytest.approx(1 - 0.21 * 1.5621, abs=0.003)
    assert high == pytest.approx(1 - 0.21 * 0.5905, abs=0.003)


def test_more_pupils_make_it_surer() -> None:
    few = alpha_interval(0.8, pupils=20, items=20)
    many = alpha_interval(0.8, pupils=400, items=20)
    assert few[0] < many[0] < 0.8 < many[1] < few[1]


def test_the_interval_holds_the_true_alpha_as_often_as_it_says() -> None:
    chance, items, pupils, held, tries = random.Random(4), 20, 40, 0, 400
    true = items * 0.2 / (1 + (items - 1) * 0.2)  # parallel items of mutual correlation 0.2
    for _ in range(tries):
        rows = []
        for _pupil in range(pupils):
            level = chance.gauss(0, sqrt(0.2))
            rows.append([level + chance.gauss(0, sqrt(0.8)) for _n in range(items)])
        alpha = alpha_of(rows)
        assert alpha is not None
        low, high = alpha_interval(alpha, pupils=pupils, items=items)
        held += low <= true <= high
    assert 0.92 <= held / tries <= 0.98


def test_correlation_and_variance_worked_by_hand() -> None:
    assert variance([2, 4, 4, 4, 5, 5, 7, 9]) == pytest.approx(32 / 7)
    assert correlation([1, 2, 3], [2, 4, 7]) == pytest.approx(5 / sqrt(2 * 38 / 3))
    assert correlation([1, 1], [1, 2]) is None
    assert variance([3]) == 0


def test_difficulty_is_the_mean_share_of_the_points() -> None:
    shown = paper_shown(asked(2, 4), rows_of((4, 2), (4, 0), (0, 1)))
    assert shown.items[0].difficulty == pytest.approx(2 / 3)
    assert shown.items[1].difficulty == pytest.approx(1 / 4)
    assert (shown.items[1].right, shown.items[1].partly, shown.items[1].wrong) == (0, 2, 1)


def test_the_worst_item_stands_first_for_the_review() -> None:
    shown = paper_shown(asked(3), rows_of((1, 0, 1), (1, 0, 0)))
    assert shown.worst == (2, 3, 1)


def test_fewer_than_ten_pupils_say_nothing_of_how_items_tell_apart() -> None:
    shown = paper_shown(asked(3), rows_of(*[(1, 0, 1)] * 5, *[(0, 0, 1)] * 4))
    assert all(item.discrimination is None for item in shown.items)
    assert shown.reliability is None


def steps(pupils: int = 20, items: int = 5) -> list[Row]:
    """Pupil n solves the first items up to a level of n: a perfect ladder."""
    return [
        Row(tuple(float(p * items >= n * pupils) for n in range(1, items + 1)))
        for p in range(pupils)
    ]


def test_an_item_that_the_able_solve_tells_apart() -> None:
    shown = paper_shown(asked(5), steps())
    middle = shown.items[2]
    assert middle.discrimination is not None
    assert middle.discrimination > 0.5
    assert middle.apart == 1
    assert Flag.FLAT not in middle.flags


def test_an_item_that_only_the_weak_solve_asks_to_look_at_its_key() -> None:
    rows = [Row((*row.scores, 1 - row.scores[2])) for row in steps()]
    last = paper_shown(asked(6), rows).items[-1]
    assert last.discrimination is not None
    assert last.discrimination < 0
    assert Flag.AGAINST in last.flags


def test_hard_easy_and_flat_are_marked() -> None:
    rows = [Row((0.0, 1.0, float(n % 2), float(n >= 8), float(n >= 9))) for n in range(16)]
    flags = [item.flags for item in paper_shown(asked(5), rows).items]
    assert Flag.HARD in flags[0]
    assert Flag.EASY in flags[1]
    assert Flag.FLAT in flags[2]


def test_options_tell_who_chose_them_and_how_those_did_elsewhere() -> None:
    item = ItemAsked(1, 1, ("A", "B", "C"), frozenset("A"))
    rows = [
        Row((1.0, 1.0), (frozenset("A"), frozenset())),
        Row((0.0, 0.0), (frozenset("B"), frozenset())),
        Row((0.0, 1.0), (frozenset("B"), frozenset())),
        Row((0.0, 0.0), (frozenset(), frozenset()), (True, False)),
    ]
    shown = paper_shown([item, ItemAsked(2, 1)], rows).items[0]
    a, b, c = shown.options
    assert (a.count, a.right, a.rest) == (1, True, 1)
    assert (b.count, b.share, b.rest) == (2, 0.5, 0.5)
    assert (c.count, c.rest) == (0, None)
    assert shown.empty == 0.25


def test_a_wrong_option_that_draws_the_able_is_marked_and_one_that_nobody_takes() -> None:
    item = ItemAsked(1, 1, ("A", "B", "C"), frozenset("A"))
    rows = [Row((0.0, 5.0), (frozenset("B"), frozenset())) for _n in range(6)]
    rows += [Row((1.0, 1.0), (frozenset("A"), frozenset())) for _n in range(6)]
    flags = paper_shown([item, ItemAsked(2, 5)], rows).items[0].flags
    assert Flag.LURE in flags
    assert Flag.UNUSED in flags


def test_points_of_knowledge_stand_with_the_lowest_first() -> None:
    items = [
        ItemAsked(1, 2, points=("add",)), ItemAsked(2, 2, points=("add", "carry")),
        ItemAsked(3, 4, points=("carry",)),
    ]  # fmt: skip
    shown = paper_shown(items, rows_of((2, 1, 0), (2, 0, 2)))
    assert [(p.code, p.items) for p in shown.points] == [("carry", (2, 3)), ("add", (1, 2))]
    assert shown.points[0].share == pytest.approx(3 / 12)
    assert shown.points[1].share == pytest.approx(5 / 8)


def test_the_spread_counts_every_pupil_once_by_tenths() -> None:
    shown = paper_shown(asked(1, 10), rows_of((0,), (0.9,), (1,), (5,), (9.9,), (10,)))
    assert shown.spread == (2, 1, 0, 0, 0, 1, 0, 0, 0, 2)
    assert shown.mean == pytest.approx(26.8 / 6)


def test_a_paper_that_nobody_sat_says_so_without_trouble() -> None:
    shown = paper_shown(asked(2), [])
    assert (shown.pupils, shown.mean, shown.reliability) == (0, 0, None)
    assert shown.items[0].flags == ()


def test_the_error_of_a_score_follows_from_alpha() -> None:
    shown = paper_shown(asked(5), steps())
    assert shown.reliability is not None
    assert shown.reliability.error == pytest.approx(
        shown.deviation * sqrt(1 - shown.reliability.alpha)
    )
    assert shown.reliability.low < shown.reliability.alpha < shown.reliability.high


points = st.lists(
    st.tuples(*[st.integers(0, 4)] * 4), min_size=1, max_size=25
)  # fmt: skip


@given(points, st.randoms())
def test_who_handed_in_first_changes_nothing(scores, chance) -> None:
    rows = rows_of(*scores)
    mixed = rows.copy()
    chance.shuffle(mixed)
    one, two = paper_shown(asked(4, 4), rows), paper_shown(asked(4, 4), mixed)
    assert one.spread == two.spread
    assert [round(i.difficulty, 9) for i in one.items] == [
        round(i.difficulty, 9) for i in two.items
    ]


@given(points)
def test_alpha_is_never_above_one_and_discrimination_within_its_bounds(scores) -> None:
    shown = paper_shown(asked(4, 4), rows_of(*scores))
    assert shown.reliability is None or shown.reliability.alpha <= 1 + 1e-9
    for item in shown.items:
        assert 0 <= item.difficulty <= 1
        assert item.discrimination is None or -1 - 1e-9 <= item.discrimination <= 1 + 1e-9
        assert item.right + item.partly + item.wrong == len(scores)
