"""Photographs of sheets: all of an upload or none of it, and who decided what is told."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yunke.base.jobs import Job
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import Cast, cast, once, signed_in
from yunke.school.practice.models import Answered, Paper
from yunke.school.practice.tests.makers import choice, drill, point
from yunke.school.practice.views.papers import MOST_FILES

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def photos(count: int, **broken: bytes) -> list[SimpleUploadedFile]:
    told = [broken.get(f"n{n}", b"\xff\xd8\xff" + bytes([n])) for n in range(count)]
    return [SimpleUploadedFile(f"{n}.jpg", data, "image/jpeg") for n, data in enumerate(told)]


def files_in(media: Path) -> int:
    return sum(path.is_file() for path in (media / "papers").rglob("*"))


def unclear(people: Cast) -> Paper:
    row = drill(people.pupil, choice(point()), choice(point("进位加法")))
    return Paper.objects.create(
        by=people.teacher, class_id=people.one.id, school_id=people.school.id, drill=row,
        state="unclear", unclear=["1", "2"], file="none",
    )  # fmt: skip


def test_as_many_as_the_page_says_are_all_taken(people: Cast, media: Path) -> None:
    path = f"/practice/class/{people.one.id}/papers/new"
    key = once()
    for _again in range(2):
        answer = signed_in(people.teacher).post(path, {"photo": photos(MOST_FILES), **key})
        assert answer.status_code == 303
        assert Paper.objects.filter(state="waiting").count() == MOST_FILES
        assert Job.objects.filter(name="practice.paper").count() == MOST_FILES
    assert files_in(media) == MOST_FILES


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "一次最多交 60 张，这次选了 61 张，一张也没有收"),
     ("en", "At most 60 photographs at a time; you chose 61, and none was taken")],
)  # fmt: skip
def test_one_more_is_refused_in_words_and_none_is_cut_silently(
    people: Cast, media: Path, language: str, words: str
) -> None:
    client = signed_in(people.teacher)
    client.cookies["yunke_language"] = language
    path = f"/practice/class/{people.one.id}/papers/new"
    answer = client.post(path, {"photo": photos(MOST_FILES + 1), **once()})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    # The form is there again, and says the limit before anything is sent.
    assert f'data-most="{MOST_FILES}"' in page
    assert (Paper.objects.count(), Job.objects.filter(name="practice.paper").count()) == (0, 0)
    assert files_in(media) == 0


def test_no_photograph_at_all_is_refused_with_the_form(people: Cast) -> None:
    answer = signed_in(people.teacher).post(f"/practice/class/{people.one.id}/papers/new", once())
    assert answer.status_code == 422
    assert "没有收到照片" in answer.content.decode()


def test_an_empty_photograph_among_good_ones_takes_none_of_them(people: Cast) -> None:
    path = f"/practice/class/{people.one.id}/papers/new"
    answer = signed_in(people.teacher).post(path, {"photo": photos(3, n2=b""), **once()})
    assert answer.status_code == 422
    assert (Paper.objects.count(), Job.objects.filter(name="practice.paper").count()) == (0, 0)


@pytest.mark.parametrize("who", ["other_teacher", "pupil", "guardian", "far_teacher"])
def test_nobody_else_brings_or_decides_a_classs_papers(people: Cast, who: str) -> None:
    row = unclear(people)
    client = signed_in(getattr(people, who))
    path = f"/practice/class/{people.one.id}/papers"
    for where, data in (("new", {"photo": photos(1)}), (row.id, {"place-1": "A"})):
        assert client.post(f"{path}/{where}", {**data, **once()}).status_code == 404
    row.refresh_from_db()
    assert (row.state, row.answers, Paper.objects.count()) == ("unclear", {}, 1)


def decided(people: Cast, row: Paper, **key: Any) -> int:
    path = f"/practice/class/{people.one.id}/papers/{row.id}"
    data = {"place-1": "A", "place-2": "B", **(key or once())}
    return int(signed_in(people.teacher).post(path, data).status_code)


def test_what_a_person_decides_stands_in_the_audit_and_among_the_acts(people: Cast) -> None:
    row, key = unclear(people), once()
    assert [decided(people, row, **key) for _again in range(2)] == [303, 303]
    line = Entry.objects.get(act="sheet.decided")
    told = (line.actor_id, line.subject_id, line.object_kind, line.object_id, line.school_id)
    assert told == (people.teacher.id, people.pupil.id, "drill", row.drill_id, people.school.id)
    event = Event.objects.get(verb="sheet.decided")
    assert (event.actor_id, event.subject_id) == (people.teacher.id, people.pupil.id)
    assert (event.object_kind, event.object_id) == ("drill", row.drill_id)
    assert (event.class_id, event.school_id) == (people.one.id, people.school.id)
    # How many places, never what was written in them.
    assert line.detail == event.result == {"places": 2}


def test_a_decision_that_is_refused_is_told_nowhere(people: Cast) -> None:
    row = unclear(people)
    assert decided(people, row) == 303
    assert decided(people, row) == 404
    assert Entry.objects.filter(act="sheet.decided").count() == 1
    assert Event.objects.filter(verb="sheet.decided").count() == 1
    assert Answered.objects.count() <= 2
