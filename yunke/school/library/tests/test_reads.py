"""What lists, players, desks and the front read: the right rows, in order, in few queries."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from yunke.base.clock import now
from yunke.base.kept import forget_all
from yunke.base.models import Job
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Grant, Kind, Place, Role, Who
from yunke.school.library.actions.work import colleague_set
from yunke.school.library.models import (
    Asset,
    Chapter,
    CountyPage,
    Lesson,
    Question,
    Rung,
    Unit,
    Upload,
)
from yunke.school.library.reads import media as media_reads
from yunke.school.library.reads.cards import (
    by_unit,
    catalogue_rows,
    city_lessons,
    lesson_cards,
    lesson_names,
    lesson_search,
    lesson_titles,
    lessons_of_grade,
    units_of,
)
from yunke.school.library.reads.full import author_place, help_of, lesson_full, lessons_full
from yunke.school.library.reads.items import question_views, questions_for_lesson
from yunke.school.library.reads.making import assets_of, upload_stopped, uploads_of
from yunke.school.library.reads.media import media_also_from, media_may
from yunke.school.library.reads.reach import (
    GONE_SPAN,
    lesson_reaches,
    lessons_gone,
    reaching,
    standing_of,
)
from yunke.school.library.rules import reaches
from yunke.school.library.tests import makers, tus
from yunke.school.library.values import Help, Standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    return makers.lesson(
        title="观潮", title_en="Tide", author=cast.teacher, school_id=cast.school.id,
        county_id=cast.county.id,
    )  # fmt: skip


def file(lesson: Lesson, kind: str = "video", **more: Any) -> Asset:
    fields = {"state": "ready", "title": f"文件 {kind}", **more}
    return Asset.objects.create(lesson=lesson, kind=kind, **fields)


def put(lesson: Lesson, **fields: Any) -> Lesson:
    Lesson.objects.filter(id=lesson.id).update(**fields)
    lesson.refresh_from_db()
    return lesson


# Lists


def test_titles_are_in_the_language_of_the_page_and_chinese_where_there_is_no_other() -> None:
    both = makers.lesson(title="观潮", title_en="Tide")
    one = makers.lesson(title="月亮", title_en="", published=False)
    ids = [both.id, one.id, 10**9]
    with translation.override("zh-hans"):
        assert lesson_titles(ids) == {both.id: "观潮", one.id: "月亮"}
    with translation.override("en"):
        assert lesson_titles(ids) == {both.id: "Tide", one.id: "月亮"}


def test_the_citys_lessons_are_those_that_were_used_anywhere() -> None:
    shown, gone = makers.lesson(), makers.lesson(state="withdrawn")
    makers.lesson(published=False)
    makers.lesson(reach="county")
    put(makers.lesson(published=False), reach="city")
    assert city_lessons() == {shown.id, gone.id}


def test_a_card_has_a_picture_only_when_its_film_has_one(lesson: Lesson) -> None:
    assert not lesson_cards([lesson.id])[lesson.id].has_video
    film = file(lesson, seconds=61)
    put(lesson, video=film)
    card = lesson_cards([lesson.id])[lesson.id]
    assert (card.has_video, card.poster, card.seconds) == (True, "", 61)
    Asset.objects.update(poster=True)
    card = lesson_cards([lesson.id])[lesson.id]
    assert card.poster == f"/media/lessons/{lesson.id}/{film.id}/poster.jpg"


def test_units_hold_their_lessons_together_in_the_catalogues_order() -> None:
    first, second = makers.unit(title="一"), makers.unit(title="二")
    titles = [makers.lesson(title=t, unit=u).title for t, u in (("a", first), ("b", second))]
    makers.lesson(title="c", unit=first)
    found = by_unit(list(catalogue_rows(3)))
    assert [(u.title, [c.title for c in u.lessons]) for u in found] == [
        ("一", ["a", "c"]), ("二", ["b"]),
    ]  # fmt: skip
    assert by_unit([]) == ()
    assert lesson_names(first.id) == {"a", "c"}
    assert titles == ["a", "b"]


def test_units_are_listed_by_grade_and_subject_with_and_without_lessons() -> None:
    for grade, subject in ((4, "maths"), (3, "maths"), (3, "art")):
        makers.unit(grade=grade, subject=subject, title=f"{grade}{subject}")
    assert [u.title for u in units_of()] == ["3art", "3maths", "4maths"]
    assert [u.title for u in units_of(3)] == ["3art", "3maths"]
    assert [u.title for u in units_of(subject="maths")] == ["3maths", "4maths"]
    assert units_of(9, "maths") == ()


@pytest.mark.parametrize("count", [5, 50])
def test_lists_cost_the_same_at_any_length(count: int, django_assert_max_num_queries: Any) -> None:
    unit = makers.unit()
    for n in range(count):
        makers.lesson(title=f"潮水{n}", unit=unit)
    with django_assert_max_num_queries(2):
        assert len(lessons_of_grade(3)) == count
    with django_assert_max_num_queries(3):
        assert len(lesson_search("潮水")) == count
    with django_assert_max_num_queries(2):
        assert len(units_of(3)) == 1


@pytest.mark.parametrize("query", ["a\0b", "\0", "潮\0水", "'", "%", "\\", "潮" * 500])
def test_no_query_breaks_the_catalogue_or_the_suggestions(query: str, cast: Any) -> None:
    assert Client().get("/catalogue", {"q": query}).status_code == 200
    client = people.signed_in(cast.teacher)
    asked = {"point": query, "subject": "chinese"}
    assert client.get("/make/points", asked).status_code == 200


# Reach


@pytest.mark.parametrize("reach", ["school", "county", "city"])
def test_the_filter_of_lists_and_the_rule_on_values_are_the_same_decision(
    reach: str, cast: Any, lesson: Lesson
) -> None:
    put(lesson, reach=reach)
    here, there = cast.county.id, cast.county.id + 1
    for standing in (
        Standing(),
        Standing(frozenset({here}), frozenset({cast.school.id})),
        Standing(frozenset({here}), frozenset({cast.far_school.id})),
        Standing(frozenset({there}), frozenset({cast.school.id})),
        Standing(frozenset({there, here})),
    ):
        listed = Lesson.objects.filter(reaching(standing)).exists()
        assert listed == reaches(reach, cast.school.id, here, standing)
        put(lesson, state="withdrawn")
        assert not Lesson.objects.filter(reaching(standing)).exists()
        put(lesson, state="published")


@pytest.mark.parametrize(
    ("reach", "own", "far", "none"),
    [
        ("school", True, False, False),
        ("county", True, True, False),
        ("city", True, True, True),
    ],
)
def test_a_lesson_reaches_the_pupils_of_a_school(
    reach: str, own: bool, far: bool, none: bool, cast: Any, lesson: Lesson,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    put(lesson, reach=reach)
    for school, shown in ((cast.school.id, own), (cast.far_school.id, far), (0, none)):
        forget_all()
        with django_assert_max_num_queries(2 if school else 3):  # the site's city, once a minute
            assert lesson_reaches(lesson.id, school) is shown
    put(lesson, state="draft")
    assert not lesson_reaches(lesson.id, cast.school.id)
    assert not lesson_reaches(10**9, cast.school.id)


def test_a_guardian_stands_where_the_children_do_and_a_stranger_nowhere(cast: Any) -> None:
    assert standing_of(None) == Standing()
    child, mother = people.who(cast.pupil), people.who(cast.guardian)
    assert standing_of(mother) == standing_of(child)
    assert standing_of(child).schools == {cast.school.id}
    assert standing_of(people.who(cast.city_staff)) == Standing(cities=frozenset({cast.city.id}))


def test_another_citys_lessons_are_not_even_tried(cast: Any, lesson: Lesson) -> None:
    """Its unit lies behind the border: no list, no page, no file, whatever its reach says."""
    put(lesson, author_id=None)
    Unit.objects.filter(id=lesson.unit_id).update(city_id=cast.city.id + 999)
    who = people.who(cast.pupil)
    for reach in ("school", "county", "city"):
        put(lesson, reach=reach)
        assert lessons_of_grade(3, standing=standing_of(who)) == ()
        assert lesson_full(lesson.id, who) is None
        assert not lesson_reaches(lesson.id, cast.school.id)
        assert not media_may(f"/media/lessons/{lesson.id}/7/poster.jpg", who)
    assert lesson_full(lesson.id, None) is None
    assert lesson_search("观潮") == ()


def test_what_was_taken_back_lately_is_remembered_for_a_while(lesson: Lesson) -> None:
    put(lesson, state="withdrawn", withdrawn_at=now())
    shown_again = makers.lesson()
    put(shown_again, withdrawn_at=now())
    forget_all()
    assert lessons_gone() == {lesson.id}
    put(lesson, withdrawn_at=now() - GONE_SPAN - timedelta(seconds=1))
    assert lessons_gone() == {lesson.id}, "kept for two seconds"
    forget_all()
    assert lessons_gone() == frozenset()


# One lesson


def test_a_whole_lesson_holds_what_is_ready_and_shown_and_nothing_else(
    cast: Any, lesson: Lesson
) -> None:
    film = file(lesson, bytes=900, file="download/f.mp4")
    put(lesson, video=film, download_allowed=True)
    Rung.objects.create(asset=film, height=720, ready_at=now(), top=True)
    Rung.objects.create(asset=film, height=360, ready_at=now(), file_bytes=50)
    Rung.objects.create(asset=film, height=240)
    for language, extra in (("zh", {}), ("en", {}), ("zh", {"file": "captions.vtt"})):
        file(lesson, "captions", language=language, **{"file": "old.vtt", **extra})
    file(lesson, "captions", language="en", shown=False)
    file(lesson, "courseware", pictures=2, pages=3, bytes=7, file="download/c.pdf")
    file(lesson, "courseware", state="preparing")
    for at, title in ((30, "后"), (0, "先")):
        Chapter.objects.create(lesson=lesson, at_second=at, title=title)
    full = lesson_full(lesson.id, people.who(cast.pupil))
    assert full is not None
    where = f"/media/lessons/{lesson.id}/{film.id}"
    assert (full.playlist, full.download) == (f"{where}/master.m3u8", f"{where}/download/f.mp4")
    assert full.download_phone == f"{where}/download/lesson-{lesson.id}-phone.mp4"
    assert (full.heights, full.download_bytes) == ((720, 360), 900)
    assert [(t.language, t.url.rpartition("/")[2]) for t in full.tracks] == [
        ("zh", "captions.vtt"), ("en", "old.vtt"),
    ]  # fmt: skip
    assert [mark.title for mark in full.chapters] == ["先", "后"]
    [paper] = full.courseware
    assert (len(paper.pictures), paper.pages, paper.bytes) == (2, 3, 7)
    put(lesson, download_allowed=False)
    closed = lesson_full(lesson.id, people.who(cast.pupil))
    assert closed is not None
    assert (closed.download, closed.download_phone, closed.download_bytes) == ("", "", 0)
    assert closed.courseware[0].url == ""
    assert closed.courseware[0].pictures == paper.pictures, "looking is always allowed"


@pytest.mark.parametrize("count", [5, 50])
def test_many_whole_lessons_cost_five_queries(
    count: int, cast: Any, django_assert_max_num_queries: Any
) -> None:
    unit, who = makers.unit(), people.who(cast.city_staff)
    rows = [makers.lesson(unit=unit, title=f"课{n}") for n in range(count)]
    for row in rows:
        Rung.objects.create(asset=file(row), height=360, ready_at=now())
    hidden = makers.lesson(published=False)
    with django_assert_max_num_queries(6):
        found = lessons_full([*(row.id for row in rows), hidden.id], who)
    assert set(found) == {row.id for row in rows}


def test_help_is_nothing_without_an_invitation_or_without_the_right(
    cast: Any, lesson: Lesson
) -> None:
    assert help_of(None, lesson) == ""
    assert help_of(people.who(cast.teacher), lesson) == "author"
    assert help_of(people.who(cast.other_teacher), lesson) == ""
    lesson.helps = "editor"  # type: ignore[attr-defined]
    assert help_of(people.who(cast.other_teacher), lesson) == "editor"
    assert help_of(people.who(cast.pupil), lesson) == ""


def test_a_new_lesson_belongs_where_its_author_works_or_to_the_city(cast: Any) -> None:
    assert author_place(people.who(cast.teacher)).school == cast.school.id
    nobody = Who(7, "无职", Kind.STAFF, ())
    assert author_place(nobody) == Place(city=cast.city.id, person=7)
    far = Who(7, "外", Kind.STAFF, (Grant(Role.TEACHER, Place(school=9)),))
    assert author_place(far).school == 9


def test_a_hidden_lesson_of_a_county_opens_by_its_address_in_the_countys_words(
    cast: Any, lesson: Lesson
) -> None:
    CountyPage.objects.create(
        county_id=cast.county.id, kind="lesson", object_id=lesson.id, hidden=True,
        words={"title": "县里的潮", "edition": "人教版"},
    )  # fmt: skip
    who = people.who(cast.pupil)
    full, plain = lesson_full(lesson.id, who), lesson_full(lesson.id, who, plain=True)
    assert full is not None
    assert plain is not None
    assert (full.card.title, full.edition, full.card.local) == ("县里的潮", "人教版", True)
    assert (plain.card.title, plain.edition, plain.card.local) == ("观潮", "", False)
    assert lessons_of_grade(3, standing=standing_of(who)) == ()


# Questions


def test_questions_about_a_lesson_come_once_each_and_as_many_as_are_asked_for(
    lesson: Lesson,
) -> None:
    points = (makers.point("潮"), makers.point("浪"))
    lesson.points.add(*points)
    asked = [makers.question(points=points) for _ in range(4)]
    makers.question()
    assert [q.id for q in questions_for_lesson(lesson.id)] == [q.id for q in asked]
    assert len(questions_for_lesson(lesson.id, limit=2)) == 2
    views = question_views([asked[0].id, 10**9])
    assert list(views) == [asked[0].id]
    assert not {"key", "reasoning"} & set(vars(views[asked[0].id]))
    assert Question.objects.count() == 5


# The desk's files


def job(name: str, asset: Asset, state: str = "running", share: float = 0.5) -> Job:
    return Job.objects.create(
        name=name, key=f"{name}:{asset.id}", payload={}, state=state, share=share, due_at=now()
    )


def test_files_of_a_kind_come_newest_first_with_the_work_under_way(
    lesson: Lesson, django_assert_max_num_queries: Any
) -> None:
    old, new = file(lesson), file(lesson, state="preparing")
    file(lesson, state="examining")
    file(lesson, "courseware")
    file(lesson, work=False)
    job("library.convert", new)
    job("library.rungs", old, "failed")
    with django_assert_max_num_queries(3):
        lines = assets_of(lesson, "video")
    assert [(line.id, line.work, line.share) for line in lines] == [
        (new.id, "convert", 0.5), (old.id, "", 0.5),
    ]  # fmt: skip
    assert [line.reason for line in lines] == ["", "no-sizes"]
    assert [line.current for line in lines] == [False, True]


@pytest.mark.parametrize(
    ("state", "asset", "job_state", "shown", "stopped"),
    [
        ("growing", None, None, "growing", False),
        ("refused", None, None, "refused", False),
        ("whole", None, "running", "whole", False),
        ("whole", "examining", "running", "whole", False),
        ("whole", "examining", "failed", "refused", True),
        ("whole", None, "failed", "refused", True),
        ("whole", "ready", "done", None, False),
        ("whole", "ready", "failed", None, False),
    ],
)
def test_an_upload_is_shown_until_it_is_a_file_and_says_when_it_stopped(
    state: str, asset: str | None, job_state: str | None, shown: str | None, stopped: bool,
    cast: Any, lesson: Lesson,
) -> None:  # fmt: skip
    row = Upload.objects.create(
        lesson=lesson, person=cast.teacher, kind="video", name="课.mp4", size=9, key="k",
        state=state, asset=file(lesson, state=asset) if asset else None,
    )  # fmt: skip
    if job_state:
        key = f"library.publish:{row.id}"
        Job.objects.create(
            name="library.publish", key=key, payload={}, state=job_state, due_at=now()
        )
    lines = uploads_of(lesson, cast.teacher.id, "video")
    assert [line.state for line in lines] == ([shown] if shown else [])
    assert upload_stopped(row) is stopped
    assert uploads_of(lesson, cast.head.id, "video") == []
    assert uploads_of(lesson, cast.teacher.id, "captions") == []


@pytest.mark.parametrize(
    ("kind", "language", "kept"),
    [("video", "x" * 200, ""), ("courseware", "zh\0", ""), ("captions", "en", "en")],
)
def test_only_captions_keep_a_language(
    kind: str, language: str, kept: str, cast: Any, lesson: Lesson
) -> None:
    ending = {"video": "mp4", "courseware": "pdf", "captions": "vtt"}[kind]
    client = people.signed_in(cast.teacher)
    answer = tus.begin(client, lesson.id, f"课.{ending}", 90, kind=kind, language=language)
    assert answer.status_code == 201
    assert Upload.objects.get().language == kept


# Files for reviewers and colleagues


@pytest.fixture
def reviewers() -> Any:
    before = list(media_reads._also)
    yield media_also_from
    media_reads._also[:] = before


def test_what_is_reviewed_is_played_and_never_taken_home(
    cast: Any, lesson: Lesson, reviewers: Any
) -> None:
    put(lesson, state="draft", download_allowed=True)
    reader, other = people.who(cast.far_teacher), people.who(cast.far_head)
    reviewers(lambda number, asset, who: (number, asset, who.id) == (lesson.id, 7, reader.id))
    base = f"/media/lessons/{lesson.id}"
    assert media_may(f"{base}/7/master.m3u8", reader)
    assert not media_may(f"{base}/7/download/f.mp4", reader)
    assert not media_may(f"{base}/8/master.m3u8", reader)
    assert not media_may(f"{base}/7/master.m3u8", other)
    assert not media_may(f"{base}/7/master.m3u8", None)


def test_an_invited_colleague_plays_the_work_and_loses_it_with_the_invitation(
    cast: Any, lesson: Lesson
) -> None:
    put(lesson, state="draft")
    path = f"/media/lessons/{lesson.id}/{file(lesson).id}/master.m3u8"
    helper = people.who(cast.other_teacher)
    assert not media_may(path, helper)
    colleague_set(lesson.id, helper.id, Help.COMMENTER)
    assert media_may(path, helper)
    lesson.colleagues.all().delete()
    assert not media_may(path, helper)


def test_a_file_that_waits_for_the_publication_is_its_makers_alone(
    cast: Any, lesson: Lesson
) -> None:
    waiting = file(lesson, shown=False)
    for name in ("master.m3u8", "poster.jpg"):
        path = f"/media/lessons/{lesson.id}/{waiting.id}/{name}"
        assert not media_may(path, people.who(cast.pupil))
        assert not media_may(path, None)
        assert media_may(path, people.who(cast.teacher))
