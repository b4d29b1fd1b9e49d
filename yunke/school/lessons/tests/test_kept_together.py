"""Each act with its event, all or nothing; and what the work has while pupils have the old."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from yunke.base.trouble import Refused
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import once, pupil, signed_in
from yunke.school.lessons import actions
from yunke.school.lessons.actions import (
    along_ask,
    along_end,
    answers_submit,
    note_delete,
    note_save,
    pack_open,
    presence_tick,
    progress_save,
    task_put,
    task_remove,
    task_restore,
)
from yunke.school.lessons.actions.tasks import MOST, tasks_show, tasks_work
from yunke.school.lessons.models import Along, Answer, Note, PackCopy, Presence, Task, Watch
from yunke.school.lessons.reads.packs import packs_of, packs_sent
from yunke.school.lessons.reads.watching import (
    may_learn,
    tasks_asked,
    tasks_marked,
    tasks_of,
    work_tasks,
)
from yunke.school.lessons.tests.makers import (
    SECONDS,
    along,
    answered,
    hour,
    noted,
    pack,
    question,
    task,
    taught,
    watched,
    where,
)
from yunke.school.library.models import Lesson
from yunke.school.preparing.door import TaskMark

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


ACTS = {
    "progress": lambda made: watched(made.people.pupil, made.lesson, (0, 5)),
    "note": lambda made: noted(made.people.pupil, made.lesson),
    "answers": lambda made: answered(made.people.pupil, made.task),
    "along": lambda made: along(made.people, made.lesson),
    "packs": lambda made: pack(made.people, made.lesson),
    "presence": lambda made: presence_tick(**where(made.people.pupil)),
}
MODULES = {"presence": "progress", "note": "notes"}
ROWS = (Watch, Note, Answer, Along, PackCopy, Presence)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_act_whose_event_is_lost_is_not_kept_either(
    act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hour()
    module = getattr(actions, MODULES.get(act, act))

    def lost(**_event: Any) -> None:
        raise IntegrityError("the lake is not there")

    with monkeypatch.context() as patched:
        patched.setattr(module, "event_record", lost)
        with pytest.raises(IntegrityError), transaction.atomic():
            ACTS[act](made)
    assert sum(model.objects.count() for model in ROWS) == 0
    assert verbs() == []
    ACTS[act](made)
    assert sum(model.objects.count() for model in ROWS) > 0
    assert len(verbs()) > 0


# Texts and numbers that no database keeps


@pytest.mark.parametrize("text", ["a\0b", "\0", "", "  ", None, 5, ["a"], "字" * 1001])
def test_a_note_is_a_text_that_every_database_keeps(text: Any) -> None:
    made = hour()
    with pytest.raises(Refused) as refused, transaction.atomic():
        note_save(**where(made.people.pupil), lesson_id=made.lesson.id, at=1, text=text)
    assert refused.value.status == 422
    assert not Note.objects.exists()


@pytest.mark.parametrize("value", ["a\0b", "\0", "", " ", None, 5, "字" * 501])
def test_an_answer_is_a_text_that_every_database_keeps(value: Any) -> None:
    made = hour()
    with pytest.raises(Refused) as refused, transaction.atomic():
        answered(made.people.pupil, made.task, value)
    assert refused.value.status == 422
    assert not Answer.objects.exists()


def test_the_longest_note_and_answer_are_kept_whole() -> None:
    made = hour()
    assert noted(made.people.pupil, made.lesson, "字" * 1000)["text"] == "字" * 1000
    told = answered(made.people.pupil, made.task, f" {'字' * 500} ")
    assert told["answers"][0]["value"] == "字" * 500


@pytest.mark.parametrize("wrong", ["²", "x", "", "-1", "9" * 20])
def test_an_odd_number_of_a_lesson_or_class_is_not_found(wrong: str) -> None:
    made = hour()
    client = signed_in(made.people.teacher)
    for path in (f"/class/{made.people.one.id}/packs/new?lesson={wrong}",):
        assert client.get(path).status_code == 404
    path = f"/lesson/{made.lesson.id}/along"
    assert client.post(path, {"class": wrong, **once()}).status_code == 404
    assert not Along.objects.exists()


# Tasks of the work and tasks that are asked


def put(made: Any, at: float = 20, question_id: int = 0, task_id: int = 0) -> int:
    return task_put(
        who_id=made.people.teacher.id, lesson_id=made.lesson.id, at=at,
        question_id=question_id or question().id, task_id=task_id,
    )  # fmt: skip


def test_a_question_that_the_library_does_not_have_is_no_task() -> None:
    made = hour()
    with pytest.raises(Refused) as refused, transaction.atomic():
        put(made, question_id=10**9)
    assert refused.value.status == 404
    form = {"at": "0:20", "question": "999999999", **once()}
    page = signed_in(made.people.teacher).post(f"/make/{made.lesson.id}/tasks", form)
    assert page.status_code == 404
    assert Task.objects.count() == 1


def test_what_is_put_moved_or_taken_out_waits_for_the_publication() -> None:
    made = hour()
    new = put(made, 10)
    put(made, 50, task_id=made.task.id)
    assert [(t.id, t.at) for t in work_tasks(made.lesson.id)] == [(new, 10), (made.task.id, 50)]
    assert [(m.id, m.at) for m in tasks_marked(made.lesson.id)] == [(new, 10), (made.task.id, 50)]
    assert [(t.id, t.at) for t in tasks_of(made.lesson.id)] == [(made.task.id, 30)]
    assert [(m.id, m.at) for m in tasks_asked(made.lesson.id)] == [(made.task.id, 30)]
    tasks_show(made.lesson.id, tasks_marked(made.lesson.id))
    assert [(t.id, t.at) for t in tasks_of(made.lesson.id)] == [(new, 10), (made.task.id, 50)]
    assert tasks_asked(made.lesson.id) == tasks_marked(made.lesson.id)


def test_an_older_version_puts_its_tasks_back_and_takes_the_newer_out() -> None:
    made = hour()
    was = tasks_marked(made.lesson.id)
    new = put(made, 10)
    task_remove(who_id=made.people.teacher.id, lesson_id=made.lesson.id, task_id=made.task.id)
    tasks_work(made.lesson.id, was)
    assert tasks_marked(made.lesson.id) == was
    assert Task.objects.get(id=new).removed_at is not None
    other = task(taught())
    tasks_work(made.lesson.id, [TaskMark(other.id, 99, other.question_id)])
    assert tasks_marked(made.lesson.id) == ()
    other.refresh_from_db()
    assert other.work_at is None, "another lesson's task is not touched"


def test_taking_out_and_putting_back_are_told_once_each() -> None:
    made = hour()
    act = {"who_id": made.people.teacher.id, "lesson_id": made.lesson.id, "task_id": made.task.id}
    for _again in range(2):
        task_remove(**act)
    assert Event.objects.filter(object_kind="task").count() == 1
    task_restore(**act)
    told = [row.result["what"] for row in Event.objects.filter(object_kind="task").order_by("id")]
    assert told == ["removed", "restored"]
    for wrong in ({**act, "task_id": 10**9}, {**act, "lesson_id": taught().id}):
        with pytest.raises(Refused), transaction.atomic():
            task_restore(**wrong)


def test_a_lesson_has_fifty_tasks_at_most_and_a_moved_one_is_no_new_one() -> None:
    made = hour()
    of = question()
    Task.objects.bulk_create(
        Task(lesson=made.lesson, at_second=n, question=of) for n in range(MOST - 1)
    )
    with pytest.raises(Refused), transaction.atomic():
        put(made, question_id=of.id)
    assert put(made, 5, task_id=made.task.id) == made.task.id
    task_remove(who_id=made.people.teacher.id, lesson_id=made.lesson.id, task_id=made.task.id)
    assert put(made, question_id=of.id) > 0


# Packs and shared hours


def test_the_first_opening_of_a_pack_counts_and_is_told_once() -> None:
    made = hour()
    number = pack(made.people, made.lesson)
    spot = where(made.people.pupil)
    for _again in range(2):
        pack_open(**spot, pack_id=number)
    assert verbs().count("pack.opened") == 1
    [sent] = packs_sent([made.people.one.id])
    assert (sent.sent, sent.opened) == (5, 1)
    late = pupil(made.people.one, "后来的")
    with pytest.raises(Refused), transaction.atomic():
        pack_open(**where(late), pack_id=number)
    assert packs_of(late.id) == ()


def test_packs_come_newest_first_and_as_many_as_are_asked_for() -> None:
    made = hour()
    numbers = [pack(made.people, made.lesson, f"第 {n} 次") for n in range(4)]
    assert [p.id for p in packs_of(made.people.pupil.id, 3)] == numbers[:0:-1]
    assert [p.message for p in packs_sent([made.people.one.id], 2)] == ["第 3 次", "第 2 次"]
    assert packs_sent([made.people.far.id]) == ()
    assert packs_sent([]) == ()


@pytest.mark.parametrize(
    ("more", "spoken", "word", "asked"),
    [
        ({"spoken": " 谁先说？ "}, "谁先说？", "", True),
        ({"spoken": "长" * 300}, "长" * 200, "", True),
        ({"word": " 安静 "}, "", "安静", False),
        ({"word": "长" * 400}, "", "长" * 300, False),
        ({}, "", "", False),
    ],
)
def test_what_stands_on_the_screens_is_short_and_goes_when_nothing_is_asked(
    more: dict[str, str], spoken: str, word: str, asked: bool
) -> None:
    made = hour()
    running = along(made.people, made.lesson)
    state = along_ask(
        who_id=made.people.teacher.id, school_id=made.people.school.id, along_id=running.id, **more
    )
    assert (state["spoken"], state["word"], state["version"]) == (spoken, word, 2)
    running.refresh_from_db()
    assert (running.asked_at is not None) is asked


def test_a_word_leaves_the_question_where_it_is() -> None:
    made = hour()
    running = along(made.people, made.lesson)
    act = {
        "who_id": made.people.teacher.id, "school_id": made.people.school.id,
        "along_id": running.id,
    }  # fmt: skip
    along_ask(**act, task_id=made.task.id)
    assert along_ask(**act, word="想一想")["task"]["id"] == made.task.id
    assert along_ask(**act)["task"] is None
    assert along_end(**act)["ended"] is True
    with pytest.raises(Refused):
        along_ask(**act, word="再见")


# A lesson that is taken back


def test_who_had_begun_a_lesson_may_go_on_writing_and_is_told_that_it_is_gone() -> None:
    made = hour()
    child, late = made.people.pupils[:2]
    watched(child, made.lesson, (0, 10))
    noted(child, made.lesson, "留着我")
    Lesson.objects.update(state="withdrawn")
    school = made.people.school.id
    assert may_learn(child.id, made.lesson.id, school)
    assert not may_learn(late.id, made.lesson.id, school)
    watched(child, made.lesson, (10, 20))
    with pytest.raises(Refused), transaction.atomic():
        noted(late, made.lesson)
    page = signed_in(child).get(f"/lesson/{made.lesson.id}")
    assert page.status_code == 410
    assert "留着我" in page.content.decode()
    assert signed_in(late).get(f"/lesson/{made.lesson.id}").status_code == 404
    assert signed_in(child).get(f"/lesson/{made.lesson.id}/notes").status_code == 200
    assert signed_in(late).get(f"/lesson/{made.lesson.id}/notes").status_code == 404


def test_a_note_of_somebody_else_is_neither_changed_nor_taken_away() -> None:
    made = hour()
    mine = noted(made.people.pupils[0], made.lesson)
    other = where(made.people.pupils[1])
    with pytest.raises(Refused), transaction.atomic():
        note_save(**other, lesson_id=made.lesson.id, at=1, text="改", note_id=mine["id"])
    note_delete(**other, note_id=mine["id"])
    assert Note.objects.get().text == "静夜思"
    assert verbs().count("note.deleted") == 0


@pytest.mark.parametrize(
    ("position", "kept"), [(0, 0), (SECONDS + 1, SECONDS + 1), (9999, SECONDS + 1)]
)
def test_a_position_never_lies_behind_the_end(position: float, kept: float) -> None:
    made = hour()
    told = progress_save(
        **where(made.people.pupil), lesson_id=made.lesson.id, position=position, ranges=[],
        of_seconds=SECONDS,
    )  # fmt: skip
    assert told["position"] == kept


def test_a_task_answered_twice_in_one_go_counts_with_its_last_answer() -> None:
    made = hour()
    told = answers_submit(
        **where(made.people.pupil), lesson_id=made.lesson.id, key="k" * 32,
        answers=[{"task": made.task.id, "value": v} for v in ("A", "B")],
    )  # fmt: skip
    assert [(a["value"], a["right"]) for a in told["answers"]] == [("B", True)]
    assert Answer.objects.count() == 1
