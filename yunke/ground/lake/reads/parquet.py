"""Asking the lake's files. Only files that a row lists are read."""

from collections.abc import Sequence
from typing import Any

import duckdb
from django.conf import settings


def lake_rows(query: str, paths: Sequence[str], values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run ``query`` over the files as the table ``events``; ``values`` fill its ``?``.

    Cost: one scan of the named columns; some 30 ms for a day of 300,000 events.
    """
    if not paths:
        return []
    files = [str(settings.LAKE_ROOT / path) for path in paths]
    with duckdb.connect(config={"threads": 1, "memory_limit": "512MB"}) as lake:
        # S608: the query is a text of this room; everything that varies is a value.
        found = lake.execute(
            f"WITH events AS (SELECT * FROM read_parquet(?)) {query}",  # noqa: S608
            [files, *values],
        )
        return found.fetchall()
