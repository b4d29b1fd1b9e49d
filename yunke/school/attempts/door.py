"""What homework, exams and practice may ask of attempts."""

from yunke.school.attempts.actions.boxes import boxes_take
from yunke.school.attempts.actions.late import stray_decide
from yunke.school.attempts.actions.marking import attempts_mark, attempts_mark_again, mark_set
from yunke.school.attempts.actions.opening import (
    attempt_again,
    attempt_open,
    attempt_reopen,
    attempt_withdraw,
    attempts_due_at,
    attempts_end_at,
)
from yunke.school.attempts.actions.photos import photo_add
from yunke.school.attempts.actions.saving import (
    attempt_save,
    attempt_submit,
    attempts_close,
)
from yunke.school.attempts.actions.undoing import mark_undo
from yunke.school.attempts.reads.answers import answers_of
from yunke.school.attempts.reads.attempts import (
    attempt_by_id,
    attempt_opened,
    marks_histories,
    marks_history,
    marks_of,
    marks_since,
    states_of,
    states_of_person,
)
from yunke.school.attempts.reads.counts import Counts, attempts_of, counts_of, handed_in_by
from yunke.school.attempts.reads.handed import Handed, handed_of, mark_last
from yunke.school.attempts.reads.late import strays_of, strays_of_attempts
from yunke.school.attempts.reads.photos import lookers_from, pages_of, photo_may
from yunke.school.attempts.reads.sheets import sheet_of
from yunke.school.attempts.reads.things import page_from, signed_from, things_from
from yunke.school.attempts.reads.told import attempt_now
from yunke.school.attempts.rules.arrivals import instant_of
from yunke.school.attempts.rules.ticks import From, Proof, proof_of
from yunke.school.attempts.values import (
    Late,
    Marked,
    Of,
    Opened,
    Page,
    Place,
    Sent,
    Sheet,
    State,
    Whose,
    Why,
)

__all__ = [
    "Counts",
    "From",
    "Handed",
    "Late",
    "Marked",
    "Of",
    "Opened",
    "Page",
    "Place",
    "Proof",
    "Sent",
    "Sheet",
    "State",
    "Whose",
    "Why",
    "answers_of",
    "attempt_again",
    "attempt_by_id",
    "attempt_now",
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
    "attempts_mark_again",
    "attempts_of",
    "boxes_take",
    "counts_of",
    "handed_in_by",
    "handed_of",
    "instant_of",
    "lookers_from",
    "mark_last",
    "mark_set",
    "mark_undo",
    "marks_histories",
    "marks_history",
    "marks_of",
    "marks_since",
    "page_from",
    "pages_of",
    "photo_add",
    "photo_may",
    "proof_of",
    "sheet_of",
    "signed_from",
    "states_of",
    "states_of_person",
    "stray_decide",
    "strays_of",
    "strays_of_attempts",
    "things_from",
]
