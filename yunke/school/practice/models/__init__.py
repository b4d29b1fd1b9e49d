"""The log of answers, error books and estimates; drills; what happens in a class."""

from yunke.school.practice.models.classes import (
    Card,
    Explanation,
    ExplanationFor,
    LiveAnswer,
    LiveQuestion,
)
from yunke.school.practice.models.drills import Drill, Paper, Printing
from yunke.school.practice.models.log import (
    Answered,
    Cursor,
    Doubt,
    ErrorEntry,
    Hardness,
    Learnt,
    Mastery,
    Word,
)

__all__ = [
    "Answered",
    "Card",
    "Cursor",
    "Doubt",
    "Drill",
    "ErrorEntry",
    "Explanation",
    "ExplanationFor",
    "Hardness",
    "Learnt",
    "LiveAnswer",
    "LiveQuestion",
    "Mastery",
    "Paper",
    "Printing",
    "Word",
]
