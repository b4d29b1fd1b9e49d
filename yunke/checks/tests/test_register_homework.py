"""Homework's acts leave their lines."""

import pytest

from yunke.checks.accept.register_homework import HOMEWORK_ACTIONS
from yunke.ground.audit.models import Entry
from yunke.ground.people.tests.makers import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(HOMEWORK_ACTIONS))
def test_it_leaves_a_line(name: str) -> None:
    act, ready = HOMEWORK_ACTIONS[name]
    do = ready(cast())
    before = Entry.objects.filter(act=act).count()
    do()
    assert Entry.objects.filter(act=act).count() == before + 1
