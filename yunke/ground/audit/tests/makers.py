"""Lines of a chain, and the hands that tamper with it."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from yunke.ground.audit.door import Act, audit_record

guards = importlib.import_module("yunke.ground.audit.migrations.0004_only_grows")


def line(**more: Any) -> int:
    values = {"actor_id": 5, "act": Act.ROLE_CHANGED, "subject_id": 9, "school_id": 3}
    with transaction.atomic():
        return audit_record(**{**values, **more})


def chain(count: int) -> list[int]:
    """Lines with reasons, each about another person."""
    return [line(subject_id=100 + n, reason=f"理由{n}", detail={"n": n}) for n in range(count)]


class Statements:
    """What a migration's functions need of a schema editor."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def guarded() -> None:
    """The triggers as the migration makes them (other tests run without those of deletion)."""
    guards.unguard(None, Statements())
    guards.guard(None, Statements())


@contextmanager
def unguarded() -> Iterator[None]:
    """An intruder with the owner's rights takes the triggers away first."""
    guards.unguard(None, Statements())
    yield


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
