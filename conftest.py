"""What every test starts from."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection

from yunke.base.fresh import each_alone
from yunke.base.kept import forget_all

# Tests measure nothing by the clock: a machine that has much else to do is no reason to fail.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


@pytest.fixture(autouse=True)
def a_second_place(settings: Any, tmp_path: Path) -> None:
    """Checkpoints of a test's chain are nobody else's."""
    settings.CHECKPOINTS = tmp_path / "checkpoints"


@pytest.fixture(autouse=True)
def alone(settings: Any) -> None:
    """A test hears no other test run beside it; houses that it starts talk over Valkey."""
    settings.VALKEY = ""


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Rows of another test may have had the same ids."""
    forget_all()
    yield
    forget_all()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[ExitStack]:
    """The tables of all tests are made in a quarter of the time; then Django is as it was."""
    with ExitStack() as quickly:
        quickly.enter_context(each_alone())
        yield quickly


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_modify_db_settings: ExitStack, django_db_blocker: Any
) -> None:
    """Tests that commit empty the tables behind them; the audit's own triggers would refuse."""
    django_db_modify_db_settings.close()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("audit_entry", "audit_head", "audit_checkpoint", "audit_anchor"):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_delete{on}")
