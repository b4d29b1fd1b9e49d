"""Marks by rule and by people: exact, each following the last, never a zero for what is unsure."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import transaction

from yunke.base.clock import now
from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.people.tests import makers as people
from yunke.school.attempts import jobs
from yunke.school.attempts.actions.late import stray_decide
from yunke.school.attempts.actions.marking import attempts_mark, mark_set
from yunke.school.attempts.actions.opening import (
    attempt_again,
    attempt_open,
    attempt_reopen,
    attempt_withdraw,
    attempts_due_at,
    attempts_end_at,
)
from yunke.school.attempts.models import Attempt, Mark, Reopening, Reply, Stray
from yunke.school.attempts.reads import things
from yunke.school.attempts.reads.attempts import (
    attempt_opened,
    marks_history,
    marks_of,
    marks_since,
    states_of,
)
from yunke.school.attempts.reads.due import attempts_over, attempts_unmarked
from yunke.school.attempts.reads.late import strays_of, strays_of_attempts
from yunke.school.attempts.tests import makers
from yunke.school.attempts.values import Of, Place, Why

pytestmark = pytest.mark.django_db


def marked(values: dict[int, object], **more: object) -> Attempt:
    row = makers.attempt(**more)  # type: ignore[arg-type]
    makers.submitted(row, values)
    attempts_mark([row.id])
    row.refresh_from_db()
    return row


def scores(row: Attempt) -> list[str]:
    rows = Mark.objects.filter(reply__attempt=row, current=True).order_by("reply__question_id")
    return [one.score for one in rows]


def test_every_question_gets_a_mark_answered_or_not() -> None:
    row = marked({0: "B", 1: "A"})
    assert scores(row) == ["1", "0", "0"]
    assert row.marked_at is not None
    wrong = Mark.objects.get(reply__question_id=row.order[1], reply__attempt=row)
    assert (wrong.causes, wrong.by_id, bool(wrong.rule)) == (["off-by-one"], None, True)


def test_what_is_unsure_goes_to_a_person_and_is_no_zero() -> None:
    kinds = makers.every_kind()
    row = marked({0: "我写了一段话"}, questions=[kinds["long-text"]])
    found = marks_of([row.id])[0]
    assert (found.verdict, found.score, found.out_of) == ("unsure", None, Fraction(10))


def test_an_open_attempt_is_not_marked() -> None:
    row = makers.attempt()
    makers.saved(row, {0: "B"})
    assert attempts_mark([row.id]) == 0


def test_the_thing_says_what_a_question_is_worth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(things, "_ASKED", {})
    row = makers.attempt(of_id=77)
    worth = tuple(Place(number, Fraction(5, 2)) for number in row.order)
    things.things_from(Of.HOMEWORK, lambda ids: {77: worth})
    makers.submitted(row, {0: "B"})
    attempts_mark([row.id])
    assert scores(row) == ["5/2", "0", "0"]


def test_marking_again_writes_nothing_new() -> None:
    row = marked({0: "B"})
    assert attempts_mark([row.id]) == 0
    assert Mark.objects.count() == 3


def test_a_persons_mark_follows_and_stays() -> None:
    row = marked({0: "A"})
    teacher = people.person()
    reply = Reply.objects.get(attempt=row, question_id=row.order[0])
    mark_set(by_id=teacher.id, reply_id=reply.id, score=Fraction(1, 2), note="过程对")
    attempts_mark([row.id])
    history = marks_history(reply.id)
    assert [one.score for one in history] == [Fraction(0), Fraction(1, 2)]
    assert [one.by for one in history] == [0, teacher.id]
    assert scores(row)[0] == "1/2"


@pytest.mark.parametrize("score", [Fraction(-1), Fraction(3, 2)])
def test_points_that_the_question_does_not_have_are_refused(score: Fraction) -> None:
    row = marked({0: "A"})
    reply = Reply.objects.filter(attempt=row).first()
    with pytest.raises(Refused), transaction.atomic():
        mark_set(by_id=people.person().id, reply_id=reply.id, score=score)
    assert Mark.objects.count() == 3


def test_a_reply_that_no_rule_marked_takes_a_persons_mark() -> None:
    row = makers.attempt([makers.question(points=4)])
    makers.submitted(row, {0: "B"})
    reply = Reply.objects.get(attempt=row)
    mark_set(by_id=people.person().id, reply_id=reply.id, score=Fraction(3))
    assert scores(row) == ["3"]


def test_followers_read_marks_in_their_order() -> None:
    row = marked({0: "B"})
    first = marks_since(0)
    assert len(first) == 3
    assert marks_since(first[-1].id) == []
    reply = Reply.objects.filter(attempt=row).first()
    mark_set(by_id=people.person().id, reply_id=reply.id, score=Fraction(0))
    assert [one.score for one in marks_since(first[-1].id)] == [Fraction(0)]


@pytest.mark.parametrize("count", [5, 50])
def test_marking_asks_as_much_for_many_as_for_few(
    count: int, django_assert_max_num_queries
) -> None:
    asked = makers.choices(3)
    rows = [makers.attempt(asked, of_id=5) for _ in range(count)]
    for row in rows:
        makers.submitted(row, {0: "B", 1: "A"})
    with django_assert_max_num_queries(18):
        assert attempts_mark([row.id for row in rows]) == 3 * count
    with django_assert_max_num_queries(1):
        assert len(marks_of([row.id for row in rows])) == 3 * count
    with django_assert_max_num_queries(1):
        assert len(states_of(Of.HOMEWORK, 5)) == count


def test_by_itself_what_is_handed_in_is_marked_and_what_ran_out_is_closed() -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "B"})
    over = makers.attempt(ends_at=now() - timedelta(minutes=1))
    soon = makers.attempt(ends_at=now() - timedelta(seconds=2))
    jobs.close()
    jobs.mark_due()
    assert attempts_unmarked(10) == []
    assert not attempts_over(now() - jobs.GRACE)
    soon.refresh_from_db()
    over.refresh_from_db()
    assert (over.by_server, soon.submitted_at) == (True, None)


def test_one_that_cannot_be_marked_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = makers.attempt(), makers.attempt()
    for row in (bad, good):
        makers.submitted(row, {0: "B"})

    def marking(ids: list[int]) -> int:
        if bad.id in ids:
            raise ValueError("a rule that stumbles")
        return attempts_mark(ids)

    monkeypatch.setattr(jobs, "attempts_mark", marking)
    monkeypatch.setattr(jobs, "_FAILING", {})
    jobs.mark_due()
    good.refresh_from_db()
    assert good.marked_at is not None
    assert attempts_unmarked(10, but=[bad.id]) == []


def test_a_late_answer_counts_when_a_person_says_so_and_is_marked_anew() -> None:
    row = marked({0: "A"})
    makers.saved(row, {0: "B"}, seq=9)
    [late] = strays_of(Of.HOMEWORK, row.of_id)
    assert (late.value, late.now_value, late.why) == ("B", "A", Why.SUBMITTED)
    teacher = people.person()
    assert stray_decide(by_id=teacher.id, stray_id=late.id, accept=True)
    assert not stray_decide(by_id=teacher.id, stray_id=late.id, accept=False)
    jobs.mark_due()
    assert scores(row) == ["1", "0", "0"]
    assert Stray.objects.filter(why=Why.OTHER).get().value == "A"
    assert strays_of_attempts([row.id]) == []
    assert Entry.objects.filter(act="attempt.late_decided", actor_id=teacher.id).exists()


def test_a_refused_late_answer_changes_nothing() -> None:
    row = marked({0: "A"})
    makers.saved(row, {0: "B"}, seq=9)
    [late] = strays_of(Of.HOMEWORK, row.of_id)
    assert stray_decide(by_id=people.person().id, stray_id=late.id, accept=False)
    assert scores(row) == ["0", "0", "0"]
    assert strays_of(Of.HOMEWORK, row.of_id) == []


def test_only_the_newest_late_answer_of_a_question_is_asked_about() -> None:
    row = marked({0: "A"})
    makers.saved(row, {0: "B"}, seq=9)
    makers.saved(row, {0: "C"}, seq=10)
    assert [late.value for late in strays_of(Of.HOMEWORK, row.of_id)] == ["C"]


def test_opening_twice_is_one_attempt_and_after_withdrawing_a_new_one() -> None:
    row = makers.attempt(of_id=9)
    again = {"person_id": row.person_id, "class_id": 0, "school_id": 0, "of": Of.HOMEWORK}
    assert attempt_open(**again, of_id=9, order=[]) == row.id
    attempt_withdraw(row.id, by_id=people.person().id)
    fresh = attempt_open(**again, of_id=9, order=[1])
    assert fresh != row.id
    assert attempt_opened(row.person_id, Of.HOMEWORK, 9).number == 2
    assert Entry.objects.filter(act="attempt.withdrawn").count() == 1


def test_a_correction_is_the_next_attempt() -> None:
    row = marked({0: "A"}, of_id=4)
    again = Attempt.objects.get(id=attempt_again(attempt_id=row.id, order=row.order[:1]))
    assert (again.number, again.title, again.order) == (2, row.title, row.order[:1])
    assert attempt_opened(row.person_id, Of.HOMEWORK, 4).id == again.id


def test_a_submission_taken_back_stays_in_the_history() -> None:
    row = marked({0: "A"})
    was = row.submitted_at
    attempt_reopen(row.id, ends_at=None, by_id=people.person().id)
    attempt_reopen(row.id, ends_at=None)
    row.refresh_from_db()
    assert (row.submitted_at, row.reopened, row.marked_at) == (None, 1, None)
    assert Reopening.objects.get().submitted_at == was
    makers.submitted(row, {0: "B"}, seq=5)
    attempts_mark([row.id])
    assert scores(row) == ["1", "0", "0"]
    reply = Reply.objects.get(attempt=row, question_id=row.order[0])
    assert [one.score for one in marks_history(reply.id)] == [Fraction(0), Fraction(1)]


def test_ends_and_days_move_only_while_it_is_open() -> None:
    row, done = makers.attempt(of_id=3), makers.attempt(of_id=3)
    makers.submitted(done)
    later = now() + timedelta(hours=1)
    assert attempts_end_at([row.id, done.id], later) == 1
    assert attempts_due_at(Of.HOMEWORK, 3, later) == 1
    assert attempts_due_at(Of.HOMEWORK, 3, later, persons=[done.person_id]) == 0
