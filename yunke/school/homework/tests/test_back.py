"""Work goes back, is corrected, and what is released is known to the room above."""

from typing import Any

import pytest
import time_machine

from yunke.base.trouble import Refused
from yunke.ground.audit.models import Entry
from yunke.ground.lake.models import Event
from yunke.ground.people.tests.makers import once, signed_in
from yunke.ground.privacy.reads.copy import person_tables
from yunke.school.attempts.door import attempts_of, marks_of
from yunke.school.attempts.values import Of
from yunke.school.homework.actions.setting import homework_due, homework_extend, homework_withdraw
from yunke.school.homework.actions.working import homework_again, homework_begin, wrong_of
from yunke.school.homework.door import attempts_released, may_mark_id, states_of_homework
from yunke.school.homework.models import Homework, Returned
from yunke.school.homework.reads.lines import mine_one
from yunke.school.homework.reads.papers import paper_of
from yunke.school.homework.reads.prepared import prepared_of
from yunke.school.homework.reads.returned import returned_of
from yunke.school.homework.tests import makers
from yunke.school.homework.values import Reveal, Stage

pytestmark = pytest.mark.django_db


def mine(row: Homework, child: Any) -> Any:
    found = mine_one(child.id, row.id)
    assert found is not None
    return found


def test_only_those_who_were_chosen_get_it_back() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    for child in people.pupils:
        makers.marked(makers.handed_in(row, child, "一"), people.teacher)
    sent = {"pupils": [people.pupils[0].id, people.pupils[1].id], **once()}
    client = signed_in(people.teacher)
    for _ in range(2):
        assert client.post(f"/homework/{row.id}/return", sent).status_code == 303
    assert {one.copy.pupil_id for one in Returned.objects.select_related("copy")} == {
        one.id for one in people.pupils[:2]
    }
    assert Event.objects.filter(verb="homework.returned").count() == 2
    assert Entry.objects.get(act="homework.returned").detail == {"pupils": 2}
    assert mine(row, people.pupils[2]).stage is Stage.HANDED_IN


def test_giving_back_nothing_is_no_entry_of_the_audit() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    makers.handed_in(row, people.pupil, "一")
    assert makers.returned(row, people.teacher) == (0, 1)
    assert not Entry.objects.filter(act="homework.returned").exists()
    bad = {"pupils": ["x"], **once()}
    assert signed_in(people.teacher).post(f"/homework/{row.id}/return", bad).status_code == 422


def test_a_correction_asks_only_what_was_not_right_and_goes_back_again() -> None:
    people = makers.cast()
    asked = makers.choices(3)
    row = makers.homework(people, asked)
    first = makers.handed_in(row, people.pupil, "B", "A", "A")
    assert wrong_of(mine(row, people.pupil)) == {asked[1].id, asked[2].id}
    client = signed_in(people.pupil)
    for _ in range(2):
        assert client.post(f"/homework/{row.id}/again", once()).status_code == 303
    states = attempts_of(Of.HOMEWORK, row.id, persons=[people.pupil.id])
    assert [one.number for one in states] == [1, 2]
    assert mine(row, people.pupil).stage is Stage.CORRECTING
    second = makers.handed_in(row, people.pupil, "B", "B")
    assert {one.question_id for one in marks_of([second])} == {asked[1].id, asked[2].id}
    assert mine(row, people.pupil).stage is Stage.RETURNED
    back = returned_of(mine(row, people.pupil), row, key=True)
    assert [(one.number, one.score) for one in back] == [(2, 2), (1, 1)]
    assert attempts_released([first, second]) == {first, second}


def test_a_piece_handed_in_on_time_is_never_late_by_its_correction() -> None:
    """Not even when the deadline is moved, and passes, while it is corrected."""
    people = makers.cast()
    row = makers.homework(people, due_at=makers.ago(hours=-2))
    makers.handed_in(row, people.pupil, "B", "A")
    homework_again(pupil_id=people.pupil.id, homework_id=row.id)
    homework_due(who_id=people.teacher.id, homework_id=row.id, due_at=makers.ago(hours=-1))
    with time_machine.travel(makers.ago(days=-1)):
        makers.handed_in(row, people.pupil, "B")
        assert not mine(row, people.pupil).late
        assert not attempts_of(Of.HOMEWORK, row.id)[-1].late
        assert [one.late for one in states_of_homework(row.id)] == [False, False, False]


def test_a_piece_handed_in_late_stays_late_through_its_correction() -> None:
    people = makers.cast()
    row = makers.homework(people, opens_at=makers.ago(days=3), due_at=makers.ago(days=1))
    makers.handed_in(row, people.pupil, "B", "A")
    assert mine(row, people.pupil).late
    homework_again(pupil_id=people.pupil.id, homework_id=row.id)
    assert mine(row, people.pupil).late
    makers.handed_in(row, people.pupil, "B")
    assert mine(row, people.pupil).late
    assert "迟交" in signed_in(people.pupil).get("/homework").content.decode()


def test_while_correcting_the_key_is_away() -> None:
    people = makers.cast()
    row = makers.homework(people, makers.choices(2))
    makers.handed_in(row, people.pupil, "B", "A")
    client = signed_in(people.pupil)
    assert "is-right" in client.get(f"/homework/{row.id}").content.decode()
    homework_again(pupil_id=people.pupil.id, homework_id=row.id)
    assert "is-right" not in client.get(f"/homework/{row.id}").content.decode()


@pytest.mark.parametrize("values", [("B", "B"), ()])
def test_what_is_all_right_or_not_handed_in_is_not_corrected(values: tuple[str, ...]) -> None:
    people = makers.cast()
    row = makers.homework(people, makers.choices(2))
    if values:
        makers.handed_in(row, people.pupil, *values)
    else:
        makers.begun(row, people.pupil)
    answer = signed_in(people.pupil).post(f"/homework/{row.id}/again", once())
    assert answer.status_code == 409
    assert len(attempts_of(Of.HOMEWORK, row.id)) == 1


def test_a_teacher_may_ask_for_all_of_it_again_although_it_is_right() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    attempt = makers.handed_in(row, people.pupil, "一段话")
    makers.marked(attempt, people.teacher, "10")
    signed_in(people.teacher).post(f"/homework/{row.id}/return", {"correct": "on", **once()})
    assert mine(row, people.pupil).correct
    number = homework_again(pupil_id=people.pupil.id, homework_id=row.id)
    assert number != attempt
    assert homework_again(pupil_id=people.pupil.id, homework_id=row.id) == number


def test_a_corrected_paper_waits_for_the_teacher_and_shows_what_was_before() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    first = makers.handed_in(row, people.pupil, "第一次")
    makers.marked(first, people.teacher, "4")
    makers.returned(row, people.teacher)
    homework_again(pupil_id=people.pupil.id, homework_id=row.id)
    makers.handed_in(row, people.pupil, "第二次")
    assert mine(row, people.pupil).stage is Stage.CORRECTED
    state = next(one for one in states_of_homework(row.id) if one.number == 2)
    paper = paper_of(row, state)
    assert [number for number, _at in paper.history] == [1]
    assert not paper.returned
    assert state.score == 4


def test_nobody_begins_what_is_not_theirs() -> None:
    people = makers.cast()
    row = makers.homework(people, pupils=(people.pupil.id,))
    later = makers.homework(people, opens_at=makers.ago(hours=-1))
    for child, homework in (
        (people.pupils[1], row),
        (people.far_pupil, row),
        (people.pupil, later),
    ):
        with pytest.raises(Refused) as no:
            homework_begin(pupil_id=child.id, homework_id=homework.id)
        assert no.value.status == 404


def test_released_is_what_came_back_with_its_key() -> None:
    people = makers.cast(pupils=5)
    row = makers.homework(people, [makers.written()], reveal=Reveal.DUE)
    done = [makers.handed_in(row, child, "一") for child in people.pupils[:3]]
    for number in done[:2]:
        makers.marked(number, people.teacher)
    assert attempts_released(done) == set()
    makers.returned(row, people.teacher)
    assert attempts_released(done) == set()
    row.opens_at, row.due_at = makers.ago(days=2), makers.ago(days=1)
    row.save()
    assert attempts_released(done) == set(done[:2])
    homework_extend(who_id=1, homework_id=row.id, pupils=[people.pupils[4].id], days=9)
    assert attempts_released(done) == set()
    row.copies.update(due_at=None)
    homework_withdraw(who_id=1, homework_id=row.id)
    assert attempts_released(done) == set()


def test_what_is_asked_to_be_corrected_is_released_with_the_correction() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    first = makers.handed_in(row, people.pupil, "一")
    makers.marked(first, people.teacher)
    makers.returned(row, people.teacher, correct=True)
    assert attempts_released([first]) == set()
    homework_again(pupil_id=people.pupil.id, homework_id=row.id)
    second = makers.handed_in(row, people.pupil, "二")
    makers.marked(second, people.teacher)
    makers.returned(row, people.teacher)
    assert attempts_released([first, second]) == {first, second}


def test_who_prepared_is_told_by_name() -> None:
    people = makers.cast()
    row = makers.homework(people)
    makers.handed_in(row, people.pupils[1], "B", "B")
    makers.begun(row, people.pupils[2])
    other = makers.homework(people)
    found = prepared_of([row.id, other.id])[row.id]
    assert [one.id for one in found.done] == [people.pupils[1].id]
    assert {one.id for one in found.open} == {people.pupils[0].id, people.pupils[2].id}


def test_doors_answer_nothing_for_what_is_gone() -> None:
    from yunke.ground.people.tests.makers import who  # noqa: PLC0415

    people = makers.cast()
    row = makers.homework(people)
    assert may_mark_id(who(people.teacher), row.id)
    assert not may_mark_id(who(people.head), row.id)
    assert not may_mark_id(who(people.teacher), 10**9)
    assert len(states_of_homework(row.id)) == 3
    homework_withdraw(who_id=1, homework_id=row.id)
    assert states_of_homework(row.id) == ()
    assert not may_mark_id(who(people.teacher), row.id)
    assert attempts_released([]) == set()


def test_a_copy_of_ones_data_tells_what_a_teacher_thinks_once_it_was_given_back() -> None:
    people = makers.cast()
    row = makers.homework(people, [makers.written()])
    attempt = makers.handed_in(row, people.pupil, "一")
    makers.marked(attempt, people.teacher)
    makers.save(people.teacher, row, attempt, word="再想想")

    def told() -> tuple[int, int]:
        tables = {label: len(list(rows)) for label, _held, rows in person_tables(people.pupil.id)}
        return tables["attempts.Mark"], tables["homework.Desk"]

    assert told() == (0, 0)
    makers.returned(row, people.teacher)
    marks, desks = told()
    assert marks > 0
    assert desks == 1
