"""The catalogue for everybody, the desk for teachers, and nobody else's lesson for anybody."""

import uuid
from typing import Any

import pytest
from django.test import Client

from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.library.models import Asset, Lesson, Unit
from yunke.school.library.tests import makers

pytestmark = pytest.mark.django_db
ENGLISH = {"yunke_language": "en"}


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    return makers.lesson(author=cast.teacher, published=False, goals=["读准字音"])


def key() -> dict[str, str]:
    return {"once": str(uuid.uuid4())}


def form(lesson: Lesson, **changes: Any) -> dict[str, Any]:
    """What the editor sends when nothing but ``changes`` was touched."""
    lesson.refresh_from_db()
    return key() | {
        "version": lesson.version,
        "unit": lesson.unit_id,
        "title": lesson.title,
        "title_en": lesson.title_en,
        "summary": lesson.summary,
        "summary_en": lesson.summary_en,
        "goals": "\n".join(lesson.goals),
        "minutes": lesson.minutes,
        **changes,
    }


# The catalogue


def test_a_stranger_finds_a_lesson_by_grade_and_subject() -> None:
    makers.lesson(title="古诗三首", unit=makers.unit(title="秋天的诗"))
    shown = Client().get("/catalogue?grade=3&subject=chinese").content.decode()
    assert "古诗三首" in shown
    assert "秋天的诗" in shown
    assert "古诗三首" not in Client().get("/catalogue?grade=4").content.decode()
    assert "古诗三首" not in Client().get("/catalogue?grade=3&subject=maths").content.decode()


@pytest.mark.parametrize("query", ["古诗", "三首", "gushi", "gss", "poems", "ANCIENT"])
def test_the_search_knows_characters_pinyin_and_english(query: str) -> None:
    makers.lesson()
    shown = Client().get("/catalogue", {"q": query, "grade": 7}).content.decode()
    assert "古诗三首" in shown


@pytest.mark.parametrize("query", ["诗古", "首三", "古*", '"', "AND", "title:", "😀", "%"])
def test_the_search_finds_nothing_that_is_not_there_and_never_breaks(query: str) -> None:
    makers.lesson()
    answer = Client().get("/catalogue", {"q": query})
    assert answer.status_code == 200
    assert "/lesson/" not in answer.content.decode() or query == "古*"


def test_an_empty_place_says_what_to_do() -> None:
    makers.city()
    shown = Client().get("/catalogue?grade=9&subject=art").content.decode()
    assert "这里还没有课" in shown
    assert "没有找到" in Client().get("/catalogue?q=没有这课").content.decode()


@pytest.mark.parametrize(
    "address",
    ["?grade=99", "?grade=x", "?subject=magic", "?page=0", "?page=-1", "?q=" + "长" * 500],
)
def test_an_odd_address_is_still_a_page(address: str) -> None:
    makers.lesson()
    assert Client().get("/catalogue" + address).status_code == 200


def test_a_pupil_begins_at_their_own_grade(cast: Any) -> None:
    makers.lesson(title="三年级的课")
    assert "三年级的课" in people.signed_in(cast.pupil).get("/catalogue").content.decode()


def test_drafts_and_withdrawn_lessons_are_not_in_the_catalogue(lesson: Any) -> None:
    makers.lesson(title="撤下的课", state=Lesson.State.WITHDRAWN)
    shown = Client().get("/catalogue?grade=3").content.decode()
    assert lesson.title not in shown
    assert "撤下的课" not in shown
    assert "撤下的课" not in Client().get("/catalogue?q=撤下").content.decode().split("</h2>")[1]


def test_typing_renews_only_what_was_found() -> None:
    makers.lesson()
    answer = Client().get("/catalogue?q=古诗", headers={"HX-Request": "true"}).content.decode()
    assert "古诗三首" in answer
    assert "<html" not in answer


@pytest.mark.parametrize("address", ["/catalogue?grade=3", "/catalogue?q=古诗"])
def test_the_catalogue_costs_the_same_for_five_and_for_fifty(
    address: str, django_assert_max_num_queries: Any
) -> None:
    units = [makers.unit() for _ in range(5)]
    for n in range(5):
        makers.lesson(unit=units[n], title=f"古诗第{n}首")
    with django_assert_max_num_queries(4) as few:
        Client().get(address)
    for n in range(5, 50):
        makers.lesson(unit=units[n % 5], title=f"古诗第{n}首")
    with django_assert_max_num_queries(len(few) + 2):
        Client().get(address)


def test_a_long_catalogue_goes_on_on_the_next_page() -> None:
    unit = makers.unit()
    for n in range(60):
        makers.lesson(unit=unit, title=f"第{n:02}课")
    first = Client().get("/catalogue?grade=3").content.decode()
    assert "第00课" in first
    assert "第59课" not in first
    assert "page=2" in first
    assert "第59课" in Client().get("/catalogue?grade=3&page=2").content.decode()


# The desk


def test_a_lesson_is_begun_with_a_name_and_a_unit(client: Any, cast: Any) -> None:
    unit = makers.unit()
    answer = client.post(
        "/make/new",
        key() | {"title": "望天门山", "grade": 3, "subject": "chinese", "unit": unit.id},
    )
    lesson = Lesson.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/make/{lesson.id}")
    assert (lesson.state, lesson.author_id) == (Lesson.State.DRAFT, cast.teacher.id)
    assert (lesson.school_id, lesson.county_id) == (cast.school.id, cast.county.id)
    assert Event.objects.filter(verb="lesson.saved", lesson_id=lesson.id).count() == 1


def test_a_new_unit_is_begun_with_its_first_lesson(client: Any) -> None:
    makers.city()
    told = {"title": "云", "grade": 5, "subject": "science", "new_unit": "天气"}
    client.post("/make/new", key() | told)
    client.post("/make/new", key() | told | {"title": "雨"})
    unit = Unit.objects.get()
    assert (unit.grade, unit.subject, unit.title) == (5, "science", "天气")
    assert [lesson.position for lesson in unit.lessons.order_by("position")] == [1, 2]


def test_pressing_the_button_twice_begins_one_lesson(client: Any) -> None:
    told = key() | {"title": "云", "grade": 5, "subject": "science", "new_unit": "天气"}
    first, second = client.post("/make/new", told), client.post("/make/new", told)
    assert Lesson.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_lesson_without_a_name_or_unit_is_refused_with_what_was_typed(client: Any) -> None:
    makers.city()
    answer = client.post("/make/new", key() | {"title": "云", "grade": 5, "subject": "science"})
    assert answer.status_code == 422
    assert 'value="云"' in answer.content.decode()
    assert "请选一个单元" in answer.content.decode()
    answer = client.post(
        "/make/new", key() | {"grade": 5, "subject": "science", "new_unit": "天气"}
    )
    assert "请写下课题" in answer.content.decode()
    assert Lesson.objects.count() == 0


def test_a_unit_that_is_none_is_not_found(client: Any) -> None:
    makers.city()
    told = {"title": "云", "grade": 5, "subject": "science", "unit": 404}
    assert client.post("/make/new", key() | told).status_code == 404


# One lesson


def test_points_are_suggested_from_the_lessons_subject(client: Any) -> None:
    makers.point("古诗朗读")
    shown = client.get("/make/points?subject=chinese&point=古诗").content.decode()
    assert "古诗朗读" in shown
    assert "新知识点“古诗”" in shown
    assert "古诗朗读" not in client.get("/make/points?subject=maths&point=古诗").content.decode()
    exact = client.get("/make/points?subject=chinese&point=古诗朗读").content.decode()
    assert "新知识点" not in exact


# Rights


@pytest.mark.parametrize("way", ["/make/new", "/make/points?point=x", "/make/{id}/files/video"])
def test_pupils_and_families_have_no_desk(way: Any, cast: Any, lesson: Any) -> None:
    address = way.format(id=lesson.id)
    for other in (cast.pupil, cast.guardian, cast.far_guardian):
        assert people.signed_in(other).get(address).status_code == 404
    assert Client().get(address)["Location"].startswith("/sign-in")


# Words


@pytest.mark.parametrize(
    ("address", "chinese", "english"),
    [
        ("/catalogue", "课程目录", "Catalogue"),
        ("/make", "新建一节课", "New lesson"),
        ("/make/new", "放在哪个单元", "In which unit"),
        ("/make/{id}", "还没有这一步", "Not yet"),
        ("/make/{id}/files/video", "可以看了", "Ready to watch"),
    ],
)
def test_every_page_speaks_both_languages(
    address: str, chinese: Any, english: Any, client: Any, lesson: Any
) -> None:
    lesson.video = Asset.objects.create(lesson=lesson, kind="video", title="v", state="ready")
    lesson.save()
    assert chinese in client.get(address.format(id=lesson.id)).content.decode()
    client.cookies["yunke_language"] = "en"
    shown = client.get(address.format(id=lesson.id)).content.decode()
    assert english in shown
    assert chinese not in shown
