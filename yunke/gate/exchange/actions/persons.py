"""Whom the file means: known persons by their numbers, accounts from before, and new ones."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from yunke.gate.exchange.actions.bundle import Loaded
from yunke.gate.exchange.actions.store import Store
from yunke.gate.exchange.rules.logins import OWN_PERSON, login_free, logins_for
from yunke.gate.exchange.rules.places import Reach
from yunke.ground.people.door import ANIMALS, logins_taken

MANY = 300  # persons whose logins are asked for at once


def persons_match(store: Store, loaded: Loaded, reach: Reach, local: str) -> None:
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
    """Accounts from before the first roster: the number that our own export gave them, the same
    login and name, or the only one of that name in the class or, for staff, the school.
    """
    store.run(
        """CREATE TEMP TABLE loose AS SELECT id, login, name, kind FROM has_person
            WHERE NOT gone AND id NOT IN (SELECT id FROM has_source)"""
    )
    if not store.one("SELECT count(*) FROM loose"):
        return
    store.run(
        f"""UPDATE person SET adopted = 1, id = l.id FROM loose l
            WHERE person.source = '{OWN_PERSON}' || l.id AND person.kind = l.kind
            AND person.id IS NULL AND NOT person.gone""",  # noqa: S608
        "DELETE FROM loose WHERE id IN (SELECT id FROM person WHERE adopted)",
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


def persons_new(store: Store) -> None:
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
    while part := list(islice(fresh, MANY)):
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
