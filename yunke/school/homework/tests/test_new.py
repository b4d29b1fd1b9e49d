"""The page that sets homework: for one's own classes, with what was chosen kept, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localtime

from yunke.base.clock import now
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership
from yunke.ground.people.tests.makers import member, once, pupil, signed_in
from yunke.ground.people.values import Role
from yunke.school.homework.models import Group, Homework, HomeworkFor
from yunke.school.homework.tests import makers
from yunke.school.library.models import Question
from yunke.school.library.tests.makers import lesson

pytestmark = pytest.mark.django_db


def test_the_same_form_twice_sets_it_once() -> None:
    people = makers.cast()
    form, client = makers.form(people, makers.choices()), signed_in(people.teacher)
    first = client.post("/homework/new", form)
    assert client.post("/homework/new", form)["Location"] == first["Location"]
    assert Homework.objects.count() == 1
    assert Event.objects.filter(verb="homework.set").count() == 1


def test_two_classes_get_a_homework_each_for_all_of_their_pupils() -> None:
    people = makers.cast()
    member(people.teacher, people.other, Role.TEACHER, subject="chinese")
    both = [str(people.one.id), str(people.other.id)]
    form = makers.form(people, makers.choices(), classes=both)
    assert signed_in(people.teacher).post("/homework/new", form).status_code == 303
    assert set(Homework.objects.values_list("class_id", flat=True)) == {
        people.one.id, people.other.id,
    }  # fmt: skip
    assert HomeworkFor.objects.filter(pupil=people.other_pupil).exists()


def test_one_class_above_the_limit_keeps_all_of_them_from_it() -> None:
    people = makers.cast()
    member(people.teacher, people.other, Role.TEACHER, subject="chinese")
    makers.homework(people, minutes=55)
    both = [str(people.other.id), str(people.one.id)]
    form = makers.form(people, [], classes=both, minutes="100", task=["signed", "paper"])
    answer = signed_in(people.teacher).post("/homework/new", form)
    assert answer.status_code == 422
    assert Homework.objects.count() == 1
    assert not Question.objects.filter(code__startswith="hw-").exists()


def test_without_a_class_nothing_is_set() -> None:
    people = makers.cast()
    form = makers.form(people, makers.choices(), classes=[])
    answer = signed_in(people.teacher).post("/homework/new", form)
    assert answer.status_code == 422
    assert "没有选班级" in answer.content.decode()
    assert not Homework.objects.exists()


@pytest.mark.parametrize("kind", ["missing", "draft"])
def test_a_lesson_that_pupils_cannot_see_is_not_prepared(kind: str) -> None:
    people = makers.cast()
    draft = lesson(title="没发布的课", published=False)
    number = 10**9 if kind == "missing" else draft.id
    client = signed_in(people.teacher)
    shown = client.get(f"/homework/new?lesson={number}").content.decode()
    assert "没发布的课" not in shown
    form = makers.form(people, makers.choices(), lesson=str(number))
    answer = client.post("/homework/new", form)
    assert answer.status_code == 409
    assert "学生看不到" in answer.content.decode()
    assert not Homework.objects.exists()


def test_a_task_before_a_lesson_names_it_to_pupils_and_teacher() -> None:
    people = makers.cast()
    row = lesson(title="古诗三首")
    client = signed_in(people.teacher)
    assert "布置课前任务" in client.get(f"/homework/new?lesson={row.id}").content.decode()
    form = makers.form(people, makers.choices(), lesson=str(row.id), slot="2026-09-01:3")
    assert client.post("/homework/new", form).status_code == 303
    homework = Homework.objects.get()
    assert (homework.lesson_id, homework.slot_period) == (row.id, 3)
    told = signed_in(people.pupil).get(f"/homework/{homework.id}").content.decode()
    assert f'href="/lesson/{row.id}"' in told


@pytest.mark.parametrize(
    "query",
    [
        "lesson=x", "lesson=" + "9" * 40, "pupils=" + "9" * 5000, "questions=x,y", "slot=zz",
        "minutes=x&due=y", "subject=witchcraft", "classes=&class=",
    ],
)  # fmt: skip
def test_a_strange_address_opens_the_page_all_the_same(query: str) -> None:
    people = makers.cast()
    client = signed_in(people.teacher)
    assert client.get(f"/homework/new?{query}").status_code == 200
    assert client.get(f"/homework/new/load?{query}").status_code == 200


def test_a_refused_form_with_strange_numbers_is_still_a_form() -> None:
    people = makers.cast()
    form = makers.form(people, []) | {"pupils": ["9" * 5000], "questions": ["9" * 5000]}
    assert signed_in(people.teacher).post("/homework/new", form).status_code == 422


@pytest.mark.parametrize("path", ["/homework/new", "/homework/new/load"])
def test_only_classes_of_ones_own_are_opened(path: str) -> None:
    people = makers.cast()
    client = signed_in(people.teacher)
    for number in (people.other.id, people.far.id, 10**9):
        assert client.get(f"{path}?classes={number}").status_code == 404
    for somebody in (people.pupil, people.guardian, people.admin, people.city_staff):
        assert signed_in(somebody).get(path).status_code == 404


def test_who_left_the_class_sets_nothing_on_the_next_request() -> None:
    people = makers.cast()
    member(people.teacher, people.other, Role.TEACHER, subject="chinese")
    client, path = signed_in(people.teacher), f"/homework/new?class={people.one.id}"
    assert client.get(path).status_code == 200
    gone = Membership.objects.filter(person=people.teacher, school_class=people.one)
    gone.update(until=makers.ago(days=2).date())
    assert client.get(path).status_code == 404
    form = makers.form(people, makers.choices())
    assert client.post("/homework/new", form).status_code == 404
    assert not Homework.objects.exists()


def test_a_pupil_who_came_later_has_not_what_was_set_before() -> None:
    people = makers.cast()
    row = makers.homework(people)
    newcomer = pupil(people.one, "新同学")
    assert signed_in(newcomer).get(f"/homework/{row.id}").status_code == 404
    assert row.title not in signed_in(newcomer).get("/homework").content.decode()


def test_a_subject_that_is_not_taught_here_is_not_chosen() -> None:
    people = makers.cast()
    form = makers.form(people, makers.choices(), subject="maths")
    signed_in(people.teacher).post("/homework/new", form)
    assert Homework.objects.get().subject == "chinese"
    head = makers.form(people, makers.choices(), subject="science", minutes="1")
    signed_in(people.head).post("/homework/new", head)
    assert Homework.objects.latest("id").subject == "science"


def test_the_load_shows_the_new_minutes_before_anything_is_set() -> None:
    people = makers.cast()
    due = f"{localtime(now() + timedelta(days=1)):%Y-%m-%dT08:00}"
    ask = {"classes": people.one.id, "minutes": "75", "due": due, "task": "paper"}
    client = signed_in(people.teacher)
    over = client.get("/homework/new/load", ask).content.decode()
    assert over.count("hw-name") == 3
    assert "75" in over
    assert not Homework.objects.exists()


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"pupils": []}, 422),
        ({"name": ""}, 422),
        ({"class_id": "0"}, 422),
        ({"class_id": "far"}, 404),
    ],
)
def test_a_group_that_is_none_is_not_kept(more: dict[str, Any], status: int) -> None:
    people = makers.cast()
    more = {**more, "class_id": people.far.id} if more.get("class_id") == "far" else more
    sent = {"class_id": people.one.id, "name": "甲", "pupils": [people.pupil.id], **more, **once()}
    client = signed_in(people.teacher)
    assert client.post("/homework/groups", sent).status_code == status
    assert not Group.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_in_both_languages(language: str) -> None:
    people = makers.cast()
    client = signed_in(people.teacher)
    client.cookies["yunke_language"] = language
    told = client.get("/homework/new").content.decode()
    assert ("Set homework" in told) is (language == "en")
    assert ("给谁" in told) is (language != "en")


def test_setting_and_its_page_cost_the_same_for_fifty_as_for_five() -> None:
    costs = []
    for count in (5, 50):
        people = makers.cast(pupils=count)
        client = signed_in(people.teacher)
        client.get("/homework/new")
        with CaptureQueriesContext(connection) as looked:
            assert client.get("/homework/new").status_code == 200
        form = makers.form(people, makers.choices(3))
        with CaptureQueriesContext(connection) as written:
            assert client.post("/homework/new", form).status_code == 303
        costs.append((len(looked), len(written)))
    assert all(abs(few - many) <= 2 for few, many in zip(*costs, strict=True)), costs
