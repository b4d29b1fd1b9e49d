"""A slide of an exam's review links the film that explains its question, for its own classes."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from yunke.base.clock import now
from yunke.ground.people.tests.makers import cast, who
from yunke.school.practice.models import Explanation
from yunke.school.practice.tests.makers import choice, point
from yunke.school.practice.values import Filming
from yunke.school.practice.views.beside import on_review

pytestmark = pytest.mark.django_db


def film(people: Any, question: Any, **more: Any) -> Explanation:
    values = {
        "teacher": people.teacher, "question": question, "class_id": people.one.id,
        "state": Filming.READY.value, "open_until": now() + timedelta(days=7),
    }  # fmt: skip
    return Explanation.objects.create(**{**values, **more})


def said(somebody: Any, question: Any, *classes: int) -> str:
    request = RequestFactory().get("/")
    request.who = who(somebody) if somebody else None  # type: ignore[attr-defined]
    return on_review(request, question=question.id, classes=classes)


def test_the_newest_film_of_the_question_is_linked_for_the_classs_teachers() -> None:
    people, question = cast(), choice(point())
    film(people, question)
    newest = film(people, question)
    film(people, choice(point()))
    for somebody in (people.teacher, people.head):
        link = said(somebody, question, people.one.id)
        assert f'href="/practice/film/{newest.id}"' in link


@pytest.mark.parametrize(
    "more",
    [
        {"state": Filming.WAITING.value},
        {"state": Filming.REFUSED.value},
        {"withdrawn_at": now()},
    ],
)
def test_a_film_that_cannot_be_watched_is_not_linked(more: dict[str, Any]) -> None:
    people, question = cast(), choice(point())
    film(people, question, **more)
    assert said(people.teacher, question, people.one.id) == ""


def test_a_film_of_another_class_is_linked_to_nobody_else() -> None:
    people, question = cast(), choice(point())
    film(people, question, class_id=people.other.id, teacher=people.other_teacher)
    assert said(people.teacher, question, people.one.id) == ""
    assert said(people.teacher, question, people.one.id, people.other.id) == ""
    for somebody in (people.pupil, people.guardian, people.admin, None):
        assert said(somebody, question, people.other.id) == ""
    assert said(people.other_teacher, question, people.other.id)
