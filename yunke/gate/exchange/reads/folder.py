"""Where an import's file and its comparison lie until it is written or put away."""

import sqlite3
from pathlib import Path

from django.conf import settings


def folder_of(import_id: int) -> Path:
    return Path(settings.DATA) / "exchange" / str(import_id)


def file_of_import(import_id: int) -> Path:
    return folder_of(import_id) / "file"


def store_path(import_id: int, reading: int) -> Path:
    return folder_of(import_id) / f"compared-{reading}.sqlite3"


def store_read(import_id: int, reading: int) -> sqlite3.Connection | None:
    """The comparison, to look into; None when it is put away already."""
    path = store_path(import_id, reading)
    if not path.exists():
        return None
    found = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found.row_factory = sqlite3.Row
    return found
