"""An appeal that is pressed several times at one moment is one appeal with one event, and everybody
is told the same; on SQLite and on PostgreSQL."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import guardian, once, signed_in
from yunke.school.exams.models import Appeal
from yunke.school.exams.tests.makers import Hall, released, sat

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 5


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Each in a thread of its own, begun together; what they gave, or raised, in order."""
    gate, found = Barrier(len(work)), [None] * len(work)

    def run(place: int, one: Callable[[], Any]) -> None:
        gate.wait(20)
        try:
            found[place] = one()
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def press(of: Hall, client: Any, *, child: int = 0, **key: str) -> Callable[[], tuple[int, str]]:
    form = {
        "question": question(of), "reason": "请再看看", **({"child": child} if child else {}),
        **(key or once()),
    }  # fmt: skip

    def send() -> tuple[int, str]:
        reply = client.post(f"/exams/{of.exam.id}/appeal", form)
        return reply.status_code, reply.get("Location", "")

    return send


def question(of: Hall) -> int:
    return int(of.paper.items.order_by("position")[0].question_id)


def test_the_same_form_pressed_eight_times_at_once_is_one_appeal() -> None:
    made = released(sat())
    key, pupil = once(), made.people.pupil
    clients = [signed_in(pupil) for _n in range(TIMES)]
    replies = at_once(*(press(made, client, **key) for client in clients))
    assert set(replies) == {(303, f"/exams/{made.exam.id}/result")}
    assert Appeal.objects.count() == 1
    assert Event.objects.filter(verb="exam.appealed").count() == 1


def test_eight_forms_of_their_own_at_once_are_one_appeal_too() -> None:
    made = released(sat())
    pupil = made.people.pupil
    clients = [signed_in(pupil) for _n in range(TIMES)]
    replies = at_once(*(press(made, client) for client in clients))
    assert set(replies) == {(303, f"/exams/{made.exam.id}/result")}
    assert Appeal.objects.count() == 1
    assert Event.objects.filter(verb="exam.appealed").count() == 1


def test_the_pupil_and_both_guardians_at_once_ask_once() -> None:
    made = released(sat())
    pupil = made.people.pupil
    parents = [made.people.guardian, guardian(pupil, "另一位家长")]
    replies = at_once(
        press(made, signed_in(pupil)),
        *(press(made, signed_in(one), child=pupil.id) for one in parents),
    )
    assert [status for status, _where in replies] == [303, 303, 303]
    assert Appeal.objects.get().asked_by_id in {pupil.id, *(one.id for one in parents)}
    assert Event.objects.filter(verb="exam.appealed").count() == 1
