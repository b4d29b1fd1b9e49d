"""What other rooms may ask of reviews."""

from yunke.school.review.actions.checklist import checklist_begin
from yunke.school.review.actions.decide import (
    submission_claim,
    submission_decide,
    ticks_save,
)
from yunke.school.review.actions.seed import submission_aged
from yunke.school.review.actions.submit import (
    lesson_resubmit,
    lesson_submit,
    submission_withdraw,
)
from yunke.school.review.actions.wish import wish_ask
from yunke.school.review.reads.one import items_of, submission_seen
from yunke.school.review.values import ItemLine, Level, SubmissionSeen, TickIn

__all__ = [
    "ItemLine",
    "Level",
    "SubmissionSeen",
    "TickIn",
    "checklist_begin",
    "items_of",
    "lesson_resubmit",
    "lesson_submit",
    "submission_aged",
    "submission_claim",
    "submission_decide",
    "submission_seen",
    "submission_withdraw",
    "ticks_save",
    "wish_ask",
]
