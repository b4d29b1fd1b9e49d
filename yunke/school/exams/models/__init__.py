"""Papers and exams, sheets and scans, the marking desk."""

from yunke.school.exams.models.exams import (
    Exam,
    ExamClass,
    Extra,
    Incident,
    Pause,
    Sitting,
)
from yunke.school.exams.models.home import ClassCode, Invigilation
from yunke.school.exams.models.papers import Paper, PaperItem, PaperMaker
from yunke.school.exams.models.results import Analysis, Appeal, Release

__all__ = [
    "Analysis",
    "Appeal",
    "ClassCode",
    "Exam",
    "ExamClass",
    "Extra",
    "Incident",
    "Invigilation",
    "Paper",
    "PaperItem",
    "PaperMaker",
    "Pause",
    "Release",
    "Sitting",
]
