"""Questions as they are asked, solved, found and chosen."""

from dataclasses import dataclass
from typing import Any

from yunke.craft.marking.items import Kind

# Kind -> Chinese, English, icon.
KIND_NAMES: dict[str, tuple[str, str, str]] = {
    Kind.CHOICE: ("单选", "One choice", "circle-dot"),
    Kind.MULTIPLE: ("多选", "Several choices", "square-check"),
    Kind.TRUE_FALSE: ("判断", "True or false", "scale"),
    Kind.BLANKS: ("填空", "Blanks", "text-cursor-input"),
    Kind.NUMBER: ("数与单位", "Number", "hash"),
    Kind.FORMULA: ("算式", "Formula", "radical"),
    Kind.MATCHING: ("连线", "Matching", "cable"),
    Kind.ORDERING: ("排序", "Ordering", "list-ordered"),
    Kind.SHORT_TEXT: ("简答", "Short text", "message-square-text"),
    Kind.LONG_TEXT: ("作文", "Long text", "file-text"),
    Kind.HANDWRITING: ("手写", "Handwriting", "pen-line"),
    Kind.READING: ("朗读", "Reading aloud", "book-audio"),
    Kind.RECITATION: ("背诵", "Recitation", "mic"),
    Kind.PRACTICAL: ("实践", "Practical work", "camera"),
    Kind.SIGNED: ("家长签字", "Signed by a guardian", "signature"),
}
# Those whose answer is one or more files.
SHOWN_KINDS = frozenset({Kind.HANDWRITING, Kind.READING, Kind.RECITATION, Kind.PRACTICAL})


@dataclass(frozen=True)
class AskedOption:
    """An option, or a side of a match; ``text`` as the author wrote it."""

    id: str
    text: str
    text_en: str = ""


@dataclass(frozen=True)
class AskedBlank:
    """``mode``: what is written there: "number", "formula", "text"."""

    id: str
    mode: str


@dataclass(frozen=True)
class Asked:
    """A question as a pupil may see it: no key, no cause, no reasoning.

    ``options``: what is chosen, put in order, or the left side of a match; ``targets``: its right
    side. ``unit``: printed behind the field where it need not be written. ``media``: what is
    handed in: "photo", "video", "audio". ``text``: what is read aloud. ``most`` 0: no limit.
    """

    id: int
    kind: str
    prompt: str
    prompt_en: str = ""
    points: str = "1"
    options: tuple[AskedOption, ...] = ()
    targets: tuple[AskedOption, ...] = ()
    blanks: tuple[AskedBlank, ...] = ()
    unit: str = ""
    picture: str = ""
    media: tuple[str, ...] = ()
    text: str = ""
    language: str = "zh"
    least: int = 0
    most: int = 0
    statement: str = ""


@dataclass(frozen=True)
class SolvedOption:
    """An option and whether it belongs to the key."""

    id: str
    text: str
    right: bool


@dataclass(frozen=True)
class Solved:
    """A question with its key in words. ``key``: lines, several where several are right or parts
    have their own; empty where a person decides. ``value_lines`` of an answer: ``answer_lines``.
    """

    asked: Asked
    key: tuple[str, ...]
    reasoning: str
    reasoning_en: str = ""
    options: tuple[SolvedOption, ...] = ()


@dataclass(frozen=True)
class QuestionLine:
    """A question in a list. ``marked``: by rule at once, or by a person."""

    id: int
    kind: str
    stem: str
    stem_en: str
    subject: str
    grade: int
    points: tuple[str, ...]
    author: str
    author_id: int
    school_id: int
    origin: str
    marked: bool
    worth: str = "1"
    retired: bool = False


@dataclass(frozen=True)
class QuestionsAsked:
    """What somebody looks for. Empty: everything they may see."""

    subject: str = ""
    grade: int = 0
    kind: str = ""
    point: int = 0
    words: str = ""
    own: bool = False
    marked: bool = False
    retired: bool = False


@dataclass(frozen=True)
class QuestionsFound:
    """A page of them; ``total`` of all."""

    lines: tuple[QuestionLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class QuestionDraft:
    """A question to be written. ``item``: JSON of ``craft.marking.items``; ``knowledge`` of the
    item: names or codes of points. ``school_id`` 0: for everybody.
    """

    item: dict[str, Any]
    subject: str
    grade: int
    points: tuple[str, ...] = ()
    stem_en: str = ""
    reasoning_en: str = ""
    origin: str = ""
    code: str = ""
    # Kept, but offered to nobody.
    retired: bool = False
