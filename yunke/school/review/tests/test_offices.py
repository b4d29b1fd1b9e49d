"""Whose invitations are whose: each office its own, a city also its counties', never others'."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import today
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library.models import Lesson, Unit
from yunke.school.library.tests import makers as library
from yunke.school.review.actions.moves import NotHere
from yunke.school.review.actions.wish import wish_answer, wish_ask, wish_take_back
from yunke.school.review.models import Wish
from yunke.school.review.reads.wishes import wishes_of, wishes_to
from yunke.school.review.tests.makers import House, once, signed_in, who

SOON = timedelta(days=10)


@pytest.fixture
def foreigner(at: House) -> Any:
    """The office of another city, made after ours."""
    return people.staff(people.org("city", "外市"), Role.CITY_STAFF, "外市教研室")


def ask(at: House, by: Any = None, unit: Unit | None = None, to: Any = None) -> int:
    unit = unit or library.unit(title="神话传说")
    return wish_ask(
        who=who(by or at.city_staff), unit_id=unit.id, teacher_id=(to or at.author).id,
        wish="请录一节盘古开天", due=today() + SOON,
    )  # fmt: skip


def take_back(somebody: Any, number: int) -> int:
    return signed_in(somebody).post(f"/invitations/{number}/take-back", once()).status_code


def listed(somebody: Any) -> set[int]:
    return {line.id for line in wishes_of(who(somebody), 1).rows}


def test_another_citys_office_sees_takes_back_and_asks_nothing_of_ours(
    at: House, foreigner: Any
) -> None:
    number = ask(at)
    assert take_back(foreigner, number) == 404
    assert "周老师" not in signed_in(foreigner).get("/invitations").content.decode()
    with pytest.raises(NotHere):
        ask(at, by=foreigner)
    assert [row.state for row in Wish.objects.all()] == ["asked"]


def test_an_invitation_of_another_city_is_not_ours_to_take_back(at: House, foreigner: Any) -> None:
    unit = library.unit()
    Unit.objects.filter(id=unit.id).update(city_id=who(foreigner).grants[0].place.city)
    with pytest.raises(NotHere):
        ask(at, unit=unit)
    with pytest.raises(NotHere):
        ask(at, by=foreigner, unit=unit)  # our teacher is not theirs to invite
    city = foreigner.duties.get().org
    school = people.org("school", "外校", people.org("county", "外县", city))
    theirs = people.teacher(people.school_class(school))
    number = ask(at, by=foreigner, unit=unit, to=theirs)
    for name in ("city_staff", "county_staff", "far_staff"):
        assert take_back(getattr(at, name), number) == 404
        assert listed(getattr(at, name)) == set()
    assert Wish.objects.get().state == "asked"
    assert take_back(foreigner, number) == 303
    assert Wish.objects.get().state == "taken_back"


def test_a_taken_back_invitation_is_told_as_that_and_not_as_a_no(at: House) -> None:
    number = ask(at)
    assert take_back(at.city_staff, number) == 303
    told = Event.objects.filter(object_kind="wish", object_id=number).order_by("id").last()
    assert told is not None
    assert (told.verb, told.result) == ("recording.taken_back", {})
    assert (told.actor_id, told.subject_id) == (at.city_staff.id, at.author.id)
    assert not Event.objects.filter(verb="recording.answered").exists()


def test_a_county_takes_back_neither_its_neighbours_nor_the_citys(at: House) -> None:
    of_city, of_hill = ask(at), ask(at, by=at.far_staff)
    for number in (of_city, of_hill, 404, 10**30):
        assert take_back(at.county_staff, number) == 404
    assert take_back(at.city_staff, of_hill) == 303
    assert Wish.objects.get(id=of_hill).state == "taken_back"
    assert take_back(at.city_staff, of_hill) == 404
    with pytest.raises(NotHere):
        wish_take_back(who=who(at.city_staff), wish_id=of_hill)


def test_two_offices_ask_for_the_same_and_each_has_its_own(at: House) -> None:
    unit = library.unit()
    first, second = ask(at, unit=unit), ask(at, by=at.county_staff, unit=unit)
    assert first != second
    assert len(wishes_to(at.author.id)) == 2
    assert listed(at.county_staff) == {second}
    assert listed(at.city_staff) == {first, second}
    assert listed(at.author) == set()


def test_asking_again_says_the_new_words_and_the_new_day(at: House) -> None:
    unit, later = library.unit(), today() + 2 * SOON
    number = ask(at, unit=unit)
    told = Event.objects.count()
    again = wish_ask(
        who=who(at.city_staff), unit_id=unit.id, teacher_id=at.author.id, wish="改录女娲补天",
        due=later,
    )  # fmt: skip
    (line,) = wishes_to(at.author.id)
    assert (again, line.wish, line.due) == (number, "改录女娲补天", later)
    assert line.asked_by == "市教研室"
    assert Event.objects.count() == told
    wish_answer(who=who(at.author), wish_id=number, yes=False, answer=" 忙 " + "x" * 400)
    assert ask(at, unit=unit) != number
    row = Wish.objects.get(id=number)
    assert (row.state, len(row.answer), row.answered_at is not None) == ("declined", 300, True)


def test_a_failed_answer_leaves_the_invitation_open_and_no_lesson(
    at: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = ask(at)

    def broken(**_told: Any) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("yunke.school.review.actions.wish.event_record", broken)
        with pytest.raises(RuntimeError):
            wish_answer(who=who(at.author), wish_id=number, yes=True)
    assert Wish.objects.get().state == "asked"
    assert not Lesson.objects.exists()
    wish_answer(who=who(at.author), wish_id=number, yes=True)
    told = list(Event.objects.filter(object_kind="wish").order_by("id"))
    assert [event.result for event in told] == [{}, {"yes": True}]
    assert told[0].subject_id == at.author.id
    assert told[1].lesson_id == Lesson.objects.get().id


@pytest.mark.parametrize("field", ["unit", "teacher"])
@pytest.mark.parametrize("value", ["0", "-1", str(10**30), "x", "1e3"])
def test_a_number_that_is_none_is_a_form_to_mend(at: House, field: str, value: str) -> None:
    body = {"unit": library.unit().id, "teacher": at.author.id, "wish": "很长的希望"}
    body |= {"due": today() + SOON, field: value, **once()}
    answer = signed_in(at.city_staff).post("/invitations", body)
    assert answer.status_code == 422
    assert "很长的希望" in answer.content.decode()
    assert not Wish.objects.exists()


@pytest.mark.parametrize("field", ["unit", "teacher"])
def test_a_number_of_nobody_is_not_found(at: House, field: str) -> None:
    body = {"unit": library.unit().id, "teacher": at.author.id, "wish": "希望"}
    body |= {"due": today() + SOON, field: 2**61, **once()}
    assert signed_in(at.city_staff).post("/invitations", body).status_code == 404
    assert not Wish.objects.exists()


@pytest.mark.parametrize("path", ["/invitations?grade=3&subject=maths", "/invitations/mine"])
def test_the_pages_of_invitations_in_english(at: House, path: str) -> None:
    ask(at)
    client = signed_in(at.author if path.endswith("mine") else at.city_staff)
    client.cookies["yunke_language"] = "en"
    page = client.get(path).content.decode()
    assert "请录一节盘古开天" in page
    assert "邀请" not in page


@pytest.mark.parametrize("query", ["grade=0&subject=x", "grade=99", "grade=x", "page=0", "page=x"])
def test_an_odd_address_is_still_the_page(at: House, query: str) -> None:
    page = signed_in(at.city_staff).get(f"/invitations?{query}")
    assert page.status_code == 200
    assert '<option value="1" selected>' in page.content.decode()


def test_a_long_list_has_pages(at: House) -> None:
    for n in range(45):
        ask(at, unit=library.unit(title=f"单元{n}"))
    first = wishes_of(who(at.city_staff), 1)
    second = wishes_of(who(at.city_staff), 2)
    assert first.more
    assert not {line.id for line in first.rows} & {line.id for line in second.rows}
    assert "?page=2" in signed_in(at.city_staff).get("/invitations").content.decode()
