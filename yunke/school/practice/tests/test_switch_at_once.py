"""A no to estimates counts at once: on a teacher's pages and in a drill, before any job has run."""

from typing import Any

import pytest

from yunke.base.clock import monday, today
from yunke.ground.consent.tests.makers import says
from yunke.ground.consent.values import Answer
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, cast, signed_in
from yunke.school.practice.actions.drilling import drills_make
from yunke.school.practice.models import Drill, ErrorEntry, Mastery
from yunke.school.practice.reads.book import inferred_of
from yunke.school.practice.tests.makers import choice, erring, point, tried

pytestmark = pytest.mark.django_db
KEY = "learning-answers"


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def refuses(child: Person) -> None:
    """Said, and the job that erases has not run yet."""
    says(child, child, Answer.REFUSED, key=KEY)
    assert Mastery.objects.filter(person=child).exists()


def groups_part(people: Cast) -> str:
    told = signed_in(people.teacher).get(f"/practice/class/{people.one.id}")
    assert told.status_code == 200
    page = told.content.decode()
    return str(page[page.index('name="pupil"') :] if 'name="pupil"' in page else "")


def test_nobody_who_said_no_stands_in_a_group_by_what_was_estimated(people: Cast) -> None:
    weak = point("退位减法")
    for question in [choice(weak) for _ in range(6)]:
        erring(people, question, "BBB")
    here = [f'name="pupil" value="{child.id}"' for child in people.pupils[:3]]
    assert all(line in groups_part(people) for line in here)
    refuses(people.pupils[0])
    told = groups_part(people)
    assert [line in told for line in here] == [False, True, True]


def test_the_class_says_nothing_of_a_point_once_fewer_than_five_may_be_told_of(
    people: Cast,
) -> None:
    one = point("退位减法")
    for question in (choice(one), choice(one), choice(one)):
        erring(people, question, "BBAAA")
    path = f"/practice/class/{people.one.id}"
    client = signed_in(people.head)
    assert client.get(f"{path}/point/{one.id}").status_code == 200
    assert f"{path}/point/{one.id}" in client.get(path).content.decode()
    refuses(people.pupils[4])
    assert client.get(f"{path}/point/{one.id}").status_code == 404
    assert f"{path}/point/{one.id}" not in client.get(path).content.decode()


def test_a_drill_is_chosen_from_the_error_book_alone_from_the_no_on(people: Cast) -> None:
    weak = point()
    mine = choice(weak)
    ready = {choice(weak).id for _ in range(3)}
    for child in people.pupils[:2]:
        tried(child, mine, (9, "B"), (8, "B"))
    refuses(people.pupils[0])
    assert drills_make([child.id for child in people.pupils[:2]], today()) == 2
    asked = {
        row.person_id: {one["question"] for one in row.asked}
        for row in Drill.objects.filter(week=monday(today()))
    }
    assert asked[people.pupils[0].id] == {mine.id}
    assert asked[people.pupils[1].id] > {mine.id}
    assert asked[people.pupils[1].id] <= {mine.id, *ready}


def test_what_was_due_only_by_an_estimate_makes_no_drill_after_the_no(people: Cast) -> None:
    tried(people.pupil, choice(point()), (400, "A"))
    choice(*[one.point for one in Mastery.objects.all()])
    assert not ErrorEntry.objects.exists()
    refuses(people.pupil)
    assert drills_make([people.pupil.id], today()) == 0
    says(people.pupil, people.pupil, Answer.GIVEN, key=KEY)
    assert drills_make([people.pupil.id], today()) == 1


@pytest.mark.parametrize("profile", ["cn", "eu", "us", "strict"])
def test_in_every_profile_a_no_is_a_no_for_that_child_alone(
    people: Cast, settings: Any, profile: str
) -> None:
    settings.PROFILE = profile
    ids = [child.id for child in people.pupils]
    before = inferred_of(ids)
    says(people.guardian, people.pupil, Answer.REFUSED, key=KEY)
    assert inferred_of(ids) == before - {people.pupil.id}
    assert inferred_of([]) == frozenset()
