"""The desk and the editor's page, for those who make a lesson and for nobody else."""

from typing import Any

import pytest
from django.test import Client

from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.library.models import Asset, Chapter, Lesson
from yunke.school.library.reads.making import draft_of
from yunke.school.library.tests import makers as library
from yunke.school.preparing.reads.work import work_of
from yunke.school.preparing.tests import makers
from yunke.school.preparing.tests.makers import key
from yunke.school.preparing.views.editor import steps

pytestmark = pytest.mark.django_db
WRITES = ("", "/publish", "/withdraw", "/files/1/remove")


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    return makers.lesson(cast.teacher)


def form(of: Lesson, **changes: Any) -> dict[str, Any]:
    return makers.form(of, of.author, **changes)


def test_drafts_come_first_on_the_desk(client: Any, lesson: Any, cast: Any) -> None:
    makers.lesson(cast.teacher, title="发布过的课", published=True)
    makers.lesson(cast.other_teacher, title="别人的课")
    shown = client.get("/make").content.decode()
    assert shown.index("古诗三首") < shown.index("发布过的课")
    assert "别人的课" not in shown


def test_the_desk_costs_the_same_for_five_and_for_fifty(
    client: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        makers.lesson(cast.teacher)
    with django_assert_max_num_queries(14) as few:
        client.get("/make")
    for _ in range(45):
        makers.lesson(cast.teacher)
    with django_assert_max_num_queries(len(few) + 2):
        assert "?page=2" in client.get("/make").content.decode()


def test_everything_a_teacher_writes_is_kept(client: Any, lesson: Any) -> None:
    library.point("古诗朗读")
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


def test_publishing_again_renews_the_search_and_a_save_does_not(client: Any, lesson: Any) -> None:
    makers.file(lesson)
    assert client.post(f"/make/{lesson.id}/publish", key()).status_code == 303
    client.post(f"/make/{lesson.id}", form(lesson, title="山居秋暝"))
    assert "/lesson/" not in client.get("/catalogue?q=秋暝").content.decode()
    assert "/lesson/" in client.get("/catalogue?q=三首").content.decode()
    client.post(f"/make/{lesson.id}/publish", key())
    assert "/lesson/" in client.get("/catalogue?q=秋暝").content.decode()
    assert "/lesson/" not in client.get("/catalogue?q=三首").content.decode()


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
    mine = form(lesson, title="我的标题", summary="我的简介")
    client.post(f"/make/{lesson.id}", form(lesson, title="他的标题"))
    clash = client.post(f"/make/{lesson.id}", mine).content.decode()
    assert 'name="keep-title" value="theirs"' in clash
    assert 'name="keep-summary"' not in clash
    now = makers.form(lesson, lesson.author)["was"]
    answer = client.post(f"/make/{lesson.id}", mine | key() | {"was": now})
    assert answer.status_code == 303
    lesson.refresh_from_db()
    assert (lesson.title, lesson.summary) == ("我的标题", "我的简介")


def test_leaving_theirs_in_one_field_keeps_mine_in_the_others(client: Any, lesson: Any) -> None:
    mine = form(lesson, title="我的标题", summary="我的简介")
    client.post(f"/make/{lesson.id}", form(lesson, title="他的标题"))
    now = makers.form(lesson, lesson.author)["was"]
    told = mine | key() | {"was": now, "keep-title": "theirs"}
    assert client.post(f"/make/{lesson.id}", told).status_code == 303
    lesson.refresh_from_db()
    assert (lesson.title, lesson.summary) == ("他的标题", "我的简介")


def test_an_empty_lesson_cannot_be_published(client: Any, lesson: Any) -> None:
    answer = client.post(f"/make/{lesson.id}/publish", key())
    assert answer.status_code == 422
    assert "还不能发布" in answer.content.decode()
    lesson.refresh_from_db()
    assert lesson.state == Lesson.State.DRAFT


def test_a_lesson_is_published_and_withdrawn_again(client: Any, lesson: Any) -> None:
    Asset.objects.create(lesson=lesson, kind="courseware", title="课件", state="ready")
    assert client.post(f"/make/{lesson.id}/publish", key()).status_code == 303
    assert lesson.title in client.get("/catalogue?grade=3").content.decode()
    assert lesson.title not in Client().get("/catalogue?grade=3").content.decode()
    assert client.post(f"/make/{lesson.id}/withdraw", key()).status_code == 303
    assert lesson.title not in client.get("/catalogue?grade=3").content.decode()
    verbs = list(
        Event.objects.filter(lesson_id=lesson.id).order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["lesson.published", "lesson.withdrawn"]


def test_publishing_does_not_clash_with_an_open_editor(client: Any, lesson: Any) -> None:
    opened = form(lesson, title="改好的名字")
    Asset.objects.create(lesson=lesson, kind="courseware", title="课件", state="ready")
    client.post(f"/make/{lesson.id}/publish", key())
    assert client.post(f"/make/{lesson.id}", opened).status_code == 303


def test_five_steps_of_which_two_exist(cast: Any, lesson: Any) -> None:
    def shown() -> list[dict[str, Any]]:
        found = work_of(lesson.id, people.who(cast.teacher))
        assert found is not None
        return steps(found)

    assert [step["name"] for step in shown()] == ["备课", "上课", "作业", "辅导", "评价"]
    assert [bool(step["href"]) for step in shown()] == [True, False, False, False, False]
    makers.file(lesson, "video")
    assert shown()[1]["href"] == f"/lesson/{lesson.id}"


def test_a_file_is_taken_away_and_stays_for_the_versions_that_name_it(
    client: Any, lesson: Any, media: Any
) -> None:
    film = makers.file(lesson, "video", seconds=90)
    folder = media / f"lessons/{lesson.id}/{film.id}"
    folder.mkdir(parents=True)
    answer = client.post(f"/make/{lesson.id}/files/{film.id}/remove", key())
    assert answer.status_code == 303
    lesson.refresh_from_db()
    film.refresh_from_db()
    assert (lesson.video_id, film.work, film.shown) == (None, False, False)
    assert folder.exists()
    assert client.post(f"/make/{lesson.id}/files/{film.id}/remove", key()).status_code == 404
    assert client.post(f"/make/{lesson.id}/files/999/remove", key()).status_code == 404


def test_a_film_that_never_became_watchable_is_thrown_away(
    client: Any, lesson: Any, media: Any
) -> None:
    film = makers.file(lesson, "video", state="refused")
    assert client.post(f"/make/{lesson.id}/files/{film.id}/remove", key()).status_code == 303
    assert not Asset.objects.filter(id=film.id).exists()


def test_the_editor_costs_the_same_for_one_file_and_for_twenty(
    client: Any, lesson: Any, django_assert_max_num_queries: Any
) -> None:
    Asset.objects.create(lesson=lesson, kind="video", title="v", state="ready")
    with django_assert_max_num_queries(36) as few:
        client.get(f"/make/{lesson.id}")
    for n in range(20):
        Asset.objects.create(lesson=lesson, kind="video", title=f"v{n}", state="ready")
    with django_assert_max_num_queries(len(few) + 2):
        client.get(f"/make/{lesson.id}")


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


def test_another_teachers_draft_is_not_there(cast: Any, lesson: Any) -> None:
    for other in (cast.other_teacher, cast.far_teacher):
        assert people.signed_in(other).get(f"/make/{lesson.id}").status_code == 404
        assert people.signed_in(other).get(f"/make/{lesson.id}/files/video").status_code == 404


def test_the_citys_staff_may_help_with_any_lesson(cast: Any, lesson: Any) -> None:
    staff = people.signed_in(cast.city_staff)
    assert staff.get(f"/make/{lesson.id}").status_code == 200
    assert staff.post(f"/make/{lesson.id}", form(lesson, title="市里改的")).status_code == 303


def test_an_english_desk_calls_a_lesson_by_its_english_name(client: Any, lesson: Any) -> None:
    client.cookies["yunke_language"] = "en"
    shown = client.get("/make").content.decode()
    assert "Three ancient poems" in shown
    assert "古诗三首" not in shown
