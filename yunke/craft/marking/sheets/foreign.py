"""A picture of an OMRChecker sheet, read: the page by its edge, its marks or its likeness."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from yunke.craft.marking.sheets.canvas import Homography
from yunke.craft.marking.sheets.circles import Corners, corners_of
from yunke.craft.marking.sheets.layout import Layout
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.omrchecker import Steps, layout_of, steps_of
from yunke.craft.marking.sheets.outline import Quad, cut_off, quads_of
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
    bubble_pixels,
    chosen,
    coverage,
    places_in,
    see,
    turned_too,
)
from yunke.craft.marking.sheets.trouble import BadTemplate, Problem
from yunke.craft.picture.pixels import gray_of

PUPIL = ("roll", "rollno", "roll_no", "student", "studentid", "student_id", "id")
SURE_MARKS = 0.6  # corner marks that correlate so well need no second look
SURE_ALIKE = 0.30  # print that is so much alike is where it should be
WHOLE_PICTURE = 0.97  # of the picture's area
SAME_SIDES = 1.025  # two ratios of sides that differ less are the same
FEATURES = 1_500
LEAST_MATCHES = 20


@dataclass(frozen=True)
class Foreign:
    """A parsed ``template.json`` with the pictures that it names."""

    layout: Layout
    steps: Steps
    marker: Gray | None = None
    reference: Gray | None = None


def foreign_from(template: Mapping[str, Any], files: Mapping[str, bytes]) -> Foreign:
    """``files``: the pictures beside the template, by relative path. Raises BadTemplate."""
    steps = steps_of(template)
    return Foreign(
        layout_of(template),
        steps,
        _picture(steps.marker, files),
        _picture(steps.reference, files),
    )


def _picture(name: str, files: Mapping[str, bytes]) -> Gray | None:
    if not name:
        return None
    if name not in files:
        raise BadTemplate(f"template.json names {name}, which is not there")
    return gray_of(files[name], full=True)


def read_foreign(data: bytes, foreign: Foreign) -> SheetReading:
    """One picture. Raises BadPicture where the bytes are none."""
    return read_foreign_gray(gray_of(data), foreign)


def read_foreign_gray(gray: Gray, foreign: Foreign) -> SheetReading:
    """One page of brightness (h, w)."""
    layout = foreign.layout
    ways = chosen(gray, _places(gray, foreign), layout)
    if not ways or ways[0].alike < COARSE_ALIKE:
        return refusal(layout.names, Problem.NO_SHEET)
    place = ways[0].place
    seen = see(gray, place, layout)
    quality = quality_of(gray, place, layout, seen, (0, None))
    if seen.alike < least_alike(layout):
        return refusal(layout.names, Problem.NO_SHEET, quality=quality)
    answers, asked = answers_of(seen.verdicts, layout, parts=True)
    problems = problems_of(quality, seen, bubble_pixels(gray, place, layout))
    if turned_too(ways, layout):
        problems.append(Problem.TURNED)
    trimmed = seen.alike < SURE_ALIKE and _trimmed(gray, place, layout)
    if foreign.marker is None and (seen.loose or trimmed):
        problems.append(Problem.LOOSE)
    reading = SheetReading(_pupil(answers), 1, answers, (), tuple(problems), quality=quality)
    return settled(reading, layout.names, asked)


def _trimmed(gray: Gray, place: Homography, layout: Layout) -> bool:
    """Whether the page is the whole picture, and the picture has other sides than the page.

    A scan from which a strip is missing looks like a page with its rows a little closer; that is
    enough to read the row below.
    """
    if coverage(gray, place, layout) < WHOLE_PICTURE:
        return False
    sides = max(gray.shape) / min(gray.shape)
    page = max(layout.width, layout.height) / min(layout.width, layout.height)
    return bool(max(sides / page, page / sides) > SAME_SIDES)


def _pupil(answers: Mapping[str, str | None]) -> str | None:
    """What stands under the name that a roll number usually has."""
    named = {name.lower(): mark for name, mark in answers.items()}
    return next((named[name] for name in PUPIL if named.get(name)), None)


def _places(gray: Gray, foreign: Foreign) -> list[Homography]:
    quads = quads_of(gray)
    if foreign.marker is not None:
        quads = _marked(gray, quads, foreign.marker, foreign.steps)
    else:
        quads = [quad for quad in quads if not cut_off(quad, gray.shape)]
    places = places_in(quads, foreign.layout)
    if foreign.reference is not None:
        near = _by_features(gray, foreign.reference, foreign.layout)
        places = [*([near] if near is not None else []), *places]
    return places


def _marked(gray: Gray, quads: list[Quad], marker: Gray, steps: Steps) -> list[Quad]:
    """The quads that corner marks span, looked for in the page first, then in the picture."""
    tried = quads if steps.crop_page else [quads[-1], *quads[:-1]]
    best: Corners | None = None
    for quad in tried:
        found = corners_of(gray, quad, marker, steps.marker_share)
        if found is not None and (best is None or found.sure > best.sure):
            best = found
        if best is not None and best.sure > SURE_MARKS:
            break
    return [best.quad] if best is not None else []


def _by_features(gray: Gray, reference: Gray, layout: Layout) -> Homography | None:
    """Where the reference page lies in the picture (ORB, Rublee et al. 2011)."""
    there, grow_there = _smaller(gray)
    here, grow_here = _smaller(reference)
    orb = cv2.ORB.create(nfeatures=FEATURES)
    points_here, words_here = orb.detectAndCompute(here, None)
    points_there, words_there = orb.detectAndCompute(there, None)
    if words_here is None or words_there is None:
        return None
    pairs = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(words_here, words_there)
    if len(pairs) < LEAST_MATCHES:
        return None
    page = np.array([points_here[one.queryIdx].pt for one in pairs], np.float64) * grow_here
    page *= (layout.width / reference.shape[1], layout.height / reference.shape[0])
    seen = np.array([points_there[one.trainIdx].pt for one in pairs], np.float64) * grow_there
    place, good = cv2.findHomography(page, seen, cv2.RANSAC, 4.0)
    if place is None or int(good.sum()) < LEAST_MATCHES:
        return None
    return np.asarray(place, np.float64)


def _smaller(gray: Gray) -> tuple[Gray, float]:
    scale = min(1.0, 1200 / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), 1 / scale
