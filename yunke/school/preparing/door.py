"""What other rooms may ask of preparing."""

from yunke.school.preparing.actions.people import colleague_invite
from yunke.school.preparing.actions.save import (
    NoVersion,
    lesson_save,
    version_now,
    version_publish,
    work_note,
    work_open,
)
from yunke.school.preparing.actions.suggest import suggestion_accept, suggestion_make
from yunke.school.preparing.actions.talk import thread_answer, thread_begin, thread_resolve
from yunke.school.preparing.reads.credits import credits_of
from yunke.school.preparing.reads.history import (
    compared,
    version_by_number,
    version_shown,
)
from yunke.school.preparing.reads.tasks import tasks_from
from yunke.school.preparing.reads.work import work_content
from yunke.school.preparing.values import (
    Content,
    Credit,
    FieldDifference,
    Part,
    Place,
    PlaceKind,
    TaskMark,
    VersionShown,
)

__all__ = [
    "Content",
    "Credit",
    "FieldDifference",
    "NoVersion",
    "Part",
    "Place",
    "PlaceKind",
    "TaskMark",
    "VersionShown",
    "colleague_invite",
    "compared",
    "credits_of",
    "lesson_save",
    "suggestion_accept",
    "suggestion_make",
    "tasks_from",
    "thread_answer",
    "thread_begin",
    "thread_resolve",
    "version_by_number",
    "version_now",
    "version_publish",
    "version_shown",
    "work_content",
    "work_note",
    "work_open",
]
