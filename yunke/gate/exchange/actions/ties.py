"""Who is tied to which class: what the file says, what begins and ends, and who leaves."""

from datetime import date

from yunke.gate.exchange.actions.bundle import Loaded
from yunke.gate.exchange.actions.store import Store


def tie_faults(store: Store, loaded: Loaded) -> None:
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


def ties(store: Store, loaded: Loaded) -> None:
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


def tie_acts(store: Store, loaded: Loaded, day: date) -> None:
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


def leavers(store: Store, loaded: Loaded) -> None:
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
