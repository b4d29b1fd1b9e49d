"""The print is found where it is, and not one row further."""

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.marking.sheets.canvas import Canvas
from yunke.craft.marking.sheets.fit import (
    Shift,
    corrected,
    drift,
    fit_items,
    fit_sheet,
    parts_of,
    pattern_of,
    pitch_of,
)
from yunke.craft.marking.sheets.layout import Block, Bubble, Item, Layout
from yunke.craft.marking.sheets.measure import measure

SCALE, MARGIN = 4.0, 40


def block(name: str = "b", rows: int = 8, left: float = 20, top: float = 20) -> Block:
    items = tuple(
        Item(
            f"{name}{n}", tuple(Bubble(c, left + 9 * i, top + 7 * n) for i, c in enumerate("ABCD"))
        )
        for n in range(rows)
    )
    return Block(name, items, 5.0, 4.0)


LAYOUT = Layout(110, 90, (block("l"), block("r", left=65)))


def canvas(
    dx: int = 0,
    dy: int = 0,
    *,
    filled: dict[str, str] | None = None,
    bend: float = 0.0,
    noise: float = 0.0,
) -> Canvas:
    """The layout drawn as rings, moved by pixels; ``bend``: the lower, the further to the right."""
    ink = np.zeros((int(90 * SCALE) + 2 * MARGIN, int(110 * SCALE) + 2 * MARGIN), np.uint8)
    for one in LAYOUT.blocks:
        for item in one.items:
            for bubble in item.bubbles:
                x = round(bubble.x * SCALE + MARGIN + dx + bend * bubble.y)
                y = round(bubble.y * SCALE + MARGIN + dy)
                cv2.ellipse(ink, (x, y), (10, 8), 0, 0, 360, 90, 1)
                if (filled or {}).get(item.name) == bubble.value:
                    cv2.ellipse(ink, (x, y), (10, 8), 0, 0, 360, 220, -1)
    if noise:
        rough = np.random.default_rng(0).normal(0, noise, ink.shape)
        ink = np.clip(ink + np.abs(rough), 0, 255).astype(np.uint8)
    return Canvas(ink, SCALE, MARGIN, 1.0)


@given(st.integers(-10, 10), st.integers(-10, 10))
@settings(max_examples=20)
def test_a_shift_is_found_to_the_pixel(dx: int, dy: int) -> None:
    found = fit_sheet(canvas(dx, dy), LAYOUT)
    assert abs(found.dx - dx) <= 1
    assert abs(found.dy - dy) <= 1
    assert found.alike > 0.33


def test_filled_bubbles_pull_nothing() -> None:
    filled = {f"l{n}": "A" for n in range(8)} | {f"r{n}": "A" for n in range(8)}
    found = fit_sheet(canvas(5, -4, filled=filled), LAYOUT)
    assert (abs(found.dx - 5), abs(found.dy + 4)) <= (1, 1)


def test_noise_is_no_print() -> None:
    rough = np.random.default_rng(1).integers(0, 255, (440, 520)).astype(np.uint8)
    assert fit_sheet(Canvas(rough, SCALE, MARGIN, 1.0), LAYOUT).alike < 0.12


def test_empty_paper_is_no_print() -> None:
    blank = Canvas(np.zeros((440, 520), np.uint8), SCALE, MARGIN, 1.0)
    assert fit_sheet(blank, LAYOUT).alike <= 0.05


def test_a_shift_never_reaches_the_next_row() -> None:
    """A row further every ring would lie on a ring again; the search stops before."""
    found = fit_sheet(canvas(0, 28), LAYOUT)
    assert abs(found.dy) <= 0.45 * 7 * SCALE


def test_bent_paper_is_followed_part_by_part() -> None:
    bent = canvas(bend=0.12)
    shifts = fit_items(bent, LAYOUT, fit_sheet(bent, LAYOUT))
    for name, y in (("l0", 20.0), ("l7", 69.0)):
        assert shifts[name].dx == pytest.approx(0.12 * y, abs=2.5)


def test_a_place_that_drifts_is_put_right() -> None:
    """The page is told a little askew; the correction takes every item to where it is."""
    bent = canvas(bend=0.06)
    shifts = fit_items(bent, LAYOUT, fit_sheet(bent, LAYOUT))
    assert drift(shifts, LAYOUT, SCALE) > 0.08
    moved = corrected(shifts, LAYOUT, SCALE) @ np.array([20.0, 69.0, 1.0])
    assert moved[:2] == pytest.approx([20 + 0.06 * 69 / SCALE, 69], abs=0.4)


def test_a_page_that_would_have_to_be_stretched_is_left() -> None:
    far = {
        item.name: Shift(round(2.0 * n), 0, 0.4)
        for block_ in LAYOUT.blocks
        for n, item in enumerate(block_.items)
    }
    assert corrected(far, LAYOUT, SCALE).tolist() == np.eye(3).tolist()


def test_a_block_beyond_what_was_looked_at_is_not_alike() -> None:
    off = Shift(-12, 0, 0.4)
    assert {shift.alike for shift in fit_items(canvas(9, 0), LAYOUT, off).values()} == {0.0}


def test_measuring_follows_the_shift() -> None:
    moved = canvas(7, 6, filled={"l2": "C"}, noise=4)
    shifts = fit_items(moved, LAYOUT, fit_sheet(moved, LAYOUT))
    row = measure(moved, LAYOUT, shifts)["l"][2]
    assert row.item.name == "l2"
    assert row.ink[2] > 0.7
    assert max(row.ink[[0, 1, 3]]) < 0.2
    assert min(row.print) > 0.05


def test_pitch_is_the_way_to_the_next_bubble() -> None:
    assert pitch_of(block()) == (9.0, 7.0)
    alone = Block("one", (Item("a", (Bubble("A", 5, 5),)),), 5.0, 4.0)
    assert pitch_of(alone) == (8.0, 6.4)


def test_parts_hold_every_item_once() -> None:
    for rows in (1, 2, 4, 5, 9, 40):
        parts = list(parts_of(block(rows=rows)))
        names = [item.name for part in parts for item in part.items]
        assert names == [item.name for item in block(rows=rows).items]
        assert all(1 <= len(part.items) <= 6 for part in parts)


def test_a_pattern_weighs_nothing_on_plain_paper() -> None:
    pattern, left, top = pattern_of(block(), SCALE)
    assert float(pattern.sum()) == pytest.approx(0.0, abs=1e-3)
    assert pattern[round(20 * SCALE) - top, round(20 * SCALE) - left] > 0
