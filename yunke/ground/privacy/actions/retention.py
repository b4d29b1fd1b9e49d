"""The daily purge: what is older than its table's line says goes; a dry run only counts."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import DateField, DateTimeField, Model, QuerySet

from yunke.base.clock import now, today
from yunke.base.held import DAYS, Held, Keep
from yunke.ground.audit.door import Act, audit_record, chain_cut
from yunke.ground.lake.door import lake_files_drop
from yunke.ground.people.door import leavers_before
from yunke.ground.privacy.actions.copies import copies_sweep
from yunke.ground.privacy.actions.wishes import leaver_erase
from yunke.ground.privacy.reads.map import tables
from yunke.ground.privacy.reads.told import table_told
from yunke.ground.privacy.values import TableLine

CHUNK = 1000
# A leaver's data stay a year, for who comes back and for certificates; then the person is erased.
LEAVERS = timedelta(days=DAYS[Keep.YEAR])
# Tables that their own room shortens: the chain with its anchor, the lake with its files.
CHAIN = frozenset({"audit.Entry", "audit.Look"})
OWN: dict[str, Callable[[int], int]] = {
    "audit.Entry": lambda days: chain_cut(days=days),
    "audit.Look": lambda _days: 0,
    "lake.LakeFile": lambda days: lake_files_drop(today() - timedelta(days=days)),
}


def due(model: type[Model], held: Held) -> "QuerySet[Any] | None":
    """The rows past their limit; None for a table that lives with the person or the site."""
    if held.keep not in DAYS:
        return None
    field = model._meta.get_field(held.since)
    limit: datetime | date = now() - timedelta(days=DAYS[held.keep])
    if isinstance(field, DateField) and not isinstance(field, DateTimeField):
        limit = today() - timedelta(days=DAYS[held.keep])
    return model._base_manager.filter(**{f"{held.since}__lt": limit})


def dry_run() -> list[TableLine]:
    """How many rows of each table the next purge takes; one COUNT a table."""
    found = [
        TableLine(model._meta.label, table_told(model._meta.label), rows.count(), "purge")
        for model, held in tables()
        if (rows := due(model, held)) is not None
    ]
    leavers = len(leavers_before(today() - LEAVERS))
    return [*found, TableLine("people.Person", table_told("people.Person"), leavers, "leaver")]


def purge() -> dict[str, int]:
    """Take what is due, table by table in small transactions; may be run again at any time."""
    gone = {label: count for label, count in _each() if count}
    gone |= {"copies": swept} if (swept := copies_sweep()) else {}
    leavers = leavers_before(today() - LEAVERS)
    for person in leavers:
        leaver_erase(person)
    if leavers:
        gone["leavers"] = len(leavers)
    if gone:
        with transaction.atomic():
            audit_record(actor_id=0, act=Act.RETENTION_RUN, object_kind="retention", detail=gone)
    return gone


def _each() -> Iterator[tuple[str, int]]:
    for model, held in tables():
        label = model._meta.label
        if label in OWN:
            yield label, OWN[label](DAYS[held.keep])
        elif (rows := due(model, held)) is not None:
            yield label, _delete(model, rows)


def _delete(model: type[Model], rows: "QuerySet[Any]") -> int:
    gone = 0
    while keys := list(rows.values_list("pk", flat=True)[:CHUNK]):
        with transaction.atomic():
            model._base_manager.filter(pk__in=keys).delete()
        gone += len(keys)
    return gone
