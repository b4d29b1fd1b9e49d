"""Full-text search that knows Chinese: every character is a word, a query is a phrase.

FTS5's own tokenizers miss words of two characters or cut them wrongly (古诗 in 古诗三首), so the
text is laid out before it reaches the index: characters one by one, Latin words in lower case,
pinyin by syllable and by initial. A PostgreSQL site will bring another ``SearchIndex`` with the
same three verbs (pg_trgm); callers only know ``index_of``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from pypinyin import Style, lazy_pinyin, pinyin_dict

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
PIECE = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")
HAN_RUN = re.compile(f"[{HAN}]+")
RUN = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")
LONGEST = 80
# Stands between title and the rest, so that no phrase reaches over.
GAP = "00"


@dataclass(frozen=True)
class Document:
    """What can be found: ``title`` weighs ten times, ``more`` (unit, points, author) once."""

    id: int
    title: str
    more: str


class SearchIndex(Protocol):
    def put(self, documents: Iterable[Document]) -> None: ...
    def drop(self, ids: Iterable[int]) -> None: ...
    def find(self, query: str, *, limit: int) -> list[int]: ...


def pieces(text: str) -> list[str]:
    """ "古诗 in 3" → ["古", "诗", "in", "3"]."""
    return [piece.lower() for piece in PIECE.findall(text)]


def sounds(text: str) -> tuple[list[str], list[str]]:
    """The pinyin syllables of each run of characters, and their initials."""
    syllables: list[str] = []
    initials: list[str] = []
    for run in RUN.findall(text):
        spoken = lazy_pinyin(run, style=Style.NORMAL) if _is_han(run) else []
        spoken = [s.lower().replace("ü", "v") for s in spoken if s.isalpha() and len(s) < 7]
        syllables += spoken
        initials += [s[0] for s in spoken]
    return syllables, initials


def _is_han(run: str) -> bool:
    return HAN_RUN.fullmatch(run) is not None


@lru_cache(maxsize=1)
def syllables_known() -> frozenset[str]:
    """Every toneless syllable of pypinyin's own table, some 420."""
    toned = {s for row in pinyin_dict.pinyin_dict.values() for s in row.split(",")}
    plain = {"".join(_TONES.get(letter, letter) for letter in syllable) for syllable in toned}
    return frozenset(s for s in plain if s.isascii() and s.isalpha())


_TONES = {
    toned: plain
    for plain, row in {
        "a": "āáǎàa",
        "o": "ōóǒò",
        "e": "ēéěèêếề",
        "i": "īíǐì",
        "u": "ūúǔù",
        "v": "ǖǘǚǜü",
        "n": "ńňǹ",
        "m": "ḿ",
    }.items()
    for toned in row
}


def as_syllables(word: str) -> list[str]:
    """ "gushisan" → ["gu", "shi", "san"]; a last syllable may be unfinished; [] if it is none."""
    known = syllables_known()
    best: dict[int, list[str]] = {0: []}
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 6), end):
            if start in best and word[start:end] in known and end not in best:
                best[end] = [*best[start], word[start:end]]
    if len(word) in best:
        return best[len(word)]
    end = max(best)
    tail = word[end:]
    return [*best[end], tail] if end and any(s.startswith(tail) for s in known) else []


def match_of(query: str) -> str:
    """The FTS5 expression of what a person typed; "" when there is nothing to look for.

    Each run of characters is one phrase (诗古 does not find 古诗), each Latin word a word's
    beginning, a pinyin phrase or initials. All parts must match. Only letters and digits reach
    the expression, so nothing that people type is FTS5 syntax.
    """
    parts = []
    for run in RUN.findall(query[:LONGEST]):
        letters = pieces(run)
        if _is_han(run):
            parts.append(f'{{title more}} : "{" ".join(letters)}"')
        else:
            parts.append(_latin(letters[0]))
    return " AND ".join(parts)


def _latin(word: str) -> str:
    ways = [f'{{title more}} : "{word}" *']
    if word.isascii() and word.isalpha():
        spoken = as_syllables(word)
        if spoken:
            ways.append(f'pinyin : "{" ".join(spoken)}" *')
        if 2 <= len(word) <= 8:
            ways.append(f'initials : "{" ".join(word)}"')
    return f"({' OR '.join(ways)})"


class Fts5Index:
    """The index of an SQLite site: one FTS5 table, written in the caller's transaction."""

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
        rows = [self._row(document) for document in documents]
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

    def _row(self, document: Document) -> tuple[int, str, str, str, str]:
        syllables, initials = sounds(document.title)
        more, more_initials = sounds(document.more)
        return (
            document.id,
            " ".join(pieces(document.title)),
            " ".join(pieces(document.more)),
            " ".join([*syllables, GAP, *more]),
            " ".join([*initials, GAP, *more_initials]),
        )


def index_of(name: str, using: str = "default") -> Fts5Index:
    """The search index of this name on this site's database."""
    return Fts5Index(name, connections[using])
