"""The index of an SQLite site: one FTS5 table, written in the caller's transaction."""

from collections.abc import Iterable

from django.db.backends.base.base import BaseDatabaseWrapper

from yunke.base.search.words import Document, Phrase, row_of, wanted


def match_of(query: str) -> str:
    """The FTS5 expression of what a person typed; "" when there is nothing to look for."""
    return " AND ".join(f"({' OR '.join(map(_fts5, ways))})" for ways in wanted(query))


def _fts5(phrase: Phrase) -> str:
    text = f'{{{" ".join(phrase.columns)}}} : "{" ".join(phrase.pieces)}"'
    return f"{text} *" if phrase.open else text


class Fts5Index:
    def __init__(self, name: str, connection: BaseDatabaseWrapper) -> None:
        if not name.isidentifier():
            raise ValueError(name)
        self.table, self.connection = f"{name}_search", connection

    def create(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {self.table} USING "
                "fts5(title, more, pinyin, initials, tokenize='unicode61 remove_diacritics 2')"
            )

    def remove(self) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {self.table}")

    def put(self, documents: Iterable[Document]) -> None:
        rows = [row_of(document) for document in documents]
        self.drop([row[0] for row in rows])
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self.table}(rowid, title, more, pinyin, initials) "  # noqa: S608
                "VALUES (%s, %s, %s, %s, %s)",
                rows,
            )

    def drop(self, ids: Iterable[int]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f"DELETE FROM {self.table} WHERE rowid = %s",  # noqa: S608
                [(found,) for found in ids],
            )

    def find(self, query: str, *, limit: int) -> list[int]:
        """Ids, best first. One query; [] for a query without a letter."""
        match = match_of(query)
        if not match:
            return []
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {self.table} WHERE {self.table} MATCH %s "  # noqa: S608
                f"ORDER BY bm25({self.table}, 10, 1, 4, 2), rowid LIMIT %s",
                [match, limit],
            )
            return [row[0] for row in cursor.fetchall()]
