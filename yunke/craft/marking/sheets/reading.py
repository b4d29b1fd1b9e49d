"""What a picture of a sheet says: answers, what a person has to look at, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from yunke.craft.marking.sheets.canvas import Homography
from yunke.craft.marking.sheets.judge import Verdict
from yunke.craft.marking.sheets.layout import Layout
from yunke.craft.marking.sheets.light import Gray
from yunke.craft.marking.sheets.seen import Seen, coverage, sharpness
from yunke.craft.marking.sheets.trouble import WORDS, Problem

COARSE_ALIKE = 0.12  # print and ink that are less alike are not worth a second look
# Print and ink less alike than this are another sheet, or none: up to so many bubbles, and beyond.
# The more bubbles, the less alike chance makes them.
LEAST_ALIKE = ((40, 0.28), (80, 0.22), (1_000_000, 0.15))
LEAST_PIXELS = 5.0  # of a bubble's shorter side in the picture
# Doubts about what is marked take the marks away; others are about whose sheet it is.
UNREADABLE = frozenset(
    {
        Problem.BLURRED,
        Problem.DARK,
        Problem.SMALL,
        Problem.CORNERS,
        Problem.TURNED,
        Problem.LOOSE,
        Problem.OTHER_PAGE,
    }
)
LEAST_SHARP = 0.07  # ink from pixel to pixel; a line of a pen has 0.3
LEAST_LIGHT = 0.16  # of white


@dataclass(frozen=True)
class Quality:
    """``sharpness``: ink a pixel at the steepest; ``light``: the paper's brightness, 0 to 1;
    ``coverage``: the page's share of the picture; ``corners``: marks found; ``corner_error``: mm
    (pixels for a foreign template), None where there are no marks; ``alike``: correlation of
    print and ink.
    """

    sharpness: float = 0.0
    light: float = 0.0
    coverage: float = 0.0
    corners: int = 0
    corner_error: float | None = None
    alike: float = 0.0


@dataclass(frozen=True)
class SheetReading:
    """One picture, read.

    ``answers``: item to mark, None where nothing is marked or where a person decides.
    ``needs_person``: those items. Where it is doubtful what is marked, the mark is taken away;
    where it is doubtful whose sheet it is, the marks stay as a proposal and every item is listed.
    ``refused``: why nothing was read. ``pictures``: areas cut out, PNG. ``straight``: the page
    pulled straight, PNG. Both are empty unless they were asked for.
    """

    pupil: str | None
    page: int | None
    answers: Mapping[str, str | None]
    needs_person: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    refused: Problem | None = None
    quality: Quality = field(default_factory=Quality)
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    straight: bytes = field(default=b"", repr=False)

    @property
    def words(self) -> tuple[str, ...]:
        """The problems as sentences for a person."""
        told = (self.refused, *self.problems)
        return tuple(WORDS[problem] for problem in told if problem is not None)


def least_alike(layout: Layout) -> float:
    """How much print and ink must be alike for a sheet of this layout."""
    bubbles = sum(len(item.bubbles) for item in layout.items)
    return next(alike for most, alike in LEAST_ALIKE if bubbles <= most)


def refusal(names: Iterable[str], why: Problem, **more: object) -> SheetReading:
    """Nothing was read: every item goes to a person."""
    every = tuple(names)
    values: dict[str, object] = {"pupil": None, "page": None, **more}
    return SheetReading(
        answers=dict.fromkeys(every),
        needs_person=every,
        refused=why,
        **values,  # type: ignore[arg-type]
    )


def answers_of(
    verdicts: Iterable[Verdict], layout: Layout, *, parts: bool
) -> tuple[dict[str, str | None], list[str]]:
    """Answers, and the items a person decides. ``parts``: single digits are told too."""
    verdicts = list(verdicts)
    unsure = {verdict.item.name for verdict in verdicts if verdict.unsure}
    marks = {verdict.item.name: _mark(verdict.marks) for verdict in verdicts}
    inner = {part for several in layout.joined.values() for part in several}
    answers: dict[str, str | None] = {}
    asked: list[str] = []
    for name, mark in marks.items():
        if name in inner and not parts:
            continue
        answers[name] = None if name in unsure else mark
        asked.extend([name] if name in unsure else [])
    for name, several in layout.joined.items():
        doubt = any(part in unsure for part in several)
        gap = not parts and _gap([marks[part] for part in several])
        whole = "".join(marks[part] or "" for part in several) or None
        answers[name] = None if doubt or gap else whole
        asked.extend([name] if doubt or gap else [])
    return answers, asked


def _mark(values: tuple[str, ...]) -> str | None:
    if not values:
        return None
    return ("" if all(len(value) == 1 for value in values) else ",").join(values)


def _gap(digits: list[str | None]) -> bool:
    """A number with an empty column between two digits is no number."""
    filled = [place for place, digit in enumerate(digits) if digit]
    return bool(filled) and filled[-1] - filled[0] + 1 != len(filled)


def quality_of(
    gray: Gray, place: Homography, layout: Layout, seen: Seen, corners: tuple[int, float | None]
) -> Quality:
    """The measures that a person sees beside the picture."""
    return Quality(
        sharpness=round(sharpness(seen.canvas), 3),
        light=round(seen.canvas.light, 3),
        coverage=round(coverage(gray, place, layout), 3),
        corners=corners[0],
        corner_error=None if corners[1] is None else round(corners[1], 3),
        alike=round(seen.alike, 3),
    )


def problems_of(quality: Quality, seen: Seen, pixels: float) -> list[Problem]:
    """Doubts about the sheet as a whole that the picture itself gives."""
    told = {
        Problem.BLURRED: quality.sharpness < LEAST_SHARP,
        Problem.DARK: quality.light < LEAST_LIGHT,
        Problem.SMALL: pixels < LEAST_PIXELS,
        Problem.CUT: seen.cut,
    }
    return [problem for problem, yes in told.items() if yes]


def settled(reading: SheetReading, names: Iterable[str], asked: Iterable[str]) -> SheetReading:
    """The reading with its marks kept, taken away or listed as its problems demand."""
    every, doubted = tuple(names), set(asked)
    whole = set(reading.problems) - {Problem.CUT}
    keep = not whole & UNREADABLE
    return replace(
        reading,
        answers={name: reading.answers[name] if keep else None for name in every},
        needs_person=tuple(name for name in every if whole or name in doubted),
    )
