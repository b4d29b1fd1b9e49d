"""What goes in and what comes out: marked rows, suggestions and the reasons for them."""

from dataclasses import dataclass
from enum import Enum


class Unusable(ValueError):
    """Input that nothing can be made of; the message is one plain line."""


@dataclass(frozen=True)
class Row:
    """One answer to one question. ``label`` is None while nobody has marked it."""

    question: str
    reference: str
    answer: str
    label: str | None = None

    @property
    def task(self) -> tuple[str, str]:
        """Which question this is: its text and its reference, spaces and case aside."""
        return (plain(self.question), plain(self.reference))


class Reason(Enum):
    """Kinds of reasons. The pages say them in the reader's language."""

    FOUND = "found"  # words of the reference that the answer has, or says alike
    MISSING = "missing"  # words of the reference that nothing in the answer is near to
    OPPOSITE = "opposite"  # a word of the reference and its opposite in the answer
    DENIES = "denies"  # one of the two denies, the other does not
    NUMBER = "number"  # numbers of the reference that are not in the answer
    LIKE = "like"  # the marked answer that is nearest, and its label
    EMPTY = "empty"  # nothing was written


@dataclass(frozen=True)
class Why:
    """One reason with the words it rests on."""

    reason: Reason
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A label for a teacher to confirm; ``confidence`` is the chance, 0..1, that it is right."""

    label: str
    confidence: float
    why: tuple[Why, ...] = ()


def plain(text: str) -> str:
    """Text as it is compared: one kind of space, no capitals."""
    return " ".join(text.split()).casefold()
