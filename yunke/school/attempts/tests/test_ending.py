"""How attempts open, end, are taken back and withdrawn; and what the rooms above read of them."""

from datetime import timedelta
from fractions import Fraction

import pytest

from yunke.base.clock import now
from yunke.base.once import receipt_code
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests import makers as people
from yunke.school.attempts.actions.marking import attempts_mark, attempts_mark_again, mark_set
from yunke.school.attempts.actions.opening import (
    attempt_again,
    attempt_open,
    attempt_reopen,
    attempt_withdraw,
    attempts_due_at,
    attempts_end_at,
)
from yunke.school.attempts.actions.saving import attempts_close
from yunke.school.attempts.models import Attempt, Mark, Reopening, Reply
from yunke.school.attempts.reads import things
from yunke.school.attempts.reads.attempts import (
    attempt_by_id,
    attempt_opened,
    marks_of,
    marks_since,
    states_of,
    states_of_person,
)
from yunke.school.attempts.reads.counts import attempts_of, counts_of, handed_in_by
from yunke.school.attempts.reads.due import attempts_over, attempts_unmarked
from yunke.school.attempts.reads.late import strays_of
from yunke.school.attempts.reads.photos import pages_of
from yunke.school.attempts.tests import makers
from yunke.school.attempts.values import Of, Place

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def acts(row: Attempt, verb: str) -> list[tuple[int, int, int]]:
    found = Event.objects.filter(verb=verb, object_kind="homework", object_id=row.of_id)
    return [(one.actor_id or 0, one.subject_id, one.class_id) for one in found]


# Ends


def test_the_server_ends_the_longest_over_first_and_nothing_twice() -> None:
    end = now() - MINUTE
    rows = [makers.attempt(ends_at=end - n * MINUTE) for n in range(3)]
    withdrawn, open_still = makers.attempt(ends_at=end), makers.attempt(ends_at=now() + MINUTE)
    attempt_withdraw(withdrawn.id)
    makers.saved(open_still, {0: "B"})
    assert attempts_over(now())
    assert attempts_close(now(), grace=timedelta(0), most=1) == 1
    done = Attempt.objects.filter(submitted_at__isnull=False)
    assert [one.id for one in done] == [rows[2].id]
    assert attempts_close(now(), grace=timedelta(minutes=1, seconds=30)) == 1, "within the grace"
    assert attempts_close(now(), grace=timedelta(0)) == 1
    assert attempts_close(now(), grace=timedelta(0)) == 0
    assert not attempts_over(now())
    keys = set(done.values_list("key", flat=True))
    assert len(keys) == 3
    assert set(done.values_list("by_server", flat=True)) == {True}
    assert Attempt.objects.get(id=open_still.id).submitted_at is None
    assert Event.objects.filter(verb="attempt.handed_in").count() == 3


def test_an_attempt_that_ran_out_twice_has_two_receipts() -> None:
    row = makers.attempt(ends_at=now() - MINUTE)
    teacher = people.person()
    attempts_close(now(), grace=timedelta(0))
    first = Attempt.objects.get(id=row.id)
    attempt_reopen(row.id, ends_at=now() - MINUTE, by_id=teacher.id)
    attempts_close(now(), grace=timedelta(0))
    second = Attempt.objects.get(id=row.id)
    assert first.key != second.key
    assert Reopening.objects.get().key == first.key
    opened = attempt_by_id(row.id)
    assert opened is not None
    assert (opened.receipt, opened.by_server) == (receipt_code(second.key), True)


def test_taking_back_is_told_once_and_only_of_what_was_handed_in() -> None:
    cast = people.cast()
    row = makers.attempt(by=cast.pupils[0], own=cast.one)
    attempt_reopen(row.id, ends_at=None, by_id=cast.teacher.id)
    assert not Reopening.objects.exists()
    makers.submitted(row, {0: "B"})
    for _ in range(2):
        attempt_reopen(row.id, ends_at=now() + MINUTE, by_id=cast.teacher.id)
    assert acts(row, "attempt.reopened") == [(cast.teacher.id, row.person_id, cast.one.id)]
    entry = Entry.objects.get(act="attempt.reopened")
    assert (entry.actor_id, entry.subject_id, entry.object_id) == (
        cast.teacher.id, row.person_id, row.id,
    )  # fmt: skip
    attempt_reopen(10**9, ends_at=None)
    makers.submitted(row, {0: "C"}, seq=5)
    attempt_withdraw(row.id, by_id=cast.teacher.id)
    attempt_reopen(row.id, ends_at=None, by_id=cast.teacher.id)
    assert Attempt.objects.get(id=row.id).submitted_at is not None, "withdrawn stays as it was"
    assert Entry.objects.filter(act="attempt.reopened").count() == 1


def test_what_was_withdrawn_counts_nowhere_and_everything_in_it_stays() -> None:
    cast = people.cast()
    row = makers.attempt(by=cast.pupils[0], own=cast.one, of_id=70)
    makers.submitted(row, {0: "B"})
    attempts_mark([row.id])
    photo = makers.photo(row)
    for _ in range(2):
        attempt_withdraw(row.id, by_id=cast.teacher.id)
    attempt_withdraw(10**9)
    assert acts(row, "attempt.withdrawn") == [(cast.teacher.id, row.person_id, cast.one.id)]
    assert Entry.objects.filter(act="attempt.withdrawn", object_id=row.id).count() == 1
    assert attempt_by_id(row.id) is None
    assert attempt_opened(row.person_id, Of.HOMEWORK, 70) is None
    assert states_of(Of.HOMEWORK, 70) == {}
    assert attempts_of(Of.HOMEWORK, 70) == []
    assert counts_of(Of.HOMEWORK, [70]) == {}
    assert handed_in_by(Of.HOMEWORK, [70]) == {}
    assert Reply.objects.filter(attempt=row).count() == 3
    assert len(marks_of([row.id])) == 3
    assert [one.id for one in pages_of([row.id])] == [photo.id]


def test_a_title_is_cut_and_one_persons_attempts_are_apart_from_anothers() -> None:
    cast = people.cast()
    ids = [
        attempt_open(person_id=one.id, class_id=0, school_id=0, of=of, of_id=5, order=[1, 2],
                     title="题" * 300)
        for one in cast.pupils[:2]
        for of in (Of.HOMEWORK, Of.EXAM)
    ]  # fmt: skip
    assert len(set(ids)) == 4
    assert {len(one.title) for one in Attempt.objects.all()} == {120}
    assert {one.number for one in Attempt.objects.all()} == {1}
    assert states_of_person(cast.pupils[0].id, Of.EXAM, [5])[5].id == ids[1]


def test_more_time_is_for_whom_it_was_said_and_a_correction_keeps_none() -> None:
    first, other = makers.attempt(of_id=8), makers.attempt(of_id=8)
    foreign = makers.attempt(of_id=9)
    day = now() + timedelta(days=2)
    assert attempts_due_at(Of.HOMEWORK, 8, day, persons=[first.person_id]) == 1
    assert attempts_due_at(Of.HOMEWORK, 8, day, persons=[]) == 0
    assert attempts_end_at([first.id, foreign.id], day) == 2
    assert attempts_end_at([], day) == 0
    due = dict(Attempt.objects.values_list("id", "due_at"))
    assert due == {first.id: day, other.id: None, foreign.id: None}
    makers.submitted(first)
    again = attempt_again(attempt_id=first.id, order=first.order[:2])
    found = Attempt.objects.get(id=again)
    assert (found.due_at, found.ends_at, found.number) == (None, None, 2)
    assert found.order == first.order[:2]


# Marks


def test_a_guardians_signature_has_the_attempt_marked_again_and_no_other() -> None:
    rows = [makers.attempt(of_id=31), makers.attempt(of_id=31), makers.attempt(of_id=32)]
    for row in rows:
        makers.submitted(row, {0: "B"})
    attempts_mark([row.id for row in rows])
    assert attempts_unmarked(9) == []
    attempts_mark_again(Of.HOMEWORK, 31, rows[0].person_id)
    assert attempts_unmarked(9) == [rows[0].id]
    assert attempts_unmarked(9, but=[rows[0].id]) == []
    before = Mark.objects.count()
    attempts_mark([rows[0].id])
    assert Mark.objects.count() == before, "worth the same as before"
    attempt_withdraw(rows[1].id)
    attempts_mark_again(Of.HOMEWORK, 31, rows[1].person_id)
    assert attempts_unmarked(9) == []


@pytest.mark.parametrize(
    ("score", "verdict"), [("0", "wrong"), ("1/3", "partly"), ("1", "right"), ("2/2", "right")]
)
def test_points_given_by_a_person_are_exact_and_say_what_they_are(score: str, verdict: str) -> None:
    row = makers.attempt()
    makers.submitted(row, {0: "A"})
    attempts_mark([row.id])
    [first, *_rest] = marks_of([row.id])
    teacher = people.person()
    newest = mark_set(by_id=teacher.id, reply_id=first.reply_id, score=Fraction(score),
                      causes=["own:看错了"], note="字" * 900)  # fmt: skip
    [told] = [one for one in marks_since(first.id + 2) if one.id == newest]
    assert (told.score, told.verdict, told.by) == (Fraction(score), verdict, teacher.id)
    assert (told.causes, len(told.note)) == (("own:看错了",), 500)
    current = Mark.objects.filter(reply_id=first.reply_id, current=True)
    assert [one.id for one in current] == [newest]
    attempts_mark([row.id])
    assert [one.id for one in current.all()] == [newest], "a rule does not follow a person"


# What rooms above tell


def test_what_no_room_tells_is_worth_nothing_special_and_signed_by_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("_ASKED", "_PAGES", "_SIGNED"):
        monkeypatch.setattr(things, name, {})
    wanted = {(Of.EXAM, 3), (Of.HOMEWORK, 4)}
    assert things.places_of(wanted) == {}
    assert things.signed_of({(Of.EXAM, 3, 7)}) == set()
    assert things.page_of(Of.EXAM, 3) == ""
    calls: list[list[int]] = []

    def asked(numbers: list[int]) -> dict[int, tuple[Place, ...]]:
        calls.append(numbers)
        return {number: (Place(11, Fraction(number, 2)),) for number in numbers if number != 5}

    things.things_from(Of.HOMEWORK, asked)
    things.signed_from(Of.HOMEWORK, lambda pairs: {one for one in pairs if one[1] == 7})
    things.page_from(Of.HOMEWORK, lambda number: f"/homework/{number}")
    many = [(Of.HOMEWORK, 6), (Of.HOMEWORK, 4), (Of.HOMEWORK, 4), (Of.HOMEWORK, 5), (Of.EXAM, 1)]
    assert things.places_of(many) == {
        (Of.HOMEWORK, 4): {11: Fraction(2)}, (Of.HOMEWORK, 6): {11: Fraction(3)},
    }  # fmt: skip
    assert calls == [[4, 5, 6]], "one call a kind, each thing once"
    told = things.signed_of([(Of.HOMEWORK, 4, 7), (Of.HOMEWORK, 4, 8), (Of.EXAM, 4, 7)])
    assert told == {(Of.HOMEWORK, 4, 7)}
    assert things.page_of(Of.HOMEWORK, 12) == "/homework/12"
    assert things.page_of(Of.DRILL, 12) == ""


@pytest.mark.parametrize("count", [5, 50])
def test_lists_of_a_class_cost_the_same_for_many(count: int, django_assert_num_queries) -> None:
    cast = people.cast()
    asked = makers.choices(2)
    pupils = people.pupils(cast.one, count)
    Attempt.objects.bulk_create(
        Attempt(person=one, of="homework", of_id=1, order=[q.id for q in asked],
                submitted_at=now()) for one in pupils
    )  # fmt: skip
    ids = list(Attempt.objects.values_list("id", flat=True))
    attempts_mark(ids)
    with django_assert_num_queries(7):
        assert len(states_of(Of.HOMEWORK, 1)) == count
        assert len(attempts_of(Of.HOMEWORK, 1, persons=[one.id for one in pupils])) == count
        assert counts_of(Of.HOMEWORK, [1])[1] == (count, count, count)
        assert len(handed_in_by(Of.HOMEWORK, [1])[1]) == count
        assert len(marks_of(ids)) == 2 * count
        assert pages_of(ids) == []
        assert strays_of(Of.HOMEWORK, 1) == []
