"""Random lives of attempts: whatever the order of things, what was promised holds."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from yunke.school.attempts.tests.machine import Attempts

pytestmark = pytest.mark.django_db


def test_no_order_of_things_breaks_what_was_promised() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Attempts,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, derandomize=True,
            database=None, suppress_health_check=list(HealthCheck),
            phases=(Phase.generate, Phase.shrink),
        ),
    )  # fmt: skip
