"""A pupil's home: what now, what is done, whose day it is; cheap, and one's own only."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from yunke.base.clock import today
from yunke.ground.lake.door import Verb
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import (
    Cast,
    bind,
    guardian,
    once,
    person,
    pupil,
    signed_in,
    who,
)
from yunke.ground.people.values import Kind
from yunke.school.timetable.door import (
    ItemKind,
    Left,
    Watched,
    plan_add,
    plan_arrange,
    watched_from,
)
from yunke.school.timetable.models import PlanItem
from yunke.school.timetable.reads import plan as plan_reads
from yunke.school.timetable.tests.makers import a_day, broadcast, day_cast, filmed, item

pytestmark = pytest.mark.django_db
# 08:10 at school, before the first lesson.
EARLY = datetime(2026, 11, 18, 0, 10, tzinfo=UTC)
STATE = re.compile(r'<li class="stop (\w+) k-(\w+)')


@pytest.fixture(autouse=True)
def _early() -> Iterator[None]:
    with time_machine.travel(EARLY, tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    return day_cast(grade=3)


def text_of(client: Client, path: str = "/today", *, language: str = "zh-hans") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def states(shown: str) -> list[str]:
    return [state for state, _kind in STATE.findall(shown)]


def tick(client: Client, people: Cast, number: int, done: str = "yes", base: str = "/today") -> Any:
    key = f"b{people.more['day'][number].id}"
    day = today().isoformat()
    return client.post(f"{base}/tick", {**once(), "key": key, "done": done, "day": day})


def test_the_first_stop_is_the_large_one(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil))
    assert states(shown) == ["next", "later", "later", "later"]
    assert shown.count('aria-current="step"') == 1
    assert shown.count("main-thing") == 1
    assert "4 站" in shown
    assert "还有约 80 分钟" in shown
    assert "早上好" in shown


def test_what_is_on_the_air_is_the_large_one(people: Cast) -> None:
    with time_machine.travel(EARLY + timedelta(minutes=75), tick=False):
        shown = text_of(signed_in(people.pupil))
    assert states(shown) == ["later", "live", "later", "later"]
    assert "正在播出" in shown


def test_done_stops_are_ticked_and_the_next_one_grows(people: Cast) -> None:
    client = signed_in(people.pupil)
    assert tick(client, people, 0).status_code == 303
    shown = text_of(client)
    assert states(shown) == ["done", "next", "later", "later"]
    assert "撤销" in shown
    assert "做完 1 站，共 4 站" in shown
    assert "还有约 60 分钟" in shown


def test_a_tick_can_be_taken_back(people: Cast) -> None:
    client = signed_in(people.pupil)
    tick(client, people, 0)
    answer = tick(client, people, 0, "no")
    assert answer["Location"] == "/today?day=2026-11-18"
    assert states(text_of(client)) == ["next", "later", "later", "later"]


def test_a_tick_sent_twice_is_one_tick_with_the_same_receipt(people: Cast) -> None:
    client = signed_in(people.pupil)
    sent = {**once(), "key": f"b{people.more['day'][0].id}", "done": "yes", "day": "2026-11-18"}
    first, again = client.post("/today/tick", sent), client.post("/today/tick", sent)
    assert first["X-Receipt"] == again["X-Receipt"]
    assert PlanItem.objects.exclude(done_at=None).count() == 1


def test_every_form_has_its_own_key_and_the_pages_token(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil))
    keys = re.findall(r'name="once" value="([0-9a-f-]{36})"', shown)
    assert len(keys) == len(set(keys)) >= 4
    assert "\x00" not in shown
    assert len(re.findall(r'name="csrfmiddlewaretoken" value="\w{64}"', shown)) == len(keys) + 2


def test_a_tick_without_the_pages_token_is_refused(people: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = signed_in(people.pupil).cookies
    assert tick(client, people, 0).status_code == 403
    assert not PlanItem.objects.exists()


def test_classmates_share_the_drawing_and_not_the_ticks(people: Cast) -> None:
    one, two = signed_in(people.pupils[0]), signed_in(people.pupils[1])
    tick(one, people, 0)
    plan_add(
        who(people.pupils[0]), people.pupils[0].id, today(), kind=ItemKind.OWN, title="我的秘密",
        minutes=10,
    )  # fmt: skip
    assert "我的秘密" in text_of(one)
    shown = text_of(two)
    assert states(shown) == ["next", "later", "later", "later"]
    assert "我的秘密" not in shown
    assert people.pupils[0].name not in shown


def test_how_far_one_watched_is_shown(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_reads, "_sources", [])
    lesson = people.more["day"][1].lesson_id
    watched_from(lambda _pupil, _lessons: Watched({lesson: 0.42}, Left(lesson, 50.0, 0.42)))
    shown = text_of(signed_in(people.pupil))
    bars = re.findall(r'<progress class="hued" value="(\d+)" max="100"', shown)
    assert bars == ["0", "42", "0", "0"]
    assert "接着上次看" in shown
    assert "停在 0:50" in shown


def test_the_card_to_go_on_is_left_out_when_the_lesson_is_next(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_reads, "_sources", [])
    lesson = people.more["day"][0].lesson_id
    watched_from(lambda _pupil, _lessons: Watched({lesson: 0.42}, Left(lesson, 50.0, 0.42)))
    assert "接着上次看" not in text_of(signed_in(people.pupil))


def test_what_belongs_to_a_lesson_is_listed(people: Cast) -> None:
    broadcast(people.city, grade=3, period=5, of=filmed())
    shown = text_of(signed_in(people.pupil))
    assert shown.count('<ul class="materials">') == 1
    assert "2:00" in shown
    assert "4 页" in shown
    assert "中文字幕" in shown


def test_the_pages_of_small_children_have_pinyin_and_few_words() -> None:
    small = day_cast(grade=1)
    shown = text_of(signed_in(small.pupil))
    assert "small-child" in shown
    assert "<ruby>古<rt>gǔ</rt></ruby>" in shown
    assert "显示拼音" in shown
    assert '<ul class="materials">' not in shown
    assert "<rt>" not in text_of(signed_in(small.pupil), language="en")


def test_older_pupils_read_without_pinyin(people: Cast) -> None:
    assert "<rt>" not in text_of(signed_in(people.pupil))


def test_the_page_speaks_english(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil), language="en")
    assert "Good morning" in shown
    assert "4 stops" in shown
    assert "Three ancient poems" in shown
    assert "开始" not in shown


@pytest.mark.parametrize(
    ("hour", "word"), [(0, "早上好"), (4, "中午好"), (7, "下午好"), (11, "晚上好")]
)
def test_the_greeting_follows_the_schools_clock(people: Cast, hour: int, word: str) -> None:
    with time_machine.travel(EARLY.replace(hour=hour), tick=False):
        assert word in text_of(signed_in(people.pupil))


def test_when_all_is_done_there_is_time_to_play(people: Cast) -> None:
    client = signed_in(people.pupil)
    for number in range(4):
        tick(client, people, number)
    shown = text_of(client)
    assert states(shown) == ["done"] * 4
    assert "都做完了" in shown
    assert "day=2026-11-19" in shown


def test_an_empty_day_says_what_to_do_next(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil), "/today?day=2026-11-22")
    assert "这一天没有安排" in shown
    assert "/today/arrange?day=2026-11-22" in shown
    assert 'class="drawing"' in shown


def test_the_day_after_is_announced(people: Cast) -> None:
    assert "接下来：周四" not in text_of(signed_in(people.pupil))
    a_day(people.city, grade=3, day=today() + timedelta(days=1), count=6)
    shown = text_of(signed_in(people.pupil))
    assert "接下来：周四" in shown


def test_breaks_and_own_things_are_stops(people: Cast) -> None:
    item(people.pupil, kind="break", title="", position=0, minutes=10)
    plan_arrange(who(people.pupil), people.pupil.id, today(), [])
    shown = text_of(signed_in(people.pupil))
    assert STATE.findall(shown)[0] == ("next", "break")
    assert "休息一下" in shown
    assert shown.count("main-thing") == 1


def test_own_words_cannot_break_the_page(people: Cast) -> None:
    item(people.pupil, title='"><script>alert(1)</script>', position=9)
    if connection.vendor == "sqlite":  # PostgreSQL keeps no such letter at all
        item(people.pupil, title="\x00token\x00", position=10)
    shown = text_of(signed_in(people.pupil))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_a_guardian_is_led_to_the_childs_day(people: Cast) -> None:
    client = signed_in(people.guardian)
    answer = client.get("/today")
    assert answer.status_code == 302
    assert answer["Location"] == f"/child/{people.pupil.id}/plan"
    shown = text_of(client, answer["Location"])
    assert f"{people.pupil.name}的一天" in shown
    assert f'action="/child/{people.pupil.id}/plan/tick"' in shown


def test_a_guardians_look_stands_in_the_childs_record(people: Cast) -> None:
    text_of(signed_in(people.guardian), f"/child/{people.pupil.id}/plan")
    looks = Event.objects.filter(verb=Verb.GUARDIAN_LOOKED)
    assert [(e.actor_id, e.subject_id) for e in looks] == [(people.guardian.id, people.pupil.id)]
    signed_in(people.far_guardian).get(f"/child/{people.pupil.id}/plan")
    text_of(signed_in(people.pupil))
    assert looks.count() == 1


def test_a_guardian_without_a_child_is_led_to_where_one_is_bound() -> None:
    answer = signed_in(person(Kind.GUARDIAN)).get("/today")
    assert answer["Location"] == "/child"


def test_a_guardian_of_two_goes_from_one_to_the_other(people: Cast) -> None:
    second = pupil(people.other, "妹妹")
    bind(people.guardian, second)
    shown = text_of(signed_in(people.guardian), f"/child/{people.pupil.id}/plan")
    assert f"/child/{second.id}/plan" in shown


def test_a_guardian_ticks_on_the_childs_page(people: Cast) -> None:
    client, base = signed_in(people.guardian), f"/child/{people.pupil.id}/plan"
    answer = tick(client, people, 0, base=base)
    assert answer["Location"] == f"{base}?day=2026-11-18"
    assert states(text_of(client, base))[0] == "done"
    assert states(text_of(signed_in(people.pupil)))[0] == "done"


STRANGERS = ("far_guardian", "other_pupil", "far_pupil", "teacher", "head", "admin", "city_staff")


@pytest.mark.parametrize("name", STRANGERS)
def test_nobody_else_sees_or_changes_a_childs_day(people: Cast, name: str) -> None:
    client, base = signed_in(getattr(people, name)), f"/child/{people.pupil.id}/plan"
    assert client.get(base).status_code == 404
    assert client.get(f"{base}/arrange").status_code == 404
    for end in ("tick", "order", "add", "remove"):
        sent = {**once(), "key": f"b{people.more['day'][0].id}", "title": "坏", "minutes": "10"}
        answer = client.post(f"{base}/{end}", {**sent, "kind": "own", "done": "yes"})
        assert answer.status_code == 404, end
    assert not PlanItem.objects.exists()


@pytest.mark.parametrize("name", ["teacher", "head", "admin", "city_staff"])
def test_staff_have_no_day_of_a_pupil(people: Cast, name: str) -> None:
    assert signed_in(getattr(people, name)).get("/today").status_code == 404


def test_a_stranger_is_asked_to_sign_in_and_comes_back() -> None:
    answer = Client().get("/today?day=2026-11-19")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in?next=/today%3Fday%3D2026-11-19"


def test_a_leavers_day_is_gone_on_the_next_request(people: Cast) -> None:
    client = signed_in(people.pupil)
    text_of(client)
    people.pupil.left_on = today()
    people.pupil.save()
    assert client.get("/today").status_code == 302


@pytest.mark.parametrize("pupils", [5, 50])
def test_the_home_page_is_seven_queries_in_any_class(
    pupils: int, django_assert_max_num_queries: Any
) -> None:
    found = day_cast(grade=3, count=8, pupils_in_class=pupils)
    for child in found.pupils:
        item(child, position=9)
    client = signed_in(found.pupil)
    client.get("/today")
    # Four of its own; homework and practice beside it ask three more.
    with django_assert_max_num_queries(7):
        client.get("/today")
    classmate = signed_in(found.pupils[1])
    with django_assert_max_num_queries(7):
        classmate.get("/today")


def test_a_whole_class_opens_the_day_with_one_reading_of_the_grade(
    people: Cast, django_assert_max_num_queries: Any
) -> None:
    clients = [signed_in(child) for child in people.pupils]
    clients[0].get("/today")
    with django_assert_max_num_queries(7 * len(clients)):
        for client in clients:
            client.get("/today")


def test_two_guardians_see_the_same_day(people: Cast) -> None:
    other = guardian(people.pupil)
    tick(signed_in(people.guardian), people, 2, base=f"/child/{people.pupil.id}/plan")
    shown = text_of(signed_in(other), f"/child/{people.pupil.id}/plan")
    assert states(shown) == ["next", "later", "done", "later"]


def test_nothing_inline_that_the_policy_would_refuse(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil))
    assert " style=" not in shown
    assert "<script>" not in shown
