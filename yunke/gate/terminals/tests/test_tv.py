"""The ten-foot page: at most five rows, one's own day when the TV knows whose, nobody else's."""

import json
import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from yunke.gate.terminals.reads import couch_of, shelves_of
from yunke.gate.terminals.tests.makers import family
from yunke.ground.people.tests.makers import Cast, person, signed_in, who
from yunke.ground.people.values import Kind
from yunke.school.lessons.door import WatchRow, watches_write
from yunke.school.timetable.door import plan_tick
from yunke.school.timetable.tests.makers import a_lesson, broadcast, day_cast

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 18, 0, 35, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning() -> Any:
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def people() -> Cast:
    return family()


def text_of(client: Client, path: str = "/tv", *, language: str = "zh-hans") -> str:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def kinds(shown: str) -> list[str]:
    return re.findall(r'<section class="shelf (\w+)"', shown)


def chosen(shown: str) -> list[str]:
    return re.findall(r'class="pill chosen"[^>]*>([^<]+)<', shown)


def watched(pupil: Any, lesson: Any, share: float) -> None:
    row = WatchRow(pupil.id, lesson.id, 120 * share, 120, ((0.0, 120 * share),), MORNING)
    watches_write([row])


def test_a_stranger_sees_what_is_on_air_and_how_to_sign_in(people: Cast) -> None:
    shown = text_of(Client())
    assert kinds(shown) == ["grades", "air", "subjects"]
    assert 'href="/tv/pair"' in shown
    assert chosen(shown) == ["1 年级"]
    assert "今天的计划" not in shown


def test_the_chosen_grade_comes_first_and_what_others_see_now_after_it(people: Cast) -> None:
    shelf = shelves_of(couch_of(None, grade=3), MORNING.date(), MORNING)[0]
    assert [(t.grade, t.state) for t in shelf.tiles] == [
        (3, "now"), (3, "next"), (1, "now"), (5, "now"),
    ]  # fmt: skip
    assert [t.share for t in shelf.tiles] == [25, 0, 25, 25]


def test_before_the_first_lesson_a_tv_shows_what_comes(people: Cast) -> None:
    early = MORNING - timedelta(hours=3)
    shelf = shelves_of(couch_of(None, grade=3), MORNING.date(), early)[0]
    assert shelf.kind == "soon"
    assert [(t.grade, t.state) for t in shelf.tiles] == [(3, "next"), (1, "next"), (5, "next")]
    with time_machine.travel(early, tick=False):
        shown = text_of(Client(), "/tv?grade=3")
    assert "接下来播出" in shown
    assert "现在播出" not in shown


def test_a_grade_in_its_break_sees_its_next_lesson_before_the_others(people: Cast) -> None:
    broadcast(people.city, grade=8, starts=time(8, 40), minutes=60)
    moment = MORNING + timedelta(minutes=25)
    shelf = shelves_of(couch_of(None, grade=3), MORNING.date(), moment)[0]
    assert [(t.grade, t.state) for t in shelf.tiles] == [(3, "next"), (8, "now")]


def test_the_clock_is_the_schools(people: Cast) -> None:
    assert 'data-clock="08:35:00">08:35<' in text_of(Client())


def test_a_tv_remembers_the_grade(people: Cast) -> None:
    client = Client()
    assert chosen(text_of(client, "/tv?grade=3")) == ["3 年级"]
    assert chosen(text_of(client)) == ["3 年级"]


@pytest.mark.parametrize("asked", ["0", "12", "x", "-3", ""])
def test_a_grade_that_is_none_is_the_first(people: Cast, asked: str) -> None:
    assert chosen(text_of(Client(), f"/tv?grade={asked}")) == ["1 年级"]


def test_a_pupils_tv_shows_its_own_day(people: Cast) -> None:
    shown = text_of(signed_in(people.pupil))
    assert kinds(shown) == ["grades", "air", "plan", "subjects"]
    assert chosen(shown) == ["我的课"]
    assert people.pupil.name in shown
    assert "/tv/pair" not in shown


def test_done_stops_are_ticked_and_own_things_lead_nowhere(people: Cast) -> None:
    key = f"b{people.more['day'][0].id}"
    plan_tick(who(people.pupil), people.pupil.id, MORNING.date(), key, done=True)
    shown = text_of(signed_in(people.pupil))
    assert shown.count("flag done") == 1
    couch = couch_of(who(people.pupil))
    plan = next(s for s in shelves_of(couch, MORNING.date(), MORNING) if s.kind == "plan")
    assert all(t.path.startswith("/tv/lesson/") for t in plan.tiles)


def test_a_guardian_goes_from_child_to_child(people: Cast) -> None:
    client, second = signed_in(people.guardian), people.more["second"]
    assert chosen(text_of(client)) == [people.pupil.name]
    shown = text_of(client, f"/tv?child={second.id}")
    assert chosen(shown) == [second.name]
    plan = shown.split('class="shelf plan"')[1]
    assert f"/tv/lesson/{people.more['third_day'][0].lesson_id}" in plan


def test_a_guardian_may_look_at_any_grade(people: Cast) -> None:
    shown = text_of(signed_in(people.guardian), "/tv?grade=5")
    assert chosen(shown) == ["5 年级"]
    assert "plan" not in kinds(shown)


@pytest.mark.parametrize("name", ["far_guardian", "far_pupil", "teacher", "admin"])
def test_nobody_elses_child_can_be_named(people: Cast, name: str) -> None:
    shown = text_of(signed_in(getattr(people, name)), f"/tv?child={people.pupil.id}")
    assert people.pupil.name not in shown


def test_a_guardian_of_nobody_yet_sees_the_city(people: Cast) -> None:
    assert "air" in kinds(text_of(signed_in(person(Kind.GUARDIAN))))


def test_what_was_begun_can_be_gone_on_with(people: Cast) -> None:
    begun, over = people.more["film"], a_lesson(title="早就看完了")
    watched(people.pupil, begun, 0.5)
    watched(people.pupil, over, 1.0)
    shown = text_of(signed_in(people.pupil))
    assert kinds(shown) == ["grades", "air", "plan", "resume", "subjects"]
    resume = shown.split('class="shelf resume"')[1].split("</section>")[0]
    assert "影子为什么会变" in resume
    assert "早就看完了" not in resume
    assert "接着看" not in text_of(signed_in(people.pupils[1]))


def test_there_are_never_more_than_five_rows(people: Cast) -> None:
    watched(people.pupil, people.more["film"], 0.5)
    for path in ("/tv", "/tv?grade=3"):
        for somebody in (people.pupil, people.guardian, people.teacher):
            assert len(kinds(text_of(signed_in(somebody), path))) <= 5


def test_a_subject_shows_its_lessons(people: Cast) -> None:
    shown = text_of(Client(), "/tv/subject/chinese?grade=5")
    assert "影子为什么会变" in shown
    assert "5 年级" in shown
    assert "这里还没有课" in text_of(Client(), "/tv/subject/sport?grade=5")
    assert Client().get("/tv/subject/alchemy").status_code == 404


def test_the_page_speaks_english(people: Cast) -> None:
    shown = text_of(Client(), "/tv?grade=5", language="en")
    assert "On air now" in shown
    assert "Why shadows change" in shown
    assert "播出" not in shown


def test_a_grade_without_anything_is_drawn(people: Cast) -> None:
    with time_machine.travel(MORNING + timedelta(days=10), tick=False):
        shown = text_of(Client(), "/tv?grade=9")
    assert "这个年级还没有课" in shown


def test_a_channel_leads_to_what_its_grade_sees_now(people: Cast) -> None:
    answer = Client().get("/tv/now/5")
    assert answer["Location"] == f"/tv/lesson/{people.more['film'].id}"
    assert Client().get("/tv/now/9")["Location"] == "/tv?grade=9"
    assert Client().get("/tv/now/10").status_code == 404


def test_a_stranger_is_led_to_the_phone_before_the_film(people: Cast) -> None:
    shown = text_of(Client(), f"/tv/lesson/{people.more['film'].id}")
    assert 'href="/tv/pair"' in shown
    assert "m3u8" not in shown
    assert "<video" not in shown


def test_a_pupil_gets_the_player_with_its_own_place(people: Cast) -> None:
    watched(people.pupil, people.more["film"], 0.5)
    shown = text_of(signed_in(people.pupil), f"/tv/lesson/{people.more['film'].id}")
    feed = json.loads(re.findall(r'id="feed" type="application/json">(.*?)</script>', shown)[0])
    assert feed["playlist"].endswith("master.m3u8")
    assert (feed["position"], feed["keep"], feed["language"]) == (60.0, True, "zh")
    assert [t["language"] for t in feed["tracks"]] == ["zh"]
    assert "vendor/hls.js" in shown


def test_a_film_seen_to_its_end_begins_again(people: Cast) -> None:
    watched(people.pupil, people.more["film"], 1.0)
    shown = text_of(signed_in(people.pupil), f"/tv/lesson/{people.more['film'].id}")
    assert '"position": 0' in shown


def test_a_guardian_watches_without_keeping_the_childs_progress(people: Cast) -> None:
    shown = text_of(signed_in(people.guardian), f"/tv/lesson/{people.more['film'].id}")
    assert '"keep": false' in shown


def test_a_lesson_without_a_film_says_so(people: Cast) -> None:
    number = people.more["day"][0].lesson_id
    shown = text_of(signed_in(people.pupil), f"/tv/lesson/{number}")
    assert "视频还没有准备好" in shown
    assert "data-first" in shown


def test_a_lesson_that_is_not_published_is_not_there(people: Cast) -> None:
    draft = a_lesson(published=False)
    for client in (Client(), signed_in(people.pupil)):
        assert client.get(f"/tv/lesson/{draft.id}").status_code == 404


def test_nothing_on_a_tv_is_inline(people: Cast) -> None:
    for path in ("/tv", f"/tv/lesson/{people.more['film'].id}"):
        shown = text_of(signed_in(people.pupil), path)
        assert " style=" not in shown
        assert "<script>" not in shown


@pytest.mark.parametrize("pupils", [5, 50])
def test_a_tv_costs_the_same_in_any_class(pupils: int, django_assert_max_num_queries: Any) -> None:
    people = day_cast(pupils_in_class=pupils)
    client = signed_in(people.pupil)
    client.get("/tv")
    with django_assert_max_num_queries(4):
        client.get("/tv")
