"""What the makers of a lesson do to it: its words, its files in the work and shown, its helpers."""

from typing import Any

import pytest
from django.db import transaction

from yunke.ground.people.tests import makers as people
from yunke.school.library.actions.work import (
    NoUnit,
    colleague_drop,
    colleague_set,
    draft_write,
    file_settled,
    file_take_out,
    files_show,
    files_work,
    makers_set,
    unit_check,
    version_set,
)
from yunke.school.library.models import Asset, Lesson, Point, Unit
from yunke.school.library.reads.cards import lesson_search
from yunke.school.library.reads.making import draft_of
from yunke.school.library.reads.materials import materials_of
from yunke.school.library.reads.weight import films_mbit
from yunke.school.library.reads.work import (
    authors_of,
    colleagues_of,
    file_people,
    files_named,
    files_shown,
    lesson_work,
    lessons_worked,
    units_named,
)
from yunke.school.library.tests import makers
from yunke.school.library.values import ChapterMark, Draft, Help

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    return makers.lesson(title="观潮", author=cast.teacher, published=False)


def file(lesson: Lesson, kind: str = "video", **more: Any) -> Asset:
    fields = {"state": "ready", "title": f"文件 {kind}", "seconds": 90, **more}
    return Asset.objects.create(lesson=lesson, kind=kind, **fields)


def fresh(row: Any) -> Any:
    row.refresh_from_db()
    return row


def standing(asset: Asset) -> tuple[bool, bool]:
    return (fresh(asset).work, asset.shown)


# Words


def test_everything_that_is_written_about_a_lesson_is_in_its_draft(lesson: Lesson) -> None:
    draft = Draft(
        lesson.unit_id, "新观潮", "Tide", "简介", "About", goals=("读", "写"), points=("潮", "浪"),
        minutes=12, download_allowed=True,
        chapters=(ChapterMark(0, "一", "One"), ChapterMark(30.5, "二", "")),
    )  # fmt: skip
    for _again in range(2):
        draft_write(lesson.id, draft)
        found = draft_of(fresh(lesson))
        assert set(found.points) == {"潮", "浪"}
        assert found.__dict__ | {"points": draft.points} == draft.__dict__
    assert lesson.chapters.count() == 2
    assert Point.objects.count() == 2


def test_a_lesson_moves_to_the_end_of_another_unit_and_learns_that_units_points(
    lesson: Lesson,
) -> None:
    maths = makers.unit(subject="maths", title="数一数")
    there = makers.lesson(unit=maths)
    chinese = makers.point("十以内")
    draft_write(lesson.id, Draft(maths.id, "观潮", points=("十以内",)))
    assert (fresh(lesson).unit_id, lesson.position) == (maths.id, there.position + 1)
    point = lesson.points.get()
    assert point.subject == "maths", "a point of the subject that it is in now"
    assert point.id != chinese.id


def test_a_lesson_that_stays_keeps_its_place(lesson: Lesson) -> None:
    place = lesson.position
    draft_write(lesson.id, Draft(lesson.unit_id, "别的题目"))
    assert fresh(lesson).position == place


def test_another_citys_unit_takes_no_lesson_and_nothing_of_the_draft_is_written(
    lesson: Lesson,
) -> None:
    foreign = Unit.objects.create(city_id=999, grade=3, subject="maths", position=1, title="外")
    with pytest.raises(NoUnit), transaction.atomic():
        draft_write(lesson.id, Draft(foreign.id, "改了"))
    assert fresh(lesson).title == "观潮"
    unit_check(lesson.unit_id, lesson.unit.city_id)
    with pytest.raises(NoUnit):
        unit_check(foreign.id, lesson.unit.city_id)


def test_the_words_of_a_published_lesson_are_found_by_its_new_title(cast: Any) -> None:
    row = makers.lesson(title="观潮", author=cast.teacher)
    draft_write(row.id, Draft(row.unit_id, "月光曲", points=("贝多芬",)))
    assert [card.id for card in lesson_search("月光曲")] == [row.id]
    assert [card.id for card in lesson_search("贝多芬")] == [row.id]
    assert lesson_search("观潮") == ()


def test_versions_and_makers_are_counted_on_the_row(lesson: Lesson) -> None:
    version_set(lesson.id, 7)
    makers_set(lesson.id, 3)
    assert (fresh(lesson).version, lesson.makers) == (7, 3)


# Files


def test_an_older_version_takes_its_files_back_into_the_work(lesson: Lesson) -> None:
    old, new = file(lesson, work=False, shown=False), file(lesson)
    growing = file(lesson, state="preparing", work=False)
    files_work(lesson.id, [old.id, growing.id])
    assert [standing(a)[0] for a in (old, new, growing)] == [True, False, False]
    assert [standing(a)[1] for a in (old, new)] == [False, True], "pupils notice nothing"


def test_pupils_get_exactly_the_files_that_are_named_and_the_newest_film(lesson: Lesson) -> None:
    first, second = file(lesson), file(lesson)
    slides, other = file(lesson, "courseware"), file(lesson, "courseware")
    files_show(lesson.id, [first.id, second.id, slides.id])
    assert fresh(lesson).video_id == second.id
    assert [standing(a)[1] for a in (first, second, slides, other)] == [True, True, True, False]
    assert files_shown(lesson.id) == (second.id, slides.id)
    files_show(lesson.id, [other.id])
    assert fresh(lesson).video_id is None
    assert files_shown(lesson.id) == (other.id,)


def test_one_lessons_files_are_not_shown_through_another(lesson: Lesson) -> None:
    theirs = file(makers.lesson(), shown=False, work=False)
    files_show(lesson.id, [theirs.id])
    files_work(lesson.id, [theirs.id])
    assert standing(theirs) == (False, False)
    assert fresh(lesson).video_id is None


@pytest.mark.parametrize(
    ("kind", "language", "replaced"),
    [("video", "", True), ("captions", "zh", True), ("captions", "en", False),
     ("courseware", "", False)],
)  # fmt: skip
def test_a_new_file_replaces_its_like_in_the_work(
    kind: str, language: str, replaced: bool, lesson: Lesson
) -> None:
    before = file(lesson, kind, language="zh" if kind == "captions" else "")
    after = file(lesson, kind, language=language)
    file_settled(after)
    assert standing(after) == (True, True)
    assert standing(before) == (not replaced, not replaced)


@pytest.mark.parametrize(("at_once", "shown"), [(False, False), (True, True)])
def test_pupils_of_a_published_lesson_get_a_new_film_when_it_is_published_again(
    at_once: bool, shown: bool
) -> None:
    row = makers.lesson(minutes=20)
    old = file(row)
    file_settled(old, at_once=True)
    new = file(row, seconds=300)
    file_settled(new, at_once=at_once)
    assert standing(new) == (True, shown)
    assert standing(old) == (False, not shown)
    assert fresh(row).video_id == (new.id if shown else old.id)
    assert row.minutes == (5 if shown else 2)


def test_the_shortest_film_still_takes_a_minute(lesson: Lesson) -> None:
    file_settled(file(lesson, seconds=3))
    assert fresh(lesson).minutes == 1


def test_a_file_taken_out_stays_for_the_versions_that_name_it(lesson: Lesson) -> None:
    asset = file(lesson, title="第一版")
    assert file_take_out(lesson.id, asset.id) == "第一版"
    assert file_take_out(lesson.id, asset.id) is None
    assert standing(asset) == (False, True)
    assert files_named([asset.id])[asset.id].title == "第一版"
    other = file(makers.lesson())
    growing = file(lesson, state="preparing")
    assert file_take_out(lesson.id, other.id) is None
    assert file_take_out(lesson.id, growing.id) is None
    assert standing(other)[0]


def test_files_are_named_with_what_they_show(lesson: Lesson) -> None:
    film = file(lesson, poster=True)
    slides = file(lesson, "courseware", pages=9, pictures=2, file="download/c.pptx", shown=False)
    found = files_named([film.id, slides.id, 10**9])
    assert set(found) == {film.id, slides.id}
    where = f"/media/lessons/{lesson.id}/{film.id}"
    assert (found[film.id].poster, found[film.id].playlist) == (
        f"{where}/poster.jpg", f"{where}/master.m3u8",
    )  # fmt: skip
    line = found[slides.id]
    assert line.pictures[-1].endswith(f"/{slides.id}/page-002.jpg")
    assert (len(line.pictures), line.pages, line.playlist, line.poster) == (2, 9, "", "")
    assert (line.redrawn, line.shown) == (True, False)
    assert file_people([film.id]) == {}


def test_materials_of_a_lesson_are_told_film_first_and_only_what_pupils_get(
    lesson: Lesson, django_assert_num_queries: Any
) -> None:
    file(lesson, "captions", language="en")
    file(lesson, "courseware", title="课件", pages=12)
    file(lesson, title="片", seconds=61.4)
    file(lesson, title="旧片", shown=False)
    file(lesson, title="未好", state="preparing")
    bare = makers.lesson()
    with django_assert_num_queries(1):
        found = materials_of([lesson.id, bare.id])
    assert found == {
        lesson.id: (("video", "片", 61), ("courseware", "课件", 12), ("captions", "en", 0))
    }


def test_the_weight_of_films_is_bits_by_seconds(lesson: Lesson) -> None:
    assert films_mbit() is None
    file(lesson, seconds=0, bytes=1_000_000)
    file(lesson, "courseware", seconds=10, bytes=9_000_000)
    assert films_mbit() is None
    file(lesson, seconds=10, bytes=1_000_000)
    file(lesson, seconds=30, bytes=4_000_000)
    assert films_mbit() == pytest.approx(1.0)


# Helpers


def test_an_invitation_is_one_row_whose_role_may_change(cast: Any, lesson: Lesson) -> None:
    other, far = cast.other_teacher, cast.far_teacher
    assert colleague_set(lesson.id, other.id, Help.COMMENTER)
    assert not colleague_set(lesson.id, other.id, Help.COMMENTER)
    assert colleague_set(lesson.id, other.id, Help.EDITOR)
    assert colleague_set(lesson.id, far.id, Help.COMMENTER)
    assert colleagues_of([lesson.id, 10**9]) == {
        lesson.id: (
            (other.id, other.name, "editor"),
            (far.id, far.name, "commenter"),
        )
    }
    assert colleague_drop(lesson.id, other.id)
    assert not colleague_drop(lesson.id, other.id)
    assert [person for person, _name, _role in colleagues_of([lesson.id])[lesson.id]] == [far.id]


def test_who_makes_a_lesson_may_do_what_they_were_invited_for(cast: Any, lesson: Lesson) -> None:
    colleague_set(lesson.id, cast.other_teacher.id, Help.EDITOR)
    colleague_set(lesson.id, cast.far_teacher.id, Help.COMMENTER)
    colleague_set(lesson.id, cast.guardian.id, Help.EDITOR)
    expected = {
        "teacher": ("author", True, True),
        "city_staff": ("author", True, True),
        "other_teacher": ("editor", False, True),
        "far_teacher": ("commenter", False, False),
        "guardian": None,  # invited, and holds no right to write lessons
        "head": None,
        "admin": None,
        "pupil": None,
    }
    for name, rights in expected.items():
        work = lesson_work(lesson.id, people.who(getattr(cast, name)))
        assert (work and (work.help, work.keeper, work.may_edit)) == rights, name
    assert lesson_work(10**9, people.who(cast.teacher)) is None


def test_the_room_that_decided_itself_sees_the_work_without_any_right(lesson: Lesson) -> None:
    file(lesson, title="在用")
    file(lesson, title="旧", work=False)
    work = lesson_work(lesson.id, None)
    assert work is not None
    assert (work.help, work.keeper, work.author_id) == ("", False, lesson.author_id)
    assert [line.title for line in work.files] == ["在用"]
    assert work.draft.title == "观潮"


def test_the_work_costs_the_same_with_five_files_and_with_fifty(
    cast: Any, lesson: Lesson, django_assert_num_queries: Any
) -> None:
    who = people.who(cast.teacher)
    for wanted in (5, 50):
        while lesson.assets.count() < wanted:
            file(lesson, "courseware")
        with django_assert_num_queries(4):
            work = lesson_work(lesson.id, who)
        assert work is not None
        assert len(work.files) == wanted
    with django_assert_num_queries(5):
        lesson_work(lesson.id, who, lock=True)


def test_a_desk_has_drafts_first_then_the_newest_and_knows_what_one_is_there(cast: Any) -> None:
    shown = makers.lesson(title="已发布", author=cast.teacher)
    old = makers.lesson(title="旧稿", author=cast.teacher, published=False)
    new = makers.lesson(title="新稿", author=cast.teacher, published=False)
    invited = makers.lesson(title="同事的", author=cast.far_teacher)
    makers.lesson(title="别人的", author=cast.other_teacher)
    colleague_set(invited.id, cast.teacher.id, Help.COMMENTER)
    who = people.who(cast.teacher)
    desk = lessons_worked(who, number=1, size=10)
    assert [(card.id, help_) for card, help_ in desk] == [
        (new.id, "author"), (old.id, "author"), (invited.id, "commenter"), (shown.id, "author"),
    ]  # fmt: skip
    assert [card.id for card, _help in lessons_worked(who, number=2, size=2)] == [
        invited.id, shown.id,
    ]  # fmt: skip
    assert len(lessons_worked(who, number=1, size=2)) == 3, "one more tells that there are more"
    assert lessons_worked(who, number=9, size=2) == []
    assert lessons_worked(who, number=-3, size=1)[0][0].id == new.id


def test_a_desk_costs_one_query_for_five_and_for_fifty(
    cast: Any, django_assert_num_queries: Any
) -> None:
    unit, who = makers.unit(), people.who(cast.teacher)
    for wanted in (5, 45):
        for _ in range(wanted):
            makers.lesson(unit=unit, author=cast.teacher, published=False)
        with django_assert_num_queries(1):
            assert len(lessons_worked(who, number=1, size=50)) == {5: 5, 45: 50}[wanted]


def test_names_of_units_and_authors_come_by_id(cast: Any, lesson: Lesson) -> None:
    bare = makers.lesson()
    assert units_named([lesson.unit_id, 10**9]) == {lesson.unit_id: ("第一单元", "Unit")}
    assert authors_of([lesson.id, bare.id, 10**9]) == {
        lesson.id: (cast.teacher.id, cast.teacher.name),
        bare.id: (0, ""),
    }
