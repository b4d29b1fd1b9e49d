"""The comparison as people read it: every row with what happens to it, and what stands out."""

import json
from typing import Any

from yunke.gate.exchange.actions.bundle import Loaded
from yunke.gate.exchange.actions.compare import Compared
from yunke.gate.exchange.actions.store import Store
from yunke.gate.exchange.rules.findings import Whole, findings_of
from yunke.gate.exchange.values import Finding

Counts = dict[str, dict[str, int]]
_TITLES = """CREATE TEMP TABLE title AS SELECT id, name AS title FROM has_class
    WHERE id NOT IN (SELECT id FROM class) UNION ALL SELECT id, title FROM class"""
_NAMES = """CREATE TEMP TABLE place AS SELECT id, name FROM org UNION
    SELECT id, name FROM has_org WHERE id NOT IN (SELECT id FROM org)"""
# Where a person is: a pupil's class, a teacher's school.
_WHERE = """coalesce((SELECT c.title FROM tie t JOIN title c ON c.id = t.class
    WHERE t.person = p.id AND t.role = 'pupil' LIMIT 1),
    (SELECT o.name FROM place o WHERE o.id = p.school), '')"""


def shown_write(store: Store, loaded: Loaded, found: Compared) -> Counts:
    """Fill the preview's lines; gives thing → act → how many."""
    store.run(_TITLES, "CREATE INDEX title_id ON title (id)", _NAMES)
    store.run("CREATE INDEX place_id ON place (id)")
    _person_acts(store)
    changes = _changes(store)
    store.db.execute(
        """INSERT INTO shown (thing, act, name, source, place, what, file, line)
            SELECT 'org', act, name, source, level, '', ?, line FROM org ORDER BY line""",
        (loaded.files["org"],),
    )
    _classes_shown(store, loaded)
    store.db.execute(
        f"""INSERT INTO shown (thing, act, name, source, place, what, file, line)
            SELECT kind, act, name, source, {_WHERE}, '', ?, line FROM person p
            WHERE line > 0 OR act <> 'same' ORDER BY seq""",  # noqa: S608
        (loaded.files["user"],),
    )
    store.db.execute(
        """INSERT INTO shown (thing, act, name, source, place, what, file, line)
            SELECT kind, 'gone', name, coalesce((SELECT min(key) FROM has_source s
                WHERE s.id = leaver.id), ''), coalesce((SELECT c.title FROM has_tie h
                JOIN title c ON c.id = h.class WHERE h.person = leaver.id AND h.open LIMIT 1),
                (SELECT o.name FROM place o WHERE o.id = leaver.school), ''), '', '', 0
            FROM leaver ORDER BY school, name"""
    )
    store.run("CREATE INDEX shown_source ON shown (source, thing)")
    store.db.executemany(
        "UPDATE shown SET what = ? WHERE source = ? AND thing = ? AND act = 'changed'",
        ((json.dumps(what, ensure_ascii=False), source, kind) for source, kind, what in changes),
    )
    store.run("CREATE INDEX shown_act ON shown (act, thing, seq)")
    counts: Counts = {}
    for thing, act, many in store.rows("SELECT thing, act, count(*) FROM shown GROUP BY 1, 2"):
        counts.setdefault(thing, {})[act] = many
    counts["tie"] = dict(store.rows("SELECT act, count(*) FROM tie GROUP BY act"))
    counts["tie"]["gone"] = store.one("SELECT count(*) FROM tie_end")
    counts["all"] = {"wrong": store.wrongs}
    return counts


def _classes_shown(store: Store, loaded: Loaded) -> None:
    rows = store.rows(
        """SELECT c.act, c.title, c.source, (SELECT o.name FROM place o WHERE o.id = c.school),
            c.was, c.line, h.grade, c.grade, h.ended FROM class c
            LEFT JOIN has_class h ON h.id = c.id ORDER BY c.line, c.id"""
    )
    found = []
    for act, title, source, school, was, line, before, after, ended in rows:
        what: list[dict[str, Any]] = []
        if act == "changed":
            told = (("title", was, title), ("grade", before, after), ("ended", bool(ended), False))
            what = [{"what": w, "before": b, "after": a} for w, b, a in told if b != a]
        shown = source if not source.startswith("-") else ""
        text = json.dumps(what, ensure_ascii=False) if what else ""
        found.append((act, title, shown, school or "", text, loaded.files["class"], line))
    store.db.executemany(
        """INSERT INTO shown (thing, act, name, source, place, what, file, line)
            VALUES ('class', ?, ?, ?, ?, ?, ?, ?)""",
        found,
    )


def _person_acts(store: Store) -> None:
    """Somebody is changed by a name, a tie, coming back, or a number that is new to us."""
    store.run(
        """UPDATE person SET was = h.name, back = h.gone FROM has_person h
            WHERE h.id = person.id""",
        """CREATE TEMP TABLE moved AS SELECT DISTINCT person FROM tie
            WHERE act IN ('new', 'again') UNION SELECT DISTINCT person FROM tie_end""",
        "CREATE UNIQUE INDEX moved_person ON moved (person)",
        """UPDATE person SET act = CASE WHEN was <> name OR back OR adopted OR crossing
            OR id IN (SELECT person FROM moved) THEN 'changed' ELSE 'same' END
            WHERE act IS NULL""",
    )


def _changes(store: Store) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """(source, kind, what) of each changed person."""
    found = []
    rows = store.rows(
        """SELECT p.source, p.kind, p.name, p.was, p.back, p.adopted, p.crossing,
            (SELECT group_concat(c.title, '、') FROM tie t JOIN title c ON c.id = t.class
                WHERE t.person = p.id AND t.act IN ('new', 'again')),
            (SELECT group_concat(c.title, '、') FROM tie_end e JOIN title c ON c.id = e.class
                WHERE e.person = p.id)
            FROM person p WHERE p.act = 'changed'"""
    )
    for source, kind, name, was, back, adopted, crossing, new, ended in rows:
        what: list[dict[str, Any]] = []
        if was != name:
            what.append({"what": "name", "before": was, "after": name})
        if new or ended:
            what.append({"what": "class", "before": ended or "", "after": new or ""})
        told = (("back", back), ("adopted", adopted), ("crossing", crossing))
        what += [{"what": word, "before": "", "after": ""} for word, yes in told if yes]
        found.append((source, kind, what))
    return found


def findings_write(store: Store, loaded: Loaded, found: Compared) -> list[Finding]:
    """What the file looks like as a whole."""
    there = dict(store.rows("SELECT school, count(*) FROM active GROUP BY school"))
    kinds = ", ".join(f"'{kind}'" for kind in sorted(loaded.kinds)) or "''"
    counted = dict(store.rows(
        f"SELECT school, count(*) FROM active WHERE kind IN ({kinds}) GROUP BY school"))  # noqa: S608  # fmt: skip
    left = dict(store.rows("SELECT school, count(*) FROM leaver GROUP BY school"))
    again = dict(store.rows(
        """SELECT a.school, count(*) FROM active a JOIN person p ON p.id = a.person
            GROUP BY a.school"""))  # fmt: skip
    base = counted if loaded.kinds else there
    if loaded.delta:  # whom a delta does not name stays
        again = {school: many - left.get(school, 0) for school, many in there.items()}
    schools = {s: (base.get(s, 0), left.get(s, 0), again.get(s, 0)) for s in {*base, *left}}
    return findings_of(
        Whole(
            schools=schools,
            crossing=store.one("SELECT count(*) FROM person WHERE crossing"),
            stranger=found.places.stranger,
            terms_over=loaded.terms_over,
            **_grades(store),
            **_empty(store, loaded),
        )
    )


def _grades(store: Store) -> dict[str, int]:
    """How many known pupils the file has one grade below where they are."""
    row = next(store.rows(
        """SELECT count(*), sum(c.grade = h.grade - 1) FROM has_tie k
            JOIN has_class h ON h.id = k.class
            JOIN tie t ON t.person = k.person AND t.role = 'pupil' AND NOT t.gone
            JOIN class c ON c.id = t.class
            WHERE k.role = 'pupil' AND k.open AND c.act <> 'gone'"""))  # fmt: skip
    return {"matched": row[0] or 0, "lower": row[1] or 0}


def _empty(store: Store, loaded: Loaded) -> dict[str, int]:
    """Classes here, and those of whose pupils the file has none at all."""
    if "pupil" not in loaded.kinds:
        return {}
    row = next(store.rows(
        """SELECT count(*), sum(NOT found) FROM (SELECT k.class, max(p.id IS NOT NULL) AS found
            FROM has_tie k LEFT JOIN person p ON p.id = k.person
            WHERE k.role = 'pupil' AND k.open AND k.school IN (SELECT school FROM covered)
            GROUP BY k.class)"""))  # fmt: skip
    return {"classes_there": row[0] or 0, "classes_empty": row[1] or 0}
