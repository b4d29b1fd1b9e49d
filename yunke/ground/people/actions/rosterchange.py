"""A roster's difference written at once: new rows, changed cells, ended ties, leavers.

Everything runs inside the caller's transaction. Each statement that changes rows that are there
tells what must stand there before; a row that says otherwise means that somebody went on since
the comparison, and RosterClash takes the whole transaction back.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from django.db import IntegrityError, connection, models
from django.db.models import Q

from yunke.base.clock import now
from yunke.base.counting import ids_follow
from yunke.ground.people.actions.roster import (
    RosterClash,
    classes_write,
    orgs_write,
    persons_write,
    top_id,
    write_rows,
)
from yunke.ground.people.models import (
    Card,
    Duty,
    Guardianship,
    Invitation,
    Membership,
    Org,
    Pairing,
    Person,
    SchoolClass,
    Session,
    staying,
)
from yunke.ground.people.rules.codes import CLASS_CODE_LONG, code_new
from yunke.ground.people.values import ClassRow, OrgRow, PersonRow, Role

MANY = 900
TABLES = (Org, SchoolClass, Person, Membership)
# Ended classes keep their rows; their number makes room for next year's class of that name.
ENDED_FROM = 1000


@dataclass(frozen=True)
class TieRow:
    """A membership with its own number, so that it can be taken back."""

    id: int
    person_id: int
    class_id: int
    role: Role
    subject: str
    since: date


@dataclass(frozen=True)
class ClassCells:
    id: int
    grade: int
    number: int
    name: str
    name_en: str = ""
    ended_on: date | None = None


@dataclass(frozen=True)
class RosterDiff:
    """Ids in order of writing. ``names``: (id, before, after)."""

    orgs: Iterable[OrgRow] = ()
    classes: Iterable[ClassRow] = ()
    class_cells: Sequence[ClassCells] = ()
    classes_ended: Sequence[int] = ()
    persons: Iterable[PersonRow] = ()
    names: Sequence[tuple[int, str, str]] = ()
    back: Sequence[int] = ()
    left: Sequence[int] = ()
    ties: Iterable[TieRow] = ()
    ties_again: Sequence[int] = ()
    ties_ended: Sequence[int] = ()


@dataclass
class Steps:
    """What was there before, so that it can be there again: [table, id, column, before, after]."""

    counts: dict[str, int] = field(default_factory=dict)
    ties_made: int = 0
    rows: list[tuple[str, int, int, dict[str, Any], dict[str, Any]]] = field(default_factory=list)

    def keep(
        self, table: str, row_id: int, person_id: int, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        self.rows.append((table, row_id, person_id, before, after))


@dataclass(frozen=True)
class FreeIds:
    org: int
    school_class: int
    person: int
    membership: int


def roster_lock() -> FreeIds:
    """Hold the tables against other writers and give the first free ids. Four queries.

    SQLite's transaction holds the whole file already; PostgreSQL lets people read on.
    """
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(t._meta.db_table) for t in TABLES)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
    return FreeIds(*(top_id(model) + 1 for model in TABLES))


def roster_change(diff: RosterDiff, *, day: date) -> Steps:
    """Write the difference; gives the rows of each kind and what stood there before.

    Raises RosterClash when the database is not as it was when the roster was compared.
    """
    steps = Steps()
    try:
        _places(diff, steps, day)
        _persons(diff, steps, day)
        _ties(diff, steps, day)
        ids_follow(*TABLES)
    except IntegrityError as clash:
        raise RosterClash(str(clash)) from clash
    return steps


def _places(diff: RosterDiff, steps: Steps, day: date) -> None:
    steps.counts["orgs"] = orgs_write(diff.orgs, now())
    _classes_changed(diff.class_cells, diff.classes_ended, steps, day)
    steps.counts["classes"] = classes_write(diff.classes, now())


def _classes_changed(
    cells: Sequence[ClassCells], ended: Sequence[int], steps: Steps, day: date
) -> None:
    """A whole school goes up a grade: first everybody leaves the old place, then takes the new."""
    wanted = {cell.id: cell for cell in cells}
    rows = {row.id: row for part in _parts([*wanted, *ended])
            for row in SchoolClass.objects.filter(id__in=part)}  # fmt: skip
    if len(rows) != len(wanted) + len(ended):
        raise RosterClash("a class is gone")
    before = {row.id: _cells(row) for row in rows.values()}
    for row in rows.values():
        row.grade += 100
    SchoolClass.objects.bulk_update(rows.values(), ["grade"], batch_size=MANY)
    for number in ended:
        row = rows[number]
        row.grade, row.ended_on = row.grade - 100, day
        row.number = _ended_number(row)
        row.save(update_fields=["grade", "number", "ended_on"])
    for cell in cells:
        row = rows[cell.id]
        row.grade, row.number, row.ended_on = cell.grade, cell.number, cell.ended_on
        row.name, row.name_en = cell.name, cell.name_en
    columns = ["grade", "number", "name", "name_en", "ended_on"]
    SchoolClass.objects.bulk_update([rows[cell.id] for cell in cells], columns, batch_size=MANY)
    for row in rows.values():
        steps.keep("class", row.id, 0, before[row.id], _cells(row))
    steps.counts |= {"classes_changed": len(cells), "classes_ended": len(ended)}


def _cells(row: SchoolClass) -> dict[str, Any]:
    ended = row.ended_on.isoformat() if row.ended_on else None
    return {
        "grade": row.grade, "number": row.number, "name": row.name, "name_en": row.name_en,
        "ended_on": ended,
    }  # fmt: skip


def _ended_number(row: SchoolClass) -> int:
    beside = SchoolClass.objects.filter(
        school_id=row.school_id, grade=row.grade, number__gte=ENDED_FROM
    )
    return max(ENDED_FROM, (beside.aggregate(top=models.Max("number"))["top"] or 0) + 1)


def _persons(diff: RosterDiff, steps: Steps, day: date) -> None:
    steps.counts["persons"] = persons_write(diff.persons, now())
    for number, before, after in diff.names:
        _one(Person.objects.filter(id=number, name=before).update(name=after), 1)
        steps.keep("person", number, number, {"name": before}, {"name": after})
    _left_on(diff.back, day, None, steps)
    steps.counts |= {"persons_renamed": len(diff.names), "persons_back": len(diff.back)}
    _leave(diff.left, day, steps)


def _left_on(ids: Sequence[int], day: date, after: date | None, steps: Steps) -> None:
    """Leave, or come back; whoever is so already is a clash."""
    for part in _parts(ids):
        there = staying(after) if after else Q(left_on__isnull=False)
        rows = Person.objects.filter(there, id__in=part)
        for number, left in list(rows.values_list("id", "left_on")):
            then = left.isoformat() if left else None
            told = after.isoformat() if after else None
            steps.keep("person", number, number, {"left_on": then}, {"left_on": told})
        _one(rows.update(left_on=after), len(part))


def _leave(ids: Sequence[int], day: date, steps: Steps) -> None:
    """Leavers lose everything on the next request: sessions, TVs, cards, ties, invitations."""
    _left_on(ids, day, day, steps)
    for part in _parts(ids):
        ties = Membership.objects.holding(day).filter(person_id__in=part)
        ended = _end("membership", ties, day, steps)
        steps.counts["ties_ended"] = steps.counts.get("ties_ended", 0) + ended
        _end("duty", Duty.objects.holding(day).filter(person_id__in=part), day, steps)
        _end("guardian", Guardianship.objects.holding(day).filter(child_id__in=part), day, steps)
        Card.objects.filter(person_id__in=part, revoked_at__isnull=True).update(revoked_at=now())
        Invitation.objects.filter(child_id__in=part, used_at__isnull=True).delete()
        Pairing.objects.filter(person_id__in=part).delete()
        Session.objects.filter(person_id__in=part).delete()
    steps.counts["persons_left"] = len(ids)


def _end(table: str, rows: Any, day: date, steps: Steps) -> int:
    """Ties that hold today give nothing from now on; how many."""
    about = "child_id" if table == "guardian" else "person_id"
    for number, person, until in rows.values_list("id", about, "until"):
        before = until.isoformat() if until else None
        steps.keep(table, number, person, {"until": before}, {"until": day.isoformat()})
    return int(rows.update(until=day))


def _ties(diff: RosterDiff, steps: Steps, day: date) -> None:
    """Old ones end before new ones begin."""
    ended = 0
    for part in _parts(diff.ties_ended):
        rows = Membership.objects.filter(id__in=part, until__isnull=True)
        found = list(rows.values_list("id", "person_id", "since"))
        _one(len(found), len(part))
        for number, person, since in found:
            until = max(day, since).isoformat()
            steps.keep("membership", number, person, {"until": None}, {"until": until})
        rows.filter(since__lte=day).update(until=day)
        rows.filter(since__gt=day).update(until=models.F("since"))
        ended += len(found)
    for part in _parts(diff.ties_again):
        rows = Membership.objects.filter(id__in=part, until__isnull=False)
        for number, person, last in list(rows.values_list("id", "person_id", "until")):
            before = {"until": last.isoformat() if last else None}
            steps.keep("membership", number, person, before, {"until": None})
        _one(rows.update(until=None), len(part))
    written = write_rows(Membership, _tie_cells(diff.ties), _TIE_COLUMNS, now())
    steps.ties_made = written
    steps.counts["ties"] = written + len(diff.ties_again)
    steps.counts["ties_ended"] = ended + steps.counts.get("ties_ended", 0)


_TIE_COLUMNS = "id person_id school_class_id role subject since until"


def _tie_cells(rows: Iterable[TieRow]) -> Iterator[tuple[Any, ...]]:
    days: dict[date, str] = {}
    for r in rows:
        since = days.get(r.since) or days.setdefault(
            r.since, str(connection.ops.adapt_datefield_value(r.since))
        )
        yield r.id, r.person_id, r.class_id, r.role.value, r.subject, since, None


def _one(done: int, wanted: int) -> None:
    if done != wanted:
        raise RosterClash("changed since the roster was compared")


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while part := list(islice(rest, MANY)):
        yield part


def class_codes_new(many: int) -> list[str]:
    """So many class codes that no class has. One query."""
    taken = set(SchoolClass.objects.values_list("code", flat=True))
    found: list[str] = []
    while len(found) < many:
        code = code_new(CLASS_CODE_LONG)
        if code not in taken:
            taken.add(code)
            found.append(code)
    return found
