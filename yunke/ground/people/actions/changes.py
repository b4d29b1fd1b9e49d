"""A change of a school's people, written cell by cell, so that it can be taken back.

``Writing`` does what a life case needs and remembers each step; ``change_keep`` keeps it with its
audit line and its event; ``change_undo`` walks back, and refuses where somebody went on since.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.telling import told
from yunke.ground.people.models import (
    Change,
    Duty,
    Guardianship,
    Membership,
    Org,
    Person,
    SchoolClass,
    Tie,
)
from yunke.ground.people.rules.undo import may_undo

TABLES: dict[str, type[models.Model]] = {
    "person": Person, "membership": Membership, "duty": Duty, "guardian": Guardianship,
    "class": SchoolClass, "org": Org,
}  # fmt: skip
NAMES = {model: name for name, model in TABLES.items()}


@dataclass
class Writing:
    """The steps of one change, in their order: [table, id, column, before, after]."""

    steps: list[list[Any]] = field(default_factory=list)

    def put(self, row: models.Model, **cells: Any) -> None:
        """Change cells of a row; a cell that says so already is no step."""
        changed = [name for name, value in cells.items() if getattr(row, name) != value]
        for name in changed:
            before = plain(getattr(row, name))
            self.steps.append([NAMES[type(row)], row.pk, name, before, plain(cells[name])])
            setattr(row, name, cells[name])
        if changed:
            row.save(update_fields=changed)

    def make(self, row: Tie) -> None:
        row.save(force_insert=True)
        self.steps.append([NAMES[type(row)], row.pk, "", None, plain(row.until)])

    def join(self, tie: Membership) -> None:
        """A tie that begins on a day on which one like it had begun takes that one up again."""
        like = Membership.objects.filter(
            person_id=tie.person_id, school_class_id=tie.school_class_id, role=tie.role,
            subject=tie.subject, since=tie.since,
        ).first()  # fmt: skip
        if like is None:
            self.make(tie)
        else:
            self.put(like, until=tie.until, stands_for_id=tie.stands_for_id)

    def end(self, tie: Tie, day: date) -> None:
        """The tie gives nothing from the day on; one that has not begun never will."""
        last = max(day, tie.since)
        if tie.until is None or tie.until > last:
            self.put(tie, until=last)


def plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


@transaction.atomic
def change_keep(
    writing: Writing, *, kind: str, actor_id: int, school_id: int, day: date, act: Act, verb: Verb,
    person: Person | None = None, class_id: int = 0, reason: str = "", title: str = "",
) -> Change:  # fmt: skip
    """Keep what was written: the change, its audit line, its event. Five statements."""
    subject = person.id if person else 0
    kept = Change.objects.create(
        kind=kind, school_id=school_id, person=person, actor_id=actor_id,
        reason=reason.strip()[:200], day=day, steps=writing.steps,
    )  # fmt: skip
    audit_record(
        actor_id=actor_id, act=act, subject_id=subject, object_kind="change", object_id=kept.id,
        school_id=school_id, reason=kept.reason, detail={"kind": kind, "day": day.isoformat()},
    )  # fmt: skip
    told(
        actor_id, verb, "change", kept.id, title=title or (person.name if person else ""),
        subject_id=subject, school_id=school_id, class_id=class_id, result={"kind": kind},
    )  # fmt: skip
    return kept


@transaction.atomic
def change_undo(*, change_id: int, actor_id: int, school_id: int) -> Change:
    """Everything stands again as before. Raises Refused when it is too late, or went on since."""
    kept = Change.objects.select_for_update().filter(id=change_id, school_id=school_id).first()
    if kept is None or not may_undo(
        kept.kind, made_at=kept.made_at, undone_at=kept.undone_at, steps=len(kept.steps),
        moment=now(),
    ):  # fmt: skip
        raise Refused(_("这一步不能再撤销了；什么都没有改动。"), status=422)
    for step in reversed(kept.steps):
        _back(*step)
    kept.undone_at, kept.undone_by = now(), actor_id
    kept.save(update_fields=["undone_at", "undone_by"])
    subject = kept.person_id or 0
    audit_record(
        actor_id=actor_id, act=Act.ROLE_CHANGED, subject_id=subject, object_kind="change",
        object_id=kept.id, school_id=school_id, detail={"kind": kept.kind, "undone": True},
    )  # fmt: skip
    told(
        actor_id, Verb.CHANGE_UNDONE, "change", kept.id,
        title=kept.person.name if kept.person else "", subject_id=subject, school_id=school_id,
        result={"kind": kept.kind},
    )  # fmt: skip
    return kept


def _back(table: str, row_id: int, column: str, before: Any, after: Any) -> None:
    row = TABLES[table]._default_manager.filter(pk=row_id).first()
    if row is None or plain(getattr(row, column or "until")) != after:
        raise Refused(_("之后又有人改过，不能直接撤销；请按现在的情况重新办理。"), status=422)
    if not column:
        row.delete()
        return
    cell: Any = row._meta.get_field(column)
    setattr(row, column, cell.to_python(before))
    row.save(update_fields=[column])


def day_ahead(day: date) -> date:
    """A change is of today or of a day to come, within a year. Raises Refused."""
    if not today() <= day <= today() + timedelta(days=366):
        why = _("日期要从今天起、一年以内；什么都没有改动。")
        raise Refused(why, status=422)
    return day
