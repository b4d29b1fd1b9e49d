"""From the preview to the database: one transaction, all or nothing, and what it takes to undo.

Numbers, logins, animals and codes were made before; inside are plain inserts and a few updates,
so that others wait as short as can be. A database that is not as it was when the file was compared
takes everything back; the file is compared anew, and the clerk looks again.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from yunke.base.clock import now, today
from yunke.base.jobs import Held, JobRefused
from yunke.gate.exchange.actions.forget import files_forget
from yunke.gate.exchange.actions.stage import roster_read_again
from yunke.gate.exchange.actions.upload import SECOND
from yunke.gate.exchange.models import Import, PersonSource, PlaceSource, Step
from yunke.gate.exchange.reads.folder import store_read
from yunke.gate.exchange.rules.findings import needs_second
from yunke.gate.exchange.rules.logins import key_of
from yunke.gate.exchange.rules.titles import class_name
from yunke.gate.exchange.values import Finding, State
from yunke.ground.audit.door import Act, audit_record, second_use
from yunke.ground.lake.door import PastAct, Verb, event_record, events_write
from yunke.ground.people.door import (
    ClassCells,
    ClassRow,
    Kind,
    OrgRow,
    PersonRow,
    Role,
    RosterClash,
    RosterDiff,
    Steps,
    TieRow,
    class_codes_new,
    roster_change,
    roster_lock,
)
from yunke.school.timetable.door import terms_bring

STEP = 5_000
CLASH = {"code": "clash", "file": "", "line": 0, "value": ""}


@dataclass(frozen=True)
class Bases:
    """Where this import's numbers begin: a negative number n of the comparison is base - n - 1."""

    org: int
    school_class: int
    person: int
    membership: int

    def of(self, base: str, number: int) -> int:
        return number if number > 0 else int(getattr(self, base)) - number - 1


class Comparison:
    """The kept comparison, read row by row."""

    def __init__(self, row: Import) -> None:
        found = store_read(row.id, row.reading)
        if found is None:
            raise JobRefused("the comparison is gone")
        self.db = found

    def rows(self, statement: str) -> Iterator[Any]:
        return iter(self.db.execute(statement))

    def ids(self, statement: str) -> list[int]:
        return [row[0] for row in self.db.execute(statement)]

    def one(self, statement: str) -> int:
        return int(self.db.execute(statement).fetchone()[0] or 0)


def roster_write_staged(held: Held, import_id: int, reading: int, who_id: int) -> None:
    """The job. Written once: an import that is written already is left alone."""
    row = Import.objects.filter(id=import_id, reading=reading, state=State.WRITING).first()
    if row is None:
        return
    comparison = Comparison(row)
    held.progress("writing", 0.05)
    try:
        with held.write():
            write(row, comparison, who_id=who_id)
    except RosterClash:
        with held.write():
            roster_read_again(import_id, trouble=CLASH)
        return
    finally:
        comparison.db.close()
    files_forget(import_id)


def write(row: Import, comparison: Comparison, *, who_id: int) -> None:
    """Everything of the comparison, inside the caller's transaction. Raises RosterClash."""
    if comparison.one("SELECT count(*) FROM wrong"):
        raise JobRefused("something is wrong in the file")
    if needs_second([Finding(**one) for one in row.findings]):
        _second(row, who_id)
    day = today()
    codes = class_codes_new(comparison.one("SELECT count(*) FROM class WHERE act = 'new'"))
    free = roster_lock()
    bases = Bases(free.org, free.school_class, free.person, free.membership)
    steps = roster_change(_diff(comparison, bases, day, codes), day=day)
    crossed = _sources(row, comparison, bases)
    _steps(row, steps)
    row.state, row.done_at = State.DONE, now()
    row.written = {name: many for name, many in steps.counts.items() if many}
    row.made = _made(bases, steps) | {"crossed": crossed, "terms": _terms(row, who_id)}
    row.save(update_fields=["state", "done_at", "written", "made"])
    _tell_others(row, comparison, who_id, day)


def _terms(row: Import, who_id: int) -> list[int]:
    """The terms that the city has not yet; their ids. One that came meanwhile is left alone."""
    fresh = terms_bring(row.org_id, row.told.get("terms_new", []), actor_id=who_id)
    if fresh:
        row.written["terms"] = len(fresh)
    return fresh


def _second(row: Import, who_id: int) -> None:
    view = second_use(row.second_id, SECOND, who_id=who_id)
    if view.about.get("import") != row.id or view.about.get("reading") != row.reading:
        raise JobRefused("the second person agreed to another comparison")


def _diff(comparison: Comparison, bases: Bases, day: date, codes: list[str]) -> RosterDiff:
    """Generators: a city's rows pass through, they are never all in memory."""
    return RosterDiff(
        orgs=_orgs(comparison, bases),
        classes=_classes(comparison, bases, codes),
        class_cells=[
            ClassCells(r["id"], r["grade"], r["number"], r["title"], r["title_en"])
            for r in comparison.rows("SELECT * FROM class WHERE act = 'changed'")
        ],
        classes_ended=comparison.ids("SELECT id FROM class WHERE act = 'gone'"),
        persons=_persons(comparison, bases),
        names=[
            (r["id"], r["was"], r["name"])
            for r in comparison.rows(
                "SELECT id, was, name FROM person WHERE id > 0 AND was <> name"
            )
        ],
        back=comparison.ids("SELECT id FROM person WHERE id > 0 AND back"),
        left=comparison.ids("SELECT id FROM leaver"),
        ties=_ties(comparison, bases),
        ties_again=comparison.ids("SELECT again FROM tie WHERE act = 'again'"),
        ties_ended=comparison.ids("SELECT id FROM tie_end"),
    )


def _orgs(comparison: Comparison, bases: Bases) -> Iterator[OrgRow]:
    """Counties before their schools."""
    for r in comparison.rows("SELECT * FROM org WHERE act = 'new' ORDER BY id DESC"):
        number, parent = bases.of("org", r["id"]), bases.of("org", r["parent"])
        yield OrgRow(number, r["level"], parent, r["code"][:40], r["name"])


def _classes(comparison: Comparison, bases: Bases, codes: list[str]) -> Iterator[ClassRow]:
    rows = comparison.rows("SELECT * FROM class WHERE act = 'new' ORDER BY id DESC")
    for r, code in zip(rows, codes, strict=True):
        yield ClassRow(
            bases.of("school_class", r["id"]), bases.of("org", r["school"]), r["grade"],
            r["number"], r["title"], code, class_name(r["grade"], r["number"])[1],
        )  # fmt: skip


def _persons(comparison: Comparison, bases: Bases) -> Iterator[PersonRow]:
    for r in comparison.rows("SELECT * FROM person WHERE act = 'new' ORDER BY id DESC"):
        number = bases.of("person", r["id"])
        yield PersonRow(number, r["login"], r["name"], Kind(r["kind"]), r["animal"])


def _ties(comparison: Comparison, bases: Bases) -> Iterator[TieRow]:
    days: dict[str, date] = {}
    roles = {role.value: role for role in Role}
    rows = comparison.rows(
        "SELECT person, class, role, subject, first FROM tie WHERE act = 'new' ORDER BY rowid"
    )
    for number, (person, of, role, subject, first) in enumerate(rows, bases.membership):
        since = days.get(first) or days.setdefault(first, date.fromisoformat(first))
        yield TieRow(
            number, bases.of("person", person), bases.of("school_class", of), roles[role],
            subject, since,
        )  # fmt: skip


def _made(bases: Bases, steps: Steps) -> dict[str, list[int]]:
    """First number and how many, of what this import made."""
    return {
        "orgs": [bases.org, steps.counts["orgs"]],
        "classes": [bases.school_class, steps.counts["classes"]],
        "persons": [bases.person, steps.counts["persons"]],
        "ties": [bases.membership, steps.ties_made],
    }


def _sources(row: Import, comparison: Comparison, bases: Bases) -> list[list[int]]:
    """By which ids they are known from now on. New ones are inserted, adopted ones too; a school
    that tells a person anew takes the id over: (person, school before, school after) of those.
    """
    named = comparison.rows(
        """SELECT id, source FROM org WHERE id < 0 AND substr(source, 1, 1) <> '-' UNION ALL
            SELECT id, source FROM org WHERE id > 0 AND act = 'same'
            AND substr(source, 1, 1) <> '-'"""
    )
    known = set(PlaceSource.objects.filter(kind="org").values_list("row_id", flat=True))
    PlaceSource.objects.bulk_create(
        PlaceSource(kind="org", source=source, row_id=number, org_id=number, import_id=row.id)
        for number, source in ((bases.of("org", n), key_of(s, row.told["local"])) for n, s in named)
        if number not in known
    )
    _class_sources(row, comparison, bases)
    fresh = (
        (r["key"], bases.of("person", r["id"]), bases.of("org", r["school"] or row.org_id), row.id)
        for r in comparison.rows(
            """SELECT key, id, school FROM person WHERE act = 'new' OR adopted ORDER BY id DESC"""
        )
    )
    _insert(PersonSource, "source person_id org_id import_id", fresh)
    crossed = []
    for r in comparison.rows("SELECT id, school FROM person WHERE crossing AND act = 'changed'"):
        theirs = PersonSource.objects.get(person_id=r["id"])
        before, theirs.org_id = theirs.org_id, bases.of("org", r["school"])
        theirs.save(update_fields=["org_id"])
        crossed.append([theirs.person_id, before, theirs.org_id])
    return crossed


def _class_sources(row: Import, comparison: Comparison, bases: Bases) -> None:
    local = row.told["local"]
    known = set(PlaceSource.objects.filter(kind="class").values_list("row_id", flat=True))
    PlaceSource.objects.bulk_create(
        (
            PlaceSource(
                kind="class", source=source, row_id=number, org_id=bases.of("org", school),
                import_id=row.id,
            )
            for number, source, school in (
                (bases.of("school_class", r["id"]), key_of(r["source"], local), r["school"])
                for r in comparison.rows("SELECT * FROM class WHERE NOT named")
            )
            if number not in known
        ),
        batch_size=STEP,
    )  # fmt: skip


def _insert(model: Any, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Plain INSERTs, as the people's own writer does: a fifth of bulk_create's time."""
    names = columns.split()
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    table = connection.ops.quote_name(model._meta.db_table)
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"  # noqa: S608
    part: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for one in rows:
            part.append(one)
            if len(part) == STEP:
                cursor.executemany(statement, part)
                part.clear()
        if part:
            cursor.executemany(statement, part)


def _steps(row: Import, steps: Steps) -> None:
    moment: datetime = now()
    Step.objects.bulk_create(
        (
            Step(of=row, made_at=moment, table=table, row_id=number, person_id=person,
                 before=before, after=after)
            for table, number, person, before, after in steps.rows
        ),
        batch_size=STEP,
    )  # fmt: skip


def _tell_others(row: Import, comparison: Comparison, who_id: int, day: date) -> None:
    """The audit line, the event, and an event for each leaver."""
    counts = {**row.written, "import": row.id}
    audit_record(
        actor_id=who_id, act=Act.ROSTER_IMPORTED, object_kind="import", object_id=row.id,
        school_id=row.org_id, detail=counts,
    )  # fmt: skip
    event_record(
        actor_id=who_id, verb=Verb.ROSTER_WRITTEN, object_kind="roster", object_id=row.id,
        title=row.name, school_id=row.org_id, purpose="account", result=counts,
    )  # fmt: skip
    moment = now()
    events_write(
        PastAct(
            uuid.uuid4(), moment, day, who_id, Verb.PERSON_LEFT, "person", r["id"], r["name"],
            subject_id=r["id"], school_id=r["school"] or 0, purpose="account",
        )
        for r in comparison.rows("SELECT * FROM leaver")
    )  # fmt: skip
