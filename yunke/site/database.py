"""Where the tables live: SQLite in the data folder, or PostgreSQL at an address.

Both are asked for the same promises (docs/decisions/0011): a transaction sees and leaves the
tables as if it had run alone, and an acknowledged write is on the disk.
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from yunke.base.place import own_name

# Written in an address, it stands for the data folder's own name: several schools on one server.
OWN = "{data}"
# Milliseconds. Long work is cut into short statements; what waits longer than this for a lock
# is told "busy, come again" like a writer on SQLite.
LOCK, STATEMENT = 10_000, 60_000


def database(url: str, data: Path) -> dict[str, Any]:
    """Django's entry for the address; SQLite in ``data`` when it is empty."""
    return postgres(url, data) if url else sqlite(data)


# trust.md section 0: Django's deferred transactions fail half of all saves at 16 writers;
# IMMEDIATE fails none. FULL, because an acknowledged write must survive the power cord.
def sqlite(data: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data / "yunke.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA temp_store=MEMORY;PRAGMA cache_size=-32000;PRAGMA mmap_size=268435456"
            ),
        },
        # A file, not memory: the hot front and threads open connections of their own.
        "TEST": {"NAME": data / "test.sqlite3"},
    }


def postgres(url: str, data: Path) -> dict[str, Any]:
    """A pool for each process, so that 200 who wait for hashing hold no 200 connections."""
    parts = urlsplit(url)
    more = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")).replace(OWN, own_name(data)),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or more.pop("host", ""),
        "PORT": str(parts.port or ""),
        # A pool gives connections back after each request, and looks whether they still live.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **more,
            "application_name": "yunke",
            # SERIALIZABLE for transactions; single statements stay READ COMMITTED.
            "isolation_level": 4,
            "options": (
                f"-c synchronous_commit=on -c lock_timeout={LOCK} -c statement_timeout={STATEMENT}"
            ),
            "pool": {"min_size": 0, "max_size": 10, "timeout": 10, "max_idle": 120},
        },
    }
