"""Taking an import back within thirty days: one transaction, and what stays is told."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from yunke.base.clock import now
from yunke.base.jobs import Held, ask
from yunke.base.trouble import Refused
from yunke.gate.exchange.actions.forget import UNDO
from yunke.gate.exchange.actions.upload import import_freed
from yunke.gate.exchange.models import Import, PersonSource, Step
from yunke.gate.exchange.values import State
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb, event_record
from yunke.ground.people.door import Undone, roster_lock, roster_undo
from yunke.school.timetable.door import terms_take_back

MANY = 900
KEPT_SHOWN = 500


def may_undo(row: Import) -> bool:
    return row.state == State.DONE and row.done_at is not None and row.done_at > now() - UNDO


@transaction.atomic
def undo_ask(*, import_id: int, who_id: int) -> None:
    """Ask for the undoing. Raises Refused when it is too late, or a later import stands on it."""
    row = Import.objects.select_for_update().get(id=import_id)
    import_freed(row)
    if not may_undo(row):
        raise Refused(_("这次导入已经不能撤销了；什么都没有改动。"), status=422)
    written = (State.WRITING, State.DONE)
    later = Import.objects.filter(org_id=row.org_id, id__gt=row.id, state__in=written)
    if later.exists():
        raise Refused(_("之后还有一次导入，请先撤销那一次；什么都没有改动。"), status=422)
    row.state, row.undone_by = State.UNDOING, who_id
    row.save(update_fields=["state", "undone_by"])
    ask("roster.undo", key=str(row.id), payload={"import": row.id})


def roster_undo_run(held: Held, import_id: int) -> None:
    """The job."""
    row = Import.objects.filter(id=import_id, state=State.UNDOING).first()
    if row is None:
        return
    held.progress("undoing", 0.1)
    with held.write():
        undo(row)


def undo(row: Import) -> None:
    """Inside the caller's transaction."""
    roster_lock()
    persons, ties, classes = (
        range(first, first + many)
        for first, many in (row.made[name] for name in ("persons", "ties", "classes"))
    )
    done = roster_undo(_steps(row), persons=persons, ties=ties, classes=list(classes))
    _sources_gone(done)
    _sources_back(row, persons)
    _terms_back(row, done)
    row.state, row.undone_at = State.UNDONE, now()
    kept = [list(one) for one in done.kept[:KEPT_SHOWN]]
    row.undone = {"counts": done.counts, "kept": kept, "kept_all": len(done.kept)}
    row.save(update_fields=["state", "undone_at", "undone"])
    Step.objects.filter(of=row).delete()
    counts = {**done.counts, "kept": len(done.kept)}
    audit_record(
        actor_id=row.undone_by, act=Act.ROSTER_UNDONE, object_kind="import", object_id=row.id,
        school_id=row.org_id, detail=counts,
    )  # fmt: skip
    event_record(
        actor_id=row.undone_by, verb=Verb.ROSTER_WRITTEN, object_kind="roster", object_id=row.id,
        title=row.name, school_id=row.org_id, purpose="account",
        result={"undone": 1, **counts},
    )  # fmt: skip


def _terms_back(row: Import, done: Undone) -> None:
    """A term that nothing stands on goes; one with a timetable or a plan in it stays."""
    for number, gone in terms_take_back(row.made.get("terms", []), actor_id=row.undone_by):
        if gone:
            done.count("terms", 1)
        else:
            done.kept.append(("term", number, 0, "stands"))


def _steps(row: Import) -> Any:
    """Newest first."""
    columns = ("table", "row_id", "person_id", "before", "after")
    return Step.objects.filter(of=row).order_by("-id").values_list(*columns).iterator(2_000)


def _sources_gone(done: Undone) -> None:
    """Who is gone is known by no id any more; a closed teacher keeps it, to be found again."""
    for start in range(0, len(done.removed), MANY):
        part = done.removed[start : start + MANY]
        PersonSource.objects.filter(person_id__in=part).delete()


def _sources_back(row: Import, made: range) -> None:
    """An account that was there before is known by no id of this file any more; who came from
    another school is that school's again.
    """
    told = PersonSource.objects.filter(import_id=row.id)
    told.exclude(person_id__gte=made.start, person_id__lt=made.stop).delete()
    for person, before, after in row.made.get("crossed", []):
        PersonSource.objects.filter(person_id=person, org_id=after).update(org_id=before)
