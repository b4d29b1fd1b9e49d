"""Invitations to record, who made a lesson, and which schools use it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache

from yunke.base.clock import today
from yunke.ground.lake.reads import use as lake_use
from yunke.ground.people.tests import makers as people
from yunke.school.library.models import Lesson, Unit
from yunke.school.library.tests import makers as library
from yunke.school.review.actions.moves import NotHere
from yunke.school.review.actions.wish import wish_answer, wish_ask, wish_take_back
from yunke.school.review.models import Wish
from yunke.school.review.reads.use import use_of
from yunke.school.review.tests.makers import House, lesson, once, signed_in, who

SOON = timedelta(days=10)


def ask(at: House, by: Any = None, to: Any = None, unit: Unit | None = None) -> int:
    unit = unit or library.unit(title="神话传说")
    return wish_ask(
        who=who(by or at.city_staff), unit_id=unit.id, teacher_id=(to or at.author).id,
        wish="请录一节盘古开天", due=today() + SOON,
    )  # fmt: skip


def test_it_lies_on_the_teachers_desk_and_begins_a_lesson(at: House) -> None:
    number = ask(at)
    client = signed_in(at.author)
    desk = client.get("/invitations/mine").content.decode()
    assert "市教研室 邀请你录一节课" in desk
    answer = client.post(f"/invitations/{number}/answer", {**once(), "what": "yes", "answer": "好"})
    row = Wish.objects.get()
    assert (row.state, row.answer) == ("accepted", "好")
    assert answer["Location"] == f"/make/{row.lesson_id}"
    begun = Lesson.objects.get(id=row.lesson_id)
    assert (begun.title, begun.author_id, begun.unit_id) == (
        "请录一节盘古开天", at.author.id, row.unit_id,
    )  # fmt: skip
    assert "邀请你录" not in client.get("/invitations/mine").content.decode()


def test_declining_says_why_and_begins_nothing(at: House) -> None:
    number = ask(at)
    data = {**once(), "what": "no", "answer": "这学期带毕业班"}
    assert signed_in(at.author).post(f"/invitations/{number}/answer", data)["Location"] == "/make"
    assert not Lesson.objects.exists()
    assert "这学期带毕业班" in signed_in(at.city_staff).get("/invitations").content.decode()


def test_only_the_invited_teacher_answers_and_once(at: House) -> None:
    number = ask(at)
    for somebody in (at.colleague, at.pupil, at.city_staff):
        with pytest.raises(NotHere):
            wish_answer(who=who(somebody), wish_id=number, yes=True)
    wish_answer(who=who(at.author), wish_id=number, yes=True)
    with pytest.raises(NotHere):
        wish_answer(who=who(at.author), wish_id=number, yes=False)


def test_only_offices_invite_and_only_those_who_record(at: House) -> None:
    unit = library.unit()
    for somebody in (at.author, at.reviewer, at.pupil):
        with pytest.raises(NotHere):
            ask(at, by=somebody, unit=unit)
    for nobody in (at.pupil, at.reviewer, at.city_staff):
        with pytest.raises(NotHere):
            ask(at, to=nobody, unit=unit)
    assert ask(at, unit=unit) == ask(at, unit=unit)
    assert Wish.objects.count() == 1


def test_an_office_sees_and_takes_back_its_own(at: House) -> None:
    number = ask(at, by=at.county_staff)
    assert "周老师" in signed_in(at.county_staff).get("/invitations").content.decode()
    assert "周老师" not in signed_in(at.far_staff).get("/invitations").content.decode()
    with pytest.raises(NotHere):
        wish_take_back(who=who(at.far_staff), wish_id=number)
    wish_take_back(who=who(at.city_staff), wish_id=number)
    with pytest.raises(NotHere):
        wish_answer(who=who(at.author), wish_id=number, yes=True)


@pytest.mark.parametrize("name", ["author", "reviewer", "pupil"])
def test_the_offices_page_is_for_offices(at: House, name: str) -> None:
    client = signed_in(getattr(at, name))
    assert client.get("/invitations").status_code == 404
    assert client.get("/invitations/teachers?name=周").status_code == 404
    assert client.post("/invitations", once()).status_code == 404


def test_a_form_that_cannot_be_taken_keeps_what_was_typed(at: House) -> None:
    client = signed_in(at.city_staff)
    unit = library.unit()
    base = {"unit": unit.id, "teacher": at.author.id, "wish": "很长的希望", "due": today()}
    for wrong in ({"teacher": ""}, {"due": "2020-01-01"}, {"due": "x"}, {"unit": ""}):
        answer = client.post("/invitations", {**base, **wrong, **once()})
        assert answer.status_code == 422
        assert "很长的希望" in answer.content.decode()
    due = (today() + SOON).isoformat()
    assert client.post("/invitations", {**base, "due": due, **once()}).status_code == 303
    assert "周老师" in client.get("/invitations/teachers?name=周老").content.decode()
    assert "没有找到" in client.get("/invitations/teachers?name=没这人").content.decode()


@pytest.mark.parametrize("count", [5, 50])
def test_the_list_costs_the_same(at: House, count: int, django_assert_max_num_queries: Any) -> None:
    for n in range(count):
        ask(at, unit=library.unit(title=f"单元{n}"))
    assert Wish.objects.count() == count
    client = signed_in(at.city_staff)
    with django_assert_max_num_queries(12):
        client.get("/invitations")


# Who made it, and who uses it


def used(monkeypatch: pytest.MonkeyPatch, found: dict[int, int]) -> None:
    """The lake's answer, as its own test proves it."""
    cache.clear()
    rows = sorted(found.items(), key=lambda pair: -pair[1])
    monkeypatch.setattr(lake_use.LakeFile.objects, "filter", lambda **_k: _Some())
    monkeypatch.setattr(lake_use, "paths_of", lambda *_a: ["x"])
    monkeypatch.setattr(lake_use, "lake_rows", lambda *_a: rows)


class _Some:
    def exists(self) -> bool:
        return True


def test_schools_of_fewer_than_ten_have_no_number(
    at: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = lesson(at, published=True, reach="city")
    used(monkeypatch, {at.school.id: 24, at.near_school.id: 9, at.far_school.id: 10})
    use = use_of(row.id)
    assert [(s.school_id, s.people) for s in use.schools] == [
        (at.school.id, 24), (at.far_school.id, 10), (at.near_school.id, 0),
    ]  # fmt: skip
    page = signed_in(at.city_staff).get(f"/lesson/{row.id}/made").content.decode()
    assert "24 人" in page
    assert "不到 10 人" in page
    assert "9 人" not in page


def test_pupils_see_the_makers_and_no_schools(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    row = lesson(at, published=True, reach="city")
    used(monkeypatch, {at.school.id: 24})
    page = signed_in(at.pupil).get(f"/lesson/{row.id}/made").content.decode()
    assert "周老师" in page
    assert "24 人" not in page


def test_a_lesson_that_does_not_reach_has_no_such_page(at: House) -> None:
    row = lesson(at, published=True, reach="school")
    assert signed_in(at.pupil).get(f"/lesson/{row.id}/made").status_code == 200
    assert signed_in(at.far_pupil).get(f"/lesson/{row.id}/made").status_code == 404
    assert people.signed_in(at.city_staff).get("/lesson/999999/made").status_code == 404
