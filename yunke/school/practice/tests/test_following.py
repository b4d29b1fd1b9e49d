"""Marks become a log, a log becomes error books and estimates; nothing before its release."""

import random
from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yunke.ground.people.tests.makers import cast, teacher
from yunke.school.attempts.door import Of, mark_set, marks_of
from yunke.school.lessons.tests.makers import answered as task_answered
from yunke.school.lessons.tests.makers import hour
from yunke.school.practice.actions.deriving import people_derive, people_rederive, people_waiting
from yunke.school.practice.actions.following import (
    follow_upto,
    follow_waits,
    marks_follow,
    tasks_follow,
)
from yunke.school.practice.models import Answered, Cursor, Drill, ErrorEntry, Hardness, Mastery
from yunke.school.practice.rules import release
from yunke.school.practice.rules.answers import short
from yunke.school.practice.tests.makers import (
    ago,
    choice,
    drill,
    erring,
    followed,
    handed_in,
    number,
    point,
    tried,
)
from yunke.school.practice.values import ErrorState, Origin, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def nobody_released(monkeypatch: pytest.MonkeyPatch) -> dict[Source, release.Released]:
    held: dict[Source, release.Released] = {}
    monkeypatch.setattr(release, "_READ", held)
    return held


def derived() -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Everything derived, as values without ids."""
    pages = ErrorEntry.objects.order_by("person", "question").values_list(
        "person", "question", "state", "times", "first_at", "last_at", "value", "cause", "due_at"
    )
    points = Mastery.objects.order_by("person", "point").values_list(
        "person", "point", "level", "doubt", "answers", "last", "line", "due_at"
    )
    return list(pages), list(points)


def test_a_marked_answer_is_in_the_log_with_its_points_and_cause() -> None:
    people, one = cast(), point()
    question = choice(one)
    handed_in(people.pupil, {question: "B"})
    followed()
    [row] = Answered.objects.all()
    assert (row.person_id, row.question_id, row.right) == (people.pupil.id, question.id, False)
    assert row.points == [one.id]
    assert row.causes == ["smaller-from-larger"]
    assert row.class_id == people.one.id


def test_followed_twice_nothing_doubles() -> None:
    people, question = cast(), choice(point())
    handed_in(people.pupil, {question: "B"})
    followed()
    before = derived()
    Cursor.objects.all().delete()
    followed()
    assert derived() == before
    assert Answered.objects.count() == 1
    assert Hardness.objects.get().answers == 1


def test_the_cursor_stands_behind_what_was_taken_and_says_what_waits() -> None:
    people, question = cast(), choice(point())
    assert not follow_waits(follow_upto())
    handed_in(people.pupil, {question: "B"})
    assert follow_waits(follow_upto())
    followed()
    assert not follow_waits(follow_upto())


def test_a_drill_that_was_handed_in_is_done() -> None:
    people, question = cast(), choice(point())
    row = drill(people.pupil, question)
    handed_in(people.pupil, {question: "A"}, of_id=row.id)
    followed()
    assert Drill.objects.get(id=row.id).done_at is not None


def test_unreleased_homework_leaves_no_trace_for_the_pupil(nobody_released: object) -> None:
    people, question = cast(), choice(point())
    handed_in(people.pupil, {question: "B"}, of=Of.HOMEWORK, of_id=5)
    followed()
    assert Answered.objects.get().released_at is None
    assert derived() == ([], [])


def test_returned_homework_is_in_the_book_from_then_on(
    nobody_released: dict[Source, release.Released],
) -> None:
    people, question = cast(), choice(point())
    mine = handed_in(people.pupils[0], {question: "B"}, of=Of.HOMEWORK, of_id=5)
    handed_in(people.pupils[1], {question: "B"}, of=Of.HOMEWORK, of_id=5)
    followed()
    release.released_from(Source.HOMEWORK, lambda ids: {mine.id} & set(ids))
    followed()
    assert [e.person_id for e in ErrorEntry.objects.all()] == [people.pupils[0].id]
    assert Mastery.objects.get().person_id == people.pupils[0].id


def test_a_room_cannot_release_what_it_was_not_asked_about(
    nobody_released: dict[Source, release.Released],
) -> None:
    release.released_from(Source.EXAM, lambda ids: {1, 2, 3})
    assert release.released_of(Source.EXAM, [2]) == {2}
    assert release.released_of(Source.HOMEWORK, [2]) == set()


def test_a_task_of_a_film_counts_at_once() -> None:
    made = hour()
    task_answered(made.people.pupil, made.task, "A")
    tasks_follow()
    [row] = Answered.objects.all()
    assert (row.source, row.right) == (Source.LESSON, False)
    assert row.released_at is not None


def test_what_a_person_has_to_look_at_is_not_counted() -> None:
    people, question = cast(), number(point(), expression="")
    handed_in(people.pupil, {question: "二十来个吧"})
    followed()
    assert not Answered.objects.filter(right=False).exists()


def test_a_second_mark_changes_the_log_and_the_book() -> None:
    people, question, staff = cast(), choice(point()), None
    attempt = handed_in(people.pupil, {question: "B"})
    followed()
    assert ErrorEntry.objects.exists()
    staff = teacher(people.one)
    [mark] = marks_of([attempt.id])
    mark_set(by_id=staff.id, reply_id=mark.reply_id, score=Fraction(1))
    followed()
    assert Answered.objects.get().right
    assert not ErrorEntry.objects.exists()
    assert Mastery.objects.get().line == "1"


def test_an_answer_that_nobody_wrote_and_the_server_closed_says_nothing() -> None:
    people, question = cast(), choice(point())
    attempt = handed_in(people.pupil, {question: None})
    Answered.objects.all().delete()
    Cursor.objects.all().delete()
    type(attempt).objects.filter(id=attempt.id).update(by_server=True)
    followed()
    assert not Answered.objects.exists()


def test_left_empty_by_a_pupil_who_handed_in_is_wrong() -> None:
    people, question = cast(), choice(point())
    handed_in(people.pupil, {question: None})
    followed()
    assert ErrorEntry.objects.get().value == ""


def test_open_then_returning_then_mastered() -> None:
    people, question = cast(), choice(point())
    states = []
    for days, value in ((9, "B"), (6, "A"), (2, "A")):
        tried(people.pupil, question, (days, value))
        states.append(ErrorEntry.objects.get().state)
    assert states == [ErrorState.OPEN, ErrorState.RETURNING, ErrorState.MASTERED]


def test_two_right_answers_of_one_evening_do_not_make_a_master() -> None:
    people, question = cast(), choice(point())
    tried(people.pupil, question, (3, "B"), (2, "A"), (1.95, "A"))
    assert ErrorEntry.objects.get().state == ErrorState.RETURNING


def test_wrong_again_opens_the_page_again_and_counts() -> None:
    people, question = cast(), choice(point())
    tried(people.pupil, question, (9, "B"), (6, "A"), (2, "C"))
    page = ErrorEntry.objects.get()
    assert (page.state, page.times, page.value) == (ErrorState.OPEN, 2, "C")
    assert page.first_at < page.last_at


def test_what_was_right_from_the_start_is_in_no_error_book() -> None:
    people, question = cast(), choice(point())
    tried(people.pupil, question, (3, "A"))
    assert not ErrorEntry.objects.exists()
    assert Mastery.objects.get().line == "1"


def test_the_page_comes_back_later_the_better_it_is_known() -> None:
    people, question = cast(), choice(point())
    tried(people.pupil, question, (10, "B"))
    first = ErrorEntry.objects.get().due_at
    tried(people.pupil, question, (9, "A"))
    assert ErrorEntry.objects.get().due_at > first


def test_the_cause_of_an_option_and_of_a_bug_say_where_they_come_from() -> None:
    people = cast()
    tried(people.pupil, choice(point(), cause="看反了题"), (1, "B"))
    tried(people.pupil, number(point()), (1, "35"))
    origins = dict(ErrorEntry.objects.values_list("question__kind", "origin"))
    assert origins == {"choice": Origin.OPTION, "number": Origin.BUG}


def test_one_by_one_or_all_at_once_gives_the_same_to_the_last_bit() -> None:
    people, one, two = cast(pupils_in_class=2), point(), point("连加")
    questions = [choice(one), choice(one, two), number(two)]
    rng = random.Random(4)
    for day in range(12, 0, -1):
        for child in people.pupils:
            question = rng.choice(questions)
            answer = rng.choice(["25", "35"]) if question.kind == "number" else rng.choice("AB")
            handed_in(child, {question: answer}, at=ago(day))
            followed()
    step_by_step = derived()
    people_rederive([child.id for child in people.pupils])
    assert derived() == step_by_step


def test_marks_that_come_in_any_order_give_the_same_estimates() -> None:
    people, one = cast(pupils_in_class=2), point()
    question = choice(one)
    days = [(9, "B"), (7, "A"), (4, "A"), (2, "B")]
    for days_ago, value in days:
        tried(people.pupils[0], question, (days_ago, value))
    for days_ago, value in reversed(days):
        tried(people.pupils[1], question, (days_ago, value))
    Answered.objects.update(hardness=0)
    at = dict(Answered.objects.filter(person=people.pupils[0]).values_list("value", "at"))
    assert at
    people_rederive([child.id for child in people.pupils])
    lines = set(Mastery.objects.values_list("line", "answers"))
    assert lines == {("0110", 4)}
    levels = list(Mastery.objects.values_list("level", flat=True))
    assert levels[0] == pytest.approx(levels[1], abs=1e-6)


def test_the_answers_that_moved_it_are_kept_beside_the_estimate() -> None:
    people, one = cast(), point()
    tried(people.pupil, choice(one), (3, "B"))
    tried(people.pupil, choice(one), (2, "A"))
    row = Mastery.objects.get()
    ids = set(Answered.objects.values_list("id", flat=True))
    assert {move[0] for move in row.moves} == ids
    assert sum(move[1] for move in row.moves) == pytest.approx(row.level)


def test_the_cost_does_not_grow_with_the_answers() -> None:
    def cost(pupils: int) -> int:
        people, question = cast(pupils_in_class=pupils), choice(point())
        for child in people.pupils:
            handed_in(child, {question: "B"})
        with CaptureQueriesContext(connection) as found:
            marks_follow()
            people_derive(people_waiting())
        return len(found)

    cost(2)
    few = cost(5)
    assert abs(cost(50) - few) <= 2


def test_hardness_is_what_others_had_answered_until_then() -> None:
    people, question = cast(), choice(point())
    erring(people, question, ["B", "B", "B", "B"])
    before = list(Answered.objects.order_by("id").values_list("hardness", flat=True))
    tried(people.pupils[4], question, (0.5, "A"))
    later = Answered.objects.order_by("-id").first()
    assert before == [0, 0, 0, 0]
    assert later is not None
    assert later.hardness > 0.5


def test_values_as_one_line() -> None:
    assert short(None) == ""
    assert short(True) == "true"
    assert short(["B", "A"]) == "A,B"
    assert short({"1": "x"}) == '{"1": "x"}'
    assert len(short("长" * 900)) == 200


def test_an_answer_long_ago_does_not_stand_before_a_newer_one() -> None:
    people, question = cast(), choice(point())
    tried(people.pupil, question, (2, "A"))
    tried(people.pupil, question, (8, "B"))
    assert ErrorEntry.objects.get().state == ErrorState.RETURNING
    assert Mastery.objects.get().line == "01"
    assert Answered.objects.order_by("at").first().at < ago(8) + timedelta(minutes=1)
