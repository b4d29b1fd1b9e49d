"""How far the outbox may be read: up to which id nothing more can appear.

SQLite gives ids in the order of commits. PostgreSQL gives them when a row is written, and a
transaction that was slow commits a low id after higher ones: whoever then takes "everything after
the last flush" would skip it for ever. So every transaction there holds a shared advisory lock from
before its first event to its end (a trigger of the table takes it, whoever writes). An id is safe
once all who held the lock when it was given have let go. Nobody ever waits for anybody.
"""

from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

LOCK = 0x796B6576  # "ykev"
ENDLESS = 2**63 - 1

TRIGGER = f"""
CREATE FUNCTION lake_event_begun() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared({LOCK});
  RETURN NULL;
END $$;
CREATE TRIGGER lake_event_begun BEFORE INSERT ON lake_event
  FOR EACH STATEMENT EXECUTE FUNCTION lake_event_begun();
"""
NO_TRIGGER = """
DROP TRIGGER IF EXISTS lake_event_begun ON lake_event;
DROP FUNCTION IF EXISTS lake_event_begun();
"""
# Read before the holders: whoever got an id up to here holds the lock, or has ended.
GIVEN = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM lake_event_id_seq"
HOLDERS = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND granted AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@dataclass
class _Looked:
    """What the last look found: the id given last, and who still stood before it."""

    given: int = 0
    holders: frozenset[str] = frozenset()
    safe: int = 0


_looked: dict[str, _Looked] = {}


def horizon(using: str = DEFAULT_DB_ALIAS) -> int:
    """Ids up to this one are all here, or never will be. Two queries on PostgreSQL, none on SQLite.

    What was waited for is remembered from one look to the next, so that many slow transactions one
    after the other hold up only what came after them.
    """
    connection = connections[using]
    if connection.vendor != "postgresql":
        return ENDLESS
    looked = _looked.setdefault(str(connection.settings_dict["NAME"]), _Looked())
    given, holders = _look(connection)
    if given < looked.safe:  # another database under the same name
        looked.given, looked.holders, looked.safe = 0, frozenset(), 0
    if not holders & looked.holders:
        looked.safe = max(looked.safe, looked.given)
        looked.given, looked.holders = given, holders
    if not looked.holders:
        looked.safe = looked.given
    return looked.safe


def _look(connection: Any) -> tuple[int, frozenset[str]]:
    with connection.cursor() as cursor:
        cursor.execute(GIVEN)
        given = int(cursor.fetchone()[0])
        cursor.execute(HOLDERS, [LOCK])
        return given, frozenset(row[0] for row in cursor.fetchall())
