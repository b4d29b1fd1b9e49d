"""Taking an imported roster back: what it changed stands as before, what it made is gone.

What somebody went on with since stays as it is, and is told: a card was printed, a class was
changed again, a name corrected.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Model

from yunke.base.clock import today
from yunke.ground.people.actions.changes import plain
from yunke.ground.people.actions.rosterchange import MANY, Steps, _classes_changed, _leave
from yunke.ground.people.models import (
    Duty,
    Guardianship,
    Membership,
    Person,
    SchoolClass,
)
from yunke.ground.people.reads.rosterhas import with_keys
from yunke.ground.people.values import Kind

_TABLES: dict[str, type[Model]] = {
    "person": Person, "membership": Membership, "duty": Duty, "guardian": Guardianship,
}  # fmt: skip
WINDOW = 10_000
Row = tuple[str, int, int, dict[str, Any], dict[str, Any]]


@dataclass
class Undone:
    """``kept``: (table, row, person, reason) of what stays as it is now; ``removed``: persons whose
    rows are gone; ``stayed``: new persons who stay, because somebody could sign in as them.
    """

    counts: dict[str, int] = field(default_factory=dict)
    kept: list[tuple[str, int, int, str]] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    stayed: set[int] = field(default_factory=set)

    def count(self, name: str, many: int) -> None:
        self.counts[name] = self.counts.get(name, 0) + many


def roster_undo(
    rows: Iterable[Row], *, persons: range, ties: range, classes: Sequence[int]
) -> Undone:
    """Inside the caller's transaction. ``rows``: the steps of the import, newest first;
    ``persons``, ``ties``, ``classes``: the numbers of what it made.
    """
    done = Undone()
    rest = iter(rows)
    while part := list(islice(rest, MANY)):
        for table in (*_TABLES, "class"):
            of = [row for row in part if row[0] == table]
            if of and table == "class":
                _classes_back(of, done)
            elif of:
                _rows_back(table, of, done)
    _made_gone(persons, ties, done)
    _classes_gone(classes, done)
    return done


def _rows_back(table: str, rows: list[Row], done: Undone) -> None:
    """Those whose cells still say what the import wrote get their old cells."""
    model = _TABLES[table]
    found = {row.pk: row for row in model._default_manager.filter(pk__in=[r[1] for r in rows])}
    back: dict[tuple[str, ...], list[Model]] = {}
    for _table, number, person, before, after in rows:
        row = found.get(number)
        if row is None or not _says(row, after):
            done.kept.append((table, number, person, "gone" if row is None else "changed"))
            continue
        _set(row, before)
        back.setdefault(tuple(before), []).append(row)
    for columns, changed in back.items():
        model._default_manager.bulk_update(changed, list(columns))
        done.count(f"{table}s_back", len(changed))


def _classes_back(rows: list[Row], done: Undone) -> None:
    """In two steps, as on the way there: one class may stand where another goes back to."""
    found = {row.id: row for row in SchoolClass.objects.filter(id__in=[r[1] for r in rows])}
    good = []
    for _table, number, _person, before, after in rows:
        row = found.get(number)
        if row is None or not _says(row, after):
            done.kept.append(("class", number, 0, "changed"))
        else:
            row.grade += 100
            good.append((row, before))
    changed = [row for row, _before in good]
    SchoolClass.objects.bulk_update(changed, ["grade"])
    for row, before in good:
        _set(row, before)
    SchoolClass.objects.bulk_update(changed, ["grade", "number", "name", "name_en", "ended_on"])
    done.count("classes_back", len(good))


def _made_gone(persons: range, ties: range, done: Undone) -> None:
    """New accounts that nobody could use yet go; the others stay, with their classes."""
    kept: set[int] = set()
    for part in _windows(persons):
        kept |= with_keys(part[0], part[-1])
    done.kept += [("person", number, number, "used") for number in sorted(kept)]
    for part in _windows(ties):
        _ties_gone(part, kept, done)
    for part in _windows(persons):
        _persons_gone(part, kept, done)
    done.stayed = done.stayed | kept


def _ties_gone(ids: range, kept: set[int], done: Undone) -> None:
    """What somebody ended since stays as it is: it is history by now."""
    made = Membership.objects.filter(id__gte=ids[0], id__lte=ids[-1], until__isnull=True)
    rows = made.values_list("id", "person_id")
    free = [number for number, person in rows if person not in kept]
    for start in range(0, len(free), MANY):
        part = Membership.objects.filter(id__in=free[start : start + MANY])
        done.count("ties_gone", part._raw_delete(part.db))


def _persons_gone(ids: range, kept: set[int], done: Undone) -> None:
    made = Person.objects.filter(id__gte=ids[0], id__lte=ids[-1])
    tied = Membership.objects.filter(person_id__gte=ids[0], person_id__lte=ids[-1])
    stay = kept | set(tied.values_list("person_id", flat=True))
    free = [row for row in made.values_list("id", "kind", "left_on") if row[0] not in stay]
    pupils = [number for number, kind, _left in free if kind == Kind.PUPIL]
    for start in range(0, len(pupils), MANY):
        part = Person.objects.filter(id__in=pupils[start : start + MANY])
        done.count("persons_gone", part._raw_delete(part.db))
    # Others may name a teacher by now (a timetable, a lesson): the account stays, closed.
    staff = [number for number, kind, left in free if kind != Kind.PUPIL and left is None]
    _leave(staff, today(), Steps())
    done.count("persons_closed", len(staff))
    done.removed.extend(pupils)


def _windows(ids: range) -> Iterator[range]:
    for start in range(0, len(ids), WINDOW):
        yield ids[start : start + WINDOW]


def _classes_gone(classes: Sequence[int], done: Undone) -> None:
    """New classes without members end."""
    day, ended = today(), []
    for start in range(0, len(classes), MANY):
        part = classes[start : start + MANY]
        rows = SchoolClass.objects.filter(id__in=part, ended_on__isnull=True)
        full = Membership.objects.holding(day).filter(school_class_id__in=part)
        used = set(full.values_list("school_class_id", flat=True))
        ended += [row.id for row in rows if row.id not in used]
        done.kept += [("class", row.id, 0, "used") for row in rows if row.id in used]
    _classes_changed((), ended, Steps(), day)
    done.count("classes_gone", len(ended))


def _set(row: Model, cells: dict[str, Any]) -> None:
    for name, value in cells.items():
        column: Any = row._meta.get_field(name)
        setattr(row, name, column.to_python(value))


def _says(row: Model, cells: dict[str, Any]) -> bool:
    """Does the row still say what the import wrote?"""
    return all(plain(getattr(row, name)) == value for name, value in cells.items())
