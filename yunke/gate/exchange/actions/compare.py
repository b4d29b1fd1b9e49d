"""The file against the database: who is new, changed, gone, the same. Set by set, in SQL."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from yunke.gate.exchange.actions.bundle import Loaded
from yunke.gate.exchange.actions.persons import persons_match, persons_new
from yunke.gate.exchange.actions.store import Store
from yunke.gate.exchange.actions.ties import leavers, tie_acts, tie_faults, ties
from yunke.gate.exchange.models import PersonSource, PlaceSource
from yunke.gate.exchange.rules.logins import LOCAL
from yunke.gate.exchange.rules.places import (
    Classes,
    Places,
    Reach,
    class_read,
    classes_match,
    orgs_match,
)
from yunke.gate.exchange.rules.titles import class_name
from yunke.gate.exchange.values import ClassHas, OrgHas, Wrong
from yunke.ground.people.door import (
    roster_classes,
    roster_orgs,
    roster_persons,
    roster_persons_by_id,
    roster_ties,
)

MANY = 900
Tell = Callable[[str, float], None]


@dataclass
class Compared:
    """What the comparison found, beside the rows in the store."""

    places: Places
    classes: Classes
    covered: set[int] = field(default_factory=set)


def compare(
    store: Store, loaded: Loaded, reach: Reach, *, local: str, day: date, tell: Tell
) -> Compared:
    """All of it. ``local``: the prefix of a school's own short numbers, "" for a wider file."""
    tell("places", 0.45)
    found = _places(store, loaded, reach, local)
    _classes(store, loaded, reach, local, found)
    tell("here", 0.5)
    _wanted_persons(store, loaded, local)
    _here(store, reach, local)
    tell("match", 0.65)
    persons_match(store, loaded, reach, local)
    tie_faults(store, loaded)
    ties(store, loaded)
    tell("logins", 0.8)
    persons_new(store)
    tie_acts(store, loaded, day)
    leavers(store, loaded)
    return found


def _known(kind: str, reach: Reach, local: str) -> dict[int, str]:
    """Row → the id by which this file would name it; another school's short ids mean its own."""
    rows = PlaceSource.objects.filter(kind=kind).values_list("row_id", "source", "org_id")
    return {
        number: source.removeprefix(local) for number, source, org in rows
        if not local or org == reach.org or len(source) >= LOCAL
    }  # fmt: skip


def _places(store: Store, loaded: Loaded, reach: Reach, local: str) -> Compared:
    sources = _known("org", reach, local)
    has = [OrgHas(i, level, up, code, name, sources.get(i, "")) for i, level, up, code, name
           in roster_orgs()]  # fmt: skip
    places = orgs_match(loaded.orgs, has, reach, store.wrong, loaded.files["org"])
    for org in has:  # a delta names offices that it does not bring along
        if org.source:
            places.alias.setdefault(org.source, org.id)
    store.fill("has_org", ((o.id, o.name, o.level, o.code) for o in has))
    store.fill(
        "org",
        ((o.id, o.source, o.name, o.level, o.code or o.source, o.parent_id, o.act, o.line)
         for o in {one.id: one for one in places.orgs}.values()),
    )  # fmt: skip
    school = {o.id for o in has if o.level == "school"} | {
        o.id for o in places.orgs if o.level == "school"
    }
    rows = ((s, i, i if i in school else None) for s, i in places.alias.items())
    store.fill("org_alias", rows)
    covered = {o.id for o in places.orgs if o.level == "school" and o.id > 0}
    covered = {number for number in covered if reach.holds(number)}
    store.fill("covered", ((number,) for number in covered))
    return Compared(places, Classes(), covered)


def _classes(store: Store, loaded: Loaded, reach: Reach, local: str, found: Compared) -> None:
    sources = _known("class", reach, local)
    has = [ClassHas(*row, source=sources.get(row[0], "")) for row in roster_classes(reach.schools)]
    store.fill("has_class", ((c.id, c.school, c.grade, c.number, c.name, c.ended) for c in has))
    wanted = []
    for line, source, title, grades, code, org in loaded.classes:
        school = found.places.alias.get(org)
        if school is None:
            if not store.wrongs:
                file = loaded.files["class"]
                store.wrong(Wrong(file, line, "schoolSourcedId", "no-such-org", org))
            continue
        wanted.append(class_read(line, source, title, grades, code, school))
    found.classes = classes_match(
        wanted, has, whole=loaded.has_classes and not loaded.delta, covered=found.covered,
        faults=store.wrong, file=loaded.files["class"],
    )  # fmt: skip
    beyond = set(sources.values()) - {of.source for of in has}
    for new in found.classes.rows:
        if new.id < 0 and new.source in beyond:
            file = loaded.files["class"]
            store.wrong(Wrong(file, new.line, "sourcedId", "other-school", new.source))
    for of in has:
        if of.source and of.source not in loaded.classes_gone:
            found.classes.alias.setdefault(of.source, of.id)
    store.fill(
        "class",
        (
            (c.id, c.source, c.title, class_name(c.grade, c.number)[1], c.grade, c.number,
             c.school, c.act, c.before, c.line, "", loaded.named)
            for c in found.classes.rows
        ),
    )  # fmt: skip
    store.fill("class_alias", found.classes.alias.items())
    ended = ((c.id, "", c.name, "", c.grade, c.number, c.school, "gone", "", 0, "", 1)
             for c in found.classes.ended)  # fmt: skip
    store.fill("class", ended)


def _wanted_persons(store: Store, loaded: Loaded, local: str) -> None:
    """One row a person; who is there twice is wrong, but a teacher's several rows in a list."""
    store.run("CREATE INDEX raw_user_source ON raw_user (source)")
    several = "AND NOT (u.role = 'teacher' AND f.role = 'teacher' AND u.name = f.name)"
    store.wrong_by(
        f"""SELECT ?, u.line, ?, CASE WHEN u.name = f.name THEN 'twice' ELSE 'twice-other' END,
                u.source || CASE WHEN u.name = f.name THEN '' ELSE ' · ' || f.name END, f.line
            FROM (SELECT source, min(line) AS line, name, role FROM raw_user
                  GROUP BY source HAVING count(*) > 1) f
            JOIN raw_user u ON u.source = f.source AND u.line > f.line
            WHERE 1 {several if loaded.named else ""} ORDER BY u.line""",  # noqa: S608
        (loaded.files["user"], "id" if loaded.named else "sourcedId"),
    )
    store.db.execute(
        """INSERT INTO person (key, source, kind, name, login, school, line, gone)
            SELECT CASE WHEN ? <> '' AND length(source) < ? THEN ? || source ELSE source END,
                source, CASE role WHEN 'student' THEN 'pupil' ELSE 'staff' END, name, login,
                (SELECT a.id FROM org_alias a WHERE a.source =
                    trim(substr(r.orgs, 1, instr(r.orgs || ',', ',') - 1))),
                min(line), gone
            FROM raw_user r WHERE role NOT IN ('guardian', 'parent', 'relative')
            GROUP BY source ORDER BY min(line)""",
        (local, LOCAL, local),
    )
    store.run("CREATE UNIQUE INDEX person_source ON person (source)")
    if not store.wrongs:
        store.wrong_by(
            """SELECT ?, line, 'orgSourcedIds', 'no-such-org', source, '' FROM person
                WHERE school IS NULL AND NOT gone ORDER BY line""",
            (loaded.files["user"],),
        )


def _here(store: Store, reach: Reach, local: str) -> None:
    """The database's rows beside the file's, streamed."""
    store.fill("has_person", roster_persons(reach.schools))
    known = PersonSource.objects.all()
    if reach.schools is not None:
        known = known.filter(org_id__in=[*reach.schools, reach.org])
    rows = known.values_list("source", "person_id", "org_id").order_by("source")
    store.fill("has_source", rows.iterator(5_000))
    beyond = _beyond(store, local) if reach.schools is not None else []
    missing = [row[0] for row in store.rows(
        "SELECT id FROM has_source WHERE id NOT IN (SELECT id FROM has_person)")]  # fmt: skip
    store.fill("has_person", roster_persons_by_id(missing))
    schools = {row[0]: row[1] for row in store.rows("SELECT id, school FROM has_class")}
    for number, school, *_rest in [] if reach.schools is None else roster_classes(None):
        schools.setdefault(number, school)
    here = roster_ties(reach.schools, beyond)
    store.fill("has_tie", _tie_rows(here, schools))
    store.run(
        "CREATE INDEX has_tie_person ON has_tie (person)",
        "CREATE INDEX has_tie_class ON has_tie (class, role)",
        "CREATE INDEX has_source_id ON has_source (id)",
    )


def _tie_rows(ties: Iterable[Any], schools: dict[int, int]) -> Iterator[tuple[Any, ...]]:
    """``open``: 1 without an end, 2 until a day, 0 over (its first day was today)."""
    states = {True: 1, None: 2, False: 0}
    for number, person, of, role, subject, since, state in ties:
        yield number, person, of, role, subject, since, states[state], schools.get(of, 0)


def _beyond(store: Store, local: str) -> list[int]:
    """Persons whom the file names and another school's roster told before."""
    keys = (row[0] for row in store.rows(
        "SELECT key FROM person WHERE key NOT IN (SELECT key FROM has_source)"))  # fmt: skip
    found: list[tuple[str, int, int]] = []
    while part := list(islice(keys, MANY)):
        rows = PersonSource.objects.filter(source__in=part)
        found += rows.values_list("source", "person_id", "org_id")
    for source, person, org in found:
        store.db.execute("INSERT OR IGNORE INTO has_source VALUES (?,?,?)", (source, person, org))
        store.db.execute("UPDATE person SET crossing = 1 WHERE key = ? AND NOT gone", (source,))
    return [person for _source, person, _org in found]
