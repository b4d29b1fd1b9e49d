"""Keys of what a person looks at or listens to: texts, handwriting, voices, things done."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Criterion:
    """What a person looks at, and its part of the points."""

    id: str
    text: str
    points: Fraction


@dataclass(frozen=True)
class ShortTextKey:
    """A sentence or two; a suggestion comes from ``short``, a person decides."""

    references: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class LongTextKey:
    criteria: tuple[Criterion, ...] = ()
    least: int = 0
    most: int | None = None


@dataclass(frozen=True)
class HandwritingKey:
    """Written on a picture; ``expected`` is for the marker's eyes."""

    picture: str
    expected: str = ""
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class ReadingKey:
    """A text read aloud; ``language`` as in HTML: zh, en."""

    text: str
    language: str = "zh"
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class RecitationKey:
    text: str
    language: str = "zh"
    criteria: tuple[Criterion, ...] = ()


@dataclass(frozen=True)
class PracticalKey:
    """Shown by photographs or a film; ``media``: photo, video."""

    media: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()

    def __post_init__(self) -> None:
        if not self.media or not set(self.media) <= {"photo", "video"}:
            raise ValueError("a practical task is shown by photo or video")


@dataclass(frozen=True)
class SignedKey:
    """A task whose doing a guardian signs with these words."""

    statement: str
