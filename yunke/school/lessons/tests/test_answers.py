"""Answers: all or none, once, and nothing of the key before they are in."""

import json
import uuid

import pytest
from django.db import transaction

from yunke.base.trouble import Refused
from yunke.craft.marking.items import NumberKey
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import cast, signed_in
from yunke.school.lessons.actions import answers_submit
from yunke.school.lessons.models import Answer, Submission, Task
from yunke.school.lessons.reads.watching import tasks_of
from yunke.school.lessons.tests.makers import answered, task, taught, where
from yunke.school.library.tests.makers import item, written

pytestmark = pytest.mark.django_db


def test_the_reply_tells_what_was_right_and_why_after_handing_in() -> None:
    people, row = cast(), taught()
    right, wrong = task(row, 10), task(row, 20, kind="number", key=("4",))
    reply = answers_submit(
        **where(people.pupil), lesson_id=row.id, key="k" * 20,
        answers=[{"task": right.id, "value": "b"}, {"task": wrong.id, "value": "5"}],
    )  # fmt: skip
    assert reply["receipt"] == "KKKKKKKK"
    assert [a["right"] for a in reply["answers"]] == [True, False]
    assert reply["answers"][1]["key"] == ["4"]
    assert reply["answers"][1]["reasoning"] == "因为这样"
    assert Event.objects.get().result == {"answers": 2, "right": 1}


def test_the_same_key_again_is_the_same_reply_and_one_submission() -> None:
    people, row = cast(), taught()
    asked = task(row)
    first = answered(people.pupil, asked, "A", key="same-key-same-key")
    again = answered(people.pupil, asked, "B", key="same-key-same-key")
    assert first == again
    assert (Submission.objects.count(), Answer.objects.count()) == (1, 1)
    assert Answer.objects.get().value == "A"


@pytest.mark.parametrize(
    ("value", "right"), [("2.3米", True), ("230厘米", True), ("2.4", False), ("很长", None)]
)
def test_a_question_of_the_bank_is_marked_by_its_own_key(value: str, right: bool | None) -> None:
    people, row = cast(), taught()
    asked = task(row)
    question = written(told=item("还剩多少？", NumberKey("2.3", "米")))
    Task.objects.filter(id=asked.id).update(question=question)
    answered(people.pupil, asked, value)
    assert Answer.objects.get().right is right


def test_another_persons_key_is_refused() -> None:
    people, row = cast(), taught()
    asked = task(row)
    answered(people.pupil, asked, key="same-key-same-key")
    with pytest.raises(Refused) as refused, transaction.atomic():
        answered(people.pupils[1], asked, key="same-key-same-key")
    assert refused.value.status == 409


@pytest.mark.parametrize(
    "answers",
    [None, [], {}, "x", [{}], [{"task": "1", "value": "A"}], [{"task": 1, "value": ""}],
     [{"task": 1, "value": 5}], [{"task": 1, "value": "x" * 501}],
     [{"task": n, "value": "A"} for n in range(51)]],
)  # fmt: skip
def test_what_is_no_list_of_answers_stores_nothing(answers: object) -> None:
    people, row = cast(), taught()
    with pytest.raises(Refused), transaction.atomic():
        answers_submit(**where(people.pupil), lesson_id=row.id, answers=answers, key="k" * 20)
    assert Submission.objects.count() == 0


def test_one_task_of_another_lesson_refuses_all() -> None:
    people, row, other = cast(), taught(), taught()
    good, foreign = task(row), task(other)
    with pytest.raises(Refused), transaction.atomic():
        answers_submit(
            **where(people.pupil), lesson_id=row.id, key="k" * 20,
            answers=[{"task": good.id, "value": "B"}, {"task": foreign.id, "value": "B"}],
        )  # fmt: skip
    assert Answer.objects.count() == 0


def test_a_text_without_a_key_waits_for_a_teacher_and_leaks_none() -> None:
    people, row = cast(), taught()
    asked = task(row, kind="text", key=())
    [told] = answered(people.pupil, asked, "我看见了月亮")["answers"]
    assert (told["right"], told["key"]) == (None, [])


def test_twenty_answers_cost_seven_queries(django_assert_num_queries) -> None:
    people, row = cast(), taught()
    answers = [{"task": task(row, n).id, "value": "B"} for n in range(20)]
    spot = where(people.pupil)
    with transaction.atomic(), django_assert_num_queries(7):  # one is kept: where the school lies
        answers_submit(**spot, lesson_id=row.id, answers=answers, key=uuid.uuid4().hex)


def test_nothing_of_the_key_reaches_the_page_before_the_answer() -> None:
    people, row = cast(), taught()
    task(row, key=("只有老师知道",), kind="text")
    page = signed_in(people.pupil).get(f"/lesson/{row.id}").content.decode()
    assert "题目 text" in page
    assert "只有老师知道" not in page
    assert "因为这样" not in page


def test_after_the_answer_the_reasoning_is_there_and_survives_a_reload() -> None:
    people, row = cast(), taught()
    asked = task(row)
    answered(people.pupil, asked, "A")
    [card] = tasks_of(row.id, people.pupil.id)
    assert (card.value, card.right, card.reasoning) == ("A", False, "因为这样")
    assert tasks_of(row.id, people.pupils[1].id)[0].value == ""


def test_the_last_of_several_tries_is_shown() -> None:
    people, row = cast(), taught()
    asked = task(row)
    answered(people.pupil, asked, "A")
    answered(people.pupil, asked, "B")
    assert tasks_of(row.id, people.pupil.id)[0].right is True


def test_replies_are_plain_json() -> None:
    people, row = cast(), taught()
    assert json.loads(json.dumps(answered(people.pupil, task(row))))["answers"]
