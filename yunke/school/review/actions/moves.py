"""A submission makes a move: one transaction, its line in the history, its act, its event."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Who
from yunke.school.review.models import Moved, Submission
from yunke.school.review.reads.one import about_of
from yunke.school.review.rules import MOST_REASON, Way, level_of, may, near, way_of
from yunke.school.review.values import Move


class NotHere(Exception):
    """There is no such submission, or nothing of it is this person's: one answer for both."""


@dataclass(frozen=True)
class LastMove:
    """What somebody else did meanwhile."""

    what: str
    state: str
    name: str
    at: datetime
    reason: str


class Overtaken(Exception):
    """Somebody else moved it since the page was opened. Nothing was written; ``last`` says what
    was done."""

    def __init__(self, last: LastMove) -> None:
        super().__init__(last.what)
        self.last = last


def words_kept(text: str) -> str:
    """What somebody wrote, whole. Raises Refused for too much: nothing is cut off in silence."""
    words = text.strip()
    if len(words) > MOST_REASON:
        raise Refused(_("写得太长了，最多 2000 字。什么都没有改动。"), status=422)
    return words


def held_row(submission_id: int) -> Submission:
    """The row, held until the transaction ends. Raises NotHere."""
    row = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("lesson__unit")
        .filter(id=submission_id)
        .first()
    )
    if row is None:
        raise NotHere
    return row


def last_move(row: Submission) -> LastMove:
    move = Moved.objects.filter(submission=row).select_related("person").order_by("-id").first()
    if move is None:
        raise NotHere
    name = move.person.name if move.person else ""
    return LastMove(move.what, move.state, name, move.made_at, move.reason)


def allowed_way(who: Who, row: Submission, move: Move, turn: int) -> Way:
    """The way this move takes. Raises Overtaken when the row moved on since ``turn`` was read,
    NotHere when the move is not this person's.
    """
    way, about = way_of(row.state, move), about_of(row)
    if not near(who, about):
        raise NotHere
    if row.turn != turn:
        raise Overtaken(last_move(row))
    if way is None or not may(who, about, move):
        raise NotHere
    return way


def moved(who: Who, row: Submission, way: Way, *, reason: str = "", **fields: Any) -> None:
    """Set the row to the way's end and write its line. The level is the one that acted."""
    level = level_of(about_of(row))
    changes = {"state": way.end.value, "waiting_since": now(), **fields}
    changed = Submission.objects.filter(id=row.id, turn=row.turn).update(
        turn=F("turn") + 1, **changes
    )
    if not changed:
        raise Overtaken(last_move(row))
    line(who, row, way.move, way.end.value, reason=reason, level=level or "", **_said(fields))


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: fields[name] for name in ("round", "version_id") if name in fields}


def line(
    who: Who, row: Submission, what: Move, state: str, *, reason: str = "", level: str = "",
    **more: Any,
) -> None:  # fmt: skip
    told = {"round": row.round, "version_id": row.version_id, **more}
    Moved.objects.create(
        submission=row, person_id=who.id, what=what.value, state=state, level=level,
        reason=reason, **told,
    )  # fmt: skip


def tell(
    who: Who, row: Submission, verb: Verb, act: Act, *, reason: str = "", **detail: Any
) -> None:
    """The event in the lake and the line in the audit."""
    event_record(
        actor_id=who.id, verb=verb, object_kind="submission", object_id=row.id, title=row.title,
        lesson_id=row.lesson_id, school_id=row.school_id, result=detail,
    )  # fmt: skip
    audit_record(
        actor_id=who.id, act=act, subject_id=row.author_id or 0, object_kind="submission",
        object_id=row.id, school_id=row.school_id, reason=reason, detail=detail,
    )  # fmt: skip
