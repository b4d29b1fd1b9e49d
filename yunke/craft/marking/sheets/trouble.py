"""What may be wrong with a sheet, a picture or a template, each with a sentence for a person."""

from enum import StrEnum

from yunke.craft.picture.plain import BadPicture

__all__ = ["WORDS", "BadPicture", "BadTemplate", "Problem"]


class BadTemplate(ValueError):
    """The template cannot be used; the message says why."""


class Problem(StrEnum):
    """A reason for a person to look at a whole sheet. The sentence is ``WORDS[problem]``."""

    NO_SHEET = "no_sheet"
    OTHER_EXAM = "other_exam"
    OTHER_PAGE = "other_page"
    BLURRED = "blurred"
    DARK = "dark"
    SMALL = "small"
    CUT = "cut"
    CORNERS = "corners"
    NO_CODE = "no_code"
    LOOSE = "loose"
    TWICE = "twice"
    TURNED = "turned"


WORDS = {
    Problem.NO_SHEET: "This is not a sheet of this template, or none of its marks can be found.",
    Problem.OTHER_EXAM: "The code says that this sheet belongs to another exam.",
    Problem.OTHER_PAGE: "The code and the corner marks name different pages.",
    Problem.BLURRED: "The picture is too blurred to be sure. Hold still and take it again.",
    Problem.DARK: "There is too little light to tell ink from paper. Take it again in the light.",
    Problem.SMALL: "The sheet is too small in the picture. Go nearer and take it again.",
    Problem.CUT: "Part of the sheet lies outside of the picture.",
    Problem.CORNERS: "Fewer than three corner marks were found: the marks are a proposal.",
    Problem.NO_CODE: "The pupil's code could not be read: a person says whose sheet this is.",
    Problem.LOOSE: "Part of the print is not where it should be; the sheet may be cut or covered.",
    Problem.TURNED: "It cannot be told which side of the sheet is up.",
    Problem.TWICE: "Another picture carries the same pupil and page, with other marks.",
}
