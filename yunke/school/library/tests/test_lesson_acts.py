"""What is done to a lesson from its beginning to its withdrawal: once, told, and kept together."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Duty
from yunke.ground.people.tests import makers as people
from yunke.school.library.actions import lessons
from yunke.school.library.actions.files import asset_folder
from yunke.school.library.actions.lessons import (
    NotReady,
    NotYours,
    NoUnit,
    asset_remove,
    chapters_save,
    last_position,
    lesson_begin,
    lesson_publish,
    lesson_reach_set,
    lesson_take_back,
    lesson_withdraw,
    points_named,
    unit_begin,
    unit_taken,
)
from yunke.school.library.models import Asset, Lesson, Point, Unit, Upload
from yunke.school.library.reads.cards import lesson_search
from yunke.school.library.reads.reach import lessons_gone
from yunke.school.library.tests import makers
from yunke.school.library.values import ChapterMark, Draft, Reach

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def draft(cast: Any) -> Lesson:
    """A draft with a courseware to read."""
    row = makers.lesson(
        title="观潮", author=cast.teacher, published=False, school_id=cast.school.id,
        county_id=cast.county.id,
    )  # fmt: skip
    Asset.objects.create(lesson=row, kind="courseware", title="课件", state="ready", pages=3)
    return row


def fresh(lesson: Lesson) -> Lesson:
    lesson.refresh_from_db()
    return lesson


def told() -> list[tuple[str, str, int]]:
    return list(Event.objects.order_by("id").values_list("verb", "object_kind", "object_id"))


def audited() -> list[tuple[str, int, Any]]:
    rows = Entry.objects.filter(object_kind="lesson").order_by("seq")
    return [(row.act, row.object_id, row.detail.get("reach")) for row in rows]


# Beginning


def test_a_new_unit_comes_last_and_an_equal_title_is_the_same_unit(cast: Any) -> None:
    who = people.who(cast.teacher)
    first = unit_begin(who=who, grade=3, subject="maths", title="面积")
    second = unit_begin(who=who, grade=3, subject="maths", title="周长", title_en="Perimeter")
    again = unit_begin(who=who, grade=3, subject="maths", title="面积", title_en="Other")
    other = unit_begin(who=who, grade=4, subject="maths", title="面积")
    assert again == first
    assert len({first, second, other}) == 3
    assert [u.position for u in Unit.objects.filter(grade=3).order_by("id")] == [1, 2]
    assert told() == [("lesson.saved", "unit", number) for number in (first, second, other)]


def test_a_lesson_begins_as_a_draft_at_the_end_of_its_unit_where_its_author_works(
    cast: Any,
) -> None:
    unit = makers.unit()
    who = people.who(cast.teacher)
    numbers = [lesson_begin(who=who, unit_id=unit.id, title=f"第{n}课") for n in (1, 2)]
    rows = list(Lesson.objects.order_by("position"))
    assert [row.id for row in rows] == numbers
    assert [row.position for row in rows] == [1, 2]
    for row in rows:
        assert (row.state, row.reach, row.school_id) == ("draft", "school", cast.school.id)
        assert (row.author_id, row.author_name) == (cast.teacher.id, cast.teacher.name)
    assert [verb for verb, _kind, _id in told()] == ["lesson.saved", "lesson.saved"]
    assert lesson_search("第1课") == ()


def test_a_unit_that_is_none_or_another_citys_takes_no_lesson(cast: Any) -> None:
    foreign = Unit.objects.create(city_id=999, grade=3, subject="maths", position=1, title="外")
    for number in (0, foreign.id, 10**12):
        with pytest.raises(NotYours), transaction.atomic():
            lesson_begin(who=people.who(cast.teacher), unit_id=number, title="课")
    with pytest.raises(NoUnit):
        unit_taken(foreign.id, makers.city())
    assert not Lesson.objects.exists()
    assert told() == []


def test_the_last_place_of_a_unit_is_counted_from_its_lessons() -> None:
    unit = makers.unit()
    assert last_position(unit) == 0
    lesson = makers.lesson(unit=unit)
    assert last_position(unit) == lesson.position


def test_points_are_found_by_name_within_the_subject_and_written_once() -> None:
    known = Point.objects.create(code="a", subject="maths", name="分数")
    Point.objects.create(code="b", subject="chinese", name="小数")
    first = points_named("maths", ["分数", "小数", "分数"])
    assert [point.name for point in first] == ["分数", "小数"]
    assert first[0].id == known.id
    assert first[1].subject == "maths"
    assert [p.id for p in points_named("maths", ["小数", "分数"])] == [first[1].id, known.id]
    assert points_named("maths", []) == []
    assert Point.objects.count() == 3


def test_chapters_are_replaced_as_a_whole(draft: Lesson) -> None:
    for titles in (("一", "二", "三"), ("新",), ()):
        marks = tuple(ChapterMark(n * 10.0, title, "") for n, title in enumerate(titles))
        chapters_save(draft, Draft(draft.unit_id, "课", chapters=marks))
        found = draft.chapters.order_by("at_second").values_list("title", flat=True)
        assert tuple(found) == titles


# Showing


def test_publishing_shows_it_to_the_own_school_once_and_is_told_and_audited(
    cast: Any, draft: Lesson
) -> None:
    for _again in range(2):
        lesson_publish(who=people.who(cast.teacher), lesson_id=draft.id)
    assert (fresh(draft).state, draft.reach) == ("published", "school")
    assert told() == [("lesson.published", "lesson", draft.id)]
    assert audited() == [("lesson.published", draft.id, "school")]


def test_a_lesson_with_nothing_to_watch_or_read_is_not_shown(cast: Any, draft: Lesson) -> None:
    who = people.who(cast.teacher)
    for state in ("examining", "preparing", "refused"):
        Asset.objects.update(state=state)
        with pytest.raises(NotReady):
            lesson_publish(who=who, lesson_id=draft.id)
    Asset.objects.update(state="ready", kind="captions")
    with pytest.raises(NotReady):
        lesson_publish(who=who, lesson_id=draft.id)
    Asset.objects.update(kind="video")
    Lesson.objects.update(video=Asset.objects.get())
    lesson_publish(who=who, lesson_id=draft.id)
    assert fresh(draft).state == "published"


@pytest.mark.parametrize("reach", [Reach.COUNTY, Reach.CITY])
def test_a_new_version_of_what_others_see_needs_a_review(
    reach: Reach, cast: Any, draft: Lesson
) -> None:
    lesson_reach_set(who=people.who(cast.city_staff), lesson_id=draft.id, reach=reach)
    before = told()
    with pytest.raises(Refused) as refused:
        lesson_publish(who=people.who(cast.teacher), lesson_id=draft.id)
    assert refused.value.status == 422
    assert (fresh(draft).reach, told()) == (reach, before)


def test_a_lesson_that_was_taken_back_begins_anew_in_its_school(cast: Any, draft: Lesson) -> None:
    who = people.who(cast.teacher)
    lesson_reach_set(who=people.who(cast.city_staff), lesson_id=draft.id, reach=Reach.CITY)
    lesson_withdraw(who=who, lesson_id=draft.id)
    lesson_publish(who=who, lesson_id=draft.id)
    assert (fresh(draft).state, draft.reach, draft.withdrawn_at) == ("published", "school", None)


@pytest.mark.parametrize(
    ("state", "reach", "asked", "shown", "acts"),
    [
        ("draft", "school", Reach.COUNTY, "county", 1),
        ("published", "school", Reach.CITY, "city", 1),
        ("published", "city", Reach.COUNTY, "city", 0),
        ("published", "county", Reach.COUNTY, "county", 0),
        ("withdrawn", "city", Reach.COUNTY, "county", 1),
    ],
)
def test_a_review_never_shows_a_published_lesson_to_fewer(
    state: str, reach: str, asked: Reach, shown: str, acts: int, cast: Any, draft: Lesson
) -> None:
    Lesson.objects.filter(id=draft.id).update(state=state, reach=reach)
    lesson_reach_set(who=people.who(cast.city_staff), lesson_id=draft.id, reach=asked)
    assert (fresh(draft).state, draft.reach) == ("published", shown)
    assert len(told()) == len(audited()) == acts


def test_a_review_of_nothing_shows_nothing(cast: Any, draft: Lesson) -> None:
    who = people.who(cast.city_staff)
    with pytest.raises(NotYours):
        lesson_reach_set(who=who, lesson_id=10**9, reach=Reach.CITY)
    Asset.objects.all().delete()
    with pytest.raises(NotReady):
        lesson_reach_set(who=who, lesson_id=draft.id, reach=Reach.CITY)
    with pytest.raises(NotYours):
        lesson_take_back(who=who, lesson_id=10**9, reason="没有")
    assert told() == []


def test_the_act_its_event_and_its_audit_line_stand_or_fall_together(
    cast: Any, draft: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(**_line: Any) -> None:
        raise RuntimeError("the audit is not there")

    monkeypatch.setattr(lessons, "audit_record", refused)
    who = people.who(cast.teacher)
    with pytest.raises(RuntimeError):
        lesson_publish(who=who, lesson_id=draft.id)
    assert fresh(draft).state == "draft"
    assert told() == []
    assert lesson_search("观潮") == ()


# Taking back


def test_taking_back_is_told_once_with_its_reason_and_felt_at_once(
    cast: Any, draft: Lesson, django_capture_on_commit_callbacks: Any
) -> None:
    lesson_publish(who=people.who(cast.teacher), lesson_id=draft.id)
    assert lessons_gone() == frozenset()
    with django_capture_on_commit_callbacks(execute=True):
        for _again in range(2):
            lesson_take_back(who=people.who(cast.city_staff), lesson_id=draft.id, reason="有错字")
    assert fresh(draft).state == "withdrawn"
    assert draft.withdrawn_at is not None
    assert lessons_gone() == {draft.id}
    assert told()[1:] == [("lesson.withdrawn", "lesson", draft.id)]
    line = Entry.objects.get(act="lesson.withdrawn")
    assert (line.actor_id, line.reason, line.school_id) == (
        cast.city_staff.id, "有错字", cast.school.id,
    )  # fmt: skip


@pytest.mark.parametrize("act", [lesson_publish, lesson_withdraw])
def test_nobody_elses_lesson_is_shown_or_taken_back(act: Any, cast: Any, draft: Lesson) -> None:
    for somebody in (cast.pupil, cast.guardian, cast.other_teacher, cast.far_teacher, cast.admin):
        with pytest.raises(NotYours):
            act(who=people.who(somebody), lesson_id=draft.id)
    Duty.objects.filter(person=cast.city_staff).delete()
    with pytest.raises(NotYours):
        act(who=people.who(cast.city_staff), lesson_id=draft.id)
    assert (fresh(draft).state, told()) == ("draft", [])


# Throwing away


@pytest.mark.parametrize("state", ["preparing", "refused"])
def test_a_file_that_never_became_watchable_goes_with_its_upload_and_its_bytes(
    state: str, cast: Any, draft: Lesson, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    asset = Asset.objects.create(lesson=draft, kind="video", title="片", state=state)
    Upload.objects.create(
        lesson=draft, person=cast.teacher, kind="video", name="片.avi", size=9, key="k",
        asset=asset, state="whole",
    )  # fmt: skip
    folder = asset_folder(draft.id, asset.id)
    folder.mkdir(parents=True)
    with django_capture_on_commit_callbacks(execute=True):
        asset_remove(who=people.who(cast.teacher), lesson_id=draft.id, asset_id=asset.id)
    assert not folder.exists()
    assert not Asset.objects.filter(id=asset.id).exists()
    assert not Upload.objects.exists()
    assert told() == [("lesson.saved", "asset", asset.id)]


@pytest.mark.parametrize("state", ["ready", "examining"])
def test_a_file_that_others_may_name_is_not_thrown_away(
    state: str, cast: Any, draft: Lesson
) -> None:
    asset = Asset.objects.create(lesson=draft, kind="video", title="片", state=state)
    with pytest.raises(NotYours):
        asset_remove(who=people.who(cast.teacher), lesson_id=draft.id, asset_id=asset.id)
    assert Asset.objects.filter(id=asset.id).exists()
