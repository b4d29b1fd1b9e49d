"""What invigilators and guardians see while an exam runs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from yunke.base.clock import now
from yunke.ground.people.door import PersonName, Who, class_pupils, guardians_of
from yunke.school.attempts.door import Late, Whose, strays_of_attempts
from yunke.school.exams.models import Incident, Invigilation
from yunke.school.exams.reads.exams import (
    allowances_of,
    classes_taught,
    classes_watched,
    exam_view,
    seats_of,
)
from yunke.school.exams.rules.time import Allowance
from yunke.school.exams.values.exams import ExamView, Mode, Seat

# A page says every half minute that it is there.
AWAY = timedelta(seconds=75)


@dataclass(frozen=True)
class Desk:
    """One pupil on the invigilator's page. ``state``: absent, here, away, paused, done, void."""

    person_id: int
    name: str
    animal: str
    class_id: int
    state: str
    seat: Seat | None
    extra: Allowance
    home: str = ""


@dataclass(frozen=True)
class IncidentLine:
    id: int
    at: datetime
    kind: str
    note: str
    person_id: int
    by_id: int


@dataclass(frozen=True)
class Watch:
    """A home exam on the guardian's phone."""

    checks: dict[str, Any]
    checked: bool
    shown_at: datetime | None
    misses: int
    signed_at: datetime | None
    signed_name: str


def desks_of(who: Who, exam: ExamView) -> list[Desk]:
    """Everybody of the classes that this person watches, by name. 7 queries and one a class."""
    at = now()
    seats, extras = seats_of(exam, at=at), allowances_of(exam.id)
    homes = _homes(exam)
    return [
        _desk(pupil, class_id, seats.get(pupil.id), extras, homes, at)
        for class_id in classes_watched(who, exam)
        for pupil in class_pupils(class_id)
    ]


def _desk(
    pupil: PersonName, class_id: int, seat: Seat | None, extras: dict[int, Allowance],
    homes: dict[int, str], at: datetime,
) -> Desk:  # fmt: skip
    return Desk(
        pupil.id, pupil.name, pupil.animal, class_id, state_of(seat, at), seat,
        extras.get(pupil.id, Allowance()), homes.get(pupil.id, ""),
    )  # fmt: skip


def state_of(seat: Seat | None, at: datetime) -> str:
    if seat is None:
        return "absent"
    if seat.withdrawn_at is not None:
        return "void"
    if seat.submitted_at is not None:
        return "done"
    if seat.paused:
        return "paused"
    return "here" if seat.seen_at is not None and at - seat.seen_at < AWAY else "away"


def _homes(exam: ExamView) -> dict[int, str]:
    """How far each guardian is: "ready", "shown", "signed"."""
    if exam.mode is not Mode.HOME:
        return {}
    rows = Invigilation.objects.filter(exam_id=exam.id)
    return {
        row.person_id: "signed" if row.signed_at else "shown" if row.shown_at
        else "ready" if row.checked_at else ""
        for row in rows
    }  # fmt: skip


def watch_of(exam_id: int, child_id: int) -> Watch:
    """1 query."""
    row = Invigilation.objects.filter(exam_id=exam_id, person_id=child_id).first()
    if row is None:
        return Watch({}, False, None, 0, None, "")
    return Watch(
        row.checks, row.checked_at is not None, row.shown_at, row.misses, row.signed_at,
        row.signed_name,
    )  # fmt: skip


def incidents_of(exam_id: int, *, person_id: int = 0) -> list[IncidentLine]:
    """What was written down, newest first; of the whole exam, or of one sitting. 1 query."""
    rows = Incident.objects.filter(exam_id=exam_id).select_related("sitting")
    rows = rows.filter(sitting__person_id=person_id) if person_id else rows
    return [
        IncidentLine(
            row.id, row.made_at, row.kind, row.note,
            row.sitting.person_id if row.sitting else 0, row.by_id or 0,
        )
        for row in rows.order_by("-id")[:200]
    ]  # fmt: skip


def strays_seen(who: Who, exam: ExamView) -> list[Late]:
    """Late answers that wait for a decision, for who teaches those classes the subject."""
    taught = classes_taught(who, exam)
    if not taught:
        return []
    ids = [s.attempt_id for s in seats_of(exam, states=False).values() if s.class_id in taught]
    return strays_of_attempts(ids)


def photos_looked(whose: Whose, who: Who) -> bool:
    """May this person see the pages photographed for a sitting? A guardian of the child who watched
    at home, and the class's teacher of the subject."""
    exam = exam_view(whose.of_id)
    if exam is None or exam.withdrawn_at is not None:
        return False
    if whose.class_id in classes_taught(who, exam):
        return True
    mine = any(child.id == whose.person_id for child in who.children)
    return mine and who.id in guardians_of([whose.person_id]).get(whose.person_id, {})
