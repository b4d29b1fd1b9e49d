"""The file against the database: who is new, changed, gone, the same. Set by set, in SQL."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from yunke.gate.exchange.actions.bundle import Loaded
from yunke.gate.exchange.actions.store import Store
from yunke.gate.exchange.models import PersonSource, PlaceSource
from yunke.gate.exchange.rules.logins import LOCAL, login_free, logins_for
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
    ANIMALS,
    logins_taken,
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
    found = _places(store, loaded, reach)
    _classes(store, loaded, reach, found)
    tell("here", 0.5)
    _wanted_persons(store, loaded, local)
    _here(store, reach, local)
    tell("match", 0.65)
    _match(store, loaded, reach, local)
    _tie_faults(store, loaded)
    _ties(store, loaded)
    tell("logins", 0.8)
    _new_persons(store)
    _tie_acts(store, loaded, day)
    _leavers(store, loaded)
    return found


def _places(store: Store, loaded: Loaded, reach: Reach) -> Compared:
    sources = dict(PlaceSource.objects.filter(kind="org").values_list("row_id", "source"))
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


def _classes(store: Store, loaded: Loaded, reach: Reach, found: Compared) -> None:
    sources = dict(PlaceSource.objects.filter(kind="class").values_list("row_id", "source"))
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
    ties = roster_ties(reach.schools, beyond)
    store.fill("has_tie", _tie_rows(ties, schools))
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


def _match(store: Store, loaded: Loaded, reach: Reach, local: str) -> None:
    """By id; then who is here without one, by login or by name and class."""
    store.run("UPDATE person SET id = (SELECT h.id FROM has_source h WHERE h.key = person.key)")
    if local:
        store.db.execute(
            """UPDATE person SET id = (SELECT h.id FROM has_source h WHERE h.key = person.source
                AND h.org = ?) WHERE id IS NULL""",
            (reach.org,),
        )
        store.run(
            """UPDATE person SET key = source WHERE id IS NOT NULL AND key <> source
                AND NOT EXISTS (SELECT 1 FROM has_source h WHERE h.key = person.key)"""
        )
    _adopt(store)
    store.wrong_by(
        """SELECT ?, p.line, 'role', 'other-kind', p.source, h.name FROM person p
            JOIN has_person h ON h.id = p.id WHERE h.kind <> p.kind AND NOT p.gone""",
        (loaded.files["user"],),
    )
    store.wrong_by(
        """SELECT ?, line, 'sourcedId', 'twice', source, '' FROM person
            WHERE id IN (SELECT id FROM person WHERE id IS NOT NULL GROUP BY id
                         HAVING count(*) > 1)""",
        (loaded.files["user"],),
    )
    if loaded.delta:
        _known_persons(store)


def _known_persons(store: Store) -> None:
    """A delta may tie persons that it does not bring along."""
    store.run(
        """INSERT OR IGNORE INTO person (key, source, kind, name, login, line, gone, id)
            SELECT DISTINCT s.key, t.user, h.kind, h.name, '', 0, 0, h.id FROM raw_tie t
            JOIN has_source s ON s.key = t.user JOIN has_person h ON h.id = s.id
            WHERE NOT EXISTS (SELECT 1 FROM raw_user r WHERE r.source = t.user)"""
    )


def _adopt(store: Store) -> None:
    """Accounts from before the first roster: the same login and name, or the only one of that
    name in the class or, for staff, the school.
    """
    store.run(
        """CREATE TEMP TABLE loose AS SELECT id, login, name, kind FROM has_person
            WHERE NOT gone AND id NOT IN (SELECT id FROM has_source)"""
    )
    if not store.one("SELECT count(*) FROM loose"):
        return
    store.run(
        "CREATE INDEX loose_name ON loose (name)",
        """CREATE TEMP TABLE pair AS
            SELECT p.seq AS seq, l.id AS id FROM loose l JOIN person p
            ON p.name = l.name AND p.kind = l.kind AND p.id IS NULL AND NOT p.gone
            WHERE p.login <> '' AND lower(p.login) = l.login
            UNION
            SELECT p.seq, l.id FROM loose l JOIN has_tie h ON h.person = l.id AND h.open
            JOIN person p ON p.name = l.name AND p.kind = l.kind AND p.id IS NULL AND NOT p.gone
            WHERE (p.kind = 'staff' AND p.school = h.school) OR (p.kind = 'pupil' AND EXISTS (
                SELECT 1 FROM raw_tie t JOIN class_alias a ON a.source = t.class
                WHERE t.user = p.source AND a.id = h.class AND NOT t.gone))""",
        """DELETE FROM pair WHERE seq IN (SELECT seq FROM pair GROUP BY seq HAVING count(*) > 1)
            OR id IN (SELECT id FROM pair GROUP BY id HAVING count(*) > 1)""",
        """UPDATE person SET adopted = 1, id = (SELECT id FROM pair WHERE pair.seq = person.seq)
            WHERE seq IN (SELECT seq FROM pair)""",
    )


def _tie_faults(store: Store, loaded: Loaded) -> None:
    """A tie that names nobody or no class; not while the rows it names are wrong themselves."""
    store.run("CREATE TEMP TABLE aside (source TEXT PRIMARY KEY)")
    aside = loaded.skipped | loaded.classes_gone
    store.db.executemany("INSERT OR IGNORE INTO aside VALUES (?)", ((s,) for s in aside))
    if store.wrongs:
        return
    store.wrong_by(
        """SELECT ?, line, 'classSourcedId', 'no-such-class', class, '' FROM raw_tie t
            WHERE NOT gone AND class NOT IN (SELECT source FROM class_alias)
            AND class NOT IN (SELECT source FROM aside) ORDER BY line""",
        (loaded.files["tie"],),
    )
    store.wrong_by(
        """SELECT ?, line, 'userSourcedId', 'no-such-user', user, '' FROM raw_tie t
            WHERE NOT gone AND user NOT IN (SELECT source FROM raw_user)
            AND user NOT IN (SELECT source FROM person) ORDER BY line""",
        (loaded.files["tie"],),
    )
    store.wrong_by(
        """SELECT ?, t.line, 'role', 'role-clash', t.user, p.name FROM raw_tie t
            JOIN person p ON p.source = t.user WHERE NOT t.gone
            AND (t.role = 'student') <> (p.kind = 'pupil') ORDER BY t.line""",
        (loaded.files["tie"],),
    )


def _ties(store: Store, loaded: Loaded) -> None:
    """What the file ties to what, each once: a primary teacher is the class's head."""
    select = """INSERT INTO tie (key, class, role, subject, first, line, gone)
        SELECT t.user, a.id, {role}, {subject}, max(t.first), min(t.line), min(t.gone)
        FROM raw_tie t JOIN class_alias a ON a.source = t.class
        WHERE {where} GROUP BY 1, 2, 3, 4"""
    store.run(
        select.format(role="'pupil'", subject="''", where="t.role = 'student'"),
        select.format(
            role="'head_teacher'", subject="''", where="t.role = 'teacher' AND t.prim"
        ),
        select.format(
            role="'teacher'", subject="t.subject",
            where="t.role = 'teacher' AND (NOT t.prim OR t.subject <> '')",
        ),
    )  # fmt: skip


def _new_persons(store: Store) -> None:
    """New persons get numbers below zero in their order, a login, and pupils an animal."""
    store.run("DELETE FROM person WHERE id IS NULL AND gone")
    store.run(
        """UPDATE person SET act = 'new', id = -n.number FROM (SELECT seq, row_number()
            OVER (ORDER BY seq) AS number FROM person WHERE id IS NULL) n
            WHERE n.seq = person.seq"""
    )
    store.run(
        "CREATE INDEX person_id ON person (id)",
        "UPDATE tie SET person = (SELECT p.id FROM person p WHERE p.source = tie.key)",
        "DELETE FROM tie WHERE person IS NULL",
        "CREATE INDEX tie_person ON tie (person)",
    )
    codes = dict(store.rows("SELECT id, code FROM has_org UNION SELECT id, code FROM org"))
    fresh = store.rows(
        "SELECT seq, login, source, key, school FROM person WHERE act = 'new' ORDER BY seq"
    )
    given: set[str] = set()
    named: list[tuple[str, int]] = []
    while part := list(islice(fresh, MANY // 3)):
        named += _logins(part, codes, given)
    store.db.executemany("UPDATE person SET login = ? WHERE seq = ?", named)
    _animals(store)


def _logins(part: list[Any], codes: dict[int, str], given: set[str]) -> Iterator[tuple[str, int]]:
    tries = {
        seq: logins_for(login, source, codes.get(school, "") if key != source else "")
        for seq, login, source, key, school in part
    }
    taken = logins_taken(name for names in tries.values() for name in names[:3])
    for seq, names in tries.items():
        login = login_free(names, lambda name: name in given or name in taken)
        given.add(login)
        yield login, seq


def _animals(store: Store) -> None:
    """A new pupil's animal: the next one in the class."""
    there = dict(
        store.rows("SELECT class, count(*) FROM has_tie WHERE role = 'pupil' GROUP BY class")
    )
    rows = store.rows(
        """SELECT p.seq, t.class FROM person p JOIN tie t ON t.person = p.id AND t.role = 'pupil'
            WHERE p.act = 'new' ORDER BY p.seq"""
    )
    given = []
    for seq, of in rows:
        number = there.get(of, 0)
        there[of] = number + 1
        given.append((ANIMALS[number % len(ANIMALS)], seq))
    store.db.executemany("UPDATE person SET animal = ? WHERE seq = ?", given)


def _tie_acts(store: Store, loaded: Loaded, day: date) -> None:
    """Which ties begin, go on, end."""
    same = """h.person = tie.person AND h.class = tie.class AND h.role = tie.role
        AND h.subject = tie.subject"""
    store.run(
        f"""UPDATE tie SET act = CASE
            WHEN EXISTS (SELECT 1 FROM has_tie h WHERE {same} AND h.open) THEN 'same'
            WHEN gone THEN 'same' ELSE 'new' END""",  # noqa: S608
        f"""UPDATE tie SET act = 'again', again = (SELECT h.id FROM has_tie h WHERE {same}
            AND NOT h.open) WHERE act = 'new' AND EXISTS (SELECT 1 FROM has_tie h WHERE {same}
            AND NOT h.open)""",  # noqa: S608
    )  # fmt: skip
    store.db.execute(
        """UPDATE tie SET first = ? WHERE act = 'new' AND (first = ''
            OR (first < ? AND person > 0))""",
        (day.isoformat(), day.isoformat()),
    )
    roles = ", ".join(f"'{role}'" for role in sorted(loaded.tie_roles)) or "''"
    store.run(
        f"""INSERT INTO tie_end SELECT h.id, h.person, h.class, h.role, h.subject FROM has_tie h
            JOIN person p ON p.id = h.person AND NOT p.gone
            WHERE h.open = 1 AND h.role IN ({roles})
            AND (h.school IN (SELECT school FROM covered) OR (p.crossing AND h.role = 'pupil'))
            AND NOT EXISTS (SELECT 1 FROM tie t WHERE t.person = h.person AND t.class = h.class
                AND t.role = h.role AND t.subject = h.subject AND NOT t.gone)
            {_LISTED if loaded.named else ""}""",  # noqa: S608
        """INSERT OR IGNORE INTO tie_end
            SELECT h.id, h.person, h.class, h.role, h.subject FROM has_tie h
            JOIN tie t ON t.person = h.person AND t.class = h.class AND t.role = h.role
            AND t.subject = h.subject AND t.gone WHERE h.open = 1""",
    )


# A list's teacher without any class keeps the classes that the school gave.
_LISTED = "AND EXISTS (SELECT 1 FROM tie t WHERE t.person = h.person)"


def _leavers(store: Store, loaded: Loaded) -> None:
    """Who is here and not in the file: pupils of the covered schools, staff whom a roster told."""
    store.run(
        """CREATE TEMP TABLE active AS SELECT h.person AS person, min(h.school) AS school,
            p.kind AS kind FROM has_tie h JOIN has_person p ON p.id = h.person AND NOT p.gone
            WHERE h.open AND h.school IN (SELECT school FROM covered) GROUP BY h.person""",
        """INSERT INTO active SELECT s.id, s.org, p.kind FROM has_source s
            JOIN has_person p ON p.id = s.id AND NOT p.gone
            WHERE s.org IN (SELECT school FROM covered)
            AND s.id NOT IN (SELECT person FROM active)""",
        "CREATE UNIQUE INDEX active_person ON active (person)",
    )
    for kind in sorted(loaded.kinds):
        told = "AND a.person IN (SELECT id FROM has_source)" if kind == "staff" else ""
        store.db.execute(
            f"""INSERT OR IGNORE INTO leaver
                SELECT a.person, h.name, a.kind, a.school FROM active a
                JOIN has_person h ON h.id = a.person WHERE a.kind = ? {told}
                AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = a.person AND NOT p.gone)""",  # noqa: S608
            (kind,),
        )
    store.run(
        """INSERT OR IGNORE INTO leaver SELECT h.id, h.name, h.kind, coalesce(p.school, 0)
            FROM person p JOIN has_person h ON h.id = p.id AND NOT h.gone WHERE p.gone""",
        "DELETE FROM person WHERE gone",
    )
