"""What other rooms may ask of exams."""

from yunke.school.exams.actions.bringing import exam_bring
from yunke.school.exams.actions.papers import paper_begin
from yunke.school.exams.actions.planning import Wish, exam_plan
from yunke.school.exams.actions.results import (
    analysis_keep,
    appeal_ask,
    exam_release,
    mark_give,
)
from yunke.school.exams.reads.analysis import analysis_json, analysis_made, stamp_of
from yunke.school.exams.reads.exams import (
    exam_view,
    exams_of_classes,
    exams_released,
    plain_names,
)
from yunke.school.exams.reads.results import missing_for, results_of
from yunke.school.exams.rules.writing import item_written
from yunke.school.exams.values.exams import ExamView, Mode, Sort
from yunke.school.exams.values.papers import PaperBody, PaperLine, Section

__all__ = [
    "ExamView",
    "Mode",
    "PaperBody",
    "PaperLine",
    "Section",
    "Sort",
    "Wish",
    "analysis_json",
    "analysis_keep",
    "analysis_made",
    "appeal_ask",
    "exam_bring",
    "exam_plan",
    "exam_release",
    "exam_view",
    "exams_of_classes",
    "exams_released",
    "item_written",
    "mark_give",
    "missing_for",
    "paper_begin",
    "plain_names",
    "results_of",
    "stamp_of",
]
