"""Filled, empty, or a person's: the sheet's own ink decides."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yunke.craft.marking.sheets.judge import Verdict, judge
from yunke.craft.marking.sheets.layout import Bubble, Item
from yunke.craft.marking.sheets.measure import Measured

PRINT = 0.08
NOISE = 0.006


def sheet(
    marks: Sequence[Sequence[float]],
    *,
    seed: int = 0,
    multiple: bool = False,
    printed: Sequence[float] | None = None,
    rim: Sequence[Sequence[float]] | None = None,
    prints: Sequence[float] | None = None,
) -> dict[str, list[Measured]]:
    """One block; ``marks``: ink above the print, bubble by bubble."""
    rng = np.random.default_rng(seed)
    rows = []
    for number, inks in enumerate(marks):
        base = np.array(printed or [PRINT] * len(inks))
        noise = rng.normal(0, NOISE, len(inks))
        bubbles = tuple(Bubble("ABCDEFGHIJ"[n], n, number) for n in range(len(inks)))
        rows.append(
            Measured(
                Item(f"q{number + 1}", bubbles, multiple),
                np.clip(base + np.array(inks) + noise, 0, 1),
                np.array(rim[number]) if rim else np.full(len(inks), 0.02),
                np.full(len(inks), prints[number] if prints else 0.1),
            )
        )
    return {"one": rows}


def told(verdicts: Sequence[Verdict]) -> list[str]:
    return ["?" if v.unsure else "".join(v.marks) or "-" for v in verdicts]


def read(marks: Sequence[Sequence[float]], **more: object) -> list[str]:
    return told(judge(sheet(marks, **more))[0])  # type: ignore[arg-type]


def one_of(place: int | None, ink: float = 0.6, options: int = 4) -> list[float]:
    return [ink if n == place else 0.0 for n in range(options)]


TEN = [one_of(n % 4) for n in range(10)]
LETTERS = [*"ABCDABCDAB"]


def test_a_clean_sheet_is_read() -> None:
    assert read(TEN) == LETTERS


def test_a_pencil_sheet_is_read_by_its_own_pencil() -> None:
    assert read([one_of(n % 4, 0.25) for n in range(10)]) == LETTERS


def test_nothing_marked_is_empty_and_not_a_question() -> None:
    assert read([*TEN, one_of(None)]) == [*LETTERS, "-"]
    assert read([one_of(None)] * 10) == ["-"] * 10


def test_two_filled_are_a_persons() -> None:
    assert read([*TEN, [0.6, 0, 0.6, 0]])[-1] == "?"


def test_two_filled_are_an_answer_where_several_may_be() -> None:
    assert read([*TEN, [0.6, 0, 0.6, 0]], multiple=True)[-1] == "AC"


@pytest.mark.parametrize("ink", [0.08, 0.12, 0.18, 0.22, 0.25])
def test_a_mark_much_lighter_than_the_pupils_own_is_a_persons(ink: float) -> None:
    assert read([*TEN, one_of(1, ink)])[-1] == "?"


@pytest.mark.parametrize("ink", [0.08, 0.15, 0.25])
def test_a_trace_beside_a_mark_is_a_persons(ink: float) -> None:
    """Rubbed out and filled anew, or a slip: we do not choose."""
    assert read([*TEN, [0.6, ink, 0, 0]])[-1] == "?"


def test_a_sheet_with_nothing_but_traces_is_a_persons() -> None:
    assert read([one_of(n % 4, 0.12) for n in range(10)]) == ["?"] * 10


def test_a_sheet_as_faint_as_traces_is_a_persons() -> None:
    assert read([one_of(n % 4, 0.165) for n in range(10)]) == ["?"] * 10


def test_printed_letters_and_shaded_columns_are_no_marks() -> None:
    printed = [0.20, 0.25, 0.12, 0.16]
    assert read([*TEN, one_of(None)], printed=printed) == [*LETTERS, "-"]


def test_a_shaded_row_is_no_mark() -> None:
    shaded = [one_of(n % 4) if n % 2 else [v + 0.09 for v in one_of(n % 4)] for n in range(10)]
    assert read(shaded) == LETTERS


def test_the_same_letter_everywhere_is_no_print() -> None:
    """Whoever answers A to everything has answered A to everything."""
    assert read([one_of(0)] * 12) == ["A"] * 12


def test_all_bubbles_filled_are_never_read_as_empty() -> None:
    assert read([[0.7] * 4] * 10) == ["?"] * 10
    assert read([*TEN, [0.6] * 4])[-1] == "?"


def test_nearly_all_filled_where_several_may_be() -> None:
    rows = [[0.6, 0.6, 0.6, 0.0], [0.6, 0.6, 0.0, 0.6], [0.0, 0.6, 0.6, 0.6]] * 4
    assert set(read(rows, multiple=True)) <= {"ABC", "ABD", "BCD", "?"}


@pytest.mark.parametrize("filled", [0, 1, 3, 5, 7])
def test_one_bubble_an_item_is_yes_or_nothing(filled: int) -> None:
    rows = [[0.6]] * filled + [[0.0]] * (10 - filled)
    for answer, truth in zip(read(rows), ["A"] * filled + ["-"] * (10 - filled), strict=True):
        assert answer in (truth, "?")
    if filled in (1, 3, 5):
        assert read(rows) == ["A"] * filled + ["-"] * (10 - filled)


def test_a_ring_around_a_letter_is_a_persons() -> None:
    rim = [[0.02] * 4 for _ in range(11)]
    rim[10][2] = 0.3
    assert read([*TEN, one_of(None)], rim=rim)[-1] == "?"


def test_a_crossed_out_mark_is_a_persons() -> None:
    rim = [[0.02] * 4 for _ in range(11)]
    rim[10][1] = 0.4
    assert read([*TEN, one_of(1)], rim=rim) == [*LETTERS, "?"]


def test_a_pupil_who_fills_over_the_edge_is_not_asked_for_it() -> None:
    rim = [[0.25 if value else 0.02 for value in row] for row in TEN]
    assert read(TEN, rim=rim) == LETTERS


def test_an_item_without_its_print_is_a_persons() -> None:
    prints = [0.1] * 9 + [0.01]
    assert read(TEN, prints=prints) == [*LETTERS[:-1], "?"]


def test_one_bubble_without_its_print_is_enough() -> None:
    """White-out over a bubble, or the row below the last one."""
    block = sheet(TEN)
    row = block["one"][4]
    block["one"][4] = replace(row, print=np.array([0.1, 0.1, 0.1, 0.01]))
    assert told(judge(block)[0]) == [*"ABCD?BCDAB"]


def test_a_part_that_is_not_alike_is_a_persons() -> None:
    block = sheet(TEN)
    block["one"][9] = replace(block["one"][9], alike=0.2)
    assert told(judge(block)[0]) == [*"ABCDABCDA?"]


def test_a_block_that_lost_two_of_its_items_lies_elsewhere() -> None:
    """One row off, the last row finds paper; all the others would be wrong too."""
    prints = [0.1] * 8 + [0.01] * 2
    assert read(TEN, prints=prints) == ["?"] * 10


def test_hidden_items_are_a_persons() -> None:
    verdicts, _ = judge(sheet(TEN), {"q3"})
    assert told(verdicts) == [*"AB?DABCDAB"]


def test_the_scale_tells_by_what_was_judged() -> None:
    _, scale = judge(sheet(TEN))
    assert scale.pen == pytest.approx(0.6, abs=0.05)
    assert scale.empty == pytest.approx(0.0, abs=0.02)
    assert scale.empty < scale.low < scale.high < scale.pen
    assert not scale.faint


@given(
    st.lists(st.integers(0, 3) | st.none(), min_size=5, max_size=30),
    st.floats(0.2, 0.85),
    st.integers(0, 50),
)
def test_any_clean_sheet_is_read_or_asked_never_wrong(
    places: list[int | None], ink: float, seed: int
) -> None:
    marks = [one_of(place, ink) for place in places]
    expected = ["-" if place is None else "ABCD"[place] for place in places]
    for answer, truth in zip(read(marks, seed=seed), expected, strict=True):
        assert answer in (truth, "?")


@given(
    st.lists(st.lists(st.floats(0, 0.85), min_size=4, max_size=4), min_size=3, max_size=12),
    st.integers(0, 20),
)
def test_more_ink_never_makes_a_sure_mark_sure_of_another(
    marks: list[list[float]], seed: int
) -> None:
    """Whatever the ink, one sure mark is the darkest bubble of its item by far."""
    for row, answer in zip(marks, read(marks, seed=seed), strict=True):
        if answer in "ABCD":
            own = row["ABCD".index(answer)]
            assert all(own > other for n, other in enumerate(row) if "ABCD"[n] != answer)


@given(st.permutations(list(range(10))))
def test_the_order_of_items_does_not_matter(order: list[int]) -> None:
    rows = [one_of(n % 4, 0.4 + 0.02 * n) for n in range(10)]
    block = sheet(rows)["one"]
    straight = {v.item.name: (v.marks, v.unsure) for v in judge({"b": block})[0]}
    mixed = judge({"b": [block[n] for n in order]})[0]
    assert {v.item.name: (v.marks, v.unsure) for v in mixed} == straight
