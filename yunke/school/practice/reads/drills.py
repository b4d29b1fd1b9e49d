"""Drills as lists and pages need them."""

from datetime import date

from django.db.models import Case, Value, When

from yunke.base.clock import monday
from yunke.school.attempts.door import Of, marks_of, states_of_person
from yunke.school.practice.models import Drill, Paper, Printing
from yunke.school.practice.values import Asked, DrillLine, Reading


def drills_of(person_id: int, *, most: int = 8) -> list[DrillLine]:
    """The newest drills of one pupil. 3 queries."""
    rows = list(
        Drill.objects.filter(person=person_id, withdrawn_at__isnull=True).order_by("-id")[:most]
    )
    states = states_of_person(person_id, Of.DRILL, [row.id for row in rows])
    done = {one.id: of_id for of_id, one in states.items() if one.submitted_at}
    right: dict[int, int] = {}
    for mark in marks_of(done):
        hit = mark.score is not None and mark.score == mark.out_of
        right[done[mark.attempt_id]] = right.get(done[mark.attempt_id], 0) + int(hit)
    lines = []
    for row in rows:
        state = states.get(row.id)
        over = row.done_at is not None or (state is not None and state.submitted_at is not None)
        word = "done" if over else "begun" if state else "waiting"
        lines.append(
            DrillLine(
                row.id, row.title, row.week, len(row.asked), row.minutes, word,
                row.by_id is not None, right.get(row.id, 0),
            )
        )  # fmt: skip
    return lines


def drill_of(person_id: int, drill_id: int) -> Drill | None:
    """One's own drill. 1 query."""
    rows = Drill.objects.filter(id=drill_id, person=person_id, withdrawn_at__isnull=True)
    return rows.first()


def asked_in(drill: Drill) -> tuple[Asked, ...]:
    return tuple(Asked.of(one) for one in drill.asked)


def drill_waiting(person_id: int) -> int:
    """The drill that waits for this pupil; 0 for none. 1 query."""
    rows = Drill.objects.filter(person=person_id, done_at__isnull=True, withdrawn_at__isnull=True)
    return rows.order_by("-id").values_list("id", flat=True).first() or 0


def class_week(class_id: int, day: date) -> list[Drill]:
    """The drills of a class in the week of this day, newest last. 1 query."""
    rows = Drill.objects.filter(class_id=class_id, week=monday(day), withdrawn_at__isnull=True)
    return list(rows.order_by("id"))


def printing_of(printing_id: int) -> Printing | None:
    return Printing.objects.filter(id=printing_id).first()


def papers_of(class_id: int, *, most: int = 60) -> list[Paper]:
    """Photographs of a class's sheets: what waits for a person first. 1 query."""
    rows = Paper.objects.filter(class_id=class_id).select_related("drill__person")
    first = (Reading.UNCLEAR, Reading.REFUSED, Reading.WAITING, Reading.READ)
    rank = Case(*(When(state=state.value, then=Value(n)) for n, state in enumerate(first)))
    return list(rows.order_by(rank, "-id")[:most])


def papers_by(person_id: int, *, most: int = 3) -> list[Paper]:
    """What this person photographed last. 1 query."""
    return list(Paper.objects.filter(by=person_id).order_by("-id")[:most])
