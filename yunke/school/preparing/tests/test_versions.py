"""Every save leaves a version; pupils keep what was published; nothing is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from yunke.base.clock import now
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.school.library.door import Help, NotYours, lesson_full, media_may
from yunke.school.library.models import Lesson, Upload
from yunke.school.library.reads.making import draft_of
from yunke.school.preparing.actions.save import NoVersion, version_restore
from yunke.school.preparing.door import (
    credits_of,
    version_now,
    version_publish,
    version_shown,
)
from yunke.school.preparing.models import Version
from yunke.school.preparing.reads.history import compared, content_numbered, goals_written
from yunke.school.preparing.rules import Clash
from yunke.school.preparing.tests import makers
from yunke.school.preparing.tests.makers import key, people
from yunke.school.preparing.values import Part

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    made = makers.lesson(cast.teacher)
    makers.invite(made, cast.other_teacher)
    return made


def numbers(of: Lesson) -> list[int]:
    rows = Version.objects.filter(lesson=of).order_by("number")
    return list(rows.values_list("number", flat=True))


def test_saves_in_a_row_are_one_version_and_somebody_elses_is_another(
    cast: Any, lesson: Any
) -> None:
    for title in ("一稿", "二稿", "三稿"):
        makers.save(lesson, cast.teacher, title=title)
    makers.save(lesson, cast.other_teacher, summary="简介")
    makers.save(lesson, cast.teacher, title="四稿")
    assert numbers(lesson) == [1, 2, 3, 4]
    rows = list(Version.objects.order_by("number"))
    assert [row.content["title"] for row in rows] == ["古诗三首", "三稿", "三稿", "四稿"]
    assert [row.fields for row in rows] == [[], ["title"], ["summary"], ["title"]]
    assert [row.saves for row in rows] == [1, 3, 1, 1]
    assert Event.objects.filter(verb="lesson.saved", object_kind="lesson").count() == 3


def test_after_ten_minutes_a_save_is_a_version_of_its_own(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    Version.objects.update(made_at=now() - timedelta(minutes=11))
    makers.save(lesson, cast.teacher, title="二稿")
    assert numbers(lesson) == [1, 2, 3]


def test_a_save_that_changes_nothing_makes_no_version(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    makers.save(lesson, cast.teacher)
    makers.save(lesson, cast.other_teacher)
    assert numbers(lesson) == [1, 2]


def test_different_fields_at_once_are_both_saved(cast: Any, lesson: Any) -> None:
    was = makers.content(lesson, cast.teacher)
    makers.save(lesson, cast.other_teacher, was=was, summary="同事写的")
    saved = makers.save(lesson, cast.teacher, was=was, title="我写的")
    assert saved.merged == ("summary",)
    lesson.refresh_from_db()
    assert (lesson.title, lesson.summary) == ("我写的", "同事写的")


def test_the_same_field_at_once_is_written_by_nobody_twice(cast: Any, lesson: Any) -> None:
    was = makers.content(lesson, cast.teacher)
    makers.save(lesson, cast.other_teacher, was=was, title="他的")
    with pytest.raises(Clash) as clash:
        makers.save(lesson, cast.teacher, was=was, title="我的", summary="也是我的")
    assert clash.value.fields == ("title",)
    assert (clash.value.kept.title, clash.value.mine.title) == ("他的", "我的")
    assert clash.value.mine.summary == "也是我的"
    lesson.refresh_from_db()
    assert (lesson.title, lesson.summary) == ("他的", "")


# What pupils see


def publish(cast: Any, lesson: Lesson) -> Client:
    makers.file(lesson)
    client = people.signed_in(cast.teacher)
    assert client.post(f"/make/{lesson.id}/publish", key()).status_code == 303
    lesson.refresh_from_db()
    return client


def test_pupils_keep_the_published_version_until_the_next(cast: Any, lesson: Any) -> None:
    client = publish(cast, lesson)
    makers.save(lesson, cast.teacher, title="改了一半", goals=("半句",), points=("新点",))
    pupil = people.who(cast.pupil)
    shown = lesson_full(lesson.id, pupil)
    assert shown is not None
    assert (shown.card.title, shown.goals, shown.points) == ("古诗三首", ("读准字音",), ())
    assert "改了一半" in client.get(f"/make/{lesson.id}").content.decode()
    assert "有没发布的修改" in client.get("/make").content.decode()
    client.post(f"/make/{lesson.id}/publish", key())
    shown = lesson_full(lesson.id, pupil)
    assert shown is not None
    assert (shown.card.title, shown.goals, shown.points) == ("改了一半", ("半句",), ("新点",))
    assert "有没发布的修改" not in client.get("/make").content.decode()


def test_a_new_file_of_a_published_lesson_is_for_its_makers_first(cast: Any, lesson: Any) -> None:
    client = publish(cast, lesson)
    new = makers.file(lesson, title="新课件")
    path = f"/media/lessons/{lesson.id}/{new.id}/page-001.jpg"
    assert not media_may(path, people.who(cast.pupil))
    assert media_may(path, people.who(cast.other_teacher))
    assert not media_may(path, people.who(cast.far_teacher))
    full = lesson_full(lesson.id, people.who(cast.pupil))
    assert full is not None
    assert [file.title for file in full.courseware] == ["courseware"]
    client.post(f"/make/{lesson.id}/publish", key())
    assert media_may(path, people.who(cast.pupil))


def test_taking_a_file_out_keeps_it_with_pupils_until_published(cast: Any, lesson: Any) -> None:
    client = publish(cast, lesson)
    old = lesson.assets.get()
    makers.file(lesson, title="新课件")
    client.post(f"/make/{lesson.id}/files/{old.id}/remove", key())
    path = f"/media/lessons/{lesson.id}/{old.id}/page-001.jpg"
    assert media_may(path, people.who(cast.pupil))
    client.post(f"/make/{lesson.id}/publish", key())
    assert not media_may(path, people.who(cast.pupil))
    assert media_may(path, people.who(cast.teacher))


def test_a_lesson_taken_back_goes_on_from_the_work(cast: Any, lesson: Any) -> None:
    client = publish(cast, lesson)
    makers.save(lesson, cast.teacher, title="改了一半")
    client.post(f"/make/{lesson.id}/withdraw", key())
    lesson.refresh_from_db()
    assert (lesson.state, lesson.title) == (Lesson.State.WITHDRAWN, "改了一半")


def test_what_was_submitted_is_published_and_not_what_came_after(cast: Any, lesson: Any) -> None:
    publish(cast, lesson)
    makers.save(lesson, cast.teacher, title="送审的")
    version = version_now(lesson.id)
    makers.save(lesson, cast.teacher, title="送审以后的")
    assert version_publish(version) == lesson.id
    lesson.refresh_from_db()
    assert lesson.title == "送审的"
    assert makers.content(lesson, cast.teacher).title == "送审以后的"
    shown = version_shown(version)
    assert shown is not None
    assert (shown.content.title, [f.title for f in shown.files]) == ("送审的", ["courseware"])
    assert version_shown(404) is None


def test_publishing_leaves_an_audit_line(cast: Any, lesson: Any) -> None:
    publish(cast, lesson)
    entry = Entry.objects.get(act="lesson.published")
    assert (entry.actor_id, entry.object_id) == (cast.teacher.id, lesson.id)


# Coming back


def test_a_version_comes_back_as_a_new_one_with_its_files(cast: Any, lesson: Any) -> None:
    first = makers.file(lesson, title="旧课件")
    makers.save(lesson, cast.teacher, title="一稿", goals=("甲", "乙"))
    client = people.signed_in(cast.teacher)
    client.post(f"/make/{lesson.id}/files/{first.id}/remove", key())
    makers.file(lesson, title="新课件")
    makers.save(lesson, cast.other_teacher, title="二稿", goals=())
    kept = numbers(lesson)
    number = 2
    answer = client.post(f"/make/{lesson.id}/versions/{number}/restore", key())
    assert answer.status_code == 303
    back = Version.objects.order_by("-number").first()
    assert back is not None
    assert (back.number, back.restored) == (kept[-1] + 1, number)
    lesson.refresh_from_db()
    assert lesson.title == back.content["title"]
    first.refresh_from_db()
    assert first.work == (first.id in back.content["files"])
    assert set(kept) < set(numbers(lesson))


def test_restoring_what_is_there_does_nothing(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    who = people.who(cast.teacher)
    assert version_restore(who=who, lesson_id=lesson.id, number=2) == 2
    with pytest.raises(NoVersion):
        version_restore(who=who, lesson_id=lesson.id, number=99)
    with pytest.raises(NotYours):
        version_restore(who=people.who(cast.far_teacher), lesson_id=lesson.id, number=1)


def test_a_named_version_is_kept_as_it_is(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    client = people.signed_in(cast.teacher)
    assert (
        client.post(f"/make/{lesson.id}/versions/2/label", key() | {"label": "试讲前"}).status_code
        == 303
    )
    makers.save(lesson, cast.teacher, title="二稿")
    assert Version.objects.get(number=2).content["title"] == "一稿"
    assert "试讲前" in client.get(f"/make/{lesson.id}/versions").content.decode()


# Beside each other


def test_two_versions_beside_each_other_show_what_differs(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="古诗两首", goals=("读准字音", "会背"))
    makers.file(lesson, title="课件甲")
    makers.save(lesson, cast.other_teacher, summary="新简介")
    contents = content_numbered(lesson.id, [1, numbers(lesson)[-1]])
    fields = {d.field: d for d in compared(contents[1], contents[numbers(lesson)[-1]])}
    assert set(fields) == {"title", "goals", "summary", "files"}
    assert "".join(p.text for p in fields["title"].pieces if p.kind != "gone") == "古诗两首"
    assert [(r.kind, r.text) for r in fields["goals"].rows] == [
        ("same", "读准字音"), ("new", "会背"),
    ]  # fmt: skip
    assert [file.title for file in fields["files"].came] == ["课件甲"]
    shown = people.signed_in(cast.teacher).get(f"/make/{lesson.id}/compare?from=1").content.decode()
    assert "<ins>两</ins>" in shown
    assert "课件甲" in shown


def test_each_goal_knows_who_wrote_it_and_how_it_read_before(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.other_teacher, goals=("读准难字的字音", "会背"))
    makers.save(lesson, cast.teacher, goals=("读准难字的字音", "会背", "会写"))
    told = goals_written(lesson.id, ("读准难字的字音", "会背", "会写"))
    assert [line.name for line in told] == ["隔壁老师", "隔壁老师", "任课老师"]
    assert [line.before for line in told] == ["读准字音", "", ""]


def test_credits_are_counted_from_the_versions(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.other_teacher, goals=("甲",))
    makers.save(lesson, cast.teacher, summary="简介")
    author, helper = credits_of([lesson.id])[lesson.id]
    assert (author.name, author.parts) == ("任课老师", (Part.AUTHOR, Part.WORDS))
    assert (helper.name, helper.parts) == ("隔壁老师", (Part.GOALS,))
    publish(cast, lesson)
    assert lesson.makers == 2
    makers.invite(lesson, cast.far_teacher)
    makers.save(lesson, cast.far_teacher, goals=("丁",))
    assert people.signed_in(cast.far_teacher).get(f"/make/{lesson.id}/people").status_code == 200
    assert len(credits_of([lesson.id])[lesson.id]) == 2
    assert credits_of([404]) == {}


def test_the_row_of_an_unpublished_lesson_follows_the_work(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.other_teacher, title="新名", points=("点",), minutes=33)
    lesson.refresh_from_db()
    assert (lesson.title, lesson.minutes, lesson.version) == ("新名", 33, 2)
    assert draft_of(lesson).points == ("点",)


def test_a_commenter_saves_nothing(cast: Any, lesson: Any) -> None:
    makers.invite(lesson, cast.far_teacher, Help.COMMENTER)
    with pytest.raises(NotYours):
        makers.save(lesson, cast.far_teacher, title="改掉")
    client = people.signed_in(cast.far_teacher)
    for way in ("/publish", "/withdraw", "/versions/1/restore", "/versions/1/label"):
        assert client.post(f"/make/{lesson.id}{way}", key()).status_code == 404
    assert client.get(f"/make/{lesson.id}").status_code == 200


def test_a_new_film_brings_its_minutes_and_those_written_later_stay(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="还没有片")
    makers.file(lesson, "video", seconds=600)
    makers.save(lesson, cast.teacher, title="有片了")
    assert makers.content(lesson, cast.teacher).minutes == 10
    makers.save(lesson, cast.teacher, minutes=25)
    makers.save(lesson, cast.teacher, title="再改")
    assert makers.content(lesson, cast.teacher).minutes == 25


def test_a_file_is_its_uploaders_version(cast: Any, lesson: Any) -> None:
    makers.save(lesson, cast.teacher, title="一稿")
    file = makers.file(lesson, title="同事的课件")
    Upload.objects.create(
        lesson=lesson, person=cast.other_teacher, kind="courseware", name="a.pdf", size=9,
        key="k1", state="whole", asset=file,
    )  # fmt: skip
    makers.save(lesson, cast.teacher, title="二稿")
    by = dict(Version.objects.values_list("number", "made_by_id"))
    assert Version.objects.get(number=3).fields == ["files"]
    assert by[3] == cast.other_teacher.id
