"""The index of a PostgreSQL site: one table of ``tsvector``, laid out by ourselves.

The database's own parsers are not asked: pieces get their positions here, a column is a weight,
and a gap between two columns keeps a phrase from reaching over.
"""

import unicodedata
from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from yunke.base.search.words import Document, Phrase, Row, row_of, wanted

# Title ten times, pinyin four, initials two, the rest once; ts_rank counts D, C, B, A.
WEIGHTS = {"title": "A", "more": "B", "pinyin": "C", "initials": "D"}
RANK = "{0.2, 0.4, 0.1, 1.0}"
BETWEEN = 10  # empty places between two columns
LAST_PLACE = 16_000  # a tsvector counts no further
LONGEST_PIECE = 200


class PostgresIndex:
    def __init__(self, name: str, connection: BaseDatabaseWrapper) -> None:
        if not name.isidentifier():
            raise ValueError(name)
        self.table, self.connection = f"{name}_search", connection

    def create(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {self.table} "
                "(id bigint PRIMARY KEY, pieces tsvector NOT NULL)"
            )
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {self.table}_pieces ON {self.table} USING gin (pieces)"
            )

    def remove(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.table}")

    def put(self, documents: Iterable[Document]) -> None:
        self.lay(map(row_of, documents))

    def lay(self, rows: Iterable[Row]) -> None:
        """Write rows as ``row_of`` gives them and as an FTS5 table holds them."""
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table} (id, pieces) VALUES (%s, %s::tsvector) "  # noqa: S608
                "ON CONFLICT (id) DO UPDATE SET pieces = excluded.pieces",
                [(row[0], vector_of(row)) for row in rows],
            )

    def drop(self, ids: Iterable[int]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self.table} WHERE id = ANY(%s)",  # noqa: S608
                [list(ids)],
            )

    def find(self, query: str, *, limit: int) -> list[int]:
        """Ids, best first. One query; [] for a query without a letter."""
        asked = query_of(query)
        if not asked:
            return []
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id FROM {self.table}, CAST(%s AS tsquery) AS q "  # noqa: S608
                "WHERE pieces @@ q ORDER BY ts_rank(%s, pieces, q) DESC, id LIMIT %s",
                [asked, RANK, limit],
            )
            return [row[0] for row in cursor.fetchall()]


def vector_of(row: Row) -> str:
    """The row of a document as a ``tsvector`` is written: ``'古':1A 'gu':14C``."""
    places: dict[str, list[str]] = {}
    at = 1
    for weight, text in zip(WEIGHTS.values(), row[1:], strict=True):
        for piece in text.split():
            places.setdefault(folded(piece), []).append(f"{min(at, LAST_PLACE)}{weight}")
            at += 1
        at += BETWEEN
    return " ".join(f"'{piece}':{','.join(found)}" for piece, found in places.items())


def query_of(query: str) -> str:
    """The ``tsquery`` of what a person typed; only letters and digits come into it."""
    return " & ".join(f"({' | '.join(map(_way, ways))})" for ways in wanted(query))


def _way(phrase: Phrase) -> str:
    marks = "".join(WEIGHTS[column] for column in phrase.columns)
    found = [f"'{folded(piece)}':{marks}" for piece in phrase.pieces]
    if phrase.open:
        found[-1] = f"'{folded(phrase.pieces[-1])}':*{marks}"
    return f"({' <-> '.join(found)})"


def folded(piece: str) -> str:
    """Without accents, as FTS5 compares: café is cafe."""
    letters = unicodedata.normalize("NFD", piece[:LONGEST_PIECE])
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
