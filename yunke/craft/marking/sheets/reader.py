"""A picture of one of our own sheets, read: corner marks, code, bubbles, areas to cut out."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from yunke.craft.marking.sheets.canvas import Homography
from yunke.craft.marking.sheets.code import Code
from yunke.craft.marking.sheets.crops import pictures_of
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.markers import marks_near, marks_of, page_of, plane_of
from yunke.craft.marking.sheets.outline import cut_off, quads_of
from yunke.craft.marking.sheets.paged import is_paged, pages_of
from yunke.craft.marking.sheets.qr import code_at, code_in
from yunke.craft.marking.sheets.reading import (
    COARSE_ALIKE,
    SheetReading,
    answers_of,
    least_alike,
    problems_of,
    quality_of,
    refusal,
    settled,
)
from yunke.craft.marking.sheets.seen import (
    Candidate,
    Seen,
    bubble_pixels,
    chosen,
    places_in,
    see,
    turned_too,
)
from yunke.craft.marking.sheets.template import Page, Template
from yunke.craft.marking.sheets.trouble import Problem
from yunke.craft.picture.pixels import colour_of, gray_of

SURE_MARKS = 3
SURE_ALIKE = 0.30  # with its code read, a sheet is sure of its place without corner marks


@dataclass(frozen=True)
class Found:
    """Where a page lies in a picture. ``error``: mm, None without marks."""

    page: Page
    place: Homography
    corners: int
    error: float | None
    turned: bool = False


def read_sheet(data: bytes, template: Template, *, pictures: bool = False) -> SheetReading:
    """One picture of one page. ``pictures``: cut areas and the straight page too (twice as slow).

    Raises BadPicture where the bytes are no picture; anything that is a picture gives a reading.
    """
    gray = gray_of(data)
    reading, found = read_gray(gray, template)
    if _poor(reading):
        whole = gray_of(data, full=True)
        if whole.shape[0] > gray.shape[0]:
            again, there = read_gray(whole, template)
            if _badness(again) < _badness(reading):
                reading, found, gray = again, there, whole
    if pictures and found is not None:
        colour = colour_of(data)
        grow = colour.shape[0] / gray.shape[0]
        reading = with_pictures(reading, template, found, colour, grow)
    return reading


def read_pages(
    data: bytes, template: Template, *, pictures: bool = False
) -> Iterator[SheetReading]:
    """The pages of a PDF or TIFF, or the one picture, one by one. Raises BadPicture."""
    if not is_paged(data):
        yield read_sheet(data, template, pictures=pictures)
        return
    for gray in pages_of(data):
        reading, found = read_gray(gray, template)
        if pictures and found is not None:
            reading = with_pictures(reading, template, found, gray, 1.0)
        yield reading


def _poor(reading: SheetReading) -> bool:
    """Whether more pixels may help."""
    few = reading.refused is None and reading.quality.corners < SURE_MARKS
    return few or reading.refused is Problem.NO_SHEET or Problem.NO_CODE in reading.problems


def _badness(reading: SheetReading) -> tuple[bool, int, int]:
    return reading.refused is not None, len(reading.problems), len(reading.needs_person)


def read_gray(gray: Gray, template: Template) -> tuple[SheetReading, Found | None]:
    """One page of brightness (h, w), and where it was found."""
    names = [name for page in template.pages for name in page.names]
    found = locate(gray, template)
    if found is None:
        stray = code_in(gray)
        other = stray is not None and stray.exam != template.exam
        return refusal(names, Problem.OTHER_EXAM if other else Problem.NO_SHEET), None
    code = code_at(gray, found.place, template.code)
    if code is not None and code.exam != template.exam:
        return refusal(names, Problem.OTHER_EXAM, pupil=code.pupil), None
    layout = found.page.layout
    seen = see(gray, found.place, layout)
    quality = quality_of(gray, found.place, layout, seen, (found.corners, found.error))
    if seen.alike < least_alike(layout):
        return refusal(names, Problem.NO_SHEET, quality=quality), None
    answers, asked = answers_of(seen.verdicts, layout, parts=False)
    problems = problems_of(quality, seen, bubble_pixels(gray, found.place, layout))
    problems += _doubts(found, code, template, seen)
    reading = SheetReading(
        pupil=code.pupil if code else None,
        page=found.page.number,
        answers=answers,
        needs_person=(),
        problems=tuple(problems),
        quality=quality,
    )
    return settled(reading, found.page.names, asked), found


def _doubts(found: Found, code: Code | None, template: Template, seen: Seen) -> Iterator[Problem]:
    if template.code is not None and code is None:
        yield Problem.NO_CODE
    if code is not None and code.page != found.page.number:
        yield Problem.OTHER_PAGE
    print_is_sure = code is not None and seen.alike > SURE_ALIKE and not (seen.cut or seen.loose)
    if found.corners < SURE_MARKS and not print_is_sure:
        yield Problem.CORNERS
    if found.turned:
        yield Problem.TURNED


def locate(gray: Gray, template: Template) -> Found | None:
    """The page by its corner marks, else by the paper's edge and the print on it."""
    wanted = frozenset(number for page in template.pages for number in page.markers)
    marks = marks_of(gray, wanted)
    page = page_of(template, marks)
    plane = plane_of(template, page, marks) if page is not None else None
    if page is not None and plane is not None and plane.found < len(page.markers):
        marks = {**marks_near(gray, template, page, plane), **marks}
        plane = plane_of(template, page, marks) or plane
    if page is not None and plane is not None and plane.found >= SURE_MARKS:
        return Found(page, plane.place, plane.found, plane.error)
    code, pages = None, template.pages
    if page is None:
        code = code_in(gray)
        pages = tuple(p for p in pages if code is None or p.number == code.page) or pages
    else:
        pages = (page,)
    near = (plane.place,) if plane is not None else ()
    return _by_print(gray, pages, near, 0 if plane is None else plane.found)


def _by_print(
    gray: Gray, pages: tuple[Page, ...], near: tuple[Homography, ...], corners: int
) -> Found | None:
    quads = [quad for quad in quads_of(gray) if not cut_off(quad, gray.shape)]
    best: tuple[Page, list[Candidate]] | None = None
    for page in pages:
        ways = chosen(gray, [*near, *places_in(quads, page.layout)], page.layout)
        if ways and (best is None or ways[0].alike > best[1][0].alike):
            best = page, ways
    if best is None or best[1][0].alike < COARSE_ALIKE:
        return None
    page, ways = best
    return Found(page, ways[0].place, corners, None, turned_too(ways, page.layout))


def with_pictures(
    reading: SheetReading, template: Template, found: Found, pixels: Gray, grow: float
) -> SheetReading:
    """The reading with its areas cut out of ``pixels``, which are ``grow`` times as large."""
    larger = np.array([[grow, 0, 0], [0, grow, 0], [0, 0, 1.0]]) @ found.place
    cut, straight = pictures_of(pixels, larger, template, found.page)
    return replace(reading, pictures=cut, straight=straight)
