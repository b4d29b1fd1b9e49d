"""Who makes a lesson, who is at it now, and who is not let in."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yunke.base.clock import now, today
from yunke.ground.audit.models import Entry
from yunke.ground.people.door import colleague_may, colleagues_named
from yunke.ground.people.models import Membership
from yunke.school.library.door import Help, media_may
from yunke.school.library.models import Colleague, Lesson
from yunke.school.preparing.models import Comment, Here, Suggestion, Thread, Version
from yunke.school.preparing.tests import makers
from yunke.school.preparing.tests.makers import key, people

pytestmark = pytest.mark.django_db
PAGES = (
    "", "/people", "/talk", "/versions", "/versions/1", "/compare?from=1&to=1",
    "/suggest?field=title", "/files/video", "/files/video/whole", "/people/names?name=a",
)  # fmt: skip
WRITES = (
    "", "/publish", "/withdraw", "/people/invite", "/people/1/remove", "/pulse", "/talk",
    "/talk/seen", "/talk/1/answer", "/talk/1/resolve", "/suggest", "/suggestions/1",
    "/versions/1/restore", "/versions/1/label", "/files/1/remove",
)  # fmt: skip


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    made = makers.lesson(cast.teacher)
    makers.save(made, cast.teacher, title="一稿")
    return made


@pytest.fixture
def author(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


def told(cast: Any) -> dict[str, Any]:
    """A body that every writing address would take from somebody who may."""
    return key() | {
        "person": cast.far_teacher.id, "role": "editor", "place": "lesson", "text": "好",
        "resolved": "yes", "answer": "accept", "field": "title", "was": "", "seen": "1:1",
    }  # fmt: skip


@pytest.mark.parametrize("way", PAGES)
def test_a_lesson_in_the_making_is_not_there_for_anybody_else(
    way: str, cast: Any, lesson: Any
) -> None:
    for other in (cast.other_teacher, cast.far_teacher, cast.head, cast.pupil, cast.guardian):
        assert people.signed_in(other).get(f"/make/{lesson.id}{way}").status_code == 404
    assert Client().get(f"/make/{lesson.id}{way}")["Location"].startswith("/sign-in")


@pytest.mark.parametrize("way", WRITES)
def test_nobody_else_writes_anywhere_in_it(way: str, cast: Any, lesson: Any) -> None:
    for other in (cast.other_teacher, cast.far_teacher, cast.head, cast.pupil, cast.guardian):
        answer = people.signed_in(other).post(f"/make/{lesson.id}{way}", told(cast))
        assert answer.status_code == 404
    assert Thread.objects.count() + Comment.objects.count() + Suggestion.objects.count() == 0
    assert Here.objects.count() + Colleague.objects.count() == 0
    assert Version.objects.count() == 2


@pytest.mark.parametrize("way", PAGES)
def test_a_removed_colleague_is_out_on_the_next_request(
    way: str, cast: Any, lesson: Any, author: Any
) -> None:
    makers.invite(lesson, cast.far_teacher)
    client = people.signed_in(cast.far_teacher)
    closed = {404} if "names" in way else {200}
    assert client.get(f"/make/{lesson.id}{way}").status_code in closed
    path = f"/media/lessons/{lesson.id}/7/page-001.jpg"
    assert media_may(path, people.who(cast.far_teacher))
    address = f"/make/{lesson.id}/people/{cast.far_teacher.id}/remove"
    assert author.post(address, key()).status_code == 303
    assert client.get(f"/make/{lesson.id}{way}").status_code == 404
    assert not media_may(path, people.who(cast.far_teacher))


def test_the_author_invites_by_name_and_changes_roles(cast: Any, lesson: Any, author: Any) -> None:
    page = author.get(f"/make/{lesson.id}/people/names?name=远方").content.decode()
    assert "远方老师" in page
    assert "山前小学" in page
    assert "远方家长" not in page
    assert "远方管理员" not in page
    for role in ("commenter", "editor"):
        body = key() | {"person": cast.far_teacher.id, "role": role}
        assert author.post(f"/make/{lesson.id}/people/invite", body).status_code == 303
        assert Colleague.objects.get().role == role
    acts = Entry.objects.filter(act="role.changed", subject_id=cast.far_teacher.id)
    assert [entry.detail for entry in acts.order_by("seq")] == [
        {"role": "commenter"}, {"role": "editor"},
    ]  # fmt: skip
    assert "一稿" in people.signed_in(cast.far_teacher).get("/make").content.decode()


def test_only_who_makes_lessons_can_be_invited(cast: Any, lesson: Any, author: Any) -> None:
    for other in (cast.pupil, cast.guardian, cast.admin, cast.teacher):
        body = key() | {"person": other.id, "role": "editor"}
        assert author.post(f"/make/{lesson.id}/people/invite", body).status_code == 422
    assert Colleague.objects.count() == 0
    body = key() | {"person": 10**12, "role": "editor"}
    assert author.post(f"/make/{lesson.id}/people/invite", body).status_code == 422
    body = key() | {"person": cast.far_teacher.id, "role": "king"}
    assert author.post(f"/make/{lesson.id}/people/invite", body).status_code == 404


def test_an_invited_editor_invites_nobody_but_may_leave(cast: Any, lesson: Any) -> None:
    makers.invite(lesson, cast.other_teacher)
    client = people.signed_in(cast.other_teacher)
    body = key() | {"person": cast.far_teacher.id, "role": "editor"}
    assert client.post(f"/make/{lesson.id}/people/invite", body).status_code == 404
    address = f"/make/{lesson.id}/people/{cast.other_teacher.id}/remove"
    assert client.post(address, key())["Location"] == "/make"
    assert client.get(f"/make/{lesson.id}").status_code == 404


def test_who_teaches_no_more_is_found_no_more_and_let_in_no_more(cast: Any, lesson: Any) -> None:
    makers.invite(lesson, cast.far_teacher)
    Membership.objects.filter(person=cast.far_teacher).update(until=today())
    assert not colleague_may(people.who(cast.head), cast.far_teacher.id, "lesson.write")
    assert "远方老师" not in {
        p.name for p in colleagues_named(people.who(cast.head), "远方", "lesson.write")
    }
    assert people.signed_in(cast.far_teacher).get(f"/make/{lesson.id}").status_code != 200


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "\0"])
def test_an_odd_name_finds_nobody_and_breaks_nothing(text: str, cast: Any) -> None:
    assert colleagues_named(people.who(cast.head), text, "lesson.write") == []


# At the same time


def test_each_sees_who_else_is_here_and_what_changed(cast: Any, lesson: Any, author: Any) -> None:
    makers.invite(lesson, cast.other_teacher)
    other = people.signed_in(cast.other_teacher)
    assert author.post(f"/make/{lesson.id}/pulse", {"place": "summary"}).json()["here"] == []
    makers.save(lesson, cast.other_teacher, title="同事改的")
    seen = other.post(f"/make/{lesson.id}/pulse", {"place": "title"}).json()
    assert seen["here"] == [{"id": cast.teacher.id, "name": "任课老师", "place": "简介"}]
    told = author.post(f"/make/{lesson.id}/pulse", {"place": ""}).json()
    assert (told["number"], told["by"], told["mine"]) == (3, "隔壁老师", False)
    assert told["fields"] == ["课题"]
    Here.objects.update(at=now() - timedelta(seconds=13))
    assert other.post(f"/make/{lesson.id}/pulse", {}).json()["here"] == []


def test_a_save_in_the_background_tells_what_is_kept(cast: Any, lesson: Any, author: Any) -> None:
    makers.invite(lesson, cast.other_teacher)
    asked = {"Accept": "application/json"}
    mine = makers.form(lesson, cast.teacher, title="我的")
    makers.save(lesson, cast.other_teacher, summary="同事写的")
    told = author.post(f"/make/{lesson.id}", mine, headers=asked).json()
    assert (told["merged"], told["names"]) == ({"summary": "同事写的"}, ["简介"])
    assert "同事写的" in told["was"]
    clash = makers.form(lesson, cast.teacher, title="又改")
    makers.save(lesson, cast.other_teacher, title="他改")
    answer = author.post(f"/make/{lesson.id}", clash, headers=asked)
    assert (answer.status_code, answer.json()) == (409, {"clash": ["课题"]})
    wrong = makers.form(lesson, cast.teacher, minutes="999")
    answer = author.post(f"/make/{lesson.id}", wrong, headers=asked)
    assert (answer.status_code, len(answer.json()["faults"])) == (422, 1)


# Costs


def _talked(lesson: Lesson, somebody: Any, many: int) -> None:
    for number in range(many):
        thread = Thread.objects.create(lesson=lesson, place="goal", ref=f"目标{number}")
        for word in ("一", "二", "三", "四"):
            Comment.objects.create(thread=thread, person=somebody, text=word)
        Suggestion.objects.create(lesson=lesson, person=somebody, field="title", was="x", now="y")
        Version.objects.create(
            lesson=lesson, number=100 + Version.objects.count(), made_by=somebody,
            content=makers.content(lesson, lesson.author).as_json(), fields=["goals"],
        )  # fmt: skip


@pytest.mark.parametrize("way", ["", "/talk", "/versions", "/people", "/talk?resolved=yes"])
def test_a_page_costs_the_same_after_five_talks_and_after_fifty(
    way: str, cast: Any, lesson: Any, author: Any, django_assert_max_num_queries: Any
) -> None:
    _talked(lesson, cast.teacher, 5)
    with django_assert_max_num_queries(40) as few:
        author.get(f"/make/{lesson.id}{way}")
    _talked(lesson, cast.teacher, 45)
    with django_assert_max_num_queries(len(few) + 2):
        assert author.get(f"/make/{lesson.id}{way}").status_code == 200


def test_the_desk_costs_the_same_for_five_lessons_and_for_twenty(
    cast: Any, author: Any, django_assert_max_num_queries: Any
) -> None:
    def more(many: int) -> None:
        for _number in range(many):
            made = makers.lesson(cast.other_teacher)
            makers.invite(made, cast.teacher, Help.COMMENTER)
            _talked(made, cast.other_teacher, 1)

    more(5)
    with django_assert_max_num_queries(20) as few:
        author.get("/make")
    more(15)
    with django_assert_max_num_queries(len(few) + 2):
        assert author.get("/make").status_code == 200


HUGE = 10**30


@pytest.mark.parametrize(
    "way",
    [
        f"/people/{HUGE}/remove", f"/talk/{HUGE}/answer", f"/talk/{HUGE}/resolve",
        f"/suggestions/{HUGE}", f"/versions/{HUGE}/restore", f"/versions/{HUGE}/label",
        f"/files/{HUGE}/remove",
    ],
)  # fmt: skip
def test_a_number_that_no_row_has_is_not_found(
    way: str, cast: Any, lesson: Any, author: Any
) -> None:
    answer = author.post(f"/make/{lesson.id}{way}", told(cast))
    assert answer.status_code in {303, 404}
    assert Version.objects.count() == 2


@pytest.mark.parametrize(
    "way", [f"/versions/{HUGE}", f"/compare?from={HUGE}&to=1", f"/versions?before={HUGE}"]
)
def test_a_page_of_such_a_number_is_a_page(way: str, cast: Any, lesson: Any, author: Any) -> None:
    assert author.get(f"/make/{lesson.id}{way}").status_code in {200, 404}
    seen = key() | {"seen": [f"{HUGE}:1", f"1:{HUGE}"]}
    assert author.post(f"/make/{lesson.id}/talk/seen", seen).status_code == 204


# The pages in both languages, and for whom


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "way",
    ["", "/people", "/talk", "/versions", "/versions/2", "/compare?from=1", "/suggest?field=title"],
)
def test_a_page_is_whole_in_both_languages_for_writer_and_commenter(
    way: str, language: str, cast: Any, lesson: Any
) -> None:
    makers.invite(lesson, cast.other_teacher, Help.COMMENTER)
    for somebody in (cast.teacher, cast.other_teacher, cast.city_staff):
        client = people.signed_in(somebody)
        client.cookies["yunke_language"] = language
        answer = client.get(f"/make/{lesson.id}{way}")
        assert answer.status_code == 200
        text = answer.content.decode()
        # The lesson goes by its English name on an English page.
        named = "Three ancient poems" in text or "一稿" in text
        assert named if language == "en" else "一稿" in text


def test_a_commenter_is_shown_nothing_to_press_that_an_editor_may(
    cast: Any, lesson: Any, author: Any
) -> None:
    makers.invite(lesson, cast.other_teacher, Help.COMMENTER)
    commenter = people.signed_in(cast.other_teacher)
    for way, mark in (
        ("", 'id="about"'), ("/versions/1", "/versions/1/restore"),
        ("/compare?from=1", "/versions/1/restore"), ("/people", 'hx-target="#names"'),
    ):  # fmt: skip
        assert mark in author.get(f"/make/{lesson.id}{way}").content.decode(), way
        assert mark not in commenter.get(f"/make/{lesson.id}{way}").content.decode(), way


def test_only_who_may_invite_looks_for_names(cast: Any, lesson: Any, author: Any) -> None:
    makers.invite(lesson, cast.other_teacher)
    colleague = people.signed_in(cast.other_teacher)
    assert "远方老师" in author.get(f"/make/{lesson.id}/people?name=远方").content.decode()
    assert "远方老师" not in colleague.get(f"/make/{lesson.id}/people?name=远方").content.decode()
    assert colleague.get(f"/make/{lesson.id}/people/names?name=远方").status_code == 404


def test_leaving_and_being_removed_are_told_apart(cast: Any, lesson: Any, author: Any) -> None:
    for somebody in (cast.other_teacher, cast.far_teacher):
        makers.invite(lesson, somebody)
    address = f"/make/{lesson.id}/people"
    assert author.post(f"{address}/{cast.far_teacher.id}/remove", key())["Location"] == address
    leaver = people.signed_in(cast.other_teacher)
    assert leaver.post(f"{address}/{cast.other_teacher.id}/remove", key())["Location"] == "/make"
    assert "已退出这节课" in leaver.get("/make").content.decode()
    assert not Colleague.objects.exists()


@pytest.mark.parametrize("place", ["title", "x" * 500, "\0\0", "不知道"])
def test_a_pulse_says_where_one_is_as_far_as_it_is_known(
    place: str, cast: Any, lesson: Any, author: Any
) -> None:
    makers.invite(lesson, cast.other_teacher)
    assert author.post(f"/make/{lesson.id}/pulse", {"place": place}).status_code == 200
    seen = people.signed_in(cast.other_teacher).post(f"/make/{lesson.id}/pulse", {}).json()
    (here,) = seen["here"]
    assert here["id"] == cast.teacher.id
    assert len(here["place"]) <= 20
    assert "\0" not in here["place"]
    assert (seen["comments"], seen["suggestions"], seen["number"]) == (0, 0, 2)


def test_a_pulse_costs_the_same_however_much_was_said(
    cast: Any, lesson: Any, author: Any, django_assert_max_num_queries: Any
) -> None:
    _talked(lesson, cast.teacher, 5)
    with django_assert_max_num_queries(25) as few:
        author.post(f"/make/{lesson.id}/pulse", {})
    _talked(lesson, cast.teacher, 45)
    with django_assert_max_num_queries(len(few) + 2):
        assert author.post(f"/make/{lesson.id}/pulse", {}).json()["comments"] == 200
