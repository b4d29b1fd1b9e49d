"""Papers and exams, sheets and scans, the marking desk."""

from yunke.school.exams.models.desk import (
    Assignment,
    BankedComment,
    DeskItem,
    DeskPiece,
    MarkGiven,
    QualitySample,
)
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
from yunke.school.exams.models.sheets import (
    Doubt,
    Field,
    Layout,
    Printing,
    Scan,
    ScanPage,
    Sheet,
)

__all__ = [
    "Analysis",
    "Appeal",
    "Assignment",
    "BankedComment",
    "ClassCode",
    "DeskItem",
    "DeskPiece",
    "Doubt",
    "Exam",
    "ExamClass",
    "Extra",
    "Field",
    "Incident",
    "Invigilation",
    "Layout",
    "MarkGiven",
    "Paper",
    "PaperItem",
    "PaperMaker",
    "Pause",
    "Printing",
    "QualitySample",
    "Release",
    "Scan",
    "ScanPage",
    "Sheet",
    "Sitting",
]
