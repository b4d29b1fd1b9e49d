"""What other rooms may ask of exams."""

from yunke.school.exams.actions.bringing import exam_bring
from yunke.school.exams.actions.desk_mark import mark_give as desk_give
from yunke.school.exams.actions.desk_mark import packet_take
from yunke.school.exams.actions.desk_set import desk_assign
from yunke.school.exams.actions.papers import paper_begin
from yunke.school.exams.actions.planning import Wish, exam_plan
from yunke.school.exams.actions.printing import layout_make, sheets_ready
from yunke.school.exams.actions.results import (
    analysis_keep,
    appeal_ask,
    exam_release,
    mark_give,
)
from yunke.school.exams.actions.scanning import scan_read_now, scan_send
from yunke.school.exams.reads.analysis import analysis_json, analysis_made, stamp_of
from yunke.school.exams.reads.desk import desk_items_of
from yunke.school.exams.reads.exams import (
    exam_view,
    exams_of_classes,
    exams_released,
    plain_names,
)
from yunke.school.exams.reads.led import Led, exam_led
from yunke.school.exams.reads.results import missing_for, results_of
from yunke.school.exams.reads.sheets import layout_of
from yunke.school.exams.rules.writing import item_written
from yunke.school.exams.values.exams import ExamView, Mode, Sort
from yunke.school.exams.values.paper import Post
from yunke.school.exams.values.papers import PaperBody, PaperLine, Section

__all__ = [
    "ExamView",
    "Led",
    "Mode",
    "PaperBody",
    "PaperLine",
    "Post",
    "Section",
    "Sort",
    "Wish",
    "analysis_json",
    "analysis_keep",
    "analysis_made",
    "appeal_ask",
    "desk_assign",
    "desk_give",
    "desk_items_of",
    "exam_bring",
    "exam_led",
    "exam_plan",
    "exam_release",
    "exam_view",
    "exams_of_classes",
    "exams_released",
    "item_written",
    "layout_make",
    "layout_of",
    "mark_give",
    "missing_for",
    "packet_take",
    "paper_begin",
    "plain_names",
    "results_of",
    "scan_read_now",
    "scan_send",
    "sheets_ready",
    "stamp_of",
]
