"""What homework and exams have given back, as practice asks them: by default nothing."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import now
from yunke.ground.people.tests.makers import Cast, cast
from yunke.school.attempts.door import Of
from yunke.school.homework.models import Homework, HomeworkFor, Returned
from yunke.school.homework.values import Reveal
from yunke.school.practice.models import Answered, ErrorEntry
from yunke.school.practice.tests.makers import choice, followed, handed_in, point

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def homework(people: Cast, **more: Any) -> Homework:
    values: dict[str, Any] = {
        "class_id": people.one.id, "school_id": people.school.id, "subject": "maths",
        "title": "口算", "opens_at": now() - timedelta(days=2),
        "due_at": now() + timedelta(days=1), "reveal": Reveal.HANDED_IN.value,
    }  # fmt: skip
    row = Homework.objects.create(**{**values, **more})
    for child in people.pupils:
        HomeworkFor.objects.create(homework=row, pupil=child)
    return row


def erred(people: Cast, row: Homework, place: int = 0) -> int:
    """A pupil's wrong answer to it, handed in; gives the attempt."""
    child = people.pupils[place]
    return handed_in(child, {choice(point()): "B"}, of=Of.HOMEWORK, of_id=row.id).id


def give_back(row: Homework, attempt_id: int, person_id: int, **more: Any) -> None:
    copy = HomeworkFor.objects.get(homework=row, pupil=person_id)
    Returned.objects.create(copy=copy, attempt_id=attempt_id, **more)


def opened() -> set[int]:
    followed()
    return set(ErrorEntry.objects.values_list("person_id", flat=True))


def test_marked_but_not_given_back_is_nobodys_yet(people: Cast) -> None:
    erred(people, homework(people))
    assert opened() == set()
    assert Answered.objects.get().released_at is None


def test_given_back_it_is_that_pupils_alone(people: Cast) -> None:
    row = homework(people)
    mine = erred(people, row, 0)
    erred(people, row, 1)
    give_back(row, mine, people.pupils[0].id)
    assert opened() == {people.pupils[0].id}


def test_settled_by_rule_at_once_needs_no_giving_back(people: Cast) -> None:
    erred(people, homework(people, at_once=True))
    assert opened() == {people.pupil.id}


def test_a_key_that_waits_for_the_deadline_holds_everything_back(people: Cast) -> None:
    row = homework(people, reveal=Reveal.DUE.value, at_once=True)
    give_back(row, erred(people, row), people.pupil.id)
    assert opened() == set()
    Homework.objects.update(due_at=now() - timedelta(minutes=1))
    assert opened() == {people.pupil.id}


def test_one_childs_longer_deadline_counts_for_all(people: Cast) -> None:
    row = homework(people, reveal=Reveal.DUE.value, due_at=now() - timedelta(hours=1))
    give_back(row, erred(people, row), people.pupil.id)
    later = HomeworkFor.objects.filter(pupil=people.pupils[4])
    later.update(due_at=now() + timedelta(hours=2))
    assert opened() == set()
    later.update(due_at=None)
    assert opened() == {people.pupil.id}


def test_what_is_to_be_corrected_waits_for_the_correction(people: Cast) -> None:
    row = homework(people)
    give_back(row, erred(people, row), people.pupil.id, correct=True)
    assert opened() == set()


def test_an_exam_that_is_not_released_stays_closed(people: Cast) -> None:
    handed_in(people.pupil, {choice(point()): "B"}, of=Of.EXAM, of_id=999)
    assert opened() == set()


def test_homework_taken_back_tells_nothing(people: Cast) -> None:
    row = homework(people, at_once=True, withdrawn_at=now())
    erred(people, row)
    assert opened() == set()
