"""A hot statement gives the rows that Django would, inside and outside of a transaction."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from yunke.base.models import Job
from yunke.base.statement import rows

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
DUE = "SELECT name, tries FROM base_job WHERE due_at <= %s AND name <> %s ORDER BY name"


def jobs() -> None:
    for number, name in enumerate(("安", "百", "it's 100%s")):
        Job.objects.create(
            name=name, key=name, tries=number, due_at=MOMENT + timedelta(minutes=number)
        )


def test_rows_come_by_number_text_and_instant() -> None:
    jobs()
    assert rows(DUE, [MOMENT + timedelta(minutes=1), ""]) == [("安", 0), ("百", 1)]
    assert rows(DUE, [MOMENT, "安"]) == []


def test_an_instant_between_two_seconds_is_compared_as_django_keeps_it() -> None:
    fine = MOMENT.replace(microsecond=250)
    Job.objects.create(name="a", key="a", due_at=fine)
    assert rows(DUE, [fine, ""]) == [("a", 0)]
    assert rows(DUE, [fine - timedelta(microseconds=1), ""]) == []


def test_values_are_never_part_of_the_statement() -> None:
    jobs()
    asked = "SELECT name FROM base_job WHERE name = %s"
    assert rows(asked, ["' OR 1=1 --"]) == []
    assert rows(asked, ["it's 100%s"]) == [("it's 100%s",)]


def test_the_same_rows_come_while_queries_are_counted() -> None:
    jobs()
    values: list[Any] = [MOMENT + timedelta(minutes=2), "百"]
    plain = rows(DUE, values)
    with CaptureQueriesContext(connection) as asked:
        assert rows(DUE, values) == plain
    assert len(asked) == 1


def test_it_sees_what_its_own_transaction_wrote() -> None:
    with transaction.atomic():
        jobs()
        assert len(rows(DUE, [MOMENT + timedelta(days=1), ""])) == 3
        transaction.set_rollback(True)
    assert rows(DUE, [MOMENT + timedelta(days=1), ""]) == []


@pytest.mark.django_db(transaction=True)
def test_a_closed_connection_is_opened_again() -> None:
    jobs()
    connection.close()
    assert len(rows(DUE, [MOMENT + timedelta(days=1), ""])) == 3


def test_a_wrong_statement_is_a_trouble_and_not_an_empty_answer() -> None:
    with pytest.raises(Exception, match=r"no such table|does not exist") as trouble:
        rows("SELECT 1 FROM nowhere WHERE id = %s", [1])
    assert trouble.type.__name__ in {OperationalError.__name__, ProgrammingError.__name__}
