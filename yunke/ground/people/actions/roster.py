"""Writing many people at once: a school's roster, or a city of 449,000 pupils."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, connection, models, transaction
from django.db.models import Max

from yunke.base.clock import now
from yunke.base.counting import ids_follow
from yunke.ground.audit.door import Act, audit_record
from yunke.ground.lake.door import Verb
from yunke.ground.people.actions.telling import told
from yunke.ground.people.models import (
    Duty,
    Guardianship,
    Membership,
    Org,
    Person,
    SchoolClass,
)
from yunke.ground.people.values import ClassRow, OrgRow, PersonRow, Roster, RosterIds

CHUNK = 10_000


class RosterClash(Exception):
    """A row of the roster is there already, or names a row that is not; nothing was written."""


def roster_ids() -> RosterIds:
    """The first free ids. Three queries."""
    return RosterIds(*(top_id(model) + 1 for model in (Org, SchoolClass, Person)))


def roster_write(roster: Roster, *, actor_id: int = 0) -> dict[str, int]:
    """Write the whole roster or nothing of it; gives how many rows of each kind.

    One statement a chunk of 10,000 rows, so a generator of a million rows needs little memory.
    Raises RosterClash when an id, login, code or tie is there already or points nowhere (the
    last is found at the commit).
    """
    try:
        with transaction.atomic():
            counts = _write_all(roster, now())
            ids_follow(Org, SchoolClass, Person)
            told(actor_id, Verb.ROSTER_WRITTEN, "roster", result=counts)
            audit_record(
                actor_id=actor_id, act=Act.ROSTER_IMPORTED, object_kind="roster", detail=counts
            )
    except IntegrityError as clash:
        raise RosterClash(str(clash)) from clash
    return counts


def _write_all(roster: Roster, moment: datetime) -> dict[str, int]:
    """Places and persons first: ties point at them."""
    return {
        "orgs": orgs_write(roster.orgs, moment),
        "classes": classes_write(roster.classes, moment),
        "persons": persons_write(roster.persons, moment),
        **_ties(roster, moment),
    }


def orgs_write(rows: Iterable[OrgRow], moment: datetime) -> int:
    cells = ((r.id, r.level, r.parent_id, r.code, r.name, r.name_en) for r in rows)
    return write_rows(Org, cells, "id level parent_id code name name_en", moment)


def classes_write(rows: Iterable[ClassRow], moment: datetime) -> int:
    cells = ((r.id, r.school_id, r.grade, r.number, r.name, r.name_en, r.code) for r in rows)
    return write_rows(SchoolClass, cells, "id school_id grade number name name_en code", moment)


def persons_write(rows: Iterable[PersonRow], moment: datetime) -> int:
    cells = (
        (r.id, r.login.lower(), r.name, r.kind.value, r.animal, r.password, r.pictures, r.totp, 0,
         _day(r.left_on)) for r in rows
    )  # fmt: skip
    columns = "id login name kind animal password pictures totp totp_step left_on"
    return write_rows(Person, cells, columns, moment)


def _ties(roster: Roster, moment: datetime) -> dict[str, int]:
    members = (
        (r.person_id, r.class_id, r.role.value, r.subject, _day(r.since), _day(r.until))
        for r in roster.memberships
    )
    duties = (
        (r.person_id, r.org_id, r.role.value, r.subject, _day(r.since)) for r in roster.duties
    )
    bound = (
        (r.guardian_id, r.child_id, r.relation, _day(r.since), _day(r.until))
        for r in roster.guardians
    )
    columns = "person_id school_class_id role subject since until"
    kept = {"memberships": write_rows(Membership, members, columns, moment)}
    kept["duties"] = write_rows(Duty, duties, "person_id org_id role subject since", moment)
    columns = "guardian_id child_id relation since until"
    return {**kept, "guardians": write_rows(Guardianship, bound, columns, moment)}


def write_rows(
    model: type[models.Model], rows: Iterable[tuple[Any, ...]], columns: str, moment: datetime
) -> int:
    """Plain INSERTs: Django's bulk_create takes five times as long for the same rows."""
    names = [*columns.split(), "made_at"]
    made = connection.ops.adapt_datetimefield_value(moment)
    quoted = ", ".join(connection.ops.quote_name(name) for name in names)
    marks = ", ".join(["%s"] * len(names))
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"  # noqa: S608 (our own names)
    written = 0
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            cursor.executemany(statement, [(*row, made) for row in chunk])
            written += len(chunk)
    return written


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    rest = iter(rows)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _day(day: date | None) -> str | None:
    return str(connection.ops.adapt_datefield_value(day)) if day else None


def top_id(model: type[models.Model]) -> int:
    return model._default_manager.aggregate(top=Max("id"))["top"] or 0
