"""OMRChecker's own samples: photographs, scans and copies, against what the eye reads."""

import json
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from yunke.craft.marking.sheets.command import _template
from yunke.craft.marking.sheets.folders import sheets_in
from yunke.craft.marking.sheets.foreign import Foreign, foreign_from, read_foreign_gray
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.outline import quads_of
from yunke.craft.marking.sheets.reading import SheetReading
from yunke.craft.marking.sheets.tests.read_by_eye import EYES, SHARED
from yunke.craft.marking.sheets.trouble import BadTemplate, Problem
from yunke.craft.picture.pixels import gray_of

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the sample sheets are not here")


@cache
def foreign(name: str) -> Foreign:
    template = next(t for t, p in sheets_in(SHARED) if Path(p) == SHARED / name)
    return _template(template)


@cache
def picture(name: str) -> Gray:
    return gray_of((SHARED / name).read_bytes())


def read(name: str, gray: Gray | None = None) -> SheetReading:
    return read_foreign_gray(picture(name) if gray is None else gray, foreign(name))


def wrong(name: str, told: SheetReading) -> list[str]:
    """Items told as sure that the eye reads otherwise."""
    return [
        item
        for item, mark in EYES[name].items()
        if item not in told.needs_person and told.answers[item] != mark
    ]


@pytest.mark.parametrize("name", EYES)
def test_every_clean_mark_is_right_and_every_double_one_is_asked(name: str) -> None:
    told = read(name)
    double = {item for item, mark in EYES[name].items() if mark == "?"}
    assert wrong(name, told) == []
    assert set(told.needs_person) == double
    assert told.problems == ()


def test_the_pupil_is_who_the_roll_number_says() -> None:
    assert read("sample5/ScanBatch1/camscanner-1.jpg").pupil == "E204420102"
    assert read("sample2/AdrianSample/adrian_omr.png").pupil is None


PHOTOGRAPHS = [
    "sample1/MobileCamera/sheet1.jpg",
    "sample2/AdrianSample/adrian_omr_2.png",
    "sample4/IMG_20201116_143512.jpg",
    "sample6/doc-scans/sample_roll_02.jpg",
]


@pytest.mark.parametrize("name", PHOTOGRAPHS)
@pytest.mark.parametrize("quarters", [1, 2])
def test_another_way_up_is_right_or_asked(name: str, quarters: int) -> None:
    told = read(name, np.ascontiguousarray(np.rot90(picture(name), quarters)))
    assert wrong(name, told) == []
    assert len(told.needs_person) <= 2


@pytest.mark.parametrize("name", EYES)
@pytest.mark.parametrize("side", ["upper", "left"])
def test_half_a_sheet_is_never_wrong(name: str, side: str) -> None:
    gray = picture(name)
    height, width = gray.shape
    half = gray[: height // 2] if side == "upper" else gray[:, : width // 2]
    assert wrong(name, read(name, np.ascontiguousarray(half))) == []


@pytest.mark.parametrize("name", EYES)
def test_a_page_that_runs_out_of_the_picture_is_never_wrong(name: str) -> None:
    """A page of which a tenth is missing is no page stretched by a tenth."""
    gray = picture(name)
    page = quads_of(gray)[0]
    (left, top), (right, low) = page.min(axis=0), page.max(axis=0)
    for share in (0.95, 0.85):
        down = gray[: int(top + share * (low - top))]
        across = gray[:, : int(left + share * (right - left))]
        for kept in (down, across):
            assert wrong(name, read(name, np.ascontiguousarray(kept))) == []


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_another_exams_sheet_is_never_read(name: str) -> None:
    for other in PHOTOGRAPHS:
        if other.split("/")[0] != name.split("/")[0]:
            told = read(name, picture(other))
            assert set(told.answers.values()) == {None}
            assert set(told.needs_person) == set(told.answers)


def test_noise_and_shadow_are_never_wrong() -> None:
    rng = np.random.default_rng(9)
    for name in PHOTOGRAPHS:
        gray = picture(name)
        shadow = 1 - 0.5 / (1 + np.exp(-(np.arange(gray.shape[1]) / gray.shape[1] - 0.5) / 0.05))
        seen = gray * shadow + rng.normal(0, 9, gray.shape)
        assert wrong(name, read(name, np.clip(seen, 0, 255).astype(np.uint8))) == []


@pytest.mark.parametrize("shade", [0.87, 0.80, 0.70])
def test_a_second_lighter_mark_is_asked(shade: float) -> None:
    """Painted into a real photograph: bubble D of question 1, where B is filled."""
    name = "sample4/IMG_20201116_143512.jpg"
    gray = picture(name).copy()
    cv2.ellipse(gray, _bubble(gray, "q1", "D"), (13, 13), 0, 0, 360, 0, -1)
    painted = np.where(gray == 0, (picture(name) * shade).astype(np.uint8), picture(name))
    told = read(name, painted)
    assert "q1" in told.needs_person
    assert wrong(name, told) == []


def _bubble(gray: Gray, item: str, value: str) -> tuple[int, int]:
    """Where a bubble lies in the photograph of sample 4, read off by hand in its pixels."""
    places = {("q1", "D"): (456, 572)}
    grow = gray.shape[0] / 1368
    x, y = places[item, value]
    return round(x * grow), round(y * grow)


def test_the_page_is_found_by_its_likeness_too() -> None:
    folder = SHARED / "sample6"
    template = json.loads((folder / "template_fb_align.json").read_text())
    told = foreign_from(template, {"reference.png": (folder / "reference.png").read_bytes()})
    assert told.reference is not None
    name = "sample6/doc-scans/sample_roll_01.jpg"
    assert wrong(name, read_foreign_gray(picture(name), told)) == []


def test_a_picture_that_the_template_names_must_be_there() -> None:
    template = json.loads((SHARED / "sample1" / "template.json").read_text())
    with pytest.raises(BadTemplate, match=r"omr_marker\.jpg"):
        foreign_from(template, {})


def test_no_sheet_is_refused() -> None:
    rough = np.random.default_rng(1).integers(0, 255, (700, 500)).astype(np.uint8)
    for name in PHOTOGRAPHS:
        tiny = rough[:1, :1], rough[:3, :200]
        for gray in (cv2.GaussianBlur(rough, (0, 0), 3), np.full((700, 500), 230, np.uint8), *tiny):
            told = read(name, gray)
            assert told.refused == Problem.NO_SHEET
            assert set(told.needs_person) == set(told.answers)
