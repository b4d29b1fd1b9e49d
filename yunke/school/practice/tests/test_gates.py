"""Who passes where: the own pupil, the own guardian, teachers of the class; a leaver nowhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yunke.base.clock import monday, now, today
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Guardianship, Membership, Person
from yunke.ground.people.tests.makers import Cast, cast, member, once, signed_in
from yunke.ground.people.values import Role
from yunke.school.practice.actions.explaining import folder_of
from yunke.school.practice.actions.filming import FILM
from yunke.school.practice.models import (
    Doubt,
    Drill,
    ErrorEntry,
    Explanation,
    ExplanationFor,
    LiveAnswer,
    LiveQuestion,
    Paper,
    Printing,
    Word,
)
from yunke.school.practice.tests.makers import choice, drill, erring, point

pytestmark = pytest.mark.django_db
WRITTEN = (
    Doubt, Drill, ErrorEntry, Explanation, ExplanationFor, LiveAnswer, LiveQuestion,
    Paper, Printing, Word,
)  # fmt: skip


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


@pytest.fixture
def there(people: Cast) -> dict[str, int]:
    """One of everything that an address of the class and its first pupil may name."""
    weak = point("退位减法")
    question = choice(weak)
    erring(people, question, "BBBBB")
    row = drill(people.pupil, question)
    Drill.objects.filter(id=row.id).update(week=monday(today()))
    film = Explanation.objects.create(
        teacher=people.teacher, question=question, class_id=people.one.id, state="ready",
        school_id=people.school.id, open_until=now() + timedelta(days=1),
    )  # fmt: skip
    ExplanationFor.objects.create(explanation=film, person=people.pupil)
    folder_of(film.id).mkdir(parents=True)
    (folder_of(film.id) / FILM).write_bytes(b"\0\0\0\x18ftypmp42")
    return {
        "class": people.one.id, "child": people.pupil.id, "question": question.id,
        "point": weak.id, "drill": row.id, "film": film.id,
        "entry": ErrorEntry.objects.get(person=people.pupil).id,
        "doubt": Doubt.objects.create(
            person=people.pupil, by=people.pupil, class_id=people.one.id, text="不对"
        ).id,
        "paper": Paper.objects.create(
            by=people.teacher, class_id=people.one.id, drill=row, state="unclear", unclear=["1"],
            file="none",
        ).id,
        "printing": Printing.objects.create(
            class_id=people.one.id, by=people.teacher, drills=[row.id]
        ).id,
        "live": LiveQuestion.objects.create(
            class_id=people.one.id, school_id=people.school.id, teacher=people.teacher,
            question=question,
        ).id,
    }  # fmt: skip


OWN = (
    "/practice/error/{entry}", "/practice/drill/{drill}",
)  # fmt: skip
CHILD = ("/practice/child/{child}", "/practice/child/{child}/points/{point}")
TAUGHT = (
    "/practice/class/{class}", "/practice/class/{class}/question/{question}",
    "/practice/class/{class}/point/{point}", "/practice/class/{class}/printing/{printing}",
    "/practice/class/{class}/papers", "/live-quiz/class/{class}", "/live-quiz/{live}/bars",
    "/live-quiz/{live}/camera",
)  # fmt: skip
OWN_WRITES: dict[str, dict[str, Any]] = {
    "/practice/error/{entry}/word": {"word": "misread"},
    "/practice/error/{entry}/film": {},
}
TAUGHT_WRITES: dict[str, dict[str, Any]] = {
    "/practice/class/{class}/drills": {},
    "/practice/class/{class}/exercise": {"title": "x"},
    "/practice/class/{class}/doubts/{doubt}": {"answer": "好"},
    "/practice/class/{class}/question/{question}/cause": {"value": "B", "cause": "退位"},
    "/practice/class/{class}/question/{question}/explain": {"shown": "1"},
    "/practice/class/{class}/films/{film}/withdraw": {},
    "/practice/class/{class}/printing": {},
    "/practice/class/{class}/papers/new": {},
    "/practice/class/{class}/papers/{paper}": {"place-1": "A"},
    "/live-quiz/class/{class}/start": {"question": "1"},
    "/live-quiz/class/{class}/cards": {},
    "/live-quiz/{live}/show": {},
    "/live-quiz/{live}/end": {},
}


def status(somebody: Person, path: str) -> int:
    return signed_in(somebody).get(path).status_code


def written() -> list[Any]:
    return [list(model.objects.order_by("id").values()) for model in WRITTEN]


def teachers_of_elsewhere(people: Cast) -> list[Person]:
    return [people.other_teacher, people.far_teacher, people.far_head, people.admin,
            people.far_admin, people.city_staff, people.pupil, people.guardian]  # fmt: skip


@pytest.mark.parametrize("path", OWN)
def test_a_pupils_page_is_that_pupils_alone(people: Cast, there: Any, path: str) -> None:
    assert status(people.pupil, path.format(**there)) == 200
    for other in (people.pupils[1], people.far_pupil, people.guardian, people.teacher, people.head):
        assert status(other, path.format(**there)) == 404, other.name


@pytest.mark.parametrize("path", CHILD)
def test_a_childs_page_is_the_own_guardians_alone(people: Cast, there: Any, path: str) -> None:
    assert status(people.guardian, path.format(**there)) == 200
    for other in (people.pupil, people.far_guardian, people.teacher, people.head, people.admin):
        assert status(other, path.format(**there)) == 404, other.name
    Guardianship.objects.filter(guardian=people.guardian).update(until=today() - timedelta(days=1))
    assert status(people.guardian, path.format(**there)) != 200


@pytest.mark.parametrize("path", TAUGHT)
def test_a_class_page_is_for_those_who_teach_it(people: Cast, there: Any, path: str) -> None:
    path = path.format(**there)
    assert status(people.teacher, path) == 200
    assert status(people.head, path) == 200
    for other in teachers_of_elsewhere(people):
        assert status(other, path) == 404, other.name
    assert Client().get(path).status_code in {302, 404}


@pytest.mark.parametrize("path", [*OWN, "/practice", "/practice/points", "/live-quiz/{live}"])
def test_a_pupil_who_left_the_school_sees_nothing(people: Cast, there: Any, path: str) -> None:
    client = signed_in(people.pupil)
    assert client.get(path.format(**there)).status_code == 200
    Membership.objects.filter(person=people.pupil).update(until=today() - timedelta(days=1))
    assert client.get(path.format(**there)).status_code != 200
    assert client.get(f"/practice/film/{there['film']}").status_code == 404


@pytest.mark.parametrize("path", TAUGHT)
def test_a_teacher_who_no_longer_teaches_the_class_is_out(
    people: Cast, there: Any, path: str
) -> None:
    client = signed_in(people.teacher)
    assert client.get(path.format(**there)).status_code == 200
    Membership.objects.filter(person=people.teacher).update(until=today() - timedelta(days=1))
    member(people.teacher, people.other, Role.TEACHER, subject="maths")
    assert client.get(path.format(**there)).status_code == 404
    assert client.get(f"/practice/film/{there['film']}").status_code == 404


@pytest.mark.parametrize(("path", "data"), TAUGHT_WRITES.items())
def test_whoever_does_not_teach_the_class_changes_nothing_in_it(
    people: Cast, there: Any, path: str, data: dict[str, Any]
) -> None:
    before = written()
    for other in teachers_of_elsewhere(people):
        answer = signed_in(other).post(path.format(**there), {**data, **once()})
        assert answer.status_code == 404, other.name
    assert written() == before


@pytest.mark.parametrize(("path", "data"), OWN_WRITES.items())
def test_nobody_writes_on_anothers_page(
    people: Cast, there: Any, path: str, data: dict[str, Any]
) -> None:
    before = written()
    for other in (people.pupils[1], people.far_pupil, people.guardian, people.teacher):
        answer = signed_in(other).post(path.format(**there), {**data, **once()})
        assert answer.status_code == 404, other.name
    assert written() == before


@pytest.mark.parametrize(
    "path",
    [
        "/practice/class/{class}/films/{film}/withdraw", "/practice/class/{class}/papers/{paper}",
        "/practice/class/{class}/doubts/{doubt}",
    ],
)  # fmt: skip
def test_a_thing_of_one_class_is_not_reached_through_another(
    people: Cast, there: Any, path: str
) -> None:
    """A teacher of both classes, and a teacher of the other one: the address decides."""
    member(people.teacher, people.other, Role.TEACHER, subject="maths")
    before = written()
    elsewhere = path.format(**{**there, "class": people.other.id})
    for somebody in (people.teacher, people.other_teacher):
        answer = signed_in(somebody).post(elsewhere, {"answer": "好", "place-1": "A", **once()})
        assert answer.status_code == 404
    for rest in ("printing/{printing}", "printing/{printing}/sheets.pdf", "papers/{paper}/picture"):
        reached = f"/practice/class/{people.other.id}/{rest.format(**there)}"
        assert status(people.other_teacher, reached) == 404
    assert written() == before


@pytest.mark.parametrize("number", [0, 999_999, 2**63 - 1])
def test_numbers_of_nothing_are_not_found(people: Cast, number: int) -> None:
    there = dict.fromkeys(("class", "child", "question", "point", "drill", "film", "entry", "live",
                           "printing", "doubt", "paper"), number)  # fmt: skip
    for path in OWN:
        assert status(people.pupil, path.format(**there)) == 404
    for path in TAUGHT:
        assert status(people.teacher, path.format(**there)) == 404
    for path in CHILD:
        assert status(people.guardian, path.format(**there)) == 404
    for path, data in TAUGHT_WRITES.items():
        answer = signed_in(people.teacher).post(path.format(**there), {**data, **once()})
        assert answer.status_code == 404, path


@pytest.mark.parametrize(
    ("reader", "path", "verb", "kind"),
    [
        ("teacher", "/practice/class/{class}", "class.viewed", "practice"),
        ("teacher", "/practice/class/{class}/question/{question}", "class.viewed", "practice"),
        ("teacher", "/practice/class/{class}/point/{point}", "class.viewed", "practice"),
        ("head", "/practice/class/{class}/papers", "class.viewed", "practice"),
        ("guardian", "/practice/child/{child}", "child.viewed", "practice"),
        ("guardian", "/practice/child/{child}/points/{point}", "child.viewed", "practice"),
    ],
)
def test_every_look_at_a_child_is_kept_for_the_child(
    people: Cast, there: Any, reader: str, path: str, verb: str, kind: str
) -> None:
    who = getattr(people, reader)
    assert status(who, path.format(**there)) == 200
    assert Entry.objects.filter(act="record.viewed", actor_id=who.id).exists()
    told = Event.objects.filter(actor_id=who.id, object_kind=kind)
    assert verb in {event.verb for event in told}
