"""What is read of a class and of a pupil: who counts, in which order, and what stays hidden."""

from datetime import timedelta
from typing import Any

import pytest

from yunke.base.clock import monday, now, today
from yunke.craft.recall.estimates import UNKNOWN
from yunke.ground.people.models import Membership, Person
from yunke.ground.people.tests.makers import Cast, cast, member, pupil, signed_in, who
from yunke.ground.people.values import Role
from yunke.school.attempts.door import Of, attempt_open
from yunke.school.practice.models import (
    Answered,
    Doubt,
    Drill,
    ErrorEntry,
    Explanation,
    ExplanationFor,
    Mastery,
    Paper,
)
from yunke.school.practice.reads import book, classes, drills
from yunke.school.practice.tests.makers import (
    ago,
    choice,
    drill,
    erring,
    followed,
    handed_in,
    point,
    tried,
)
from yunke.school.practice.values import ErrorState
from yunke.school.practice.views.scope import own_place, subjects_taught

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast(grade=2)


def ids(people: Cast) -> list[int]:
    return [child.id for child in people.pupils]


def week(people: Cast, **more: Any) -> list[Any]:
    return classes.class_errors(people.one.id, ids(people), classes.week_ago(), **more)


def test_everybody_counts_once_a_question_with_the_last_wrong_answer(people: Cast) -> None:
    question = choice(point())
    for days, value in ((5, "B"), (4, "C"), (3, "A")):
        handed_in(people.pupils[0], {question: value}, at=ago(days))
    handed_in(people.pupils[1], {question: "B"}, at=ago(2))
    handed_in(people.pupils[2], {question: "A"}, at=ago(2))
    followed()
    [error] = week(people)
    assert (error.answered, error.wrong) == (3, 2)
    assert error.share == pytest.approx(2 / 3)
    told = {answer.value: answer.pupils for answer in error.answers}
    assert told == {"C": (people.pupils[0].id,), "B": (people.pupils[1].id,)}
    assert len(error.points) == 1


def test_errors_of_the_class_come_by_how_many_fell_for_them(people: Cast) -> None:
    three, two, two_of_four = (choice(point()) for _ in range(3))
    erring(people, two, "BB")
    erring(people, two_of_four, "BBAA")
    erring(people, three, "BBB")
    assert [one.question_id for one in week(people)] == [three.id, two_of_four.id, two.id]
    assert [one.question_id for one in week(people, most=1)] == [three.id]
    # The most frequent wrong answer first, a cause before none.
    erring(people, three, "CDDCC")
    answers = next(one for one in week(people) if one.question_id == three.id).answers
    assert [(one.value, len(one.pupils)) for one in answers] == [("C", 3), ("D", 2)]


def test_who_left_or_sits_elsewhere_is_in_no_error_of_the_class(people: Cast) -> None:
    question = choice(point())
    erring(people, question, "BB")
    handed_in(people.other_pupil, {question: "B"}, at=ago(1))
    followed()
    assert week(people)[0].wrong == 2
    here = ids(people)[1:]
    assert classes.class_errors(people.one.id, here, classes.week_ago()) == []
    assert classes.class_errors(people.other.id, here, classes.week_ago()) == []


def test_one_question_is_told_of_however_few_erred_and_not_of_strangers(people: Cast) -> None:
    old, never = choice(point()), choice(point())
    tried(people.pupil, old, (30, "B"))
    since = classes.week_ago()
    found = classes.class_error(people.one.id, ids(people), old.id, since)
    assert found is not None
    assert (found.answered, found.wrong, found.answers[0].value) == (1, 1, "B")
    assert classes.class_error(people.one.id, ids(people), never.id, since) is None
    assert classes.class_error(people.one.id, ids(people)[1:], old.id, since) is None
    assert classes.erred(ids(people), [old.id, never.id]) == {(people.pupil.id, old.id)}
    assert classes.erred([], [old.id]) == set()


def known(child: Person, on: Any, level: float, answers: int = 30) -> Mastery:
    return Mastery.objects.create(
        person=child, point=on, level=level, doubt=UNKNOWN / 20, answers=answers, last=0.0,
        line="1" * 5,
    )  # fmt: skip


def test_points_of_a_class_need_five_and_the_weakest_stands_first(people: Cast) -> None:
    weak, strong, few = point("弱"), point("强"), point("少")
    for child in people.pupils:
        known(child, weak, -3.0)
        known(child, strong, 4.0)
    for child in people.pupils[:4]:
        known(child, few, -3.0)
    lines = classes.class_points(ids(people))
    assert [line.name for line in lines] == ["弱", "强"]
    for line in lines:
        assert line.pupils == 5
        assert line.mastered + line.nearly + line.weak + line.unsure == 5
    assert lines[0].weak > lines[1].weak
    assert [line.name for line in classes.class_points(ids(people), most=1)] == ["弱"]
    assert classes.class_points(ids(people)[1:]) == []
    assert classes.class_curve(ids(people), few.id) is None
    assert classes.class_curve(ids(people), weak.id) is not None


def test_groups_are_of_these_pupils_and_offer_what_the_school_may_see(people: Cast) -> None:
    weak = point("弱")
    ours = choice(weak, school_id=people.school.id)
    theirs = choice(weak, school_id=people.far_school.id)
    for child in people.pupils[:3]:
        known(child, weak, -3.0)
    known(people.pupils[3], weak, 4.0)
    known(people.far_pupil, weak, -3.0)
    [group], free = classes.class_groups(ids(people), people.school.id)
    assert (group.point_id, set(group.pupils)) == (weak.id, set(ids(people)[:3]))
    assert ours.id in group.questions
    assert theirs.id not in group.questions
    # Of whom nothing is known nothing is said either.
    assert free == (people.pupils[3].id,)
    assert classes.class_groups([], people.school.id) == ([], ())


def test_the_states_of_a_drill_follow_its_attempt(people: Cast) -> None:
    question = choice(point())
    rows = [drill(people.pupil, question) for _ in range(4)]
    attempt_open(
        person_id=people.pupil.id, class_id=people.one.id, school_id=people.school.id,
        of=Of.DRILL, of_id=rows[1].id, order=[question.id],
    )  # fmt: skip
    handed_in(people.pupil, {question: "A"}, of_id=rows[2].id)
    Drill.objects.filter(id=rows[3].id).update(withdrawn_at=now())
    told = {line.id: (line.state, line.right) for line in drills.drills_of(people.pupil.id)}
    assert told == {
        rows[0].id: ("waiting", 0), rows[1].id: ("begun", 0), rows[2].id: ("done", 1),
    }  # fmt: skip
    assert len(drills.drills_of(people.pupil.id, most=2)) == 2
    assert drills.drill_of(people.pupil.id, rows[3].id) is None
    assert drills.drill_of(people.pupils[1].id, rows[0].id) is None
    followed()
    assert drills.drill_waiting(people.pupil.id) == rows[1].id
    assert drills.drill_waiting(people.pupils[1].id) == 0


def test_a_withdrawn_drill_is_on_no_page_and_not_printed(people: Cast) -> None:
    row = drill(people.pupil, choice(point()), title="收回的练习")
    Drill.objects.update(week=monday(today()), withdrawn_at=now())
    client = signed_in(people.pupil)
    for path in ("/practice", "/today"):
        assert "收回的练习" not in client.get(path).content.decode()
        assert f"/practice/drill/{row.id}" not in client.get(path).content.decode()
    assert client.get(f"/practice/drill/{row.id}").status_code == 404
    assert drills.class_week(people.one.id, today()) == []


def test_what_a_person_decides_comes_before_what_is_read_and_of_one_class_only(
    people: Cast,
) -> None:
    for state in ("read", "waiting", "refused", "unclear", "read"):
        Paper.objects.create(by=people.teacher, class_id=people.one.id, state=state)
    Paper.objects.create(by=people.teacher, class_id=people.other.id, state="unclear")
    states = [row.state for row in drills.papers_of(people.one.id)]
    assert states == ["unclear", "refused", "waiting", "read", "read"]
    assert [row.state for row in drills.papers_of(people.one.id, most=2)] == states[:2]
    assert len(drills.papers_by(people.teacher.id)) == 3


def test_the_book_is_open_pages_first_and_counts_by_subject(people: Cast) -> None:
    maths, words = point(), point("朗读", "chinese")
    open_, back, over = choice(maths), choice(words, subject="chinese"), choice(maths)
    tried(people.pupil, open_, (8, "B"))
    tried(people.pupil, back, (7, "B"), (3, "A"))
    tried(people.pupil, over, (20, "B"), (15, "A"), (9, "A"))
    assert [one.question_id for one in book.errors_of(people.pupil.id)] == [open_.id, back.id]
    assert [one.question_id for one in book.errors_of(people.pupil.id, mastered=True)] == [over.id]
    counts = book.counts_of(people.pupil.id)
    assert (counts["open"], counts["returning"], counts["mastered"]) == (1, 1, 1)
    # A subject counts what is still to be done.
    assert (counts["s-maths"], counts["s-chinese"]) == (1, 1)
    assert book.counts_of(people.pupils[1].id) == {state.value: 0 for state in ErrorState}
    entry = ErrorEntry.objects.get(question=over)
    line = book.error_of(people.pupil.id, entry.id)
    assert line is not None
    assert line.due_on is None
    assert book.error_of(people.pupils[1].id, entry.id) is None


def test_the_newest_film_that_can_be_watched_stands_beside_the_error(people: Cast) -> None:
    question = choice(point())
    tried(people.pupil, question, (2, "B"))

    def film(**more: Any) -> int:
        row = Explanation.objects.create(
            teacher=people.teacher, question=question, class_id=people.one.id,
            open_until=now() + timedelta(days=1), **{"state": "ready", **more},
        )  # fmt: skip
        ExplanationFor.objects.create(explanation=row, person=people.pupil)
        return row.id

    film()
    newest = film()
    film(state="waiting")
    film(state="refused")
    film(withdrawn_at=now())
    assert book.films_for(people.pupil.id, [question.id]) == {question.id: newest}
    assert book.films_for(people.pupils[1].id, [question.id]) == {}
    assert book.errors_of(people.pupil.id)[0].explanation_id == newest
    assert not book.film_seen(people.pupil.id, newest)
    # What was taken back is not told to the class either; what cannot be played is, to its teacher.
    assert len(classes.explanations_of(people.one.id)[question.id]) == 4
    assert classes.explanations_of(people.other.id) == {}


def test_a_curve_rests_on_every_answer_in_the_order_of_time(people: Cast) -> None:
    one, other = point("退位减法"), point()
    tried(people.pupil, choice(one), (9, "B"), (6, "A"), (2, "A"))
    tried(people.pupil, choice(other), (4, "B"))
    rows = book.answers_of(people.pupil.id)
    moments, evidence, state = book.traced(rows, one.id)
    assert [moment.right for moment in moments] == [False, True, True]
    assert [moment.at for moment in moments] == sorted(moment.at for moment in moments)
    assert [seen.change < 0 for seen in evidence] == [True, False, False]
    held = Mastery.objects.get(point=one)
    assert (state.level, state.line) == (pytest.approx(held.level), held.line)
    assert book.traced(rows, 0)[0] == []
    story = book.story_of(people.pupil.id, one.id, "zh", {})
    assert story is not None
    assert [seen.at for seen in story.answers] == sorted((m.at for m in moments), reverse=True)
    assert f"#{evidence[0].question_id}" in story.said
    assert book.story_of(people.pupils[1].id, one.id, "zh", {}) is None
    Answered.objects.update(released_at=None)
    assert book.answers_of(people.pupil.id) == []


def test_weak_points_stand_before_what_is_not_sure_and_what_is_known(people: Cast) -> None:
    for name, level, answers in (("会", 4.0, 30), ("弱", -3.0, 30)):
        known(people.pupil, point(name), level, answers)
    Mastery.objects.create(person=people.pupil, point=point("不清楚"), level=0, doubt=UNKNOWN,
                           answers=1, last=0.0)  # fmt: skip
    lines = book.points_lines(people.pupil.id)
    assert [line.name for line in lines] == ["弱", "不清楚", "会"]
    assert all(line.low <= line.middle <= line.high for line in lines)
    assert [line.name for line in book.points_lines(people.pupils[1].id)] == []


def test_doubts_are_those_of_one_class_and_of_one_child(people: Cast) -> None:
    for class_id, child in ((people.one.id, people.pupils[0]), (people.other.id, people.pupils[1])):
        for number in range(7):
            Doubt.objects.create(person=child, by=child, class_id=class_id, text=f"第{number}条")
    assert {one.person_id for one in classes.doubts_of(people.one.id)} == {people.pupils[0].id}
    newest = classes.doubts_by(people.pupils[0].id)
    assert [one.text for one in newest] == [f"第{number}条" for number in (6, 5, 4, 3, 2)]


def test_a_head_sees_all_subjects_a_teacher_the_own_and_a_pupil_sits_somewhere(
    people: Cast,
) -> None:
    assert subjects_taught(who(people.head), people.one.id) == frozenset()
    assert subjects_taught(who(people.teacher), people.one.id) == {"chinese"}
    member(people.teacher, people.one, Role.TEACHER, subject="maths")
    assert subjects_taught(who(people.teacher), people.one.id) == {"chinese", "maths"}
    assert subjects_taught(who(people.teacher), people.other.id) == frozenset()
    place = own_place(who(people.pupil))
    assert (place.class_id, place.school) == (people.one.id, people.school.id)
    assert own_place(who(people.teacher)).class_id == 0
    fresh = pupil(people.other)
    Membership.objects.filter(person=fresh).update(until=today() - timedelta(days=1))
    assert own_place(who(fresh)).class_id == 0
