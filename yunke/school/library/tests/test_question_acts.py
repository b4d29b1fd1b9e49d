"""Questions written, kept apart, shared, looked for: the actions and reads behind the pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.base.clock import now, today
from yunke.base.trouble import Refused
from yunke.craft.marking import items as m
from yunke.ground.lake.models import Event
from yunke.ground.people.models import Membership
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library.actions.apart import NOBODYS, questions_from_items, questions_share
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.actions.questions import (
    question_may_write,
    question_retire,
    question_row,
    question_write,
    questions_add,
    shelf_of,
)
from yunke.school.library.door import items_of
from yunke.school.library.models import Point, Question
from yunke.school.library.reads.finding import (
    newest_of,
    points_with_questions,
    question_lines,
    question_row_for,
    questions_find,
    questions_seen,
)
from yunke.school.library.rules.examples import example_items
from yunke.school.library.tests import makers
from yunke.school.library.values.questions import QuestionDraft, QuestionsAsked

pytestmark = pytest.mark.django_db
ITEMS = [item for item, _points in example_items()]


@pytest.fixture
def cast() -> Any:
    return people.cast(grade=3)


def draft(item: m.Item | None = None, **more: Any) -> QuestionDraft:
    told: dict[str, Any] = {"subject": "maths", "grade": 3, **more}
    return QuestionDraft(item=m.item_to_json(item or makers.item()), **told)


def found(somebody: Any, **asked: Any) -> list[int]:
    lines = questions_find(people.who(somebody), QuestionsAsked(**asked)).lines
    return [line.id for line in lines]


def test_each_kind_of_person_writes_on_the_own_shelf(cast: Any) -> None:
    county = people.staff(cast.county, Role.COUNTY_STAFF)
    shelves = {
        cast.teacher: cast.school.id, cast.head: cast.school.id,
        cast.far_teacher: cast.far_school.id, cast.city_staff: 0, county: 0,
    }  # fmt: skip
    assert {one: shelf_of(people.who(one)) for one in shelves} == shelves


def test_who_may_change_what(cast: Any) -> None:
    of_school = makers.written(cast.teacher, school_id=cast.school.id)
    of_all = makers.written(cast.city_staff)
    own_of_all = makers.written(cast.teacher)
    writers = {
        of_school: {cast.teacher, cast.head, cast.other_teacher},
        of_all: {cast.city_staff},
        own_of_all: {cast.teacher, cast.city_staff},
    }
    everybody = (
        cast.teacher, cast.head, cast.other_teacher, cast.far_teacher, cast.far_head,
        cast.city_staff, cast.pupil, cast.guardian, cast.admin,
    )  # fmt: skip
    for row, those in writers.items():
        may = {one for one in everybody if question_may_write(people.who(one), row)}
        assert may == those, row.school_id


def test_who_left_the_school_changes_nothing_and_sees_nothing_of_it(cast: Any) -> None:
    row = makers.written(cast.head, school_id=cast.school.id)
    assert row.id in found(cast.teacher)
    Membership.objects.filter(person=cast.teacher).update(until=today() - timedelta(days=2))
    assert found(cast.teacher) == []
    assert question_row_for(people.who(cast.teacher), row.id) is None
    with pytest.raises(NotYours):
        question_write(who=people.who(cast.teacher), draft=draft(), replaces_id=row.id)
    assert not Question.objects.filter(replaces=row).exists()


@pytest.mark.parametrize(
    "more",
    [
        {"subject": ""}, {"subject": "alchemy"}, {"grade": 13}, {"grade": -1},
        {"item": {}}, {"item": {"kind": "choice"}}, {"item": {"kind": "dance", "prompt": "x"}},
    ],
)  # fmt: skip
def test_a_refused_draft_leaves_the_old_question_as_it_was(cast: Any, more: Any) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    told = {"item": m.item_to_json(makers.item()), "subject": "maths", "grade": 3, **more}
    with pytest.raises(Refused) as no:
        question_write(
            who=people.who(cast.teacher), draft=QuestionDraft(**told), replaces_id=row.id
        )
    assert no.value.status == 422
    row.refresh_from_db()
    assert row.retired_at is None
    assert not Event.objects.exists()


@pytest.mark.parametrize("prompt", ["", "   ", "长" * 100_001])
def test_a_prompt_of_nothing_or_of_a_book_is_refused(cast: Any, prompt: str) -> None:
    with pytest.raises(Refused):
        question_write(who=people.who(cast.teacher), draft=draft(makers.item(prompt)))
    assert not Question.objects.exists()


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_every_kind_is_stored_and_marked_from_its_row(cast: Any, item: m.Item) -> None:
    number = question_write(who=people.who(cast.teacher), draft=draft(item, points=("甲", "乙")))
    row = Question.objects.get(id=number)
    assert (row.kind, row.author_id) == (item.kind.value, cast.teacher.id)
    assert items_of([number])[number].kind is item.kind
    assert set(row.item["knowledge"]) == set(row.points.values_list("code", flat=True))
    assert len(row.item["knowledge"]) == 2
    assert question_lines(people.who(cast.teacher), [number])[0].points == ("甲", "乙")


@pytest.mark.parametrize(
    ("key", "old"),
    [
        (m.NumberKey("12.5"), ["12.5"]), (m.TrueFalseKey(True), []), (m.ShortTextKey(("水",)), []),
        (m.ChoiceKey((m.Choice("A", "1"), m.Choice("B", "2")), "B"), ["B"]),
        (m.MultipleKey((m.Choice("A", "1"), m.Choice("B", "2")), ("A", "B")), ["A", "B"]),
    ],
)  # fmt: skip
def test_tasks_in_films_read_the_key_from_the_row(key: m.Key, old: list[str]) -> None:
    item = makers.item(key=key)
    row = question_row(draft(item), item)
    assert row.key == old
    assert [one["id"] for one in row.options] == [o.id for o in getattr(key, "options", ())]


def test_a_change_keeps_the_shelf_the_origin_and_the_author_of_the_change(cast: Any) -> None:
    row = makers.written(cast.head, school_id=cast.school.id, origin="一本练习册")
    number = question_write(who=people.who(cast.teacher), draft=draft(), replaces_id=row.id)
    new = Question.objects.get(id=number)
    assert (new.school_id, new.origin, new.author_id) == (
        cast.school.id, "一本练习册", cast.teacher.id,
    )  # fmt: skip
    with pytest.raises(Refused) as no:
        question_write(who=people.who(cast.teacher), draft=draft(), replaces_id=row.id)
    assert no.value.status == 409
    assert newest_of([row.id, number]) == {row.id: number}


def test_retiring_twice_is_one_event(cast: Any) -> None:
    row = makers.written(cast.teacher, school_id=cast.school.id)
    for _ in range(2):
        question_retire(who=people.who(cast.teacher), question_id=row.id)
    assert Event.objects.filter(verb="question.retired").count() == 1
    assert found(cast.teacher) == []
    assert found(cast.teacher, retired=True) == [row.id]
    for _ in range(2):
        question_retire(who=people.who(cast.teacher), question_id=row.id, back=True)
    assert Event.objects.filter(object_kind="question").count() == 2
    with pytest.raises(NotYours):
        question_retire(who=people.who(cast.far_teacher), question_id=row.id)
    with pytest.raises(NotYours):
        question_retire(who=people.who(cast.teacher), question_id=10**9)


def test_what_was_kept_apart_is_found_by_nobody_until_it_is_shared(cast: Any) -> None:
    Point.objects.create(code="kp-1", subject="maths", name="退位减法")
    told = [m.item_to_json(makers.item("秘密题")) | {"knowledge": ["kp-1", "kp-1", "none"]}]
    for _ in range(2):
        ids = questions_from_items(
            told, codes=["exam-1-1"], subject="maths", grade=3, origin="exam-1"
        )
    row = Question.objects.get()
    assert (ids, row.school_id) == ([row.id], NOBODYS)
    assert list(row.points.values_list("code", flat=True)) == ["kp-1"]
    for somebody in (cast.teacher, cast.head):
        assert found(somebody) == found(somebody, retired=True) == []
        assert question_row_for(people.who(somebody), row.id) is None
    assert questions_share([row.id], origin="exam-2", school_id=1, author_id=0) == 0
    shared = {"origin": "exam-1", "school_id": cast.school.id, "author_id": cast.teacher.id}
    assert questions_share([row.id], **shared) == 1
    assert questions_share([row.id], **shared) == 0
    assert found(cast.head) == [row.id]
    assert found(cast.far_teacher) == []
    assert questions_from_items([], codes=[], subject="maths", grade=3, origin="x") == []


def test_a_question_that_is_there_is_not_written_over() -> None:
    one = draft(makers.item("第一版"), code="bank-1")
    first = questions_add(0, 0, [one])
    again = questions_add(0, 0, [draft(makers.item("第二版"), code="bank-1")])
    assert again == first
    assert Question.objects.get().stem == "第一版"
    assert questions_add(0, 0, []) == {}


def test_one_bad_question_keeps_the_whole_batch_out() -> None:
    with pytest.raises(Refused):
        questions_add(0, 0, [draft(code="a"), draft(code="b", subject="alchemy")])
    assert not Question.objects.exists()


def test_points_by_code_are_not_made_up() -> None:
    Point.objects.create(code="kp-7", subject="maths", name="分数")
    questions_add(0, 0, [draft(code="a", points=("kp-7",))], named=False)
    assert list(Question.objects.get().points.values_list("name", flat=True)) == ["分数"]
    assert Point.objects.count() == 1


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 4), ({"subject": "maths"}, 3), ({"subject": "chinese"}, 1), ({"grade": 4}, 1),
        ({"kind": "number"}, 1), ({"marked": True}, 3), ({"words": "苹果"}, 2),
        ({"words": "苹果 几个"}, 1), ({"words": "%"}, 0), ({"words": "_"}, 0), ({"own": True}, 2),
        ({"own": True, "grade": 4}, 0), ({"point": 10**9}, 0), ({"retired": True}, 0),
    ],
)  # fmt: skip
def test_each_filter_narrows(cast: Any, asked: dict[str, Any], count: int) -> None:
    own, all_ = cast.teacher, cast.city_staff
    makers.written(own, makers.item("苹果有几个"), school_id=cast.school.id)
    makers.written(own, makers.item("苹果多重", m.NumberKey("3")), school_id=cast.school.id)
    makers.written(all_, makers.item("写一段话", m.LongTextKey()), subject="chinese")
    makers.written(all_, grade=4)
    makers.written(cast.far_teacher, makers.item("苹果"), school_id=cast.far_school.id)
    assert len(found(own, **asked)) == count


def test_lines_come_in_the_order_asked_and_none_that_is_not_seen(cast: Any) -> None:
    rows = [makers.written(cast.teacher, school_id=cast.school.id) for _ in range(3)]
    foreign = makers.written(cast.far_teacher, school_id=cast.far_school.id)
    wanted = [rows[2].id, foreign.id, rows[0].id, rows[2].id, 10**9]
    lines = question_lines(people.who(cast.teacher), wanted)
    assert [one.id for one in lines] == [rows[2].id, rows[0].id]
    assert not questions_seen(people.who(cast.pupil)).exclude(school_id=0).exists()


def test_points_of_other_grades_and_retired_questions_are_no_filter(cast: Any) -> None:
    makers.written(cast.teacher, points=("甲",), grade=3)
    makers.written(cast.teacher, points=("乙",), grade=5)
    gone = makers.written(cast.teacher, points=("丙",), grade=3)
    Question.objects.filter(id=gone.id).update(retired_at=now())
    assert [one.name for one in points_with_questions("maths", 3)] == ["甲"]
    assert {one.name for one in points_with_questions("maths", 0)} == {"甲", "乙"}
    assert points_with_questions("chinese", 3) == []


def test_writing_many_costs_by_the_batch() -> None:
    makers.written(points=("甲",))
    costs = []
    for count in (5, 50):
        drafts = [draft(code=f"n{count}-{n}", points=("甲",)) for n in range(count)]
        with CaptureQueriesContext(connection) as told:
            questions_add(0, 0, drafts)
        costs.append(len(told))
    assert abs(costs[0] - costs[1]) <= 2, costs
