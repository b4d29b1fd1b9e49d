"""Two devices at the same moment: one plan, every tick kept, nothing twice."""

from collections.abc import Callable
from typing import Any

import pytest

from yunke.base.again import again
from yunke.base.clock import today
from yunke.base.tests.together import together
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import once, signed_in, who
from yunke.school.timetable.door import ItemKind, plan_add, plan_rows, plan_tick
from yunke.school.timetable.models import PlanItem
from yunke.school.timetable.tests.makers import day_cast

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 8


def by_all(act: Callable[[int], Any]) -> list[Any]:
    """The same act by eight hands at once, each as the door of every write does it."""
    return together(HANDS, lambda number: again(lambda: act(number)))


def test_the_first_ticks_of_a_day_come_at_once_and_all_stay() -> None:
    people = day_cast(count=HANDS)
    me, pupil = who(people.pupil), people.pupil.id
    keys = [f"b{b.id}" for b in people.more["day"]]
    by_all(lambda n: plan_tick(me, pupil, today(), keys[n], done=True))
    rows = plan_rows(pupil, today())
    assert len(rows) == HANDS
    assert all(row.done for row in rows)
    assert len({row.position for row in rows}) == HANDS


def test_one_form_sent_eight_times_at_once_adds_one_stop() -> None:
    people = day_cast(count=2)
    client, key = signed_in(people.pupil), once()
    cookies = client.cookies
    sent = {**key, "day": today().isoformat(), "kind": "own", "title": "跳绳", "minutes": "10"}

    def act(_number: int) -> tuple[int, str]:
        hand = type(client)()
        hand.cookies = cookies
        answer = hand.post("/today/add", sent)
        return answer.status_code, answer.get("X-Receipt", "")

    answers = by_all(act)
    assert set(answers) == {(303, answers[0][1])}
    assert PlanItem.objects.filter(title="跳绳").count() == 1
    assert Event.objects.filter(object_kind="plan").count() == 1


def test_guardian_and_child_add_at_once_and_both_stay() -> None:
    people = day_cast(count=2)
    both = (who(people.pupil), who(people.guardian))
    pupil = people.pupil.id
    by_all(
        lambda n: plan_add(
            both[n % 2], pupil, today(), kind=ItemKind.OWN, title=f"第{n}件", minutes=10
        )
    )
    own = [row for row in plan_rows(pupil, today()) if not row.broadcast_id]
    assert sorted(row.title for row in own) == [f"第{n}件" for n in range(HANDS)]
    assert len({row.position for row in plan_rows(pupil, today())}) == HANDS + 2
