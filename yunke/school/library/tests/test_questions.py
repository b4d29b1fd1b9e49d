"""Questions written, replaced, retired, found: by those who may."""

from typing import Any

import pytest

from yunke.base.trouble import Refused
from yunke.craft.marking import items as m
from yunke.craft.marking.marks import mark
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.ground.people.values import Role
from yunke.school.library.actions.lessons import NotYours
from yunke.school.library.actions.questions import (
    question_retire,
    question_write,
    questions_add,
)
from yunke.school.library.door import asked_of, items_of, solved_of
from yunke.school.library.models import Question
from yunke.school.library.reads.finding import (
    newest_of,
    points_with_questions,
    question_lines,
    questions_find,
)
from yunke.school.library.reads.items import questions_for_lesson
from yunke.school.library.tests import makers
from yunke.school.library.values.questions import QuestionDraft, QuestionsAsked

pytestmark = pytest.mark.django_db


class Town:
    """A school with two teachers, another school with one, and the offices above."""

    def __init__(self) -> None:
        self.city = people.org("city", "云州市")
        self.county = people.org("county", "望溪县", self.city)
        self.school = people.org("school", "一小", self.county)
        other = people.org("school", "二小", self.county)
        own, far = people.school_class(self.school, grade=3), people.school_class(other, grade=3)
        self.teacher, self.colleague = people.teacher(own), people.teacher(own)
        self.stranger = people.teacher(far)
        self.pupil = people.pupil(own)
        self.staff = people.staff(self.city, Role.CITY_STAFF)


@pytest.fixture
def town() -> Town:
    return Town()


def who(somebody: Any) -> Any:
    return people.who(somebody)


def draft(**more: Any) -> QuestionDraft:
    told = {"subject": "maths", "grade": 3, **more}
    return QuestionDraft(item=m.item_to_json(makers.item()), **told)


def write(somebody: Any, replaces: int = 0, **more: Any) -> int:
    return question_write(who=who(somebody), draft=draft(**more), replaces_id=replaces)


def find(somebody: Any, **asked: Any) -> list[int]:
    found = questions_find(who(somebody), QuestionsAsked(**asked))
    return [line.id for line in found.lines]


# Writing


def test_a_teachers_question_lies_on_the_shelf_of_the_school(town: Town) -> None:
    row = Question.objects.get(id=write(town.teacher, points=("退位减法",)))
    assert (row.school_id, row.author_id, row.kind) == (town.school.id, town.teacher.id, "choice")
    assert [point.name for point in row.points.all()] == ["退位减法"]
    assert row.item["knowledge"] == [point.code for point in row.points.all()]
    event = Event.objects.get(verb="question.written")
    assert (event.actor_id, event.object_id) == (town.teacher.id, row.id)


def test_an_offices_question_is_for_everybody(town: Town) -> None:
    number = write(town.staff)
    assert Question.objects.get(id=number).school_id == 0
    assert number in find(town.stranger)


def test_a_changed_question_replaces_the_old_one_and_leaves_it_as_it_was(town: Town) -> None:
    first = write(town.teacher)
    before = Question.objects.values("stem", "item").get(id=first)
    second = write(town.colleague, replaces=first)
    assert Question.objects.values("stem", "item").get(id=first) == before
    assert find(town.teacher) == [second]
    assert find(town.teacher, retired=True) == [first]
    assert newest_of([first, second]) == {first: second}
    with pytest.raises(Refused):
        write(town.teacher, replaces=first)


def test_a_chain_of_versions_leads_to_the_newest(town: Town) -> None:
    first = write(town.teacher)
    last = first
    for _again in range(3):
        last = write(town.teacher, replaces=last)
    assert newest_of([first]) == {first: last}


@pytest.mark.parametrize("whose", ["stranger", "pupil"])
def test_nobody_else_changes_or_retires_it(town: Town, whose: str) -> None:
    number, somebody = write(town.teacher), getattr(town, whose)
    with pytest.raises(NotYours):
        write(somebody, replaces=number)
    with pytest.raises(NotYours):
        question_retire(who=who(somebody), question_id=number)
    assert Question.objects.get(id=number).retired_at is None


def test_what_is_for_everybody_is_the_offices_to_change(town: Town) -> None:
    number = write(town.staff)
    with pytest.raises(NotYours):
        write(town.teacher, replaces=number)
    assert write(town.staff, replaces=number)


def test_a_retired_question_comes_back_unless_it_was_replaced(town: Town) -> None:
    number = write(town.teacher)
    question_retire(who=who(town.teacher), question_id=number)
    question_retire(who=who(town.teacher), question_id=number)
    assert find(town.teacher) == []
    question_retire(who=who(town.teacher), question_id=number, back=True)
    assert find(town.teacher) == [number]
    write(town.teacher, replaces=number)
    with pytest.raises(Refused):
        question_retire(who=who(town.teacher), question_id=number, back=True)


@pytest.mark.parametrize(
    "more", [{"subject": "magic"}, {"grade": 99}, {"item": {"kind": "choice"}}]
)
def test_what_is_no_question_is_refused(town: Town, more: Any) -> None:
    told = {"item": m.item_to_json(makers.item()), "subject": "maths", "grade": 3, **more}
    with pytest.raises(Refused):
        question_write(who=who(town.teacher), draft=QuestionDraft(**told))
    assert not Question.objects.exists()


def test_many_at_once_and_the_same_again_adds_nothing(django_assert_num_queries: Any) -> None:
    drafts = [draft(code=f"c{at}", points=("点一", "点二")) for at in range(50)]
    first = questions_add(0, 0, drafts)
    assert len(first) == 50
    assert questions_add(0, 0, drafts) == first
    assert Question.objects.count() == 50
    assert Question.objects.first().points.count() == 2
    with django_assert_num_queries(7):
        questions_add(0, 0, [draft(code=f"d{at}", points=("点一", "点二")) for at in range(40)])


# Finding


def test_a_school_sees_its_own_and_everybodys(town: Town) -> None:
    own, everybodys = write(town.teacher), write(town.staff)
    assert set(find(town.colleague)) == {own, everybodys}
    assert find(town.stranger) == [everybodys]
    assert set(find(town.staff)) == {own, everybodys}
    assert [line.id for line in question_lines(who(town.stranger), [own, everybodys])] == [
        everybodys
    ]


def test_filters_narrow_and_words_are_looked_for_in_the_text(town: Town) -> None:
    one = makers.written(town.teacher, makers.item("苹果几个？"), points=("乘法",))
    two = makers.written(town.staff, makers.item("梨几个？"), subject="art", grade=5)
    assert find(town.staff, words="苹果 几个") == [one.id]
    assert find(town.staff, subject="art") == [two.id]
    assert find(town.staff, grade=5) == [two.id]
    assert find(town.staff, kind="number") == []
    assert find(town.staff, own=True) == [two.id]
    assert find(town.staff, point=one.points.get().id) == [one.id]
    assert find(town.staff, marked=True) == [two.id, one.id]


def test_pages_are_cut_and_a_page_too_far_is_the_last(town: Town) -> None:
    for _number in range(5):
        makers.written(town.staff)
    found = questions_find(who(town.staff), QuestionsAsked(), page=9, per_page=2)
    assert (found.total, found.pages, found.page, len(found.lines)) == (5, 3, 3, 1)


@pytest.mark.parametrize("count", [5, 50])
def test_finding_costs_the_same_however_many_there_are(
    town: Town, count: int, django_assert_max_num_queries: Any
) -> None:
    drafts = [draft(code=f"c{at}", points=("点",)) for at in range(count)]
    questions_add(town.staff.id, 0, drafts)
    somebody = who(town.staff)
    with django_assert_max_num_queries(5):
        assert questions_find(somebody, QuestionsAsked(), per_page=50).total == count
    ids = list(Question.objects.values_list("id", flat=True))
    with django_assert_max_num_queries(1):
        asked_of(ids)
    with django_assert_max_num_queries(1):
        solved_of(ids)
    with django_assert_max_num_queries(1):
        items_of(ids)


def test_the_points_of_a_subject_come_by_how_often_they_are_asked(town: Town) -> None:
    makers.written(town.staff, points=("常",))
    makers.written(town.staff, points=("常", "少"))
    makers.written(town.staff, points=("远",), grade=9)
    assert [point.name for point in points_with_questions("maths", 3)] == ["常", "少"]


# Asked, solved, marked


def test_old_questions_are_asked_and_marked_as_before() -> None:
    old = makers.question()
    text = Question.objects.create(code="t", kind="text", stem="首都？", key=["北京"])
    bare = Question.objects.create(code="b", kind="text", stem="想一想")
    asked = asked_of([old.id, text.id, bare.id])
    assert [asked[one.id].kind for one in (old, text, bare)] == ["choice", "blanks", "short-text"]
    items = items_of([old.id, text.id, bare.id])
    assert mark(items[old.id], "B").score == 1
    assert mark(items[text.id], "北京").score == 1
    assert mark(items[bare.id], "什么").to_person


def test_an_english_option_of_an_old_question_is_shown_in_english() -> None:
    row = makers.question()
    row.options = [{"id": "A", "text": "一", "text_en": "one"}, {"id": "B", "text": "二"}]
    row.save()
    assert [one.text_en for one in asked_of([row.id])[row.id].options] == ["one", ""]


def test_a_written_question_is_marked_by_its_key_and_finds_its_cause() -> None:
    row = makers.written()
    said = mark(items_of([row.id])[row.id], "A")
    assert (said.score, said.causes) == (0, ("own:漏加",))
    assert solved_of([row.id])[row.id].key == ("2",)


def test_a_film_is_offered_only_what_it_can_ask() -> None:
    point = makers.point("乘法")
    lesson = makers.lesson()
    lesson.points.add(point)
    choice = makers.question(points=(point,))
    order = m.OrderingKey((m.Choice("a", "1"), m.Choice("b", "2")), ("a", "b"))
    for row in (makers.written(told=makers.item("排", order)), makers.written(retired=True)):
        row.points.add(point)
    assert [view.id for view in questions_for_lesson(lesson.id)] == [choice.id]
