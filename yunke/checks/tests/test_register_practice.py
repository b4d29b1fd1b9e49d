"""Every consequential act of practice leaves its line, whoever did it."""

import pytest

from yunke.checks.accept.register_practice import PRACTICE_ACTIONS
from yunke.ground.audit.models import Entry
from yunke.ground.people.tests.makers import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", PRACTICE_ACTIONS)
def test_the_act_is_in_the_register(name: str) -> None:
    act, action = PRACTICE_ACTIONS[name]
    ready = action(cast(grade=2))
    before = Entry.objects.filter(act=act.value).count()
    ready()
    assert Entry.objects.filter(act=act.value).count() == before + 1
