"""What other rooms get from the library: cards, whole lessons, media rules, bulk writing."""

from pathlib import Path
from typing import Any

import pytest

from yunke.ground.people.tests import makers as people
from yunke.school.library.door import (
    LessonNew,
    PointNew,
    QuestionNew,
    UnitNew,
    film_adopt,
    lesson_cards,
    lesson_full,
    lesson_search,
    lessons_of_grade,
    lessons_write,
    media_may,
    points_write,
    question_views,
    questions_for_lesson,
    questions_write,
    units_of,
    units_write,
)
from yunke.school.library.models import Chapter, Lesson, Rung
from yunke.school.library.tests import makers

pytestmark = pytest.mark.django_db


def test_units_are_known_by_their_place_and_keep_their_ids() -> None:
    makers.city()
    first = units_write([UnitNew(3, "chinese", 1, "古诗"), UnitNew(3, "maths", 1, "加法")])
    again = units_write([UnitNew(3, "chinese", 1, "古诗三首", "Poems")])
    assert again == [first[0]]
    assert [u.title for u in units_of(3, "chinese")] == ["古诗三首"]
    assert {u.subject for u in units_of()} == {"chinese", "maths"}


def test_a_point_may_name_a_parent_of_the_same_list() -> None:
    ids = points_write(
        [PointNew("c", "chinese", "语文"), PointNew("c1", "chinese", "古诗", parent="c")]
    )
    lesson = makers.lesson()
    lesson.points.add(ids["c1"])
    assert lesson.points.get().parent_id == ids["c"]


def test_lessons_written_twice_are_the_same_lessons_with_the_new_words() -> None:
    makers.city()
    points_write([PointNew("c", "chinese", "咏物诗")])
    [unit] = units_write([UnitNew(3, "chinese", 1, "第一单元")])
    first = lessons_write([LessonNew(unit, 1, "春晓", points=("c",))])
    again = lessons_write([LessonNew(unit, 1, "春晓（孟浩然）", points=("c",))])
    assert first == again
    assert lesson_cards(first)[first[0]].title == "春晓（孟浩然）"
    assert [card.id for card in lesson_search("咏物")] == first
    assert [card.id for card in lesson_search("孟浩然")] == first


def test_drafts_are_in_no_list_of_the_catalogue() -> None:
    makers.lesson(title="草稿", published=False)
    shown = makers.lesson(title="已发布")
    assert [card.id for card in lessons_of_grade(3)] == [shown.id]
    assert lesson_search("草稿") == ()


def test_a_grade_is_listed_subject_by_subject_in_the_units_order() -> None:
    maths = makers.lesson(title="加法", unit=makers.unit(subject="maths"))
    later = makers.unit()
    first = makers.lesson(title="一", unit=makers.unit())
    Lesson.objects.filter(id=first.id).update(unit=later)
    assert [card.id for card in lessons_of_grade(3)] == [first.id, maths.id]
    assert [card.id for card in lessons_of_grade(3, "maths")] == [maths.id]
    assert lessons_of_grade(4) == ()


def test_cards_cost_one_query_for_five_and_for_fifty(django_assert_num_queries: Any) -> None:
    unit = makers.unit()
    ids = [makers.lesson(unit=unit, title=f"第{n}课").id for n in range(50)]
    with django_assert_num_queries(1):
        assert len(lesson_cards(ids[:5])) == 5
    with django_assert_num_queries(1):
        assert len(lesson_cards(ids)) == 50


def test_a_draft_opens_for_its_author_alone() -> None:
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher, published=False, school_id=cast.school.id)
    assert lesson_full(lesson.id, people.who(cast.teacher)) is not None
    for other in (cast.other_teacher, cast.far_teacher, cast.pupil, cast.guardian, cast.admin):
        assert lesson_full(lesson.id, people.who(other)) is None
    assert lesson_full(lesson.id, None) is None


def test_the_citys_staff_may_open_any_draft() -> None:
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher, published=False)
    assert lesson_full(lesson.id, people.who(cast.city_staff)) is not None


def test_there_is_no_lesson_with_an_unknown_number() -> None:
    assert lesson_full(404, None) is None


def film_folder(where: Path) -> Path:
    folder = where / "film"
    folder.mkdir()
    (folder / "video.mp4").write_bytes(makers.video().read_bytes())
    (folder / "captions.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\n春眠不觉晓\n")
    (folder / "captions.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nSpring sleep\n")
    (folder / "chapters.json").write_text('[{"at": 0, "title": "读", "title_en": "Read"}]')
    return folder


def test_a_film_folder_becomes_a_lesson_that_can_be_watched(
    tmp_path: Path, media: Path, django_assert_max_num_queries: Any
) -> None:
    lesson = makers.lesson(download_allowed=True)
    asset = film_adopt(lesson.id, film_folder(tmp_path))
    with django_assert_max_num_queries(6):  # five, and the city once a minute
        full = lesson_full(lesson.id, None)
    assert full is not None
    assert full.playlist == f"/media/lessons/{lesson.id}/{asset}/master.m3u8"
    assert [track.language for track in full.tracks] == ["zh", "en"]
    assert [mark.title_en for mark in full.chapters] == ["Read"]
    assert full.card.seconds == pytest.approx(10, abs=0.2)
    assert full.heights == (480,)
    for url in (full.playlist, full.poster, full.download, full.tracks[0].url):
        assert (media / url.removeprefix("/media/")).is_file()


def test_the_same_film_again_changes_nothing(tmp_path: Path) -> None:
    lesson = makers.lesson()
    folder = film_folder(tmp_path)
    assert film_adopt(lesson.id, folder) == film_adopt(lesson.id, folder)
    assert Rung.objects.count() == 1
    assert Chapter.objects.count() == 1


def test_downloads_are_named_only_where_the_teacher_allows_them(tmp_path: Path) -> None:
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher, download_allowed=False)
    film_adopt(lesson.id, film_folder(tmp_path))
    full = lesson_full(lesson.id, people.who(cast.pupil))
    assert full is not None
    assert full.download == full.download_phone == ""
    own = lesson_full(lesson.id, people.who(cast.teacher))
    assert own is not None
    assert own.download.endswith(f"download/lesson-{lesson.id}.mp4")


def test_media_of_a_published_lesson_are_for_those_who_may_watch(
    django_assert_num_queries: Any,
) -> None:
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher)
    path = f"/media/lessons/{lesson.id}/7/top/seg-0001.m4s"
    pupil = people.who(cast.pupil)
    with django_assert_num_queries(1):
        assert media_may(path, pupil)
    assert media_may(path, people.who(cast.guardian))
    assert not media_may(path, None)
    assert media_may(f"/media/lessons/{lesson.id}/7/poster.jpg", None)


def test_media_of_a_draft_are_for_its_author_alone() -> None:
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher, published=False)
    for name in ("master.m3u8", "top/seg-0001.m4s", "poster.jpg", "captions.vtt", "page-001.jpg"):
        path = f"/media/lessons/{lesson.id}/7/{name}"
        assert media_may(path, people.who(cast.teacher))
        assert media_may(path, people.who(cast.city_staff))
        for other in (cast.pupil, cast.guardian, cast.other_teacher, cast.far_teacher):
            assert not media_may(path, people.who(other))
        assert not media_may(path, None)


def test_a_download_that_is_not_allowed_is_refused_to_all_but_the_author() -> None:
    cast = people.cast()
    lesson = makers.lesson(author=cast.teacher, download_allowed=False)
    path = f"/media/lessons/{lesson.id}/7/download/lesson-{lesson.id}.mp4"
    assert not media_may(path, people.who(cast.pupil))
    assert media_may(path, people.who(cast.teacher))
    Lesson.objects.filter(id=lesson.id).update(download_allowed=True)
    assert media_may(path, people.who(cast.pupil))


@pytest.mark.parametrize(
    "path",
    [
        "/media/lessons/1/1/../../../yunke.sqlite3",
        "/media/lessons/1/1/.hidden",
        "/media/lessons/1/.1-7/top/index.m3u8",
        "/media/lessons/x/1/master.m3u8",
        "/media/secret.key",
        "/media/lessons/1/1/",
        "",
    ],
)
def test_a_path_that_is_no_lessons_file_is_refused(path: str) -> None:
    makers.lesson()
    assert not media_may(path, None)


def test_a_question_is_shown_without_what_is_right() -> None:
    points_write([PointNew("m", "maths", "加法")])
    [number] = questions_write(
        [
            QuestionNew(
                "q1", "choice", "1+1=?", options=({"id": "A", "text": "2"},), key=("A",),
                reasoning="数一数", points=("m",),
            )
        ]
    )  # fmt: skip
    view = question_views([number])[number]
    assert not hasattr(view, "key")
    assert "数一数" not in repr(view)


def test_a_teacher_finds_questions_about_the_lessons_points() -> None:
    point = makers.point()
    lesson = makers.lesson()
    lesson.points.add(point)
    asked = makers.question(points=(point,))
    makers.question()
    assert [q.id for q in questions_for_lesson(lesson.id)] == [asked.id]
