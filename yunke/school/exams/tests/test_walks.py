"""Whatever is done in whatever order: one hand-in, marks that sum, a release that stays."""

import pytest

from yunke.school.exams.models import Sitting
from yunke.school.exams.tests.makers import hall
from yunke.school.exams.tests.walks import walk

pytestmark = pytest.mark.django_db


def test_random_walks_break_nothing_and_leave_nothing_behind() -> None:
    made = hall()
    for seed in range(12):
        told = walk(9000 + seed, made)
        assert told.broken == []
        assert sum(told.done.values()) > 5
    assert not Sitting.objects.exists()
