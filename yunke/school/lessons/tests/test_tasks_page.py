"""The teacher puts questions at moments of the video."""

import pytest
from django.http import HttpResponse

from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import once, signed_in
from yunke.school.lessons.forms import moment_of
from yunke.school.lessons.models import Answer, Task
from yunke.school.lessons.reads.watching import tasks_of, work_tasks
from yunke.school.lessons.tests.makers import Hour, answered, hour, question
from yunke.school.library.models import Asset, Lesson

pytestmark = pytest.mark.django_db

NEW = {
    "at": "1:05", "kind": "choice", "stem": "哪个是动词？", "choices": "看\n花\n", "answer": "a",
    "reasoning": "看是动作",
}  # fmt: skip


def put(made: Hour, somebody: Person | None = None, **values: str) -> HttpResponse:
    client = signed_in(somebody or made.people.teacher)
    return client.post(f"/make/{made.lesson.id}/tasks", {**NEW, **values, **once()})


def test_a_moment_is_written_as_people_write_it() -> None:
    assert [moment_of(t) for t in ("1:05", "0:01:05", "65", "65.5", "1：05", " 0:00 ")] == [
        65, 65, 65, 65.5, 65, 0,
    ]  # fmt: skip
    assert [moment_of(t) for t in ("", "x", "1:5", "1:05:5", "-3", "1:05:06:07")] == [None] * 6


def test_a_new_question_stands_at_its_moment_with_its_key() -> None:
    made = hour()
    assert put(made).status_code == 303
    new = Task.objects.latest("id")
    assert (new.at_second, new.question.kind, new.question.key) == (65, "choice", ["A"])
    assert new.question.options == [{"id": "A", "text": "看"}, {"id": "B", "text": "花"}]


def test_a_question_of_the_library_is_used_as_it_is() -> None:
    made = hour()
    known = question()
    put(made, question=str(known.id), stem="", choices="", answer="")
    assert Task.objects.latest("id").question_id == known.id


def test_a_number_and_a_text_need_no_options() -> None:
    made = hour()
    assert put(made, kind="number", choices="", answer="1/2").status_code == 303
    assert put(made, kind="text", choices="", answer="月亮/月").status_code == 303
    assert Task.objects.latest("id").question.key == ["月亮", "月"]
    assert put(made, kind="text", choices="", answer="").status_code == 303
    assert Task.objects.latest("id").question.key == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"at": "later"}, "分:秒"), ({"stem": ""}, "写一道新题"), ({"choices": "一个"}, "两个选项"),
        ({"answer": "Z"}, "选项的字母"), ({"kind": "number", "answer": "many"}, "要是一个数"),
    ],
)  # fmt: skip
def test_a_refused_task_says_why_and_keeps_what_was_typed(wrong: dict[str, str], told: str) -> None:
    made = hour()
    answer = put(made, **{"reasoning": "这句话要留着", **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "这句话要留着" in page
    assert Task.objects.count() == 1


def test_a_task_moves() -> None:
    made = hour()
    path = f"/make/{made.lesson.id}/tasks/{made.task.id}/move"
    client = signed_in(made.people.teacher)
    assert client.post(path, {"at": "0:45", **once()}).status_code == 303
    made.task.refresh_from_db()
    assert (made.task.work_at, made.task.at_second) == (45, 30)
    assert [t.at for t in tasks_of(made.lesson.id)] == [30]
    assert "0:45" in client.get(f"/make/{made.lesson.id}/tasks").content.decode()
    assert client.post(path, {"at": "soon", **once()}).status_code == 404
    assert client.post(path, {"at": "9999999", **once()}).status_code in {404, 422}


def test_a_removed_task_keeps_its_answers_and_comes_back() -> None:
    made = hour()
    answered(made.people.pupil, made.task)
    client = signed_in(made.people.teacher)
    base = f"/make/{made.lesson.id}/tasks"
    gone = client.post(f"{base}/{made.task.id}/remove", once())
    assert work_tasks(made.lesson.id) == ()
    assert [t.id for t in tasks_of(made.lesson.id)] == [made.task.id]
    assert Answer.objects.count() == 1
    assert f"{base}/{made.task.id}/restore" in client.get(gone["Location"]).content.decode()
    client.post(f"{base}/{made.task.id}/restore", once())
    assert [t.id for t in work_tasks(made.lesson.id)] == [made.task.id]


def test_pupils_of_a_published_lesson_get_its_tasks_when_it_is_published_again() -> None:
    made = hour()
    client = signed_in(made.people.teacher)
    base = f"/make/{made.lesson.id}"
    Asset.objects.create(lesson=made.lesson, kind="courseware", title="课件", state="ready")
    client.post(f"{base}/tasks/{made.task.id}/remove", once())
    put(made, at="0:50")
    Lesson.objects.update(reach="school")
    assert [t.id for t in tasks_of(made.lesson.id)] == [made.task.id]
    said = client.post(f"{base}/publish", once())
    assert said.status_code == 303, said.content.decode()[-900:]
    [asked] = tasks_of(made.lesson.id)
    assert (asked.at, asked.id != made.task.id) == (50, True)


def test_an_older_version_comes_back_with_its_tasks() -> None:
    made = hour()
    client = signed_in(made.people.teacher)
    base = f"/make/{made.lesson.id}"
    client.post(f"{base}/tasks/{made.task.id}/move", {"at": "0:45", **once()})
    client.post(f"{base}/tasks/{made.task.id}/remove", once())
    assert client.post(f"{base}/versions/1/restore", once()).status_code == 303
    assert [(t.id, t.at) for t in work_tasks(made.lesson.id)] == [(made.task.id, 30)]


def test_only_those_who_may_write_the_lesson_come_in() -> None:
    made = hour()
    people = made.people
    for somebody in (people.pupil, people.guardian, people.other_teacher, people.far_teacher):
        assert signed_in(somebody).get(f"/make/{made.lesson.id}/tasks").status_code == 404
        assert put(made, somebody).status_code == 404
    path = f"/make/{made.lesson.id}/tasks/{made.task.id}/remove"
    assert signed_in(people.other_teacher).post(path, once()).status_code == 404
    assert Task.objects.filter(removed_at__isnull=True).count() == 1


def test_a_task_of_another_lesson_cannot_be_moved_through_ones_own() -> None:
    mine, foreign = hour(), hour()
    path = f"/make/{mine.lesson.id}/tasks/{foreign.task.id}/move"
    answer = signed_in(mine.people.teacher).post(path, {"at": "0:01", **once()})
    assert answer.status_code == 404
    foreign.task.refresh_from_db()
    assert foreign.task.at_second == 30


def test_the_page_in_english(english) -> None:
    made = hour()
    page = english(made.people.teacher).get(f"/make/{made.lesson.id}/tasks").content.decode()
    assert "In-class tasks" in page
    assert "Question choice" in page


def test_the_page_costs_the_same_with_many_tasks(queries_of) -> None:
    made = hour()
    client = signed_in(made.people.teacher)
    few = queries_of(lambda: client.get(f"/make/{made.lesson.id}/tasks"))
    for n in range(12):
        put(made, at=str(n))
    assert queries_of(lambda: client.get(f"/make/{made.lesson.id}/tasks")) <= few + 2
