"""The editor keeps what a teacher typed, says what it could not take, and overwrites nobody."""

from typing import Any

import pytest
from django.test import Client

from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.library.actions.lessons import NotYours, lesson_begin, unit_begin
from yunke.school.library.door import lesson_withdraw
from yunke.school.library.models import Asset, Chapter, Lesson, Point, Unit
from yunke.school.library.reads.making import draft_of
from yunke.school.library.tests import makers
from yunke.school.preparing.tests import makers as own
from yunke.school.preparing.tests.makers import key

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


@pytest.fixture
def client(cast: Any) -> Client:
    return people.signed_in(cast.teacher)


@pytest.fixture
def lesson(cast: Any) -> Lesson:
    row = own.lesson(cast.teacher, summary="简介")
    Chapter.objects.create(lesson=row, at_second=61.5, title="朗读")
    return row


def form(lesson: Lesson, **changes: Any) -> dict[str, Any]:
    return own.form(lesson, lesson.author, **changes)


def save(client: Client, lesson: Lesson, **changes: Any) -> Any:
    return client.post(f"/make/{lesson.id}", form(lesson, **changes))


def rows(*marks: tuple[str, str]) -> dict[str, list[str]]:
    return {
        "chapter_at": [at for at, _title in marks],
        "chapter_title": [title for _at, title in marks],
        "chapter_title_en": ["" for _mark in marks],
    }


# Refused, with everything that was typed


@pytest.mark.parametrize("at", ["半分钟", "1:75", "-3", "1:2:3:4", "<b>", "1;30"])
def test_a_time_that_is_none_comes_back_as_it_was_typed(at: str, client: Any, lesson: Any) -> None:
    answer = save(client, lesson, **rows(("0:00", "开头"), (at, "写了很久的名字")))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="写了很久的名字"' in shown
    assert 'value="开头"' in shown
    assert f'value="{at.replace("<", "&lt;").replace(">", "&gt;")}"' in shown
    assert [c.title for c in Chapter.objects.all()] == ["朗读"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"goals": "\n".join(f"目标{n}" for n in range(13))}, "学习目标最多 12 条"),
        ({"points": [f"点{n}" for n in range(21)]}, "知识点最多 20 个"),
        (rows(*[(f"{n}:00", f"章{n}") for n in range(61)]), "章节最多 60 个"),
        ({"title": ""}, "请写下课题"),
        ({"minutes": "0"}, "1 到 240"),
    ],
)
def test_what_is_too_much_is_said_and_not_cut_off(
    changes: dict[str, Any], said: str, client: Any, lesson: Any
) -> None:
    answer = save(client, lesson, summary_en="kept as typed", **changes)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert "kept as typed" in shown
    for text in [value for many in changes.values() if isinstance(many, list) for value in many]:
        assert text in shown
    lesson.refresh_from_db()
    assert (lesson.version, lesson.goals) == (1, ["读准字音"])


def test_the_same_in_english(client: Any, lesson: Any) -> None:
    client.cookies["yunke_language"] = "en"
    shown = save(client, lesson, points=[f"p{n}" for n in range(21)]).content.decode()
    assert "At most 20 knowledge points." in shown


def test_a_refused_save_may_be_sent_again_corrected_under_its_key(client: Any, lesson: Any) -> None:
    told = form(lesson, title="改好的", **rows(("x", "章")))
    assert client.post(f"/make/{lesson.id}", told).status_code == 422
    told["chapter_at"] = ["0:05"]
    assert client.post(f"/make/{lesson.id}", told).status_code == 303
    assert Chapter.objects.get().at_second == 5


def test_a_save_sent_twice_is_one_save(client: Any, lesson: Any) -> None:
    told = form(lesson, title="改好的")
    first, second = (client.post(f"/make/{lesson.id}", told) for _n in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    lesson.refresh_from_db()
    assert lesson.version == 2
    assert Event.objects.filter(verb="lesson.saved").count() == 1


def test_what_was_not_touched_is_saved_as_it_was(client: Any, lesson: Any) -> None:
    """The editor's own page sent back changes nothing: times with tenths, too."""
    shown = client.get(f"/make/{lesson.id}").content.decode()
    assert 'value="1:01.5"' in shown
    before = draft_of(lesson)
    save(client, lesson, summary_en="", **rows(("1:01.5", "朗读")))
    lesson.refresh_from_db()
    assert draft_of(lesson) == before


def test_words_are_shown_as_words(client: Any, lesson: Any) -> None:
    save(client, lesson, title="<script>1</script>", summary="</textarea><b>x")
    shown = client.get(f"/make/{lesson.id}").content.decode()
    assert "<script>1" not in shown
    assert "</textarea><b>" not in shown


# Units


def test_a_lesson_moves_to_the_end_of_another_unit(client: Any, lesson: Any) -> None:
    other = makers.unit(title="另一单元")
    makers.lesson(unit=other)
    last = makers.lesson(unit=other)
    assert save(client, lesson, unit=other.id).status_code == 303
    lesson.refresh_from_db()
    assert (lesson.unit_id, lesson.position) == (other.id, last.position + 1)


@pytest.mark.parametrize("unit", [404, 2**62])
def test_a_unit_that_is_none_is_not_found_and_nothing_is_saved(
    unit: int, client: Any, lesson: Any
) -> None:
    assert save(client, lesson, unit=unit, title="x").status_code == 404
    lesson.refresh_from_db()
    assert (lesson.title, lesson.version) == ("古诗三首", 1)


def test_another_citys_unit_is_none_of_ours(client: Any, lesson: Any, cast: Any) -> None:
    elsewhere = Unit.objects.create(
        city_id=lesson.unit.city_id + 1, grade=3, subject="chinese", position=1, title="外地"
    )
    assert save(client, lesson, unit=elsewhere.id).status_code == 404
    with pytest.raises(NotYours):
        lesson_begin(who=people.who(cast.teacher), unit_id=elsewhere.id, title="x")


def test_a_unit_of_the_same_name_is_the_same_unit(cast: Any) -> None:
    who = people.who(cast.teacher)
    first = unit_begin(who=who, grade=3, subject="maths", title="加法")
    assert (
        unit_begin(who=people.who(cast.far_teacher), grade=3, subject="maths", title="加法")
        == first
    )
    assert unit_begin(who=who, grade=4, subject="maths", title="加法") != first
    assert Event.objects.filter(object_kind="unit").count() == 2


def test_an_unknown_subject_in_the_address_still_gives_a_form_that_can_be_sent(
    client: Any,
) -> None:
    makers.city()
    shown = client.get("/make/new?subject=magic&grade=99").content.decode()
    assert 'name="subject" value="chinese"' in shown


# Points


def test_a_new_point_is_written_once_for_its_subject(client: Any, lesson: Any) -> None:
    other = own.lesson(lesson.author, unit=makers.unit(subject="maths"))
    save(client, lesson, points=["比较", "比较", " 比较 "])
    save(client, lesson, points=["比较"])
    save(client, other, points=["比较"])
    assert sorted(Point.objects.values_list("subject", flat=True)) == ["chinese", "maths"]
    assert lesson.points.get().subject == "chinese"


def test_taking_a_point_away_leaves_it_to_the_other_lessons(client: Any, lesson: Any) -> None:
    other = own.lesson(lesson.author)
    for row in (lesson, other):
        save(client, row, points=["朗读", "背诵"])
    save(client, lesson, points=["背诵"])
    assert draft_of(lesson).points == ("背诵",)
    assert set(draft_of(other).points) == {"朗读", "背诵"}


# Two at once


def test_a_clash_names_units_and_not_their_numbers(client: Any, lesson: Any) -> None:
    mine, theirs = makers.unit(title="我的单元"), makers.unit(title="他的单元")
    told = form(lesson, unit=mine.id)
    save(client, lesson, unit=theirs.id)
    answer = client.post(f"/make/{lesson.id}", told)
    assert answer.status_code == 409
    assert "我的单元" in answer.content.decode()
    assert "他的单元" in answer.content.decode()


def test_a_title_whose_words_changed_places_is_a_difference(client: Any, lesson: Any) -> None:
    told = form(lesson, title="乙、甲")
    save(client, lesson, title="甲、乙")
    answer = client.post(f"/make/{lesson.id}", told)
    assert answer.status_code == 409
    assert "甲、乙" in answer.content.decode()


def test_points_that_both_added_are_both_there(client: Any, lesson: Any) -> None:
    told = form(lesson, points=["乙", "甲"])
    save(client, lesson, points=["丙", "甲"])
    assert client.post(f"/make/{lesson.id}", told).status_code == 303
    assert draft_of(lesson).points == ("丙", "乙", "甲")


def test_the_clash_carries_every_chapter_and_point_of_mine(client: Any, lesson: Any) -> None:
    told = form(lesson, title="我改的", points=["我的点"], **rows(("0:07.5", "我的章")))
    save(client, lesson, title="别人改的")
    shown = client.post(f"/make/{lesson.id}", told).content.decode()
    for hidden in ('value="0:07.5"', 'value="我的章"', 'name="points" value="我的点"'):
        assert hidden in shown
    assert [c.title for c in Chapter.objects.all()] == ["朗读"]


# Withdrawn


def test_a_withdrawn_lesson_is_still_edited_and_published_again(client: Any, lesson: Any) -> None:
    Asset.objects.create(lesson=lesson, kind="courseware", title="课件", state="ready")
    Lesson.objects.update(state=Lesson.State.WITHDRAWN)
    shown = client.get(f"/make/{lesson.id}").content.decode()
    assert "已撤下" in shown
    assert save(client, lesson, title="改过再发").status_code == 303
    lesson.refresh_from_db()
    assert lesson.state == Lesson.State.WITHDRAWN
    assert (
        "改过再发" not in Client().get("/catalogue?q=改过再发").content.decode().split("</h2>")[1]
    )
    once = key()
    assert client.post(f"/make/{lesson.id}/publish", once).status_code == 303
    # To its own school at once; the city sees it again after a review.
    assert "/lesson/" not in Client().get("/catalogue?q=改过再发").content.decode()
    assert "/lesson/" in client.get("/catalogue?q=改过再发").content.decode()


def test_withdrawing_twice_is_one_event(cast: Any, lesson: Any) -> None:
    for _n in range(2):
        lesson_withdraw(who=people.who(cast.teacher), lesson_id=lesson.id)
    assert Event.objects.filter(verb="lesson.withdrawn").count() == 1


@pytest.mark.parametrize("kind", ["captions", "video"])
def test_captions_alone_or_a_film_in_the_making_are_nothing_to_publish(
    kind: str, client: Any, lesson: Any
) -> None:
    Asset.objects.create(lesson=lesson, kind=kind, title="x", state="preparing")
    once = key()
    assert client.post(f"/make/{lesson.id}/publish", once).status_code == 422
    assert not Event.objects.filter(verb="lesson.published").exists()
