"""Arranging by form alone: order, own things, taking off and putting back."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.base.clock import today
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.school.timetable.door import stops_of
from yunke.school.timetable.models import PlanItem
from yunke.school.timetable.tests.makers import day_cast, item

pytestmark = pytest.mark.django_db
DAY = "2026-11-18"


@pytest.fixture(autouse=True)
def _early() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 18, 0, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    return day_cast(grade=3, count=3)


def air(people: Cast) -> list[str]:
    return [f"b{b.id}" for b in people.more["day"]]


def keys(people: Cast) -> list[str]:
    return [s.key for s in stops_of(people.pupil.id, people.city.id, 3, today())]


def post(client: Client, end: str, base: str = "/today", **sent: object) -> Any:
    return client.post(f"{base}/{end}", {**once(), "day": DAY, **sent})


def text_of(client: Client, path: str = "/today/arrange", *, language: str = "zh-hans") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_every_stop_can_go_up_down_and_off(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil))
    for key in air(people):
        assert f'value="up:{key}"' in shown
        assert f'value="down:{key}"' in shown
        assert f'form="off-{key}"' in shown
    assert "3 站" in shown


def test_a_button_moves_one_stop(people: Cast) -> None:
    client = signed_in(people.pupil)
    a, b, c = air(people)
    answer = post(client, "order", order=[a, b, c], move=f"up:{c}")
    assert answer.status_code == 303
    assert answer["Location"] == f"/today/arrange?day={DAY}"
    assert keys(people) == [a, c, b]
    post(client, "order", order=[a, c, b], move=f"down:{a}")
    assert keys(people) == [c, a, b]


def test_dragging_sends_the_whole_order(people: Cast) -> None:
    a, b, c = air(people)
    post(signed_in(people.pupil), "order", order=[c, b, a])
    assert keys(people) == [c, b, a]


@pytest.mark.parametrize("move", ["up:", "sideways:b1", "up", ":", "down:b99999"])
def test_a_move_that_is_none_keeps_the_order(people: Cast, move: str) -> None:
    post(signed_in(people.pupil), "order", order=air(people), move=move)
    assert keys(people) == air(people)


def test_something_of_ones_own_is_added(people: Cast) -> None:
    client = signed_in(people.pupil)
    answer = post(client, "add", kind="own", title="跳绳", minutes="15")
    assert answer.status_code == 303
    assert keys(people)[:3] == air(people)
    assert "跳绳" in text_of(client)
    assert PlanItem.objects.get(title="跳绳").minutes == 15


def test_a_break_is_one_tap(people: Cast) -> None:
    post(signed_in(people.pupil), "add", kind="break", minutes="10")
    row = PlanItem.objects.get(broadcast=None)
    assert (row.kind, row.minutes) == ("break", 10)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"kind": "own", "title": " ", "minutes": "15"}, "写上要做什么"),
        ({"kind": "own", "title": "跳绳", "minutes": "1"}, "5 到 120"),
        ({"kind": "own", "title": "跳绳", "minutes": "999"}, "5 到 120"),
        ({"kind": "own", "title": "跳绳", "minutes": "很久"}, "写数字"),
        ({"kind": "own", "title": "跳绳", "minutes": ""}, "选一个时间"),
    ],
)
def test_a_form_that_is_wrong_says_what_and_keeps_what_was_typed(people: Cast, sent, why) -> None:
    answer = post(signed_in(people.pupil), "add", **sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert why in shown
    assert "计划没有改动" in shown
    assert f'value="{sent["title"].strip() and sent["title"]}' in shown or not sent["title"].strip()
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize("kind", ["lesson", "task", "", "x"])
def test_only_own_things_and_breaks_are_added(people: Cast, kind: str) -> None:
    answer = post(signed_in(people.pupil), "add", kind=kind, title="坏", minutes="10")
    assert answer.status_code == 422
    assert not PlanItem.objects.exists()


def test_a_name_that_is_too_long_is_refused(people: Cast) -> None:
    answer = post(signed_in(people.pupil), "add", kind="own", title="长" * 81, minutes="10")
    assert answer.status_code == 422


def test_the_thirteenth_own_thing_is_refused_in_words(people: Cast) -> None:
    for _ in range(12):
        item(people.pupil)
    answer = post(signed_in(people.pupil), "add", kind="own", title="再来", minutes="10")
    assert answer.status_code == 422
    assert "一天最多加 12 项" in answer.content.decode()


def test_what_was_taken_off_waits_to_be_put_back(people: Cast) -> None:
    client, key = signed_in(people.pupil), air(people)[1]
    assert post(client, "remove", key=key).status_code == 303
    assert key not in keys(people)
    shown = text_of(client)
    assert "拿掉的" in shown
    assert "放回来" in shown
    post(client, "remove", key=key, back="yes")
    assert keys(people) == air(people)
    assert "放回来" not in text_of(client)


def test_a_refused_write_leaves_its_key_free(people: Cast) -> None:
    client, key = signed_in(people.pupil), once()
    wrong = {**key, "day": DAY, "kind": "own", "title": "", "minutes": "10"}
    assert client.post("/today/add", wrong).status_code == 422
    assert client.post("/today/add", {**wrong, "title": "跳绳"}).status_code == 303
    assert PlanItem.objects.filter(title="跳绳").count() == 1


def test_the_same_form_sent_twice_adds_one(people: Cast) -> None:
    client, key = signed_in(people.pupil), once()
    sent = {**key, "day": DAY, "kind": "own", "title": "跳绳", "minutes": "10"}
    assert [client.post("/today/add", sent).status_code for _ in range(3)] == [303] * 3
    assert PlanItem.objects.filter(title="跳绳").count() == 1


@pytest.mark.parametrize("end", ["order", "tick", "add", "remove"])
def test_a_write_without_its_key_does_nothing(people: Cast, end: str) -> None:
    sent = {"day": DAY, "key": air(people)[0], "kind": "own", "title": "跳绳", "minutes": "10"}
    assert signed_in(people.pupil).post(f"/today/{end}", sent).status_code == 400
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize("end", ["tick", "remove"])
def test_a_stop_of_another_pupil_is_not_found(people: Cast, end: str) -> None:
    theirs = item(people.pupils[1])
    answer = post(signed_in(people.pupil), end, key=f"i{theirs.id}", done="yes")
    assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.done_at is None
    assert theirs.dropped_at is None


def test_an_empty_plan_is_drawn(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil), "/today/arrange?day=2026-11-22")
    assert "计划还是空的" in shown


def test_a_guardian_arranges_the_childs_day(people: Cast) -> None:
    client, base = signed_in(people.guardian), f"/child/{people.pupil.id}/plan"
    shown = text_of(client, f"{base}/arrange")
    assert f"调整{people.pupil.name}的计划" in shown
    a, b, c = air(people)
    answer = post(client, "order", base, order=[b, a, c])
    assert answer["Location"] == f"{base}/arrange?day={DAY}"
    assert keys(people) == [b, a, c]


def test_the_page_speaks_english(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil), language="en")
    assert "Arrange the plan" in shown
    assert "Put back" not in shown
    assert "分钟" not in shown


def test_a_write_needs_the_post(people: Cast) -> None:
    client = signed_in(people.pupil)
    assert client.get("/today/tick").status_code == 405
    assert client.get("/today/order").status_code == 405


@pytest.mark.parametrize("stops", [1, 12])
def test_the_page_costs_the_same_for_any_plan(
    people: Cast, stops, django_assert_max_num_queries: Any
) -> None:
    for position in range(stops):
        item(people.pupil, position=position)
    client = signed_in(people.pupil)
    client.get("/today/arrange")
    with django_assert_max_num_queries(4):
        client.get("/today/arrange")
