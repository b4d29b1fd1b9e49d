"""Full-text search that knows Chinese: every character is a word, a query is a phrase.

The tokenizers of databases miss words of two characters or cut them wrongly (古诗 in 古诗三首), so
the text is laid out before it reaches the index: characters one by one, Latin words in lower case,
pinyin by syllable and by initial. SQLite keeps them in an FTS5 table, PostgreSQL in a ``tsvector``;
callers only know ``index_of``, and both give the same answers.
"""

from collections.abc import Iterable
from typing import Protocol

from django.db import connections

from yunke.base.search.fts5 import Fts5Index
from yunke.base.search.postgres import PostgresIndex
from yunke.base.search.words import Document


class SearchIndex(Protocol):
    def create(self) -> None: ...
    def remove(self) -> None: ...
    def put(self, documents: Iterable[Document]) -> None: ...
    def drop(self, ids: Iterable[int]) -> None: ...
    def find(self, query: str, *, limit: int) -> list[int]: ...


def index_of(name: str, using: str = "default") -> SearchIndex:
    """The search index of this name on this site's database."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        return PostgresIndex(name, connection)
    return Fts5Index(name, connection)


__all__ = ["Document", "Fts5Index", "PostgresIndex", "SearchIndex", "index_of"]
