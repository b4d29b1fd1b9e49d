"""An exam that took place already comes in with its answers: a demo, a school's earlier term."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction

from yunke.ground.people.door import Who
from yunke.school.attempts.door import Of, Sent, attempt_open, attempt_submit, attempts_mark
from yunke.school.exams.actions.papers import paper_open
from yunke.school.exams.actions.planning import Wish, plan_written
from yunke.school.exams.actions.sitting import order_of
from yunke.school.exams.models import Sitting
from yunke.school.exams.reads.exams import exam_view
from yunke.school.exams.reads.papers import items_of_paper
from yunke.school.exams.values.exams import plain_name


@transaction.atomic
def exam_bring(
    *, who: Who, wish: Wish, sat: Mapping[int, tuple[int, Sequence[Any]]]
) -> int:  # fmt: skip
    """Write the exam and what each pupil answered, marked by rule; gives its id.

    ``sat``: pupil → (class, values by position; None: left out). The wish's times are in the past;
    what a profile forbids is not asked: it took place. 8 queries a pupil.
    """
    number = plan_written(who, wish)
    paper_open(wish.paper_id)
    exam = exam_view(number)
    assert exam is not None  # noqa: S101 - just written
    items = items_of_paper(wish.paper_id)
    by_question = {item.question_id: item.position for item in items}
    attempts = []
    for n, (pupil, (class_id, values)) in enumerate(sat.items()):
        order = order_of(exam, items, pupil)
        attempt = attempt_open(
            person_id=pupil, class_id=class_id, school_id=exam.school_id, of=Of.EXAM,
            of_id=number, order=order, title=plain_name(exam),
        )  # fmt: skip
        given = {q: values[by_question[q] - 1] for q in order if by_question[q] <= len(values)}
        sent = [Sent(q, v, k) for k, (q, v) in enumerate(given.items(), 1) if v is not None]
        attempt_submit(
            who_id=pupil, attempt_id=attempt, answers=sent, key=f"brought-{number}-{pupil}-{n:06}"
        )
        Sitting.objects.create(
            exam_id=number, person_id=pupil, class_id=class_id, attempt_id=attempt,
            started_at=exam.starts_at + timedelta(seconds=7 * n),
        )  # fmt: skip
        attempts.append(attempt)
    attempts_mark(attempts)
    return number
