"""Whole sheets: printed, filled by code, scanned or photographed, read."""

import io
from collections.abc import Callable

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image

from yunke.craft.marking.sheets.draw import Pupil, sheets_pdf
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.reader import read_gray, read_pages, read_sheet
from yunke.craft.marking.sheets.reading import SheetReading
from yunke.craft.marking.sheets.tests.camera import Paper, jpeg, saved
from yunke.craft.marking.sheets.tests.maker import template, told
from yunke.craft.marking.sheets.tests.pens import Hand
from yunke.craft.marking.sheets.tests.staged import (
    PIXELS,
    filled,
    hand,
    marks_by,
    printed,
    scanned,
    staged,
)
from yunke.craft.marking.sheets.trouble import BadPicture, Problem

TRUTH = marks_by(np.random.default_rng(16))
ALL = tuple(TRUTH)


def page(draw: Callable[[Hand], None] | None = None, tone: str = "pen", **sheet: str) -> Paper:
    """A sheet filled with ``TRUTH`` and what ``draw`` adds."""
    paper = printed(**sheet)
    pen = hand(paper, np.random.default_rng(4))
    filled(pen, TRUTH, tone)
    if draw is not None:
        draw(pen)
    return paper


def read(paper: Paper) -> SheetReading:
    return read_gray(scanned(paper), template())[0]


def other(item: str) -> str:
    """An option that ``TRUTH`` does not have."""
    return next(letter for letter in "ABCD" if letter != TRUTH[item])


def wrong(reading: SheetReading, truth: dict[str, str | None] = TRUTH) -> list[str]:
    """Items that are told as sure and are not true."""
    return [
        name
        for name, mark in truth.items()
        if name not in reading.needs_person and reading.answers[name] != mark
    ]


def test_a_scan_is_read_to_the_last_mark() -> None:
    told = read(page())
    assert told.answers == TRUTH
    assert told.needs_person == ()
    assert (told.pupil, told.page, told.problems) == ("P0007", 1, ())
    assert told.quality.corners == 4
    assert told.quality.coverage == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("tone", ["pencil", "soft"])
def test_a_pencil_is_as_good_as_a_pen(tone: str) -> None:
    assert read(page(tone=tone)).answers == TRUTH


def test_a_faint_pencil_is_read_right_or_asked() -> None:
    told = read(page(tone="faint"))
    assert wrong(told) == []


@pytest.mark.parametrize("seed", [100, 101, 102])
def test_a_photograph_from_the_hand_is_read(seed: int) -> None:
    data, truth = staged(seed, width=1200, height=1600, turn=4.0)
    told = read_sheet(data, template())
    assert wrong(told, truth) == []
    assert len(told.needs_person) <= 1
    assert told.pupil == f"P{seed % 3:04d}"


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_sheet_that_lies_another_way_up(quarters: int) -> None:
    turned = np.ascontiguousarray(np.rot90(scanned(page()), quarters))
    assert read_gray(turned, template())[0].answers == TRUTH


def test_a_blank_sheet_is_blank() -> None:
    told = read(printed())
    assert told.answers == dict.fromkeys(ALL)
    assert told.needs_person == ()


DOUBTS: dict[str, Callable[[Hand], None]] = {
    "two filled": lambda pen: pen.fill("3", other("3")),
    "two filled, one in pencil": lambda pen: pen.fill("3", other("3"), "pencil"),
    "rubbed out": lambda pen: pen.fill("3", other("3"), "erased"),
    "half filled": lambda pen: pen.fill("3", other("3"), cover=0.45),
    "ticked": lambda pen: pen.tick("3", other("3")),
    "crossed out": lambda pen: pen.cross("3", TRUTH["3"] or "A"),
}


@pytest.mark.parametrize("doubt", DOUBTS)
def test_what_is_doubtful_is_a_persons_and_only_that(doubt: str) -> None:
    told = read(page(DOUBTS[doubt]))
    assert told.needs_person == ("3",)
    assert told.answers["3"] is None
    assert wrong(told) == []


def test_a_ring_instead_of_a_mark_is_a_persons() -> None:
    paper = printed()
    pen = hand(paper, np.random.default_rng(4))
    filled(pen, {**TRUTH, "5": None})
    pen.ring("5", "C")
    told = read(paper)
    assert told.needs_person == ("5",)


def test_a_digit_marked_twice_makes_its_number_a_persons() -> None:
    second = "0" if (TRUTH["28"] or "")[1] != "0" else "1"
    assert read(page(lambda pen: pen.fill("28#2", second))).needs_person == ("28",)


def test_another_exams_sheet_is_refused() -> None:
    told = read(page(exam="M4-2026"))
    assert told.refused == Problem.OTHER_EXAM
    assert told.needs_person == ALL
    assert set(told.answers.values()) == {None}
    assert told.pupil == "P0007", "who handed in the wrong sheet can be told"


def test_a_sheet_with_other_corner_marks_and_another_exam_is_refused_as_that() -> None:
    fields = told()["pages"][0]["fields"]
    other = template(exam="M9-2026", pages=[{"fields": fields, "markers": [60, 61, 62, 63]}])
    document = pypdfium2.PdfDocument(sheets_pdf(other, [Pupil("P1")]))
    shown = document[0].render(scale=6 * 25.4 / 72, grayscale=True)
    gray = np.ascontiguousarray(shown.to_numpy().reshape(shown.height, shown.width))
    reading = read_gray(gray, template())[0]
    assert reading.refused == Problem.OTHER_EXAM
    assert reading.needs_person == ALL


def test_more_pixels_are_used_where_they_help() -> None:
    """A page of which the picture's reduced copy is too small for its code."""
    gray = scanned(page(), pixels=7.0)
    large = cv2.copyMakeBorder(gray, 900, 800, 700, 700, cv2.BORDER_CONSTANT, value=70)
    reading = read_sheet(jpeg(np.repeat(large[..., None], 3, axis=2), 90), template())
    assert reading.answers == TRUTH
    assert reading.pupil == "P0007"


def covered(box: tuple[float, float, float, float], shade: float = 0.9) -> Paper:
    paper = page()
    left, top, right, low = (round(side * PIXELS) for side in box)
    paper[top:low, left:right] = shade
    return paper


def test_a_code_that_cannot_be_read_leaves_a_proposal() -> None:
    told = read(covered((156, 6, 186, 34)))
    assert told.pupil is None
    assert told.problems == (Problem.NO_CODE,)
    assert told.answers == TRUTH
    assert told.needs_person == ALL


@pytest.mark.parametrize(
    "corner", [(5, 5, 20, 20), (190, 5, 205, 20), (190, 277, 205, 292), (5, 277, 20, 292)]
)
def test_one_corner_may_be_missing(corner: tuple[float, float, float, float]) -> None:
    told = read(covered(corner))
    assert told.quality.corners == 3
    assert told.answers == TRUTH
    assert told.needs_person == ()


def test_without_corner_marks_the_edge_and_the_print_decide() -> None:
    paper = page()
    for left, top in ((5, 5), (190, 5), (190, 277), (5, 277)):
        x, y = round(left * PIXELS), round(top * PIXELS)
        paper[y : y + round(15 * PIXELS), x : x + round(15 * PIXELS)] = 0.9
    gray = cv2.copyMakeBorder(scanned(paper), 90, 70, 60, 80, cv2.BORDER_CONSTANT, value=50)
    told = read_gray(gray, template())[0]
    assert told.quality.corners == 0
    assert wrong(told) == []
    assert told.answers == TRUTH


@pytest.mark.parametrize("side", ["top", "bottom", "left", "right"])
def test_half_a_sheet_is_a_persons(side: str) -> None:
    gray = scanned(page())
    height, width = gray.shape
    half = {
        "top": gray[: height // 2],
        "bottom": gray[height // 2 :],
        "left": gray[:, : width // 2],
        "right": gray[:, width // 2 :],
    }[side]
    told = read_gray(np.ascontiguousarray(half), template())[0]
    assert wrong(told) == []
    assert told.needs_person == ALL


@pytest.mark.parametrize("share", [0.97, 0.9, 0.75, 0.6])
@pytest.mark.parametrize("side", range(4))
def test_a_sheet_that_runs_out_of_the_picture_is_never_wrong(share: float, side: int) -> None:
    gray = np.rot90(scanned(page()), side)
    kept = np.ascontiguousarray(gray[: round(gray.shape[0] * share)])
    told = read_gray(kept, template())[0]
    assert wrong(told) == []
    if share > 0.95 and told.quality.corners > 2:
        assert told.answers == TRUTH, "only the margin is missing"


def test_a_hand_over_some_items_is_asked_for_those() -> None:
    told = read(covered((20, 60, 70, 90), shade=0.45))
    assert wrong(told) == []
    assert {"3", "4", "5"} <= set(told.needs_person)
    assert told.answers["15"] == TRUTH["15"]


def cat() -> Gray:
    """No cat, but what a cat is to this reader: a picture with edges and no sheet."""
    rng = np.random.default_rng(7)
    fur = cv2.GaussianBlur(rng.normal(0, 1, (900, 700)), (0, 0), 9)
    gray = np.clip(120 + 900 * fur, 0, 255).astype(np.uint8)
    for eye in (250, 450):
        cv2.ellipse(gray, (eye, 400), (60, 40), 0, 0, 360, 230, -1)
        cv2.ellipse(gray, (eye, 400), (12, 38), 0, 0, 360, 10, -1)
    return gray


@pytest.mark.parametrize(
    "gray",
    [
        cat(),
        np.full((900, 700), 230, np.uint8),
        np.zeros((40, 40), np.uint8),
        cat()[:7, :5],
        cat()[:1, :1],
        cat()[:2, :400],
        cat()[:900, :1],
    ],
    ids=["cat", "white", "black", "tiny", "one", "line", "column"],
)
def test_a_picture_of_no_sheet_is_refused(gray: Gray) -> None:
    told = read_gray(gray, template())[0]
    assert told.refused == Problem.NO_SHEET
    assert told.needs_person == ALL
    assert told.pupil is None


def test_a_blurred_picture_is_never_wrong() -> None:
    for blur in (2.0, 4.0, 7.0, 12.0):
        gray = cv2.GaussianBlur(scanned(page()), (0, 0), blur)
        assert wrong(read_gray(gray, template())[0]) == []


def test_a_dark_picture_is_never_wrong() -> None:
    for light in (0.5, 0.2, 0.08, 0.03):
        gray = (scanned(page()) * light).astype(np.uint8)
        assert wrong(read_gray(gray, template())[0]) == []


def test_pictures_for_a_person_are_cut_out() -> None:
    gray = scanned(page())
    cv2.putText(gray, "x=42", (320, 1360), cv2.FONT_HERSHEY_SIMPLEX, 4, 20, 8)
    data = saved(np.repeat(gray[..., None], 3, axis=2), "PNG")
    told = read_sheet(data, template(), pictures=True)
    assert set(told.pictures) == {"27", "28", "29"}
    area = cv2.imdecode(np.frombuffer(told.pictures["29"], np.uint8), cv2.IMREAD_GRAYSCALE)
    assert area.shape == pytest.approx((59 * 8, 164 * 8), abs=2)
    assert (area < 90).mean() > 0.02, "what was written is in it"
    straight = cv2.imdecode(np.frombuffer(told.straight, np.uint8), cv2.IMREAD_COLOR)
    assert straight.shape == (1485, 1050, 3)
    assert read_sheet(data, template()).pictures == {}


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_a_scan_is_read_page_by_page(kind: str) -> None:
    grays = [scanned(page()), scanned(printed("P0008"))]
    first, *more = [Image.fromarray(np.repeat(gray[..., None], 3, axis=2)) for gray in grays]
    out = io.BytesIO()
    first.save(out, kind, save_all=True, append_images=more, resolution=5.6 * 25.4)
    told = list(read_pages(out.getvalue(), template(), pictures=True))
    assert [one.pupil for one in told] == ["P0007", "P0008"]
    assert told[0].answers == TRUTH
    assert set(told[1].answers.values()) == {None}
    assert all(len(one.pictures) == 3 and one.straight for one in told)


def test_bytes_that_are_no_picture_are_said() -> None:
    with pytest.raises(BadPicture):
        read_sheet(b"not a picture", template())


def test_a_small_picture_is_read_right_or_asked() -> None:
    for pixels in (3.0, 2.2, 1.6, 1.0):
        told = read_gray(scanned(page(), pixels=pixels), template())[0]
        assert wrong(told) == []


def test_jpeg_of_poor_quality_is_read() -> None:
    gray = scanned(page())
    told = read_sheet(jpeg(np.repeat(gray[..., None], 3, axis=2), 25), template())
    assert told.answers == TRUTH


TWO_PAGES = [
    {"fields": [{"kind": "choice", "items": ["1..8"], "at": [40, 60]}]},
    {"fields": [{"kind": "choice", "items": ["9..16"], "at": [40, 60]}]},
]


def second_page(pupil: str, mark: str, ids: tuple[int, ...] = (4, 5, 6, 7)) -> Gray:
    """The second page of a sheet of two, item 9 marked, with any corner marks."""
    plan = template(pages=[TWO_PAGES[0], {**TWO_PAGES[1], "markers": ids}])
    document = pypdfium2.PdfDocument(sheets_pdf(plan, [Pupil(pupil)]))
    shown = document[1].render(scale=PIXELS * 25.4 / 72, grayscale=True)
    gray = shown.to_numpy().reshape(shown.height, shown.width)
    paper = np.asarray(0.06 + 0.88 * gray.astype(np.float32) / 255, np.float32)
    pen = Hand(paper, plan.pages[1].layout, PIXELS, np.random.default_rng(0))
    pen.fill("9", mark)
    return scanned(paper)


def test_a_page_answers_only_what_is_on_it() -> None:
    told = read_gray(second_page("P1", "C"), template(pages=TWO_PAGES))[0]
    assert (told.page, told.pupil) == (2, "P1")
    assert told.answers == {"9": "C"} | dict.fromkeys(map(str, range(10, 17)))


def test_a_pupils_code_may_be_any_text() -> None:
    told = read_gray(second_page("三（2）班-7号", "A"), template(pages=TWO_PAGES))[0]
    assert told.pupil == "三（2）班-7号"


def test_corner_marks_and_code_that_name_two_pages_are_a_persons() -> None:
    plan = template(
        pages=[
            {**TWO_PAGES[0], "markers": [8, 9, 10, 11]},
            {**TWO_PAGES[1], "markers": [0, 1, 2, 3]},
        ]
    )
    other = template(pages=[{**TWO_PAGES[1], "markers": [0, 1, 2, 3]}])
    document = pypdfium2.PdfDocument(sheets_pdf(other, [Pupil("P1")]))
    shown = document[0].render(scale=6 * 25.4 / 72, grayscale=True)
    gray = np.ascontiguousarray(shown.to_numpy().reshape(shown.height, shown.width))
    told = read_gray(gray, plan)[0]
    assert Problem.OTHER_PAGE in told.problems
    assert set(told.answers.values()) == {None}
    assert set(told.needs_person) == set(told.answers)


def test_a_template_without_a_code_has_no_pupil_and_no_doubt() -> None:
    plan = template(code=None)
    document = pypdfium2.PdfDocument(sheets_pdf(plan, [Pupil("P1")]))
    shown = document[0].render(scale=6 * 25.4 / 72, grayscale=True)
    gray = np.ascontiguousarray(shown.to_numpy().reshape(shown.height, shown.width))
    told = read_gray(gray, plan)[0]
    assert (told.pupil, told.problems, told.needs_person) == (None, (), ())
