"""What X-08 looks at, at one turning of the clocks."""

import pytest

from yunke.checks.accept.x_deadlines import TURNS, everybody, told_apart

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("turn", [TURNS[3], TURNS[5], TURNS[8]], ids=str)
def test_everybody_is_told_one_instant(turn: tuple[str, object]) -> None:
    zone, wall = turn
    assert told_apart(everybody(), zone, wall) == []  # type: ignore[arg-type]
