"""A line of the audit is never changed nor deleted: not by the model, not by the database."""

from collections.abc import Callable

import pytest
from django.db import Error, transaction

from yunke.base.clock import now
from yunke.ground.audit.door import checkpoint_make, entries_empty
from yunke.ground.audit.models import Anchor, Checkpoint, Entry, Head, OnlyGrows
from yunke.ground.audit.tests.makers import chain, guarded, line, sql

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "forbidden",
    [
        lambda: Entry.objects.update(reason=""),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.filter(seq=1).bulk_update([], ["reason"]),
        lambda: Entry.objects.get(seq=1).save(),
        lambda: Entry.objects.get(seq=1).delete(),
    ],
)
def test_the_model_refuses(forbidden: Callable[[], object]) -> None:
    chain(2)
    with pytest.raises(OnlyGrows):
        forbidden()
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_id=1 WHERE seq=1",
        "UPDATE audit_entry SET hash='x' WHERE seq=1",
        "UPDATE audit_entry SET seq=77 WHERE seq=1",
        "UPDATE audit_entry SET reason='another' WHERE seq=1",
        "UPDATE audit_entry SET salt='another' WHERE seq=1",
        "UPDATE audit_entry SET detail='{\"n\": 5}' WHERE seq=1",
        "DELETE FROM audit_entry WHERE seq=1",
        "DELETE FROM audit_entry",
        "UPDATE audit_head SET seq=0",
        "DELETE FROM audit_head",
        "UPDATE audit_checkpoint SET hash='x'",
        "DELETE FROM audit_checkpoint",
        "UPDATE audit_anchor SET seq=9",
        "DELETE FROM audit_anchor",
    ],
)
def test_the_database_refuses(statement: str) -> None:
    chain(3)
    checkpoint_make()
    Anchor(seq=0, hash="x", signature="x").save()
    guarded()
    with pytest.raises(Error, match="only grows"), transaction.atomic():
        sql(statement)
    assert Entry.objects.count() == 3
    assert Head.objects.get().seq == 3
    assert Checkpoint.objects.count() == 1


def test_the_database_lets_an_erasure_empty_and_writers_write() -> None:
    chain(2)
    guarded()
    assert entries_empty(101) == 1
    assert line() == 3


def test_the_database_lets_go_only_what_lies_before_an_anchor() -> None:
    chain(4)
    guarded()
    Anchor(seq=2, at=now(), hash="x", signature="x").save()
    sql("DELETE FROM audit_entry WHERE seq <= 2")
    with pytest.raises(Error, match="only grows"), transaction.atomic():
        sql("DELETE FROM audit_entry WHERE seq = 3")
    assert list(Entry.objects.values_list("seq", flat=True)) == [3, 4]
