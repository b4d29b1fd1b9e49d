"""A guardian sees the own child's plan, minutes and lessons, and the look is in the child's log."""

from datetime import timedelta

import pytest

from yunke.base.clock import today
from yunke.ground.lake.door import events_of
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import bind, once, signed_in
from yunke.school.lessons.tests.makers import busy_class, here, hour, pack, taught, watched
from yunke.school.lessons.values import DayMinutes
from yunke.school.lessons.views.child import chart_of, finding

pytestmark = pytest.mark.django_db


def days(*minutes: float) -> tuple[DayMinutes, ...]:
    start = today() - timedelta(days=len(minutes))
    return tuple(DayMinutes(start + timedelta(days=n), m, m > 0) for n, m in enumerate(minutes))


def test_the_first_child_opens_and_the_plan_of_today_is_there() -> None:
    made = hour()
    here(made.people.pupil)
    watched(made.people.pupil, made.lesson, (0, 60))
    page = signed_in(made.people.guardian).get("/child").content.decode()
    assert made.people.pupil.name in page
    assert "0 / 1 站做完" in page
    assert "看了 50%" in page
    assert f'href="/lesson/{made.lesson.id}"' in page
    assert "和孩子一起看" in page


def test_another_child_is_not_found() -> None:
    made = hour()
    client = signed_in(made.people.guardian)
    for child in (made.people.pupils[1], made.people.far_pupil, made.people.teacher):
        assert client.get(f"/child/{child.id}").status_code == 404
    assert client.get("/child/99999").status_code == 404
    assert (
        signed_in(made.people.far_guardian).get(f"/child/{made.people.pupil.id}").status_code == 404
    )


def test_an_ended_guardianship_sees_nothing_any_more() -> None:
    made = hour()
    made.people.guardian.wards.update(until=today())
    page = signed_in(made.people.guardian).get(f"/child/{made.people.pupil.id}")
    assert made.people.pupil.name not in page.content.decode()


@pytest.mark.parametrize("who", ["pupil", "teacher", "head", "admin", "city_staff"])
def test_nobody_but_guardians_has_such_a_page(who: str) -> None:
    made = hour()
    client = signed_in(getattr(made.people, who))
    assert client.get("/child").status_code == 404
    assert client.get(f"/child/{made.people.pupil.id}").status_code == 404


def test_two_children_are_switched_between() -> None:
    made = hour()
    bind(made.people.guardian, made.people.far_pupil)
    page = (
        signed_in(made.people.guardian).get(f"/child/{made.people.far_pupil.id}").content.decode()
    )
    assert f'href="/child/{made.people.pupil.id}"' in page
    assert f"<h1>{made.people.far_pupil.name}</h1>" in page


def test_the_look_stands_in_the_childs_log() -> None:
    made = hour()
    signed_in(made.people.guardian).get("/child")
    event = Event.objects.get(verb="child.viewed")
    assert (event.actor_id, event.subject_id) == (made.people.guardian.id, made.people.pupil.id)
    assert "child.viewed" in [line.verb for line in events_of(made.people.pupil.id).rows]


def test_answers_and_notes_of_the_child_are_not_on_the_page() -> None:
    made = busy_class(pupils=2)
    page = signed_in(made.people.guardian).get("/child").content.decode()
    assert "题目" not in page
    assert "静夜思" not in page


def test_a_pack_shows_whether_it_was_opened() -> None:
    made = hour()
    number = pack(made.people, made.lesson)
    client = signed_in(made.people.guardian)
    assert "还没打开" in client.get("/child").content.decode()
    signed_in(made.people.pupil).post(f"/packs/{number}/open", once())
    assert "打开过" in client.get("/child").content.decode()


def test_the_title_of_the_chart_says_what_it_shows() -> None:
    assert finding(days(*[0] * 14)) == "这两周还没有看课"
    assert finding(days(*[1] * 7, *[2] * 7)) == "最近七天看了 14 分钟，比前七天多 7 分钟"
    assert finding(days(*[2] * 7, *[1] * 7)) == "最近七天看了 7 分钟，比前七天少 7 分钟"
    assert finding(days(*[1] * 14)) == "最近七天看了 7 分钟，和前七天一样"


def test_days_of_presence_are_marked() -> None:
    chart = chart_of(days(0, 12))
    assert [bar.marked for bar in chart.bars] == [False, True]


def test_a_day_without_lessons_says_what_to_do() -> None:
    made = hour()
    bind(made.people.guardian, made.people.far_pupil)
    path = f"/child/{made.people.far_pupil.id}"
    far = made.people.far_pupil.memberships.get().school_class
    far.grade = 9
    far.save()
    assert "今天没有课" in signed_in(made.people.guardian).get(path).content.decode()


def test_the_page_in_english(english) -> None:
    made = hour()
    page = english(made.people.guardian).get("/child").content.decode()
    assert "Today’s plan" in page
    assert "Three ancient poems" in page
    assert "Watch “Three ancient poems” together" in page


def test_a_long_history_costs_the_same(queries_of) -> None:
    made = hour()
    client = signed_in(made.people.guardian)
    few = queries_of(lambda: client.get("/child"))
    for _ in range(10):
        watched(made.people.pupil, taught(), (0, 10))
    assert queries_of(lambda: client.get("/child")) <= few + 2
