"""What homework, exams and practice may ask of attempts."""

from yunke.school.attempts.actions.marking import attempts_mark, mark_set, stray_decide
from yunke.school.attempts.actions.opening import (
    attempt_again,
    attempt_open,
    attempt_reopen,
    attempt_withdraw,
    attempts_due_at,
    attempts_end_at,
)
from yunke.school.attempts.actions.saving import (
    Sent,
    attempt_save,
    attempt_submit,
    attempts_close,
)
from yunke.school.attempts.actions.undoing import mark_undo
from yunke.school.attempts.reads.attempts import (
    attempt_opened,
    marks_history,
    marks_of,
    marks_since,
    states_of,
    states_of_person,
)
from yunke.school.attempts.reads.handed import Handed, handed_of, mark_last
from yunke.school.attempts.reads.things import things_from
from yunke.school.attempts.values import Marked, Of, Opened, Place, State, Why

__all__ = [
    "Handed",
    "Marked",
    "Of",
    "Opened",
    "Place",
    "Sent",
    "State",
    "Why",
    "attempt_again",
    "attempt_open",
    "attempt_opened",
    "attempt_reopen",
    "attempt_save",
    "attempt_submit",
    "attempt_withdraw",
    "attempts_close",
    "attempts_due_at",
    "attempts_end_at",
    "attempts_mark",
    "handed_of",
    "mark_last",
    "mark_set",
    "mark_undo",
    "marks_history",
    "marks_of",
    "marks_since",
    "states_of",
    "states_of_person",
    "stray_decide",
    "things_from",
]
