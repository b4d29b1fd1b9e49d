"""Every address of the room by everybody: the right person's page, and nobody else's."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from yunke.base.clock import today
from yunke.ground.lake.door import Verb
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership
from yunke.ground.people.tests.makers import once, signed_in
from yunke.school.lessons.models import Along, Pack, Task
from yunke.school.lessons.tests.makers import Hour, along, answered, hour, noted, pack, watched

pytestmark = pytest.mark.django_db

EVERYBODY = (
    "pupil", "other_pupil", "far_pupil", "guardian", "far_guardian", "teacher", "head",
    "other_teacher", "far_teacher", "admin", "far_admin", "city_staff",
)  # fmt: skip
PUPILS = {"pupil", "other_pupil", "far_pupil"}
TEACHERS = {"teacher", "head", "other_teacher", "far_teacher"}
# Address → who gets the page; everybody else finds none.
PAGES: dict[str, set[str]] = {
    "/lesson/{lesson}": set(EVERYBODY),
    "/lesson/{lesson}/notes": PUPILS | TEACHERS,
    "/lesson/{lesson}/notes.txt": PUPILS | TEACHERS,
    "/along/{along}": {"pupil", "teacher", "head"},
    "/along/{along}/answers": {"teacher", "head"},
    "/make/{lesson}/tasks": {"teacher", "city_staff"},
    "/packs": PUPILS | TEACHERS | {"guardian", "far_guardian"},
    "/child": {"guardian", "far_guardian"},
    "/child/{child}": {"guardian"},
    "/class/{class_}": {"teacher", "head", "admin"},
    "/class/{class_}/lesson/{lesson}": {"teacher", "head", "admin"},
    "/class/{class_}/packs/new?lesson={lesson}": {"teacher", "head"},
}
# What changes something, with what it needs to be understood.
WRITES: dict[str, tuple[set[str], dict[str, Any]]] = {
    "/lesson/{lesson}/along": ({"teacher", "head"}, {"class": "{class_}"}),
    "/make/{lesson}/tasks": (
        {"teacher", "city_staff"}, {"at": "0:09", "kind": "text", "stem": "几？", "answer": "一"},
    ),
    "/make/{lesson}/tasks/{task}/move": ({"teacher", "city_staff"}, {"at": "0:40"}),
    "/make/{lesson}/tasks/{task}/remove": ({"teacher", "city_staff"}, {}),
    "/make/{lesson}/tasks/{task}/restore": ({"teacher", "city_staff"}, {}),
    "/packs/{pack}/open": ({"pupil"}, {}),
    "/class/{class_}/packs/new": (
        {"teacher", "head"}, {"lesson": "{lesson}", "shown": "{shown}", "video": "on"},
    ),
}  # fmt: skip


class House:
    """An hour that is running, with a pack sent and a note written."""

    def __init__(self) -> None:
        self.made: Hour = hour()
        people = self.made.people
        self.pack = pack(people, self.made.lesson)
        self.along = along(people, self.made.lesson)
        watched(people.pupil, self.made.lesson, (0, 30))
        noted(people.pupil, self.made.lesson, "只有我看得到")

    def fill(self, text: str) -> str:
        people = self.made.people
        return text.format(
            lesson=self.made.lesson.id, along=self.along.id, child=people.pupil.id,
            class_=people.one.id, task=self.made.task.id, pack=self.pack,
            shown=",".join(str(child.id) for child in people.pupils),
        )  # fmt: skip

    def client(self, name: str) -> Client:
        return signed_in(getattr(self.made.people, name))


def told() -> int:
    """How many acts there are; signing in is none of them."""
    return Event.objects.exclude(verb=Verb.SIGNED_IN).count()


@pytest.fixture
def house() -> House:
    return House()


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_is_for_those_it_is_for_and_no_other(page: str, house: House) -> None:
    found = {name: house.client(name).get(house.fill(page)).status_code for name in EVERYBODY}
    assert {name for name, status in found.items() if status == 200} == PAGES[page]
    assert {status for status in found.values() if status != 200} <= {404}


@pytest.mark.parametrize("page", sorted(set(PAGES) - {"/lesson/{lesson}"}))
def test_a_stranger_is_asked_to_sign_in_first(page: str, house: House) -> None:
    answer = Client().get(house.fill(page))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=/")


@pytest.mark.parametrize("address", sorted(WRITES))
def test_only_the_right_person_changes_anything(address: str, house: House) -> None:
    allowed, form = WRITES[address]
    sent = {name: house.fill(value) for name, value in form.items()}
    events = told()
    rows = (Task.objects.count(), Pack.objects.count(), Along.objects.count())
    for name in EVERYBODY:
        if name not in allowed:
            answer = house.client(name).post(house.fill(address), {**sent, **once()})
            assert answer.status_code == 404, name
    assert told() == events
    assert (Task.objects.count(), Pack.objects.count(), Along.objects.count()) == rows
    for name in sorted(allowed):
        answer = house.client(name).post(house.fill(address), {**sent, **once()})
        assert answer.status_code == 303, (name, answer.content.decode()[-300:])


@pytest.mark.parametrize("address", sorted(WRITES))
def test_a_write_sent_twice_under_one_key_is_one_write(address: str, house: House) -> None:
    allowed, form = WRITES[address]
    client = house.client(min(allowed))
    sent = {**{name: house.fill(value) for name, value in form.items()}, **once()}
    first = client.post(house.fill(address), sent)
    events = told()
    again = client.post(house.fill(address), sent)
    assert (again.status_code, again["Location"]) == (first.status_code, first["Location"])
    assert told() == events


@pytest.mark.parametrize("address", sorted(WRITES))
def test_looking_changes_nothing(address: str, house: House) -> None:
    allowed, _form = WRITES[address]
    answer = house.client(min(allowed)).get(house.fill(address))
    assert answer.status_code in {200, 404, 405}
    assert not Event.objects.filter(verb__in=["pack.opened", "lesson.saved"]).exists()


ENGLISH = {
    "/lesson/{lesson}": "pupil", "/lesson/{lesson}/notes": "pupil", "/along/{along}": "teacher",
    "/make/{lesson}/tasks": "teacher", "/packs": "pupil", "/child/{child}": "guardian",
    "/class/{class_}": "teacher", "/class/{class_}/lesson/{lesson}": "teacher",
    "/class/{class_}/packs/new?lesson={lesson}": "teacher",
}  # fmt: skip


@pytest.mark.parametrize("page", sorted(ENGLISH))
def test_a_page_has_two_languages_and_no_sentence_of_the_other(page: str, house: House) -> None:
    client = house.client(ENGLISH[page])
    chinese = client.get(house.fill(page)).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(house.fill(page)).content.decode()
    assert 'lang="en"' in english
    assert 'lang="zh' in chinese
    for sentence in ("还没有", "今天", "回到", "学生们", "打印", "保存"):
        assert sentence not in english, sentence
    assert chinese != english


def test_a_note_is_on_nobody_elses_page(house: House) -> None:
    for page in PAGES:
        for name in sorted(PAGES[page] - {"pupil"}):
            shown = house.client(name).get(house.fill(page)).content.decode()
            assert "只有我看得到" not in shown, (page, name)
    own = house.client("pupil").get(house.fill("/lesson/{lesson}/notes.txt"))
    assert own["Content-Type"].startswith("text/plain")
    assert "0:12\t只有我看得到" in own.content.decode()


def test_answers_of_the_class_are_counted_without_a_name(house: House) -> None:
    made = house.made
    Along.objects.update(asking=made.task, asked_at=made.task.made_at)
    for child, value in zip(made.people.pupils, "BBA", strict=False):
        answered(child, made.task, value)
    shown = house.client("teacher").get(house.fill("/along/{along}/answers")).content.decode()
    assert not any(child.name in shown for child in made.people.pupils)
    assert "3" in shown


@pytest.mark.parametrize("page", ["/class/{class_}", "/class/{class_}/lesson/{lesson}"])
def test_a_teacher_whose_time_in_the_class_is_over_finds_no_page(page: str, house: House) -> None:
    made = house.made
    client = house.client("teacher")
    assert client.get(house.fill(page)).status_code == 200
    Membership.objects.filter(person=made.people.teacher).update(until=today())
    assert client.get(house.fill(page)).status_code in {302, 404}, "or signed out altogether"


@pytest.mark.parametrize("page", [p for p in sorted(PAGES) if "{" in p])
def test_numbers_that_nothing_has_are_not_found(page: str, house: House) -> None:
    numbers = dict.fromkeys(("lesson", "along", "child", "class_"), 10**15)
    who = min(PAGES[page] & {"teacher", "guardian", "pupil"})
    assert house.client(who).get(page.format(**numbers)).status_code == 404
