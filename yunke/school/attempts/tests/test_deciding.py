"""Late answers are decided in any order, own marks are taken back, one person's things are told."""

from datetime import timedelta
from fractions import Fraction
from itertools import permutations

import pytest
import time_machine

from yunke.base.clock import now
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.actions.late import stray_decide
from yunke.school.attempts.actions.marking import attempts_mark, mark_set
from yunke.school.attempts.actions.opening import attempt_again, attempt_withdraw, attempts_due_at
from yunke.school.attempts.actions.undoing import mark_undo
from yunke.school.attempts.models import Attempt, Mark, Reply, Stray
from yunke.school.attempts.reads.answers import answers_of
from yunke.school.attempts.reads.attempts import marks_of, states_of_person
from yunke.school.attempts.reads.counts import Counts, attempts_of, counts_of, handed_in_by
from yunke.school.attempts.reads.handed import handed_of, mark_last
from yunke.school.attempts.reads.late import strays_of_attempts
from yunke.school.attempts.tests import makers
from yunke.school.attempts.values import Of, Why

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def value_of(row: Attempt) -> object:
    return Reply.objects.get(attempt=row, question_id=row.order[0]).value


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whichever_late_answer_is_accepted_first_the_newest_counts(order: tuple[int, ...]) -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "A"}, seq=2)
    for seq, value in ((5, "B"), (6, "C"), (7, "D")):
        makers.saved(row, {0: value}, seq=seq)
    late = list(Stray.objects.filter(why=Why.SUBMITTED).order_by("seq"))
    teacher = people.person()
    for n in order:
        assert stray_decide(by_id=teacher.id, stray_id=late[n].id, accept=True)
    assert value_of(row) == "D"
    assert Attempt.objects.get(id=row.id).seq == 7
    assert Event.objects.filter(verb="attempt.late_decided").count() == 3
    assert "A" in set(Stray.objects.filter(why=Why.OTHER).values_list("value", flat=True))


def test_what_another_device_wrote_is_no_question_for_a_teacher() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "B"}, seq=9, device="tablet")
    makers.saved(row, {0: "A"}, seq=8, device="phone")
    other = Stray.objects.get()
    assert strays_of_attempts([row.id]) == []
    assert not stray_decide(by_id=people.person().id, stray_id=other.id, accept=True)
    assert value_of(row) == "B"
    assert not stray_decide(by_id=people.person().id, stray_id=10**9, accept=True)


def test_late_answers_of_what_was_withdrawn_wait_for_nobody() -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "A"})
    makers.saved(row, {0: "B"}, seq=9)
    attempt_withdraw(row.id)
    assert strays_of_attempts([row.id]) == []


@pytest.mark.parametrize("count", [5, 50])
def test_late_answers_cost_the_same_for_many(count: int, django_assert_num_queries) -> None:
    rows = []
    for _ in range(count):
        rows.append(row := makers.attempt(makers.choices(1)))
        makers.submitted(row, {0: "A"})
        makers.saved(row, {0: "B"}, seq=9)
    with django_assert_num_queries(2):
        assert len(strays_of_attempts([row.id for row in rows])) == count


def scored(row: Attempt) -> Fraction | None:
    return next(one.score for one in marks_of([row.id]) if one.question_id == row.order[0])


def test_an_own_mark_is_taken_back_and_everything_stays_in_the_history() -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "A"})
    attempts_mark([row.id])
    reply, teacher, other = (
        Reply.objects.get(question_id=row.order[0]),
        people.person(),
        people.person(),
    )
    assert not mark_undo(by_id=teacher.id, reply_id=reply.id)
    mark_set(by_id=teacher.id, reply_id=reply.id, score=Fraction(1, 2), note="过程对")
    assert not mark_undo(by_id=other.id, reply_id=reply.id)
    assert scored(row) == Fraction(1, 2)
    assert mark_undo(by_id=teacher.id, reply_id=reply.id)
    assert scored(row) == 0
    history = Mark.objects.filter(reply=reply).order_by("id")
    assert [one.score for one in history] == ["0", "1/2", "0"]
    assert [one.current for one in history] == [False, False, True]
    assert not mark_undo(by_id=teacher.id, reply_id=reply.id)


def test_a_first_mark_by_hand_cannot_be_taken_back_to_nothing() -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "A"})
    reply, teacher = Reply.objects.get(), people.person()
    mark_set(by_id=teacher.id, reply_id=reply.id, score=Fraction(1))
    assert not mark_undo(by_id=teacher.id, reply_id=reply.id)
    assert scored(row) == 1


def test_a_persons_things_tell_the_newest_attempt_and_the_first_hand_in() -> None:
    row = makers.attempt(of_id=71)
    open_one = makers.attempt(by=row.person, of_id=72)
    with time_machine.travel(now() - HOUR):
        makers.submitted(row, {0: "A"})
    first = Attempt.objects.get(id=row.id).submitted_at
    again = attempt_again(attempt_id=row.id, order=row.order[:1])
    told = states_of_person(row.person_id, Of.HOMEWORK, [71, 72, 73])
    assert set(told) == {71, 72}
    assert (told[71].id, told[71].number, told[71].submitted_at) == (again, 2, None)
    assert told[71].first_at == first
    assert (told[72].id, told[72].first_at) == (open_one.id, None)


def test_a_correction_is_due_on_no_day() -> None:
    row = makers.attempt(of_id=74, due_at=now() + HOUR)
    makers.submitted(row, {0: "A"})
    again = Attempt.objects.get(id=attempt_again(attempt_id=row.id, order=row.order))
    assert attempts_due_at(Of.HOMEWORK, 74, now() - HOUR) == 0
    makers.submitted(again, {0: "B"})
    again.refresh_from_db()
    assert (again.due_at, again.late) == (None, False)


def test_counts_are_of_first_attempts_and_of_what_was_not_withdrawn() -> None:
    rows = [makers.attempt(of_id=75) for _ in range(4)]
    for row in rows[:3]:
        makers.submitted(row, {0: "B"})
    attempts_mark([rows[0].id])
    attempt_again(attempt_id=rows[0].id, order=rows[0].order)
    attempt_withdraw(rows[2].id)
    assert counts_of(Of.HOMEWORK, [75, 76]) == {75: Counts(3, 2, 1)}
    assert handed_in_by(Of.HOMEWORK, [75, 76]) == {75: {rows[0].person_id, rows[1].person_id}}
    assert counts_of(Of.EXAM, [75]) == {}
    told = attempts_of(Of.HOMEWORK, 75, persons=[rows[0].person_id])
    assert [one.number for one in told] == [1, 2]


def test_what_is_open_or_withdrawn_is_not_handed_in_for_rooms_above() -> None:
    rows = [makers.attempt(of_id=77) for _ in range(3)]
    makers.submitted(rows[0], {0: "B"})
    makers.submitted(rows[1], {0: "B"})
    attempt_withdraw(rows[1].id)
    found = handed_of([row.id for row in rows])
    assert set(found) == {rows[0].id}
    assert (found[rows[0].id].of_id, found[rows[0].id].by_server) == (77, False)
    assert mark_last() == 0
    attempts_mark([rows[0].id])
    assert mark_last() == Mark.objects.order_by("-id")[0].id


def test_answers_by_reply_are_as_they_count_now() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "A", 1: "B"})
    makers.saved(row, {0: "C"}, seq=2)
    replies = Reply.objects.filter(attempt=row).order_by("question_id")
    assert answers_of(one.id for one in replies) == {replies[0].id: "C", replies[1].id: "B"}
    assert answers_of([]) == {}
