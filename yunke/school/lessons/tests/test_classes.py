"""The teacher's class: exceptions on top, the same cost for fifty as for five."""

from datetime import timedelta

import pytest

from yunke.base.clock import today
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import cast, org, school_class, signed_in, staff
from yunke.ground.people.values import Role
from yunke.school.lessons.tests.makers import (
    SECONDS,
    along,
    busy_class,
    here,
    hour,
    taught,
    watched,
)
from yunke.school.timetable.tests.makers import broadcast

pytestmark = pytest.mark.django_db


def page_of(made, path: str = "") -> str:
    client = signed_in(made.people.teacher)
    return client.get(f"/class/{made.people.one.id}{path}").content.decode()


def test_those_who_have_not_started_stand_on_top_and_whether_they_are_there() -> None:
    made = hour()
    first, second, *others = made.people.pupils
    here(second)
    for child in others:
        watched(child, made.lesson, (0, 60))
    page = page_of(made)
    assert "2 位学生还没有开始" in page
    top = page[page.index("还没有开始") : page.index("<table")]
    assert first.name in top
    assert f"{second.name} · 人到了" in top
    assert others[0].name not in top


def test_when_everybody_has_started_the_page_says_so() -> None:
    made = busy_class(pupils=3)
    assert "每一位学生都开始看了" in page_of(made)


def test_share_presence_and_plan_of_each_pupil() -> None:
    made = hour()
    here(made.people.pupil)
    watched(made.people.pupil, made.lesson, (0, 90))
    page = page_of(made)
    row = page[page.index("<tbody") :]
    row = row[row.index(made.people.pupil.name) :]
    assert "75%" in row[: row.index("</tr>")]
    assert "0 / 1" in row[: row.index("</tr>")]


def test_a_lesson_without_a_video_is_no_lesson_to_have_started() -> None:
    people = cast()
    broadcast(people.city)
    page = signed_in(people.teacher).get(f"/class/{people.one.id}").content.decode()
    assert "还没有开始" not in page


def test_on_a_day_without_lessons_the_last_school_day_is_shown() -> None:
    people = cast()
    row = taught()
    broadcast(people.city, of=row, day=today() - timedelta(days=2))
    page = signed_in(people.teacher).get(f"/class/{people.one.id}").content.decode()
    assert "今天没有课，这是" in page
    assert row.title in page


def test_only_the_classs_teachers_and_its_schools_administration_come_in() -> None:
    made = hour()
    people, path = made.people, f"/class/{made.people.one.id}"
    for somebody in (people.teacher, people.head, people.admin):
        assert signed_in(somebody).get(path).status_code == 200
    for somebody in (
        people.pupil, people.guardian, people.other_teacher, people.far_teacher, people.far_admin,
    ):  # fmt: skip
        client = signed_in(somebody)
        assert client.get(path).status_code == 404
        assert client.get(f"{path}/lesson/{made.lesson.id}").status_code == 404
    assert signed_in(people.teacher).get("/class/99999").status_code == 404


def test_one_class_opens_at_once_and_several_are_a_choice() -> None:
    people = cast()
    client = signed_in(people.teacher)
    assert client.get("/class")["Location"] == f"/class/{people.one.id}"
    second = school_class(people.school, grade=2)
    people.teacher.memberships.create(
        school_class=second, role="teacher", subject="art", since=today()
    )
    page = client.get("/class").content.decode()
    assert f'href="/class/{people.one.id}"' in page
    assert f'href="/class/{second.id}"' in page


def test_a_schools_administration_sees_all_its_classes_and_no_other_schools() -> None:
    people = cast()
    page = signed_in(people.admin).get("/class").content.decode()
    assert f'href="/class/{people.other.id}"' in page
    assert f'href="/class/{people.far.id}"' not in page


def test_a_school_without_classes_is_told_what_to_wait_for() -> None:
    people = cast()
    admin = staff(org("school", "新小学", people.county), Role.SCHOOL_ADMIN)
    assert "还没有班级" in signed_in(admin).get("/class").content.decode()


def test_the_look_is_kept() -> None:
    made = hour()
    page_of(made)
    event = Event.objects.get(verb="class.viewed")
    assert (event.actor_id, event.class_id) == (made.people.teacher.id, made.people.one.id)


def test_cards_and_invitations_are_the_head_teachers() -> None:
    made = hour()
    path = f"/class/{made.people.one.id}"
    assert f"{path}/cards" not in page_of(made)
    head = signed_in(made.people.head).get(path).content.decode()
    assert f"{path}/cards" in head
    assert f"{path}/guardians" in head


def test_the_lessons_page_says_where_people_went_back() -> None:
    made = hour()
    for child in made.people.pupils[:3]:
        watched(child, made.lesson, (0, SECONDS), (60, 70))
    page = page_of(made, f"/lesson/{made.lesson.id}")
    assert "5 人中 3 人看过，3 人看完" in page
    assert "1:0" in page[page.index("看完；") :][:20]
    assert page.count("strip-again") >= 5
    assert "100%" in page
    assert "还没有开始" in page


def test_a_lesson_nobody_saw_is_not_an_error() -> None:
    made = hour()
    assert "这个班还没有人看过" in page_of(made, f"/lesson/{made.lesson.id}")
    draft = taught(made.people.teacher, published=False)
    client = signed_in(made.people.teacher)
    for number in (draft.id, 99999):
        assert client.get(f"/class/{made.people.one.id}/lesson/{number}").status_code == 404


def test_what_another_class_watched_does_not_count() -> None:
    made = hour()
    watched(made.people.other_pupil, made.lesson, (0, SECONDS))
    assert "这个班还没有人看过" in page_of(made, f"/lesson/{made.lesson.id}")


def test_a_running_hour_is_announced() -> None:
    made = hour()
    number = along(made.people, made.lesson).id
    assert f"/along/{number}" in page_of(made)


def test_the_pages_in_english(english) -> None:
    made = busy_class(pupils=2)
    client = english(made.people.teacher)
    page = client.get(f"/class/{made.people.one.id}").content.decode()
    assert "Every pupil has started." in page
    assert "2 pupils" in page
    lesson_page = client.get(f"/class/{made.people.one.id}/lesson/{made.lesson.id}")
    assert "2 of 2 have watched" in lesson_page.content.decode()


def test_fifty_pupils_cost_what_five_do(queries_of) -> None:
    costs = []
    for count in (5, 50):
        made = busy_class(pupils=count)
        client, path = signed_in(made.people.teacher), f"/class/{made.people.one.id}"
        lesson_path = f"{path}/lesson/{made.lesson.id}"
        costs.append(
            (
                queries_of(lambda c=client, p=path: c.get(p)),
                queries_of(lambda c=client, p=lesson_path: c.get(p)),
            )
        )
    assert abs(costs[0][0] - costs[1][0]) <= 2
    assert abs(costs[0][1] - costs[1][1]) <= 2
    assert max(costs[0]) < 30, costs
