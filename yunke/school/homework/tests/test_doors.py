"""Who passes where in homework: every address, for those who are right and those who are not."""

from typing import Any

import pytest
from django.test import Client

from yunke.ground.lake.models import Event
from yunke.ground.people.models import Person
from yunke.ground.people.tests.makers import Cast, once, signed_in
from yunke.school.attempts.models import Attempt
from yunke.school.homework.actions.own import phrase_add
from yunke.school.homework.models import Group, Homework, HomeworkFor, Phrase, Returned
from yunke.school.homework.tests import makers

pytestmark = pytest.mark.django_db
READ = ("", "/mark", "/results.csv")
WRITE = ("/due", "/extend", "/withdraw", "/return")


def strangers(people: Cast) -> list[Person]:
    return [
        people.other_teacher, people.far_teacher, people.far_admin, people.far_head,
        people.far_guardian, people.other_pupil, people.far_pupil,
    ]  # fmt: skip


def as_it_is() -> tuple[Any, ...]:
    """Everything that a write of homework could change."""
    return (
        list(Homework.objects.values_list("id", "due_at", "withdrawn_at")),
        list(HomeworkFor.objects.order_by("id").values_list("id", "due_at")),
        list(Attempt.objects.order_by("id").values_list("id", "due_at", "submitted_at")),
        Returned.objects.count(), Phrase.objects.count(), Group.objects.count(),
    )  # fmt: skip


@pytest.fixture
def people() -> Cast:
    return makers.cast()


@pytest.fixture
def row(people: Cast) -> Homework:
    made = makers.homework(people)
    makers.handed_in(made, people.pupil, "B", "A")
    return made


@pytest.mark.parametrize("path", READ)
def test_a_teachers_page_is_there_for_its_teacher_and_for_no_stranger(
    people: Cast, row: Homework, path: str
) -> None:
    address = f"/homework/{row.id}{path}"
    assert signed_in(people.teacher).get(address).status_code == 200
    for somebody in strangers(people):
        answer = signed_in(somebody).get(address)
        assert answer.status_code == 404, somebody.name
        assert people.pupil.name not in answer.content.decode()
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("path", WRITE)
def test_no_stranger_changes_anything(people: Cast, row: Homework, path: str) -> None:
    acts = Event.objects.filter(verb__startswith="homework.")
    before, told = as_it_is(), acts.count()
    sent = {"due": "2030-01-01T20:00", "pupils": [people.pupil.id], "days": "3"}
    for somebody in [*strangers(people), people.pupil, people.guardian]:
        answer = signed_in(somebody).post(f"/homework/{row.id}{path}", {**sent, **once()})
        assert answer.status_code == 404, somebody.name
    assert as_it_is() == before
    assert acts.count() == told


@pytest.mark.parametrize("path", [*READ, *WRITE, "/again", "/mark/1", "/mark/1/save"])
@pytest.mark.parametrize("number", [0, 10**9, 2**63, 10**30])
def test_a_homework_that_is_none_is_not_found(people: Cast, path: str, number: int) -> None:
    client = signed_in(people.teacher)
    address = f"/homework/{number}{path}"
    assert client.get(address).status_code in {404, 405}
    assert client.post(address, once()).status_code in {404, 405}


def test_a_paper_belongs_to_its_homework(people: Cast, row: Homework) -> None:
    other = makers.homework(people)
    attempt = Attempt.objects.get().id
    client = signed_in(people.teacher)
    assert client.get(f"/homework/{row.id}/mark/{attempt}").status_code == 200
    assert client.get(f"/homework/{other.id}/mark/{attempt}").status_code == 404
    assert client.get(f"/homework/{row.id}/mark/{10**30}").status_code == 404
    assert signed_in(people.other_teacher).get(
        f"/homework/{row.id}/mark/{attempt}"
    ).status_code == 404  # fmt: skip


@pytest.mark.parametrize("path", ["", "/{row}", "/{row}/sign"])
def test_a_childs_page_is_the_own_guardians(people: Cast, row: Homework, path: str) -> None:
    address = f"/child/{people.pupil.id}/homework{path.format(row=row.id)}"
    ask = (lambda c: c.post(address, once())) if "sign" in path else (lambda c: c.get(address))
    assert ask(signed_in(people.guardian)).status_code in {200, 303}
    for somebody in [people.far_guardian, people.teacher, people.other_pupil, people.pupils[1]]:
        assert ask(signed_in(somebody)).status_code == 404, somebody.name


def test_a_childs_page_shows_only_what_this_child_has(people: Cast, row: Homework) -> None:
    others = makers.homework(people, pupils=(people.pupils[1].id,))
    client = signed_in(people.guardian)
    assert client.get(f"/child/{people.pupil.id}/homework/{others.id}").status_code == 404
    sent = client.post(f"/child/{people.pupil.id}/homework/{others.id}/sign", once())
    assert sent.status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("path", ["", "/mark"])
def test_the_teachers_pages_speak_one_language_at_a_time(
    people: Cast, row: Homework, path: str, language: str
) -> None:
    client = signed_in(people.teacher)
    client.cookies["yunke_language"] = language
    page = client.get(f"/homework/{row.id}{path}").content.decode().split("<main")[-1]
    for own in (row.title, row.words, *(one.name for one in people.pupils)):
        page = page.replace(own, "")
    assert ("得分" in page or "交" in page) is (language != "en")


def test_the_same_comment_under_the_same_key_is_one_and_a_strangers_is_not_removed(
    people: Cast,
) -> None:
    client, key = signed_in(people.teacher), once()
    for _ in range(2):
        answer = client.post("/homework/phrases", {"text": "写得认真", **key})
        assert answer.status_code == 200
    assert Phrase.objects.count() == 1
    theirs = phrase_add(teacher_id=people.other_teacher.id, text="别人的")
    assert client.post(f"/homework/phrases/{theirs}/remove", once()).status_code == 404
    assert Phrase.objects.filter(gone_at__isnull=True).count() == 2
    assert "别人的" not in client.get("/homework/phrases").content.decode()


def test_withdrawn_twice_is_withdrawn_once(people: Cast, row: Homework) -> None:
    client, key = signed_in(people.teacher), once()
    for _ in range(2):
        client.post(f"/homework/{row.id}/withdraw", key)
    assert Event.objects.filter(verb="homework.withdrawn").count() == 1
    again = client.post(f"/homework/{row.id}/withdraw", once())
    assert again.status_code in {303, 404}
    assert Event.objects.filter(verb="homework.withdrawn").count() == 1
