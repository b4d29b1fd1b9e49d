"""What was made of a consent goes with it."""

import pytest

from yunke.base.jobs import run_one
from yunke.ground.audit.models import Entry
from yunke.ground.consent import jobs  # noqa: F401 (registers the work)
from yunke.ground.consent.actions.erasing import ERASERS, erase_now, erases
from yunke.ground.consent.door import DataKind, Purpose
from yunke.ground.consent.tests.makers import both_say_yes, says
from yunke.ground.consent.values import Answer
from yunke.ground.people.tests import makers as people

pytestmark = pytest.mark.django_db(transaction=True)
PAIR = (Purpose.DIARY, DataKind.MOOD)


@pytest.fixture
def erased(monkeypatch) -> list[int]:
    monkeypatch.setitem(ERASERS, PAIR, [])
    gone: list[int] = []

    @erases(*PAIR)
    def eraser(person_id: int) -> int:
        gone.append(person_id)
        return 3

    return gone


def run_all() -> None:
    while run_one():
        pass


def test_a_withdrawal_erases_what_the_rooms_above_hold_and_leaves_a_line(erased) -> None:
    cast = people.cast(grade=3)
    both_say_yes(cast.guardian, cast.pupil, "diary-mood")
    run_all()
    assert erased == []
    says(cast.guardian, cast.pupil, Answer.WITHDRAWN, key="diary-mood")
    run_all()
    assert erased == [cast.pupil.id]
    line = Entry.objects.get(act="data.erased")
    assert (line.subject_id, line.detail["rows"]) == (cast.pupil.id, 3)


def test_another_switch_erases_nothing_here(erased) -> None:
    cast = people.cast(grade=3)
    says(cast.guardian, cast.pupil, Answer.REFUSED, key="display-photo")
    run_all()
    assert erased == []


def test_registering_twice_erases_once(erased) -> None:
    (eraser,) = ERASERS[PAIR]
    erases(*PAIR)(eraser)
    assert erase_now(7, *PAIR) == 3
    assert erased == [7]
