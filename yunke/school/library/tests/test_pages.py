"""The catalogue for everybody, the desk for teachers, and nobody else's lesson for anybody."""

import uuid
from typing import Any

import pytest
from django.test import Client

from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.library.models import Asset, Chapter, Lesson, Unit
from yunke.school.library.reads.making import draft_of
from yunke.school.library.tests import makers
from yunke.school.library.views.clash import differences
from yunke.school.library.views.make import steps

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


def test_drafts_come_first_on_the_desk(client: Any, lesson: Any, cast: Any) -> None:
    makers.lesson(title="发布过的课", author=cast.teacher)
    makers.lesson(title="别人的课", author=cast.other_teacher)
    shown = client.get("/make").content.decode()
    assert shown.index("古诗三首") < shown.index("发布过的课")
    assert "别人的课" not in shown


def test_the_desk_costs_the_same_for_five_and_for_fifty(
    client: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        makers.lesson(author=cast.teacher)
    with django_assert_max_num_queries(8) as few:
        client.get("/make")
    for _ in range(45):
        makers.lesson(author=cast.teacher)
    with django_assert_max_num_queries(len(few) + 2):
        assert "?page=2" in client.get("/make").content.decode()


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


def test_everything_a_teacher_writes_is_kept(client: Any, lesson: Any) -> None:
    makers.point("古诗朗读")
    answer = client.post(
        f"/make/{lesson.id}",
        form(
            lesson, title="古诗四首", goals="背下来\n\n会写", points=["古诗朗读", "新的点"],
            minutes=18, download_allowed="on", summary="四首诗", chapter_at=["0:00", "1:30.5", ""],
            chapter_title=["读", "写", ""], chapter_title_en=["Read", "", ""],
        ),
    )  # fmt: skip
    assert answer.status_code == 303
    lesson.refresh_from_db()
    draft = draft_of(lesson)
    assert (draft.title, draft.goals, draft.minutes) == ("古诗四首", ("背下来", "会写"), 18)
    assert set(draft.points) == {"古诗朗读", "新的点"}
    assert draft.download_allowed
    assert [(mark.at, mark.title) for mark in draft.chapters] == [(0, "读"), (90.5, "写")]
    assert lesson.version == 2
    assert "古诗四首" in client.get(f"/make/{lesson.id}").content.decode()


def test_saving_renews_the_search(client: Any, lesson: Any) -> None:
    Lesson.objects.update(state=Lesson.State.PUBLISHED)
    client.post(f"/make/{lesson.id}", form(lesson, title="山居秋暝"))
    assert "山居秋暝" in Client().get("/catalogue?q=秋暝").content.decode()
    assert "/lesson/" not in Client().get("/catalogue?q=三首").content.decode()


def test_a_chapter_that_cannot_be_read_names_its_row_and_loses_nothing(
    client: Any, lesson: Any
) -> None:
    answer = client.post(
        f"/make/{lesson.id}",
        form(
            lesson, title="改过的名字", chapter_at=["0:00", "半分钟"], chapter_title=["读", "写"],
            chapter_title_en=["", ""],
        ),
    )  # fmt: skip
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 行章节" in shown
    assert 'value="改过的名字"' in shown
    assert Chapter.objects.count() == 0


def test_a_lesson_saved_twice_at_once_shows_both_texts_and_loses_none(
    client: Any, lesson: Any
) -> None:
    mine, theirs = (
        form(lesson, title="我的标题", summary="我的简介"),
        form(lesson, title="他的标题"),
    )
    assert client.post(f"/make/{lesson.id}", theirs).status_code == 303
    answer = client.post(f"/make/{lesson.id}", mine)
    shown = answer.content.decode()
    assert answer.status_code == 409
    for text in ("我的标题", "他的标题", "我的简介"):
        assert text in shown
    lesson.refresh_from_db()
    assert (lesson.title, lesson.version) == ("他的标题", 2)


def test_keeping_mine_after_a_clash_saves_over_the_newer_version(client: Any, lesson: Any) -> None:
    mine = form(lesson, title="我的标题")
    client.post(f"/make/{lesson.id}", form(lesson, title="他的标题"))
    assert 'name="version" value="2"' in client.post(f"/make/{lesson.id}", mine).content.decode()
    answer = client.post(f"/make/{lesson.id}", mine | key() | {"version": 2})
    assert answer.status_code == 303
    lesson.refresh_from_db()
    assert (lesson.title, lesson.version) == ("我的标题", 3)


def test_the_clash_names_only_what_differs(lesson: Any) -> None:
    mine = draft_of(lesson)
    lesson.title = "另一个"
    assert [d["name"] for d in differences(mine, draft_of(lesson))] == ["课题"]
    assert differences(mine, mine) == []


def test_an_empty_lesson_cannot_be_published(client: Any, lesson: Any) -> None:
    answer = client.post(f"/make/{lesson.id}/publish", key())
    assert answer.status_code == 422
    assert "还不能发布" in answer.content.decode()
    lesson.refresh_from_db()
    assert lesson.state == Lesson.State.DRAFT


def test_a_lesson_is_published_and_withdrawn_again(client: Any, lesson: Any) -> None:
    Asset.objects.create(lesson=lesson, kind="courseware", title="课件", state="ready")
    assert client.post(f"/make/{lesson.id}/publish", key()).status_code == 303
    assert lesson.title in Client().get("/catalogue?grade=3").content.decode()
    assert client.post(f"/make/{lesson.id}/withdraw", key()).status_code == 303
    assert lesson.title not in Client().get("/catalogue?grade=3").content.decode()
    verbs = list(
        Event.objects.filter(lesson_id=lesson.id).order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["lesson.published", "lesson.withdrawn"]


def test_publishing_does_not_clash_with_an_open_editor(client: Any, lesson: Any) -> None:
    opened = form(lesson, title="改好的名字")
    Asset.objects.create(lesson=lesson, kind="courseware", title="课件", state="ready")
    client.post(f"/make/{lesson.id}/publish", key())
    assert client.post(f"/make/{lesson.id}", opened).status_code == 303


def test_five_steps_of_which_two_exist(lesson: Any) -> None:
    shown = steps(lesson, draft_of(lesson))
    assert [step["name"] for step in shown] == ["备课", "上课", "作业", "辅导", "评价"]
    assert [bool(step["href"]) for step in shown] == [True, False, False, False, False]
    lesson.video = Asset.objects.create(lesson=lesson, kind="video", title="v", state="ready")
    assert steps(lesson, draft_of(lesson))[1]["href"] == f"/lesson/{lesson.id}"


def test_points_are_suggested_from_the_lessons_subject(client: Any) -> None:
    makers.point("古诗朗读")
    shown = client.get("/make/points?subject=chinese&point=古诗").content.decode()
    assert "古诗朗读" in shown
    assert "新知识点“古诗”" in shown
    assert "古诗朗读" not in client.get("/make/points?subject=maths&point=古诗").content.decode()
    exact = client.get("/make/points?subject=chinese&point=古诗朗读").content.decode()
    assert "新知识点" not in exact


def test_a_file_is_taken_away_and_an_older_film_comes_back(
    client: Any, lesson: Any, media: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first = Asset.objects.create(lesson=lesson, kind="video", title="一", state="ready")
    second = Asset.objects.create(lesson=lesson, kind="video", title="二", state="ready")
    folder = media / f"lessons/{lesson.id}/{second.id}"
    folder.mkdir(parents=True)
    Lesson.objects.update(video=second)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/make/{lesson.id}/files/{second.id}/remove", key())
    assert answer.status_code == 303
    lesson.refresh_from_db()
    assert lesson.video_id == first.id
    assert not folder.exists()
    assert client.post(f"/make/{lesson.id}/files/999/remove", key()).status_code == 404


def test_the_editor_costs_the_same_for_one_file_and_for_twenty(
    client: Any, lesson: Any, django_assert_max_num_queries: Any
) -> None:
    Asset.objects.create(lesson=lesson, kind="video", title="v", state="ready")
    with django_assert_max_num_queries(24) as few:
        client.get(f"/make/{lesson.id}")
    for n in range(20):
        Asset.objects.create(lesson=lesson, kind="video", title=f"v{n}", state="ready")
    with django_assert_max_num_queries(len(few) + 2):
        client.get(f"/make/{lesson.id}")


# Rights

WRITES = ("", "/publish", "/withdraw", "/files/1/remove")


@pytest.mark.parametrize("way", WRITES)
def test_nobody_else_changes_a_lesson(way: Any, cast: Any, lesson: Any) -> None:
    told = form(lesson, title="改掉")
    for other in (cast.other_teacher, cast.far_teacher, cast.head, cast.far_head):
        assert (
            people.signed_in(other).post(f"/make/{lesson.id}{way}", told | key()).status_code == 404
        )
    for other in (cast.pupil, cast.guardian, cast.admin, cast.far_pupil):
        assert (
            people.signed_in(other).post(f"/make/{lesson.id}{way}", told | key()).status_code == 404
        )
    assert Client().post(f"/make/{lesson.id}{way}", told).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.title, lesson.state) == ("古诗三首", Lesson.State.DRAFT)


@pytest.mark.parametrize(
    "way", ["/make", "/make/new", "/make/points?point=x", "/make/{id}", "/make/{id}/files/video"]
)
def test_pupils_and_families_have_no_desk(way: Any, cast: Any, lesson: Any) -> None:
    address = way.format(id=lesson.id)
    for other in (cast.pupil, cast.guardian, cast.far_guardian):
        assert people.signed_in(other).get(address).status_code == 404
    assert Client().get(address)["Location"].startswith("/sign-in")


def test_another_teachers_draft_is_not_there(cast: Any, lesson: Any) -> None:
    for other in (cast.other_teacher, cast.far_teacher):
        assert people.signed_in(other).get(f"/make/{lesson.id}").status_code == 404
        assert people.signed_in(other).get(f"/make/{lesson.id}/files/video").status_code == 404


def test_the_citys_staff_may_help_with_any_lesson(cast: Any, lesson: Any) -> None:
    staff = people.signed_in(cast.city_staff)
    assert staff.get(f"/make/{lesson.id}").status_code == 200
    assert staff.post(f"/make/{lesson.id}", form(lesson, title="市里改的")).status_code == 303


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
