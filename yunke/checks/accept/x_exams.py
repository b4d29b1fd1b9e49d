"""X-09: the end of a sitting, forty cases through the real rows; X-14: a thousand random walks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from yunke.base.clock import now
from yunke.checks.accept.table import Options
from yunke.school.attempts.door import attempts_close
from yunke.school.attempts.models import Attempt, Reply
from yunke.school.exams.actions.planning import extra_set
from yunke.school.exams.actions.sitting import ends_moved
from yunke.school.exams.models import Pause, Sitting
from yunke.school.exams.reads.exams import seat_of
from yunke.school.exams.tests import makers
from yunke.school.exams.tests.walks import walk

GRACE = timedelta(seconds=2)


@dataclass(frozen=True)
class Row:
    """Minutes after the window opened. ``pauses``: (from, to, own); ``end``: by hand."""

    window: int
    minutes: int
    started: float
    end: float
    percent: int = 0
    extra: int = 0
    extended: int = 0
    late_full: bool = False
    pauses: tuple[tuple[float, float, bool], ...] = ()


ALL, OWN = False, True
# Worked by hand from the sentence of ``exams.rules.time``.
TABLE: tuple[Row, ...] = (
    # on time, late, with and without the whole time for latecomers
    Row(60, 40, 0, 40), Row(60, 40, 10, 50), Row(60, 40, 20, 60), Row(60, 40, 30, 60),
    Row(60, 60, 0, 60), Row(60, 60, 1, 60), Row(60, 60, 59, 60),
    Row(60, 60, 30, 90, late_full=True), Row(60, 40, 59, 99, late_full=True),
    # extra time: percent, minutes, both, rounded up; a window shorter than it
    Row(60, 40, 0, 50, percent=25), Row(60, 45, 0, 57, percent=25), Row(40, 40, 0, 50, percent=25),
    Row(40, 40, 0, 60, percent=50), Row(40, 40, 0, 55, extra=15), Row(40, 40, 0, 65, 25, 15),
    Row(40, 40, 10, 50, percent=25), Row(40, 40, 20, 60, percent=50), Row(40, 40, 39, 80, 100),
    Row(40, 40, 30, 80, percent=25, late_full=True), Row(45, 40, 5, 55, percent=25),
    # minutes given while it runs
    Row(60, 60, 0, 67, extended=7), Row(60, 60, 10, 67, extended=7),
    Row(60, 40, 0, 57, percent=25, extended=7), Row(60, 40, 30, 77, percent=25, extended=7),
    # a fire alarm for all
    Row(60, 60, 0, 75, pauses=((20, 35, ALL),)), Row(60, 40, 0, 55, pauses=((20, 35, ALL),)),
    Row(60, 60, 10, 75, pauses=((20, 35, ALL),)), Row(60, 60, 40, 75, pauses=((20, 35, ALL),)),
    Row(60, 40, 40, 75, pauses=((20, 35, ALL),)), Row(60, 60, 0, 80, pauses=((0, 20, ALL),)),
    Row(40, 40, 0, 65, percent=25, pauses=((20, 35, ALL),)),
    # of one, of both, overlapping, one inside the other, after the end
    Row(60, 60, 0, 70, pauses=((20, 30, OWN),)),
    Row(60, 60, 0, 80, pauses=((10, 20, ALL), (15, 30, OWN))),
    Row(60, 60, 0, 80, pauses=((10, 30, ALL), (15, 20, OWN))),
    Row(60, 60, 0, 85, pauses=((10, 20, ALL), (40, 55, OWN))),
    Row(60, 40, 0, 40, pauses=((41, 50, ALL),)), Row(60, 40, 0, 50, pauses=((39, 49, ALL),)),
    Row(60, 40, 0, 65, pauses=((39, 49, ALL), (45, 64, ALL))),
    Row(60, 60, 30, 105, late_full=True, pauses=((40, 55, ALL),)),
    Row(40, 40, 5, 72, percent=25, extended=7, pauses=((10, 25, ALL),)),
)  # fmt: skip


def x_09(_options: Options) -> dict[str, Any]:
    """Each case: the end told before and after the start, and what the server closes with."""
    wrong: list[str] = []
    for number, row in enumerate(TABLE, 1):
        with transaction.atomic():
            wrong += [f"{number}: {text}" for text in _case(row)]
            transaction.set_rollback(True)
    figures = {"cases": len(TABLE), "wrong": wrong[:20]}
    return {"pass": len(TABLE) >= 40 and not wrong, "figures": figures}


def _case(row: Row) -> list[str]:
    """What does not hold; looked at long after, when every pause is over."""
    made = makers.hall(pupils=1, open_text=False, minutes=row.minutes, late_full=row.late_full)
    pupil = made.people.pupil
    if row.percent or row.extra:
        extra_set(
            who=made.teacher, exam_id=made.exam.id, person_id=pupil.id, percent=row.percent,
            minutes=row.extra,
        )  # fmt: skip
    opened = now() - timedelta(minutes=300)
    _window(made, opened, row)
    made.exam.starts_at = opened
    seat = _start(made, row, opened)
    for first, last, own in row.pauses:
        Pause.objects.create(
            exam=made.exam, sitting_id=seat.id if own else None,
            began_at=opened + timedelta(minutes=first), ended_at=opened + timedelta(minutes=last),
        )  # fmt: skip
    ends_moved(made.view, None)
    wanted = opened + timedelta(minutes=row.end)
    attempt = Attempt.objects.get(id=seat.attempt_id)
    found = []
    told = seat_of(made.view, pupil.id)
    if told is None or told.ends_at != wanted:
        found.append(f"told {told and told.ends_at}, wanted {wanted}")
    if attempt.ends_at != wanted:
        found.append(f"the attempt ends at {attempt.ends_at}")
    return found + _closed(attempt, wanted)


def _window(made: makers.Hall, opened: datetime, row: Row) -> None:
    made.exam.starts_at = opened
    made.exam.ends_at = opened + timedelta(minutes=row.window)
    made.exam.save()


def _start(made: makers.Hall, row: Row, opened: datetime) -> Sitting:
    """Started then: the page's own start needs an open window, so the clock is set afterwards."""
    long = now() + timedelta(days=1)
    type(made.exam).objects.filter(id=made.exam.id).update(ends_at=long)
    makers.start(made, made.people.pupil)
    made.exam.save()
    at = opened + timedelta(minutes=row.started)
    Sitting.objects.update(started_at=at, extended=row.extended)
    return Sitting.objects.get()


def _closed(attempt: Attempt, wanted: datetime) -> list[str]:
    """The server hands in the last save, at the end and not before."""
    question = attempt.order[0]
    Reply.objects.create(
        attempt=attempt, question_id=question, value="B", seq=7,
        saved_at=wanted - timedelta(seconds=1),
    )  # fmt: skip
    found = []
    attempts_close(wanted + GRACE - timedelta(seconds=1), grace=GRACE)
    attempt.refresh_from_db()
    if attempt.submitted_at is not None:
        found.append("closed before its time")
    attempts_close(wanted + GRACE + timedelta(seconds=1), grace=GRACE)
    attempt.refresh_from_db()
    if attempt.submitted_at != wanted or not attempt.by_server:
        found.append(f"closed at {attempt.submitted_at}")
    if Reply.objects.get(attempt=attempt, question_id=question).value != "B":
        found.append("the last save was not what was handed in")
    return found


def x_14(options: Options) -> dict[str, Any]:
    """Random walks: 200 in every push, 1,000 at the size of a school."""
    count, broken, steps, done = 1000 if options.load else 200, [], 0, dict[str, int]()
    made = makers.hall()
    for number in range(count):
        told = walk(number, made)
        steps += told.steps
        for name, times in told.done.items():
            done[name] = done.get(name, 0) + times
        broken += [f"walk {number}: {text}" for text in told.broken]
    figures = {"walks": count, "steps": steps, "acts": done, "broken": broken[:10]}
    return {"pass": not broken, "figures": figures}
