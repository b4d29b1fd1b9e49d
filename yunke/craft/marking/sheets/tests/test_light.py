"""Ink is what is missing from the paper's light, whatever the light."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yunke.craft.marking.sheets.light import Gray, ink_of, paper_of


def page(mark: int = 60, paper: int = 220) -> Gray:
    """White paper with one dark square in its middle."""
    gray = np.full((160, 160), paper, np.uint8)
    gray[70:90, 70:90] = mark
    return gray


def shaded(gray: Gray, dark: float) -> Gray:
    """A slope of light from left (1) to right (``dark``)."""
    slope = np.linspace(1.0, dark, gray.shape[1])
    return (gray * slope).astype(np.uint8)


def test_paper_has_no_ink_and_a_mark_has_its_share() -> None:
    ink = ink_of(page(mark=55, paper=220), 60)
    assert ink[20:40, 20:40].max() <= 2
    assert ink[75:85, 75:85].mean() == pytest.approx(255 * 0.75, abs=4)


@given(st.floats(0.35, 1.0), st.floats(0.4, 1.0))
@settings(max_examples=25)
def test_light_does_not_change_the_ink(bright: float, dark: float) -> None:
    plain = ink_of(page(), 60)[75:85, 75:85].mean()
    seen = ink_of(shaded((page() * bright).astype(np.uint8), dark), 60)
    assert seen[75:85, 75:85].mean() == pytest.approx(plain, abs=12)
    assert seen[20:60, 30:120].max() < 22


def test_a_shadows_edge_is_no_ink_beyond_itself() -> None:
    gray = page().astype(np.float32)
    gray[:, 110:] *= 0.5
    ink = ink_of(gray.astype(np.uint8), 60)
    assert ink[10:60, 150:].mean() < 30
    assert ink[10:60, :60].max() < 10


def test_paper_is_seen_through_what_is_written_on_it() -> None:
    assert paper_of(page(paper=200), 60)[80, 80] == pytest.approx(200, abs=6)


def test_black_everywhere_is_not_divided_by() -> None:
    assert ink_of(np.zeros((64, 64), np.uint8), 30).shape == (64, 64)


@pytest.mark.parametrize("shape", [(8, 8), (5, 200), (33, 64)])
def test_small_pictures_are_pictures_too(shape: tuple[int, int]) -> None:
    assert ink_of(np.full(shape, 200, np.uint8), 30).max() == 0
