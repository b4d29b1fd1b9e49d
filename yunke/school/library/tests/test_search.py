"""What people type finds what is published, and nothing else."""

import uuid
from typing import Any

import pytest
from django.test import Client

from yunke.base.search import index_of
from yunke.ground.people.tests import makers as people
from yunke.school.library.door import (
    LessonNew,
    PointNew,
    QuestionNew,
    UnitNew,
    lesson_search,
    lessons_write,
    points_write,
    questions_for_lesson,
    questions_write,
    units_write,
)
from yunke.school.library.models import Asset, Lesson, Question, Unit
from yunke.school.library.reads.making import points_like
from yunke.school.library.tests import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


def found(query: str) -> list[str]:
    return [card.title for card in lesson_search(query)]


def key() -> dict[str, str]:
    return {"once": str(uuid.uuid4())}


def indexed() -> set[int]:
    index = index_of("lesson")
    with index.connection.cursor() as cursor:
        key = "id" if index.connection.vendor == "postgresql" else "rowid"
        cursor.execute(f"SELECT {key} FROM {index.table}")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("古诗", True), ("古诗三首", True), ("诗三", True), ("三首 古诗", True), ("古 首", True),
        ("诗古", False), ("古三", False), ("古诗四首", False),
        ("gushi", True), ("gushisan", True), ("GuShi", True), ("gss", True), ("gus", True),
        ("shigu", False), ("ssg", False),
        ("poem", True), ("three anc", True), ("poems three", True), ("oems", False),
        ("古诗 poems", True), ("古诗 maths", False),
    ],
)  # fmt: skip
def test_a_phrase_a_sound_or_a_word(query: str, there: bool) -> None:
    makers.lesson()
    assert (found(query) == ["古诗三首"]) == there


@pytest.mark.parametrize(
    "query",
    [
        "%",
        "_",
        "*",
        "?",
        '"',
        "'",
        "''",
        "\\",
        "()",
        "^",
        "-",
        "+",
        ":",
        "{}",
        "  ",
        "",
        "\0",
        "，。",
    ],
)
def test_signs_alone_find_nothing_rather_than_everything(query: str) -> None:
    makers.lesson()
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    [
        "古诗' OR '1'='1", "x'; DROP TABLE lesson_search; --", "title:古诗", "古诗 NOT 三首",
        "古诗 NEAR(三首)", "* OR *", 'a" OR "b', "{title} : 古诗", "古%", "rowid",
    ],
)  # fmt: skip
def test_what_looks_like_a_command_is_only_words(query: str) -> None:
    lesson = makers.lesson()
    other = makers.lesson(title="加法", title_en="Adding")
    assert other.title not in found(query)
    assert indexed() == {lesson.id, other.id}
    assert found("加法") == ["加法"]


def test_a_title_is_better_than_a_unit_of_that_name() -> None:
    makers.lesson(title="第一课", title_en="One", unit=makers.unit(title="荷花"))
    makers.lesson(title="荷花", title_en="Lotus")
    assert found("荷花") == ["荷花", "第一课"]


def test_no_phrase_reaches_from_the_unit_into_the_point() -> None:
    points_write([PointNew("x", "chinese", "花开")])
    lesson = makers.lesson(title="课", unit=makers.unit(title="荷"))
    assert found("课荷") == []
    assert found("荷") == [lesson.title]


def test_a_long_question_is_answered_too() -> None:
    makers.lesson()
    assert found("古诗" * 5000) == []
    assert Client().get("/catalogue", {"q": "a" * 3000}).status_code == 200


def test_a_query_is_shown_back_as_text(cast: Any) -> None:
    shown = Client().get("/catalogue", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


# What is in it


def test_drafts_do_not_take_the_places_of_what_may_be_seen() -> None:
    """Two hundred drafts of one name, and the one published lesson is still found."""
    unit = makers.unit()
    for _n in range(130):
        makers.lesson(title="秋天", unit=unit, published=False)
    shown = makers.lesson(title="秋天的雨和很长的一个题目", unit=unit)
    assert found("秋天") == [shown.title]
    assert indexed() == {shown.id}


def test_publishing_enters_the_search_and_withdrawing_leaves_it(cast: Any) -> None:
    lesson = makers.lesson(author=cast.teacher, published=False)
    Asset.objects.create(lesson=lesson, kind="courseware", title="课件", state="ready")
    client = people.signed_in(cast.teacher)
    assert indexed() == set()
    client.post(f"/make/{lesson.id}/publish", key())
    assert (indexed(), found("古诗")) == ({lesson.id}, [])
    Lesson.objects.update(reach="city")
    assert found("古诗") == ["古诗三首"]
    client.post(f"/make/{lesson.id}/withdraw", key())
    assert (indexed(), found("古诗")) == (set(), [])
    client.post(f"/make/{lesson.id}/publish", key())
    assert indexed() == {lesson.id}


def test_a_row_that_is_gone_is_found_no_more() -> None:
    lesson = makers.lesson()
    lesson.delete()
    assert found("古诗") == []


def test_another_citys_lessons_are_not_found() -> None:
    lesson = makers.lesson()
    Unit.objects.filter(id=lesson.unit_id).update(city_id=lesson.unit.city_id + 1)
    assert found("古诗") == []


def test_a_search_costs_the_same_for_one_hit_and_for_fifty(
    django_assert_max_num_queries: Any,
) -> None:
    unit = makers.unit()
    for n in range(50):
        makers.lesson(title=f"古诗{n}", unit=unit)
    with django_assert_max_num_queries(3):
        assert len(found("古诗")) == 50


# Whole catalogues


def test_a_catalogue_written_again_drops_the_points_it_no_longer_names() -> None:
    makers.city()
    points_write([PointNew("a", "chinese", "咏物"), PointNew("b", "chinese", "边塞")])
    [unit] = units_write([UnitNew(3, "chinese", 1, "第一单元")])
    lessons_write([LessonNew(unit, 1, "春晓", points=("a", "b"))])
    lessons_write([LessonNew(unit, 1, "春晓", points=("b",))])
    assert [p.code for p in Lesson.objects.get().points.all()] == ["b"]
    assert found("咏物") == []
    assert found("边塞") == ["春晓"]


def test_a_lesson_written_again_as_a_draft_leaves_the_search() -> None:
    makers.city()
    [unit] = units_write([UnitNew(3, "chinese", 1, "第一单元")])
    lessons_write([LessonNew(unit, 1, "春晓")])
    lessons_write([LessonNew(unit, 1, "春晓", published=False)])
    assert found("春晓") == []
    assert indexed() == set()


def test_a_question_written_again_is_the_same_question_about_other_points() -> None:
    points_write([PointNew("a", "maths", "加法"), PointNew("b", "maths", "减法")])
    lesson = makers.lesson()
    lesson.points.add(*points_write([PointNew("a", "maths", "加法")]).values())
    first = questions_write([QuestionNew("q", "number", "1+1", key=("2",), points=("a",))])
    assert [q.stem for q in questions_for_lesson(lesson.id)] == ["1+1"]
    assert questions_write([QuestionNew("q", "number", "2-1", key=("1",), points=("b",))]) == first
    assert (Question.objects.get().stem, questions_for_lesson(lesson.id)) == ("2-1", ())


def test_a_thousand_lessons_keep_the_order_they_were_given() -> None:
    """More than one batch, and a list that comes back to front."""
    makers.city()
    [unit] = units_write([UnitNew(3, "chinese", 1, "第一单元")])
    new = [LessonNew(unit, n, f"课{n}") for n in range(1100, 0, -1)]
    ids = lessons_write(new)
    titles = dict(Lesson.objects.values_list("id", "title"))
    assert [titles[number] for number in ids] == [lesson.title for lesson in new]
    assert lessons_write(new) == ids


def test_a_catalogue_that_names_an_unknown_point_writes_nothing() -> None:
    makers.city()
    [unit] = units_write([UnitNew(3, "chinese", 1, "第一单元")])
    with pytest.raises(KeyError):
        lessons_write([LessonNew(unit, 1, "春晓", points=("nobody",))])
    assert Lesson.objects.count() == 0


# Suggested points


@pytest.mark.parametrize("text", ["%", "_", "", "\\"])
def test_wildcards_suggest_no_points(text: str) -> None:
    makers.point("古诗朗读")
    assert points_like(text, "chinese") == []


def test_the_shortest_points_come_first_and_eight_at_most() -> None:
    for n in range(12):
        makers.point("古" * (n + 1))
    names = [point.name for point in points_like("古", "chinese")]
    assert names == ["古" * (n + 1) for n in range(8)]
