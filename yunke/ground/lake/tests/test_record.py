"""An act is written with its cause, once."""

from typing import Any

import pytest
from django.db import transaction

from yunke.base.clock import now, today
from yunke.ground.lake.actions import event_record, events_write
from yunke.ground.lake.models import Event
from yunke.ground.lake.tests.makers import past, watched, yesterday
from yunke.ground.lake.values import Verb

pytestmark = pytest.mark.django_db


def test_an_act_is_one_insert(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        event_record(actor_id=1, verb=Verb.PRESENT, object_kind="day")
    event = Event.objects.get()
    assert (event.verb, event.day, event.result) == ("presence.ticked", today(), {})


def test_an_act_dies_with_its_cause() -> None:
    with pytest.raises(RuntimeError):
        failing_cause()
    assert not Event.objects.exists()


@transaction.atomic
def failing_cause() -> None:
    watched(1)
    raise RuntimeError("the cause failed")


def test_a_long_title_is_cut_and_not_refused() -> None:
    event_record(actor_id=1, verb=Verb.OPENED, object_kind="lesson", title="长" * 300)
    assert len(Event.objects.get().title) == 120


def test_past_acts_written_twice_are_there_once() -> None:
    acts = [past(yesterday(hour), person=hour) for hour in (9, 10, 11)]
    assert events_write(acts) == 3
    assert events_write(acts) == 0
    assert Event.objects.count() == 3


def test_past_acts_lie_in_the_order_of_their_time() -> None:
    events_write([past(yesterday(15)), past(yesterday(8)), past(yesterday(11))])
    times = list(Event.objects.order_by("id").values_list("made_at", flat=True))
    assert times == sorted(times)


def test_a_past_act_keeps_its_own_time() -> None:
    events_write([past(yesterday(8), result={"way": "card"})])
    event = Event.objects.get()
    assert event.made_at == yesterday(8)
    assert event.made_at < now()
    assert event.result == {"way": "card"}
