"""While a school moves to another database nothing is written to the old one.

The mover sets the sign; pages and phones are told, at once and friendly, that they can read and
that writing goes on soon. With PostgreSQL in place the sign means nothing.
"""

from pathlib import Path

from django.conf import settings
from django.db import connection

SIGN = "moving"


class StandsStill(Exception):
    """The school is moving to another database: it can be read, not written."""


def sign() -> Path:
    return Path(settings.DATA) / SIGN


def stands_still() -> bool:
    """May nothing be written just now? Costs one look at a file's name."""
    return connection.vendor == "sqlite" and sign().exists()
